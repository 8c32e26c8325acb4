"""A day of an agent with a list of new leads, from the first call to the last: keys and waits of each lead are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from statistics import median, quantiles
from time import perf_counter, process_time

import pytest
from amounts import small_and_large
from desk_driving import NARROW, Driver, driven
from session_making import MovingClock, add_lead, hire, status_of

from leadtui.domain.cartable import CartablePart
from leadtui.services.calls import calls_without_outcome
from leadtui.services.cartable import open_cartable
from leadtui.services.day import open_day
from leadtui.services.session import Session

NINE = datetime(2024, 9, 30, 13, tzinfo=UTC)
"""Monday at nine in New York."""

CALL, BETWEEN = 40, 60
"""Seconds of a call, and from its end to the next one: sixty leads are worked before the first attempts come back."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a lead is left: the status, the keys behind the two that begin and end its call, and words that are typed."""

    status: str
    keys: tuple[str, ...]
    words: str = ""
    """Typed before the last key."""


OUTCOMES = (
    Outcome("no_answer", ("1",)),
    Outcome("call_back", ("3", "ctrl+s")),  # the next working day is proposed, and taken
    Outcome("no_answer", ("1",)),
    Outcome("interested", ("4", "s", "ctrl+s")),
    Outcome("voicemail", ("2",)),
    Outcome("call_back", ("3", "ctrl+s"), "friday 15"),
    Outcome("no_answer", ("1",)),
    Outcome("lost", ("8", "p", "ctrl+s")),
)
"""They come round in this order: half of the leads are not reached."""

MOST_KEYS, MOST_ON_AVERAGE = 5, 4.0
"""Keys of a lead, words apart: those of its call included, and with none to get to the next lead."""

MOST_PROCESSOR_SECONDS = 0.5
"""Of a key in the middle of the day, until the program takes the next one."""


@dataclass
class Waits:
    """For each key, how long it took until the program took the next one: on the wall, and of processor time."""

    wall: list[float] = field(default_factory=list[float])
    processor: list[float] = field(default_factory=list[float])

    def words(self) -> str:
        """In milliseconds."""
        middle, most = median(self.wall), quantiles(self.wall, n=20)[-1]
        return (
            f"{len(self.wall)} keys, wall {middle * 1000:.0f} ms in the middle, {most * 1000:.0f} ms of 19 in 20; "
            f"processor {median(self.processor) * 1000:.0f} ms"
        )


async def press(driver: Driver, key: str, waits: Waits) -> None:
    """Press a key, and wait as a person would who looks before the next one."""
    wall, processor = perf_counter(), process_time()
    await driver.pilot.press(key)
    queue = driver.app.input_queue
    while queue.is_held or not queue.is_empty:
        await driver.pilot.pause()
    waits.wall.append(perf_counter() - wall)
    waits.processor.append(process_time() - processor)
    await driver.settled()


async def work_lead(driver: Driver, clock: MovingClock, outcome: Outcome, waits: Waits) -> int:
    """Ring the open lead and say what became of it; how many keys that took."""
    await press(driver, "c", waits)
    clock.move(seconds=CALL)
    await press(driver, "c", waits)
    *first, last = outcome.keys
    for key in first:
        await press(driver, key, waits)
    await driver.type(outcome.words)
    await press(driver, last, waits)
    clock.move(seconds=BETWEEN)
    return 2 + len(outcome.keys)


@pytest.fixture
def agent(session: Session, clock: MovingClock) -> Generator[Session]:
    clock.now = NINE
    agent = hire(session, "Sara Amini", "sara@example.com", clock)
    session.reload_definitions()
    yield agent
    agent.close()


def fill_cartable(agent: Session, amount: int) -> None:
    """So many new leads, of whom nobody knows anything but name and number."""
    for number in range(amount):
        add_lead(agent, f"Lead {number}", f"+1 212 555 01{number:02}", mine=True)


@pytest.mark.proof
@small_and_large("leads", 8, 60)
async def test_a_day_of_calls(
    agent: Session, clock: MovingClock, amount: int, record_property: Callable[[str, object], None]
) -> None:
    fill_cartable(agent, amount)
    waits, keys, given, opened = Waits(), list[int](), Counter[str](), list[str]()
    async with driven(agent, size=NARROW) as driver:
        for number in range(amount):
            outcome = OUTCOMES[number % len(OUTCOMES)]
            opened.append(driver.open_name)
            keys.append(await work_lead(driver, clock, outcome, waits))
            given[outcome.status] += 1
    # Each lead was opened once, without a key: whoever came first is rung first.
    assert opened == [f"Lead {number}" for number in range(amount)]
    assert max(keys) <= MOST_KEYS
    assert sum(keys) / amount <= MOST_ON_AVERAGE
    assert median(waits.processor) <= MOST_PROCESSOR_SECONDS
    day = open_day(agent)
    assert (day.calls, day.worked, day.unplanned) == (amount, amount, 0)
    assert dict(day.by_status) == {status_of(agent, key).id: count for key, count in given.items()}
    # The queue tells the truth: nobody is left untouched, or without something that is planned.
    cartable = open_cartable(agent)
    counts = {part: cartable.counts[part] for part in CartablePart}
    for part in (CartablePart.NEVER_CALLED, CartablePart.NOTHING_PLANNED, CartablePart.OVERDUE):
        assert counts[part] == 0, part
    assert sum(counts.values()) == amount - given["lost"]
    assert calls_without_outcome(agent) == ()
    record_property(
        "figure", f"a day of {amount} leads: {sum(keys) / amount:.1f} keys a lead; {waits.words()}"
    )


async def test_nobody_waits_for_the_program(agent: Session, clock: MovingClock) -> None:
    """All keys of a lead come at once, and none is lost or means the lead before."""
    fill_cartable(agent, len(OUTCOMES))
    async with driven(agent, size=NARROW) as driver:
        for outcome in OUTCOMES:
            *first, last = outcome.keys
            driver.send("c", "c", *first)
            if outcome.words:
                await driver.settled()
                await driver.type(outcome.words)
            driver.send(last)
            await driver.settled()
            clock.move(seconds=BETWEEN)
    day = open_day(agent)
    given = Counter(status_of(agent, each.status).id for each in OUTCOMES)
    assert dict(day.by_status) == dict(given)
    assert day.worked == len(OUTCOMES)
