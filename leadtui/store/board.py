"""What a team's board reads: what waits with whom, and how soon who came in was spoken with."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from leadtui.domain.lead import ActivityKind
from leadtui.domain.reminder import Reminder, ReminderState
from leadtui.store import tables
from leadtui.store.connection import WorkspaceConnection, with_ids
from leadtui.store.reminders import reminder_from

_lead, _entry, _reminder = tables.lead.c, tables.activity.c, tables.reminder.c

_CONTACTS = tuple(each.value for each in (ActivityKind.STATUS_SET, ActivityKind.CALL, ActivityKind.CALL_OUT))


@dataclass(frozen=True, slots=True)
class FirstContact:
    """Who first rang a lead or gave it a status, and how many seconds after it came in."""

    lead_id: int
    actor_id: int | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many leads wait, and since when the first of them does (aware UTC)."""

    count: int = 0
    oldest: datetime | None = None


def first_contacts(tx: WorkspaceConnection, since: datetime, before: datetime) -> list[FirstContact]:
    """Of the leads that came in from `since` until `before` (aware UTC) and were contacted since; by telephone or in person."""
    earliest = (
        select(func.min(_entry.id))
        .join(tables.lead, (_lead.workspace_id == _entry.workspace_id) & (_lead.id == _entry.lead_id))
        .where(
            _lead.workspace_id == tx.workspace_id,
            _lead.entered_at >= since,
            _lead.entered_at < before,
            _entry.kind.in_(_CONTACTS),
            _entry.at >= _lead.entered_at,
        )
        .group_by(_entry.lead_id)
    )
    rows = tx.connection.execute(
        select(_entry.lead_id, _entry.actor_id, _entry.at, _lead.entered_at)
        .join(tables.lead, (_lead.workspace_id == _entry.workspace_id) & (_lead.id == _entry.lead_id))
        .where(with_ids(tx, tables.activity, earliest))
    )
    return [
        FirstContact(lead_id, actor_id, (at - entered).total_seconds())
        for lead_id, actor_id, at, entered in rows
    ]


def due_reminders(tx: WorkspaceConnection, now: datetime) -> list[Reminder]:
    """Everybody's reminders that have come due and that nobody has ended."""
    rows = tx.connection.execute(
        select(tables.reminder).where(
            _reminder.workspace_id == tx.workspace_id,
            _reminder.state == ReminderState.PENDING.value,
            _reminder.due <= now,
        )
    )
    return [reminder_from(row) for row in rows]


def untouched(tx: WorkspaceConnection, before: datetime) -> dict[int | None, Waiting]:
    """By owner, the leads whom nobody has rung or given a status; those in a cartable since `before` at the latest."""
    rows = tx.connection.execute(
        select(_lead.owner_id, func.count(), func.min(_lead.entered_at))
        .where(
            _lead.workspace_id == tx.workspace_id,
            _lead.status_id.is_(None),
            _lead.contacted_at.is_(None),
            or_(_lead.owner_id.is_(None), _lead.owner_at <= before),
        )
        .group_by(_lead.owner_id)
    )
    return {owner_id: Waiting(count, oldest) for owner_id, count, oldest in rows}


def stalled(
    tx: WorkspaceConnection, status_ids: Collection[int], before: datetime
) -> dict[int | None, Waiting]:
    """By owner, the leads in these states that were last contacted before that, and of which nobody is reminded."""
    rows = tx.connection.execute(
        select(_lead.owner_id, func.count(), func.min(_lead.contacted_at))
        .where(
            _lead.workspace_id == tx.workspace_id,
            _lead.status_id.in_(status_ids),
            _lead.next_at.is_(None),
            _lead.contacted_at < before,
        )
        .group_by(_lead.owner_id)
    )
    return {owner_id: Waiting(count, oldest) for owner_id, count, oldest in rows}
