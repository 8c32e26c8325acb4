"""Views that people saved under a title."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, func, or_, select, update

from leadtui.domain.view import SavedView
from leadtui.domain.workspace import Definitions
from leadtui.store import arrangements, changes, tables
from leadtui.store.connection import WorkspaceConnection, insert_row

_columns = tables.saved_view.c


def seen_by(tx: WorkspaceConnection, definitions: Definitions, user_id: int) -> tuple[SavedView, ...]:
    """A person's own views and those of the team, in the order in which they were saved."""
    rows = tx.connection.execute(
        select(_columns.id, _columns.title, _columns.user_id, _columns.shared, _columns.content)
        .where(
            _columns.workspace_id == definitions.workspace.id,
            or_(_columns.user_id == user_id, _columns.shared.is_(True)),
        )
        .order_by(_columns.position, _columns.id)
    )
    return tuple(
        SavedView(
            row.id, row.title, row.user_id, row.shared, arrangements.from_json(row.content, definitions)
        )
        for row in rows
    )


def add(tx: WorkspaceConnection, view: SavedView) -> int:
    """Keep a new view after all others, and return its id."""
    last = tx.connection.execute(
        select(func.max(_columns.position)).where(_columns.workspace_id == tx.workspace_id)
    ).scalar()
    view_id = insert_row(
        tx.connection,
        tables.saved_view,
        workspace_id=tx.workspace_id,
        position=(last or 0) + 1,
        **_values(view),
    )
    changes.record(tx, "saved_view", [view_id])
    return view_id


def put(tx: WorkspaceConnection, view: SavedView) -> None:
    """Keep the view in place of the one with its id."""
    tx.connection.execute(
        update(tables.saved_view)
        .where(_columns.workspace_id == tx.workspace_id, _columns.id == view.id)
        .values(**_values(view))
    )
    changes.record(tx, "saved_view", [view.id])


def remove(tx: WorkspaceConnection, view_id: int) -> None:
    """Forget the view."""
    tx.connection.execute(
        delete(tables.saved_view).where(_columns.workspace_id == tx.workspace_id, _columns.id == view_id)
    )
    changes.record(tx, "saved_view", [view_id])


def _values(view: SavedView) -> dict[str, Any]:
    return {
        "user_id": view.user_id,
        "shared": view.shared,
        "title": view.title,
        "content": arrangements.to_json(view.arrangement),
    }
