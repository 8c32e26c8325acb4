"""What the store's functions work through."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, insert, select

from leadtui.store import tables
from leadtui.store.backend import Backend, backend_of
from leadtui.store.expressions import scanned


class WorkspaceConnection:
    """A connection inside a transaction, and the workspace whose rows it works on."""

    __slots__ = ("_found_by", "_language", "connection", "moved", "workspace_id")

    def __init__(
        self,
        connection: Connection,
        workspace_id: int,
        language: str | None = None,
        found_by: Sequence[str] | None = None,
    ) -> None:
        """`language` and `found_by` are the workspace's, where they are known already."""
        self.connection = connection
        self.workspace_id = workspace_id
        self._language = language
        self._found_by = found_by
        self.moved: set[str] = set()
        """The tables of which something has moved in this transaction, as `changes.record` was told."""

    @property
    def language(self) -> str:
        """The workspace's, by which its customers are sorted."""
        if self._language is None:
            here = tables.workspace.c
            self._language = self.connection.execute(
                select(here.language).where(here.id == self.workspace_id)
            ).scalar_one()
        return self._language

    @property
    def found_by(self) -> Sequence[str]:
        """The keys of the workspace's own fields by whose answers its customers are found, as they were when first asked for."""
        if self._found_by is None:
            field = tables.field.c
            marked = (field.found_by.is_(True), field.retired.is_(False), field.status_id.is_(None))
            self._found_by = (
                self.connection.execute(
                    select(field.key)
                    .where(field.workspace_id == self.workspace_id, *marked)
                    .order_by(field.position, field.id)
                )
                .scalars()
                .all()
            )
        return self._found_by

    @property
    def backend(self) -> Backend:
        """What the engine brings beside the SQL that all engines share."""
        return backend_of(self.connection)


def with_ids(
    tx: WorkspaceConnection, table: Table, ids: Collection[int] | Select[int]
) -> ColumnElement[bool]:
    """Whether a row is one of these of the workspace: they are found by their ids, not by walking through the workspace."""
    return and_(scanned(table.c.workspace_id) == tx.workspace_id, table.c.id.in_(ids))


def insert_row(connection: Connection, table: Table, **values: Any) -> int:
    """Write one row into a table whose primary key is `id`; return the id that the store gave it."""
    key: Any = connection.execute(insert(table).values(**values)).inserted_primary_key
    return int(key[0])
