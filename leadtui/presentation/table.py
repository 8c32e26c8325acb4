"""Columns of plain text side by side, in no more cells than there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from leadtui.language.text import cell_width, ellipsize, safe

GAP = "  "
"""What stands between two columns."""


@dataclass(frozen=True, slots=True)
class TextColumn:
    """A column of a table. Where there is too little room the one with the highest `yields` is cut first, down to
    `least` cells, and left out where even these do not fit; 0 always stays as it is."""

    title: str
    yields: int = 0
    least: int = 6
    right: bool = False


def lay_out(columns: Sequence[TextColumn], rows: Iterable[Sequence[str]], width: int) -> list[str]:
    """The titles and the rows as lines of at most `width` cells, safe for any terminal; one column always stays."""
    cells = [[safe(cell) for cell in row] for row in ([each.title for each in columns], *rows)]
    widths = [max(map(cell_width, column)) for column in zip(*cells, strict=True)]
    shown = fitted(columns, widths, width)
    if not shown:
        last = min(range(len(columns)), key=lambda place: columns[place].yields)
        shown = {last: max(0, width)}
    return [line(columns, row, shown, cut=True) for row in cells]


def fitted(columns: Sequence[TextColumn], widths: Sequence[int], room: int) -> dict[int, int]:
    """The columns, by their place, that are shown in lines of at most `room` cells, each with its width."""
    shown = dict(enumerate(widths))
    least = {
        place: min(width, columns[place].least) if columns[place].yields else width
        for place, width in shown.items()
    }
    yielding = sorted(
        (place for place in shown if columns[place].yields), key=lambda each: columns[each].yields
    )
    while yielding and _line_width(least[place] for place in shown) > room:
        del shown[yielding.pop()]
    for place in reversed(yielding):
        too_much = _line_width(shown.values()) - room
        shown[place] -= min(max(too_much, 0), shown[place] - least[place])
    return shown


def line(columns: Sequence[TextColumn], row: Sequence[str], shown: Mapping[int, int], *, cut: bool) -> str:
    """One row, its cells in the places and widths of `shown`; where nothing is `cut`, what is wider stays so."""
    cells = (
        aligned(row[place], width, right=columns[place].right, cut=cut) for place, width in shown.items()
    )
    return GAP.join(cells).rstrip()


def aligned(cell: str, width: int, *, right: bool = False, cut: bool = False) -> str:
    """A cell in its width; one that is wider stays as it is, or is cut where that is asked for."""
    shown = ellipsize(cell, width) if cut else cell
    padding = " " * (width - cell_width(shown))
    return padding + shown if right else shown + padding


def _line_width(widths: Iterable[int]) -> int:
    kept = list(widths)
    return sum(kept) + len(GAP) * (len(kept) - 1)
