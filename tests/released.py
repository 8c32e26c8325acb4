"""The store that release 0.1.0 wrote, unpacked for a test: what is in it, tests/data/released/0.1.0/README.md says."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

from session_making import MovingClock

from leadtui.services.session import Session

RELEASED = Path(__file__).parent / "data" / "released" / "0.1.0"

NEDA, REZA, LEILA = "neda@example.com", "reza@example.com", "leila@example.com"
"""The supervisor, and the two agents."""

DISPLACED = [
    "The keymap gives “next-lead” the key “ctrl+n”, which “propose” had; it still has shift+f7.",
    "The keymap gives “next-free” the key “j”, which “next-row” had; it still has down.",
    "The keymap gives “columns” the key “k”, which “previous-row” had; it still has up.",
    "The keymap gives “density” the key “Y”, which “show-number” had; it still has shift+f8.",
]
"""What is said of the release's keymap: some of its keys have come to belong to commands of a later version."""


class ReleasedStore:
    """A copy of the store, and the clock some minutes after its last entry."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "store.db"
        self.path.write_bytes(gzip.decompress((RELEASED / "store.db.gz").read_bytes()))
        self.clock = MovingClock(datetime(2026, 11, 20, 10, 20, tzinfo=UTC))
        self._opened: list[Session] = []

    def of(self, email: str) -> Session:
        """Open it as that person, who reads English."""
        session = Session.open(self.path, email, self.clock, language="en")
        self._opened.append(session)
        return session

    def close(self) -> None:
        """Close what was opened."""
        for session in self._opened:
            session.close()
