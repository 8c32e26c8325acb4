"""A form: fields one under the other, some side by side where there is room, and the way through them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, cast

from textual import getters
from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Static

from leadtui.tui.widgets.form_field import FieldMessage, FormField, Way

SIDE_BY_SIDE = 3
"""The most fields on one line."""


class FormRow(Vertical):
    """Fields that share a line where the form is wide; what is said about one of them has the whole line beneath.

    What is said about several stands under each, in its own column.
    """

    DEFAULT_CSS = """
    FormRow {
        height: auto;
        .row-fields { height: auto; layout: horizontal; }
        .row-message { height: auto; min-height: 1; max-height: 4; padding: 0 1; }
        .row-fields FormField { margin-right: 2; }
        .row-fields FormField.-last { margin-right: 0; }
        .row-fields .form-message { display: none; }
        &.-several .row-fields FormField.-said .form-message { display: block; }
        &.-several .row-message { display: none; }
    }
    """

    def __init__(self, fields: Sequence[FormField]) -> None:
        """The fields in their order."""
        super().__init__()
        self.fields = tuple(fields)
        self._messages: tuple[FieldMessage, ...] = ()

    def compose(self) -> ComposeResult:
        """The fields, and one line under all of them."""
        self.fields[-1].add_class("-last")
        yield Horizontal(*self.fields, classes="row-fields")
        yield Static(classes="row-message")

    def gather(self) -> None:
        """Show under the row the messages of its fields."""
        messages = tuple(field.message for field in self.fields if field.message is not None)
        if messages != self._messages:
            self._messages = messages
            self.query_one(".row-message", Static).update(messages[0].content() if messages else "")
            self.set_class(bool(messages), "-said")
            self.set_class(len(messages) > 1, "-several")


class Form(VerticalScroll, can_focus=False):
    """Scrolls as one. The fields are given to `show`; their order is that of the cursor."""

    app = getters.app(cast("type[App[Any]]", App))

    DEFAULT_CSS = """
    Form { height: 1fr; scrollbar-size-vertical: 1; }
    """

    @dataclass
    class Finished(Message):
        """The person went on from the last field."""

        form: Form

        @property
        def control(self) -> Form:
            return self.form

    @dataclass
    class LeftAtTop(Message):
        """The person went up from the first field."""

        form: Form

        @property
        def control(self) -> Form:
            return self.form

    def __init__(self, *, name: str = "form") -> None:
        """An empty form; `name` becomes its id."""
        super().__init__(id=name)
        self.fields: tuple[FormField, ...] = ()
        self._row_of: dict[FormField, FormRow] = {}

    async def show(self, fields: Iterable[FormField]) -> None:
        """Show these fields in place of what was shown; they can be focused when this returns."""
        self.fields = tuple(fields)
        for field in self.fields:
            field.steps = self.go
        with self.app.batch_update():
            await self.remove_children()
            rows = self._rows()
            self._row_of = {field: row for row in rows if isinstance(row, FormRow) for field in row.fields}
            await self.mount_all(rows)
            self.scroll_home(animate=False)

    async def change(self, fields: Iterable[FormField]) -> None:
        """Show these fields, none of which shares a line; those that are shown already stay, and the cursor in them."""
        wanted = tuple(fields)
        before, self.fields = self.fields, wanted
        with self.app.batch_update():
            await self.remove_children([each for each in before if each not in wanted])
            for place, field in enumerate(wanted):
                field.steps = self.go
                if field not in before:
                    await self.mount(field, before=place if place < len(self.children) else None)
                elif self.children[place] is not field:
                    self.move_child(field, before=place)

    async def leave_out(self, key: str) -> None:
        """Show the field of that key no more."""
        await self.change(each for each in self.fields if each.key != key)

    def field(self, key: str) -> FormField | None:
        """The field of that key."""
        return next((each for each in self.fields if each.key == key), None)

    @property
    def current_key(self) -> str:
        """The key of the field that the cursor is in; empty where it is in none."""
        focused = self.screen.focused
        ancestors = focused.ancestors if focused else []
        return next((each.key for each in self.fields if each in ancestors), "")

    def show_message(self, key: str, message: FieldMessage | None) -> None:
        """Show a message about the field of that key, beneath it or beneath its row."""
        field = self.field(key)
        if field is not None:
            field.show_message(message)
            if field in self._row_of:
                self._row_of[field].gather()

    def go(self, field: FormField, way: Way) -> None:
        """Take the cursor from `field` to the next one that way."""
        place = self.fields.index(field)
        if way is Way.UP:
            beyond = [each for each in reversed(self.fields[:place]) if not each.disabled]
        else:
            beyond = [each for each in self.fields[place + 1 :] if not each.disabled]
            if way is Way.ON:
                beyond = [each for each in beyond if not each.aside]
        if beyond:
            beyond[0].take_focus()
        elif way is Way.ON:
            self.post_message(self.Finished(self))
        elif way is Way.UP:
            self.post_message(self.LeftAtTop(self))

    def on_descendant_focus(self) -> None:
        """Bring the whole field into sight, its label and what is said about it too."""
        field = self.field(self.current_key)
        if field is not None:
            self.scroll_to_widget(field, animate=False)

    def _rows(self) -> list[FormRow | FormField]:
        rows: list[FormRow | FormField] = []
        for line, neighbours in groupby(self.fields, key=lambda each: each.line):
            waiting = list(neighbours)
            while waiting:
                together = waiting[: SIDE_BY_SIDE if line else 1]
                del waiting[: len(together)]
                rows.append(FormRow(together) if len(together) > 1 else together[0])
        return rows
