"""Looking at a store from outside: which SQLite reads it, and whether what is kept in it is whole."""

from __future__ import annotations

import stat
import sys
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from leadtui.store import failures
from leadtui.store.engine import Store, sqlite_driver
from leadtui.store.schema import HEAD

__all__ = [
    "HEAD",
    "Counts",
    "SqliteBuild",
    "broken_references",
    "count",
    "damages",
    "file_permissions",
    "file_system",
    "has_wal_reset_fault",
    "journal_mode",
    "read_by_others",
    "search_agrees",
    "sqlite_build",
    "version",
]

MOST_DAMAGES = 20
"""Damages that are listed one by one."""


@dataclass(frozen=True, slots=True)
class SqliteBuild:
    """Which SQLite is used: the package that brings it, and its version."""

    package: str
    version: str

    @property
    def has_wal_reset_fault(self) -> bool:
        """Whether this version can damage a store, see `has_wal_reset_fault`."""
        return has_wal_reset_fault(self.version)


@dataclass(frozen=True, slots=True)
class Counts:
    """What a store holds, over all of its workspaces."""

    customers: int
    pending_reminders: int
    activities: int


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


def version(connection: Connection) -> str:
    """The version of the store's tables."""
    return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or "")


def journal_mode(connection: Connection) -> str:
    """How the store keeps its transactions: "wal" is right."""
    return str(connection.exec_driver_sql("PRAGMA journal_mode").scalar())


def damages(connection: Connection) -> list[str]:
    """What SQLite finds wrong in the file, in its own words; empty where it is whole. Reads all of it.

    The search index is left out: it can be built anew, and `search_agrees` looks at it.
    """
    found = connection.exec_driver_sql(f"PRAGMA integrity_check({MOST_DAMAGES})").scalars()
    return [str(each) for each in found if each != "ok" and "lead_search" not in str(each)]


def broken_references(connection: Connection) -> int:
    """How many rows point to a row that is not there."""
    return len(connection.exec_driver_sql("PRAGMA foreign_key_check").all())


def search_agrees(store: Store) -> bool:
    """Whether the search index holds what the customers say. It is only read, but SQLite asks for a write lock."""
    try:
        with store.write() as connection:
            try:
                # https://www.sqlite.org/fts5.html#the_integrity_check_command: rank 1 compares with the content.
                connection.exec_driver_sql(
                    "INSERT INTO lead_search(lead_search, rank) VALUES ('integrity-check', 1)"
                )
            except DatabaseError as error:
                if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF != _CORRUPT:
                    raise
                raise _Disagrees from error
    except _Disagrees:
        return False
    return True


def count(connection: Connection) -> Counts:
    """How much the store holds."""
    numbers = (
        connection.exec_driver_sql(statement).scalar_one()
        for statement in (
            "SELECT count(*) FROM lead",
            "SELECT count(*) FROM reminder WHERE state = 'pending'",
            "SELECT count(*) FROM activity",
        )
    )
    return Counts(*numbers)


def file_permissions(path: Path) -> str:
    """The file's permissions as `ls` shows them."""
    return stat.filemode(path.stat().st_mode)


def read_by_others(path: Path) -> bool:
    """Whether people who are neither the owner nor in the file's group can read it."""
    return sys.platform != "win32" and bool(path.stat().st_mode & 0o007)


def file_system(path: Path) -> str:
    """The kind of file system that the file is on; "" where the system does not say."""
    return failures.file_system_of(path)[0]


_CORRUPT = 11


class _Disagrees(Exception):  # it leaves the transaction, so that nothing is written
    pass
