"""Follow-ups as they are kept: one row for each step."""

from __future__ import annotations

from sqlalchemy import Connection, insert

from leadtui.domain.follow_up import FollowUp
from leadtui.store import tables
from leadtui.store.activities import answers_to_json


def add(connection: Connection, workspace_id: int, step: FollowUp) -> int:
    """Write one step and return its id."""
    result = connection.execute(
        insert(tables.follow_up).values(
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
    )
    return int(result.inserted_primary_key[0])  # pyright: ignore[reportOptionalSubscript]  # insert gives one
