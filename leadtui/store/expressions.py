"""Expressions that SQLAlchemy has no name for, in standard SQL; an engine that says them otherwise does so in its own folder."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Integer, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from leadtui.domain.visibility import Owners


class position(FunctionElement[int]):  # noqa: N801 - it stands in statements like any SQL function
    """Where in the first text the second one begins, counted from 1; 0 where it does not stand in it."""

    inherit_cache = True
    type = Integer()


class scanned(FunctionElement[int]):  # noqa: N801 - likewise
    """A column of integers that no index shall be searched by: for statements that read most of the rows anyway."""

    inherit_cache = True
    type = BigInteger()


def in_cartables_of(owner_id: ColumnElement[int], owners: Owners) -> ColumnElement[bool]:
    """Whether the owner of a lead is one of `owners`."""
    return true() if owners is None else owner_id.in_(sorted(owners))


@compiles(position)
def _position(element: position, compiler: SQLCompiler, **options: Any) -> str:
    text, part = element.clauses
    return f"position({compiler.process(part, **options)} IN {compiler.process(text, **options)})"


@compiles(scanned)
def _scanned(element: scanned, compiler: SQLCompiler, **options: Any) -> str:
    (column,) = element.clauses
    return compiler.process(column, **options)
