"""At the desk: somebody's own time beside the number, and what is asked before ringing or reminding them at night."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from desk_driving import driven
from session_making import MovingClock, add_lead, status_of

from leadtui.domain.retry import RetryPace, RetryRule
from leadtui.language.repetition import EVERY_DAY
from leadtui.services.defining import save_status
from leadtui.services.leads import open_lead
from leadtui.services.reminders import set_reminder
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


async def test_every_snooze_asks_where_nobody_rings_then(session: Session, clock: MovingClock) -> None:
    """In five minutes, in an hour and tomorrow alike; what is taken is told, and without windows nothing asks."""
    clock.now = TEN
    change_workspace(session, replace(session.workspace, windows="Mon-Fri 9-18"))
    far = add_lead(session, "Lea Moss", "+1 213 555 0101", mine=True)
    set_reminder(session, far.id, TEN + timedelta(minutes=1), asked=True)
    clock.move(minutes=2)
    async with driven(session, size=(120, 40)) as driver:
        await driver.until(lambda: driver.alert, "the alert")
        for key in "123":
            await driver.press("ctrl+r", key)
            assert isinstance(driver.app.screen, WindowDialog), key
            await driver.press("escape")
            assert driver.alert is not None
        await driver.press("ctrl+r", "1", "c")
        (pending,) = open_lead(session, far.id).pending
        assert pending.due == clock.now + timedelta(minutes=5)
        assert driver.shows("You will be reminded today 10:07.")
        clock.move(minutes=6)
        await driver.until(lambda: driver.alert, "the alert again")
        await driver.press("ctrl+r", "1", "enter")
        (pending,) = open_lead(session, far.id).pending
        assert pending.due == NINE_THERE
        assert driver.shows("You will be reminded today 12:00.")

        change_workspace(session, replace(session.workspace, windows=""))
        clock.now = NINE_THERE + timedelta(minutes=1)
        await driver.until(lambda: driver.alert, "the alert at noon")
        await driver.press("ctrl+r", "1")
        assert not isinstance(driver.app.screen, WindowDialog)
        (pending,) = open_lead(session, far.id).pending
        assert pending.due == clock.now + timedelta(minutes=5)


async def test_the_first_time_of_what_repeats_asks_too(session: Session, clock: MovingClock) -> None:
    clock.now = TEN
    change_workspace(session, replace(session.workspace, windows="Mon-Fri 9-18"))
    far = add_lead(session, "Lea Moss", "+1 213 555 0101", mine=True)
    async with driven(session, size=(120, 40)) as driver:
        driver.app.open_lead(far.id)
        await driver.settled()
        await driver.press("r")
        await driver.type("every tuesday 11:00")
        assert driver.shows("their 08:00 · outside the call windows")
        await driver.press("enter")
        assert isinstance(driver.app.screen, WindowDialog)
        assert driver.shows("first when they open")
        await driver.press("enter")
        (pending,) = open_lead(session, far.id).pending
        assert pending.due == NINE_THERE + timedelta(days=1)
        assert pending.repeats is not None
        assert pending.next_due(pending.due, EVERY_DAY) == TEN + timedelta(days=8, hours=1)


async def test_an_attempt_is_planned_for_when_the_windows_open(session: Session, clock: MovingClock) -> None:
    clock.now = TEN
    change_workspace(session, replace(session.workspace, windows="Mon-Fri 9-18"))
    no_answer = status_of(session, "no_answer")
    rule = RetryRule(RetryPace.FIXED, after_minutes=60)
    save_status(session, replace(no_answer, retry=rule), no_answer)
    far = add_lead(session, "Lea Moss", "+1 213 555 0101", mine=True)
    add_lead(session, "Nora Weiss", "+1 212 555 0102", mine=True)
    async with driven(session, size=(120, 40)) as driver:
        driver.app.open_lead(far.id)
        await driver.settled()
        await driver.press("s")
        assert driver.shows("planned for today 12:00")
        await driver.press("1")
        assert driver.shows("attempt 1 of 5, next today 12:00")
        (pending,) = open_lead(session, far.id).pending
        assert pending.due == NINE_THERE
