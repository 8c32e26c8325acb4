"""A person's own day, or a colleague's, or everybody's: calls, customers worked, reached, meetings set, what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from leadtui.domain.cartable import CartablePart, part_of, urgency
from leadtui.domain.field import FieldKind
from leadtui.domain.permission import Permission
from leadtui.domain.status import CartableRule, Status, StatusKind
from leadtui.domain.workspace import Colleague, Definitions
from leadtui.errors import NotFound
from leadtui.language import calendar
from leadtui.language.translate import _
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.store import follow_ups, leads
from leadtui.store.follow_ups import DoneCall, DoneFollowUp

TALKED_SECONDS = 60
"""A call that took at least as long, its ringing included, was a conversation."""

EVERYBODY = 0
"""Stands for all people in the place of a person's id."""


@dataclass(frozen=True, slots=True)
class HourOfDay:
    """What was done in the hour that begins at `hour` o'clock of the workspace's zone."""

    hour: int
    calls: int
    follow_ups: int


@dataclass(frozen=True, slots=True)
class Left:
    """What still waits, counted as the parts of the cartables are."""

    today: int
    overdue: int
    never_called: int
    nothing_planned: int


@dataclass(frozen=True, slots=True)
class Day:
    """What a person did on a day of the workspace's zone; `person_id` is None for everybody.

    `worked` are customers who were given a status, `reached` those of whom `reaches` or the length of a call says
    that somebody spoke with them, `meetings` follow-ups with a status that `is_meeting`, `unplanned` customers whom a step of
    that day left without a next one. `by_status` counts follow-ups, most
    first. `hours` goes from the first hour in which something was done to the last. `left` is known of today alone.
    """

    date: date
    person_id: int | None
    calls: int
    talked_seconds: int
    follow_ups: int
    worked: int
    reached: int
    meetings: int
    unplanned: int
    by_status: tuple[tuple[int, int], ...]
    hours: tuple[HourOfDay, ...]
    left: Left | None


def open_day(session: Session, day: date | None = None, person_id: int | None = None) -> Day:
    """A day (today for None) of a person (oneself for None, all of them for EVERYBODY).

    Raises Refused where it is another's day and the profile does not allow that, NotFound.
    """
    with session.read() as tx:
        wanted = tx.actor.id if person_id is None else person_id
        own = wanted == tx.actor.id
        tx.require(
            frozenset({Permission.SEE_OWN_DAY, Permission.SEE_ALL_DAYS}) if own else Permission.SEE_ALL_DAYS
        )
        people, zone = _people(tx, wanted), tx.workspace.zone
        today = calendar.local_date(tx.now, zone)
        shown = day or today
        since, before = bounds(shown, zone)
        done = work_done(tx, people, since, before)
        left = left_of(tx, people) if shown == today else None
    statuses = {each.id: each for each in tx.definitions.statuses}
    counts = Counter(each.status_id for each in done.follow_ups)
    return Day(
        date=shown,
        person_id=None if wanted == EVERYBODY else wanted,
        calls=len(done.calls),
        talked_seconds=sum(each.seconds for each in done.calls),
        follow_ups=len(done.follow_ups),
        worked=len(done.worked),
        reached=len(done.reached),
        meetings=len(done.meetings),
        unplanned=len({each.lead_id for each in done.follow_ups if each.unplanned}),
        by_status=tuple(
            sorted(counts.items(), key=lambda pair: (-pair[1], statuses[pair[0]].position, pair[0]))
        ),
        hours=_hours(done.follow_ups, done.calls, zone),
        left=left,
    )


@dataclass(frozen=True, slots=True)
class WorkDone:
    """What some people did in a time. `worked` and `reached` are customers, by id; `meetings` one for each that was set."""

    follow_ups: Sequence[DoneFollowUp]
    calls: Sequence[DoneCall]
    worked: frozenset[int]
    reached: frozenset[int]
    meetings: Sequence[int]

    @classmethod
    def of(cls, defined: Definitions, done: Sequence[DoneFollowUp], calls: Sequence[DoneCall]) -> WorkDone:
        """What these follow-ups and calls come to."""
        statuses = {each.id: each for each in defined.statuses}
        reaching = {each.id for each in defined.statuses if reaches(each)}
        talked = {each.lead_id for each in calls if each.seconds >= TALKED_SECONDS}
        return cls(
            done,
            calls,
            worked=frozenset(each.lead_id for each in done),
            reached=frozenset(
                each.lead_id for each in done if each.status_id in reaching and not each.attempt
            )
            | talked,
            meetings=[each.lead_id for each in done if is_meeting(statuses[each.status_id])],
        )

    def by(self, defined: Definitions, person_id: int) -> WorkDone:
        """That of one of them."""
        return WorkDone.of(
            defined,
            [each for each in self.follow_ups if each.actor_id == person_id],
            [each for each in self.calls if each.actor_id == person_id],
        )


def work_done(tx: Transaction, people: Sequence[int], since: datetime, before: datetime) -> WorkDone:
    """What these people did from `since` until `before` (aware)."""
    done = follow_ups.follow_ups(tx, people, since, before)
    return WorkDone.of(tx.definitions, done, follow_ups.calls(tx, people, since, before))


def people_of_days(session: Session) -> tuple[Colleague | None, ...]:
    """Whose days the person may see: their own first, then everybody's (None), then each colleague's."""
    if not session.actor.may(Permission.SEE_ALL_DAYS):
        return (session.actor,)
    others = (each for each in session.definitions.people if each.id != session.actor.id)
    return (session.actor, None, *others)


def is_meeting(status: Status) -> bool:
    """Whether the status sets a meeting: it asks for a day and a time of day, and the work goes on with it."""
    kinds = {each.kind for each in status.fields}
    return status.kind is StatusKind.OPEN and {FieldKind.DATE, FieldKind.TIME} <= kinds


def reaches(status: Status) -> bool:
    """Whether only a conversation gives the status: it asks something, hands the customer on, or ends the work."""
    return bool(status.fields) or status.cartable is CartableRule.NEXT or status.final


def bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """When a day of the IANA `zone` begins, and when the next one does (aware)."""
    local = ZoneInfo(zone)
    return datetime.combine(day, time(), local), datetime.combine(day + timedelta(days=1), time(), local)


def _people(tx: Transaction, person_id: int) -> list[int]:
    if person_id == EVERYBODY:
        return [each.id for each in tx.definitions.colleagues]
    if tx.definitions.colleague(person_id) is None:
        raise NotFound(_("Nobody with the id {id} works here.").format(id=person_id))
    return [person_id]


def left_of(tx: Transaction, people: Iterable[int]) -> Left:
    """What still waits in the cartables of these people."""
    parts = Counter(
        part_of(urgency(entry, tx.now, tx.workspace.zone))
        for person_id in people
        for entry in leads.cartable(tx, person_id)
    )
    return Left(
        parts[CartablePart.TODAY],
        parts[CartablePart.OVERDUE],
        parts[CartablePart.NEVER_CALLED],
        parts[CartablePart.NOTHING_PLANNED],
    )


def _hours(done: Iterable[DoneFollowUp], calls: Iterable[DoneCall], zone: str) -> tuple[HourOfDay, ...]:
    local = ZoneInfo(zone)
    steps = Counter(each.at.astimezone(local).hour for each in done)
    rung = Counter(each.at.astimezone(local).hour for each in calls)
    worked = {*steps, *rung}
    if not worked:
        return ()
    return tuple(HourOfDay(hour, rung[hour], steps[hour]) for hour in range(min(worked), max(worked) + 1))
