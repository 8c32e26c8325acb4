"""Options below each other, whose words stand clear of the scrollbar in either direction."""

from __future__ import annotations

from textual.strip import Strip
from textual.widgets import OptionList

from leadtui.tui.mirroring import clear_of_scrollbar


class Options(OptionList):
    """Textual's list."""

    def render_line(self, y: int) -> Strip:
        """A line of an option."""
        return clear_of_scrollbar(super().render_line(y), self)
