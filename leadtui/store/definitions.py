"""What a workspace has defined: statuses, fields, channels, needs, profiles and people."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Table, select

from leadtui.domain.field import Field, FieldKind
from leadtui.domain.permission import Permission, Profile
from leadtui.domain.status import CartableRule, ReminderRule, Status, StatusKind
from leadtui.domain.workspace import Channel, Colleague, Definitions, Need, Template, Workspace
from leadtui.language.calendar import Calendar
from leadtui.store import changes, tables
from leadtui.store.connection import WorkspaceConnection, insert_row


def workspaces(connection: Connection) -> dict[int, str]:
    """The titles of the store's workspaces, by their ids."""
    workspace = tables.workspace.c
    rows = connection.execute(select(workspace.id, workspace.title).order_by(workspace.id))
    return {row.id: row.title for row in rows}


def workspaces_of(connection: Connection, email: str) -> frozenset[int]:
    """The ids of the workspaces in which the person with that e-mail address works."""
    membership, person = tables.membership.c, tables.user.c
    rows = connection.execute(
        select(membership.workspace_id)
        .join(tables.user, person.id == membership.user_id)
        .where(person.email == email, membership.active)
    )
    return frozenset(rows.scalars())


def load(tx: WorkspaceConnection) -> Definitions:
    """Everything defined, retired things included, in order of position."""
    row = tx.connection.execute(
        select(tables.workspace).where(tables.workspace.c.id == tx.workspace_id)
    ).one()
    fields = _fields(tx)
    return Definitions(
        workspace=Workspace(
            id=row.id,
            title=row.title,
            language=row.language,
            calendar=Calendar(row.calendar),
            region=row.region,
            zone=row.zone,
            currency=row.currency,
        ),
        statuses=_statuses(tx, fields),
        fields=tuple(each for each in fields if each.status_id is None),
        channels=tuple(Channel(*each) for each in _named(tx, tables.channel)),
        needs=tuple(Need(*each) for each in _named(tx, tables.need)),
        colleagues=_colleagues(tx),
        profiles=_profiles(tx),
    )


def create_workspace(connection: Connection, template: Template, at: datetime) -> int:
    """Write a workspace with the template's definitions and first profiles; return its id."""
    base = template.workspace
    workspace_id = insert_row(
        connection,
        tables.workspace,
        title=base.title,
        language=base.language,
        calendar=base.calendar.value,
        region=base.region,
        zone=base.zone,
        currency=base.currency,
        created_at=at,
    )
    for profile in template.first_profiles:
        insert_row(
            connection,
            tables.profile,
            workspace_id=workspace_id,
            key=profile.key,
            title=profile.title,
            permissions=sorted(permission.value for permission in profile.permissions),
        )
    tx = WorkspaceConnection(connection, workspace_id)
    for position, status in enumerate(template.statuses):
        add_status(tx, replace(status, position=position))
    for position, each in enumerate(template.fields):
        add_field(tx, replace(each, position=position, status_id=None))
    for position, channel in enumerate(template.channels):
        add_channel(tx, channel.key, channel.title, position)
    for position, need in enumerate(template.needs):
        add_need(tx, need.key, need.title, position)
    return workspace_id


def add_status(tx: WorkspaceConnection, status: Status) -> int:
    """Write a status and its fields; return its id."""
    status_id = insert_row(
        tx.connection,
        tables.status,
        workspace_id=tx.workspace_id,
        key=status.key,
        title=status.title,
        glyph=status.glyph,
        colour=status.colour,
        position=status.position,
        kind=status.kind.value,
        cartable=status.cartable.value,
        reminder=status.reminder.value,
        owner_title=status.owner_title,
        retired=status.retired,
    )
    for position, each in enumerate(status.fields):
        add_field(tx, replace(each, position=position, status_id=status_id))
    changes.record(tx, "status", [status_id])
    return status_id


def add_field(tx: WorkspaceConnection, definition: Field) -> int:
    """Write a lead field, or a status's own where it names one; return its id."""
    field_id = insert_row(
        tx.connection,
        tables.field,
        workspace_id=tx.workspace_id,
        status_id=definition.status_id,
        key=definition.key,
        title=definition.title,
        kind=definition.kind.value,
        options=list(definition.options),
        required=definition.required,
        position=definition.position,
        retired=definition.retired,
    )
    changes.record(tx, "field", [field_id])
    return field_id


def add_channel(tx: WorkspaceConnection, key: str, title: str, position: int) -> int:
    """Write an entry channel; return its id."""
    channel_id = insert_row(
        tx.connection, tables.channel, workspace_id=tx.workspace_id, key=key, title=title, position=position
    )
    changes.record(tx, "channel", [channel_id])
    return channel_id


def add_need(tx: WorkspaceConnection, key: str, title: str, position: int) -> int:
    """Write a need; return its id."""
    need_id = insert_row(
        tx.connection, tables.need, workspace_id=tx.workspace_id, key=key, title=title, position=position
    )
    changes.record(tx, "need", [need_id])
    return need_id


def add_colleague(tx: WorkspaceConnection, name: str, email: str, profile_key: str, at: datetime) -> int:
    """Make a person a member with a profile; a person known by e-mail is the same person. Return the user id."""
    user_id = tx.connection.execute(select(tables.user.c.id).where(tables.user.c.email == email)).scalar()
    if user_id is None:
        user_id = insert_row(tx.connection, tables.user, name=name, email=email, created_at=at)
    profile_id = tx.connection.execute(
        select(tables.profile.c.id).where(
            tables.profile.c.workspace_id == tx.workspace_id, tables.profile.c.key == profile_key
        )
    ).scalar_one()
    insert_row(
        tx.connection, tables.membership, workspace_id=tx.workspace_id, user_id=user_id, profile_id=profile_id
    )
    changes.record(tx, "membership", [user_id])
    return user_id


def _named(tx: WorkspaceConnection, table: Table) -> list[tuple[int, str, str, int, bool]]:
    named = table.c
    rows = tx.connection.execute(
        select(named.id, named.key, named.title, named.position, named.retired)
        .where(named.workspace_id == tx.workspace_id)
        .order_by(named.position, named.id)
    )
    return [(row.id, row.key, row.title, row.position, row.retired) for row in rows]


def _fields(tx: WorkspaceConnection) -> tuple[Field, ...]:
    rows = tx.connection.execute(
        select(tables.field)
        .where(tables.field.c.workspace_id == tx.workspace_id)
        .order_by(tables.field.c.position, tables.field.c.id)
    )
    return tuple(
        Field(
            id=row.id,
            key=row.key,
            title=row.title,
            kind=FieldKind(row.kind),
            options=tuple(row.options),
            required=row.required,
            position=row.position,
            status_id=row.status_id,
            retired=row.retired,
        )
        for row in rows
    )


def _statuses(tx: WorkspaceConnection, fields: tuple[Field, ...]) -> tuple[Status, ...]:
    rows = tx.connection.execute(
        select(tables.status)
        .where(tables.status.c.workspace_id == tx.workspace_id)
        .order_by(tables.status.c.position, tables.status.c.id)
    )
    return tuple(
        Status(
            id=row.id,
            key=row.key,
            title=row.title,
            glyph=row.glyph,
            colour=row.colour,
            position=row.position,
            kind=StatusKind(row.kind),
            cartable=CartableRule(row.cartable),
            reminder=ReminderRule(row.reminder),
            owner_title=row.owner_title,
            fields=tuple(each for each in fields if each.status_id == row.id),
            retired=row.retired,
        )
        for row in rows
    )


def _colleagues(tx: WorkspaceConnection) -> tuple[Colleague, ...]:
    rows = tx.connection.execute(
        select(
            tables.user.c.id,
            tables.user.c.name,
            tables.user.c.email,
            tables.profile.c.key,
            tables.profile.c.permissions,
            tables.membership.c.active,
        )
        .join(tables.membership, tables.membership.c.user_id == tables.user.c.id)
        .join(tables.profile, tables.profile.c.id == tables.membership.c.profile_id)
        .where(tables.membership.c.workspace_id == tx.workspace_id)
        .order_by(tables.user.c.name, tables.user.c.id)
    )
    return tuple(
        Colleague(
            id=row.id,
            name=row.name,
            email=row.email,
            profile=row.key,
            permissions=_permissions(row.permissions),
            active=row.active,
        )
        for row in rows
    )


def _profiles(tx: WorkspaceConnection) -> tuple[Profile, ...]:
    """In the order in which they were made, the ready ones first."""
    rows = tx.connection.execute(
        select(tables.profile)
        .where(tables.profile.c.workspace_id == tx.workspace_id)
        .order_by(tables.profile.c.id)
    )
    return tuple(Profile(row.id, row.key, row.title, _permissions(row.permissions)) for row in rows)


def _permissions(kept: list[str]) -> frozenset[Permission]:
    """Those that this version knows: a later one may have granted others."""
    known = {permission.value for permission in Permission}
    return frozenset(Permission(each) for each in kept if each in known)
