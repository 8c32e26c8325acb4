"""Lists to choose from, each line with a mark before it: several (`□ a`, `■ b`) or one of them (`○ a`, `● b`)."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Checkbox, SelectionList

from leadtui.tui.mirroring import clear_of_scrollbar
from leadtui.tui.widgets.options import Options

OPEN, CHOSEN = "□", "■"
OTHER, THE_ONE = "○", "●"

_BUTTON = 3
"""Cells of Textual's own button before each line."""


class CheckList(SelectionList[int]):
    """Textual's, with marks that are told apart without colour."""

    DEFAULT_CSS = """
    CheckList, CheckList:focus {
        border: none;
        padding: 0;
        background: $field;
        background-tint: transparent;
        scrollbar-size-vertical: 1;
    }
    CheckList > .option-list--option-highlighted { background: transparent; text-style: none; }
    CheckList:focus > .option-list--option-highlighted { background: $cursor; text-style: bold; }
    CheckList:focus:nocolor > .option-list--option-highlighted { text-style: bold underline; }
    """

    def render_line(self, y: int) -> Strip:
        """The line with its mark."""
        segments = list(super().render_line(y))
        at = self.scroll_offset.y + y
        if at >= self.option_count or len(segments) <= _BUTTON:
            return clear_of_scrollbar(Strip(segments), self)
        chosen = self.get_option_at_index(at).value in self.selected
        base = segments[_BUTTON].style
        mark = Segment(f" {CHOSEN if chosen else OPEN} ", base)
        return clear_of_scrollbar(Strip([mark, *segments[_BUTTON:]]), self)


class RadioList(Options):
    """One of a few: where the cursor stands is what is chosen."""

    DEFAULT_CSS = """
    RadioList, RadioList:focus {
        border: none;
        height: auto;
        padding: 0 1;
        background: $field;
        background-tint: transparent;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        scrollbar-size-vertical: 1;
    }
    RadioList > .option-list--option-highlighted { color: $foreground; background: transparent; text-style: none; }
    RadioList:focus > .option-list--option-highlighted { background: $cursor; }
    RadioList:focus:nocolor > .option-list--option-highlighted { text-style: bold underline; }
    """

    @property
    def chosen(self) -> int:
        """The place of the chosen one."""
        return self.highlighted or 0

    def render_line(self, y: int) -> Strip:
        """The line with its mark."""
        line = super().render_line(y)
        glyph = THE_ONE if self.scroll_offset.y + y == self.chosen else OTHER
        style = next(iter(line)).style if line else None
        return Strip([Segment(f"{glyph} ", style), *line])

    def _get_left_gutter_width(self) -> int:
        return 2


class Mark(Checkbox, inherit_bindings=False):
    """One thing that may be so. Space changes it; Enter is left to the dialog."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "toggle_button", show=False)]
    BUTTON_LEFT = BUTTON_RIGHT = ""

    DEFAULT_CSS = """
    Mark, Mark:focus { border: none; padding: 0 1; height: 1; background: $pane; }
    Mark:focus { background: $field-focus; }
    Mark:focus:nocolor > .toggle--label { text-style: underline; }
    Mark > .toggle--button, Mark.-on > .toggle--button { color: $foreground; background: transparent; }
    Mark:focus > .toggle--label { text-style: none; color: $foreground; background: transparent; }
    """

    def render(self) -> Content:
        """The mark and the words."""
        self.BUTTON_INNER = CHOSEN if self.value else OPEN
        return super().render()
