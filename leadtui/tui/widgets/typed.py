"""Typing a line or a text in every script: what Textual's own fields would drop is typed too."""

from __future__ import annotations

from textual import events
from textual.widgets import Input, TextArea

from leadtui.tui.widgets.editing_keys import edited

NON_JOINER = "\u200c"
"""Typed in Persian within words (Shift+Space); Python does not count it as printable, so Textual would drop it."""


class TypedLine(Input):
    """One line."""

    DEFAULT_CSS = """
    TypedLine, TypedLine:focus {
        border: none;
        height: 1;
        padding: 0 1;
        background: $field;
        background-tint: transparent;
        color: $foreground;
    }
    TypedLine:focus { background: $field-focus; }
    TypedLine > .input--placeholder { color: $faint; text-style: none; }
    """

    def on_key(self, event: events.Key) -> None:
        """Type what Textual would not, and edit in the order of the keys."""
        if event.character == NON_JOINER:
            event.stop()
            event.prevent_default()
            self.replace(NON_JOINER, *self.selection)
        else:
            edited(self, event)


class TypedText(TextArea):
    """Several lines, softly wrapped; Tab leads out."""

    DEFAULT_CSS = """
    TypedText, TypedText:focus {
        border: none;
        padding: 0 1;
        background: $field;
        background-tint: transparent;
        color: $foreground;
        scrollbar-size-vertical: 1;
    }
    TypedText:focus { background: $field-focus; }
    TypedText .text-area--cursor-line { background: transparent; }
    TypedText .text-area--placeholder { color: $faint; }
    """

    def __init__(self, text: str = "", placeholder: str = "") -> None:
        """`placeholder` is shown while nothing is typed."""
        super().__init__(
            text,
            soft_wrap=True,
            tab_behavior="focus",
            compact=True,
            highlight_cursor_line=False,
            placeholder=placeholder,
        )

    def on_key(self, event: events.Key) -> None:
        """Type what Textual would not, and edit in the order of the keys."""
        if event.character == NON_JOINER:
            event.stop()
            event.prevent_default()
            start, end = self.selection
            self.replace(NON_JOINER, start, end, maintain_selection_offset=False)
        else:
            edited(self, event)
