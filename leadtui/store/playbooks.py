"""Playbooks as they are kept: every version of each, with who wrote it, and the newest as the one that is worked by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from leadtui.domain.playbook import Playbook
from leadtui.domain.playbook_table import playbook_of, playbook_table
from leadtui.store import changes, tables
from leadtui.store.connection import WorkspaceConnection, insert_row


@dataclass(frozen=True, slots=True)
class PlaybookVersion:
    """One version: who wrote it (None for the template that the workspace began with), and when, aware UTC."""

    playbook: Playbook
    actor_id: int | None
    at: datetime


def current(tx: WorkspaceConnection) -> dict[str, Playbook]:
    """The newest version of each playbook, by the key of its need or `playbook.OPENING`."""
    book = tables.playbook.c
    newest = (
        select(book.owner, func.max(book.version).label("version"))
        .where(book.workspace_id == tx.workspace_id)
        .group_by(book.owner)
        .subquery()
    )
    rows = tx.connection.execute(
        select(book.owner, book.version, book.content)
        .join(newest, (newest.c.owner == book.owner) & (newest.c.version == book.version))
        .where(book.workspace_id == tx.workspace_id)
    )
    return {row.owner: playbook_of(row.content, row.version) for row in rows}


def history(tx: WorkspaceConnection, owner: str) -> tuple[PlaybookVersion, ...]:
    """All versions of one playbook, newest first."""
    book = tables.playbook.c
    rows = tx.connection.execute(
        select(book.version, book.content, book.actor_id, book.at)
        .where(book.workspace_id == tx.workspace_id, book.owner == owner)
        .order_by(book.version.desc())
    )
    return tuple(PlaybookVersion(playbook_of(row.content, row.version), row.actor_id, row.at) for row in rows)


def add_version(
    tx: WorkspaceConnection, owner: str, playbook: Playbook, actor_id: int | None, at: datetime
) -> None:
    """Keep a playbook as the newest version of the owner's."""
    book = tables.playbook.c
    last = tx.connection.execute(
        select(func.max(book.version)).where(book.workspace_id == tx.workspace_id, book.owner == owner)
    ).scalar()
    row_id = insert_row(
        tx.connection,
        tables.playbook,
        workspace_id=tx.workspace_id,
        owner=owner,
        version=(last or 0) + 1,
        content=playbook_table(playbook),
        actor_id=actor_id,
        at=at,
    )
    changes.record(tx, "playbook", [row_id])
