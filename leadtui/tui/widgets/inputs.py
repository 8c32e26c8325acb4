"""Typing a line or a text, in every script, harmless whatever is pasted; in a form the keys lead on to its fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar, TypeVar

from textual import events
from textual.actions import SkipAction, parse
from textual.binding import Binding, BindingType
from textual.reactive import var
from textual.widgets import Input, TextArea
from textual.widgets.text_area import Edit, EditResult

from leadtui.language.text import safe
from leadtui.tui.widgets.form_field import Way, field_of, go, passes_on, take
from leadtui.tui.widgets.line_editor import LineEditor
from leadtui.tui.widgets.line_history import LineHistory, change_ends
from leadtui.tui.widgets.text_editor import TextEditor

NON_JOINER = "\u200c"
"""Typed in Persian within words (Shift+Space); Python does not count it as printable, so Textual would drop it."""

NEW_LINE_KEYS = frozenset({"ctrl+j", "shift+enter", "alt+enter"})
"""In a form Enter goes to the next field; one of these, by what the terminal can send, begins a new line."""

REDO = Binding("ctrl+y,ctrl+shift+z,super+y,super+shift+z", "redo", show=False)
"""Not every terminal can tell Ctrl+Shift+Z from Ctrl+Z."""

Field = TypeVar("Field", Input, TextArea)


class LineInput(LineEditor):
    """One line. `offer` is a text that the empty field proposes: the arrow into the field takes it, Delete leaves it out.

    At the end of a text that was taken so, the arrow takes the next of `other_offers` in its place.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z,super+z", "undo", show=False),
        REDO,
        Binding("ctrl+backspace,alt+backspace", "delete_left_word", show=False),
    ]
    DEFAULT_CSS = """
    LineInput, LineInput:focus {
        border: none;
        height: 1;
        padding: 0 1;
        background: $field;
        background-tint: transparent;
        color: $foreground;
    }
    LineInput:focus { background: $field-focus; }
    LineInput:ansi { background: $field; color: $foreground; }
    LineInput:ansi:focus { background: $field-focus; }
    LineInput:ansi > .input--placeholder, LineInput:ansi > .input--suggestion { color: $dim; }
    LineInput > .input--placeholder, LineInput > .input--suggestion { color: $faint; text-style: none; }
    """

    offer: var[str] = var("")
    declined: bool = False
    """Whether the person wants nothing proposed."""
    other_offers: Sequence[str] = ()

    def __init__(
        self,
        text: str = "",
        placeholder: str = "",
        *,
        select_on_focus: bool = True,
        id: str | None = None,  # noqa: A002 - the name that every widget has for it
    ) -> None:
        """`text` may come from anywhere; `placeholder` is shown while nothing is typed."""
        super().__init__(
            safe(text, to_edit=True), placeholder, select_on_focus=select_on_focus, id=id, validate_on=()
        )
        self._hint = placeholder
        self._history = LineHistory()

    def on_mount(self) -> None:
        """In a form nothing is selected: whoever comes to a field goes on with what is typed there."""
        if field_of(self) is not None:
            self.select_on_focus = False

    @property
    def text(self) -> str:
        """What is typed."""
        return self.value

    @text.setter
    def text(self, value: str) -> None:
        shown = safe(value, to_edit=True)
        if shown != self.value:
            self._history.clear()
            self.value = shown
            self.cursor_position = len(shown)

    @property
    def _next_offer(self) -> str:
        """What comes in the place of the offer that stands here; nothing where something else does."""
        offers = (self.offer, *filter(None, self.other_offers))
        if len(offers) < 2 or self.value not in offers or self.cursor_position < len(self.value):
            return ""
        return offers[(offers.index(self.value) + 1) % len(offers)]

    def watch_offer(self, offer: str) -> None:
        """Show what is proposed in place of the hint."""
        self.placeholder = f"{safe(offer)}  {'←' if self._side else '→'}" if offer else self._hint

    def replace(self, text: str, start: int, end: int) -> None:
        """Put `text` in place of a part, by any way of typing or pasting: as one harmless line."""
        # A combining mark is harmless only on a letter, so what stands before belongs to the question.
        before = self.value[: min(start, end)]
        line = safe(before + " ".join(text.splitlines()), to_edit=True)
        stood = self.value
        super().replace(line[len(before) :], start, end)
        self._history.note(stood, self.value)

    def action_undo(self) -> None:
        """Take back what was typed last."""
        self._show(self._history.undo(self.value))

    def action_redo(self) -> None:
        """Type again what was taken back last."""
        self._show(self._history.redo(self.value))

    def _show(self, text: str | None) -> None:
        if text is not None:
            at = change_ends(self.value, text)
            self.value = text
            self.cursor_position = at

    def on_paste(self, event: events.Paste) -> None:
        """Take all lines of what is pasted, as one."""
        event.stop()
        event.prevent_default()
        start, end = self.selection
        self.replace(event.text.strip("\r\n"), start, end)

    def on_key(self, event: events.Key) -> None:
        """Edit at once, and in a form deal with what leads out, so that keys typed ahead stay in their order."""
        field = field_of(self)
        if field is not None and passes_on(self, event):
            return
        match event.key:
            case "enter" if field is not None:
                # What is proposed looks filled in: where an answer is needed, Enter agrees to it.
                if self.offer and not self.value and field.required:
                    self.text = self.offer
                go(self, Way.ON)
            case "up" if field is not None:
                go(self, Way.UP)
            case "down" if field is not None:
                go(self, Way.DOWN)
            case "tab" if field is not None:
                self.screen.focus_next()
            case "shift+tab" if field is not None:
                self.screen.focus_previous()
            case "left" | "right" if self.offer and not self.value:
                if (event.key == "left") is bool(self._side):
                    self.text = self.offer
            case "left" | "right" if (event.key == "left") is bool(self._side) and (
                next_one := self._next_offer
            ):
                self.text = next_one
            case "delete" | "backspace" if self.offer and not self.value:
                self.declined = True
                self.offer = ""
                self.post_message(self.Changed(self, self.value))
            case _ if event.character == NON_JOINER:
                self.replace(NON_JOINER, *self.selection)
            case _ if not edited(self, event):
                return
            case _:
                pass
        take(event)


class TextInput(TextEditor):
    """Several lines, softly wrapped; Tab leads out. It grows with what is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [REDO]
    DEFAULT_CSS = """
    TextInput { height: auto; min-height: 1; max-height: 6; }
    TextInput, TextInput:focus {
        border: none;
        padding: 0 1;
        background: $field;
        background-tint: transparent;
        color: $foreground;
        scrollbar-size-vertical: 1;
    }
    TextInput:focus { background: $field-focus; }
    TextInput .text-area--cursor-line { background: transparent; }
    """

    def __init__(self, text: str = "", *, id: str | None = None) -> None:  # noqa: A002 - as above
        """`text` may come from anywhere."""
        super().__init__(
            harmless(text),
            soft_wrap=True,
            show_line_numbers=False,
            tab_behavior="focus",
            compact=True,
            highlight_cursor_line=False,
            id=id,
        )

    @property
    def text(self) -> str:
        """What is typed, with its line ends."""
        return self.document.text

    @text.setter
    def text(self, value: str) -> None:
        shown = harmless(value)
        if shown != self.document.text:
            self.load_text(shown)
            self.move_cursor(self.document.end)

    def edit(self, edit: Edit) -> EditResult:
        """Every way of typing and pasting comes through here: what it brings is made harmless."""
        # A combining mark is harmless only on a letter, so what stands before belongs to the question.
        row, column = edit.top
        before = self.document.get_line(row)[:column]
        edit.text = harmless(before + edit.text)[len(before) :]
        return super().edit(edit)

    def on_key(self, event: events.Key) -> None:
        """Edit at once, and in a form deal with what leads out, so that keys typed ahead stay in their order."""
        in_form = field_of(self) is not None
        if in_form and passes_on(self, event):
            return
        match event.key:
            case "enter" if in_form:
                go(self, Way.ON)
            case key if in_form and key in NEW_LINE_KEYS:
                self._type("\n")
            case "up" if in_form and self._cursor_row == 0:
                go(self, Way.UP)
            case "down" if in_form and self._cursor_row == self.wrapped_document.height - 1:
                go(self, Way.DOWN)
            case "tab" if in_form:
                self.screen.focus_next()
            case "shift+tab" if in_form:
                self.screen.focus_previous()
            case _ if event.character == NON_JOINER:
                self._type(NON_JOINER)
            case _ if not edited(self, event):
                return
            case _:
                pass
        take(event)

    def _type(self, text: str) -> None:
        start, end = self.selection
        self.replace(text, start, end, maintain_selection_offset=False)

    @property
    def _cursor_row(self) -> int:
        """The row on screen that the cursor is in, counted over wrapped lines."""
        return self.wrapped_document.location_to_offset(self.cursor_location).y


def harmless(text: str) -> str:
    """`text` with its line ends, and nothing in it that could harm a terminal."""
    return "\n".join(safe(line, to_edit=True) for line in text.splitlines()) + (
        "\n" if text.endswith("\n") else ""
    )


def edited(field: Field, event: events.Key) -> bool:
    """Whether the key is one that edits or moves the cursor in `field`; it has then been done.

    Textual finds such a key by its bindings, when the event has gone up to the app and back: whatever was typed
    quickly behind it is in the field before it, and what Ctrl+U clears would be the new words.
    """
    action = (LINE_KEYS if isinstance(field, Input) else TEXT_KEYS).get(event.key)
    if action is None:
        return False
    _namespace, name, parameters = parse(action)
    try:
        getattr(field, f"action_{name}")(*parameters)
    except SkipAction:  # Copying where nothing is marked: the key is for whoever comes next.
        return False
    return True


def _actions(bindings: Iterable[BindingType], without: Iterable[str]) -> Mapping[str, str]:
    left_out = frozenset(without)
    return {
        key: each.action
        for each in Binding.make_bindings(bindings)
        for key in each.key.split(",")
        if each.action not in left_out
    }


# These two are coroutines: they come the long way.
LINE_KEYS = _actions([*Input.BINDINGS, *LineInput.BINDINGS], without=["submit"])
TEXT_KEYS = _actions(
    [*TextArea.BINDINGS, *TextInput.BINDINGS], without=["delete_to_end_of_line_or_delete_line"]
)
