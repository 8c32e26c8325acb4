"""What a bulk import tells when it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from leadtui.domain.importing import Counts
from leadtui.services.importing.imported_lead import Reason


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
    counts: Counts
    reasons: tuple[ReasonCount, ...]
    """Why rows were rejected or skipped, the most frequent reason first."""
    notes: tuple[str, ...]
    """Whole sentences on what a person may want to know besides."""
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
            "import": self.batch_id,
            "dry_run": self.dry_run,
            "went_on_from_row": None if self.went_on is None else self.went_on.row,
            "recognised": list(self.recognised),
            "mapping": [asdict(column) for column in self.mapping],
            "unused": list(self.unused),
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
        }


def counts_to_json(counts: Counts) -> dict[str, int]:
    """The six counts by name."""
    return {"read": counts.read, **asdict(counts)}


def reports_to_json(reports: Sequence[ImportReport]) -> dict[str, Any]:
    """The sums over all files, and each file's own report."""
    total = sum((report.counts for report in reports), Counts())
    return {**counts_to_json(total), "files": [report.to_json() for report in reports]}
