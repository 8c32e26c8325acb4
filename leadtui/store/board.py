"""What a team's board reads: counts by colleague, made by the database, and the ids of the leads behind each."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    and_,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
    type_coerce,
)

from leadtui.domain.cartable import SOON, CartablePart
from leadtui.domain.lead import ActivityKind
from leadtui.domain.reminder import MISSED_AFTER, ReminderKind, ReminderState
from leadtui.store import tables
from leadtui.store.activities import detail_from_json
from leadtui.store.connection import WorkspaceConnection, with_ids

_lead, _entry, _reminder, _step = tables.lead.c, tables.activity.c, tables.reminder.c, tables.follow_up.c

_CONTACTS = tuple(each.value for each in (ActivityKind.STATUS_SET, ActivityKind.CALL, ActivityKind.CALL_OUT))

_CALL = literal(ActivityKind.CALL.value, literal_execute=True)
_RETURNED = literal(ActivityKind.RETURNED.value, literal_execute=True)
_NO_REASON = literal("", literal_execute=True)
"""The indexes hold these alone, and serve where the statement itself says so."""


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


@dataclass(frozen=True, slots=True)
class Due:
    """Of one person's reminders of a kind: how many are due, since when, and how many of them no terminal showed in time."""

    owner_id: int
    kind: ReminderKind
    count: int
    oldest: datetime
    missed: int


@dataclass(frozen=True, slots=True)
class Reasoned:
    """A lead to which somebody did what they gave a reason for: who, when (aware UTC) and why."""

    lead_id: int
    actor_id: int | None
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class CameBy:
    """Of the leads that came in by a channel (None: by none that is known): how many, and how many of them were reached and won."""

    channel_id: int | None
    came: int
    reached: int
    won: int


def came_by_channel(
    tx: WorkspaceConnection,
    since: datetime,
    before: datetime,
    *,
    reaching: Collection[int],
    won: Collection[int],
    talked_seconds: int,
) -> list[CameBy]:
    """By latest channel, the leads that came in from `since` until `before` (aware UTC), and what became of them until now.

    Reached is who was given one of the statuses that are `reaching`, or was in a call of `talked_seconds` at least; won who
    stands in one of the statuses that are `won`.
    """
    told = exists().where(
        _step.workspace_id == _lead.workspace_id,
        _step.lead_id == _lead.id,
        _step.status_to_id.in_(reaching),
        _step.undone_at.is_(None),
    )
    talked = exists().where(
        _entry.workspace_id == _lead.workspace_id,
        _entry.lead_id == _lead.id,
        _entry.kind == _CALL,
        _entry.detail["seconds"].as_integer() >= talked_seconds,
    )
    rows = tx.connection.execute(
        select(
            _lead.channel_latest_id,
            func.count(),
            func.count().filter(or_(told, talked)),
            func.count().filter(_lead.status_id.in_(won)),
        )
        .where(
            _lead.workspace_id == tx.workspace_id,
            _lead.entered_at >= since,
            _lead.entered_at < before,
        )
        .group_by(_lead.channel_latest_id)
    )
    return [CameBy(*row) for row in rows]


def first_contacts(tx: WorkspaceConnection, since: datetime, before: datetime) -> list[FirstContact]:
    """Of the leads that came in from `since` until `before` (aware UTC) and were contacted since; by telephone or in person."""
    earliest = (
        select(func.min(_entry.id))
        .join(tables.lead, (_lead.workspace_id == _entry.workspace_id) & (_lead.id == _entry.lead_id))
        .where(
            _lead.workspace_id == tx.workspace_id,
            _lead.entered_at >= since,
            _lead.entered_at < before,
            _lead.contacted_at.is_not(None),
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


# Cartables


def parts(
    tx: WorkspaceConnection, now: datetime, day_end: datetime
) -> Mapping[int, Mapping[CartablePart, int]]:
    """By owner, how many leads are in each part of the cartable; the day of `now` (aware UTC) ends at `day_end`."""
    counted = [func.count().filter(_is_in(part, now, day_end)) for part in CartablePart]
    rows = tx.connection.execute(
        select(_lead.owner_id, *counted)
        .where(_lead.workspace_id == tx.workspace_id, _lead.owner_id.is_not(None))
        .group_by(_lead.owner_id)
    )
    return {row[0]: dict(zip(CartablePart, row[1:], strict=True)) for row in rows}


def in_part(
    tx: WorkspaceConnection, people: Collection[int], part: CartablePart, now: datetime, day_end: datetime
) -> array[int]:
    """The leads that these people have in that part of their cartables."""
    return _ids(tx, _lead.owner_id.in_(people), _is_in(part, now, day_end))


def _is_in(part: CartablePart, now: datetime, day_end: datetime) -> ColumnElement[bool]:
    """As `domain.cartable.part_of` the urgency, asked of a lead's own columns."""
    is_due = and_(_lead.next_at.is_not(None), _lead.next_at <= now)
    to_come = _lead.next_at > now
    is_near = or_(_lead.next_at < day_end, and_(_lead.next_at <= now + SOON, not_(_is_attempt())))
    match part:
        case CartablePart.OVERDUE:
            return and_(is_due, not_(_is_attempt()))
        case CartablePart.TODAY:
            return or_(and_(is_due, _is_attempt()), and_(to_come, is_near))
        case CartablePart.UPCOMING:
            return and_(to_come, not_(is_near))
        case CartablePart.NEVER_CALLED:
            return and_(_lead.next_at.is_(None), _lead.contacted_at.is_(None))
        case CartablePart.NOTHING_PLANNED:
            return and_(_lead.next_at.is_(None), _lead.contacted_at.is_not(None))


def _is_attempt() -> ColumnElement[bool]:
    return exists().where(
        _reminder.workspace_id == _lead.workspace_id,
        _reminder.lead_id == _lead.id,
        _reminder.state == ReminderState.PENDING.value,
        _reminder.due == _lead.next_at,
        _reminder.owner_id == _lead.owner_id,
        _reminder.kind == ReminderKind.ATTEMPT.value,
    )


# Reminders


def due(tx: WorkspaceConnection, people: Collection[int], now: datetime) -> list[Due]:
    """By owner and kind, what has come due with these people and nobody has ended."""
    rows = tx.connection.execute(
        select(
            _reminder.owner_id,
            _reminder.kind,
            func.count(),
            func.min(_reminder.due),
            func.count().filter(_was_missed(now)),
        )
        .where(*_is_due(tx, people, now))
        .group_by(_reminder.owner_id, _reminder.kind)
    )
    return [
        Due(owner, ReminderKind(kind), count, oldest, missed) for owner, kind, count, oldest, missed in rows
    ]


def reminded(
    tx: WorkspaceConnection,
    people: Collection[int],
    now: datetime,
    *,
    kind: ReminderKind | None = None,
    missed: bool = False,
) -> array[int]:
    """The leads of such reminders: of a kind where one is given, of those that were missed alone."""
    conditions = [*_is_due(tx, people, now)]
    if kind is not None:
        conditions.append(_reminder.kind == kind.value)
    if missed:
        conditions.append(_was_missed(now))
    return tx.backend.read_ids(tx.connection, select(_reminder.lead_id).where(*conditions).distinct())


def _is_due(
    tx: WorkspaceConnection, people: Collection[int], now: datetime
) -> tuple[ColumnElement[bool], ...]:
    return (
        _reminder.workspace_id == tx.workspace_id,
        # Named one by one, so that the index over people and times serves also for everybody.
        _reminder.owner_id.in_(people),
        _reminder.state == ReminderState.PENDING.value,
        _reminder.due <= now,
    )


def _was_missed(now: datetime) -> ColumnElement[bool]:
    """As `Reminder.is_missed` of what is due."""
    late = type_coerce(_reminder.rung_at, BigInteger) - type_coerce(_reminder.due, BigInteger)
    return and_(
        _reminder.kind != ReminderKind.ATTEMPT.value,
        or_(
            and_(_reminder.rung_at.is_(None), _reminder.due < now - MISSED_AFTER),
            late > MISSED_AFTER // timedelta(microseconds=1),
        ),
    )


# What waits


def untouched(tx: WorkspaceConnection, before: datetime) -> dict[int | None, Waiting]:
    """By owner, the leads whom nobody has rung or given a status; those in a cartable since `before` at the latest."""
    return _waiting(tx, _lead.entered_at, _is_untouched(before))


def untouched_of(tx: WorkspaceConnection, people: Collection[int], before: datetime) -> array[int]:
    """The leads of these people that `untouched` counts."""
    return _ids(tx, _lead.owner_id.in_(people), _is_untouched(before))


def untouched_of_nobody(tx: WorkspaceConnection) -> array[int]:
    """Those in nobody's cartable."""
    return _ids(tx, _lead.owner_id.is_(None), _lead.status_id.is_(None), _lead.contacted_at.is_(None))


def unowned_since(tx: WorkspaceConnection, since: datetime) -> int:
    """How many new leads in nobody's cartable came in from then on (aware UTC)."""
    return tx.connection.execute(
        select(func.count())
        .select_from(tables.lead)
        .where(
            _lead.workspace_id == tx.workspace_id,
            _lead.entered_at >= since,
            _lead.owner_id.is_(None),
            _lead.status_id.is_(None),
            _lead.contacted_at.is_(None),
        )
    ).scalar_one()


def stalled(
    tx: WorkspaceConnection, status_ids: Collection[int], before: datetime
) -> dict[int | None, Waiting]:
    """By owner, the leads in these states that were last contacted before that, and of which nobody is reminded."""
    return _waiting(tx, _lead.contacted_at, *_is_stalled(status_ids, before))


def stalled_ids(tx: WorkspaceConnection, status_ids: Collection[int], before: datetime) -> array[int]:
    """The leads that `stalled` counts."""
    return _ids(tx, *_is_stalled(status_ids, before))


def owned_by(tx: WorkspaceConnection, people: Collection[int]) -> array[int]:
    """The leads of these people."""
    return _ids(tx, _lead.owner_id.in_(people))


def returned(tx: WorkspaceConnection, status_ids: Collection[int], since: datetime) -> list[Reasoned]:
    """The leads that were given back since then (aware UTC), and that are where they went and were not worked on.

    `status_ids` are the states in which the work goes on; leads without one are new and count too.
    """
    rows = tx.connection.execute(
        select(_entry.lead_id, _entry.actor_id, _entry.at, _entry.detail)
        .join(tables.lead, (_lead.workspace_id == _entry.workspace_id) & (_lead.id == _entry.lead_id))
        .where(
            _entry.workspace_id == tx.workspace_id,
            _entry.kind == _RETURNED,
            _entry.at >= since,
            _lead.owner_id.is_not_distinct_from(_entry.detail["owner_to_id"].as_integer()),
            or_(_lead.owner_at.is_(None), _lead.owner_at == _entry.at),
            or_(_lead.contacted_at.is_(None), _lead.contacted_at < _entry.at),
            or_(_lead.status_id.is_(None), _lead.status_id.in_(status_ids)),
        )
        .order_by(_entry.id)
    )
    # Given back twice, the last reason counts.
    newest = {
        lead_id: Reasoned(lead_id, actor_id, at, detail_from_json(detail).text)
        for lead_id, actor_id, at, detail in rows
    }
    return list(newest.values())


def unplanned(tx: WorkspaceConnection, status_ids: Collection[int]) -> list[Reasoned]:
    """The leads in a cartable and in these states whose last step left them without a next one, and that still have none."""
    rows = tx.connection.execute(
        select(_step.lead_id, _step.actor_id, _step.at, _step.no_next_step)
        .join(tables.lead, (_lead.workspace_id == _step.workspace_id) & (_lead.id == _step.lead_id))
        .where(
            _step.workspace_id == tx.workspace_id,
            _step.no_next_step != _NO_REASON,
            _step.undone_at.is_(None),
            _lead.status_at == _step.at,
            _lead.status_id.in_(status_ids),
            _lead.owner_id.is_not(None),
            _lead.next_at.is_(None),
        )
        .order_by(_step.id)
    )
    return [Reasoned(*row) for row in rows]


def without_outcome(
    tx: WorkspaceConnection, people: Collection[int], since: datetime
) -> list[tuple[int, int, datetime]]:
    """The leads that these people have rung since then and that got no status since: lead, who rang, and when last."""
    last = func.max(_entry.at).label("last")
    rung = (
        select(_entry.lead_id, _entry.actor_id, last)
        .where(
            _entry.workspace_id == tx.workspace_id,
            _entry.kind == _CALL,
            _entry.actor_id.in_(people),
            _entry.at >= since,
        )
        .group_by(_entry.lead_id, _entry.actor_id)
        .subquery()
    )
    rows = tx.connection.execute(
        select(rung.c.lead_id, rung.c.actor_id, rung.c.last)
        .where(
            ~exists().where(
                _step.workspace_id == tx.workspace_id,
                _step.lead_id == rung.c.lead_id,
                _step.at >= rung.c.last,
                _step.undone_at.is_(None),
            )
        )
        .order_by(rung.c.last, rung.c.lead_id)
    )
    return [(lead_id, actor_id, at) for lead_id, actor_id, at in rows]


def _is_untouched(before: datetime) -> ColumnElement[bool]:
    return and_(
        _lead.status_id.is_(None),
        _lead.contacted_at.is_(None),
        or_(_lead.owner_id.is_(None), _lead.owner_at <= before),
    )


def _is_stalled(status_ids: Collection[int], before: datetime) -> tuple[ColumnElement[bool], ...]:
    return _lead.status_id.in_(status_ids), _lead.next_at.is_(None), _lead.contacted_at < before


def _waiting(
    tx: WorkspaceConnection, since: ColumnElement[Any], *conditions: ColumnElement[bool]
) -> dict[int | None, Waiting]:
    rows = tx.connection.execute(
        select(_lead.owner_id, func.count(), func.min(since))
        .where(_lead.workspace_id == tx.workspace_id, *conditions)
        .group_by(_lead.owner_id)
    )
    return {owner_id: Waiting(count, oldest) for owner_id, count, oldest in rows}


def _ids(tx: WorkspaceConnection, *conditions: ColumnElement[bool]) -> array[int]:
    found: Select[int] = select(_lead.id).where(_lead.workspace_id == tx.workspace_id, *conditions)
    return tx.backend.read_ids(tx.connection, found)
