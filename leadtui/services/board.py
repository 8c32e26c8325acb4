"""The board of a team: what each colleague did in a period and has left, and what needs somebody."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from statistics import median, quantiles
from zoneinfo import ZoneInfo

from leadtui.domain.board import Concern, Figure, Listing
from leadtui.domain.cartable import CartablePart
from leadtui.domain.lead_fields import CHANNEL
from leadtui.domain.permission import Permission
from leadtui.domain.reminder import ReminderKind
from leadtui.domain.status import StatusKind
from leadtui.language import calendar
from leadtui.services import presence
from leadtui.services.calls import ASKED_FOR
from leadtui.services.day import TALKED_SECONDS, Left, WorkDone, bounds, reaches, work_done
from leadtui.services.presence import Shift
from leadtui.services.session import Interruption, Session
from leadtui.services.transaction import Transaction
from leadtui.store import board, leads
from leadtui.store.board import CameBy, Due, FirstContact, Reasoned, Waiting
from leadtui.store.follow_ups import DoneCall, DoneFollowUp

TOUCHED_WITHIN = timedelta(hours=1)
"""Who has a new customer longer without ringing them or giving a status keeps them waiting."""

STALLED_AFTER = timedelta(days=14)
"""A customer whom nobody contacts for as long, and of whom nobody is reminded, is forgotten."""

RETURNED_WITHIN = timedelta(days=30)
"""How long who was given back is told apart from whoever waits."""

WITHIN = (timedelta(hours=1), timedelta(days=1), timedelta(days=7))
"""The ages by which those in nobody's cartable are told apart."""


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
    """One colleague; `shift` is since when their desk is open, None where it is not, and which customer is open there."""

    person_id: int
    shift: Shift | None
    figures: Figures

    @property
    def on_shift(self) -> bool:
        """Whether their desk is open, and they are not on a break."""
        return self.shift is not None and self.shift.break_at is None

    @property
    def lead_id(self) -> int | None:
        """The customer whom they have open."""
        return None if self.shift is None else self.shift.lead_id


@dataclass(frozen=True, slots=True)
class ConcernLine:
    """How many there are, since when (aware UTC), and with whom.

    `within` says of those in nobody's cartable how many came in within each of WITHIN, the younger ones among the older;
    `reasons` how often each was given, for returning them or leaving them without a next step.
    """

    concern: Concern
    count: int
    oldest: datetime | None
    by_person: Mapping[int | None, int]
    within: Sequence[int] = ()
    reasons: Mapping[str, int] = field(default_factory=dict[str, int])


@dataclass(frozen=True, slots=True)
class BoardHour:
    """What all did in the hours of the period that begin at `hour` o'clock of the workspace's zone."""

    hour: int
    calls: int
    reached: int


@dataclass(frozen=True, slots=True)
class Board:
    """The days from `first` to `last`, both included, of the workspace's zone; what is left and needs somebody is as of `at`.

    `names` are those of the customers whom somebody has open, as far as the person may see them. `hours` go from the
    first hour in which something was done to the last.
    """

    first: date
    last: date
    at: datetime
    agents: Sequence[AgentLine]
    team: Figures
    concerns: Sequence[ConcernLine]
    names: Mapping[int, str] = field(default_factory=dict[int, str])
    hours: Sequence[BoardHour] = ()
    channels: Sequence[CameBy] = ()
    """Who came in on these days, by entry channel in their order, and what became of them until now."""

    def listing(self, what: Figure | Concern, person_id: int | None = None) -> Listing:
        """The list behind one of its numbers."""
        return Listing(what, person_id, self.first, self.last, self.at)


def open_board(
    session: Session,
    first: date | None = None,
    last: date | None = None,
    *,
    interruption: Interruption | None = None,
) -> Board:
    """The board of a period, today's without one. Colleagues who left are on it where they did or have something.

    Raises Refused, and Interrupted where `interruption` asked for that.
    """
    with session.read(Permission.SEE_BOARD, interruption=interruption) as tx:
        zone = tx.workspace.zone
        today = calendar.local_date(tx.now, zone)
        end = last or max(first or today, today)
        beginning = first or min(end, today)
        everybody = [each.id for each in tx.definitions.colleagues]
        active = {each.id for each in tx.definitions.active_colleagues}
        since, before = bounds(beginning, zone)[0], bounds(end, zone)[1]
        facts = _Facts(
            work_done(tx, everybody, since, before),
            board.first_contacts(tx, since, before),
            board.parts(tx, tx.now, bounds(today, zone)[1]),
            board.due(tx, everybody, tx.now),
            board.untouched(tx, tx.now - TOUCHED_WITHIN),
        )
        here = presence.shifts(tx)
        lines = [
            AgentLine(each, here.get(each), _figures(facts, facts.done.by(tx.definitions, each), [each]))
            for each in everybody
        ]
        idle = _figures(facts, WorkDone.of(tx.definitions, [], []), [])
        agents = [each for each in lines if each.person_id in active or each.figures != idle]
        team = _figures(facts, facts.done, everybody)
        opened = {each.lead_id for each in here.values() if each.lead_id is not None}
        names = {each.id: each.name for each in leads.rows(tx, opened, tx.visibility).values()}
        hours = _hours(tx, facts.done)
        channels = _channels(tx, since, before)
        concerns = _concerns(tx, facts, active)
        return Board(beginning, end, tx.now, agents, team, concerns, names, hours, channels)


def listed(tx: Transaction, listing: Listing) -> array[int]:
    """The ids of the customers whom a number of the board counts, each once, in no order. Raises Refused."""
    tx.require(Permission.SEE_BOARD)
    everybody = [each.id for each in tx.definitions.colleagues]
    people = everybody if listing.person_id is None else [listing.person_id]
    if isinstance(listing.what, Concern):
        return _concerned(tx, listing.what, listing.at)
    return _counted(tx, listing, people)


def _counted(tx: Transaction, listing: Listing, people: Sequence[int]) -> array[int]:
    zone, at = tx.workspace.zone, listing.at
    since, before = bounds(listing.first, zone)[0], bounds(listing.last, zone)[1]
    day_end = bounds(calendar.local_date(at, zone), zone)[1]
    match listing.what:
        case Figure.LEFT:
            return board.in_part(tx, people, CartablePart.TODAY, at, day_end)
        case Figure.OVERDUE:
            return board.in_part(tx, people, CartablePart.OVERDUE, at, day_end)
        case Figure.MISSED:
            return board.reminded(tx, people, at, missed=True)
        case Figure.UNTOUCHED:
            return board.untouched_of(tx, people, at - TOUCHED_WITHIN)
        case Figure.FIRST_CONTACT:
            contacts = board.first_contacts(tx, since, before)
            return array("q", (each.lead_id for each in contacts if each.actor_id in people))
        case _:
            done = work_done(tx, people, since, before)
    found = {
        Figure.CALLS: (each.lead_id for each in done.calls),
        Figure.REACHED: done.reached,
        Figure.WORKED: done.worked,
        Figure.MEETINGS: done.meetings,
    }
    return array("q", set(found[Figure(listing.what)]))


def _concerned(tx: Transaction, concern: Concern, at: datetime) -> array[int]:
    active = {each.id for each in tx.definitions.active_colleagues}
    everybody = [each.id for each in tx.definitions.colleagues]
    gone = [each for each in everybody if each not in active]
    match concern:
        case Concern.UNHEARD:
            return board.reminded(tx, gone, at)
        case Concern.PROMISED:
            return board.reminded(tx, everybody, at, kind=ReminderKind.CALLBACK)
        case Concern.NOBODYS:
            return board.untouched_of_nobody(tx)
        case Concern.LEFT_BEHIND:
            return board.owned_by(tx, gone)
        case Concern.STALLED:
            return board.stalled_ids(tx, _open_statuses(tx), at - STALLED_AFTER)
        case Concern.RETURNED:
            found = board.returned(tx, _open_statuses(tx), at - RETURNED_WITHIN)
            return array("q", (each.lead_id for each in found))
        case Concern.UNPLANNED:
            return array("q", (each.lead_id for each in board.unplanned(tx, _open_statuses(tx))))
        case Concern.NO_OUTCOME:
            rung = board.without_outcome(tx, everybody, at - ASKED_FOR)
            return array("q", {lead_id for lead_id, _actor_id, _at in rung})


@dataclass(frozen=True, slots=True)
class _Facts:
    done: WorkDone
    contacts: Sequence[FirstContact]
    parts: Mapping[int, Mapping[CartablePart, int]]
    due: Sequence[Due]
    untouched: Mapping[int | None, Waiting]


def _figures(facts: _Facts, done: WorkDone, people: Sequence[int]) -> Figures:
    times = [each.seconds for each in facts.contacts if each.actor_id in people]
    parts = Counter[CartablePart]()
    for each in people:
        parts.update(facts.parts.get(each, {}))
    return Figures(
        calls=len(done.calls),
        reached=len(done.reached),
        worked=len(done.worked),
        meetings=len(done.meetings),
        left=Left(
            parts[CartablePart.TODAY],
            parts[CartablePart.OVERDUE],
            parts[CartablePart.NEVER_CALLED],
            parts[CartablePart.NOTHING_PLANNED],
        ),
        missed=sum(each.missed for each in facts.due if each.owner_id in people),
        untouched=sum(facts.untouched[each].count for each in people if each in facts.untouched),
        contact_median=median(times) if times else None,
        contact_p90=quantiles(times, n=10, method="inclusive")[-1]
        if len(times) > 1
        else next(iter(times), None),
    )


def _hours(tx: Transaction, done: WorkDone) -> tuple[BoardHour, ...]:
    local = ZoneInfo(tx.workspace.zone)
    steps: dict[int, list[DoneFollowUp]] = {}
    calls: dict[int, list[DoneCall]] = {}
    for step in done.follow_ups:
        steps.setdefault(step.at.astimezone(local).hour, []).append(step)
    for call in done.calls:
        calls.setdefault(call.at.astimezone(local).hour, []).append(call)
    by_hour = {
        each: WorkDone.of(tx.definitions, steps.get(each, ()), calls.get(each, ())) for each in range(24)
    }
    told = [hour for hour, each in by_hour.items() if each.calls or each.reached]
    hours = range(told[0], told[-1] + 1) if told else ()
    return tuple(BoardHour(each, len(by_hour[each].calls), len(by_hour[each].reached)) for each in hours)


def _channels(tx: Transaction, since: datetime, before: datetime) -> tuple[CameBy, ...]:
    statuses = tx.definitions.statuses
    if CHANNEL in tx.visibility.hidden:
        return ()
    found = board.came_by_channel(
        tx,
        since,
        before,
        reaching=[each.id for each in statuses if reaches(each)],
        won=[each.id for each in statuses if each.kind is StatusKind.WON],
        talked_seconds=TALKED_SECONDS,
    )
    places = {each.id: place for place, each in enumerate(tx.definitions.channels)}
    return tuple(sorted(found, key=lambda each: places.get(each.channel_id or 0, len(places))))


def _concerns(tx: Transaction, facts: _Facts, active: set[int]) -> tuple[ConcernLine, ...]:
    left_behind: dict[int | None, Waiting] = {
        owner_id: Waiting(count)
        for owner_id, count in leads.counts_by_owner(tx).items()
        if owner_id is not None and owner_id not in active
    }
    lines = (
        _line(Concern.UNHEARD, _by_person(each for each in facts.due if each.owner_id not in active)),
        _line(Concern.PROMISED, _by_person(each for each in facts.due if each.kind is ReminderKind.CALLBACK)),
        _of_nobody(tx, facts.untouched.get(None, Waiting())),
        _line(Concern.LEFT_BEHIND, left_behind),
        _line(Concern.STALLED, board.stalled(tx, _open_statuses(tx), tx.now - STALLED_AFTER)),
        _with_reasons(Concern.RETURNED, board.returned(tx, _open_statuses(tx), tx.now - RETURNED_WITHIN)),
        _with_reasons(Concern.UNPLANNED, board.unplanned(tx, _open_statuses(tx))),
        _without_outcome(tx),
    )
    return tuple(each for each in lines if each.count)


def _line(concern: Concern, waiting: Mapping[int | None, Waiting]) -> ConcernLine:
    return ConcernLine(
        concern,
        sum(each.count for each in waiting.values()),
        min((each.oldest for each in waiting.values() if each.oldest is not None), default=None),
        {person_id: each.count for person_id, each in waiting.items()},
    )


def _of_nobody(tx: Transaction, waiting: Waiting) -> ConcernLine:
    within = [board.unowned_since(tx, tx.now - age) for age in WITHIN] if waiting.count else ()
    return replace(_line(Concern.NOBODYS, {None: waiting}), within=within)


def _with_reasons(concern: Concern, found: Sequence[Reasoned]) -> ConcernLine:
    return ConcernLine(
        concern,
        len(found),
        min((each.at for each in found), default=None),
        Counter(each.actor_id for each in found),
        reasons=Counter(each.reason for each in found),
    )


def _without_outcome(tx: Transaction) -> ConcernLine:
    everybody = [each.id for each in tx.definitions.colleagues]
    rung = board.without_outcome(tx, everybody, tx.now - ASKED_FOR)
    return ConcernLine(
        Concern.NO_OUTCOME,
        len({lead_id for lead_id, _actor_id, _at in rung}),
        min((at for _lead_id, _actor_id, at in rung), default=None),
        Counter[int | None](actor_id for _lead_id, actor_id, _at in rung),
    )


def _by_person(due: Iterable[Due]) -> dict[int | None, Waiting]:
    waiting: dict[int | None, Waiting] = {}
    for each in due:
        was = waiting.get(each.owner_id, Waiting(0, each.oldest))
        waiting[each.owner_id] = Waiting(was.count + each.count, min(was.oldest or each.oldest, each.oldest))
    return waiting


def _open_statuses(tx: Transaction) -> list[int]:
    return [each.id for each in tx.definitions.statuses if not each.final]
