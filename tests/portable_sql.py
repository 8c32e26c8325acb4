"""Looks at every statement that the store executes: PostgreSQL must be able to run it, and take it to mean the same.

Listen to it while tests run. What only SQLite runs stands in `leadtui/store/sqlite` and in the migrations.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

from sqlalchemy import ClauseElement, Connection, Subquery, TextClause
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import ColumnClause
from sqlalchemy.sql.functions import FunctionElement

import leadtui.store

STORE = Path(leadtui.store.__file__).parent
ENGINES_OWN = (STORE / "sqlite", STORE / "migrations")

PORTABLE = frozenset({"count", "max", "min", "substr", "json_each", "position", "scanned", "now", "lower"})
"""Functions that both engines have, and that give the same in both (position and scanned: see store/expressions.py; of
lower only the letters of ASCII are asked)."""

FROM_BACKEND = frozenset({"instr", "leadtui_mentions"})
"""What `Backend.mentions` puts into a statement of others: it is SQLite's own way."""

_POSTGRESQL = postgresql.dialect()
_seen: set[Any] = set()


class Unportable(AssertionError):
    """A statement that another engine would refuse, or take to mean something else."""


def check(_connection: Connection, statement: Any, many: Any, one: Any, _options: Any) -> None:
    """Listens to `before_execute`. Raises Unportable."""
    if not isinstance(statement, ClauseElement):
        return
    asked_by = _asked_by()
    if asked_by == STORE / "sqlite" / "backend.py":
        # SQLite's own way to read ids is put around a statement of the store's.
        for each in visitors.iterate(statement):
            if isinstance(each, Subquery):
                check_statement(each.element)
    elif asked_by is not None and not _is_engines_own(asked_by):
        check_statement(statement, tuple(many[0]) if many else tuple(one))


def check_statement(statement: Any, columns: tuple[str, ...] = ()) -> None:
    """Raises Unportable where it is that; `columns` are those that an insert or update is given values for."""
    key = statement._generate_cache_key()  # pyright: ignore[reportPrivateUsage, reportUnknownMemberType]
    known = (id(statement) if key is None else key.key, columns)
    if known in _seen:
        return
    _seen.add(known)
    try:
        said = str(statement.compile(dialect=_POSTGRESQL, column_keys=list(columns) or None))
    except Exception as error:
        raise Unportable(f"PostgreSQL has no form of {statement}") from error
    doubts = list(_doubts(statement))
    if doubts:
        raise Unportable(f"{', '.join(doubts)} in {said}")


@cache
def _is_engines_own(path: Path) -> bool:
    return any(path.is_relative_to(each) for each in ENGINES_OWN)


def _asked_by() -> Path | None:
    """The nearest file of the store that had the statement executed; None where a test did."""
    frame = inspect.currentframe()
    while frame is not None:
        file = frame.f_code.co_filename
        if _is_of_store(file):
            return Path(file)
        if not _is_between(file):
            return None
        frame = frame.f_back
    return None


@cache
def _is_of_store(file: str) -> bool:
    return Path(file).is_relative_to(STORE)


@cache
def _is_between(file: str) -> bool:
    """Whether it only hands on what another has executed: a library, or this file."""
    path = Path(file)
    return "site-packages" in path.parts or path.name == "portable_sql.py"


def _doubts(statement: ClauseElement) -> Iterator[str]:
    for each in visitors.iterate(statement):
        if isinstance(each, FunctionElement):
            function = cast("FunctionElement[Any]", each)
            name = getattr(function, "name", type(function).__name__)
            if name not in PORTABLE | FROM_BACKEND:
                yield f"the function {name}"
        elif isinstance(each, TextClause) or (
            isinstance(each, ColumnClause) and each.is_literal and each.name != "*"
        ):
            yield f"SQL as text: {each}"


def sql_as_text(path: Path) -> list[str]:
    """Where a file of the store gives the engine a text instead of an expression."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = {"text", "literal_column", "exec_driver_sql", "driver_connection"}
    return [
        f"{path.name}:{node.lineno}: {name}"
        for node in ast.walk(tree)
        if (name := _name(node)) in named
        # What an entry says is called its text, too: of that name only a call gives the engine one.
        and (isinstance(node, ast.Call) or (isinstance(node, ast.Attribute) and name != "text"))
    ]


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Call):
        return _name(node.func)
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
