"""F2, Workspace: the holidays of a calendar file come into the form, seen before, taken out again or saved with the rest."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from desk_driving import NARROW, Driver, driven
from session_making import MovingClock, hire

from leadtui.services.session import Session
from leadtui.services.workspace import change_workspace
from leadtui.tui.dialogs.file_dialog import FileDialog
from leadtui.tui.dialogs.holidays_dialog import HolidaysDialog

CHRISTMAS = "gregorian *-12-25 Christmas"

FILE = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
DTSTART;VALUE=DATE:20200101
DTEND;VALUE=DATE:20200102
RRULE:FREQ=YEARLY
SUMMARY:Neujahr
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20201225
RRULE:FREQ=YEARLY
SUMMARY:Christmas
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20250420
DTEND;VALUE=DATE:20250422
SUMMARY:Ostern [bold]!
END:VEVENT
BEGIN:VEVENT
DTSTART:20250420T100000Z
SUMMARY:A meeting
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20200410
SUMMARY:Karfreitag
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "austria.ics"
    path.write_text(FILE)
    return path


def with_christmas(session: Session) -> None:
    change_workspace(session, replace(session.workspace, holidays=(CHRISTMAS,)))


async def choose(driver: Driver, path: Path) -> None:
    await driver.press("f2", "7", "ctrl+o")
    assert isinstance(driver.app.screen, FileDialog)
    await driver.type(str(path))
    await driver.press("enter")


async def test_they_are_seen_taken_and_saved(session: Session, file: Path) -> None:
    with_christmas(session)
    async with driven(session, size=(120, 50)) as driver:
        await choose(driver, file)
        assert isinstance(driver.app.screen, HolidaysDialog)
        assert driver.shows("New: 3. There already: 1. Over: 1. No whole days: 1.")
        assert driver.shows("Ostern [bold]!  Sun 20 Apr 2025")
        assert driver.shows("Neujahr  every year · next Wed 1 Jan 2025")
        await driver.press("enter")
        assert driver.shows("3 holidays are in the form: Ctrl+S saves them")
        assert driver.shows("4 holidays; the next:")
        assert session.workspace.holidays == (CHRISTMAS,)
        await driver.press("ctrl+s")
    assert session.workspace.holidays == (
        CHRISTMAS,
        "gregorian *-01-01 Neujahr",
        "gregorian 2025-04-20 Ostern [bold]!",
        "gregorian 2025-04-21 Ostern [bold]!",
    )


async def test_they_are_taken_out_again_before_they_are_saved(session: Session, file: Path) -> None:
    with_christmas(session)
    async with driven(session, size=(120, 40)) as driver:
        await choose(driver, file)
        await driver.press("enter", "ctrl+z")
        assert driver.shows("1 holiday; the next:")
        await driver.press("ctrl+s")
        assert driver.shows("Nothing is changed.")
        await driver.press("ctrl+o")
        await driver.type(str(file))
        await driver.press("enter", "enter", "escape")
        assert driver.shows("is not saved")
        await driver.press("escape")
    assert session.workspace.holidays == (CHRISTMAS,)


async def test_a_file_that_adds_nothing_or_is_none(session: Session, file: Path, tmp_path: Path) -> None:
    async with driven(session, size=NARROW) as driver:
        broken = tmp_path / "broken.ics"
        broken.write_text("no calendar")
        await choose(driver, broken)
        assert isinstance(driver.app.screen, FileDialog)
        assert driver.shows("This is no calendar file; save it as iCalendar (.ics).")
        await driver.type(str(file))
        await driver.press("enter", "enter", "ctrl+s")
        kept = session.workspace.holidays
        assert len(kept) == 4
        await driver.press("ctrl+o")
        await driver.type(str(file))
        await driver.press("enter")
        assert driver.shows("New: 0. There already: 4.")
        await driver.press("enter")
        assert isinstance(driver.app.screen, HolidaysDialog)
        await driver.press("escape", "escape")
        assert not isinstance(driver.app.screen, HolidaysDialog | FileDialog)
    assert session.workspace.holidays == kept


async def test_the_key_is_of_the_workspace_and_of_who_may_change_it(
    session: Session, clock: MovingClock
) -> None:
    async with driven(session) as driver:
        await driver.press("f2", "1")
        assert not driver.shows("Calendar file")
        await driver.press("7")
        assert driver.shows("Calendar file")
    reza = hire(session, "Reza Amini", "reza@example.com", clock)
    async with driven(reza) as driver:
        await driver.press("f2", "ctrl+o")
        assert not isinstance(driver.app.screen, FileDialog)
