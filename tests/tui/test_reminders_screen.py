"""The list of reminders: its groups, and ending, moving and opening from it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from desk_driving import NARROW, Driver, driven, refusing_disk
from session_making import MovingClock, add_lead, make_session

from leadtui.domain.reminder import ReminderState
from leadtui.services import reminders
from leadtui.services.leads import open_lead
from leadtui.services.session import Session
from leadtui.settings import AUTO, Settings
from leadtui.tui.dialogs.remind_dialog import RemindDialog
from leadtui.tui.screens import reminders as reminders_screen
from leadtui.tui.screens.reminders import RemindersScreen
from leadtui.tui.widgets.date_input import MonthSheet

GROUPS = ("Overdue, came while leadtui was closed", "Overdue", "Today", "Later", "Done in the last days")


@pytest.fixture
def listed(session: Session, clock: MovingClock) -> dict[str, int]:
    """A reminder in each group, by the first name of its customer; the clock stands 20 minutes later."""
    now = session.now()
    wanted = {"Mira": 1, "Dan": 19, "Dora": 20, "Tom": 240, "Lea": 3 * 24 * 60, "Ed": 2}
    ids: dict[str, int] = {}
    for place, (name, minutes) in enumerate(wanted.items()):
        lead = add_lead(session, f"{name} Stone", f"(212) 555-010{place}", mine=True)
        ids[name] = reminders.set_reminder(
            session, lead.id, now + timedelta(minutes=minutes), f"about {name}", promised=name == "Dora"
        )
    reminders.acknowledge(session, ids["Ed"])
    clock.move(minutes=20)
    return ids


def state_of(session: Session, reminder_id: int) -> ReminderState:
    return next(
        each.reminder for each in reminders.list_reminders(session) if each.reminder.id == reminder_id
    ).state


def under_cursor(driver: Driver) -> str:
    """The words of the line under the cursor."""
    screen = driver.app.screen
    assert isinstance(screen, RemindersScreen)
    at = screen.list.highlighted
    return "" if at is None else str(screen.list.get_option_at_index(at).prompt)


def place(driver: Driver, words: str) -> int:
    """The line of the screen on which the words stand."""
    return next(place for place, line in enumerate(driver.lines()) if words in line)


async def test_the_groups_in_their_order(session: Session, listed: dict[str, int]) -> None:
    async with driven(session) as driver:
        await driver.press("b")
        order = ("Mira", "Dan", "Dora", "Tom", "Lea", "Ed")
        assert [place(driver, f" {each} Stone") for each in order] == sorted(
            place(driver, f" {each} Stone") for each in order
        )
        for group, name in zip(GROUPS, ("Mira", "Dan", "Tom", "Lea", "Ed"), strict=True):
            assert place(driver, f" {name} Stone") == place(driver, f" {group}  ") + 1
        assert driver.shows("Overdue  2")
        assert driver.shows("about Mira")
        assert driver.shows("promised · about Dora")
        assert driver.shows("done · about Ed")
        assert "Mira Stone" in under_cursor(driver)


async def test_nothing_to_be_reminded_of(session: Session) -> None:
    async with driven(session) as driver:
        await driver.press("b")
        assert driver.shows("You have no reminders.")
        await driver.press("d", "x", "g", "enter", "down")
        assert isinstance(driver.app.screen, RemindersScreen)
        await driver.press("escape")
        assert driver.app.screen is driver.screen


@pytest.mark.parametrize(
    ("keyboard", "key"), [(AUTO, "b"), ("isiri-9147", "ذ"), (AUTO, "f10"), (AUTO, "escape")]
)
async def test_leaving(session: Session, listed: dict[str, int], keyboard: str, key: str) -> None:
    async with driven(session, settings=Settings(keyboard=keyboard)) as driver:
        await driver.press("b", key)
        assert driver.app.screen is driver.screen
        assert driver.focused == "cartable"


async def test_done_goes_on_to_the_next(session: Session, listed: dict[str, int]) -> None:
    async with driven(session) as driver:
        await driver.press("b", "d")
        assert state_of(session, listed["Mira"]) is ReminderState.ACKNOWLEDGED
        assert "Dan Stone" in under_cursor(driver)
        await driver.press("space")
        assert state_of(session, listed["Dan"]) is ReminderState.ACKNOWLEDGED
        assert "Dora Stone" in under_cursor(driver)
        assert place(driver, "done · about Mira") > place(driver, "Done in the last days")
        assert driver.shows("▲ 1 overdue")


async def test_cancelling(session: Session, listed: dict[str, int]) -> None:
    async with driven(session) as driver:
        await driver.press("b", *["down"] * 3, "x")
        assert state_of(session, listed["Tom"]) is ReminderState.CANCELLED
        assert driver.shows("cancelled · about Tom")
        assert "Lea Stone" in under_cursor(driver)


async def test_moving(session: Session, listed: dict[str, int], clock: MovingClock) -> None:
    async with driven(session) as driver:
        await driver.press("b", "g")
        assert isinstance(driver.app.screen, RemindDialog)
        assert driver.shows("Mira Stone · another time")
        await driver.type("+2d")
        await driver.press("enter")
        assert state_of(session, listed["Mira"]) is ReminderState.RESCHEDULED
        assert driver.shows("moved · about Mira")
        moved = [
            each for each in reminders.list_reminders(session) if each.reminder.replaces_id == listed["Mira"]
        ]
        assert [each.reminder.due for each in moved] == [clock.now + timedelta(days=2)]
        await driver.press("g", "escape")
        assert isinstance(driver.app.screen, RemindersScreen)


async def test_the_sheet_of_a_month_leaves_the_keys_of_the_dialog_in_sight(
    session: Session, listed: dict[str, int]
) -> None:
    async with driven(session, size=(80, 24)) as driver:
        await driver.press("r", "f4")
        dialog = driver.app.screen
        assert isinstance(dialog, RemindDialog)
        sheet, box = dialog.query_one(MonthSheet).region, dialog.query_one("#dialog").region
        assert 0 <= box.y < sheet.y < sheet.bottom < box.bottom <= 24
        assert driver.shows("Enter save")


async def test_opening(session: Session, listed: dict[str, int]) -> None:
    async with driven(session) as driver:
        await driver.press("b", "down", "down", "down", "enter")
        assert driver.app.screen is driver.screen
        assert driver.open_name == "Tom Stone"
        await driver.press("b")
        await driver.click_words("Lea Stone")
        assert driver.open_name == "Lea Stone"


async def test_what_is_done_with_can_only_be_opened(session: Session, listed: dict[str, int]) -> None:
    async with driven(session) as driver:
        await driver.press("b", "end", "d", "x", "g")
        assert isinstance(driver.app.screen, RemindersScreen)
        assert state_of(session, listed["Ed"]) is ReminderState.ACKNOWLEDGED
        await driver.press("enter")
        assert driver.open_name == "Ed Stone"


async def test_time_and_other_terminals_show_by_themselves(
    session: Session, listed: dict[str, int], clock: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminders_screen, "RENEWED_EVERY", 0.05)
    assert session.store.path is not None
    other = Session.open(session.store.path, session.actor.email, clock)
    async with driven(session) as driver:
        await driver.press("b", *["down"] * 3)
        assert "Tom Stone" in under_cursor(driver)
        clock.move(hours=4)
        await driver.until(lambda: place(driver, "Tom Stone") < place(driver, " Later"))
        assert "Tom Stone" in under_cursor(driver)
        reminders.cancel(other, listed["Tom"])
        await driver.until(lambda: driver.shows("cancelled · about Tom"))
    other.close()


async def test_one_that_has_ended_elsewhere_is_told(
    session: Session, listed: dict[str, int], clock: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminders_screen, "RENEWED_EVERY", 3600)
    async with driven(session) as driver:
        await driver.press("b")
        reminders.acknowledge(session, listed["Mira"])
        await driver.press("x")
        assert driver.told() == ["That reminder has ended already."]


async def test_names_of_any_length_keep_the_columns(tmp_path: Path, clock: MovingClock) -> None:
    session = make_session(tmp_path, "hesin-haseb", clock)
    for name in ("ن" * 200, "[/b] Ali", "مینا صادقی", ""):
        lead = add_lead(session, name, mine=True)
        reminders.set_reminder(session, lead.id, session.now() + timedelta(hours=1), name or "x")
    async with driven(session, size=NARROW) as driver:
        await driver.press("b")
        assert all(len(line) <= NARROW[0] for line in driver.lines())
        assert driver.shows("[/b] Ali")
        assert driver.shows("بی‌نام")
        await driver.resize(160, 50)
        assert driver.shows("[/b] Ali")
    assert len(open_lead(session, 1).pending) == 1
    session.close()


async def test_its_keys_can_be_clicked(session: Session, listed: dict[str, int]) -> None:
    async with driven(session) as driver:
        await driver.press("b")
        await driver.click_words("Done", line=-1)
        assert state_of(session, listed["Mira"]) is ReminderState.ACKNOWLEDGED
        await driver.click_words("Back", line=-1)
        assert driver.app.screen is driver.screen


async def test_a_refused_move_comes_back_as_it_was_typed(session: Session, listed: dict[str, int]) -> None:
    async with driven(session) as driver:
        await driver.press("b", "g")
        await driver.type("+2d")
        with refusing_disk():
            await driver.press("enter")
        assert driver.shows("Mira Stone · another time")
        assert driver.shows_wrapped("nothing was saved")
        assert driver.shows(" +2d ")
        await driver.press("enter")
        assert state_of(session, listed["Mira"]) is ReminderState.RESCHEDULED
