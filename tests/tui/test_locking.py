"""The locked desk: covered at once, opened by the password alone; what is typed stays, what falls due rings without names."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from desk_driving import Driver, driven
from session_making import PASSWORD, MovingClock, add_lead, secured, without_password

from leadtui.domain.signing_in import USUAL_IDLE, Locked
from leadtui.services.drafts import NOTE_DRAFT, find_draft
from leadtui.services.reminders import set_reminder
from leadtui.services.session import Session
from leadtui.services.signing_in import lock
from leadtui.services.workspace import change_workspace
from leadtui.tui.actions.note import NoteDialog
from leadtui.tui.dialogs.decline_dialog import DeclineDialog
from leadtui.tui.dialogs.lock_screen import LockScreen
from leadtui.tui.dialogs.progress_dialog import ProgressDialog


async def locked_in_the_store(driver: Driver, session: Session) -> None:
    """Wait until the sign-in is locked too."""

    def is_locked() -> bool:
        try:
            session.require_signed_in()
        except Locked:
            return True
        return False

    await driver.until(is_locked, "the lock of the sign-in")


async def unlocked(driver: Driver) -> None:
    """Type the password, and wait until it is proved."""
    await driver.type(PASSWORD)
    await driver.press("enter")
    await driver.until(lambda: not isinstance(driver.app.screen, LockScreen), "the desk")


async def test_a_key_covers_the_desk_and_the_password_brings_it_back(session: Session) -> None:
    secured(session)
    lead = add_lead(session, "Mina Sadeghi", "+1 212 555 0101", mine=True)
    async with driven(session, size=(80, 24)) as driver:
        await driver.press("m", *"half a thought", "ctrl+l")
        assert isinstance(driver.app.screen, LockScreen)
        assert not driver.shows("Mina")
        assert not driver.shows("half")
        await locked_in_the_store(driver, session)
        # No command works, nor does Escape; a wrong password is said.
        await driver.press("escape", "f1", "ctrl+p", "ctrl+n", "ctrl+r")
        await driver.type("not the password")
        await driver.press("enter")
        await driver.until(lambda: driver.shows_wrapped("wrong") or driver.shows("do not"), "the refusal")
        assert isinstance(driver.app.screen, LockScreen)
        await unlocked(driver)
        assert isinstance(driver.app.screen, NoteDialog)
        assert driver.shows("half a thought")
    draft = find_draft(session, NOTE_DRAFT, lead.id)
    assert draft is not None
    assert "half a thought" in draft.texts.values()


async def test_who_has_no_password_is_told_that_nothing_would_open_it(session: Session) -> None:
    async with driven(session) as driver:
        await driver.press("ctrl+l")
        assert not isinstance(driver.app.screen, LockScreen)
        assert any("leadtui password" in each for each in driver.told())


async def test_a_desk_without_a_key_is_locked_and_rings_without_a_name(
    session: Session, clock: MovingClock
) -> None:
    secured(session)
    change_workspace(session, replace(session.workspace, idle_lock=15))
    lead = add_lead(session, "Mina Sadeghi", "+1 212 555 0101", mine=True)
    set_reminder(session, lead.id, session.now() + timedelta(minutes=40), "ring Mina")
    async with driven(session) as driver:
        clock.move(minutes=session.workspace.idle_lock - 1)
        driver.app.locking.look()
        await driver.press("down")
        assert not isinstance(driver.app.screen, LockScreen)
        clock.move(minutes=session.workspace.idle_lock)
        driver.app.locking.look()
        await locked_in_the_store(driver, session)
        rung = driver.app.rung
        clock.move(minutes=20)
        await driver.until(lambda: driver.shows("1 reminder is due."), "the reminder")
        assert driver.app.rung == rung + 1
        assert not driver.shows("Mina")
        await unlocked(driver)
        await driver.until(lambda: driver.alert is not None, "the alert")


async def test_as_usual_a_desk_of_ones_own_stays_open_and_one_among_others_is_locked(
    session: Session, clock: MovingClock
) -> None:
    secured(session)
    async with driven(session) as driver:
        clock.move(hours=3)
        driver.app.locking.look()
        assert not driver.app.locking.is_locked
        without_password(session, "Reza Amini", "reza@example.com")
        await driver.press("down")
        clock.move(minutes=USUAL_IDLE - 1)
        driver.app.locking.look()
        assert not driver.app.locking.is_locked
        clock.move(minutes=1)
        driver.app.locking.look()
        assert driver.app.locking.is_locked


async def test_a_sign_in_that_is_locked_elsewhere_covers_the_desk(session: Session) -> None:
    secured(session)
    add_lead(session, "Mina Sadeghi", mine=True)
    async with driven(session) as driver:
        lock(session)
        await driver.until(lambda: isinstance(driver.app.screen, LockScreen), "the cover")
        await unlocked(driver)
        assert driver.shows("Mina Sadeghi")


async def test_what_ends_behind_the_cover_waits_for_its_person(session: Session) -> None:
    secured(session)
    add_lead(session, "Mina Sadeghi", mine=True)
    async with driven(session) as driver:
        imported, asked = asyncio.Event(), asyncio.Event()

        async def import_and_ask() -> None:
            async with driver.app.actions.shown(ProgressDialog("Import", 9, session.language)):
                await imported.wait()
            asked.set()
            await driver.app.actions.ask(DeclineDialog("Mina Sadeghi"))

        driver.app.actions.run(import_and_ask)
        await driver.until(lambda: isinstance(driver.app.screen, ProgressDialog), "the progress")
        await driver.press("ctrl+l")
        imported.set()
        driver.app.notify("Mina Sadeghi was imported.")
        await driver.settled()
        assert isinstance(driver.app.screen, LockScreen)
        assert not asked.is_set()
        assert not driver.shows("Mina")
        assert not driver.told()
        await unlocked(driver)
        await driver.until(lambda: isinstance(driver.app.screen, DeclineDialog), "what was to be asked")
        assert not any(isinstance(each, ProgressDialog) for each in driver.app.screen_stack)
        await driver.until(lambda: "Mina Sadeghi was imported." in driver.told(), "the notice")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_cover_says_whose_desk_it_is(session: Session, size: tuple[int, int]) -> None:
    secured(session)
    async with driven(session, size=size) as driver:
        await driver.press("ctrl+l")
        assert driver.shows("Locked")
        assert driver.shows("Neda Karimi")
