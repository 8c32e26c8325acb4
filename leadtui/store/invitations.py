"""The codes of invitations: whose, into which workspace, until when. Of a code its digest is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, insert, select, update

from leadtui.store import tables
from leadtui.store.connection import WorkspaceConnection

_invitation = tables.invitation.c


@dataclass(frozen=True, slots=True)
class KeptInvitation:
    """An invitation whose code is good."""

    id: int
    workspace_id: int
    user_id: int
    made_by: int


def add(
    tx: WorkspaceConnection, user_id: int, code_hash: str, made_by: int, at: datetime, expires_at: datetime
) -> None:
    """Write the invitation of somebody, in the place of the one from before."""
    end(tx, user_id, at)
    tx.connection.execute(
        insert(tables.invitation).values(
            workspace_id=tx.workspace_id,
            user_id=user_id,
            code_hash=code_hash,
            made_at=at,
            made_by=made_by,
            expires_at=expires_at,
        )
    )


def end(tx: WorkspaceConnection, user_id: int, at: datetime) -> None:
    """The code of somebody's invitation is good for nothing from now on."""
    tx.connection.execute(
        update(tables.invitation)
        .where(
            _invitation.workspace_id == tx.workspace_id,
            _invitation.user_id == user_id,
            *_good(at),
        )
        .values(expires_at=at)
    )


def end_all(connection: Connection, at: datetime) -> None:
    """For a store that was restored: no code is good."""
    connection.execute(update(tables.invitation).where(*_good(at)).values(expires_at=at))


def find(connection: Connection, user_id: int, code_hash: str, at: datetime) -> KeptInvitation | None:
    """The invitation of that person with that code, where it is good."""
    row = connection.execute(
        select(_invitation.id, _invitation.workspace_id, _invitation.user_id, _invitation.made_by).where(
            _invitation.user_id == user_id, _invitation.code_hash == code_hash, *_good(at)
        )
    ).first()
    return None if row is None else KeptInvitation(row.id, row.workspace_id, row.user_id, row.made_by)


def use(connection: Connection, invitation_id: int, at: datetime) -> None:
    """It is accepted."""
    connection.execute(update(tables.invitation).where(_invitation.id == invitation_id).values(used_at=at))


def _good(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return _invitation.used_at.is_(None), _invitation.expires_at > at
