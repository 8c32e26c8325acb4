"""Going from one workspace to another without leaving the program: what is typed is kept, nothing of the other is shown."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from desk_driving import Driver, driven
from session_making import PASSWORD, MovingClock, add_lead, business, hire, make_session, secured

from leadtui.domain.view import View
from leadtui.domain.workspace import WorkspaceKind, last_entered
from leadtui.language.bidi import without_isolates
from leadtui.language.translate import base_language
from leadtui.services import drafts, reminders, workspaces
from leadtui.services.confirming import confirmed
from leadtui.services.lead_list import LeadList
from leadtui.services.leads import open_lead
from leadtui.services.session import Session
from leadtui.services.workspaces import list_workspaces
from leadtui.tui import reminders_elsewhere
from leadtui.tui.dialogs import lock_screen
from leadtui.tui.dialogs.lock_screen import LockScreen
from leadtui.tui.dialogs.moved_dialog import MovedDialog
from leadtui.tui.dialogs.workspaces_dialog import WorkspacesDialog
from leadtui.tui.mirroring import from_the_right
from leadtui.tui.widgets.top_bar import TopBar
from leadtui.tui.workspace_choice import WorkspaceChoiceApp

SALES, PERSIAN, MINA = "Northwind Sales", "میز فروش", "مینا صادقی"


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock()


@pytest.fixture
def here(tmp_path: Path, clock: MovingClock) -> Generator[Session]:
    """Neda's English workspace."""
    session = make_session(tmp_path, clock=clock)
    add_lead(session, "Anna Rossi", "+1 212 555 0101", mine=True)
    yield session
    session.close()


@pytest.fixture
def there(here: Session) -> Session:
    """Her Persian one, in the same store."""
    begun = business("hesin-haseb")
    added = workspaces.add_workspace(
        here,
        replace(begun, workspace=replace(begun.workspace, title=PERSIAN, registered_number="14000012340")),
    )
    session = here.entered(added.id)
    add_lead(session, MINA, "09121234567", mine=True)
    return session


async def go_to(driver: Driver, title: str) -> None:
    """Open the menu of workspaces over whatever is open, and choose one."""
    await driver.press("shift+f4")
    dialog = driver.app.screen
    assert isinstance(dialog, WorkspacesDialog)
    titles = [each.workspace.title for each in list_workspaces(driver.app.session)]
    dialog.list.highlighted = titles.index(title)
    await driver.press("enter")
    await driver.until(lambda: driver.app.session.workspace.title == title, title)


async def test_one_goes_to_another_workspace_while_typing_a_note(here: Session, there: Session) -> None:
    async with driven(here) as driver:
        await driver.press("m")
        await driver.type("half a thought")
        await go_to(driver, PERSIAN)
        text = driver.text()
        assert "Anna Rossi" not in text
        assert "half a thought" not in text
        assert base_language(driver.app.session.language) == "fa"
        assert from_the_right()
        assert [each.lead.name for each in (open_lead(there, driver.screen.current_lead or 0),)] == [MINA]
        await driver.press("m")
        await driver.type("نیمه")
        await go_to(driver, SALES)
        assert not from_the_right()
        assert driver.shows("Unfinished")  # as after the program ended
        assert MINA not in driver.text()
        await driver.press("enter")
        assert driver.shows("half a thought")
        await driver.press("ctrl+s")
        assert open_lead(here, driver.screen.current_lead or 0).timeline[0].detail.text == "half a thought"
    assert [each.draft.texts["note"] for each in drafts.open_drafts(there)] == ["نیمه"]
    assert not drafts.open_drafts(here)


async def test_what_is_due_in_the_other_is_counted_and_rings_without_a_name(
    here: Session, there: Session, clock: MovingClock
) -> None:
    lead_id = LeadList(there).order(View())[0]
    reminders.set_reminder(there, lead_id, clock.now + timedelta(minutes=5), "secret", asked=True)
    async with driven(here) as driver:
        clock.move(minutes=6)
        driver.app.reminders_elsewhere.look()
        await driver.settled()
        assert driver.app.rung == 1
        text = driver.text()
        assert f"{PERSIAN}: 1 reminder is due there" in without_isolates(text)
        assert MINA not in text
        assert "secret" not in text
        assert driver.screen.query_one(TopBar).due_there == 1
        driver.app.reminders_elsewhere.look()
        await driver.settled()
        assert driver.app.rung == 1  # told once
        await driver.click_words("▾", line=0)
        assert isinstance(driver.app.screen, WorkspacesDialog)
        assert driver.shows("1 overdue")
        await driver.press("escape")
        await go_to(driver, PERSIAN)
        assert driver.alert is not None


async def test_who_works_in_one_alone_and_may_add_none_is_told_so(here: Session) -> None:
    agent = hire(here, "Sara", "sara@example.com", here.now)
    async with driven(agent) as driver:
        await driver.press("W")
        assert driver.shows("You work in this workspace alone")
        assert "▾" not in driver.lines()[0]
    agent.close()


async def test_a_workspace_is_added_renamed_closed_and_opened_again(here: Session) -> None:
    async with driven(here, size=(80, 24)) as driver:
        await driver.press("W", "a")
        assert driver.app.focused is not None
        await driver.type("Northwind Wien")
        await driver.press("enter", "right", "ctrl+s")
        assert driver.shows("Type the name under which the business is registered.")
        assert driver.shows("Type the number under which the business is registered.")
        await driver.type("Northwind GmbH")
        await driver.press("enter")
        await driver.type("ATU13585628")
        await driver.press("enter", *["backspace"] * 20)
        await driver.type("Austria")
        assert driver.shows("Europe/Vienna · EUR · Gregorian")
        await driver.press("ctrl+s")
        await driver.reached(lambda: driver.shows("no number of a business in Austria"))
        await driver.press("backspace")
        await driver.type("7")
        await driver.press("ctrl+s")
        await driver.reached(lambda: driver.shows("“Northwind Wien” is there, and you are its owner."))
        (wien,) = [each.workspace for each in list_workspaces(here) if not each.here]
        assert (wien.title, wien.kind) == ("Northwind Wien", WorkspaceKind.BUSINESS)

        await driver.press("r", *["backspace"] * 20)
        await driver.type(SALES)
        await driver.press("enter")
        assert driver.shows_wrapped("choose a name that tells them apart")
        await driver.press(*["backspace"] * 20)
        await driver.type("Wien")
        await driver.press("enter")
        await driver.reached(lambda: driver.shows("It is called “Wien” now."))

        await driver.press("x")
        assert driver.shows("This closes “Wien”. Nothing of it is lost")
        await driver.type("Graz")
        await driver.press("enter")
        assert driver.shows("That is another name.")
        await driver.press("escape", "x")
        await driver.type("wien")
        await driver.press("enter")
        await driver.reached(lambda: driver.shows("“Wien” is closed."))
        await driver.press("up", "x")
        await driver.reached(
            lambda: driver.shows_wrapped("is the only open workspace of this store; add another")
        )
        await driver.press("down", "enter")
        assert driver.shows("“Wien” is closed; x opens it again.")
        await driver.press("x")
        await driver.reached(lambda: driver.shows("“Wien” is open."))
        await driver.press("enter")
        await driver.until(lambda: driver.app.session.workspace.title == "Wien", "the other desk")


async def test_a_desk_whose_workspace_is_closed_goes_on_in_another_one(here: Session, there: Session) -> None:
    async with driven(here) as driver:
        await driver.press("m")
        await driver.type("half a thought")
        confirmed(SALES, lambda: workspaces.close_workspace(there.entered(here.workspace.id)))
        driver.app.watcher.look_for_changes()
        await driver.until(lambda: driver.app.session.workspace.title == PERSIAN, "the other desk")
        # What one goes on typing does nothing at a desk that one did not choose.
        await driver.press("m", "x", "enter")
        assert f"“{SALES}” is closed" in without_isolates(driver.text())
        assert isinstance(driver.app.screen, MovedDialog)
        assert not driver.told()
        await driver.press("escape")
        assert driver.screen is driver.app.screen
        workspaces.reopen_workspace(there.entered(here.workspace.id, closed=True))
        await go_to(driver, SALES)
        assert driver.shows("Unfinished")
    assert [each.draft.texts["note"] for each in drafts.open_drafts(here)] == ["half a thought"]


async def test_where_one_was_last_the_desk_opens(here: Session, there: Session, clock: MovingClock) -> None:
    async with driven(here) as driver:
        clock.move(minutes=1)
        await go_to(driver, PERSIAN)
    last = last_entered(here.own_workspaces())
    assert last is not None
    assert last.id == there.workspace.id


async def test_the_first_time_one_is_asked_where(here: Session, there: Session) -> None:
    app = WorkspaceChoiceApp(here.own_workspaces())
    async with app.run_test() as pilot:
        await pilot.press("down", "enter")
    assert app.return_value == there.workspace.id


async def test_what_falls_due_elsewhere_rings_behind_the_cover_and_names_nothing(
    here: Session, there: Session, clock: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock_screen, "LOOKS_EVERY", 0.1)
    monkeypatch.setattr(reminders_elsewhere, "LOOKED_FOR_EVERY", 0.1)
    other = add_lead(there, "رضا امینی", "09121234568", mine=True)
    first_id = next(each for each in LeadList(there).order(View()) if each != other.id)
    for lead_id, minutes in ((first_id, 10), (other.id, 30)):
        reminders.set_reminder(
            there, lead_id, clock.now + timedelta(minutes=minutes), "به مینا زنگ بزن", asked=True
        )
    secured(here)
    async with driven(here) as driver:
        await driver.press("ctrl+l")
        await driver.until(lambda: isinstance(driver.app.screen, LockScreen), "the cover")
        await driver.until(lambda: cast("Any", driver.app.screen)._elsewhere is not None, "the first look")
        rung = driver.app.rung
        clock.move(minutes=11)
        await driver.until(lambda: driver.shows("1 reminder is due."), "the first reminder")
        assert driver.app.rung == rung + 1
        clock.move(minutes=20)
        await driver.until(lambda: driver.shows("2 reminders are due."), "the second one")
        assert driver.app.rung == rung + 2
        assert not driver.shows("مینا")
        assert not driver.shows(PERSIAN)
        await driver.type(PASSWORD)
        await driver.press("enter")
        await driver.until(
            lambda: any(PERSIAN in each for each in driver.told()), "the notice of the workspace"
        )
