"""Columns of plain text side by side, in no more cells than there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leadtui.language.text import cell_width, ellipsize, safe

GAP = 2
"""Cells between two columns."""


@dataclass(frozen=True, slots=True)
class TextColumn:
    """A column: where there is little room, the highest `rank` shrinks first, down to `least` cells."""

    title: str
    cells: tuple[str, ...]
    least: int
    rank: int


def lay_out(columns: Sequence[TextColumn], width: int) -> list[str]:
    """The titles and the rows as lines of at most `width` cells, safe for any terminal.

    Columns of which not even the least fits are left out, the highest rank first.
    """
    shown = list(columns)
    widths = _widths(shown, width)
    while widths is None:
        shown.remove(max(shown, key=lambda column: column.rank))
        widths = _widths(shown, width)
    rows = [[column.title for column in shown]]
    rows += [list(row) for row in zip(*(column.cells for column in shown), strict=True)]
    return [_line(row, widths) for row in rows]


def _widths(columns: Sequence[TextColumn], width: int) -> list[int] | None:
    """How many cells each column gets; None where one has to go."""
    widths = [max(cell_width(safe(words)) for words in (column.title, *column.cells)) for column in columns]
    excess = sum(widths) + GAP * (len(columns) - 1) - width
    for place in sorted(range(len(columns)), key=lambda place: -columns[place].rank):
        given_up = min(max(0, widths[place] - columns[place].least), max(0, excess))
        widths[place] -= given_up
        excess -= given_up
    if excess <= 0:
        return widths
    return None if len(columns) > 1 else [max(0, width)]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    fitted = [ellipsize(safe(cell), width) for cell, width in zip(cells, widths, strict=True)]
    padded = [cell + " " * (width - cell_width(cell)) for cell, width in zip(fitted, widths, strict=True)]
    return (" " * GAP).join(padded).rstrip()
