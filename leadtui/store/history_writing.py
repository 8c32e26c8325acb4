"""Writing histories in bulk: follow-ups with their timelines, reminders, and the leads as they stand after them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from leadtui.domain.follow_up import FollowUp
from leadtui.domain.lead import ActivityDetail, ActivityKind
from leadtui.domain.reminder import ReminderKind, ReminderState, wall_clock
from leadtui.store import changes, tables
from leadtui.store.activities import answers_to_json, detail_to_json
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.json_text import json_text
from leadtui.store.lead_writing import LeadChange, change_leads
from leadtui.store.tables import microseconds


@dataclass(frozen=True, slots=True)
class PastStep:
    """One step to be written: what it changed, what the timeline says of it, and whether its time was promised."""

    step: FollowUp
    detail: ActivityDetail
    promised: bool = False


History = Sequence[PastStep]
"""All steps of one lead, which has had none yet; earliest first."""


def insert_histories(tx: WorkspaceConnection, zone: str, histories: Sequence[History]) -> None:
    """Write histories of leads that stand in this transaction. A step's reminder is done at the step after it."""
    count = sum(map(len, histories))
    ids = iter(tx.backend.reserve_ids(tx.connection, tx.workspace_id, tables.follow_up, count))
    steps: list[tuple[Any, ...]] = []
    entries: list[tuple[Any, ...]] = []
    reminders: list[tuple[Any, ...]] = []
    for history in histories:
        for place, past in enumerate(history):
            follow_up_id = next(ids)
            ended_at = history[place + 1].step.at if place + 1 < len(history) else None
            steps.append(_step_row(tx.workspace_id, follow_up_id, past.step))
            entries.append(_entry_row(tx.workspace_id, follow_up_id, past))
            if past.step.remind_at is not None:
                reminders.append(_reminder_row(tx.workspace_id, follow_up_id, zone, past, ended_at))
    tx.backend.insert_rows(tx.connection, tables.follow_up, _STEP_COLUMNS, steps)
    tx.backend.insert_rows(tx.connection, tables.activity, _ENTRY_COLUMNS, entries)
    tx.backend.insert_rows(tx.connection, tables.reminder, _REMINDER_COLUMNS, reminders)
    change_leads(tx, [_lead_after(history) for history in histories if history])
    if reminders:
        changes.record(tx, "reminder", [changes.WHOLE_TABLE])


_STEP_COLUMNS = (
    *("workspace_id", "id", "lead_id", "actor_id", "at", "status_from_id", "status_to_id", "answers", "note"),
    *("owner_from_id", "owner_to_id", "remind_at"),
)
_ENTRY_COLUMNS = ("workspace_id", "lead_id", "kind", "actor_id", "at", "detail", "follow_up_id")
_REMINDER_COLUMNS = (
    *("workspace_id", "lead_id", "owner_id", "due", "wall", "zone", "kind", "state", "note", "created_at"),
    *("created_by", "rung_at", "ended_at", "ended_by", "follow_up_id"),
)


def _step_row(workspace_id: int, follow_up_id: int, step: FollowUp) -> tuple[Any, ...]:
    return (
        workspace_id,
        follow_up_id,
        step.lead_id,
        step.actor_id,
        microseconds(step.at),
        step.status_from_id,
        step.status_to.id,
        json_text(answers_to_json(step.answers)),
        step.note,
        step.owner_from_id,
        step.owner_to_id,
        None if step.remind_at is None else microseconds(step.remind_at),
    )


def _entry_row(workspace_id: int, follow_up_id: int, past: PastStep) -> tuple[Any, ...]:
    step = past.step
    detail = json_text(detail_to_json(past.detail))
    kind = ActivityKind.STATUS_SET.value
    return (workspace_id, step.lead_id, kind, step.actor_id, microseconds(step.at), detail, follow_up_id)


def _reminder_row(
    workspace_id: int, follow_up_id: int, zone: str, past: PastStep, ended_at: datetime | None
) -> tuple[Any, ...]:
    step = past.step
    due = step.remind_at or step.at
    kind = ReminderKind.CALLBACK if past.promised else ReminderKind.REMINDER
    state = ReminderState.PENDING if ended_at is None else ReminderState.ACKNOWLEDGED
    owner_id = step.reminder_owner_id
    return (
        workspace_id,
        step.lead_id,
        owner_id,
        microseconds(due),
        wall_clock(due, zone).isoformat(),
        zone,
        kind.value,
        state.value,
        step.status_to.title,
        microseconds(step.at),
        step.actor_id,
        None if ended_at is None else microseconds(due),
        None if ended_at is None else microseconds(ended_at),
        None if ended_at is None else owner_id,
        follow_up_id,
    )


def _lead_after(history: History) -> LeadChange:
    last = history[-1].step
    taken = [past.step for past in history if past.step.transferred]
    values = {
        "status_id": last.status_to.id,
        "status_at": last.at,
        "owner_id": last.owner_to_id,
        "owner_at": taken[-1].at if taken and last.owner_to_id is not None else None,
        "next_at": last.remind_at,
        "contacted_at": last.at,
    }
    return LeadChange(last.lead_id, values)
