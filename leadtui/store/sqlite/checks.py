"""Whether a file is whole, and how it is kept."""

from __future__ import annotations

import stat
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

MOST_DAMAGES = 20
"""Damages that are listed one by one."""


def journal_mode(connection: Connection) -> str:
    """How the store keeps its transactions: "wal" is right."""
    return str(connection.exec_driver_sql("PRAGMA journal_mode").scalar())


def damages(connection: Connection) -> list[str]:
    """What SQLite finds wrong in the file, in its own words; empty where it is whole. Reads all of it.

    The search index is left out: it can be built anew, and has a check of its own.
    """
    found = connection.exec_driver_sql(f"PRAGMA integrity_check({MOST_DAMAGES})").scalars()
    return [str(each) for each in found if each != "ok" and "lead_search" not in str(each)]


def broken_references(connection: Connection) -> int:
    """How many rows point to a row that is not there."""
    return len(connection.exec_driver_sql("PRAGMA foreign_key_check").all())


def mend_references(connection: Connection) -> None:
    """Rows go with the row that they point to where the tables say so; others of the same workspace point nowhere."""
    broken: list[Any] = list(connection.exec_driver_sql("PRAGMA foreign_key_check").all())
    for table, row_id, _parent, number in broken:
        keys = connection.exec_driver_sql(f'PRAGMA foreign_key_list("{table}")').all()
        columns, (rule, *_) = zip(*((each[3], each[6]) for each in keys if each[0] == number), strict=True)
        if rule == "CASCADE":
            connection.exec_driver_sql(f'DELETE FROM "{table}" WHERE rowid = ?', (row_id,))
        elif "workspace_id" in columns and len(columns) > 1:
            (column,) = set(columns) - {"workspace_id"}
            connection.exec_driver_sql(f'UPDATE "{table}" SET "{column}" = NULL WHERE rowid = ?', (row_id,))


def file_permissions(path: Path) -> str:
    """The file's permissions as `ls` shows them."""
    return stat.filemode(path.stat().st_mode)


def read_by_others(path: Path) -> bool:
    """Whether people who are neither the owner nor in the file's group can read it."""
    return sys.platform != "win32" and bool(path.stat().st_mode & 0o007)
