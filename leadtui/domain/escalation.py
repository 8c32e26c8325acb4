"""Escalation: an overdue reminder that nobody answers goes to a supervisor, and its customer then to nobody's cartable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from leadtui.domain.permission import Permission
from leadtui.domain.reminder import Reminder, ReminderKind, ReminderState
from leadtui.domain.status import EscalationRule
from leadtui.domain.workspace import Colleague, Definitions, Workspace

LONGEST_OVERDUE = 30 * 24 * 60
"""Minutes that a rule may wait at the most."""


class Escalated(IntEnum):
    """How far a reminder has gone. The numbers are kept."""

    NOT = 0
    TO_SUPERVISOR = 1
    TO_NOBODY = 2


@dataclass(frozen=True, slots=True)
class Going:
    """Where a reminder goes next, and when (aware UTC)."""

    to: Escalated
    at: datetime


def over_at(since: datetime, minutes: int, workspace: Workspace) -> datetime | None:
    """When so many minutes from an aware moment on are over: those of its hours of work, of the clock where it has none."""
    length, work = timedelta(minutes=minutes), workspace.work
    return work.after_open_time(since, length, workspace.zone) if work.week else since + length


def over_since(now: datetime, minutes: int, workspace: Workspace) -> datetime | None:
    """The last moment of which so many minutes are over by now, counted as `over_at` does."""
    length, work = timedelta(minutes=minutes), workspace.work
    return work.before_open_time(now, length, workspace.zone) if work.week else now - length


def going(
    reminder: Reminder,
    rule: EscalationRule,
    owner_at: datetime | None,
    workspace: Workspace,
    *,
    supervised: bool,
) -> Going | None:
    """Where a pending reminder of a customer of its owner's cartable goes next if nobody answers it; None for nowhere.

    Minutes count while the workspace works, from its being due or from `owner_at`, when the customer came to whoever has
    it by now, if that was later. An attempt that a status planned goes nowhere. `supervised` says that there is a
    supervisor for the owner.
    """
    if reminder.kind is ReminderKind.ATTEMPT:
        return None
    since = max(reminder.due, owner_at or reminder.due)
    if rule.supervisor_after and supervised and reminder.escalated < Escalated.TO_SUPERVISOR:
        to, minutes = Escalated.TO_SUPERVISOR, rule.supervisor_after
    elif rule.pool_after and reminder.escalated < Escalated.TO_NOBODY:
        to, minutes = Escalated.TO_NOBODY, rule.pool_after
    else:
        return None
    at = over_at(since, minutes, workspace)
    return None if at is None else Going(to, at)


def next_going(
    reminder: Reminder,
    owner_id: int | None,
    owner_at: datetime | None,
    rule: EscalationRule,
    definitions: Definitions,
) -> Going | None:
    """As `going`, of a reminder of a customer who is in the cartable of `owner_id`; None also where that is none's duty.

    Of somebody else's customer a reminder is the person's own; a supervisor's goes to no other one.
    """
    if not rule or reminder.state is not ReminderState.PENDING or owner_id is None:
        return None
    if owner_id != reminder.owner_id and reminder.escalated != Escalated.TO_SUPERVISOR:
        return None
    supervisors = [each.id for each in definitions.colleagues if supervises(each)]
    supervised = bool(supervisors) and reminder.owner_id not in supervisors
    return going(reminder, rule, owner_at, definitions.workspace, supervised=supervised)


def supervises(person: Colleague) -> bool:
    """Whether overdue reminders of others go to that person: somebody who works here and sees everybody's day."""
    return not person.is_service and person.may(Permission.SEE_ALL_DAYS) and person.may(Permission.TRANSFER)
