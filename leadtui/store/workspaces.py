"""The workspaces of a store, as one person has them: in which they work, as what, and when they were there last."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Select, func, select, update

from leadtui.domain.permission import read_grants
from leadtui.domain.workspace import MemberState, OwnWorkspace, WorkspaceKind
from leadtui.store import changes, tables
from leadtui.store.connection import WorkspaceConnection

_workspace, _membership = tables.workspace.c, tables.membership.c


def of_email(connection: Connection, email: str) -> tuple[OwnWorkspace, ...]:
    """Those in which the person with that e-mail address works, by their titles."""
    return _own(connection, select(tables.user.c.id).where(tables.user.c.email == email))


def of_person(connection: Connection, user_id: int) -> tuple[OwnWorkspace, ...]:
    """Those in which the person of that id works, by their titles."""
    return _own(connection, select(tables.user.c.id).where(tables.user.c.id == user_id))


def names_of(connection: Connection, user_id: int) -> dict[int, str]:
    """What a person is called in each workspace to which they belong, also where they do not work now, by its id."""
    rows = connection.execute(
        select(_membership.workspace_id, _membership.name)
        .where(_membership.user_id == user_id, _membership.state != MemberState.GONE.value)
        .order_by(_membership.workspace_id)
    )
    return {row.workspace_id: row.name for row in rows}


def open_ids(connection: Connection) -> frozenset[int]:
    """The ids of the store's workspaces that are not closed."""
    return frozenset(
        connection.execute(select(_workspace.id).where(_workspace.closed_at.is_(None))).scalars()
    )


def entered(tx: WorkspaceConnection, user_id: int, at: datetime) -> None:
    """Note that the person opened the desk of the workspace. `at` is aware UTC."""
    tx.connection.execute(
        update(tables.membership)
        .where(_membership.workspace_id == tx.workspace_id, _membership.user_id == user_id)
        .values(entered_at=at)
    )


def set_closed(tx: WorkspaceConnection, at: datetime | None) -> None:
    """Close the workspace at that moment (aware UTC), None to open it again."""
    tx.connection.execute(
        update(tables.workspace).where(_workspace.id == tx.workspace_id).values(closed_at=at)
    )
    changes.record(tx, "workspace", [tx.workspace_id])


def _own(connection: Connection, person: Select[int]) -> tuple[OwnWorkspace, ...]:
    profile = tables.profile.c
    rows = connection.execute(
        select(
            _workspace.id,
            _workspace.title,
            _workspace.kind,
            profile.title.label("profile"),
            profile.permissions,
            _workspace.closed_at,
            _membership.entered_at,
        )
        .join(tables.membership, _membership.workspace_id == _workspace.id)
        .join(tables.profile, profile.id == _membership.profile_id)
        .where(_membership.user_id.in_(person), _membership.state == MemberState.ACTIVE.value)
        .order_by(func.lower(_workspace.title), _workspace.id)
    )
    return tuple(
        OwnWorkspace(
            row.id,
            row.title,
            WorkspaceKind(row.kind),
            row.profile,
            read_grants(row.permissions)[0],
            row.closed_at is not None,
            row.entered_at,
        )
        for row in rows
    )
