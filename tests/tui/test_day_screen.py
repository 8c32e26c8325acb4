"""My day on the screen: days and people by the arrows, figures, statuses, hours."""

from __future__ import annotations

import pytest
from desk_driving import NARROW, driven
from session_making import MovingClock, add_lead, hire, status_of

from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.leads import log_call, open_lead
from leadtui.services.session import Session
from leadtui.tui.screens.day import DayScreen
from leadtui.tui.screens.desk import DeskScreen


@pytest.mark.parametrize("size", [NARROW, (140, 40)])
async def test_days_and_people(session: Session, clock: MovingClock, size: tuple[int, int]) -> None:
    agent = hire(session, "Reza [b]Amini", "reza@example.com", clock)
    lead = add_lead(session, "Mina", "(212) 555-0101", mine=True)
    log_call(session, lead.id, lead.phone, clock.now, 3725)
    clock.move(days=1)
    add_lead(agent, "Beth", "(212) 555-0102", mine=True)
    lead = open_lead(agent, lead.id).lead
    interested = status_of(agent, "interested").id
    set_status(agent, SetStatus(lead.id, lead.version, interested, no_next_step="rings us"))
    async with driven(session, size=size) as driver:
        await driver.press("p")
        assert isinstance(driver.app.screen, DayScreen)
        assert driver.shows("My day")
        assert driver.shows("0 calls")
        assert driver.shows("Nothing was done on this day.")
        await driver.press("left")
        assert driver.shows("yesterday")
        assert driver.shows("1 call ")
        assert driver.shows("1:02:05 talked")
        assert driver.shows("1 reached")
        assert not driver.shows("left today")
        await driver.press("home", "down")
        assert driver.shows("Everybody's day")
        assert driver.shows("1 worked")
        assert driver.shows("Interested")
        assert driver.shows("1 follow-up")
        await driver.press("down")
        assert driver.shows("Reza [b]Amini's day")
        await driver.press("right", "up", "up")
        assert driver.shows("My day")
        await driver.press("p")
        assert isinstance(driver.app.screen, DeskScreen)
    async with driven(agent, size=size) as driver:
        await driver.press("p", "down")
        assert driver.shows("My day")
        assert driver.shows("1 worked")
    agent.close()
