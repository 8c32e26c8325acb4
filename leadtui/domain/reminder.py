"""A reminder: a time at which a person is told of a customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from leadtui.language.repetition import Repetition, WorkingDays


class ReminderKind(StrEnum):
    """Whether the time is for oneself, was promised to the customer, or planned by a status for the next attempt.

    An attempt shows as due when its time has come, but never alerts.
    """

    REMINDER = "reminder"
    CALLBACK = "callback"
    ATTEMPT = "attempt"


class ReminderState(StrEnum):
    """A reminder is pending until a person ends it in one of three ways."""

    PENDING = "pending"
    ACKNOWLEDGED = "acknowledged"
    CANCELLED = "cancelled"
    RESCHEDULED = "rescheduled"


MISSED_AFTER = timedelta(minutes=2)
"""A reminder that no terminal showed within this time of its being due was missed."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """`due` is UTC; `wall` is the naive local time that the person meant, in `zone`.

    `rung_at` is when a terminal first showed it; that ends nothing. `follow_up_id` is the step that set it,
    None for one that a person set by itself. One that `repeats` is followed by another when it is done or skipped.
    `escalated` is how far it has gone, as domain/escalation.py counts it.
    """

    id: int
    lead_id: int
    owner_id: int
    due: datetime
    wall: datetime
    zone: str
    kind: ReminderKind = ReminderKind.REMINDER
    state: ReminderState = ReminderState.PENDING
    note: str = ""
    created_at: datetime | None = None
    created_by: int | None = None
    rung_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: int | None = None
    replaces_id: int | None = None
    follow_up_id: int | None = None
    repeats: Repetition | None = None
    escalated: int = 0

    def next_due(self, now: datetime, days: WorkingDays) -> datetime | None:
        """When (UTC) one that is done or skipped at `now` (aware) comes again; None where it does not.

        By the clocks of its zone, and never before its own time: what was missed meanwhile is not made up for.
        """
        return self.repeats.due_after(max(now, self.due), self.zone, days) if self.repeats else None

    def is_due(self, now: datetime) -> bool:
        """Whether its time has come and nobody has ended it."""
        return self.state is ReminderState.PENDING and self.due <= now

    def is_missed(self, now: datetime) -> bool:
        """Whether it came due while no terminal of its owner was open. An attempt is shown by none."""
        if self.kind is ReminderKind.ATTEMPT:
            return False
        shown = self.rung_at or now
        return self.is_due(now) and shown - self.due > MISSED_AFTER


def wall_clock(due: datetime, zone: str) -> datetime:
    """The naive local time of `due` (aware) in the IANA `zone`."""
    return due.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def due_by_wall_clock(wall: datetime, zone: str, due: datetime) -> datetime:
    """When the wall clock in `zone` shows `wall` (naive) by the rules that the zone has today, in UTC.

    It is `due`, for which it was reckoned before, where that is still right: an hour that comes twice has two such
    moments. A zone that is not known any more changes nothing.
    """
    try:
        rules = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return due
    first, second = (wall.replace(tzinfo=rules, fold=fold).astimezone(UTC) for fold in (0, 1))
    return due if due in (first, second) else first
