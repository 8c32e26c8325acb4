"""Ringing a number that was rung a moment ago, where the workspace wants some time between: it is asked first."""

from __future__ import annotations

from dataclasses import replace

from desk_driving import driven
from session_making import MovingClock, add_lead

from leadtui.services.leads import log_call
from leadtui.services.session import Session
from leadtui.services.workspace import change_workspace
from leadtui.tui.dialogs.number_dialog import NumberDialog
from leadtui.tui.dialogs.ring_again_dialog import RingAgainDialog


async def test_every_way_to_ring_asks_before_it_rings_again(session: Session, clock: MovingClock) -> None:
    lead = add_lead(session, "Mina Sadeghi", "(212) 555-0101", "(212) 555-0102", mine=True)
    change_workspace(session, replace(session.workspace, call_gap=30))
    log_call(session, lead.id, "+12125550101", clock.now, 20)
    clock.move(minutes=12)
    async with driven(session) as driver:
        await driver.press("escape", "c")  # the call has no outcome yet, which is offered first
        assert isinstance(driver.app.screen, RingAgainDialog)
        assert driver.shows("Last call to (212) 555-0101: 12 min ago, by you.")
        # What is pressed without reading rings nobody.
        await driver.press("enter")
        assert driver.app.screen is driver.screen
        assert driver.screen.call is None
        await driver.press("Y", "enter")
        assert isinstance(driver.app.screen, RingAgainDialog)
        await driver.press("escape", "Y", "n")
        assert isinstance(driver.app.screen, NumberDialog)
        # The other number was not rung.
        await driver.press("enter")
        assert driver.screen.call is not None
        await driver.press("c", "escape")
        await driver.press("c", "c")
        assert driver.screen.call is not None
        assert driver.shows("☎ 0:00  Mina Sadeghi  (212) 555-0101")
