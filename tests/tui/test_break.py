"""A break: reminders wait in sight, rules pass the person over, colleagues see it; back at work all of it comes."""

from __future__ import annotations

from datetime import timedelta

from desk_driving import driven
from session_making import Office, add_lead

from leadtui.domain.distribution import RuleWords
from leadtui.services import presence, reminders
from leadtui.services.board import open_board
from leadtui.services.distributing import plan


async def test_on_a_break_reminders_wait_and_nothing_is_given(office: Office) -> None:
    neda, sara, clock = office.neda, office.sara, office.clock
    lead = add_lead(sara, "Mina Sadeghi", mine=True)
    new = add_lead(neda, "New Person")
    reminders.set_reminder(sara, lead.id, clock.now + timedelta(minutes=10), "ring")
    async with driven(sara, size=(120, 30)) as driver:
        await driver.press("=")
        assert driver.shows("= ◐ break 03:12")
        clock.move(minutes=11)
        driver.app.due_reminders.look()
        await driver.settled()
        assert (driver.app.rung, driver.alert) == (0, None)
        assert driver.shows("◐ break 03:12 · 1 waits")
        # Whoever leads the team sees it, and no rule gives her anything.
        (hers,) = [each for each in open_board(neda).agents if each.person_id == sara.actor.id]
        assert (hers.on_shift, hers.figures.missed) == (False, 0)
        clock.move(minutes=20)
        presence.beat(sara, driver.app.watcher._terminal, lead.id)  # pyright: ignore[reportPrivateUsage]
        presence.beat(neda, "neda's", lead.id)
        shared = plan(neda, RuleWords("evenly", on_shift=True), [new.id])
        assert set(shared.owners) == {neda.actor.id}
        async with driven(neda, size=(120, 30)) as hers_seen:
            hers_seen.app.open_lead(lead.id)
            await hers_seen.settled()
            await hers_seen.press("o")
            assert hers_seen.shows("break 03:12")
            await hers_seen.press("escape", "f12")
            assert hers_seen.shows("◐ Sara Amini   break 03:12")
        await driver.press("=")
        assert not driver.shows("◐ break")
        assert "You are back at work." in driver.told()
        await driver.until(lambda: driver.alert is not None)
        assert driver.app.rung == 1
    assert sara.actor.id not in presence_of(office)


async def test_a_second_terminal_and_a_new_start(office: Office) -> None:
    sara, clock = office.sara, office.clock
    presence.arrive(sara, "one")
    since = presence.set_break(sara, on_break=True)
    clock.move(seconds=20)
    presence.arrive(sara, "two")
    assert presence.company(sara, "two").own_break == since == presence.set_break(sara, on_break=True)
    assert presence.company(office.neda, "neda's").on_break == {sara.actor.id}
    for each in ("one", "two"):
        presence.leave(sara, each)
    presence.arrive(sara, "three")
    assert presence.company(sara, "three").own_break is None


def presence_of(office: Office) -> set[int]:
    return set(presence.at_work(office.neda))
