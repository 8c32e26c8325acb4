"""The change log: how other terminals learn what moved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select

from leadtui.store import tables
from leadtui.store.connection import WorkspaceConnection

WHOLE_TABLE = 0
"""The row id that stands for a whole table, as after a bulk import."""

KEPT = 20_000
"""So many of the newest changes are kept; a terminal that slept through more of them reads everything again."""

DEFINITIONS = frozenset(
    {
        "workspace",
        "status",
        "field",
        "channel",
        "need",
        "profile",
        "membership",
        "team",
        "distribution_rule",
        "playbook",
        "message_text",
        "case_kind",
    }
)
"""The tables of what a workspace defines and who works in it."""

_SHARED = ("lead", "reminder", "workspace", "case_record")
"""The tables named when what moved is not known: what stands in lists, what rings, what is defined."""


@dataclass(frozen=True, slots=True)
class Change:
    """One row moved. `sequence` grows with every commit."""

    sequence: int
    table: str
    row_id: int


def record(tx: WorkspaceConnection, table: str, row_ids: Iterable[int]) -> None:
    """Note that these rows of `table` moved, in the transaction that moved them."""
    rows = [
        {"workspace_id": tx.workspace_id, "table_name": table, "row_id": row_id}
        for row_id in dict.fromkeys(row_ids)
    ]
    if rows:
        tx.moved.add(table)
        tx.connection.execute(insert(tables.change), rows)


def latest(tx: WorkspaceConnection) -> int:
    """The sequence of the newest change; 0 where nothing has moved yet."""
    newest = select(func.max(tables.change.c.sequence)).where(tables.change.c.workspace_id == tx.workspace_id)
    return tx.connection.execute(newest).scalar() or 0


def since(tx: WorkspaceConnection, sequence: int, limit: int = 10_000) -> list[Change]:
    """What moved after `sequence`, oldest first.

    Where more than `limit` rows moved, or some that are no longer kept, whole tables are named instead.
    """
    moved = tables.change.c
    rows = tx.connection.execute(
        select(moved.sequence, moved.table_name, moved.row_id)
        .where(moved.workspace_id == tx.workspace_id, moved.sequence > sequence)
        .order_by(moved.sequence)
        .limit(limit + 1)
    ).all()
    if rows and (len(rows) > limit or _forgotten(tx, sequence)):
        newest = latest(tx)
        return [Change(newest, table, WHOLE_TABLE) for table in _SHARED]
    return [Change(*row) for row in rows]


def redefined(tx: WorkspaceConnection, sequence: int) -> bool:
    """Whether definitions moved after `sequence`, or may have: what is no longer kept cannot be told."""
    moved = tables.change.c
    newer = select(moved.sequence).where(
        moved.workspace_id == tx.workspace_id, moved.sequence > sequence, moved.table_name.in_(DEFINITIONS)
    )
    return _forgotten(tx, sequence) or tx.connection.execute(newer.limit(1)).first() is not None


def prune(tx: WorkspaceConnection, keep: int = KEPT) -> None:
    """Forget all but the newest changes. A terminal that had not read them learns of it from `since`."""
    moved = tables.change.c
    oldest_kept = (
        select(moved.sequence)
        .where(moved.workspace_id == tx.workspace_id)
        .order_by(moved.sequence.desc())
        .offset(keep - 1)
        .limit(1)
    )
    least = tx.connection.execute(oldest_kept).scalar()
    if least is not None:
        tx.connection.execute(
            delete(tables.change).where(moved.workspace_id == tx.workspace_id, moved.sequence < least)
        )


def _forgotten(tx: WorkspaceConnection, sequence: int) -> bool:
    moved = tables.change.c
    oldest = tx.connection.execute(
        select(func.min(moved.sequence)).where(moved.workspace_id == tx.workspace_id)
    ).scalar()
    return oldest is not None and oldest > sequence + 1
