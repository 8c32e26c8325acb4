"""Reminders: what is due, and the three ways in which a person ends one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from leadtui.domain.escalation import Going, next_going
from leadtui.domain.follow_up import REMINDER_FIELD
from leadtui.domain.lead import ActivityDetail, ActivityKind, Lead
from leadtui.domain.lead_fields import CHANNEL
from leadtui.domain.permission import Permission
from leadtui.domain.reminder import Reminder, ReminderKind, ReminderState
from leadtui.domain.visibility import without_numbers
from leadtui.errors import Invalid, NotFound, Refused
from leadtui.language.repetition import Repetition, kept_text
from leadtui.language.text import clean
from leadtui.language.translate import _, pgettext
from leadtui.services.call_windows import require_window
from leadtui.services.drafts import REMIND_DRAFT
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.store import activities, drafts, journal, leads, reminders
from leadtui.store.reminders import ReminderOfLead

DONE_SHOWN = timedelta(days=7)
"""How long an ended reminder stays in the list."""


class ReminderGroup(StrEnum):
    """The groups of the list of reminders, in its order."""

    MISSED = "missed"
    DUE = "due"
    TODAY = "today"
    LATER = "later"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class ListedReminder:
    """A reminder of the person who asks, with its group and its lead's name and number.

    Of a lead that the person no longer sees, or sees without numbers, only that is told.
    """

    group: ReminderGroup
    reminder: Reminder
    lead_name: str
    phone: str
    status_id: int | None
    channel_id: int | None
    numbers_hidden: bool = False
    do_not_call: bool = False
    going: Going | None = None
    """Where it goes next if nobody answers it."""
    elsewhere: bool = False
    """Whether the customer is in nobody's or another's cartable: the person's own does not count it."""


def list_reminders(session: Session) -> tuple[ListedReminder, ...]:
    """The person's reminders by group: missed, due, today, later, and what was done in the last days."""
    with session.read(Permission.SEE_CARTABLE) as tx:
        found = reminders.of_owner(tx, tx.desk_of, tx.now - DONE_SHOWN) if tx.sees_desk else ()
    listed = [_listed(tx, each) for each in found]
    order = list(ReminderGroup)
    listed.sort(key=lambda each: (order.index(each.group), each.reminder.due, each.reminder.id))
    return tuple(listed)


def find_reminder(session: Session, reminder_id: int) -> Reminder:
    """One of the person's own reminders, also one that has ended. Raises NotFound."""
    with session.read(frozenset({Permission.SEE_CARTABLE, Permission.REMIND})) as tx:
        reminder = _own(tx, reminder_id)
        return tx.show_reminder(reminder, leads.get(tx, reminder.lead_id).owner_id)


def due_reminders(session: Session) -> tuple[ListedReminder, ...]:
    """The person's reminders that have come due and that nobody has ended, earliest first."""
    with session.read(Permission.SEE_CARTABLE) as tx:
        found = reminders.due_for(tx, tx.desk_of, tx.now) if tx.sees_desk else ()
    return tuple(_listed(tx, each) for each in found)


def next_due(session: Session) -> datetime | None:
    """When the next of the person's reminders comes due; None where nothing is planned."""
    with session.read(Permission.SEE_CARTABLE) as tx:
        return reminders.next_of_owner(tx, tx.desk_of, tx.now) if tx.sees_desk else None


def mark_shown(session: Session, reminder_ids: Sequence[int]) -> None:
    """Note that a terminal has shown these reminders. That changes nothing for anybody: they stay pending."""
    if reminder_ids:
        with session.write() as tx:
            reminders.mark_rung(tx, reminder_ids, tx.now)


def follow_zones(session: Session) -> int:
    """Set the person's reminders anew where the rules of their zones have changed; return how many there were.

    What was meant is the wall clock. Reminders that were shown stay as they are.
    """
    with session.read() as tx:
        if next(reminders.moved_by_zones(tx, tx.actor.id), None) is None:
            return 0
    with session.write() as tx:
        return reminders.follow_zones(tx, tx.actor.id)


def set_reminder(
    session: Session,
    lead_id: int,
    due: datetime,
    note: str = "",
    *,
    promised: bool = False,
    repeats: Repetition | None = None,
    asked: bool = False,
) -> int:
    """Set a reminder on a lead for oneself and return its id. `due` is aware UTC, the first time where it `repeats`.

    Raises Invalid where the time has passed, NotInWindow where the lead is not rung then and the person was not `asked`. The
    times that follow by a rule come when that says.
    """
    with session.write(Permission.REMIND) as tx:
        _require_future(due, tx.now)
        lead = tx.lead(lead_id, Permission.REMIND)
        if not asked:
            require_window(tx, lead, due)
        with journal.record(tx, lead_id, tx.actor.id, tx.now) as step:
            reminder_id = reminders.add(
                tx,
                lead_id=lead_id,
                owner_id=tx.actor.id,
                due=due,
                zone=tx.workspace.zone,
                kind=ReminderKind.CALLBACK if promised else ReminderKind.REMINDER,
                note=clean(note),
                created_at=tx.now,
                created_by=tx.actor.id,
                repeats=repeats,
            )
            step.activity_id = _leave_trace(tx, lead, ActivityKind.REMINDER_SET, due, None, note, repeats)
        drafts.discard(tx, tx.actor.id, REMIND_DRAFT, lead_id)
    return reminder_id


def acknowledge(session: Session, reminder_id: int) -> Reminder | None:
    """End a reminder as done; return the next one where it repeats. Raises Refused where it has ended already."""
    return _end(session, reminder_id, ReminderState.ACKNOWLEDGED, ActivityKind.REMINDER_DONE)


def skip(session: Session, reminder_id: int) -> Reminder:
    """Leave out this time of a reminder that repeats and return the next one.

    Raises Refused where it does not repeat, or has ended already.
    """
    following = _end(session, reminder_id, ReminderState.RESCHEDULED, ActivityKind.REMINDER_SKIPPED)
    assert following is not None
    return following


def cancel(session: Session, reminder_id: int) -> None:
    """End a reminder that is no longer wanted, for good where it repeats. Raises Refused where it has ended already."""
    _end(session, reminder_id, ReminderState.CANCELLED, ActivityKind.REMINDER_CANCELLED)


def snooze(session: Session, reminder_id: int, until: datetime, *, asked: bool = False) -> int:
    """Move a reminder to another time, once where it repeats, and return the new one's id. `until` is aware UTC.

    Raises Invalid where the time has passed, Refused where the reminder has ended already, and NotInWindow where the lead
    is not rung then and the person was not `asked`.
    """
    with session.write(Permission.REMIND) as tx:
        _require_future(until, tx.now)
        old = _pending(tx, reminder_id)
        lead = leads.get(tx, old.lead_id)
        if not asked:
            require_window(tx, lead, until)
        with journal.record(tx, lead.id, tx.actor.id, tx.now) as step:
            reminders.end(tx, [old.id], ReminderState.RESCHEDULED, tx.now, tx.actor.id)
            new_id = reminders.add(
                tx,
                lead_id=old.lead_id,
                owner_id=old.owner_id,
                due=until,
                zone=tx.workspace.zone,
                kind=old.kind,
                note=clean(old.note),
                created_at=tx.now,
                created_by=tx.actor.id,
                replaces_id=old.id,
                follow_up_id=old.follow_up_id,
                repeats=old.repeats,
            )
            step.activity_id = _leave_trace(tx, lead, ActivityKind.REMINDER_MOVED, until, old.due, old.note)

    return new_id


def group_of(reminder: Reminder, now: datetime, zone: str) -> ReminderGroup:
    """Where a reminder stands in the list, as of `now` (aware) and the day of the IANA `zone`."""
    if reminder.state is not ReminderState.PENDING:
        return ReminderGroup.DONE
    if reminder.is_missed(now):
        return ReminderGroup.MISSED
    if reminder.is_due(now):
        return ReminderGroup.DUE
    local = ZoneInfo(zone)
    same_day = reminder.due.astimezone(local).date() == now.astimezone(local).date()
    return ReminderGroup.TODAY if same_day else ReminderGroup.LATER


def _listed(tx: Transaction, found: ReminderOfLead) -> ListedReminder:
    group = group_of(found.reminder, tx.now, tx.workspace.zone)
    shown = tx.show_reminder(found.reminder, found.lead_owner_id)
    if not tx.visibility.can_see(found.lead_owner_id):
        gone = pgettext("customer", "a customer in another cartable")
        return ListedReminder(group, shown, gone, "", None, None, numbers_hidden=True, elsewhere=True)
    hidden = not tx.visibility.can_see_numbers(found.lead_owner_id)
    return ListedReminder(
        group=group,
        reminder=shown,
        lead_name=without_numbers(found.lead_name) if hidden else found.lead_name,
        phone="" if hidden else found.phone,
        status_id=found.status_id,
        channel_id=None if CHANNEL in tx.visibility.hidden else found.channel_id,
        numbers_hidden=hidden,
        do_not_call=found.do_not_call,
        going=_going(tx, found),
        elsewhere=found.lead_owner_id != found.reminder.owner_id,
    )


def _going(tx: Transaction, found: ReminderOfLead) -> Going | None:
    status = tx.definitions.status(found.status_id)
    if status is None:
        return None
    rule, definitions = status.escalation, tx.definitions
    return next_going(found.reminder, found.lead_owner_id, found.lead_owner_at, rule, definitions)


def _end(session: Session, reminder_id: int, state: ReminderState, kind: ActivityKind) -> Reminder | None:
    """End it, and set the next one where it repeats and is not cancelled; return that."""
    with session.write(Permission.REMIND) as tx:
        reminder = _pending(tx, reminder_id)
        days = tx.format_context().working_days
        again = None if state is ReminderState.CANCELLED else reminder.next_due(tx.now, days)
        if kind is ActivityKind.REMINDER_SKIPPED and again is None:
            raise Refused(_("That reminder does not come again; move it or cancel it."))
        lead = leads.get(tx, reminder.lead_id)
        following: int | None = None
        with journal.record(tx, lead.id, tx.actor.id, tx.now) as step:
            reminders.end(tx, [reminder.id], state, tx.now, tx.actor.id)
            if again is not None:
                following = reminders.add_next(tx, reminder, again, reminder.owner_id, tx.now, tx.actor.id)
            step.activity_id = _leave_trace(
                tx, lead, kind, again, reminder.due, reminder.note, reminder.repeats
            )
        return None if following is None else reminders.get(tx, following)


def _own(tx: Transaction, reminder_id: int) -> Reminder:
    reminder = reminders.get(tx, reminder_id)
    if reminder is None or reminder.owner_id != tx.actor.id:
        raise NotFound(_("You have no reminder {id}.").format(id=reminder_id))
    return reminder


def _pending(tx: Transaction, reminder_id: int) -> Reminder:
    reminder = _own(tx, reminder_id)
    if reminder.state is not ReminderState.PENDING:
        raise Refused(_("That reminder has ended already."))
    return reminder


def _require_future(due: datetime, now: datetime) -> None:
    if due <= now:
        raise Invalid(_("That time has passed; a reminder needs a time to come."), REMINDER_FIELD)


def _leave_trace(
    tx: Transaction,
    lead: Lead,
    kind: ActivityKind,
    at: datetime | None,
    was: datetime | None,
    note: str,
    repeats: Repetition | None = None,
) -> int:
    """Tell it in the timeline, raise the lead's version, and return the id of the activity."""
    rule = kept_text(repeats) if repeats else ""
    detail = ActivityDetail(text=clean(note), reminder_at=at, reminder_was=was, repeats=rule)
    activity_id = activities.add(tx, lead.id, kind, tx.now, tx.actor.id, detail)
    leads.change(tx, lead)
    return activity_id
