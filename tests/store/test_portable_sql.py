"""Every statement of the store is one that PostgreSQL could run as well, but for SQLite's own in its folder.

The statements themselves are looked at while the tests of the store and the services execute them, see tests/portable_sql.py.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import portable_sql
import pytest
from portable_sql import ENGINES_OWN, STORE, Unportable
from sqlalchemy import ColumnElement, Integer, Select, func, literal_column, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from leadtui.store import tables
from leadtui.store.expressions import position, scanned

_lead = tables.lead.c


def test_nothing_but_an_engines_own_gives_the_engine_a_text() -> None:
    found = {
        path.relative_to(STORE): portable_sql.sql_as_text(path)
        for path in STORE.rglob("*.py")
        if not any(path.is_relative_to(each) for each in ENGINES_OWN)
    }
    # The condition of an index over some of the rows: both engines read the same.
    assert {path: lines for path, lines in found.items() if lines and path != Path("tables.py")} == {}


BY_SQLITE_ALONE: dict[str, Select[Any]] = {
    "function": select(func.group_concat(_lead.id)),
    "JSON": select(_lead.id).where(func.json_extract(_lead.custom, "$.x") == 1),
    "text": select(_lead.id).where(text("custom GLOB 'x'")),
    "literal column": select(literal_column("rowid", Integer)),
}


@pytest.mark.parametrize("statement", BY_SQLITE_ALONE.values(), ids=BY_SQLITE_ALONE)
def test_what_only_sqlite_knows_is_noticed(statement: Select[Any]) -> None:
    with pytest.raises(Unportable):
        portable_sql.check_statement(statement)


@pytest.mark.parametrize(
    ("expression", "by_sqlite", "by_postgresql"),
    [
        (position(_lead.name, _lead.city), "instr(lead.name, lead.city)", "position(lead.city IN lead.name)"),
        (scanned(_lead.workspace_id), "+lead.workspace_id", "lead.workspace_id"),
    ],
    ids=["position", "scanned"],
)
def test_each_engine_is_told_in_its_own_words(
    expression: ColumnElement[Any], by_sqlite: str, by_postgresql: str
) -> None:
    assert str(expression.compile(dialect=sqlite.dialect())) == by_sqlite
    assert str(expression.compile(dialect=postgresql.dialect())) == by_postgresql


@pytest.mark.parametrize("make", [CreateTable, CreateIndex], ids=["tables", "indexes"])
def test_the_tables_can_be_made_in_postgresql(make: Callable[[Any], Any]) -> None:
    for table in tables.metadata.sorted_tables:
        for each in [table] if make is CreateTable else table.indexes:
            said = str(make(each).compile(dialect=postgresql.dialect()))
            assert "DEFAULT 1" not in said
            assert "DEFAULT 0" not in said or "INTEGER DEFAULT '0'" in said
