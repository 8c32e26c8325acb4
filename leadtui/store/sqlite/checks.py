"""Whether a file is whole, and how it keeps its transactions."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Enum,
    Integer,
    Text,
    and_,
    func,
    not_,
    select,
    type_coerce,
)

from leadtui.passing_folder import passing_folder
from leadtui.store.column_types import EARLIEST, LATEST, Moment, OwnJson
from leadtui.store.tables import metadata

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


def schema_differences(connection: Connection, version: str) -> list[str]:
    """What of the tables is not as the migrations up to `version` make it: "trigger x", "index y", each by its name."""
    present, made = _schema(connection), _schema_of(version)
    return [f"{kind} {name}" for kind, name in sorted(present.keys() ^ made.keys() | _changed(present, made))]


def mend_schema(connection: Connection, version: str) -> None:
    """Take away triggers, views and indexes that leadtui did not make, and make those that are missing.

    Tables stay as they are: what is in them is proven by nothing.
    """
    present, made = _schema(connection), _schema_of(version)
    changed = _changed(present, made)
    for kind, name in sorted(present.keys() - made.keys() | changed):
        if kind != "table":
            connection.exec_driver_sql(f'DROP {kind} "{name.replace(chr(34), chr(34) * 2)}"')
    for each in sorted(made.keys() - present.keys() | changed):
        if each[0] != "table":
            connection.exec_driver_sql(made[each])


def misfits(connection: Connection) -> list[str]:
    """The columns with values that they cannot have: words for a number, a moment beyond the years, no JSON; as "table.column"."""
    found: list[str] = []
    for table in metadata.sorted_tables:
        columns = {f"{table.name}.{column.name}": column for column in table.columns}
        wrong = [func.coalesce(func.max(_misfit(column)), False) for column in columns.values()]
        row = connection.execute(select(*wrong).select_from(table)).one()
        found += [name for name, is_wrong in zip(columns, row, strict=True) if is_wrong]
    return found


_Schema: TypeAlias = "dict[tuple[str, str], str]"
"""What makes each part of the tables, by its kind and name."""


def _schema(connection: Connection) -> _Schema:
    rows = connection.exec_driver_sql(
        "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND sql IS NOT NULL"
    )
    return {(kind, name): sql for kind, name, sql in rows}


@lru_cache(maxsize=4)
def _schema_of(version: str) -> _Schema:
    """The schema of a store that has just been made."""
    from leadtui.store.schema import bring_up_to_date
    from leadtui.store.sqlite.backend import SqliteBackend

    with passing_folder() as folder:
        engine = SqliteBackend(folder / "made.db").connect(1)
        try:
            bring_up_to_date(engine, version)
            with engine.connect() as connection:
                return _schema(connection)
        finally:
            engine.dispose()


def _changed(present: _Schema, made: _Schema) -> set[tuple[str, str]]:
    def plain(sql: str) -> str:
        return re.sub(r"\s+|\"", " ", sql)

    return {each for each in present.keys() & made.keys() if plain(present[each]) != plain(made[each])}


def _misfit(column: Column[Any]) -> ColumnElement[bool]:
    kept = type_coerce(column, Text)
    kind = func.typeof(kept)
    match column.type:
        case Moment():
            fits = and_(kind == "integer", type_coerce(column, BigInteger).between(EARLIEST, LATEST))
        case JSON() | OwnJson():
            fits = and_(kind == "text", func.json_valid(kept) == 1)
        case Boolean():
            fits = type_coerce(column, BigInteger).in_((0, 1))
        case BigInteger() | Integer():
            fits = kind == "integer"
        case Enum() | Text():
            fits = kind == "text"
        case _:
            fits = kind != "blob"
    return and_(column.is_not(None), not_(fits))
