"""The change log: how other terminals learn what moved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select

from leadtui.store import tables

WHOLE_TABLE = 0
"""The row id that stands for a whole table, as after a bulk import."""


@dataclass(frozen=True, slots=True)
class Change:
    """One row moved. `sequence` grows with every commit."""

    sequence: int
    table: str
    row_id: int


def record(connection: Connection, workspace_id: int, table: str, row_ids: Iterable[int]) -> None:
    """Note that these rows of `table` moved, in the transaction that moved them."""
    rows = [
        {"workspace_id": workspace_id, "table_name": table, "row_id": row_id}
        for row_id in dict.fromkeys(row_ids)
    ]
    if rows:
        connection.execute(insert(tables.change), rows)


def latest(connection: Connection, workspace_id: int) -> int:
    """The sequence of the newest change; 0 where nothing has moved yet."""
    newest = select(func.max(tables.change.c.sequence)).where(tables.change.c.workspace_id == workspace_id)
    return connection.execute(newest).scalar() or 0


def since(connection: Connection, workspace_id: int, sequence: int, limit: int = 10_000) -> list[Change]:
    """What moved after `sequence`, oldest first, at most `limit` rows."""
    moved = tables.change.c
    rows = connection.execute(
        select(moved.sequence, moved.table_name, moved.row_id)
        .where(moved.workspace_id == workspace_id, moved.sequence > sequence)
        .order_by(moved.sequence)
        .limit(limit)
    )
    return [Change(*row) for row in rows]
