"""Options below each other, whose words stand clear of the scrollbar in either direction."""

from __future__ import annotations

from textual.content import Content
from textual.strip import Strip
from textual.widgets import OptionList

from leadtui.tui.mirroring import clear_of_scrollbar


class Options(OptionList):
    """Textual's list."""

    def render_line(self, y: int) -> Strip:
        """A line of an option."""
        return clear_of_scrollbar(super().render_line(y), self)


def beside(first: Content, width: int, words: Content, room: int) -> list[Content]:
    """Lines in which `words` go on in `room` cells, beside the column of `first`, which is `width` cells wide."""
    lines = words.wrap(max(room, 10))
    gap = max(1, width - first.cell_length)
    return [
        Content.assemble(first, " " * gap, lines[0] if lines else ""),
        *(Content.assemble(" " * width, line) for line in lines[1:]),
    ]
