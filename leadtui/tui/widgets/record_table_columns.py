"""The columns of a record table, and how they share the width of the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

GAP = 2
"""Cells between two columns."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. Widths are in cells; `width` is the wished one, a column with a smaller `min_width` is flexible."""

    key: str
    title: str
    width: int
    min_width: int
    priority: int
    """How soon the column gives way: the highest number shrinks, and then goes, first; 0 is the last to go."""
    align: Literal["start", "end"] = "start"
    sortable: bool = True
    usual: bool = True
    """Whether it is shown where nobody chose the columns."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A column that is shown: `cell` is its place in a row, `left` its first cell of the line, `width` its cells."""

    column: Column
    cell: int
    left: int
    width: int
    from_the_right: bool = False
    """Whether its words begin at its right."""


def mirrored(placed: Sequence[Placed], left: int, room: int) -> tuple[Placed, ...]:
    """The columns in the same room from its right on: the last one comes first on the line."""
    end = 2 * left + room
    return tuple(
        replace(each, left=end - each.left - each.width, from_the_right=True) for each in reversed(placed)
    )


def fit(columns: Sequence[Column], left: int, room: int) -> tuple[Placed, ...]:
    """Place the columns, in their order, in the `room` cells that begin at `left`.

    Where they do not fit, they shrink to their least widths, the highest priority first; where that is not enough,
    columns are left out, the highest priority first, the later of two equals. Where room is left over, the
    flexible columns share it in proportion to their wishes. The last column that stands is cut to the room.
    """
    kept = list(range(len(columns)))
    while len(kept) > 1 and _least(columns, kept) > room:
        kept.remove(max(kept, key=lambda cell: (columns[cell].priority, cell)))
    if not kept or room <= 0:
        return ()
    widths = _shared([columns[cell] for cell in kept], room - GAP * (len(kept) - 1))
    placed: list[Placed] = []
    for cell, width in zip(kept, widths, strict=True):
        placed.append(Placed(columns[cell], cell, left, width))
        left += width + GAP
    return tuple(placed)


def _least(columns: Sequence[Column], kept: list[int]) -> int:
    return sum(_least_width(columns[cell]) for cell in kept) + GAP * (len(kept) - 1)


def _least_width(column: Column) -> int:
    return max(1, min(column.min_width, column.width))


def _shared(columns: list[Column], room: int) -> list[int]:
    widths = [max(1, column.width) for column in columns]
    excess = sum(widths) - room
    for priority in sorted({column.priority for column in columns}, reverse=True):
        if excess <= 0:
            break
        shrinking = [place for place, column in enumerate(columns) if column.priority == priority]
        slack = [widths[place] - _least_width(columns[place]) for place in shrinking]
        taken = _proportional(min(excess, sum(slack)), slack)
        for place, cells in zip(shrinking, taken, strict=True):
            widths[place] -= cells
        excess -= sum(taken)
    if excess > 0:  # one column, and not even its least width is there
        widths[0] = max(1, widths[0] - excess)
    if excess < 0:
        wishes = [column.width if column.min_width < column.width else 0 for column in columns]
        grown = _proportional(-excess, wishes)
        widths = [width + cells for width, cells in zip(widths, grown, strict=True)]
    return widths


def _proportional(amount: int, weights: list[int]) -> list[int]:
    """Whole numbers that add up to `amount` and stand in proportion to the weights; none where all weights are 0."""
    total = sum(weights)
    shares: list[int] = []
    given = passed = 0
    for weight in weights:
        passed += weight
        share = amount * passed // total - given if total else 0
        shares.append(share)
        given += share
    return shares
