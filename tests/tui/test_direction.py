"""Every terminal shows the same: no field leaves its place, and no digit of a number."""

from __future__ import annotations

import unicodedata
from collections.abc import Generator
from datetime import timedelta
from pathlib import Path

import pytest
from desk_driving import driven
from rich.segment import Segment
from seen_screen import MARK, by_line, rows_of, seen
from session_making import MovingClock, add_lead, make_session
from textual.content import Content
from textual.strip import Strip

from leadtui.presentation.drawn_text import Drawing
from leadtui.services.reminders import set_reminder
from leadtui.services.session import Session
from leadtui.settings import Settings, TerminalProfile
from leadtui.tui.direction import TurnedAlready, turned_line, wrapped

TERMINALS = [TerminalProfile.PLAIN, TerminalProfile.MARKS, TerminalProfile.KONSOLE, TerminalProfile.KITTY]

NAME, NUMBER = "سارا احمدی", "+989181809983"
SEEN_NAME = "ﯼﺪﻤﺣﺍ ﺍﺭﺎﺳ"
GROUPS = " 918 180 9983", "0918 180 9983"
"""How the number is shown abroad and at home."""


@pytest.fixture(params=["sales", "hesin-haseb"], ids=["in English", "in Persian"])
def persian(request: pytest.FixtureRequest, tmp_path: Path, clock: MovingClock) -> Generator[Session]:
    """A desk whose customers have Persian names, one also a Latin e-mail and a town with brackets; one is due to be called."""
    session = make_session(tmp_path, request.param, clock)
    add_lead(session, "مریم کریمی", "+989121234567", mine=True, city="شیراز (فارس)", email="mary@example.com")
    lead = add_lead(session, NAME, NUMBER, mine=True, city="تهران")
    set_reminder(session, lead.id, clock.now + timedelta(minutes=10), "call back")
    yield session
    session.close()


def letters_of(line: str) -> str:
    """The line without the shapes of its letters: a word that a dialog cuts may end otherwise where letters are joined anew."""
    return unicodedata.normalize("NFKC", line)


@pytest.mark.parametrize("profile", TERMINALS)
async def test_a_number_in_the_alert_is_seen_in_its_order(
    persian: Session, profile: TerminalProfile, clock: MovingClock
) -> None:
    async with driven(persian, settings=Settings(direction=profile), size=(180, 40)) as driver:
        clock.move(minutes=10)
        driver.app.due_reminders.look()
        await driver.settled()
        assert driver.alert is not None
        line = seen(driver.app)[driver.alert.region.y]
        assert SEEN_NAME in line
        assert any(groups in line for groups in GROUPS), line


async def test_without_marks_a_terminal_that_turns_lines_would_move_columns(persian: Session) -> None:
    async with driven(persian, settings=Settings(direction=TerminalProfile.MARKS)) as driver:
        for row in rows_of(driver.app):
            text = "".join(row).replace(MARK, "")
            if SEEN_NAME in text:
                assert "".join(by_line(row)).replace(MARK, "") == text
                assert "".join(by_line([cell.replace(MARK, "") for cell in row])) != text
                return
        raise AssertionError("no row has the name")


@pytest.mark.parametrize("profile", TERMINALS)
async def test_what_a_dialog_leaves_of_the_desk_stays_as_it_was(
    persian: Session, profile: TerminalProfile
) -> None:
    """The desk behind a modal screen is drawn from lines that are turned already, cut where the dialog begins."""
    async with driven(persian, settings=Settings(direction=profile)) as driver:
        before = seen(driver.app)
        await driver.press("a")
        behind = seen(driver.app)
        compared = 0
        for line_before, line in zip(before, behind, strict=True):
            if "│" in line and not line_before.isascii():
                left, right = line.index("│"), line.rindex("│") + 1
                assert letters_of(line[:left]) == letters_of(line_before[:left])
                assert letters_of(line[right:]) == letters_of(line_before[right:])
                compared += 1
        assert compared


@pytest.mark.parametrize("profile", TERMINALS)
async def test_no_screen_turns_what_lies_below_it(persian: Session, profile: TerminalProfile) -> None:
    async with driven(persian, settings=Settings(direction=profile)) as driver:
        for key in ("s", "e", "m", "c", "r", "d", "b", "f", "question_mark", "ctrl+p", "f2"):
            await driver.press(key)
            assert all(isinstance(screen, TurnedAlready) for screen in driver.app.screen_stack[1:]), key
            await driver.press("escape", "escape")


async def test_another_direction_shows_at_once(persian: Session) -> None:
    async with driven(persian, settings=Settings(direction=TerminalProfile.OFF)) as driver:
        assert driver.shows(NAME)
        driver.app.use_direction(TerminalProfile.PLAIN)
        await driver.settled()
        assert any(SEEN_NAME in line for line in seen(driver.app))
        assert not driver.shows(NAME)


@pytest.mark.parametrize(
    ("note", "second"),
    [
        ("نوشت که قیمت CRM system را", "\u200fCRM system را"),
        ("He wrote that سلام دوستان again", "\u200eسلام دوستان again"),
    ],
)
def test_every_row_of_a_note_runs_as_the_note_does(note: str, second: str) -> None:
    """Also the one that begins with a word of the other direction."""
    words = Content(note)
    _first, row = wrapped(words, len(second) - 1, words)
    assert (row.plain, row.cell_length) == (second, len(second) - 1)
    drawn = turned_line(Strip([Segment(row.plain)]), Drawing(TerminalProfile.PLAIN)).text
    latin_first = second.startswith("\u200e")
    assert drawn.endswith("again" if latin_first else "CRM system")
