"""What is typed into the settings and the smaller dialogs is there again when the program comes back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desk_driving import Driver, driven
from session_making import MovingClock, add_lead, hire, status_of
from textual.widgets import Input, OptionList

from leadtui.domain.permission import AGENT_PROFILE, SUPERVISOR_PROFILE
from leadtui.domain.status import Status
from leadtui.services import defining, drafts
from leadtui.services.colleagues import change_colleague
from leadtui.services.defining import STATUS
from leadtui.services.drafts import (
    ASSIGN_DRAFT,
    DO_NOT_CALL_DRAFT,
    ERASE_DRAFT,
    MERGE_DRAFT,
    SETTINGS_DRAFT,
    VIEW_DRAFT,
    open_drafts,
)
from leadtui.services.session import Session
from leadtui.tui.actions.recovery import UnfinishedDialog
from leadtui.tui.dialogs.erase_dialog import EraseDialog
from leadtui.tui.screens.settings.screen import SettingsScreen
from leadtui.tui.widgets.form_field import FormField
from leadtui.tui.widgets.side_by_side import SideBySide


def settings(driver: Driver) -> SettingsScreen:
    screen = driver.app.screen
    assert isinstance(screen, SettingsScreen)
    return screen


def kinds(session: Session) -> set[str]:
    """What would be offered."""
    return {each.draft.kind for each in open_drafts(session)}


async def go_on_with(driver: Driver, words: str) -> None:
    """Choose that line of what was left unfinished."""
    screen = driver.app.screen
    assert isinstance(screen, UnfinishedDialog)
    lines = [str(each.prompt) for each in screen.query_one(OptionList).options]
    place = next(place for place, line in enumerate(lines) if words in line)
    await driver.press(*["down"] * place, "enter")


async def test_settings_are_as_they_were_typed(session: Session, clock: MovingClock) -> None:
    old = status_of(session, "no_answer")
    async with driven(session) as driver:
        await driver.press("f2", "1", "enter", "end")
        await driver.type(" today")
        await driver.press(*["enter"] * 6, "enter")
        await driver.type("Room")
        await driver.press("enter")
        await driver.type("choice")
        await driver.press("enter", "enter")
        await driver.type("A, B")
        settings(driver).at = 3
        await driver.settled()
        await driver.press("a")
        await driver.type("Fair")
    kept = {f"{SETTINGS_DRAFT}status:{old.id}", f"{SETTINGS_DRAFT}channel:0"}
    assert kinds(session) == kept
    # Meanwhile somebody else gives it another colour.
    other = hire(session, "Reza Amini", "reza@example.com", clock, SUPERVISOR_PROFILE)
    defining.save_status(other, replace(old, colour="pink"), old)
    session.reload_definitions()
    async with driven(session) as driver:
        await go_on_with(driver, f"{old.title} today · settings, status")
        pane = settings(driver).pane
        assert (pane.sort.name, pane.at) == (STATUS, old.id)
        assert pane.query(FormField).first().text == f"{old.title} today"
        assert [(each.title, each.options) for each in pane.current_item.fields] == [("Room", ("A", "B"))]
        await driver.press("ctrl+s")
        assert driver.shows("Somebody else changed")
        await driver.press("ctrl+s")
    saved = session.definitions.status(old.id)
    assert saved is not None
    assert (saved.title, saved.colour, saved.fields[0].title) == (f"{old.title} today", "pink", "Room")
    assert kinds(session) == {f"{SETTINGS_DRAFT}channel:0"}
    # Who leaves the list unanswered finds it in the settings; who leaves those all the same throws it away.
    async with driven(session) as driver:
        await driver.press("escape", "f2", "3")
        assert driver.shows("Fair •")
        await driver.press("escape", "escape")
    assert drafts.drafts_of(session, SETTINGS_DRAFT) == ()
    other.close()


async def test_settings_are_offered_only_to_who_may_define(session: Session, clock: MovingClock) -> None:
    reza = hire(session, "Reza Amini", "reza@example.com", clock, SUPERVISOR_PROFILE)
    async with driven(reza) as driver:
        await driver.press("f2", "5", "a")
        await driver.type("Sara Novak")
    assert kinds(reza) == {f"{SETTINGS_DRAFT}colleague:0"}
    change_colleague(session, reza.actor.id, "Reza Amini", AGENT_PROFILE, active=True)
    reza.reload_definitions()
    assert kinds(reza) == set()
    reza.close()


async def test_a_definition_that_is_saved_already_is_not_offered_as_typed(session: Session) -> None:
    """As when the program dies between the saving and the forgetting of the draft."""
    saved = defining.save_status(session, Status(0, "", "Visit"))
    async with driven(session) as driver:
        await driver.press("f2", "1", "end", "enter", "end")
        await driver.type(" now")
    defining.save_status(session, replace(saved, title="Visit now"), saved)
    async with driven(session) as driver:
        await driver.press("enter")
        assert not settings(driver).pane.unsaved
        await driver.press("escape")
    assert drafts.drafts_of(session, SETTINGS_DRAFT) == ()


@pytest.mark.proof
async def test_reasons_notes_choices_and_titles_are_kept(session: Session, clock: MovingClock) -> None:
    mina = add_lead(session, "Mina Sadeghi", "+1 212 555 0101", mine=True)
    twin = add_lead(session, "Mina Sadegi", "+1 212 555 0102")
    hire(session, "Reza Amini", "reza@example.com", clock).close()

    async def left(key: str, typed: str, kind: str) -> None:
        """Open a dialog, type, and lose the program."""
        async with driven(session) as driver:
            if isinstance(driver.app.screen, UnfinishedDialog):
                await driver.press("escape")
            await driver.press(*key.split())
            await driver.type(typed)
        assert kind in kinds(session)

    await left("o tab", "speaks German", ASSIGN_DRAFT)
    await left("d", "asked by letter", DO_NOT_CALL_DRAFT)
    await left("delete", "a request", ERASE_DRAFT)
    await left("w f2", "Tehran", VIEW_DRAFT)
    async with driven(session) as driver:
        await driver.press("escape", "g")
        await driver.type("Sadegi")
        await driver.press("enter", "right")
    assert kinds(session) == {ASSIGN_DRAFT, DO_NOT_CALL_DRAFT, ERASE_DRAFT, VIEW_DRAFT, MERGE_DRAFT}
    async with driven(session) as driver:
        await go_on_with(driver, "Mina Sadeghi · give to a colleague")
        assert driver.app.screen.query_one("#note", Input).value == "speaks German"
    async with driven(session) as driver:
        await go_on_with(driver, "Mina Sadeghi · erasing")
        screen = driver.app.screen
        assert isinstance(screen, EraseDialog)
        assert [each.value for each in screen.query(Input)] == ["a request", ""]
    async with driven(session) as driver:
        await go_on_with(driver, "Tehran · view")
        await driver.press("enter")
        assert driver.shows("“Tehran” is saved")
    async with driven(session) as driver:
        await go_on_with(driver, "Mina Sadeghi · do not call")
        await driver.press("enter")
    assert kinds(session) == {ASSIGN_DRAFT, ERASE_DRAFT, MERGE_DRAFT}
    async with driven(session) as driver:
        await go_on_with(driver, "Mina Sadeghi · merge")
        chosen = driver.app.screen.query_one(SideBySide).chosen
        assert "lost" in {side.value for side in chosen.values()}
        await driver.press("ctrl+s")
    assert kinds(session) == {ASSIGN_DRAFT, ERASE_DRAFT}
    # What was left by oneself is not offered, and is there when the dialog is opened again.
    async with driven(session) as driver:
        await go_on_with(driver, "erasing")
        await driver.press("escape", "o")
        assert driver.app.screen.query_one("#note", Input).value == "speaks German"
        await driver.press("tab")
        await driver.type("!")
        await driver.press("enter")
    assert kinds(session) == set()
    assert (mina.id, twin.id) == (1, 2)
