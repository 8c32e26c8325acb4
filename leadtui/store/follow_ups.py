"""Follow-ups as they are kept: one row for each step."""

from __future__ import annotations

from sqlalchemy import Connection

from leadtui.domain.follow_up import FollowUp
from leadtui.store import tables
from leadtui.store.activities import answers_to_json
from leadtui.store.inserting import insert_row


def add(connection: Connection, workspace_id: int, step: FollowUp) -> int:
    """Write one step and return its id."""
    return insert_row(
        connection,
        tables.follow_up,
        workspace_id=workspace_id,
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
