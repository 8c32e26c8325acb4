"""Changing what a workspace has defined: nothing that was used is deleted, only retired."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Table, delete, func, select, update

from leadtui.domain.field import Field
from leadtui.domain.permission import Profile
from leadtui.domain.status import Status
from leadtui.domain.workspace import Workspace
from leadtui.store import changes, definitions, tables
from leadtui.store.connection import WorkspaceConnection, insert_row

DEFINED: dict[str, Table] = {
    "status": tables.status,
    "field": tables.field,
    "channel": tables.channel,
    "need": tables.need,
}
"""The tables whose rows have a position and can be retired, by the name under which changes are told."""


def save_status(tx: WorkspaceConnection, status: Status) -> int:
    """Write a new status (id 0) at the end, or a changed one with its fields in place; return its id."""
    if not status.id:
        position = next_position(tx, "status")
        return definitions.add_status(tx, replace(status, position=position))
    row = tables.status.c
    tx.connection.execute(
        update(tables.status)
        .where(row.workspace_id == tx.workspace_id, row.id == status.id)
        .values(
            title=status.title,
            glyph=status.glyph,
            colour=status.colour,
            kind=status.kind.value,
            cartable=status.cartable.value,
            reminder=status.reminder.value,
            owner_title=status.owner_title,
        )
    )
    for position, each in enumerate(status.fields):
        save_field(tx, replace(each, status_id=status.id, position=position))
    changes.record(tx, "status", [status.id])
    return status.id


def save_field(tx: WorkspaceConnection, field: Field) -> int:
    """Write a new field (id 0) or a changed one, at its position; return its id."""
    if not field.id:
        return definitions.add_field(tx, field)
    row = tables.field.c
    tx.connection.execute(
        update(tables.field)
        .where(row.workspace_id == tx.workspace_id, row.id == field.id)
        .values(
            title=field.title,
            kind=field.kind.value,
            options=list(field.options),
            required=field.required,
            position=field.position,
            retired=field.retired,
        )
    )
    changes.record(tx, "field", [field.id])
    return field.id


def save_workspace(tx: WorkspaceConnection, workspace: Workspace) -> None:
    """Write what a workspace is called and how it writes."""
    tx.connection.execute(
        update(tables.workspace)
        .where(tables.workspace.c.id == tx.workspace_id)
        .values(
            title=workspace.title,
            language=workspace.language,
            calendar=workspace.calendar.value,
            region=workspace.region,
            zone=workspace.zone,
            currency=workspace.currency,
        )
    )
    changes.record(tx, "workspace", [tx.workspace_id])


def rename(tx: WorkspaceConnection, table: str, row_id: int, title: str) -> None:
    """Give a channel or a need another title; its key stays."""
    row = DEFINED[table].c
    tx.connection.execute(
        update(DEFINED[table])
        .where(row.workspace_id == tx.workspace_id, row.id == row_id)
        .values(title=title)
    )
    changes.record(tx, table, [row_id])


def set_retired(tx: WorkspaceConnection, table: str, row_id: int, *, retired: bool) -> None:
    """Take a definition out of use, or back into it."""
    row = DEFINED[table].c
    tx.connection.execute(
        update(DEFINED[table])
        .where(row.workspace_id == tx.workspace_id, row.id == row_id)
        .values(retired=retired)
    )
    changes.record(tx, table, [row_id])


def reorder(tx: WorkspaceConnection, table: str, row_ids: Sequence[int]) -> None:
    """Let the rows stand in this order."""
    row = DEFINED[table].c
    for position, row_id in enumerate(row_ids):
        tx.connection.execute(
            update(DEFINED[table])
            .where(row.workspace_id == tx.workspace_id, row.id == row_id)
            .values(position=position)
        )
    changes.record(tx, table, row_ids)


def next_position(tx: WorkspaceConnection, table: str) -> int:
    """The position after the last."""
    row = DEFINED[table].c
    last = tx.connection.execute(
        select(func.max(row.position)).where(row.workspace_id == tx.workspace_id)
    ).scalar()
    return 0 if last is None else last + 1


def set_membership(
    tx: WorkspaceConnection, user_id: int, name: str, profile_key: str, *, active: bool
) -> None:
    """Change a colleague's name, profile, and whether they work here."""
    profile, membership, person = tables.profile.c, tables.membership.c, tables.user.c
    profile_id = tx.connection.execute(
        select(profile.id).where(profile.workspace_id == tx.workspace_id, profile.key == profile_key)
    ).scalar_one()
    tx.connection.execute(
        update(tables.membership)
        .where(membership.workspace_id == tx.workspace_id, membership.user_id == user_id)
        .values(profile_id=profile_id, active=active)
    )
    tx.connection.execute(update(tables.user).where(person.id == user_id).values(name=name))
    changes.record(tx, "membership", [user_id])


def save_profile(tx: WorkspaceConnection, profile: Profile) -> int:
    """Write a new profile (id 0) or a changed one; return its id."""
    row = tables.profile.c
    granted = sorted(permission.value for permission in profile.permissions)
    profile_id = profile.id
    if profile_id:
        tx.connection.execute(
            update(tables.profile)
            .where(row.workspace_id == tx.workspace_id, row.id == profile_id)
            .values(title=profile.title, permissions=granted)
        )
    else:
        profile_id = insert_row(
            tx.connection,
            tables.profile,
            workspace_id=tx.workspace_id,
            key=profile.key,
            title=profile.title,
            permissions=granted,
        )
    changes.record(tx, "profile", [profile_id])
    return profile_id


def remove_profile(tx: WorkspaceConnection, profile_id: int) -> None:
    """Delete a profile that nobody has."""
    row = tables.profile.c
    tx.connection.execute(
        delete(tables.profile).where(row.workspace_id == tx.workspace_id, row.id == profile_id)
    )
    changes.record(tx, "profile", [profile_id])
