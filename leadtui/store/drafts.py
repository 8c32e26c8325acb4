"""Unfinished dialogs, kept as they are typed."""

from __future__ import annotations

from sqlalchemy import ColumnElement, delete, insert, select, update

from leadtui.domain.draft import FormDraft, content_of, draft_of
from leadtui.store import tables
from leadtui.store.connection import WorkspaceConnection

_columns = tables.draft.c


def save(tx: WorkspaceConnection, user_id: int, draft: FormDraft) -> None:
    """Keep the draft in place of an earlier one of the same dialog; about a lead that has gone nothing is kept."""
    if draft.lead_id is not None and not _is_there(tx, draft.lead_id):
        return
    same = _of_dialog(tx.workspace_id, user_id, draft.kind, draft.lead_id)
    content = content_of(draft)
    changed = tx.connection.execute(
        update(tables.draft).where(*same).values(content=content, saved_at=draft.saved_at)
    )
    if changed.rowcount == 0:
        tx.connection.execute(
            insert(tables.draft).values(
                workspace_id=tx.workspace_id,
                user_id=user_id,
                kind=draft.kind,
                lead_id=draft.lead_id,
                content=content,
                saved_at=draft.saved_at,
            )
        )


def find(tx: WorkspaceConnection, user_id: int, kind: str, lead_id: int | None) -> FormDraft | None:
    """The draft of one dialog for one lead, or for a new one."""
    row = tx.connection.execute(
        select(_columns.content, _columns.saved_at).where(
            *_of_dialog(tx.workspace_id, user_id, kind, lead_id)
        )
    ).one_or_none()
    return None if row is None else draft_of(kind, lead_id, row.content, row.saved_at)


def all_of(tx: WorkspaceConnection, user_id: int) -> tuple[FormDraft, ...]:
    """The person's drafts of all dialogs, newest first."""
    rows = tx.connection.execute(
        select(_columns.kind, _columns.lead_id, _columns.content, _columns.saved_at)
        .where(_columns.workspace_id == tx.workspace_id, _columns.user_id == user_id)
        .order_by(_columns.saved_at.desc(), _columns.id.desc())
    )
    found = (draft_of(row.kind, row.lead_id, row.content, row.saved_at) for row in rows)
    return tuple(draft for draft in found if draft is not None)


def count_unreadable(tx: WorkspaceConnection, user_id: int) -> int:
    """How many of the person's drafts hold nothing that can be read."""
    rows = tx.connection.execute(
        select(_columns.content).where(_columns.workspace_id == tx.workspace_id, _columns.user_id == user_id)
    )
    return sum(not isinstance(content, dict) for content in rows.scalars())


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
