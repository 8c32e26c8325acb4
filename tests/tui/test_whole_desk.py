"""What concerns the whole desk, from the palette: a backup, the state of the store, templates, the do-not-call list as a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from desk_driving import NARROW, PATIENCE, Driver, driven
from session_making import add_lead, make_session
from textual.widgets import Static

from leadtui.services import do_not_call
from leadtui.services.backing_up import back_up
from leadtui.services.number_files import read_numbers
from leadtui.services.session import Session
from leadtui.store import consistency
from leadtui.store.sqlite.driver import sqlite_driver
from leadtui.tui.actions import store_files
from leadtui.tui.dialogs.repair_dialog import RepairDialog
from leadtui.tui.dialogs.target_dialog import TargetDialog
from leadtui.tui.dialogs.template_dialogs import DifferencesDialog
from leadtui.tui.screens.doctor import DoctorScreen


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The person's home folder."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.chdir(home)
    return home


async def run(driver: Driver, name: str) -> None:
    """Run a command as the palette does."""
    await driver.app.run_named(name)
    await driver.settled()


def shown_differences(driver: Driver) -> str:
    """What a template would change, all of it."""
    return str(driver.app.screen.query_one("#lines Static", Static).content)


async def test_a_backup_says_what_it_holds_and_replaces_nothing_unasked(session: Session, home: Path) -> None:
    add_lead(session, "Mina Sadeghi", "(212) 555-0101")
    async with driven(session, size=NARROW) as driver:
        await run(driver, "back-up")
        assert isinstance(driver.app.screen, TargetDialog)
        assert driver.shows("~/leadtui-2024-09-28.db")
        await driver.press("enter")
        assert driver.told()[-1].startswith(f"Wrote {home}/leadtui-2024-09-28.db: 1 customer, ")
        driver.app.clear_notifications()

        # A file of that name is there now: another one is proposed, and it is asked about.
        kept = (home / "leadtui-2024-09-28.db").read_bytes()
        await run(driver, "back-up")
        assert driver.shows("~/leadtui-2024-09-28-2.db")
        await driver.press("ctrl+u")
        await driver.type("~/leadtui-2024-09-28.db")
        await driver.press("enter")
        assert driver.shows("This file is there already. Enter again replaces it")
        assert (home / "leadtui-2024-09-28.db").read_bytes() == kept
        await driver.press("enter")
        assert driver.told()[-1].startswith("Wrote ")
        # The store itself is no place for it.
        await run(driver, "back-up")
        await driver.press("ctrl+u")
        await driver.type(str(session.store.path))
        await driver.press("enter")
        assert isinstance(driver.app.screen, TargetDialog)
        assert driver.shows("the store itself")
    restored = Session.open(home / "leadtui-2024-09-28.db", session.actor.email)
    assert consistency.look(restored.store, restored.now()) is not None
    restored.close()


async def test_a_backup_that_takes_its_time_says_how_far_it_is(
    session: Session, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    half, checked = Event(), Event()

    def slowly(session: Session, path: Path, *, force: bool, progress: Callable[[int, int], None]) -> Any:
        def told(written: int, total: int) -> None:
            for gate, share in ((half, total // 2), (checked, written)):
                progress(share, total)
                assert gate.wait(PATIENCE)

        return back_up(session, path, force=force, progress=told)

    monkeypatch.setattr(store_files, "write_backup", slowly)
    async with driven(session, size=NARROW) as driver:
        await run(driver, "back-up")
        await driver.pilot.press("enter")
        await driver.reached(lambda: driver.shows("50 % is written."), "half of it")
        half.set()
        await driver.reached(lambda: driver.shows("it is being checked."), "all of it")
        checked.set()
        await driver.until(driver.told, "the notice")
        assert driver.told()[-1].startswith("Wrote ")


async def test_what_is_wrong_is_listed_and_put_right_after_a_typed_yes(session: Session) -> None:
    add_lead(session, "Mina Sadeghi", "(212) 555-0101")
    raw = sqlite_driver().connect(str(session.store.path), isolation_level=None)
    raw.execute("UPDATE lead SET name_sort = 'zzz'")
    raw.close()
    async with driven(session, size=NARROW) as driver:
        await run(driver, "doctor")
        assert isinstance(driver.app.screen, DoctorScreen)
        await driver.until(lambda: driver.shows("✗"), "what is wrong")
        assert driver.shows("1 customer is found or sorted by something else")
        # The keys of the screen are named, not commands.
        assert driver.shows_wrapped("than they say; r puts it right.")
        assert not driver.shows("--repair")
        # A fact that has no room in its line is told whole below the list.
        await driver.press("end", "home", *["down"] * 8)
        assert driver.shows("Store:")
        await driver.press("r")
        assert isinstance(driver.app.screen, RepairDialog)
        await driver.press("enter")
        assert driver.shows("Answer yes or no.")
        await driver.type("no")
        await driver.press("enter")
        assert list(consistency.look(session.store, session.now()))
        await driver.press("r")
        await driver.type("yes")
        await driver.press("enter")
        assert driver.shows("Put right: 1 customer is found or sorted by something else")
        assert driver.shows("The store from before is kept as")
        assert not list(consistency.look(session.store, session.now()))
        await driver.press("escape")
        await driver.until(lambda: driver.shows("Nothing is wrong."), "the state afterwards")
        await driver.press("escape")
        assert driver.app.screen is driver.screen


async def test_definitions_go_out_and_come_in_with_their_differences(
    session: Session, home: Path, tmp_path: Path
) -> None:
    other = make_session(tmp_path / "home", "blank")
    async with driven(session, size=NARROW) as driver:
        await run(driver, "export-template")
        await driver.press("enter")
        file = home / "leadtui-definitions-2024-09-28.toml"
        assert driver.told()[-1] == f"Wrote {file}."
    async with driven(other, size=NARROW) as driver:
        await run(driver, "import-template")
        await driver.press("enter")
        await driver.type(str(file))
        await driver.press("enter")
        assert isinstance(driver.app.screen, DifferencesDialog)
        assert "Status: Demo booked is added" in shown_differences(driver)
        assert "is retired" not in shown_differences(driver)
        before = other.definitions
        await driver.press("escape", "escape")
        assert other.definitions == before
        await run(driver, "import-template")
        await driver.press("enter")
        await driver.type(str(file))
        await driver.press("enter", "f8")
        # What the file lacks is retired only where that was asked for.
        assert "is retired" in shown_differences(driver)
        await driver.press("f8", "ctrl+s")
        assert "definitions were changed" in driver.told()[-1]
        assert {each.key for each in session.definitions.open_statuses} <= {
            each.key for each in other.definitions.open_statuses
        }
        # A template that comes with leadtui goes the same way; without a difference there is nothing to apply.
        await run(driver, "import-template")
        await driver.press("enter")
        await driver.type(str(file))
        await driver.press("enter")
        assert driver.shows("No difference.")
    other.close()


async def test_the_do_not_call_list_goes_into_a_file_that_comes_in_again(
    session: Session, home: Path
) -> None:
    add_lead(session, "=HYPERLINK(1)", "(212) 555-0101")
    do_not_call.forbid_number(session, "(212) 555-0101", "asked us")
    do_not_call.forbid_number(session, "(212) 555-0102", "@SUM(1)")
    async with driven(session, size=NARROW) as driver:
        await driver.press("D", "e")
        await driver.press("enter")
        assert driver.told()[-1] == "2 numbers were written."
    text = (home / "do-not-call.csv").read_text(encoding="utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert "'@SUM(1)" in text
    assert sorted(read_numbers(home / "do-not-call.csv")) == ["+12125550101", "+12125550102"]
