"""How each person left their desk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from leadtui.store import tables

_columns = tables.desk_state.c


def find(connection: Connection, workspace_id: int, user_id: int) -> Any:
    """What was kept last, as JSON; None where nothing was."""
    return connection.execute(
        select(_columns.content).where(_columns.workspace_id == workspace_id, _columns.user_id == user_id)
    ).scalar()


def put(
    connection: Connection, workspace_id: int, user_id: int, content: Mapping[str, Any], at: datetime
) -> None:
    """Keep this in place of what was kept before. `at` is aware UTC."""
    changed = connection.execute(
        update(tables.desk_state)
        .where(_columns.workspace_id == workspace_id, _columns.user_id == user_id)
        .values(content=dict(content), saved_at=at)
    )
    if changed.rowcount == 0:
        connection.execute(
            insert(tables.desk_state).values(
                workspace_id=workspace_id, user_id=user_id, content=dict(content), saved_at=at
            )
        )
