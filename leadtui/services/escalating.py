"""Escalation: overdue reminders that nobody answers go to a supervisor, their customers then to nobody's cartable."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import partial

from leadtui.domain.escalation import Escalated, over_since, supervises
from leadtui.domain.lead import ActivityDetail, ActivityKind
from leadtui.domain.reminder import Reminder
from leadtui.domain.status import EscalationRule
from leadtui.services.presence import on_shift
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.store import activities, journal, leads, reminders

AT_ONCE = 100
"""Reminders that are passed on in one transaction."""


@dataclass(frozen=True, slots=True)
class PassedOn:
    """A reminder that has gone on: whose it was, whose it is now, and whether its customer is nobody's by it.

    It is of a customer whom the person sees, and told as they see that one.
    """

    reminder: Reminder
    to: Escalated
    owner_id: int
    lead_name: str


def is_anything_overdue(session: Session) -> bool:
    """Whether a reminder is to go on by now; where no status says when, no reminder is read."""
    with session.read() as tx:
        return bool(_found(tx, 1))


def escalate(session: Session, *, dry_run: bool = False) -> tuple[PassedOn, ...]:
    """Pass on every reminder that is overdue for as long as the status of its customer says; each goes once.

    Whichever desk is open does it, whoever's: it is the workspace's rule, and needs no permission. What is told of it is what
    concerns customers whom the person sees. `dry_run` says what would go, and writes nothing.
    """
    if dry_run:
        with session.read() as tx:
            found = _found(tx, 10 * AT_ONCE)
            getters = _Supervisors(tx)
            going = [PassedOn(each, to, getters.of(each.owner_id), "") for each, to in found]
            return tuple(_told(tx, each) for each in going if _is_seen(tx, each))
    passed: list[PassedOn] = []
    # Where nothing is to go, which is nearly always, nobody who saves waits for this.
    while is_anything_overdue(session):
        with session.write() as tx:
            found, getters = _found(tx, AT_ONCE), _Supervisors(tx)
            going = [PassedOn(each, to, getters.of(each.owner_id), "") for each, to in found]
            seen = [_told(tx, each) for each in going if _is_seen(tx, each)]
            for each in going:
                _pass_on(tx, each)
            passed += seen
        if not found:  # another desk was quicker
            break
    return tuple(passed)


def _rules(tx: Transaction) -> dict[int, EscalationRule]:
    return {each.id: each.escalation for each in tx.definitions.statuses if each.escalation}


def _found(tx: Transaction, limit: int) -> tuple[tuple[Reminder, Escalated], ...]:
    rules = _rules(tx)
    if not rules:
        return ()
    people = [each.id for each in tx.definitions.colleagues]
    supervisors = [each.id for each in tx.definitions.colleagues if supervises(each)]
    since = partial(over_since, tx.now, workspace=tx.workspace)
    return reminders.to_escalate(tx, rules, people, supervisors, since, limit)


class _Supervisors:
    """Who gets overdue reminders: of those whose desk is open, else of all, whoever has got the fewest so far."""

    def __init__(self, tx: Transaction) -> None:
        here = on_shift(tx)
        self._all = [each.id for each in tx.definitions.colleagues if supervises(each)]
        self._first = [each for each in self._all if each in here] or self._all
        self._got: Counter[int] = Counter()

    def of(self, owner_id: int) -> int:
        """The supervisor for a reminder of that person, who keeps it where there is none or who is one."""
        if owner_id in self._all or not self._first:
            return owner_id
        chosen = min(self._first, key=lambda each: (self._got[each], each))
        self._got[chosen] += 1
        return chosen


def _pass_on(tx: Transaction, passed: PassedOn) -> None:
    reminder, to, owner_id = passed.reminder, passed.to, passed.owner_id
    lead = leads.get(tx, reminder.lead_id)
    # Whoever's desk is open has not decided it: the step is nobody's to take back as their last one.
    with journal.record(tx, lead.id, tx.actor.id, tx.now, group_id=journal.BY_THE_PROGRAM) as step:
        reminders.escalate(tx, reminder.id, owner_id, to)
        detail = ActivityDetail(
            reminder_was=reminder.due,
            owner_from_id=reminder.owner_id,
            owner_to_id=owner_id if to is Escalated.TO_SUPERVISOR else None,
        )
        step.activity_id = activities.add(tx, lead.id, ActivityKind.ESCALATED, tx.now, None, detail)
        if to is Escalated.TO_NOBODY:
            leads.change(tx, lead, owner_id=None, owner_at=None)
        else:
            leads.change(tx, lead)


def _is_seen(tx: Transaction, passed: PassedOn) -> bool:
    return tx.visibility.can_see(leads.get(tx, passed.reminder.lead_id).owner_id)


def _told(tx: Transaction, passed: PassedOn) -> PassedOn:
    """What is passed on, as the person may see it before it goes."""
    lead = leads.get(tx, passed.reminder.lead_id)
    shown = tx.show_reminder(passed.reminder, lead.owner_id)
    return replace(passed, reminder=shown, lead_name=tx.show(lead).name)
