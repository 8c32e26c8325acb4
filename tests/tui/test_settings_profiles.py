"""The tab of profiles: what people may do is changed by keyboard, refused beside what is wrong, and felt at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest
from desk_driving import Driver, driven
from session_making import MovingClock, add_lead, hire

from leadtui.domain.permission import AGENT_PROFILE, Permission, Scope
from leadtui.services import defining
from leadtui.services.colleagues import change_colleague
from leadtui.services.profiles import remove_profile, save_profile
from leadtui.services.session import Session
from leadtui.tui.screens.settings.screen import SettingsScreen
from leadtui.tui.widgets.form_field import FormField

SIZE = (140, 40)


def settings(driver: Driver) -> SettingsScreen:
    screen = driver.app.screen
    assert isinstance(screen, SettingsScreen)
    return screen


def beside(driver: Driver, key: str) -> str:
    """What stands beneath the form field of that key."""
    shown = [each for each in settings(driver).pane.query(FormField) if each.key == key and each.display]
    return next((each.message.words for each in shown if each.message), "")


def told(driver: Driver) -> str:
    """The lower line."""
    return driver.lines()[-2].strip()


async def test_a_supervisor_makes_a_profile_and_gives_it(session: Session, clock: MovingClock) -> None:
    sara = hire(session, "Sara Ahmadi", "sara@example.com", clock)
    async with driven(session, size=SIZE) as driver:
        await driver.press("f2", "6")
        assert driver.shows("★ Agent")
        assert driver.shows("came with the program")
        # The ready ones stay, and so does somebody who may manage colleagues.
        await driver.press("x")
        assert "came with the program and stays" in told(driver)
        await driver.press("down", "down", "enter", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "space")
        assert driver.shows("★ may do everything")
        await driver.press("ctrl+s")
        assert "may do everything" in beside(driver, "colleagues")
        await driver.press("space", "escape", "f2", "6", "a")
        await driver.type("agent")
        await driver.press("ctrl+s")
        assert "There is “Agent” already" in beside(driver, "title")
        await driver.press(*["backspace"] * 5)
        await driver.type("Trainee")
        # Trainees see all customers, and numbers only of their own.
        await driver.press("enter", "right", "space", "space")
        assert "Numbers and e-mails of customers in other cartables are hidden" in beside(driver, "customers")
        await driver.press("ctrl+s")
        assert "“Trainee” is saved." in told(driver)
        trainee = session.definitions.profile("trainee")
        assert trainee is not None
        assert Permission.SEE_NUMBERS not in trainee.permissions
        assert Permission.SEE_CUSTOMERS in trainee.permissions
        # The colleague's form offers it by now.
        await driver.press("5", "down", "enter", "enter")
        await driver.type("train")
        await driver.press("ctrl+s")
        assert session.definitions.colleague(sara.actor.id) == replace(
            sara.actor, profile="trainee", permissions=trainee.permissions
        )
        await driver.press("6", "end", "x")
        assert "Sara Ahmadi has “Trainee”" in told(driver)
        change_colleague(session, sara.actor.id, "Sara Ahmadi", AGENT_PROFILE, active=True)
        await driver.press("x")
        assert "“Trainee” is removed." in told(driver)
        assert session.definitions.profile("trainee") is None
    sara.close()


async def test_a_profile_that_goes_leaves_nobody_changed_and_unsaved(
    session: Session, clock: MovingClock
) -> None:
    agent = session.definitions.profile(AGENT_PROFILE)
    assert agent is not None
    trainee = save_profile(session, replace(agent, id=0, key="", title="Trainee"))
    sara = hire(session, "Sara Ahmadi", "sara@example.com", clock, trainee.key)
    async with driven(session, size=SIZE) as driver:
        await driver.press("f2", "5", "end")
        pane = settings(driver).pane
        chosen = next(each for each in pane.form.fields if each.key == "profile")
        assert chosen.text == trainee.key
        assert session.store.path is not None
        other = Session.open(session.store.path, "neda@example.com", clock)
        change_colleague(other, sara.actor.id, "Sara Ahmadi", AGENT_PROFILE, active=True)
        remove_profile(other, trainee.id)
        other.close()
        await driver.until(lambda: chosen.text == AGENT_PROFILE, "the other profile")
        assert not pane.unsaved
        await driver.press("escape")
        assert driver.app.screen is driver.screen
    sara.close()


async def test_changed_rights_are_felt_in_a_running_terminal(session: Session, clock: MovingClock) -> None:
    sara = hire(session, "Sara Ahmadi", "sara@example.com", clock)
    add_lead(sara, "Mina Sadeghi", "(212) 555-0101", mine=True)
    add_lead(session, "Reza Amini", "(212) 555-0102", mine=True)
    agent = session.definitions.profile(AGENT_PROFILE)
    assert agent is not None
    async with driven(sara, size=SIZE) as driver:
        assert driver.shows("s Status")
        assert driver.shows("(212) 555-0102")
        taken = {Permission.FOLLOW_UP, Permission.SEE_NUMBERS}
        agent = save_profile(session, replace(agent, permissions=agent.permissions - taken), agent)
        driver.app.look_again()
        await driver.settled()
        assert not driver.shows("s Status")
        assert not driver.shows("(212) 555-0102")
        assert driver.shows("(212) 555-0101")
        assert driver.shows("number hidden")
        await driver.press("s")
        assert driver.app.screen is driver.screen
        assert driver.shows("follow-ups:set")
        only_own = agent.permissions - {Permission.SEE_CUSTOMERS} | {Permission.FOLLOW_UP}
        save_profile(session, replace(agent, permissions=only_own), agent)
        driver.app.look_again()
        await driver.settled()
        assert driver.shows("s Status")
        assert not driver.shows("Reza Amini")
    sara.close()


async def test_leaving_the_program_tells_what_is_not_saved(session: Session) -> None:
    async with driven(session, size=SIZE) as driver:
        await driver.press("f2", "3", "enter")
        await driver.type(" and more")
        await driver.press("up", "q")
        assert "is not saved: Ctrl+S saves it, q once more leaves without" in told(driver)
        assert driver.app.screen is not driver.screen
        await driver.press("ctrl+s")
        assert "is saved" in told(driver)


@pytest.mark.proof
async def test_leaving_while_one_types_names_the_key_that_writes_nothing(session: Session) -> None:
    async with driven(session, size=SIZE) as driver:
        await driver.press("f2", "3", "enter")
        await driver.type(" and more")
        await driver.press("ctrl+q")
        assert "Ctrl+Q once more leaves without" in told(driver)
        driver.send("ctrl+q")
        await driver.reached(lambda: cast("Any", driver.app)._exit)


async def test_two_supervisors_at_one_channel(session: Session) -> None:
    add_lead(session, "Mina Sadeghi")
    channel = session.definitions.channels[0]
    async with driven(session, size=SIZE) as driver:
        await driver.press("f2", "3", "enter")
        await driver.type(" mine")
        assert driver.shows("Saving affects 1 customer")
        defining.rename(session, defining.CHANNEL, channel.id, "Theirs")
        await driver.press("ctrl+s")
        assert "Somebody else changed “Theirs”" in told(driver)
        await driver.press("ctrl+s")
        assert session.definitions.channels[0].title == f"{channel.title} mine"


async def test_a_profile_is_copied_and_compared(session: Session) -> None:
    async with driven(session, size=SIZE) as driver:
        await driver.press("f2", "6", "d")
        assert driver.shows("Compare · Agent")
        assert driver.shows_wrapped("see everybody's days")
        await driver.press("left")
        assert driver.shows("Partner manager")
        assert driver.shows_wrapped("see customers all none")
        await driver.press("escape", "c")
        assert driver.shows("Agent (copy)")
        assert driver.shows("■ see numbers · all")
        await driver.press("enter", "right", "space")
        assert driver.shows("◧ see numbers · team")
        await driver.press("right", "right", "space", "space", "ctrl+s")
        assert "“Agent (copy)” is saved." in told(driver)
        await driver.press("escape", "f2", "6", "end", "d")
        assert driver.shows("Compare · Agent (copy)")
    agent, copied = session.definitions.profile("agent"), session.definitions.profile("agent_copy")
    assert agent is not None
    assert copied is not None
    narrowed = {Permission.SEE_NUMBERS: Scope.TEAM, Permission.EDIT_CUSTOMERS: Scope.OWN}
    assert copied.grants == agent.granting(narrowed).grants


async def test_only_profiles_are_copied(session: Session) -> None:
    async with driven(session, size=SIZE) as driver:
        await driver.press("f2", "1", "c", "d")
        assert not settings(driver).pane.unsaved
        assert not driver.app.screen.is_modal
        assert not driver.shows("c Copy")
        await driver.press("6")
        assert driver.shows("c Copy")
