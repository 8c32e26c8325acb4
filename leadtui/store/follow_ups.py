"""Follow-ups as they are kept: one row for each step."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, literal, or_, select

from leadtui.domain.follow_up import FollowUp
from leadtui.domain.lead import ActivityKind
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
        attempt=step.attempts,
        no_next_step=step.no_next_step,
    )


@dataclass(frozen=True, slots=True)
class StatusOrigin:
    """How a lead came to a status: when (aware UTC), by whom, with what note, and from which status."""

    at: datetime
    actor_id: int
    note: str
    status_from_id: int | None


def status_origin(tx: WorkspaceConnection, lead_id: int, status_id: int) -> StatusOrigin | None:
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
    return None if row is None else StatusOrigin(*row)


def reasons_given(tx: WorkspaceConnection, actor_id: int) -> list[tuple[int, str]]:
    """Why the person left leads without a next step, each with the status it was said with, the latest first.

    Of what all people said last, so that nobody waits for what was said long ago.
    """
    step = tables.follow_up.c
    latest = (
        select(step.actor_id, step.status_to_id, step.no_next_step)
        .where(
            step.workspace_id == tx.workspace_id,
            step.no_next_step != literal("", literal_execute=True),
            step.undone_at.is_(None),
        )
        .order_by(step.at.desc())
        .limit(_LATEST_REASONS)
    )
    rows = tx.connection.execute(latest)
    return list(dict.fromkeys((status_id, reason) for who, status_id, reason in rows if who == actor_id))


_LATEST_REASONS = 500


@dataclass(frozen=True, slots=True)
class DoneFollowUp:
    """One follow-up of a day: on which lead, when (aware UTC), the status it gave, and by whom.

    `attempt` is which attempt in a row did not reach the lead, 0 where it was none; `unplanned` whether somebody said why it was
    left without a next step.
    """

    lead_id: int
    at: datetime
    status_id: int
    actor_id: int
    attempt: int
    unplanned: bool


@dataclass(frozen=True, slots=True)
class DoneCall:
    """One call of a day: with which lead, when it began (aware UTC), how many seconds it took, and who made it."""

    lead_id: int
    at: datetime
    seconds: int
    actor_id: int


def follow_ups(
    tx: WorkspaceConnection, people: Collection[int], since: datetime, before: datetime
) -> Sequence[DoneFollowUp]:
    """The follow-ups of these people from `since` until `before` (aware UTC); what was taken back does not count."""
    step = tables.follow_up.c
    rows = tx.connection.execute(
        select(
            *(step.lead_id, step.at, step.status_to_id, step.actor_id, step.attempt),
            step.no_next_step != literal("", literal_execute=True),
        ).where(
            step.workspace_id == tx.workspace_id,
            # Named one by one, so that the index over people and times serves also for everybody.
            step.actor_id.in_(people),
            step.at >= since,
            step.at < before,
            step.undone_at.is_(None),
        )
    )
    return [DoneFollowUp(*row) for row in rows]


def calls(
    tx: WorkspaceConnection, people: Collection[int], since: datetime, before: datetime
) -> Sequence[DoneCall]:
    """The calls that these people made from `since` until `before` (aware UTC)."""
    entry = tables.activity.c
    rows = tx.connection.execute(
        select(entry.lead_id, entry.at, entry.detail["seconds"].as_integer(), entry.actor_id).where(
            entry.workspace_id == tx.workspace_id,
            entry.kind == _CALL,
            entry.actor_id.in_(people),
            entry.at >= since,
            entry.at < before,
        )
    )
    return [DoneCall(lead_id, at, int(took or 0), actor_id) for lead_id, at, took, actor_id in rows]


def latest_call(
    tx: WorkspaceConnection, lead_ids: Collection[int], number: str, since: datetime
) -> tuple[datetime, int | None] | None:
    """When (aware UTC) and by whom one of these leads was last rung since then at that number, E.164.

    A call that says another number, or that came in, is none; one that says no number may have been to any.
    """
    entry = tables.activity.c
    said = entry.detail["text"].as_string()
    row = tx.connection.execute(
        select(entry.at, entry.actor_id)
        .where(
            entry.workspace_id == tx.workspace_id,
            entry.lead_id.in_(lead_ids),
            entry.kind.in_((ActivityKind.CALL.value, ActivityKind.CALL_OUT.value)),
            entry.at >= since,
            or_(said == number, said.is_(None)),
        )
        .order_by(entry.at.desc(), entry.id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else (row.at, row.actor_id)


def without_outcome(
    tx: WorkspaceConnection, actor_id: int, since: datetime
) -> Sequence[tuple[int, datetime]]:
    """The leads that this person has rung since then (aware UTC), and when last, oldest first.

    Left out is who was given a status since, be it while the call went on; one that was taken back is none.
    """
    entry, step = tables.activity.c, tables.follow_up.c
    last = func.max(entry.at).label("last")
    rung = (
        select(entry.lead_id, last)
        .where(
            entry.workspace_id == tx.workspace_id,
            entry.kind == _CALL,
            entry.actor_id == actor_id,
            entry.at >= since,
        )
        .group_by(entry.lead_id)
        .subquery()
    )
    rows = tx.connection.execute(
        select(rung.c.lead_id, rung.c.last)
        .where(
            ~exists().where(
                step.workspace_id == tx.workspace_id,
                step.lead_id == rung.c.lead_id,
                step.at >= rung.c.last,
                step.undone_at.is_(None),
            )
        )
        .order_by(rung.c.last, rung.c.lead_id)
    )
    return [(lead_id, at) for lead_id, at in rows]


_CALL = literal(ActivityKind.CALL.value, literal_execute=True)
"""The index holds calls alone, and serves where the statement itself says so."""
