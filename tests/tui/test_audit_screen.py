"""F2 › Audit: who changed what, narrowed, and what was before beside what is after."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

from desk_driving import driven
from session_making import MovingClock, hire

from leadtui.domain.permission import SUPERVISOR_PROFILE
from leadtui.services import defining
from leadtui.services.session import Session
from leadtui.tui.screens.audit import AuditScreen
from leadtui.tui.screens.settings.screen import SettingsScreen


def furnish(session: Session, clock: MovingClock) -> None:
    """Neda renames a status, Sara adds a channel a day later."""
    before = session.definitions.statuses[0]
    defining.save_status(session, replace(before, title="Rang twice"), before)
    clock.move(days=1)
    with closing(hire(session, "Sara Amini", "sara@example.com", clock, SUPERVISOR_PROFILE)) as sara:
        defining.add_titled(sara, defining.CHANNEL, "Radio")


async def test_one_comes_to_it_by_its_tab_and_back(session: Session, clock: MovingClock) -> None:
    title = session.definitions.statuses[0].title
    furnish(session, clock)
    async with driven(session, size=(120, 30)) as driver:
        await driver.press("f2", "l")
        assert isinstance(driver.app.screen, AuditScreen)
        assert driver.shows("Audit  4")
        assert driver.shows("Entry channel: Radio · added")
        await driver.press("down", "down")
        assert driver.shows(f"Title: {title} → Rang twice")
        assert driver.shows("Neda Karimi")
        await driver.press("escape")
        assert isinstance(driver.app.screen, SettingsScreen)


async def test_it_is_narrowed_by_words_person_kind_and_days(session: Session, clock: MovingClock) -> None:
    furnish(session, clock)
    async with driven(session, size=(120, 30)) as driver:
        await driver.app.run_named("audit")
        await driver.settled()
        await driver.press("slash")
        await driver.type("radio")
        assert driver.shows("Audit  1")
        await driver.press("escape")
        await driver.app.run_named("audit")
        await driver.settled()
        await driver.press("slash", "tab")
        await driver.type("sar")
        await driver.settled()
        assert driver.shows("Audit  1")
        await driver.press("backspace", "tab")
        await driver.type("coll")
        await driver.settled()
        assert driver.shows("Colleague: Sara Amini · added")
        assert driver.shows("Audit  1")
        await driver.press("backspace", "tab")
        await driver.type("yest")
        await driver.settled()
        assert driver.shows("Rang twice")
        assert not driver.shows("Radio")


async def test_what_a_colleague_does_comes_in(session: Session, clock: MovingClock) -> None:
    with closing(hire(session, "Sara Amini", "sara@example.com", clock, SUPERVISOR_PROFILE)) as sara:
        async with driven(session, size=(120, 30)) as driver:
            await driver.app.run_named("audit")
            await driver.settled()
            assert driver.shows("Audit  2")
            defining.add_titled(sara, defining.NEED, "Training")
            assert isinstance(driver.app.screen, AuditScreen)
            driver.app.screen.load()
            await driver.settled()
            assert driver.shows("Need: Training · added")


async def test_who_may_not_see_it_has_no_tab(session: Session, clock: MovingClock) -> None:
    with closing(hire(session, "Rob", "rob@example.com", clock)) as agent:
        async with driven(agent, size=(120, 30)) as driver:
            await driver.press("f2", "l")
            assert isinstance(driver.app.screen, SettingsScreen)
            assert not driver.shows("Audit")
            await driver.press("right")
            assert isinstance(driver.app.screen, SettingsScreen)
