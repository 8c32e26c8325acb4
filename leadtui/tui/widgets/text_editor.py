"""Typing some lines: a TextArea that grows with what is typed and leads through its form by the keyboard."""

from __future__ import annotations

from textual import events
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from leadtui.language.text import safe
from leadtui.tui.widgets.editing_keys import edited
from leadtui.tui.widgets.form_field import Editor, Way, go, passes_on, take
from leadtui.tui.widgets.line_editor import NON_JOINER

NEW_LINE_KEYS = frozenset({"ctrl+j", "shift+enter", "alt+enter"})
"""Enter goes to the next field; one of these, by what the terminal can send, begins a new line."""


class TextEditor(TextArea, Editor):
    """Several lines, softly wrapped."""

    DEFAULT_CSS = """
    TextEditor, TextEditor:focus {
        border: none;
        height: auto;
        min-height: 1;
        max-height: 6;
        padding: 0 1;
        background: $field;
        background-tint: transparent;
        color: $foreground;
        scrollbar-size-vertical: 1;
    }
    TextEditor:focus { background: $field-focus; }
    TextEditor .text-area--cursor-line { background: transparent; }
    TextEditor .text-area--placeholder { color: $faint; }
    """

    def __init__(self, text: str = "", placeholder: str = "") -> None:
        """`text` may come from anywhere; `placeholder` is shown while nothing is typed."""
        super().__init__(
            harmless(text),
            soft_wrap=True,
            show_line_numbers=False,
            tab_behavior="focus",
            compact=True,
            highlight_cursor_line=False,
            placeholder=placeholder,
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
        """Deal with what leads out of the field here, so that keys typed ahead stay in their order."""
        if passes_on(self, event):
            return
        start, end = self.selection
        match event.key:
            case "enter":
                go(self, Way.ON)
            case key if key in NEW_LINE_KEYS:
                self.replace("\n", start, end, maintain_selection_offset=False)
            case "up" if self._cursor_row == 0:
                go(self, Way.UP)
            case "down" if self._cursor_row == self.wrapped_document.height - 1:
                go(self, Way.DOWN)
            case "tab":
                self.screen.focus_next()
            case "shift+tab":
                self.screen.focus_previous()
            case _ if event.character == NON_JOINER:
                self.replace(NON_JOINER, start, end, maintain_selection_offset=False)
            case _ if not edited(self, event):
                return
            case _:
                pass
        take(event)

    @property
    def _cursor_row(self) -> int:
        """The row on screen that the cursor is in, counted over wrapped lines."""
        return self.wrapped_document.location_to_offset(self.cursor_location).y


def harmless(text: str) -> str:
    """`text` with its line ends, and nothing in it that could harm a terminal."""
    return "\n".join(safe(line) for line in text.splitlines()) + ("\n" if text.endswith("\n") else "")
