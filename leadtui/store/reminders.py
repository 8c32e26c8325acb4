"""Reminders as they are kept; a lead's `next_at` follows from its pending ones."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, func, or_, select, update

from leadtui.domain.escalation import Escalated
from leadtui.domain.reminder import Reminder, ReminderKind, ReminderState, due_by_wall_clock, wall_clock
from leadtui.domain.status import EscalationRule
from leadtui.language.repetition import Repetition, kept_text, read_kept
from leadtui.store import changes, do_not_call, tables
from leadtui.store.connection import WorkspaceConnection, insert_row, with_ids

_columns = tables.reminder.c


@dataclass(frozen=True, slots=True)
class ReminderOfLead:
    """A reminder with what a person needs to know of its lead at once."""

    reminder: Reminder
    lead_name: str
    phone: str
    status_id: int | None
    channel_id: int | None
    lead_owner_id: int | None
    lead_owner_at: datetime | None
    do_not_call: bool


def add(
    tx: WorkspaceConnection,
    *,
    lead_id: int,
    owner_id: int,
    due: datetime,
    zone: str,
    kind: ReminderKind,
    note: str,
    created_at: datetime,
    created_by: int | None,
    replaces_id: int | None = None,
    follow_up_id: int | None = None,
    repeats: Repetition | None = None,
) -> int:
    """Write a pending reminder and return its id. Times are aware UTC."""
    reminder_id = insert_row(
        tx.connection,
        tables.reminder,
        workspace_id=tx.workspace_id,
        lead_id=lead_id,
        owner_id=owner_id,
        due=due,
        wall=wall_clock(due, zone).isoformat(),
        zone=zone,
        kind=kind.value,
        state=ReminderState.PENDING.value,
        note=note,
        created_at=created_at,
        created_by=created_by,
        replaces_id=replaces_id,
        follow_up_id=follow_up_id,
        repeats=kept_text(repeats) if repeats else "",
    )
    changes.record(tx, "reminder", [reminder_id])
    return reminder_id


def add_next(
    tx: WorkspaceConnection, ended: Reminder, due: datetime, owner_id: int, at: datetime, by: int
) -> int:
    """Write the reminder that follows one that repeats, by the clocks of its zone; times are aware UTC."""
    return add(
        tx,
        lead_id=ended.lead_id,
        owner_id=owner_id,
        due=due,
        zone=ended.zone,
        kind=ended.kind,
        note=ended.note,
        created_at=at,
        created_by=by,
        replaces_id=ended.id,
        follow_up_id=ended.follow_up_id,
        repeats=ended.repeats,
    )


def end(
    tx: WorkspaceConnection,
    reminder_ids: Sequence[int],
    state: ReminderState,
    at: datetime,
    by: int | None,
) -> int:
    """Take pending reminders to `state`; return how many there were to end."""
    result = tx.connection.execute(
        update(tables.reminder)
        .where(
            with_ids(tx, tables.reminder, reminder_ids),
            _columns.state == ReminderState.PENDING.value,
        )
        .values(state=state.value, ended_at=at, ended_by=by)
    )
    changes.record(tx, "reminder", reminder_ids)
    return result.rowcount


def move(tx: WorkspaceConnection, reminder_ids: Sequence[int], owner_id: int) -> None:
    """Give reminders to another person; they ring there, as if new."""
    tx.connection.execute(
        update(tables.reminder)
        .where(with_ids(tx, tables.reminder, reminder_ids))
        .values(owner_id=owner_id, rung_at=None, escalated=Escalated.NOT.value)
    )
    changes.record(tx, "reminder", reminder_ids)


def escalate(tx: WorkspaceConnection, reminder_id: int, owner_id: int, to: Escalated) -> None:
    """Let a reminder ring at that person, as if new, and note how far it has gone."""
    tx.connection.execute(
        update(tables.reminder)
        .where(with_ids(tx, tables.reminder, [reminder_id]))
        .values(owner_id=owner_id, rung_at=None, escalated=to.value)
    )
    changes.record(tx, "reminder", [reminder_id])


def to_escalate(
    tx: WorkspaceConnection,
    rules: Mapping[int, EscalationRule],
    owners: Collection[int],
    supervisors: Collection[int],
    over_since: Callable[[int], datetime | None],
    limit: int,
) -> tuple[tuple[Reminder, Escalated], ...]:
    """The pending reminders of `owners` that are to go on by now, and where, the longest overdue first.

    `over_since` says from when on (aware UTC) so many minutes of a rule are over; None where they are for no reminder.

    They are those of customers in a status of `rules`, by its id, that stand in the cartable of whoever has the
    reminder, or are with a supervisor by now; those of a supervisor go to none.
    """
    lead, found = tables.lead.c, dict[int, tuple[Reminder, Escalated]]()
    for status_id, rule in rules.items():
        for to, minutes in (
            (Escalated.TO_NOBODY, rule.pool_after),
            (Escalated.TO_SUPERVISOR, rule.supervisor_after),
        ):
            if not minutes or (to is Escalated.TO_SUPERVISOR and not supervisors):
                continue
            since = over_since(minutes)
            if since is None:
                continue
            own = _columns.owner_id == lead.owner_id
            goes = (
                and_(own, _columns.owner_id.not_in(supervisors), _columns.escalated == Escalated.NOT.value)
                if to is Escalated.TO_SUPERVISOR
                else and_(
                    lead.owner_id.is_not(None),
                    _columns.escalated < to.value,
                    or_(own, _columns.escalated == Escalated.TO_SUPERVISOR.value),
                )
            )
            rows = tx.connection.execute(
                select(tables.reminder)
                .join(tables.lead, lead.id == _columns.lead_id)
                .where(
                    _columns.workspace_id == tx.workspace_id,
                    _columns.owner_id.in_(owners),
                    _columns.state == ReminderState.PENDING.value,
                    _columns.due <= since,
                    _columns.kind != ReminderKind.ATTEMPT.value,
                    lead.status_id == status_id,
                    or_(lead.owner_at.is_(None), lead.owner_at <= since),
                    goes,
                )
                .order_by(_columns.due, _columns.id)
                .limit(limit)
            )
            for row in rows:
                found.setdefault(row.id, (reminder_from(row), to))
    return tuple(sorted(found.values(), key=lambda each: (each[0].due, each[0].id))[:limit])


def pass_on(
    tx: WorkspaceConnection, lead_ids: Collection[int], owner_id: int, from_id: int | None = None
) -> None:
    """Give a person all pending reminders of leads, or those of one person; `move` says how.

    Some thousands of leads at most.
    """
    others = tx.connection.execute(
        select(_columns.id).where(
            _columns.workspace_id == tx.workspace_id,
            _columns.lead_id.in_(lead_ids),
            _columns.state == ReminderState.PENDING.value,
            _columns.owner_id != owner_id if from_id is None else _columns.owner_id == from_id,
        )
    )
    move(tx, list(others.scalars()), owner_id)


def count_pending(tx: WorkspaceConnection, owner_id: int) -> int:
    """How many reminders of a person nobody has ended."""
    return tx.connection.execute(
        select(func.count()).where(
            _columns.workspace_id == tx.workspace_id,
            _columns.owner_id == owner_id,
            _columns.state == ReminderState.PENDING.value,
        )
    ).scalar_one()


def leads_reminding(tx: WorkspaceConnection, owner_id: int, limit: int) -> tuple[int, ...]:
    """The first leads, by id, of which a person has pending reminders."""
    rows = tx.connection.execute(
        select(_columns.lead_id)
        .where(
            _columns.workspace_id == tx.workspace_id,
            _columns.owner_id == owner_id,
            _columns.state == ReminderState.PENDING.value,
        )
        .distinct()
        .order_by(_columns.lead_id)
        .limit(limit)
    )
    return tuple(rows.scalars())


def mark_rung(tx: WorkspaceConnection, reminder_ids: Sequence[int], at: datetime) -> None:
    """Note when a terminal first showed these reminders; that ends nothing."""
    tx.connection.execute(
        update(tables.reminder)
        .where(
            with_ids(tx, tables.reminder, reminder_ids),
            _columns.rung_at.is_(None),
        )
        .values(rung_at=at)
    )


def moved_by_zones(
    tx: WorkspaceConnection, owner_id: int | None = None
) -> Iterator[tuple[int, int, datetime]]:
    """The reminders that the rules of their zones have come to set to another moment: id, lead and that moment (UTC).

    They are those that wait to be shown, of one person where an owner is named.
    """
    own = () if owner_id is None else (_columns.owner_id == owner_id,)
    waiting = tx.connection.execute(
        select(_columns.id, _columns.lead_id, _columns.due, _columns.wall, _columns.zone).where(
            _columns.workspace_id == tx.workspace_id,
            *own,
            _columns.state == ReminderState.PENDING.value,
            _columns.rung_at.is_(None),
        )
    )
    for reminder_id, lead_id, due, wall, zone in waiting.all():
        if due is None:  # what is no moment is a fault of its own
            continue
        moved = due_by_wall_clock(datetime.fromisoformat(wall), zone, due)
        if moved != due:
            yield reminder_id, lead_id, moved


def follow_zones(tx: WorkspaceConnection, owner_id: int | None = None) -> int:
    """Set those reminders to the moment at which the wall clock shows what was meant; return how many there were.

    No person has changed anything: neither version nor timeline of a lead tells of it.
    """
    moved = tuple(moved_by_zones(tx, owner_id))
    for reminder_id, _lead_id, due in moved:
        tx.connection.execute(
            update(tables.reminder).where(with_ids(tx, tables.reminder, [reminder_id])).values(due=due)
        )
    leads = list(dict.fromkeys(lead_id for _reminder_id, lead_id, _due in moved))
    for lead_id in leads:
        tx.connection.execute(
            update(tables.lead)
            .where(with_ids(tx, tables.lead, [lead_id]))
            .values(next_at=next_due(tx, lead_id))
        )
    changes.record(tx, "reminder", [reminder_id for reminder_id, *_rest in moved])
    changes.record(tx, "lead", leads)
    return len(moved)


def get(tx: WorkspaceConnection, reminder_id: int) -> Reminder | None:
    """One reminder, whatever its state."""
    row = tx.connection.execute(
        select(tables.reminder).where(_columns.workspace_id == tx.workspace_id, _columns.id == reminder_id)
    ).one_or_none()
    return None if row is None else reminder_from(row)


def pending_of_lead(tx: WorkspaceConnection, lead_id: int) -> tuple[Reminder, ...]:
    """The lead's pending reminders, earliest first."""
    rows = tx.connection.execute(
        select(tables.reminder)
        .where(
            _columns.workspace_id == tx.workspace_id,
            _columns.lead_id == lead_id,
            _columns.state == ReminderState.PENDING.value,
        )
        .order_by(_columns.due, _columns.id)
    )
    return tuple(reminder_from(row) for row in rows)


def next_due(tx: WorkspaceConnection, lead_id: int) -> datetime | None:
    """When the lead's earliest pending reminder is due."""
    return tx.connection.execute(
        select(func.min(_columns.due)).where(
            _columns.workspace_id == tx.workspace_id,
            _columns.lead_id == lead_id,
            _columns.state == ReminderState.PENDING.value,
        )
    ).scalar()


def next_of_owner(tx: WorkspaceConnection, owner_id: int, after: datetime) -> datetime | None:
    """When the first of the person's pending reminders comes due that does after that moment."""
    return tx.connection.execute(
        select(func.min(_columns.due)).where(
            _columns.workspace_id == tx.workspace_id,
            _columns.owner_id == owner_id,
            _columns.state == ReminderState.PENDING.value,
            _columns.kind != ReminderKind.ATTEMPT.value,
            _columns.due > after,
        )
    ).scalar()


@dataclass(frozen=True, slots=True)
class DueReminder:
    """A reminder that has come due, without whom it is about. Times are aware UTC."""

    id: int
    due: datetime
    rung_at: datetime | None


def due_of_owner(tx: WorkspaceConnection, owner_id: int, now: datetime) -> tuple[DueReminder, ...]:
    """As `due_for`, all of them and of none more than when."""
    rows = tx.connection.execute(
        select(_columns.id, _columns.due, _columns.rung_at)
        .where(
            _columns.workspace_id == tx.workspace_id,
            _columns.owner_id == owner_id,
            _columns.state == ReminderState.PENDING.value,
            _columns.kind != ReminderKind.ATTEMPT.value,
            _columns.due <= now,
        )
        .order_by(_columns.due, _columns.id)
    )
    return tuple(DueReminder(*row) for row in rows)


def due_for(
    tx: WorkspaceConnection, owner_id: int, now: datetime, limit: int = 1_000
) -> tuple[ReminderOfLead, ...]:
    """The person's pending reminders that have come due, earliest first; not the attempts that a status planned.

    Where there are more than `limit`, the newest of them: what comes due now rings, whatever lies behind.
    """
    newest_first = _with_leads(
        tx,
        _of_owner(tx.workspace_id, owner_id)
        .where(
            _columns.state == ReminderState.PENDING.value,
            _columns.kind != ReminderKind.ATTEMPT.value,
            _columns.due <= now,
        )
        .order_by(_columns.due.desc(), _columns.id.desc())
        .limit(limit),
    )
    return newest_first[::-1]


def of_owner(
    tx: WorkspaceConnection, owner_id: int, ended_since: datetime, limit: int = 5_000
) -> tuple[ReminderOfLead, ...]:
    """The person's pending reminders and those ended after `ended_since`, by time."""
    return _with_leads(
        tx,
        _of_owner(tx.workspace_id, owner_id)
        .where(
            or_(
                _columns.state == ReminderState.PENDING.value,
                and_(_columns.state != ReminderState.PENDING.value, _columns.ended_at > ended_since),
            )
        )
        .order_by(_columns.due, _columns.id)
        .limit(limit),
    )


def promised_leads(tx: WorkspaceConnection, owner_id: int) -> set[int]:
    """The leads to whom this person has promised a callback that is pending."""
    rows = tx.connection.execute(
        select(_columns.lead_id)
        .where(
            _columns.workspace_id == tx.workspace_id,
            _columns.owner_id == owner_id,
            _columns.state == ReminderState.PENDING.value,
            _columns.kind == ReminderKind.CALLBACK.value,
        )
        .distinct()
    )
    return set(rows.scalars())


def planned_attempts(tx: WorkspaceConnection, owner_id: int) -> dict[int, datetime]:
    """When the next attempt is planned, by the lead, for the leads of this person."""
    rows = tx.connection.execute(
        select(_columns.lead_id, _columns.due).where(
            _columns.workspace_id == tx.workspace_id,
            _columns.owner_id == owner_id,
            _columns.state == ReminderState.PENDING.value,
            _columns.kind == ReminderKind.ATTEMPT.value,
        )
    )
    return {row.lead_id: row.due for row in rows}


def reminder_from(row: Row[Any]) -> Reminder:
    """The domain's reminder from a row that holds all columns of the table."""
    return Reminder(
        id=row.id,
        lead_id=row.lead_id,
        owner_id=row.owner_id,
        due=row.due,
        wall=datetime.fromisoformat(row.wall),
        zone=row.zone,
        kind=ReminderKind(row.kind),
        state=ReminderState(row.state),
        note=row.note,
        created_at=row.created_at,
        created_by=row.created_by,
        rung_at=row.rung_at,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
        replaces_id=row.replaces_id,
        follow_up_id=row.follow_up_id,
        repeats=read_kept(row.repeats) if row.repeats else None,
        escalated=row.escalated,
    )


def _of_owner(workspace_id: int, owner_id: int) -> Select[Any]:
    lead = tables.lead.c
    return (
        select(
            tables.reminder,
            lead.name.label("lead_name"),
            lead.phone.label("lead_phone"),
            lead.status_id.label("lead_status"),
            lead.channel_latest_id.label("lead_channel"),
            lead.owner_id.label("lead_owner"),
            lead.owner_at.label("lead_owner_at"),
            do_not_call.forbidden().label("lead_do_not_call"),
        )
        .join(tables.lead, lead.id == _columns.lead_id)
        .where(_columns.workspace_id == workspace_id, _columns.owner_id == owner_id)
    )


def _with_leads(tx: WorkspaceConnection, query: Select[Any]) -> tuple[ReminderOfLead, ...]:
    return tuple(
        ReminderOfLead(
            reminder_from(row),
            row.lead_name,
            row.lead_phone,
            row.lead_status,
            row.lead_channel,
            row.lead_owner,
            row.lead_owner_at,
            row.lead_do_not_call,
        )
        for row in tx.connection.execute(query)
    )
