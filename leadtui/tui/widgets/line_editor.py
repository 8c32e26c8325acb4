"""Typing a line: an Input for every script, harmless whatever is pasted, that leads through its form by the keyboard."""

from __future__ import annotations

from textual import events
from textual.reactive import var
from textual.widgets import Input

from leadtui.language.text import safe
from leadtui.tui.widgets.editing_keys import edited
from leadtui.tui.widgets.form_field import Editor, Way, go, is_required, passes_on, take

NON_JOINER = "\u200c"
"""Typed in Persian within words (Shift+Space); Python does not count it as printable, so Input would drop it."""


class LineEditor(Input, Editor):
    """One line. `offer` is a text that the empty field proposes: the right arrow takes it."""

    DEFAULT_CSS = """
    LineEditor, LineEditor:focus {
        border: none;
        height: 1;
        padding: 0 1;
        background: $field;
        background-tint: transparent;
        color: $foreground;
    }
    LineEditor:focus { background: $field-focus; }
    LineEditor:ansi { background: $field; color: $foreground; }
    LineEditor:ansi:focus { background: $field-focus; }
    LineEditor > .input--placeholder, LineEditor > .input--suggestion { color: $faint; text-style: none; }
    """

    offer: var[str] = var("")

    def __init__(self, text: str = "", placeholder: str = "", *, max_length: int = 0) -> None:
        """`text` may come from anywhere; `placeholder` is shown while nothing is typed."""
        super().__init__(
            safe(text),
            placeholder,
            max_length=max_length,
            select_on_focus=False,
            validate_on=(),
        )
        self._hint = placeholder

    @property
    def text(self) -> str:
        """What is typed."""
        return self.value

    @text.setter
    def text(self, value: str) -> None:
        shown = safe(value)
        if shown != self.value:
            self.value = shown
            self.cursor_position = len(shown)

    def watch_offer(self, offer: str) -> None:
        """Show what is proposed in place of the hint."""
        self.placeholder = f"{safe(offer)}  →" if offer else self._hint

    def replace(self, text: str, start: int, end: int) -> None:
        """Put `text` in place of a part, by any way of typing or pasting: as one harmless line."""
        # A combining mark is harmless only on a letter, so what stands before belongs to the question.
        before = self.value[: min(start, end)]
        super().replace(safe(before + " ".join(text.splitlines()))[len(before) :], start, end)

    def on_paste(self, event: events.Paste) -> None:
        """Take all lines of what is pasted, as one."""
        event.stop()
        event.prevent_default()
        start, end = self.selection
        self.replace(event.text.strip("\r\n"), start, end)

    def on_key(self, event: events.Key) -> None:
        """Deal with what leads out of the field here, so that keys typed ahead stay in their order."""
        if passes_on(self, event) or self.took_key(event):
            return
        match event.key:
            case "enter":
                # What is proposed looks filled in: where an answer is needed, Enter agrees to it.
                if self.offer and not self.value and is_required(self):
                    self.text = self.offer
                go(self, Way.ON)
            case "up":
                go(self, Way.UP)
            case "down":
                go(self, Way.DOWN)
            case "tab":
                self.screen.focus_next()
            case "shift+tab":
                self.screen.focus_previous()
            case "right" if self.offer and not self.value:
                self.text = self.offer
            case _ if event.character == NON_JOINER:
                start, end = self.selection
                self.replace(NON_JOINER, start, end)
            case _ if not edited(self, event):
                return
            case _:
                pass
        take(event)

    def took_key(self, _event: events.Key) -> bool:
        """Whether the key means something of its own here; a subclass says so and has done it."""
        return False
