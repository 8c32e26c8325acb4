"""What a bulk import is told, and what became of the rows of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from leadtui.domain.distribution import RuleWords
from leadtui.language.date_forms import DateOrder, WrittenCalendar


class Duplicates(StrEnum):
    """What a row does to the values of a customer who is there already.

    Owner and status always stay. Numbers are no values: by them a person is known, so they are always kept.
    """

    FILL = "fill"
    """Blanks are filled."""
    OVERWRITE = "overwrite"
    """Values are replaced by those of the row that are not blank."""
    KEEP = "keep"
    """Nothing."""


class SameNumber(StrEnum):
    """What becomes of another person who has a customer's number or e-mail address: a family, a front desk."""

    NOTE = "note"
    """All that the row says is kept in a note of the customer."""
    LEAD = "lead"
    """They are a customer of their own, and a number is shared by both."""


class DecimalSign(StrEnum):
    """What stands before the decimals of a number."""

    POINT = "point"
    COMMA = "comma"

    @property
    def sign(self) -> str:
        """As it is written."""
        return "." if self is DecimalSign.POINT else ","


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How files are to be read and what they may change; what is left out is recognised, or the workspace's."""

    mapping: Mapping[str, str] = field(default_factory=dict[str, str])
    """Fields by column: a column's title or number, and a field's key or title. Remembered for the layout."""
    region: str = ""
    """ISO 3166 alpha-2 code by which numbers without a country code are read."""
    area_code: str = ""
    """What goes before a number that is written without its area code."""
    values: Mapping[str, str] = field(default_factory=dict[str, str])
    """What cells mean that name an owner, a status, a need or a channel otherwise than the workspace. Remembered, too."""
    owner: str = ""
    """The name or e-mail address of whom new customers belong to whose row names nobody."""
    distribution: RuleWords | None = None
    """By which rule new customers are shared out whose row names no owner."""
    channel: str = ""
    """The entry channel of rows that name none."""
    duplicates: Duplicates = Duplicates.FILL
    same_number: SameNumber = SameNumber.NOTE
    drop: bool = False
    """Leave out columns for which no field is meant, instead of keeping them in a note."""
    rejects: Path | None = None
    """Where rows go that nobody can be reached by."""
    report: Path | None = None
    """Where every cell is listed that was not plainly taken."""
    force: bool = False
    """Whether such a file that is there is replaced."""
    strict: bool = False
    """Import nothing where anything about a file is doubtful."""
    dry_run: bool = False
    """Report only; of all that is written, the files of rejects and of the report alone stay."""
    encoding: str = ""
    delimiter: str = ""
    header: bool | None = None
    header_line: int = 0
    """The line of the titles, from 1; 0 where none is named."""
    sheet: str = ""
    """Which sheet of a workbook, or "all"; else the first that holds anything."""
    date_order: DateOrder | None = None
    """Which of day, month and year comes first in figures."""
    calendar: WrittenCalendar | None = None
    decimals: DecimalSign | None = None

    def to_json(self) -> dict[str, Any]:
        """What is kept with a batch."""
        return {
            "mapping": dict(self.mapping),
            "region": self.region,
            "duplicates": self.duplicates.value,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "header": self.header,
            # What came later is left out where it is not given: a stopped import is known again by all this.
            **({"area_code": self.area_code} if self.area_code else {}),
            **({"values": dict(self.values)} if self.values else {}),
            **({"owner": self.owner} if self.owner else {}),
            **({"distribution": asdict(self.distribution)} if self.distribution else {}),
            **({"channel": self.channel} if self.channel else {}),
            **({"header_line": self.header_line} if self.header_line else {}),
            **({"sheet": self.sheet} if self.sheet else {}),
            **({"date_order": self.date_order.value} if self.date_order else {}),
            **({"calendar": self.calendar.value} if self.calendar else {}),
            **({"decimals": self.decimals.value} if self.decimals else {}),
            **({"drop": True} if self.drop else {}),
            **({"same_number": self.same_number.value} if self.same_number is not SameNumber.NOTE else {}),
        }


class Outcome(StrEnum):
    """What became of one row of a file."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"
    """It could have been a customer, but nobody could be reached by what it says."""
    SKIPPED = "skipped"
    """It is none: an advertising platform's test, a call to a number that nobody has."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows became what; `read` is always the sum of the others."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    skipped: int = 0

    @property
    def read(self) -> int:
        """All rows that were read and are not blank."""
        return self.new + self.updated + self.unchanged + self.rejected + self.skipped

    def __add__(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(
            self.new + other.new,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
            self.rejected + other.rejected,
            self.skipped + other.skipped,
        )


@dataclass(frozen=True, slots=True)
class ImportBatch:
    """One file that was imported. Times are aware UTC; `ended_at` is None where the import was stopped.

    `undone_at` is when it was taken back.
    """

    id: int
    actor_id: int
    file_name: str
    file_digest: str
    """SHA-256 of the file's bytes."""
    options: Mapping[str, Any]
    started_at: datetime
    ended_at: datetime | None
    counts: Counts
    undone_at: datetime | None = None
