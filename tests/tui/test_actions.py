"""Actions as they run: their keys wait for them, a newer one overtakes an older one's reading, no write is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

import pytest
from desk_driving import NARROW, Driver, driven, make_app
from session_making import add_lead, status_of

from leadtui.domain.lead import ActivityKind, Lead
from leadtui.services.erasing import erase, to_confirm
from leadtui.services.leads import open_lead
from leadtui.services.reminders import list_reminders, set_reminder
from leadtui.services.session import Session
from leadtui.tui.actions.note import NoteDialog
from leadtui.tui.dialogs.status_dialog import StatusDialog
from leadtui.tui.screens.reminders import RemindersScreen


@pytest.fixture
def three(session: Session) -> list[Lead]:
    """Three customers of my cartable, in its order."""
    return [
        add_lead(session, name, f"(212) 555-010{place}", mine=True)
        for place, name in enumerate(("Adam Price", "Beth Stone", "Carl Meyer"), start=1)
    ]


def notes_of(session: Session, lead: Lead) -> list[str]:
    return [
        each.detail.text for each in open_lead(session, lead.id).timeline if each.kind is ActivityKind.NOTE
    ]


async def test_keys_in_one_burst_each_reach_their_action(session: Session, three: list[Lead]) -> None:
    no_answer = status_of(session, "no_answer")
    async with driven(session) as driver:
        driver.send("s", "1", "s", "1", "m", *"hello", "ctrl+s", "question_mark")
        await driver.settled()
        for lead in three[:2]:
            assert open_lead(session, lead.id).lead.status_id == no_answer.id
        assert notes_of(session, three[2]) == ["hello"]
        assert driver.shows("Keys")


async def test_keys_behind_an_action_that_is_not_possible_are_dropped(session: Session) -> None:
    async with driven(session) as driver:
        driver.send("m", "question_mark")
        await driver.settled()
        assert driver.told() == ["No customer is open; choose one in a table."]
        assert driver.app.screen is driver.screen


async def test_of_two_actions_that_read_only_the_later_one_opens(session: Session, three: list[Lead]) -> None:
    async with driven(session) as driver:
        await driver.app.run_named("set-status")
        await driver.app.run_named("note")
        driver.send(*"hello", "ctrl+s")
        await driver.settled()
        assert driver.app.screen is driver.screen
        assert notes_of(session, three[0]) == ["hello"]
        assert driver.told() == []


async def test_an_action_can_begin_while_another_one_asks(session: Session, three: list[Lead]) -> None:
    async with driven(session) as driver:
        await driver.press("s")
        await driver.app.run_named("note")
        await driver.settled()
        assert isinstance(driver.app.screen, NoteDialog)
        await driver.type("hello")
        await driver.press("ctrl+s")
        assert notes_of(session, three[0]) == ["hello"]
        assert isinstance(driver.app.screen, StatusDialog)
        await driver.press("1")
        assert open_lead(session, three[0].id).lead.status_id == status_of(session, "no_answer").id


async def test_a_lead_that_goes_while_one_is_asked_ends_the_action_with_a_word(
    session: Session, three: list[Lead]
) -> None:
    async with driven(session) as driver:
        await driver.press("s")
        erase(session, three[0].id, "asked for it", to_confirm(three[0]))
        driver.send("1", "question_mark")
        await driver.settled()
        # What was typed for what would have come is dropped, and the next key is free.
        assert driver.app.screen is driver.screen
        assert len(driver.told()) == 1
        await driver.press("question_mark")
        assert driver.shows("Keys")


async def test_an_action_goes_on_when_its_screen_has_gone(session: Session, three: list[Lead]) -> None:
    set_reminder(session, three[0].id, session.now() + timedelta(hours=1))
    async with driven(session) as driver:
        await driver.press("b")
        with session.store.write():
            # Somebody else is writing: the step has to wait.
            driver.send("d")
            await driver.reached(lambda: not driver.app.writer.is_idle)
            assert isinstance(driver.app.screen, RemindersScreen)
            driver.app.open_lead(three[1].id)
        await driver.settled()
        assert not [each for each in list_reminders(session) if each.reminder.ended_at is None]
        assert driver.app.screen is driver.screen
        await driver.press("m")
        assert driver.shows("Beth Stone · note")


async def test_quitting_waits_for_what_is_being_saved(session: Session, three: list[Lead]) -> None:
    app = make_app(session)
    with session.store.write():
        # Somebody else is writing: the note has to wait.
        async with app.run_test(notifications=True) as pilot:
            driver = Driver(app, pilot)
            await driver.reached(lambda: driver.open_name)
            driver.send("m")
            await driver.reached(lambda: isinstance(app.screen, NoteDialog))
            driver.send(*"hello", "ctrl+s")
            await driver.reached(lambda: app.screen is driver.screen)
            app.exit()
        assert notes_of(session, three[0]) == []
    app.writer.close()
    assert notes_of(session, three[0]) == ["hello"]


async def test_saving_and_quitting_in_one_burst_saves(session: Session, three: list[Lead]) -> None:
    app = make_app(session)
    async with app.run_test(notifications=True) as pilot:
        driver = Driver(app, pilot)
        await driver.settled()
        await driver.press("m")
        driver.send(*"hello", "ctrl+s", "ctrl+q")
        await driver.reached(lambda: cast("Any", app)._exit)
    app.writer.close()
    assert notes_of(session, three[0]) == ["hello"]


async def test_quitting_leaves_an_action_that_asks(session: Session, three: list[Lead]) -> None:
    async with driven(session) as driver:
        await driver.press("m")
        await driver.type("hel")
        driver.app.exit()
    async with driven(session) as driver:
        # It was not left by the person, so it is offered.
        await driver.press("enter")
        assert driver.shows(" hel")
    assert notes_of(session, three[0]) == []


async def test_what_was_told_of_one_step_does_not_lie_over_the_form_of_the_next(session: Session) -> None:
    for name in ("Mina Sadeghi", "Ann Berg"):
        add_lead(session, name, mine=True)
    async with driven(session, size=NARROW) as driver:
        await driver.press("s", "1")
        assert any("Mina Sadeghi" in each for each in driver.told())
        driver.app.notify("The store is slow.", severity="warning")
        await driver.press("s")
        assert driver.told() == ["The store is slow."]
