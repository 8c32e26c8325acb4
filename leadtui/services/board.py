"""The board of a team: what each colleague did in a period and has left, and what needs somebody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from statistics import median, quantiles

from leadtui.domain.permission import Permission
from leadtui.domain.reminder import Reminder, ReminderKind
from leadtui.language import calendar
from leadtui.services import presence
from leadtui.services.day import Left, bounds, left_of, work_done
from leadtui.services.reminders import ReminderGroup, group_of
from leadtui.services.session import Session, Transaction
from leadtui.store import board, leads
from leadtui.store.board import FirstContact, Waiting

TOUCHED_WITHIN = timedelta(hours=1)
"""Who has a new customer longer without ringing them or giving a status keeps them waiting."""

STALLED_AFTER = timedelta(days=14)
"""A customer whom nobody contacts for as long, and of whom nobody is reminded, is forgotten."""


class Concern(StrEnum):
    """What needs somebody, in the order of the board."""

    UNHEARD = "unheard"
    """Reminders that are due with a colleague who does not work here any more."""
    PROMISED = "promised"
    """Calls that were promised and are overdue."""
    NOBODYS = "nobodys"
    """New leads in nobody's cartable."""
    LEFT_BEHIND = "left-behind"
    """Customers of a colleague who does not work here any more."""
    STALLED = "stalled"
    """Customers whose work has stopped: see STALLED_AFTER."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was done in the period, and what is left now. Times of the first contact are in seconds, None without one.

    `untouched` are new customers that wait longer than TOUCHED_WITHIN.
    """

    calls: int
    reached: int
    worked: int
    meetings: int
    left: Left
    missed: int
    untouched: int
    contact_median: float | None
    contact_p90: float | None


@dataclass(frozen=True, slots=True)
class AgentLine:
    """One colleague; `on_shift` is whether their desk is open, `lead_id` the customer whom they have open."""

    person_id: int
    on_shift: bool
    lead_id: int | None
    figures: Figures


@dataclass(frozen=True, slots=True)
class ConcernLine:
    """How many there are, since when (aware UTC), and with whom."""

    concern: Concern
    count: int
    oldest: datetime | None
    by_person: Mapping[int | None, int]


@dataclass(frozen=True, slots=True)
class Board:
    """The days from `first` to `last`, both included, of the workspace's zone; what is left and needs somebody is as of `at`."""

    first: date
    last: date
    at: datetime
    agents: Sequence[AgentLine]
    team: Figures
    concerns: Sequence[ConcernLine]


def open_board(session: Session, first: date | None = None, last: date | None = None) -> Board:
    """The board of a period, today's without one. Colleagues who left are on it where they did or have something."""
    with session.read(Permission.SEE_ALL_DAYS) as tx:
        zone = tx.workspace.zone
        today = calendar.local_date(tx.now, zone)
        end = last or max(first or today, today)
        beginning = first or min(end, today)
        since, before = bounds(beginning, zone)[0], bounds(end, zone)[1]
        due = board.due_reminders(tx, tx.now)
        facts = _Facts(
            since,
            before,
            board.first_contacts(tx, since, before),
            Counter(
                each.owner_id
                for each in due
                if each.kind is not ReminderKind.ATTEMPT
                and group_of(each, tx.now, zone) is ReminderGroup.MISSED
            ),
            board.untouched(tx, tx.now - TOUCHED_WITHIN),
        )
        here = presence.open_desks(tx)
        lines = [
            AgentLine(each.id, each.id in here, here.get(each.id), _figures(tx, facts, [each.id]))
            for each in tx.definitions.colleagues
        ]
        active = {each.id for each in tx.definitions.active_colleagues}
        idle = _figures(tx, facts, [])
        agents = [each for each in lines if each.person_id in active or each.figures != idle]
        team = _figures(tx, facts, [each.id for each in tx.definitions.colleagues])
        return Board(beginning, end, tx.now, agents, team, _concerns(tx, facts, due, active))


@dataclass(frozen=True, slots=True)
class _Facts:
    since: datetime
    before: datetime
    contacts: Sequence[FirstContact]
    missed: Mapping[int, int]
    untouched: Mapping[int | None, Waiting]


def _figures(tx: Transaction, facts: _Facts, people: Sequence[int]) -> Figures:
    done = work_done(tx, people, facts.since, facts.before)
    times = [each.seconds for each in facts.contacts if each.actor_id in people]
    return Figures(
        calls=len(done.calls),
        reached=done.reached,
        worked=done.worked,
        meetings=done.meetings,
        left=left_of(tx, people),
        missed=sum(facts.missed.get(each, 0) for each in people),
        untouched=sum(facts.untouched[each].count for each in people if each in facts.untouched),
        contact_median=median(times) if times else None,
        contact_p90=quantiles(times, n=10, method="inclusive")[-1]
        if len(times) > 1
        else next(iter(times), None),
    )


def _concerns(
    tx: Transaction, facts: _Facts, due: Sequence[Reminder], active: set[int]
) -> tuple[ConcernLine, ...]:
    open_ids = [each.id for each in tx.definitions.statuses if not each.final]
    left_behind = {
        owner_id: Waiting(count)
        for owner_id, count in leads.counts_by_owner(tx).items()
        if owner_id is not None and owner_id not in active
    }
    found = {
        Concern.UNHEARD: _by_person(each for each in due if each.owner_id not in active),
        Concern.PROMISED: _by_person(each for each in due if each.kind is ReminderKind.CALLBACK),
        Concern.NOBODYS: {None: facts.untouched[None]} if None in facts.untouched else {},
        Concern.LEFT_BEHIND: left_behind,
        Concern.STALLED: board.stalled(tx, open_ids, tx.now - STALLED_AFTER),
    }
    return tuple(
        ConcernLine(
            concern,
            sum(each.count for each in waiting.values()),
            min((each.oldest for each in waiting.values() if each.oldest is not None), default=None),
            {person_id: each.count for person_id, each in waiting.items()},
        )
        for concern, waiting in found.items()
        if waiting
    )


def _by_person(due: Iterable[Reminder]) -> dict[int | None, Waiting]:
    waiting: dict[int | None, Waiting] = {}
    for each in due:
        was = waiting.get(each.owner_id, Waiting(0, each.due))
        waiting[each.owner_id] = Waiting(was.count + 1, min(was.oldest or each.due, each.due))
    return waiting
