"""Unfinished dialogs, kept as they are typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select, update

from leadtui.store import tables
from leadtui.store.connection import WorkspaceConnection

_columns = tables.draft.c

LEADS = "leads"
"""The part of a draft that names other leads than its own, by ids with blanks between."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What one person had typed into one kind of dialog for one lead, by field. `saved_at` is aware UTC.

    `lead_id` is None for a customer who is not added yet, and for what is about no customer or about several.
    """

    kind: str
    lead_id: int | None
    content: dict[str, str]
    saved_at: datetime

    @property
    def other_lead_ids(self) -> tuple[int, ...]:
        """The leads beside `lead_id` that it is about."""
        return lead_ids_in(self.content)


def lead_ids_in(content: Mapping[str, str]) -> tuple[int, ...]:
    """The leads that a draft's content names by their ids."""
    return tuple(map(int, content.get(LEADS, "").split()))


def save(tx: WorkspaceConnection, user_id: int, draft: Draft) -> None:
    """Keep the draft in place of an earlier one of the same dialog; about a lead that has gone nothing is kept."""
    if draft.lead_id is not None and not _is_there(tx, draft.lead_id):
        return
    same = _of_dialog(tx.workspace_id, user_id, draft.kind, draft.lead_id)
    changed = tx.connection.execute(
        update(tables.draft).where(*same).values(content=draft.content, saved_at=draft.saved_at)
    )
    if changed.rowcount == 0:
        tx.connection.execute(
            insert(tables.draft).values(
                workspace_id=tx.workspace_id,
                user_id=user_id,
                kind=draft.kind,
                lead_id=draft.lead_id,
                content=draft.content,
                saved_at=draft.saved_at,
            )
        )


def find(tx: WorkspaceConnection, user_id: int, kind: str, lead_id: int | None) -> Draft | None:
    """The draft of one dialog for one lead, or for a new one."""
    row = tx.connection.execute(
        select(_columns.content, _columns.saved_at).where(
            *_of_dialog(tx.workspace_id, user_id, kind, lead_id)
        )
    ).one_or_none()
    return None if row is None else Draft(kind, lead_id, dict(row.content), row.saved_at)


def all_of(tx: WorkspaceConnection, user_id: int) -> tuple[Draft, ...]:
    """The person's drafts of all dialogs, newest first."""
    rows = tx.connection.execute(
        select(_columns.kind, _columns.lead_id, _columns.content, _columns.saved_at)
        .where(_columns.workspace_id == tx.workspace_id, _columns.user_id == user_id)
        .order_by(_columns.saved_at.desc(), _columns.id.desc())
    )
    return tuple(Draft(row.kind, row.lead_id, dict(row.content), row.saved_at) for row in rows)


def discard(tx: WorkspaceConnection, user_id: int, kind: str, lead_id: int | None) -> None:
    """Forget the draft of one dialog for one lead, or for a new one."""
    tx.connection.execute(delete(tables.draft).where(*_of_dialog(tx.workspace_id, user_id, kind, lead_id)))


def _is_there(tx: WorkspaceConnection, lead_id: int) -> bool:
    lead = tables.lead.c
    found = select(lead.id).where(lead.workspace_id == tx.workspace_id, lead.id == lead_id)
    return tx.connection.execute(found).one_or_none() is not None


def _of_dialog(
    workspace_id: int, user_id: int, kind: str, lead_id: int | None
) -> tuple[ColumnElement[bool], ...]:
    # No two NULLs are the same to a unique constraint: that there is one draft of a new customer is this file's doing.
    return (
        _columns.workspace_id == workspace_id,
        _columns.user_id == user_id,
        _columns.kind == kind,
        _columns.lead_id.is_(None) if lead_id is None else _columns.lead_id == lead_id,
    )
