"""How each person left their desk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from leadtui.store import tables
from leadtui.store.connection import WorkspaceConnection

_columns = tables.desk_state.c


def find(tx: WorkspaceConnection, user_id: int) -> Any:
    """What was kept last, as JSON; None where nothing was."""
    return tx.connection.execute(
        select(_columns.content).where(_columns.workspace_id == tx.workspace_id, _columns.user_id == user_id)
    ).scalar()


def put(tx: WorkspaceConnection, user_id: int, content: Mapping[str, Any], at: datetime) -> None:
    """Keep this in place of what was kept before. `at` is aware UTC."""
    changed = tx.connection.execute(
        update(tables.desk_state)
        .where(_columns.workspace_id == tx.workspace_id, _columns.user_id == user_id)
        .values(content=dict(content), saved_at=at)
    )
    if changed.rowcount == 0:
        tx.connection.execute(
            insert(tables.desk_state).values(
                workspace_id=tx.workspace_id, user_id=user_id, content=dict(content), saved_at=at
            )
        )
