"""One field of a form: its label above, what it is edited with, and beneath it what is to be said about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol, cast, runtime_checkable

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from leadtui.domain.field import FormatContext
from leadtui.language.text import safe
from leadtui.presentation.input_feedback import MomentFeedback, Verdict, moment_feedback
from leadtui.presentation.repetition import reminder_time_feedback


class Way(Enum):
    """Where the cursor goes from a field: `ON` is Enter, which passes over what is only aside."""

    ON = "on"
    DOWN = "down"
    UP = "up"


class Tone(Enum):
    """What a message means. The value is its glyph and its theme colour."""

    WRONG = ("✕", "$late")
    DOUBTFUL = ("▲", "$soon")
    UNDERSTOOD = ("✓", "$gained")
    HINT = ("", "$faint")


TONES = {
    Verdict.REFUSED: Tone.WRONG,
    Verdict.UNUSUAL: Tone.DOUBTFUL,
    Verdict.UNDERSTOOD: Tone.UNDERSTOOD,
}


@dataclass(frozen=True, slots=True)
class FieldMessage:
    """A message under a field."""

    tone: Tone
    words: str

    def content(self) -> Content:
        """The message as it is drawn."""
        glyph, colour = self.tone.value
        return Content.styled(f"{glyph} {safe(self.words)}".lstrip(), colour)


def about_moment(typed: str, context: FormatContext) -> FieldMessage:
    """What a field for a moment says of what is typed in it."""
    return _message(moment_feedback(typed, context))


def about_reminder_time(typed: str, context: FormatContext) -> FieldMessage:
    """As `about_moment`, of a field that also takes the rule of what comes again."""
    return _message(reminder_time_feedback(typed, context))


def _message(feedback: MomentFeedback) -> FieldMessage:
    tone = TONES[feedback.verdict] if feedback.words else Tone.HINT
    return FieldMessage(tone, feedback.words)


@runtime_checkable
class Editor(Protocol):
    """What a field is edited with: a widget with a text, which is what a person would type."""

    @property
    def text(self) -> str: ...
    @text.setter
    def text(self, value: str) -> None: ...


class Edited(Message):
    """What is typed or chosen in an editor that is neither an Input nor a TextArea has changed."""


class FormField(Vertical):
    """A labelled field, named by its `key`. Neighbours of one `line` share it; Enter passes over what is `aside`."""

    DEFAULT_CSS = """
    FormField {
        height: auto;
        width: 1fr;
        .form-label { height: 1; color: $dim; text-wrap: nowrap; text-overflow: ellipsis; }
        .form-message { height: auto; min-height: 1; max-height: 3; padding: 0 1; }
    }
    """

    @dataclass
    class Changed(Message):
        """The person, or the program on their behalf, changed the field's text."""

        field: FormField

        @property
        def control(self) -> FormField:
            return self.field

    @dataclass
    class Left(Message):
        """The cursor went out of the field."""

        field: FormField

        @property
        def control(self) -> FormField:
            return self.field

    def __init__(
        self,
        key: str,
        title: str,
        editor: Widget,
        *,
        required: bool = False,
        line: str = "",
        aside: bool = False,
    ) -> None:
        """`editor` is a widget that is an `Editor` too; `title` comes from data and is drawn as it is."""
        super().__init__(classes="" if title else "-unlabelled")
        assert isinstance(editor, Editor)
        self.key = key
        self.title = title
        self.required = required
        self.line = line
        self.aside = aside
        self.editor: Editor = editor
        self.steps: Callable[[FormField, Way], None] | None = None
        """Set by the form that the field stands in: takes the cursor elsewhere."""
        self._editor_widget = editor
        self.message: FieldMessage | None = None
        """What stands under the field."""

    def compose(self) -> ComposeResult:
        """The label, the editor, the line beneath."""
        yield Static(self._label(), classes="form-label")
        yield self._editor_widget
        yield Static(classes="form-message")

    @property
    def text(self) -> str:
        """What is typed or chosen."""
        return self.editor.text

    @text.setter
    def text(self, text: str) -> None:
        self.editor.text = text

    def show_message(self, message: FieldMessage | None) -> None:
        """Show a message under the field, or none."""
        if message == self.message:
            return
        self.message = message
        self.set_class(message is not None, "-said")
        self.query_one(".form-message", Static).update(message.content() if message else "")

    def take_focus(self) -> None:
        """Put the cursor into the field, at once; see `go`."""
        parts = self._editor_widget.walk_children(Widget, with_self=True)
        self.screen.set_focus(next(each for each in parts if each.can_focus), scroll_visible=False)

    def _label(self) -> Content:
        star = (" *", "$late") if self.required else ""
        return Content.assemble(safe(self.title), star)

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Edited)
    def _tell_change(self, event: Message) -> None:
        event.stop()
        self.post_message(self.Changed(self))

    def on_descendant_blur(self) -> None:
        """Whatever took the cursor away, the field has been left."""
        self.post_message(self.Left(self))


def tell_problems(fields: Iterable[FormField], problems: Mapping[str, str]) -> FormField | None:
    """Say beside each field what is wrong with it, by their keys; the first of these fields, None for none."""
    wrong = [each for each in fields if each.key in problems]
    for each in wrong:
        each.show_message(FieldMessage(Tone.WRONG, problems[each.key]))
    return next(iter(wrong), None)


def go(widget: Widget, way: Way) -> None:
    """Take the cursor from `widget` to another field of its form, at once.

    At once, and not by a message: on a slow line several keys arrive together, and those after this one are meant
    for the field that it leads to.
    """
    field = field_of(widget)
    if field is not None and field.steps is not None:
        field.steps(field, way)


def field_of(widget: Widget) -> FormField | None:
    """The field of a form that `widget` stands in; None for one that stands by itself."""
    return next((each for each in widget.ancestors_with_self if isinstance(each, FormField)), None)


def passes_on(widget: Widget, event: events.Key) -> bool:
    """Whether `event` was typed ahead for the widget that has the keyboard by now; it is handed on to that."""
    if widget.screen.focused is widget or not widget.screen.is_active:
        return False
    event.stop()
    event.prevent_default()
    # By its type the app is generic in what it returns, which a key does not ask about.
    cast("Any", widget).app.post_message(event.copy())
    return True


def take(event: events.Key) -> None:
    """Keep a key that has been dealt with from everybody else."""
    event.stop()
    event.prevent_default()
