"""A list that narrows as one types: the line above it has the keyboard, the arrows move in the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from leadtui.language.text import search_key
from leadtui.tui.widgets.form_field import take
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.options import Options


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One line of the list. `words` are what it is found by; an empty `name` makes it a heading, never chosen.

    `key` points at it as long as nothing is typed.
    """

    name: str
    shown: Content
    words: str = ""
    key: str = ""


ENDS = ("home", "end")
"""Keys that lead to the first and to the last entry of a list."""


def go_to_end(options: OptionList, key: str) -> None:
    """Put the cursor of a list on the first entry or the last one, with a heading above the first in view."""
    if key == "home":
        options.action_first()
        options.scroll_home(animate=False)
    else:
        options.action_last()


class FindLine(LineInput):
    """The line above a list: the key of an entry points at it, any other one begins what is found."""

    def on_key(self, event: events.Key) -> None:
        """Point, or go to an end of the list, as long as nothing is typed."""
        above = self.parent
        if self.value or not isinstance(above, NarrowedList):
            return
        if event.key in ENDS:
            take(event)
            above.go_to_end(event.key)
        elif above.point_with(event.key):
            take(event)


class NarrowedList(Vertical):
    """Enter, or a click, picks the line under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "turn(-1)", show=False),
        Binding("pagedown", "turn(1)", show=False),
    ]
    DEFAULT_CSS = """
    NarrowedList {
        height: auto;
        LineInput { margin: 0 0 1 0; }
        OptionList, OptionList:focus {
            border: none; height: auto; max-height: 14; padding: 0; background: $pane;
            text-wrap: nowrap; text-overflow: ellipsis; scrollbar-size-vertical: 1;
        }
        OptionList > .option-list--option { padding: 0 1; }
        OptionList > .option-list--option-disabled { color: $dim; text-style: bold; }
        OptionList > .option-list--option-highlighted {
            color: $foreground; background: $cursor; text-style: bold;
        }
        OptionList:nocolor > .option-list--option-highlighted { text-style: bold underline; }
    }
    """

    line = getters.query_one(LineInput)
    options = getters.query_one(OptionList)

    @dataclass
    class Picked(Message):
        """An entry was picked, by its name."""

        name: str

    @dataclass
    class Typed(Message):
        """Something else stands in the line."""

        text: str

    def __init__(self, entries: Sequence[ListEntry], placeholder: str, nothing: str, *, at: str = "") -> None:
        """`nothing` is what stands there when no entry has what is typed; the cursor begins `at` an entry's name."""
        super().__init__()
        self._entries = tuple(entries)
        self._shown: tuple[ListEntry, ...] = ()
        self._placeholder = placeholder
        self._nothing = nothing
        self._at = at

    def compose(self) -> ComposeResult:
        """The line and the list."""
        yield FindLine(placeholder=self._placeholder)
        options = Options(markup=False)
        options.can_focus = False
        yield options

    def on_mount(self) -> None:
        """Show all."""
        self._narrow()
        names = [each.name for each in self._shown]
        if self._at in names and self._at:
            self.options.highlighted = names.index(self._at)
            # Where it is shows once the list has its height.
            self.call_after_refresh(self.options.scroll_to_highlight)

    @property
    def pointed(self) -> str:
        """The name of the entry under the cursor; empty where there is none."""
        place = self.options.highlighted
        return "" if place is None or place >= len(self._shown) else self._shown[place].name

    def point_at(self, name: str) -> None:
        """Put the cursor on the entry of that name, where it is in sight."""
        names = [each.name for each in self._shown]
        if name in names:
            self.options.highlighted = names.index(name)

    def point_with(self, key: str) -> bool:
        """Put the cursor on the entry of that key; returns whether there is one."""
        found = [each.name for each in self._shown if each.key and each.key == key]
        for each in found:
            self.point_at(each)
        return bool(found)

    def show(self, entries: Sequence[ListEntry]) -> None:
        """Show other entries; the cursor stays on the one with the same name, else on its line."""
        name, place = self.pointed, self.options.highlighted or 0
        self._entries = tuple(entries)
        self._narrow()
        names = [each.name for each in self._shown]
        if name and name in names:
            place = names.index(name)
        if names:
            self.options.highlighted = min(place, len(names) - 1)

    def go_to_end(self, key: str) -> None:
        """Put the cursor on the first entry or the last one, with what stands above it in view."""
        go_to_end(self.options, key)

    def action_move(self, step: int) -> None:
        """Move the cursor by a line."""
        if step > 0:
            self.options.action_cursor_down()
        else:
            self.options.action_cursor_up()

    def action_turn(self, step: int) -> None:
        """Move the cursor by what is in sight."""
        if step > 0:
            self.options.action_page_down()
        else:
            self.options.action_page_up()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._narrow()
        self.post_message(self.Typed(event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._pick(self.pointed)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._pick(self._shown[event.option_index].name)

    def _pick(self, name: str) -> None:
        if name:
            self.post_message(self.Picked(name))

    def _narrow(self) -> None:
        wanted = [search_key(word) for word in self.line.value.split()]
        found = [
            each
            for each in self._entries
            if not each.name or all(word in search_key(each.words) for word in wanted)
        ]
        # A heading without anything under it says nothing.
        self._shown = tuple(
            each
            for each, after in zip(found, [*found[1:], None], strict=False)
            if each.name or (after is not None and after.name)
        )
        self.options.clear_options()
        if self._shown:
            self.options.add_options(Option(each.shown, disabled=not each.name) for each in self._shown)
            self.options.action_first()
        else:
            self.options.add_option(Option(Content.styled(self._nothing, "$dim"), disabled=True))
