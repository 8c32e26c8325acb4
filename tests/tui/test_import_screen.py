"""Importing at the desk: a new desk says how customers come in; a file is looked at, tried, imported, stopped and taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree
from threading import Event
from typing import Any

import pytest
from desk_driving import NARROW, PATIENCE, Driver, driven
from session_making import MovingClock, add_lead, hire, status_of

from leadtui.domain.view import View
from leadtui.services.importing import running
from leadtui.services.importing.running import list_imports
from leadtui.services.lead_list import LeadList
from leadtui.services.leads import find_lead
from leadtui.services.session import Session
from leadtui.tui.dialogs.file_dialog import FileDialog
from leadtui.tui.dialogs.import_dialogs import ImportDialog, ImportResultDialog

TABLE = "Full name,Tel,Shoe,Code\n" + "".join(
    f"Person {number},(212) 555-0{number},4{number % 5},9{number}\n" for number in range(100, 140)
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the person starts the program, with a file, a folder and what is no table."""
    folder = tmp_path / "files"
    (folder / "Older").mkdir(parents=True)
    (folder / "people.csv").write_text(TABLE + "Nobody Reached,,40,\n", encoding="utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / "Older" / "strange.csv").write_text(
        "Who,What\nAnna,a shoe\nBerta,a hat\nCyrus,a coat\n", encoding="utf-8"
    )
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(folder)
    return folder


class Gate:
    """Counts a part of the import as the program does, the second one not before the gate is open."""

    def __init__(self, advance: Callable[..., None]) -> None:
        self._advance = advance
        self._parts = 0
        self.reached, self.open = Event(), Event()

    def __call__(self, *args: Any) -> None:
        self._parts += 1
        if self._parts == 2:
            self.reached.set()
            assert self.open.wait(PATIENCE)
        self._advance(*args)


async def choose(driver: Driver, name: str) -> None:
    """Open the file of that name in the folder where the person started."""
    await driver.press("ctrl+o")
    await driver.type(name)
    await driver.press("enter")


async def decide(driver: Driver, title: str, *keys: str) -> None:
    """Find what is called so among all that can be decided, and press keys in its choices."""
    await driver.type(title)
    await driver.press("enter", *keys)


async def test_a_new_desk_says_how_customers_come_in(session: Session, folder: Path) -> None:
    async with driven(session, size=NARROW) as driver:
        for words in (
            "No customers yet.",
            "a       type in",
            "F2 5    invite",
            "look around on a made-up desk",
        ):
            assert driver.shows(words)
        await driver.click_words("import a file of them")
        assert isinstance(driver.app.screen, FileDialog)
        assert driver.shows("~/files")
        assert driver.shows("people.csv")
        assert not driver.shows("picture.png")


async def test_a_file_is_found_by_typing_and_by_its_path(session: Session, folder: Path) -> None:
    async with driven(session, size=NARROW) as driver:
        await driver.press("ctrl+o")
        # What is typed narrows the folder; a path is gone to; Backspace goes up.
        await driver.type("old")
        assert not driver.shows("people.csv")
        await driver.press("enter")
        assert driver.shows("strange.csv")
        await driver.type("~/nowhere/none.csv")
        await driver.press("enter")
        assert driver.shows("There is no file ~/nowhere/none.csv.")
        await driver.press("ctrl+u", "backspace")
        await driver.type(f"'{folder}/people.csv'")
        await driver.press("enter")
        assert driver.shows("41 rows")


async def test_a_table_without_numbers_is_shown_and_not_imported(session: Session, folder: Path) -> None:
    async with driven(session, size=NARROW) as driver:
        await choose(driver, f"{folder}/Older/strange.csv")
        assert driver.shows("No column is known to hold phone numbers")
        await driver.press("ctrl+s")
        assert driver.shows("Say first which column")
        assert isinstance(driver.app.screen, ImportDialog)


async def test_what_is_decided_is_tried_and_then_imported(session: Session, folder: Path) -> None:
    async with driven(session, size=NARROW) as driver:
        await choose(driver, "people.csv")
        assert driver.shows("41 rows")
        assert driver.shows("Full name                 → Name")
        await decide(driver, "shoe")
        await decide(driver, "ignore")
        assert driver.shows("Shoe                      → Left out")
        await decide(driver, "reached by", "down", "enter")
        assert driver.shows("people-rejected.c")

        # Trying it writes nothing; from its result it is imported.
        await driver.press("f9")
        assert driver.shows("read 41, new 40")
        assert driver.shows("This was a dry run")
        assert not list_imports(session)
        assert not (folder / "people-rejected.csv").exists()
        await driver.press("ctrl+s")
        assert driver.shows("read 41, new 40")
        assert "Nobody Reached" in (folder / "people-rejected.csv").read_text(encoding="utf-8-sig")
        assert find_lead(session, "+12125550100").name == "Person 100"

        # From the result it is taken back, once it was said what that does.
        await driver.press("u")
        assert driver.shows("40 new customers go")
        await driver.press("enter")
        assert driver.told()[-1].startswith("Taken back: 40 went")
        await driver.until(lambda: driver.shows("No customers yet."), "the empty desk")


async def test_what_was_stopped_goes_on_from_there(
    session: Session, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "ROWS_BESIDE_DESKS", 10)
    async with driven(session, size=NARROW) as driver:
        await choose(driver, "people.csv")
        gate = Gate(running.imports.advance)
        with monkeypatch.context() as patched:
            patched.setattr(running.imports, "advance", gate)
            driver.send("ctrl+s")
            await driver.reached(gate.reached.is_set)
            driver.send("escape")
            await driver.reached(lambda: driver.shows("Stopping"))
            gate.open.set()
            await driver.settled()
        assert driver.told()[-1].startswith("Stopped. What was imported stays")
        (batch,) = list_imports(session)
        assert batch.ended_at is None
        assert 0 < batch.counts.read < 41
        driver.app.clear_notifications()
        await choose(driver, "people.csv")
        await driver.press("ctrl+s")
        assert isinstance(driver.app.screen, ImportResultDialog)
        assert driver.shows("went on from row")
        assert driver.shows("read 41, new 40")
        assert list_imports(session)[0].ended_at is not None


async def test_several_files_come_in_together_and_are_shared_out(
    session: Session, folder: Path, clock: MovingClock
) -> None:
    sara = hire(session, "Sara Ahmadi", "sara@example.com", clock)
    (folder / "more.csv").write_text("Name,Phone\nMina Sadeghi,(212) 555-0199\n", encoding="utf-8")
    async with driven(session, size=NARROW) as driver:
        await driver.press("ctrl+o")
        # Marked in this order; a folder is not marked, and a mark is taken away as it was set.
        await driver.type("people")
        await driver.press("tab", "ctrl+u")
        await driver.type("more")
        await driver.press("tab", "ctrl+u", "tab")
        assert driver.shows("2 files are marked: people.csv, more.csv.")
        await driver.type("people")
        await driver.press("enter")
        assert driver.shows("Import · people.csv, more.csv")
        assert driver.shows("42 rows")
        assert driver.shows("Columns of people.csv")
        await driver.type("columns of more")
        assert not driver.shows("Columns of people.csv")
        await driver.press("ctrl+u")
        await decide(driver, "whose new customers")
        await decide(driver, "in turn")
        await driver.press("ctrl+s")
        assert driver.shows("Together: read 42, new 41")
        assert driver.shows("more.csv: read 1, new 1")
        owners = {find_lead(session, f"+121255501{number}").owner_id for number in range(10, 40)}
        assert owners == {session.actor.id, sara.actor.id}

        # Both are taken back, the later one first.
        await driver.press("u")
        assert driver.shows("Import 2 of more.csv")
        await driver.press("enter")
        assert driver.shows("Import 1 of people.csv")
        await driver.press("enter")
        await driver.until(lambda: driver.shows("No customers yet."), "the empty desk")
    sara.close()


async def test_an_import_says_itself_among_whom_and_up_to_how_many(
    session: Session, folder: Path, clock: MovingClock
) -> None:
    sara, reza = (hire(session, name, f"{name.lower()}@example.com", clock) for name in ("Sara", "Reza"))
    async with driven(session, size=NARROW) as driver:
        await choose(driver, "people.csv")
        assert not driver.shows("Among, with ; between")
        await decide(driver, "whose new customers")
        await decide(driver, "weight")
        for line, typed in (("with ; between", "Sara=3; Reza"), ("no more once", "24")):
            await decide(driver, line)
            await driver.type(typed)
            await driver.press("enter")
        assert driver.shows("Sara=3; Reza")
        await driver.press("ctrl+s")
        assert isinstance(driver.app.screen, ImportResultDialog)
    customers = LeadList(session)
    owned = Counter(each.owner_id for each in customers.rows(customers.order(View())).values())
    assert (owned[sara.actor.id], owned[reza.actor.id], owned[session.actor.id]) == (24, 16, 0)
    for each in (sara, reza):
        each.close()


async def test_nothing_comes_in_where_anything_is_doubtful_and_that_is_wanted(
    session: Session, folder: Path
) -> None:
    rows = "".join(f"Person {n},(212) 555-01{n},0{n % 9 + 1}/04/2024\n" for n in range(10, 30))
    (folder / "doubtful.csv").write_text("Name,Phone,Date\n" + rows, encoding="utf-8")
    async with driven(session, size=NARROW) as driver:
        await choose(driver, "doubtful.csv")
        await driver.press("f8")
        await decide(driver, "anything is doubtful")
        await decide(driver, "yes")
        await driver.press("ctrl+s")
        assert isinstance(driver.app.screen, ImportDialog)
        assert list_imports(session) == ()
        await decide(driver, "anything is doubtful")
        await decide(driver, "no")
        await driver.press("ctrl+s")
        assert driver.shows("read 20, new 20")


async def test_files_that_are_dropped_on_the_terminal_come_in_together(
    session: Session, folder: Path
) -> None:
    (folder / "two words.csv").write_text("Name,Phone\nMina,(212) 555-0199\n", encoding="utf-8")
    async with driven(session, size=NARROW) as driver:
        await choose(driver, f"'{folder}/people.csv' {folder}/two\\ words.csv")
        assert driver.shows("42 rows")


async def test_what_is_rarely_decided_stands_behind_a_key(session: Session, folder: Path) -> None:
    (folder / "local.csv").write_text(
        "Name,Phone,Status,Amount\n" + "".join(f"Person {n},555-01{n},Opened,1\n" for n in range(10, 30)),
        encoding="utf-8",
    )
    async with driven(session, size=NARROW) as driver:
        await choose(driver, "local.csv")
        assert not driver.shows("Area code")
        await driver.press("f8")
        assert driver.shows("Area code of numbers without one")
        assert driver.shows("F8 usual")
        await decide(driver, "area code")
        await driver.type("212")
        await driver.press("enter")
        assert driver.shows("212")
        await decide(driver, "cells that are not")
        await driver.press("down", "enter")
        # What a cell means that the workspace calls otherwise.
        await driver.press("f8")
        await decide(driver, "in 20 rows")
        await decide(driver, "interested")
        await driver.press("ctrl+s")
        assert driver.shows("read 20, new 20")
        lead = find_lead(session, "+12125550110")
        assert lead.status_id == status_of(session, "interested").id
        assert "Amount" in (folder / "local-cells.csv").read_text(encoding="utf-8-sig")


async def test_where_a_folder_is_gone_the_one_above_is_shown(session: Session, folder: Path) -> None:
    deep = folder / "Older" / "Deep" / "Deeper"
    deep.mkdir(parents=True)
    async with driven(session, size=NARROW) as driver:
        await driver.press("ctrl+o")
        await driver.type(f"{deep}")
        await driver.press("enter")
        assert driver.shows("~/files/Older/Deep/Deeper")
        # Another program takes away this folder and the two above it: the first that is left is shown.
        rmtree(folder / "Older")
        await driver.press("backspace")
        await driver.until(lambda: driver.shows("people.csv"), "the folder above")
        assert driver.shows("~/files")
        assert not driver.shows("~/files/Older")
        await driver.type("people.csv")
        await driver.press("enter")
        assert driver.shows("41 rows")


async def test_who_may_not_import_is_neither_offered_it_nor_let(session: Session, clock: MovingClock) -> None:
    sara = hire(session, "Sara Ahmadi", "sara@example.com", clock)
    async with driven(sara, size=NARROW) as driver:
        assert driver.shows("look around on a made-up desk")
        assert not driver.shows("import a file")
        await driver.press("ctrl+o")
        assert "imports:run" in driver.told()[-1]
        # Nor is a desk with customers in the way of its own demonstration where the terminal cannot be lent.
        add_lead(session, "Mina Sadeghi")
        await driver.app.run_named("demo")
        await driver.settled()
        assert driver.told()[-1] == "`leadtui demo` opens it in another terminal."
