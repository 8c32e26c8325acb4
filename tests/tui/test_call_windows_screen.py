"""At the desk: somebody's own time beside the number, and what is asked before ringing or reminding them at night."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from desk_driving import driven
from session_making import MovingClock, add_lead

from leadtui.services.leads import open_lead
from leadtui.services.session import Session
from leadtui.services.workspace import change_workspace
from leadtui.tui.dialogs.remind_dialog import RemindDialog
from leadtui.tui.dialogs.window_dialog import WindowDialog

TEN = datetime(2024, 9, 30, 14, tzinfo=UTC)
"""Monday at 10 in New York, at 7 in Los Angeles."""

NINE_THERE = datetime(2024, 9, 30, 16, tzinfo=UTC)


async def test_whoever_it_is_night_for_is_asked_about_first(session: Session, clock: MovingClock) -> None:
    clock.now = TEN
    change_workspace(session, replace(session.workspace, windows="Mon-Fri 9-18"))
    near = add_lead(session, "Nora Weiss", "+1 212 555 0102", mine=True)
    far = add_lead(session, "Lea Moss", "+1 213 555 0101", mine=True)
    async with driven(session, size=(120, 40)) as driver:
        assert "their 07:00" in driver.text()
        driver.app.open_lead(far.id)
        await driver.settled()
        assert any("(213) 555-0101" in line and "their 07:00" in line for line in driver.lines())

        await driver.press("c")
        assert isinstance(driver.app.screen, WindowDialog)
        assert "For Lea Moss that is today 07:00: outside" in driver.text()
        await driver.press("escape")
        assert driver.screen.call is None
        await driver.press("c", "enter")
        assert driver.screen.call is None
        assert [each.due for each in open_lead(session, far.id).pending] == [NINE_THERE]

        await driver.press("r")
        await driver.type("in 1 hour")
        await driver.press("enter", "escape")
        assert isinstance(driver.app.screen, RemindDialog)
        assert "For Lea Moss that is today 08:00: outside" in driver.text()
        await driver.press("enter", "c")
        assert {each.due for each in open_lead(session, far.id).pending} == {
            NINE_THERE,
            TEN + timedelta(hours=1),
        }

        clock.move(hours=1)
        await driver.until(lambda: driver.alert, "the alert")
        await driver.press("ctrl+r", "5")
        await driver.type("in 40 minutes")
        await driver.press("enter")
        assert isinstance(driver.app.screen, WindowDialog)
        await driver.press("enter")
        assert {each.due for each in open_lead(session, far.id).pending} == {NINE_THERE}
        await driver.press("c", "c")
        assert driver.screen.call is not None
        clock.move(minutes=2)
        await driver.press("c", "escape")
        assert open_lead(session, far.id).timeline[0].detail.seconds == 120

        driver.app.open_lead(near.id)
        await driver.settled()
        await driver.press("c")
        assert driver.screen.call is not None
