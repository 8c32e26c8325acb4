"""The columns of all customers as a person wants them: which, in which order, how wide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from leadtui.domain.view import ColumnChoice
from leadtui.tui.widgets.record_table import Column

LEAST_WIDTH, MOST_WIDTH = 3, 80
"""Cells that a person can give a column."""


def choices_for(columns: Sequence[Column], chosen: Sequence[ColumnChoice]) -> tuple[ColumnChoice, ...]:
    """A choice for every column there is: those that are `chosen` in their order, then the others, shown."""
    keys = {column.key for column in columns}
    named = tuple(each for each in chosen if each.key in keys)
    known = {each.key for each in named}
    return (*named, *(ColumnChoice(str(column.key)) for column in columns if column.key not in known))


def arranged(columns: Sequence[Column], chosen: Sequence[ColumnChoice]) -> tuple[Column, ...]:
    """The columns that are shown, in the chosen order; where nothing is chosen, all of them as they are.

    In an order of the person's own, the column that comes last is the first to give way.
    """
    if not chosen:
        return tuple(columns)
    by_key = {column.key: column for column in columns}
    shown = [each for each in choices_for(columns, chosen) if each.shown]
    placed = tuple(_sized(by_key[each.key], each, rank) for rank, each in enumerate(shown))
    return placed or tuple(columns[:1])


def _sized(column: Column, choice: ColumnChoice, rank: int) -> Column:
    if choice.width is None:
        return replace(column, priority=rank)
    return replace(column, width=choice.width, min_width=choice.width, priority=rank)
