"""With Caps Lock on, or Shift held, a key does what it does without; a capital that is a command's own stays that."""

from __future__ import annotations

import string
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from desk_driving import WIDE, DrivenApp, Driver, driven, key_of, settled
from session_making import MovingClock, add_lead
from textual import events
from textual.dom import DOMNode

from leadtui.domain.lead import Lead
from leadtui.domain.status import Status
from leadtui.services import do_not_call, reminders
from leadtui.services.defining import save_status
from leadtui.services.leads import open_lead
from leadtui.services.session import Session
from leadtui.settings import Settings
from leadtui.tui.screens.settings.definition_list import DefinitionList
from leadtui.tui.widgets.reminder_alert import ANSWERS


class ListeningApp(DrivenApp):
    """The program that, once it `listens`, only notes which actions keys would run."""

    listens = False

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__(session, settings)
        self.heard: list[str] = []

    async def run_action(
        self, action: Any, default_namespace: DOMNode | None = None, namespaces: Any = None
    ) -> bool:
        """Note the action."""
        if not self.listens:
            return await super().run_action(action, default_namespace, namespaces)
        self.heard.append(f"{type(default_namespace).__name__}: {action}")
        return True


@asynccontextmanager
async def listening(session: Session, *opening: str) -> AsyncGenerator[Driver]:
    """The program with a screen or a dialog open, listening."""
    app = ListeningApp(session, Settings())
    app.animation_level = "none"
    try:
        async with app.run_test(size=WIDE, notifications=True) as pilot:
            driver = Driver(app, pilot)
            await driver.settled()
            await driver.press(*opening)
            app.listens = True
            yield driver
            app.listens = False
            await settled(pilot)
    finally:
        app.writer.close()


async def heard(driver: Driver, letter: str) -> list[str]:
    """What a key runs."""
    assert isinstance(driver.app, ListeningApp)
    driver.app.heard.clear()
    driver.send(events.Key(key_of(letter), letter))
    await driver.settled()
    return list(driver.app.heard)


@pytest.fixture
def lead(session: Session) -> Lead:
    return add_lead(session, "Adam Price", "(212) 555-0101", "(212) 555-0102", mine=True)


PLACES = {
    "desk": ((), 15),
    "reminders": (("b",), 6),
    "day": (("p",), 3),
    "settings": (("f2",), 3),
    "number": (("Y",), 3),
}
"""How each screen and dialog with letters as keys is opened, and how many letters are bound there at least."""


OTHERWISE = {
    "c": (["DeskScreen: app.run_named('call')"], ["DeskScreen: app.run_named('cases')"]),
    "n": (["DeskScreen: app.run_named('next-lead')"], ["DeskScreen: previous_lead"]),
    "y": (["DeskScreen: app.run_named('copy-number')"], ["DeskScreen: app.run_named('show-number')"]),
    "r": (["DeskScreen: app.run_named('remind')"], ["DeskScreen: app.run_named('return-customer')"]),
    "d": (["DeskScreen: app.run_named('do-not-call')"], ["DeskScreen: app.run_named('forbidden-numbers')"]),
    "b": (["DeskScreen: app.run_named('reminders')"], ["DeskScreen: app.run_named('talk')"]),
    "m": (["DeskScreen: app.run_named('note')"], ["DeskScreen: app.run_named('message')"]),
    "o": (["DeskScreen: app.run_named('assign')"], ["DeskScreen: app.run_named('outbox')"]),
    "l": (["DeskScreen: timeline"], ["DeskScreen: app.run_named('all-cases')"]),
    "i": (["DeskScreen: app.run_named('given-lead')"], ["DeskScreen: app.run_named('imports')"]),
}
"""What the small letter and the capital run at the desk where they run two things."""

ANYWHERE = {"w": ["ListeningApp: workspaces"]}
"""What a capital runs on every screen, whatever its small letter runs there."""


@pytest.mark.parametrize("place", PLACES)
async def test_a_capital_runs_what_its_small_letter_runs(session: Session, lead: Lead, place: str) -> None:
    reminders.set_reminder(session, lead.id, session.now() + timedelta(minutes=1))
    opening, least = PLACES[place]
    with_keys = 0
    async with listening(session, *opening) as driver:
        # What `a` does at the lists of the settings has a test of its own: it leads into the form.
        for letter in (
            string.ascii_lowercase.replace("a", "") if place == "settings" else string.ascii_lowercase
        ):
            small = await heard(driver, letter)
            capital = await heard(driver, letter.upper())
            if place == "desk" and letter in OTHERWISE:
                assert (small, capital) == OTHERWISE[letter]
                continue
            if letter in ANYWHERE:
                assert capital in ([], ANYWHERE[letter])
                continue
            assert capital == small, letter
            with_keys += bool(small)
    assert with_keys >= least


async def test_so_does_a_capital_over_the_refusal_of_a_call(session: Session, lead: Lead) -> None:
    do_not_call.forbid(session, lead.id, "by letter")
    async with listening(session, "c") as driver:
        assert await heard(driver, "D") == await heard(driver, "d") == ["CallRefused: allow"]


async def test_capitals_are_written_down_where_one_types(session: Session, lead: Lead) -> None:
    del lead
    async with listening(session, "m") as driver:
        await driver.type("Call ABC")
        assert driver.shows("Call ABC")


# Where a widget looks its keys up itself


async def test_the_reminder_that_is_due(session: Session, lead: Lead, clock: MovingClock) -> None:
    reminders.set_reminder(session, lead.id, session.now() + timedelta(minutes=1), "the papers")
    letters = {key for key in ANSWERS if len(key) == 1 and key in string.ascii_lowercase}
    assert letters == {"o", "c", "d", "s"}
    async with driven(session) as driver:
        clock.move(minutes=1)
        driver.app.due_reminders.look()
        await driver.settled()
        await driver.press("ctrl+r", "C")
        assert driver.screen.call is not None
        await driver.press("ctrl+r", "D")
        assert driver.alert is None
    assert open_lead(session, lead.id).pending == ()


async def test_the_keys_of_statuses(session: Session, lead: Lead) -> None:
    for title in ("Tenth", "Eleventh"):
        save_status(session, Status(0, "", title, "◇", "teal"))
    statuses = session.definitions.open_statuses
    async with driven(session) as driver:
        await driver.press("s", "A")
    assert open_lead(session, lead.id).lead.status_id == statuses[9].id


async def test_the_lists_of_the_settings(session: Session) -> None:
    async with driven(session) as driver:
        await driver.press("f2", "1")
        (statuses,) = [each for each in driver.app.screen.query(DefinitionList) if each.has_focus]
        await driver.press("A")
        assert not statuses.has_focus
        await driver.type("Abc")
        assert driver.shows("Abc")
