"""Keys that come all at once, as over a slow line, do what they do when they are typed one after the other."""

from __future__ import annotations

from unittest.mock import Mock

import pytest
from desk_driving import Driver, driven, key_of
from session_making import add_lead, status_of
from textual import events

from leadtui.domain.lead import Lead
from leadtui.domain.permission import SUPERVISOR_PROFILE
from leadtui.services.leads import open_lead
from leadtui.services.session import Session
from leadtui.tui import input_queue
from leadtui.tui.dialogs.help import HelpScreen
from leadtui.tui.screens.desk import DeskScreen


@pytest.fixture
def lead(session: Session) -> Lead:
    return add_lead(session, "Adam Price", "(212) 555-0101", mine=True)


async def all_at_once(driver: Driver, *keys: str) -> None:
    """Send the keys; `“text` is pasted."""
    for key in keys:
        if key.startswith("“"):
            driver.app.post_message(events.Paste(key.removeprefix("“")))
        else:
            driver.send(events.Key(key_of(key), key) if len(key) == 1 else key)
    await driver.settled()


@pytest.mark.usefixtures("lead")
async def test_a_key_behind_one_that_closes_a_screen_is_for_what_lay_below(session: Session) -> None:
    async with driven(session) as driver:
        for _time in range(5):
            await driver.press("ctrl+p")
            await all_at_once(driver, *"adam", "escape", "f1")
            assert isinstance(driver.app.screen, HelpScreen)
            await driver.press("escape")


async def test_settings_in_one_burst(session: Session) -> None:
    async with driven(session) as driver:
        keys = ["f2", "5", "a", *"Reza", "enter", *"reza@example.com", "enter", "right", "ctrl+s", "escape"]
        await all_at_once(driver, *keys)
        (reza,) = [each for each in session.definitions.colleagues if each.name == "Reza"]
        assert (reza.email, reza.profile) == ("reza@example.com", SUPERVISOR_PROFILE)
        assert isinstance(driver.app.screen, DeskScreen)


async def test_a_status_with_its_answers_in_one_burst(session: Session, lead: Lead) -> None:
    status = status_of(session, "call_back")
    key = str([each.key for each in session.definitions.open_statuses].index("call_back") + 1)
    async with driven(session) as driver:
        await all_at_once(driver, "s", key, *"tomorrow 10", "tab", "tab", *"asked for it", "ctrl+s")
        opened = open_lead(session, lead.id)
        assert opened.lead.status_id == status.id
        assert any("asked for it" in line for line in driver.lines())
        assert opened.lead.next_at is not None


@pytest.mark.usefixtures("lead")
async def test_what_is_pasted_between_keys_stays_between_them(session: Session) -> None:
    async with driven(session) as driver:
        await all_at_once(driver, "m", "a", "“b c", "d", "ctrl+s")
        assert driver.shows("ab cd")
        assert isinstance(driver.app.screen, DeskScreen)


@pytest.mark.usefixtures("lead")
async def test_a_key_that_never_ends_keeps_the_others_waiting_only_a_moment(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(input_queue, "LOST_AFTER", 0.05)
    async with driven(session) as driver:
        monkeypatch.setattr(driver.app.input_queue, "_go", Mock())
        driver.send("m", "x", "y")
        await driver.until(lambda: driver.shows(" xy "), "what was typed")
