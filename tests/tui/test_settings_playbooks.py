"""A playbook written on screen: three questions within a minute, tried out beside it, refused beside what is wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from desk_driving import NARROW, driven
from sample_class import Typist
from session_making import make_session

from leadtui.domain.field import FieldKind
from leadtui.domain.playbook import Condition, ItemKind, Objection, Playbook, PlaybookItem
from leadtui.services.drafts import open_drafts
from leadtui.services.playbooks import save_need
from leadtui.services.session import Session
from leadtui.tui.dialogs.conflict_dialog import ConflictDialog
from leadtui.tui.dialogs.status_dialog import StatusDialog
from leadtui.tui.screens.settings.playbook_editors import PlaybookLinesEditor
from leadtui.tui.screens.settings.screen import SettingsScreen

PRESSED_FOR_THREE_QUESTIONS = 130
"""At two keys a second a minute, and little more."""


@pytest.fixture
def sales(tmp_path: Path) -> Session:
    return make_session(tmp_path)


async def test_three_questions_within_a_minute_and_tried_out(sales: Session) -> None:
    """A new need: a number, a choice, and a date that is asked only after one answer; then an objection."""
    async with driven(sales, size=NARROW) as driver:
        typist = Typist(driver)
        await typist.press("f2", "4", "a")
        await typist.type("Training")
        await typist.press("enter", "enter", "enter", "enter")
        await typist.type("People")
        await typist.press("enter", "enter", "enter")
        await typist.type("whole")
        await typist.press("escape", "a", "enter")
        await typist.type("Where")
        await typist.press("enter", "enter", "enter")
        await typist.type("choice")
        await typist.press("enter")
        await typist.type("Here, There")
        await typist.press("escape", "a", "enter")
        await typist.type("Day")
        await typist.press("enter", "enter", "enter")
        await typist.type("date")
        await typist.press("enter")
        await typist.type("Where")
        await typist.press("enter", "right", "space", "ctrl+s")
        assert typist.count <= PRESSED_FOR_THREE_QUESTIONS
        (need,) = [each for each in sales.definitions.needs if each.title == "Training"]
        assert need.playbook.items == (
            PlaybookItem(ItemKind.ASK, "people", "People", answer=FieldKind.INTEGER),
            PlaybookItem(ItemKind.ASK, "where", "Where", answer=FieldKind.CHOICE, options=("Here", "There")),
            PlaybookItem(
                ItemKind.ASK, "day", "Day", answer=FieldKind.DATE, when=Condition("where", ("There",))
            ),
        )
        await driver.press("f8")
        assert driver.shows("People")
        assert not driver.shows("Day")
        await driver.type("12")
        await driver.press("enter", "right", "right")
        assert driver.shows("Day")
        await driver.press("f12")
        assert isinstance(driver.app.screen, StatusDialog)
        await driver.press("escape", "escape")
        assert driver.shows("Then one asks and does")
    assert not open_drafts(sales)


async def test_what_is_wrong_is_told_beside_its_line(sales: Session) -> None:
    """A condition whose question moved behind it, words that nothing fills in; what is typed outlives the program."""
    async with driven(sales, size=(150, 44)) as driver:
        await driver.press("f2", "4", "enter", "enter", "shift+down", "shift+down", "ctrl+s")
        lines = driver.app.screen.query_one(PlaybookLinesEditor)
        assert "is asked only afterwards" in lines.problems["0.when"]
        assert driver.shows_wrapped("is asked only afterwards; this is never reached.")
        assert lines.is_open
        assert driver.app.screen.query_one("#notice").region.height == 1
    (left,) = open_drafts(sales)
    assert left.draft.kind == "settings:need:-1"
    async with driven(sales, size=(150, 44)) as driver:
        await driver.press("enter")
        settings = driver.app.screen
        assert isinstance(settings, SettingsScreen)
        kept, typed = sales.definitions.opening.items, settings.pane.current_item.playbook.items
        assert typed == (*kept[1:3], kept[0], *kept[3:])


async def test_what_is_objected_and_proposed(sales: Session) -> None:
    """Words that nothing fills in are refused; then the opening, an objection and what the status is filled in with are kept."""
    async with driven(sales, size=(150, 44)) as driver:
        await driver.press("f2", "4", "down", "enter", "enter")
        await driver.type("Hello {nome}")
        await driver.press("ctrl+s")
        assert driver.shows_wrapped("“{nome}” is filled in by nothing")
        await driver.press("backspace", "backspace", "backspace", "backspace")
        await driver.type("ame}")
        await driver.press("enter", "down", "enter")
        await driver.type("Too dear.")
        await driver.press("enter")
        await driver.type("Compared with what?")
        await driver.press("enter", "down")
        await driver.type("Call back")
        await driver.press("enter")
        await driver.type("tomorrow 10")
        await driver.press("ctrl+s")
    book = sales.definitions.needs[0].playbook
    assert book.opening == "Hello {name}"
    assert book.objections == (Objection("Too dear.", "Compared with what?"),)
    assert (book.status, book.remind) == ("call_back", "tomorrow 10")


async def test_back_to_a_version_and_two_who_write_at_once(sales: Session) -> None:
    """What both changed is asked, what only one changed is kept; the older version comes back by two keys."""
    need = sales.definitions.needs[0]
    size = PlaybookItem(ItemKind.ASK, "size", "Size", "How large is it?")
    hello = PlaybookItem(ItemKind.SAY, text="Well, then.")
    need = save_need(sales, replace(need, playbook=Playbook(items=(size, hello))), need)
    async with driven(sales, size=NARROW) as driver:
        await driver.press("f2", "4", "down", "enter", "enter")
        await driver.type("Hello")
        await driver.press("enter", "enter", "enter")
        await driver.type(" in metres")
        theirs = Playbook(
            items=(replace(size, title="Size in feet"), hello), objections=(Objection("No.", "Why not?"),)
        )
        save_need(sales, replace(need, playbook=theirs), need)
        await driver.press("ctrl+s")
        assert isinstance(driver.app.screen, ConflictDialog)
        assert driver.shows("Size in feet")
        assert driver.shows("Size in metres")
        assert not driver.shows("Why not?")
        await driver.press("enter")
        book = sales.definitions.needs[0].playbook
        assert book.opening == "Hello"
        assert book.items[0].title == "Size in metres"
        assert book.objections == theirs.objections
        await driver.press("f4")
        assert driver.shows("− Ask · Size in feet")
        assert driver.shows("+ Begins: Hello")
        await driver.press("enter", "down", "down", "enter")
        assert driver.shows("The playbook is as in version 1 again, as version 4.")
    assert sales.definitions.needs[0].playbook == need.playbook
