"""A month of a supervisor of eight: new customers are shared out, one of the eight leaves, and the board says how it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from time import perf_counter

import pytest
from amounts import small_and_large
from desk_driving import NARROW, Driver, driven
from session_making import MovingClock, hire, status_of

from leadtui.domain.board import Concern, Figure
from leadtui.domain.cartable import Urgency
from leadtui.domain.lead import LeadNumber
from leadtui.domain.view import View
from leadtui.presentation.board import CONCERN_TITLES, figure_count
from leadtui.services.board import Board, open_board
from leadtui.services.cartable import open_cartable
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.lead_list import LeadList
from leadtui.services.leads import log_call, open_lead
from leadtui.services.session import Session
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.lead_writing import NewLead, insert_leads
from leadtui.tui.screens.board import BoardScreen

FIRST_MORNING = datetime(2024, 9, 2, 13, tzinfo=UTC)
"""Monday at nine in New York."""

NAMES = ("Ada", "Bea", "Cora", "Dina", "Ella", "Fina", "Gina", "Hanna")
LEAVER = "Dina"

DAYS = 5
"""Days of work before somebody leaves, and after it."""

SIZES = (NARROW, (160, 50))

NEEDING = (Concern.NOBODYS, Concern.UNPLANNED, Concern.NO_OUTCOME)
"""What needs somebody at the end of the month."""


@dataclass
class Team:
    """A supervisor's desk, and those of eight agents by their names."""

    supervisor: Session
    agents: dict[str, Session]
    clock: MovingClock


@pytest.fixture
def team(session: Session, clock: MovingClock) -> Generator[Team]:
    clock.now = FIRST_MORNING
    with ExitStack() as open_desks:
        agents = {
            name: open_desks.enter_context(closing(hire(session, name, f"{name.lower()}@example.com", clock)))
            for name in NAMES
        }
        session.reload_definitions()
        yield Team(session, agents, clock)


def come_in(team: Team, amount: int, first: int = 0) -> None:
    """So many new customers in nobody's cartable, their numbers from the `first` one on."""
    session = team.supervisor
    with session.store.write() as connection:
        tx = WorkspaceConnection(connection, session.workspace.id)
        for start in range(first, first + amount, 5_000):
            numbers = range(start, min(start + 5_000, first + amount))
            rows = [
                NewLead(
                    {"name": f"Customer {number}", "entered_at": team.clock.now},
                    (LeadNumber(f"+1212{number:07}", ""),),
                )
                for number in numbers
            ]
            insert_leads(tx, rows, team.clock.now, session.actor.id)


async def share_out(driver: Driver, amount: int) -> float:
    """Make a rule, switch it on, and give all customers by it; the seconds from the last key to the notice."""
    await driver.press("f2", "8", "a")
    await driver.type("Fair shares")
    await driver.press("ctrl+s", "x", "enter")
    assert driver.shows("“Fair shares” is on")
    await driver.press("escape", "ctrl+a", "o")
    await driver.type("fair")
    began = perf_counter()
    await driver.press("enter")
    told = f"{amount:,} shared out by Fair shares"
    await driver.until(lambda: told in driver.told(), told)
    return perf_counter() - began


def work_days(team: Team, first: int, last: int, gone: str = "") -> int:
    """Every agent who is there rings two customers a day, from the day of that number to another; how many that were."""
    worked = 0
    for day in range(first, last):
        team.clock.now = FIRST_MORNING + timedelta(days=day + day // 5 * 2)
        for name, session in team.agents.items():
            if name != gone:
                worked += _work_a_day(session, team.clock)
    return worked


def _work_a_day(session: Session, clock: MovingClock) -> int:
    """Of two customers who were never called, one is not reached, and one asks to be rung on the next day."""
    untouched = list(islice(_never_called(session), 2))
    for lead, status in zip(untouched, ("no_answer", "call_back"), strict=True):
        reached = status == "call_back"
        log_call(session, lead, open_lead(session, lead).lead.phone, clock.now, 90 if reached else 20)
        remind_at = clock.now + timedelta(days=1) if reached else None
        set_status(session, SetStatus(lead, None, status_of(session, status).id, remind_at=remind_at))
    return len(untouched)


def leave_open(team: Team, amount: int) -> None:
    """What needs somebody: new customers whom nobody has, a call of which nothing is said, a step without a next one."""
    come_in(team, 3, first=amount)
    ada = team.agents["Ada"]
    rung, left = islice(_never_called(ada), 2)
    log_call(ada, rung, open_lead(ada, rung).lead.phone, team.clock.now, 90)
    interested = status_of(ada, "interested").id
    set_status(ada, SetStatus(left, None, interested, no_next_step="rings us"))
    team.clock.move(minutes=1)


async def send_away(driver: Driver, name: str) -> None:
    """Take a colleague out of the team, and share out what they have among the others."""
    await driver.press("f2", "5")
    await driver.click_words(name)
    await driver.press("x")
    assert driver.shows(f"{name} leaves: who gets this?")
    await driver.press("enter")
    await driver.settled()
    await driver.press("escape")


def _never_called(session: Session) -> Iterator[int]:
    cartable = open_cartable(session)
    return (each for each in cartable.order if cartable.reasons[each].urgency is Urgency.NEVER_CONTACTED)


async def look_at_board(driver: Driver, board: Board) -> None:
    """The board of the month at each size: each colleague with all figures, and what needs somebody, are in one screen."""
    await driver.press("f12")
    assert isinstance(driver.app.screen, BoardScreen)
    await driver.press("p")
    await driver.type("this month")
    await driver.press("enter")
    for size in SIZES:
        await driver.resize(*size)
        for line in board.agents:
            name = driver.app.session.definitions.colleague(line.person_id)
            assert name is not None
            (shown,) = [
                each for each in driver.lines() if f"○ {name.name}" in each or f"● {name.name}" in each
            ]
            figures = [
                f"{figure_count(each, line.figures):,}" for each in Figure if each is not Figure.FIRST_CONTACT
            ]
            assert " ".join(figures) in " ".join(shown.split()), size
        for concern in NEEDING:
            assert driver.shows(CONCERN_TITLES[concern]), (size, concern)


@pytest.mark.proof
@small_and_large("customers", 400, 55_000)
async def test_a_month_of_a_team(
    team: Team, amount: int, record_property: Callable[[str, object], None]
) -> None:
    supervisor, clock = team.supervisor, team.clock
    come_in(team, amount)
    async with driven(supervisor, size=NARROW) as driver:
        shared_in = await share_out(driver, amount)
        counts = LeadList(supervisor)
        owners = [each.owner_id for each in counts.rows(counts.order(View())).values()]
        per_agent = Counter(owners)
        assert max(per_agent.values()) - min(per_agent.values()) <= 1
        assert None not in per_agent

        before = work_days(team, 0, DAYS)
        leaver = team.agents[LEAVER].actor.id
        began = perf_counter()
        await send_away(driver, LEAVER)
        gone_in = perf_counter() - began
        assert leaver not in {each.id for each in supervisor.definitions.active_colleagues}
        after = work_days(team, DAYS, 2 * DAYS, gone=LEAVER)

        told = {each.concern for each in open_board(supervisor).concerns}
        # Nothing was dropped: neither customers nor reminders wait with whoever has left.
        assert not told & {Concern.LEFT_BEHIND, Concern.UNHEARD, Concern.NOBODYS, Concern.NO_OUTCOME}
        leave_open(team, amount)
        board = open_board(supervisor, FIRST_MORNING.date(), clock.now.date())
        assert {each.concern for each in board.concerns} >= set(NEEDING)
        assert (board.team.calls, board.team.worked) == (before + after + 1, before + after + 1)
        # Each number is as long as its list.
        for line in board.agents:
            for figure in (Figure.WORKED, Figure.REACHED, Figure.UNTOUCHED, Figure.OVERDUE):
                listed = counts.order(View(listing=board.listing(figure, line.person_id)))
                assert len(listed) == figure_count(figure, line.figures), (line.person_id, figure)
        began = perf_counter()
        await look_at_board(driver, board)
        board_in = perf_counter() - began
    record_property(
        "figure",
        f"a month of {amount} customers: shared out in {shared_in:.1f} s, a leaver's handed over in {gone_in:.1f} s, "
        f"the board of the month at two sizes in {board_in:.1f} s",
    )
