"""Compiles each statement once for all stores that a test run opens, as one store does however often it is executed."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Engine, create_engine
from sqlalchemy.util import LRUCache

from leadtui.store.sqlite import connections


class _CompiledStatements(LRUCache[Any, Any]):
    """What engines of the same driver have compiled; each engine has a dialect of its own, and all of these are alike."""

    def get(self, key: Any, default: Any = None) -> Any:
        """The statement that was compiled for any engine."""
        return super().get(_without_engine(key), default)

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(_without_engine(key), value)


def _without_engine(key: Any) -> Any:
    dialect, *rest = key
    return dialect.dbapi, *rest


def compile_once() -> None:
    """Let the engines of all stores share what they compile."""
    compiled = _CompiledStatements(5_000)

    def create(*where: Any, **how: Any) -> Engine:
        engine = create_engine(*where, **how)
        cast("Any", engine)._compiled_cache = compiled
        return engine

    cast("Any", connections).create_engine = create
