"""What all parts measure on: stores of two sizes, made once, and how often each thing is done."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .costs import apart

SUPERVISOR = "1@desk.test"
"""Who works in the stores."""

SMALL = 1_000
"""Customers of the store that the large one is held against."""

TIMES = 7
FEWER_TIMES = 3
"""How often what takes minutes at a million is done."""

ROWS_IMPORTED = 1_000_000
"""So many rows in all are imported, as far as a file is imported again."""

RESTING = 60.0
"""Seconds over which a desk at rest is watched; in shorter spans the figure varies by half."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A folder with stores, and how many customers the large one has.

    `once` does each thing a single time and rests for a moment: the figures say little then.
    """

    folder: Path
    rows: int
    once: bool = False

    @property
    def small(self) -> int:
        """Customers of the small store."""
        return min(SMALL, self.rows)

    @property
    def times(self) -> int:
        """How often a short thing is done."""
        return 1 if self.once else TIMES

    @property
    def fewer_times(self) -> int:
        """How often a long thing is done."""
        return 1 if self.once else FEWER_TIMES

    @property
    def import_times(self) -> int:
        """How often a file of so many rows is imported."""
        return min(self.fewer_times, max(ROWS_IMPORTED // self.rows, 1))

    @property
    def resting(self) -> float:
        """Seconds over which a desk at rest is watched."""
        return 1.0 if self.once else RESTING

    def store(self, customers: int) -> Path:
        """A store of so many customers, which nobody changes: whoever writes takes a copy."""
        path = self.folder / f"{customers}.db"
        if not path.exists():
            apart(_make_store, path, customers)
        return path

    def place(self, name: str) -> Path:
        """A file of that name; nothing is there."""
        path = self.folder / name
        remove([path])
        return path


def remove(stores: Iterable[Path]) -> None:
    """Remove stores, with the files that an engine keeps beside them."""
    for store in stores:
        for end in ("", "-wal", "-shm"):
            store.with_name(store.name + end).unlink(missing_ok=True)


def leadtui(store: Path, *arguments: str) -> tuple[str, ...]:
    """The command line of the program on that store."""
    return (sys.executable, "-m", "leadtui", "--store", str(store), "--as", SUPERVISOR, *arguments)


def _make_store(path: Path, customers: int) -> None:
    from .make_store import make_store

    make_store(path, customers)
