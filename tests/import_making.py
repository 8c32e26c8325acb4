"""Imports small tables into a real Persian desk, and looks at what became of them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from session_making import MovingClock, make_session

from leadtui.domain.importing import ImportOptions
from leadtui.domain.lead import Activity, ActivityKind, Lead
from leadtui.services.importing.report import ImportReport
from leadtui.services.importing.running import import_files
from leadtui.services.leads import find_lead, open_lead
from leadtui.services.session import Session

BESIDE_VALUES = {"version", "activities", "made_channels"}
"""What is kept with a row besides the values that it replaced."""


@dataclass
class ImportDesk:
    """A desk, mostly of the template "hesin-haseb" (Iran, Tehran, Jalali), and a folder for the files it imports."""

    folder: Path
    template: str = "hesin-haseb"
    clock: MovingClock = field(default_factory=MovingClock)
    session: Session = field(init=False)

    def __post_init__(self) -> None:
        store = self.folder / "haseb"
        store.mkdir()
        self.session = make_session(store, self.template, self.clock)

    def file(self, text: str, name: str = "table.csv", encoding: str = "utf-8") -> Path:
        """Write a file, its lines freed from the test's indentation."""
        path = self.folder / name
        lines = [line.strip() for line in text.strip().splitlines()]
        path.write_text("\n".join(lines) + "\n", encoding=encoding)
        return path

    def take(self, text: str, name: str = "table.csv", **options: Any) -> ImportReport:
        """Import one table."""
        (report,) = import_files(self.session, [self.file(text, name)], ImportOptions(**options))
        return report

    def lead(self, reference: str) -> Lead:
        """The customer with that number, e-mail address or id."""
        return find_lead(self.session, reference)

    def timeline(self, reference: str) -> list[Activity]:
        """What happened to a customer, oldest first."""
        return list(reversed(open_lead(self.session, self.lead(reference).id).timeline))

    def kinds(self, reference: str) -> list[ActivityKind]:
        """The kinds of what happened to a customer, oldest first."""
        return [entry.kind for entry in self.timeline(reference)]

    def notes(self, reference: str) -> list[str]:
        """The notes of a customer, oldest first."""
        return [entry.detail.text for entry in self.timeline(reference) if entry.kind is ActivityKind.NOTE]

    def channel(self, channel_id: int | None) -> str:
        """The key of a channel."""
        found = self.session.definitions.channel(channel_id)
        return found.key if found else ""

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query on the store."""
        with self.session.store.read() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(query)]

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(self.rows(f"SELECT count(*) FROM {table}")[0][0])

    def contents(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table."""
        tables = [row[0] for row in self.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {name: self.rows(f'SELECT * FROM "{name}"') for name in sorted(tables)}

    def before(self, lead_id: int) -> list[Mapping[str, Any]]:
        """What imports have kept of a customer's former values, oldest first."""
        found = self.rows(
            f"SELECT before FROM import_row WHERE lead_id = {lead_id} AND before IS NOT NULL ORDER BY id"
        )
        values = (json.loads(row[0]) for row in found)
        kept = ({name: was for name, was in each.items() if name not in BESIDE_VALUES} for each in values)
        return [each for each in kept if each]


def outcomes(report: ImportReport) -> tuple[int, int, int, int, int]:
    """New, updated, unchanged, rejected and skipped rows, once they are seen to add up."""
    counts = report.counts
    became = (counts.new, counts.updated, counts.unchanged, counts.rejected, counts.skipped)
    assert counts.read == sum(became)
    return became


@contextmanager
def copy_of(store: Path) -> Generator[tuple[Session, Path]]:
    """Neda's session on a copy of the store, and the folder in which it lies; both go at the end."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(store, folder / "desk.db")
        session = Session.open(folder / "desk.db", "neda@example.com", MovingClock())
        yield session, folder
        session.close()
