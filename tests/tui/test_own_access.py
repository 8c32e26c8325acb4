"""F2 › Me: one's own password and sign-ins; F2 › Workspace: when a desk is locked, and how long a sign-in lasts."""

from __future__ import annotations

from contextlib import closing

import pytest
from desk_driving import NARROW, Driver, driven
from session_making import PASSWORD, MovingClock, hash_quickly, secured

from leadtui import kept_sign_ins
from leadtui.domain.signing_in import Password, SignedOut, Token
from leadtui.services import signing_in
from leadtui.services.securing import security_of
from leadtui.services.session import Session
from leadtui.tui.dialogs.own_access_dialogs import PasswordDialog, SignInsDialog
from leadtui.tui.screens.settings.screen import SettingsScreen

NEW = "eleven geese fly"


def elsewhere(session: Session, clock: MovingClock) -> Session:
    """The same person, signed in at another terminal."""
    kept = signing_in.sign_in_again(session.store.path, session.actor.email, PASSWORD, clock=clock)
    return Session.open(session.store.path, session.actor.email, clock, proof=Token(kept.token))


async def typed(driver: Driver, *lines: str) -> None:
    for each in lines:
        await driver.type(each)
        await driver.press("enter")


async def test_the_first_password_is_set_and_asked_for_from_then_on(
    session: Session, clock: MovingClock
) -> None:
    hash_quickly(session)
    async with driven(session, size=NARROW) as driver:
        await driver.press("f2", "p")
        assert isinstance(driver.app.screen, PasswordDialog)
        await typed(driver, NEW, NEW + "!")
        assert driver.shows("The two are not the same")
        await driver.press("escape", "p")
        await typed(driver, NEW, NEW)
        assert isinstance(driver.app.screen, SettingsScreen)
        assert driver.shows("Your password is set")
        # The desk goes on, and its sign-in is kept for the next time.
        session.require_signed_in()
    key = security_of(session.store.path).key
    email, token = kept_sign_ins.find(key, session.actor.email)
    with closing(Session.open(session.store.path, email, clock, proof=Token(token))) as again:
        assert again.sign_in_id == session.sign_in_id
        assert [each.id for each in signing_in.list_sign_ins(again)] == [session.sign_in_id]


async def test_a_password_is_changed_by_who_knows_the_present_one(
    session: Session, clock: MovingClock
) -> None:
    secured(session)
    other = elsewhere(session, clock)
    async with driven(session) as driver:
        await driver.press("f2", "p")
        await typed(driver, "not the password", NEW, NEW)
        assert isinstance(driver.app.screen, PasswordDialog)
        assert driver.shows_wrapped("do not belong together")
        await typed(driver, PASSWORD, "short", "short")
        assert driver.shows("That is too short")
        await typed(driver, PASSWORD, NEW, NEW)
        assert driver.shows("1 other sign-in of yours was ended.")
        session.require_signed_in()
    with pytest.raises(SignedOut):
        other.require_signed_in()
    other.close()
    Session.open(session.store.path, session.actor.email, clock, proof=Password(NEW)).close()


async def test_sign_ins_are_seen_and_ended_one_by_one_or_all(session: Session, clock: MovingClock) -> None:
    secured(session)
    clock.move(minutes=10)
    others = [elsewhere(session, clock) for _each in range(3)]
    async with driven(session, size=NARROW) as driver:
        await driver.press("f2", "s")
        assert isinstance(driver.app.screen, SignInsDialog)
        assert sum("this one" in line for line in driver.lines()) == 1
        assert sum("good" in line for line in driver.lines()) == 3
        await driver.press("x")
        assert sum("good" in line for line in driver.lines()) == 2
        await driver.press("a")
        assert sum("good" in line for line in driver.lines()) == 0
        assert driver.shows("this one")
        await driver.press("escape")
        assert isinstance(driver.app.screen, SettingsScreen)
    for each in others:
        with pytest.raises(SignedOut):
            each.require_signed_in()
        each.close()


async def test_the_desk_leaves_whose_own_sign_in_is_ended_there(session: Session) -> None:
    secured(session)
    async with driven(session) as driver:
        await driver.press("f2", "s", "x")
        await driver.reached(lambda: driver.app.return_code == 1, "the leaving")


async def test_in_a_store_that_asks_nobody_there_is_none(session: Session) -> None:
    async with driven(session) as driver:
        await driver.press("f2", "s")
        assert driver.shows("You are signed in nowhere")
        assert not driver.shows("end it")
        assert not driver.shows("end all others")
        await driver.press("x", "a", "escape")
        assert isinstance(driver.app.screen, SettingsScreen)


async def test_a_workspace_says_when_a_desk_is_locked_and_how_long_a_sign_in_lasts(session: Session) -> None:
    async with driven(session, size=NARROW) as driver:
        await driver.press("f2", "7")
        for key, text, words in (
            ("sign_in_days", "0", ""),
            ("idle_lock", "۵", "locked after 5 minutes without a key"),
        ):
            await typed_into(driver, key, text)
            assert driver.shows(words)
        await driver.press("ctrl+s")
        assert driver.shows("Write for how many days a sign-in lasts")
        await typed_into(driver, "sign_in_days", "2")
        assert driver.shows("lasts for 2 days")
        await driver.press("ctrl+s")
        assert (session.workspace.idle_lock, session.workspace.sign_in_days) == (5, 2)


async def typed_into(driver: Driver, key: str, text: str) -> None:
    """Type into a field of the form in hand, in place of what is there."""
    screen = driver.app.screen
    assert isinstance(screen, SettingsScreen)
    field = screen.pane.form.field(key)
    assert field is not None
    field.take_focus()
    await driver.press("end", "ctrl+u")
    await driver.type(text)
