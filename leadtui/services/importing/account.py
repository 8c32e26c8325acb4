"""Adds up what became of the cells of a file: for every column the cells that are not blank, each under one reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from operator import methodcaller
from typing import NamedTuple

from leadtui.domain.importing import Outcome
from leadtui.language.text import clean
from leadtui.services.importing.cell_fates import Fate, Noted, Why
from leadtui.services.importing.imported_lead import ImportedLead, RejectedRow
from leadtui.services.importing.rows import UNSEEN, is_blank
from leadtui.services.importing.sheet import made_up_title
from leadtui.services.importing.titles import NO_USE, PARTS


class Places(NamedTuple):
    """Where the columns of a file go, and what becomes of those that go to no field."""

    titles: tuple[str, ...]
    targets: tuple[str, ...]
    """One for each title; "" where no field is meant."""
    beyond: Why = Why.UNUSED
    """What becomes of cells that no field is meant for, those beyond the titles among them."""

    def why_unused(self, column: int) -> Why | None:
        """Why the cells of a column go to no field; None where they do."""
        target = self.targets[column] if column < len(self.targets) else ""
        if not target:
            return self.beyond
        return Why.IGNORED if target in NO_USE else None

    def title(self, column: int) -> str:
        """The title of a column; made up for cells beyond the titles."""
        return self.titles[column] if column < len(self.titles) else made_up_title(column + 1)

    def going_to(self, target: str) -> list[int]:
        """The columns that go to a field, or to a part of it."""
        meant = (target, *PARTS.get(target, ()))
        return [column for column, each in enumerate(self.targets) if each in meant]

    def whys_of(self, row: ImportedLead) -> Mapping[int, Why]:
        """Why cells of a row were not plainly taken, by column; of several reasons of one cell the gravest."""
        whys = dict(row.whys)
        for noted in row.noted:
            for column in self._columns_of(row, noted):
                known = whys.get(column)
                if known is None or _GRAVITY.index(noted.why.fate) < _GRAVITY.index(known.fate):
                    whys[column] = noted.why
        return whys

    def _columns_of(self, row: ImportedLead, noted: Noted) -> list[int]:
        """The filled columns that something is about: those alone whose words it repeats, else all that go there."""
        columns = [
            column
            for column in self.going_to(noted.target)
            if column < len(row.cells) and not is_blank(row.cells[column])
        ]
        if len(columns) < 2:
            return columns
        repeated = [column for column in columns if clean(row.cells[column]) in noted.text]
        return repeated or columns


@dataclass(frozen=True, slots=True)
class CellFate:
    """One cell that was not plainly taken."""

    line: int
    column: str
    value: str
    why: Why


@dataclass(frozen=True, slots=True)
class ColumnAccount:
    """What became of the cells of one column."""

    column: str
    target: str
    """The field that it goes to; "" where none is meant."""
    filled: int
    """How many cells are not blank."""
    whys: Mapping[Why, int]
    """How many of them were not plainly taken, by reason."""

    def count(self, fate: Fate) -> int:
        """How many cells had that fate; together they are all that are filled."""
        counted = sum(number for why, number in self.whys.items() if why.fate is fate)
        return counted + self.filled - sum(self.whys.values()) if fate is Fate.TAKEN else counted


class Account:
    """Counts the cells of the rows that are done. Of a million only those that are not plainly taken are looked at singly."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._filled: Counter[int] = Counter()
        self._whys: dict[int, Counter[Why]] = {}

    def add(self, rows: Sequence[ImportedLead], refused: Sequence[RejectedRow]) -> None:
        """Count the cells of rows that stand for somebody, and of rows that do not."""
        for column, filled in enumerate(_filled(row.cells for row in rows)):
            self._count(column, self._places.why_unused(column), filled)
        for row in rows:
            if row.noted or row.whys:
                for column, why in self._places.whys_of(row).items():
                    self._of(column)[why] += 1
        for why in (Why.ROW_REJECTED, Why.ROW_SKIPPED):
            cells = (row.cells for row in refused if _why_refused(row) is why)
            for column, filled in enumerate(_filled(cells)):
                self._count(column, why, filled)

    def columns(self) -> tuple[ColumnAccount, ...]:
        """The account of each column in the order of the file."""
        count = max((len(self._places.titles), *(column + 1 for column in self._filled)))
        return tuple(
            ColumnAccount(
                self._places.title(column),
                self._places.targets[column] if column < len(self._places.targets) else "",
                self._filled[column],
                dict(self._of(column)),
            )
            for column in range(count)
        )

    def cells(self, rows: Iterable[ImportedLead], refused: Iterable[RejectedRow]) -> Iterator[CellFate]:
        """Every cell of these rows that was not plainly taken, row by row."""
        for row in rows:
            whys = self._places.whys_of(row)
            for column, cell in enumerate(row.cells):
                why = whys.get(column) or self._places.why_unused(column)
                if why is not None and not is_blank(cell):
                    yield CellFate(row.line, self._places.title(column), cell, why)
        for row in refused:
            for column, cell in enumerate(row.cells):
                if not is_blank(cell):
                    yield CellFate(row.line, self._places.title(column), cell, _why_refused(row))

    def _count(self, column: int, why: Why | None, filled: int) -> None:
        self._filled[column] += filled
        if why is not None and filled:
            self._of(column)[why] += filled

    def _of(self, column: int) -> Counter[Why]:
        return self._whys.setdefault(column, Counter())


_GRAVITY = (Fate.UNREAD, Fate.DIFFERS, Fate.NOTED, Fate.TAKEN, Fate.SKIPPED)

_seen = methodcaller("strip", UNSEEN)


def _filled(rows: Iterable[Sequence[str]]) -> list[int]:
    """How many cells of each column are not blank."""
    return [sum(map(bool, map(_seen, cells))) for cells in zip_longest(*rows, fillvalue="")]


def _why_refused(row: RejectedRow) -> Why:
    return Why.ROW_REJECTED if row.reason.outcome is Outcome.REJECTED else Why.ROW_SKIPPED
