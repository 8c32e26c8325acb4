"""Reminders that come again, through the program: set, seen everywhere with their rule, done, skipped and ended."""

from __future__ import annotations

from datetime import timedelta

from desk_driving import WIDE, driven
from session_making import MovingClock, add_lead

from leadtui.services.leads import open_lead
from leadtui.services.session import Session
from leadtui.tui.dialogs.remind_dialog import RemindDialog


async def test_one_that_comes_every_saturday(session: Session, clock: MovingClock) -> None:
    """Two weeks of it; noon is 03:12 on a Saturday in New York."""
    lead = add_lead(session, "Mina Sadeghi", "(212) 555-0142", mine=True)

    def walls() -> list[str]:
        return [f"{each.wall:%a %d %H:%M}" for each in open_lead(session, lead.id).pending]

    async with driven(session, size=WIDE) as driver:
        await driver.press("r")
        assert driver.shows("every Sunday 10")
        await driver.type("every sat 9")
        assert driver.shows("↻ every Saturday 09:00, not 21:00 · first Saturday 28 Sep 2024 ·")
        await driver.press("enter")
        assert driver.told() == ["You will be reminded today 09:00, then again: every Saturday 09:00."]
        assert driver.shows("in 6 hours  ↻ every Saturday 09:00")
        assert walls() == ["Sat 28 09:00"]

        clock.now = open_lead(session, lead.id).pending[0].due
        driver.app.due_reminders.look()
        await driver.settled()
        assert driver.shows("◷ overdue   Mina Sadeghi  today 09:00 – now  ↻ every Saturday 09:00")
        await driver.press("ctrl+r")
        assert driver.shows("d done  s skip")
        await driver.press("s")
        assert driver.alert is None
        assert walls() == ["Sat 05 09:00"]
        assert "It comes again Sat 5 Oct 09:00, every Saturday 09:00." in driver.told()

        clock.move(days=7, hours=1)
        driver.app.due_reminders.look()
        await driver.settled()
        await driver.press("ctrl+r", "d")
        assert walls() == ["Sat 12 09:00"]
        await driver.press("u")
        assert walls() == ["Sat 05 09:00"]

        await driver.press("b")
        assert driver.shows("● New                 ↻ every Saturday 09:00")
        await driver.press("s")
        assert walls() == ["Sat 12 09:00"]
        await driver.press("x")
        assert walls() == []
        await driver.press("escape")
        assert driver.shows("skipped")


async def test_what_is_no_rule_stays_in_the_dialog_and_says_how_it_is_typed(session: Session) -> None:
    add_lead(session, "Mina Sadeghi", mine=True)
    async with driven(session) as driver:
        await driver.press("r")
        await driver.type("every 9")
        await driver.press("enter")
        assert isinstance(driver.app.screen, RemindDialog)
        assert driver.shows("Not understood; type such as every Sunday 09:00")


async def test_another_time_is_one_moment_and_keeps_the_rule(session: Session, clock: MovingClock) -> None:
    lead = add_lead(session, "Mina Sadeghi", mine=True)
    async with driven(session) as driver:
        await driver.press("r")
        await driver.type("every day 9")
        await driver.press("enter")
        await driver.press("b", "g")
        await driver.type("every day 10")
        await driver.press("enter")
        assert isinstance(driver.app.screen, RemindDialog)
        await driver.press("ctrl+u")
        await driver.type("tomorrow 16:00")
        await driver.press("enter")
    (moved,) = open_lead(session, lead.id).pending
    assert moved.repeats is not None
    assert moved.repeats.begin.hour == 9
    assert moved.due > clock.now + timedelta(days=1)


async def test_a_status_sets_one_too(session: Session) -> None:
    lead = add_lead(session, "Mina Sadeghi", mine=True)
    place = [each.key for each in session.definitions.open_statuses].index("call_back") + 1
    async with driven(session, size=WIDE) as driver:
        await driver.press("s", str(place))
        await driver.type("weekdays 9")
        assert driver.shows("↻ every working day 09:00, not 21:00")
        await driver.press("ctrl+s")
    (set_,) = open_lead(session, lead.id).pending
    assert set_.repeats is not None
    assert set_.repeats.on_workdays
    assert set_.follow_up_id is not None
