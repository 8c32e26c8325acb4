"""Which SQLite is used, and what its versions are known for."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from types import ModuleType


def sqlite_driver() -> ModuleType:
    """The SQLite that is used: pysqlite3 (3.51.3 or later, without the WAL-reset fault) where it is installed."""
    try:
        import pysqlite3  # pyright: ignore[reportMissingTypeStubs]  # the package has no types
    except ImportError:
        return sqlite3
    return pysqlite3


@dataclass(frozen=True, slots=True)
class SqliteBuild:
    """Which SQLite is used: the package that brings it, and its version."""

    package: str
    version: str

    @property
    def has_wal_reset_fault(self) -> bool:
        """Whether this version can damage a store, see `has_wal_reset_fault`."""
        return has_wal_reset_fault(self.version)


def sqlite_build() -> SqliteBuild:
    """The SQLite that every store is opened with."""
    driver = sqlite_driver()
    return SqliteBuild(driver.__name__.partition(".")[0], str(driver.sqlite_version))


def has_wal_reset_fault(version: str) -> bool:
    """Whether several connections to one file can, rarely, damage it as its write-ahead log begins anew.

    All versions from 3.7.0 on do, up to 3.51.3 and the repaired older lines (https://www.sqlite.org/wal.html#walresetbug).
    """
    number = tuple(int(part) for part in version.split(".")[:3])
    repaired = (3, 44, 6) <= number < (3, 45, 0) or (3, 50, 7) <= number < (3, 51, 0) or number >= (3, 51, 3)
    return number >= (3, 7, 0) and not repaired
