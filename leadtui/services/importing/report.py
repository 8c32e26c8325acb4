"""What a bulk import tells when it is done: the report, the rows to be mended, and each cell that was not plainly taken."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from leadtui.domain.importing import Counts
from leadtui.errors import Refused
from leadtui.language.bidi import without_isolates
from leadtui.language.text import safe
from leadtui.language.translate import _
from leadtui.services.atomic_file import atomic_file
from leadtui.services.formula_guard import guarded
from leadtui.services.importing.account import CellFate, ColumnAccount
from leadtui.services.importing.cell_fates import Fate, Why
from leadtui.services.importing.doubt import Doubt
from leadtui.services.importing.imported_lead import Reason, RejectedRow
from leadtui.services.importing.values import Tally


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column and the field that it went to."""

    column: str
    field: str


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """How many rows were rejected or skipped for one reason."""

    reason: Reason
    count: int


@dataclass(frozen=True, slots=True)
class WentOn:
    """That an import went on which had been stopped: from which of the rows, and when it had begun (aware UTC)."""

    row: int
    begun_at: datetime


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of one file."""

    file: str
    batch_id: int | None
    """The import's number in the store; None where nothing was written."""
    recognised: tuple[str, ...]
    """How the file is written, a few words each."""
    mapping: tuple[MappedColumn, ...]
    unused: tuple[str, ...]
    """Columns that go nowhere though they might matter."""
    columns: tuple[ColumnAccount, ...]
    """What became of the cells of each column."""
    counts: Counts
    sharing: int
    """How many new customers share a number or an address with another person."""
    reasons: tuple[ReasonCount, ...]
    """Why rows were rejected or skipped, the most frequent reason first."""
    notes: tuple[str, ...]
    """Whole sentences on what a person may want to know besides."""
    doubts: tuple[Doubt, ...]
    """What the file leaves open; it was read by the first choice of each."""
    values: Tally
    """The dates and numbers that were not read, or in doubt."""
    titles: Mapping[str, str]
    """The columns by the keys of their fields."""
    went_on: WentOn | None = None
    """Set where it had been stopped before; the counts are those of both parts together."""

    @property
    def dry_run(self) -> bool:
        """Whether nothing was written."""
        return self.batch_id is None

    def to_json(self) -> dict[str, Any]:
        """The report for a program; the six counts stand at its top."""
        return {
            "file": self.file,
            **counts_to_json(self.counts),
            "sharing": self.sharing,
            "import": self.batch_id,
            "dry_run": self.dry_run,
            "went_on_from_row": None if self.went_on is None else self.went_on.row,
            "recognised": list(self.recognised),
            "mapping": [asdict(column) for column in self.mapping],
            "unused": list(self.unused),
            **cells_to_json(self.columns),
            "unused_columns": [
                {"column": each.column, "filled": each.filled}
                for each in self.columns
                if each.whys.keys() & {Why.UNUSED, Why.DROPPED}
            ],
            "columns": [_column_to_json(each) for each in self.columns],
            "reasons": [
                {
                    "outcome": each.reason.outcome.value,
                    "reason": each.reason.value,
                    "words": each.reason.words(),
                    "count": each.count,
                }
                for each in self.reasons
            ],
            "notes": list(self.notes),
            "unread": [
                {
                    "line": each.line,
                    "column": self.titles.get(each.column, each.column),
                    "kind": each.kind.value,
                    "value": each.value,
                    "reason": each.reason.value if each.reason else "no_number",
                    "words": each.words(),
                }
                for each in self.values.unread
            ],
            "doubts": [
                {
                    "about": each.about.value,
                    "column": each.column,
                    "examples": list(each.examples),
                    "options": [each.option(choice) for choice in each.choices],
                }
                for each in self.doubts
            ],
        }


def counts_to_json(counts: Counts) -> dict[str, int]:
    """The six counts by name."""
    return {"read": counts.read, **asdict(counts)}


def cells_to_json(columns: Iterable[ColumnAccount]) -> dict[str, int]:
    """How many cells differ from what customers have, and how many were not understood as what."""
    whys = sum((Counter(each.whys) for each in columns), Counter[Why]())
    return {
        "differs": sum(number for why, number in whys.items() if why.fate is Fate.DIFFERS),
        "unread_dates": whys[Why.DATE],
        "unread_numbers": whys[Why.NUMBER],
        "unread_values": whys[Why.VALUE],
    }


def _column_to_json(column: ColumnAccount) -> dict[str, Any]:
    return {
        "column": column.column,
        "field": column.target,
        "filled": column.filled,
        **{fate.value: column.count(fate) for fate in Fate},
        "reasons": {why.value: number for why, number in sorted(column.whys.items())},
    }


def reports_to_json(reports: Sequence[ImportReport]) -> dict[str, Any]:
    """The sums over all files, and each file's own report."""
    total = sum((report.counts for report in reports), Counts())
    cells = cells_to_json(column for report in reports for column in report.columns)
    sharing = sum(report.sharing for report in reports)
    return {
        **counts_to_json(total),
        "sharing": sharing,
        **cells,
        "files": [report.to_json() for report in reports],
    }


LEADING_COLUMNS = ("file", "line", "reason")


class RejectsFile:
    """The rows that might be mended and imported again, with a column for every title of the imported files."""

    def __init__(self, table: _Table, titles: Sequence[Sequence[str]]) -> None:
        """`titles` are those of each of the files."""
        self._table = table
        self._places = [dict[str, int]() for _titles in titles]
        columns: dict[str, int] = {}
        for places, own in zip(self._places, titles, strict=True):
            for title in own:
                places[title] = columns.setdefault(title, len(columns))
        self._width = len(columns)
        table.write([*LEADING_COLUMNS, *columns])

    def add(self, source: int, name: str, rows: Sequence[RejectedRow]) -> None:
        """Write rejected rows of the file `name`, the `source`-th. Raises Refused where the disk is full."""
        places = list(self._places[source].values())
        for row in rows:
            cells = [""] * self._width
            for place, cell in zip(places, row.cells, strict=False):
                cells[place] = cell
            # A damaged row may have more cells than titles: they stand behind all columns, where they are found.
            self._table.write([name, str(row.line), row.sentence, *cells, *row.cells[len(places) :]])


class CellsFile:
    """Every cell that was not plainly taken: where it stands, what it says, what became of it and why."""

    def __init__(self, table: _Table) -> None:
        self._table = table
        table.write(("file", "line", "column", "value", "fate", "reason"))

    def add(self, name: str, cells: Iterable[CellFate]) -> None:
        """Write cells of the file `name`. Raises Refused where the disk is full."""
        if self._table.wanted:
            for each in cells:
                said = (each.column, each.value, each.why.fate.value, each.why.words())
                self._table.write((name, str(each.line), *said))


@contextmanager
def rejects_file(
    path: Path | None, sources: Sequence[Path], titles: Sequence[Sequence[str]], *, force: bool
) -> Generator[RejectsFile]:
    """Where rejected rows go. Raises Refused as `atomic_file` does."""
    with _table_file(path, sources, force=force) as table:
        yield RejectsFile(table, titles)


@contextmanager
def cells_file(path: Path | None, sources: Sequence[Path], *, force: bool) -> Generator[CellsFile]:
    """Where cells are listed that were not plainly taken. Raises Refused as `atomic_file` does."""
    with _table_file(path, sources, force=force) as table:
        yield CellsFile(table)


class _Table:
    """A CSV file that is being written; nothing is written where there is no stream."""

    def __init__(self, stream: IO[str] | None) -> None:
        self._writer = None if stream is None else csv.writer(stream)

    @property
    def wanted(self) -> bool:
        """Whether anything is written."""
        return self._writer is not None

    def write(self, cells: Sequence[str]) -> None:
        if self._writer is not None:
            self._writer.writerow(guarded(without_isolates(cell)) for cell in cells)


@contextmanager
def _table_file(path: Path | None, sources: Sequence[Path], *, force: bool) -> Generator[_Table]:
    """A file that is there once the import has ended."""
    if path is None:
        yield _Table(None)
        return
    _refuse_source(path, sources)
    # The mark lets spreadsheets read it as UTF-8.
    with atomic_file(path, force=force) as file:
        stream = io.TextIOWrapper(file, "utf-8-sig", errors="replace", newline="")
        yield _Table(stream)
        stream.flush()
        stream.detach()  # the file is its owner's to close


def _refuse_source(path: Path, sources: Sequence[Path]) -> None:
    if any(_is_same(path, source) for source in sources):
        raise Refused(_("{file} is itself to be imported; name another file.").format(file=safe(str(path))))


def _is_same(path: Path, source: Path) -> bool:
    try:
        return path.samefile(source)
    except OSError:  # one of them is not there, or cannot be
        return False
