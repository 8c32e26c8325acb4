"""Follow-ups as they are kept: one row for each step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from leadtui.domain.follow_up import FollowUp
from leadtui.store import tables
from leadtui.store.activities import answers_to_json
from leadtui.store.connection import WorkspaceConnection, insert_row


def add(tx: WorkspaceConnection, step: FollowUp) -> int:
    """Write one step and return its id."""
    return insert_row(
        tx.connection,
        tables.follow_up,
        workspace_id=tx.workspace_id,
        lead_id=step.lead_id,
        actor_id=step.actor_id,
        at=step.at,
        status_from_id=step.status_from_id,
        status_to_id=step.status_to.id,
        answers=answers_to_json(step.answers),
        note=step.note,
        owner_from_id=step.owner_from_id,
        owner_to_id=step.owner_to_id,
        remind_at=step.remind_at,
    )


@dataclass(frozen=True, slots=True)
class Given:
    """How a lead came to a status: when (aware UTC), by whom, with what note, and from which status."""

    at: datetime
    actor_id: int
    note: str
    status_from_id: int | None


def latest_given(tx: WorkspaceConnection, lead_id: int, status_id: int) -> Given | None:
    """The newest step by which the lead got this status from another one, unless it was taken back."""
    step = tables.follow_up.c
    row = tx.connection.execute(
        select(step.at, step.actor_id, step.note, step.status_from_id)
        .where(
            step.workspace_id == tx.workspace_id,
            step.lead_id == lead_id,
            step.status_to_id == status_id,
            step.status_from_id.is_distinct_from(status_id),
            step.undone_at.is_(None),
        )
        .order_by(step.at.desc(), step.id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else Given(*row)
