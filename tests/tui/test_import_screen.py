"""Importing at the desk: a new desk says how customers come in; a file is looked at, tried, imported, stopped and taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import rmtree
from threading import Event
from typing import Any

import pytest
from desk_driving import NARROW, PATIENCE, driven
from session_making import MovingClock, add_lead, hire

from leadtui.services.importing import running
from leadtui.services.importing.running import list_imports
from leadtui.services.leads import find_lead
from leadtui.services.session import Session
from leadtui.tui.dialogs.file_dialog import FileDialog
from leadtui.tui.dialogs.import_dialogs import ImportResultDialog

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


async def test_a_new_desk_takes_a_file_from_the_first_look_to_taking_it_back(
    session: Session, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "ROWS_BESIDE_DESKS", 10)
    async with driven(session, size=NARROW) as driver:
        # The desk says what there is to do, and a click on it does that.
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

        # What is typed narrows the folder; a path is gone to; Backspace goes up.
        await driver.type("old")
        assert not driver.shows("people.csv")
        await driver.press("enter")
        assert driver.shows("strange.csv")
        await driver.type("~/nowhere/none.csv")
        await driver.press("enter")
        assert driver.shows("There is no file ~/nowhere/none.csv.")
        # Without a column of numbers it is shown all the same, and cannot be imported.
        await driver.press("ctrl+u", "down", "enter")
        assert driver.shows("No column is known to hold phone numbers")
        await driver.press("ctrl+s")
        assert driver.shows("Say first which column")
        await driver.press("escape", "backspace")
        await driver.type(f"'{folder}/people.csv'")
        await driver.press("enter")

        # Where each column goes, of which one is changed, and how it is taken.
        assert driver.shows("41 rows")
        assert driver.shows("Full name                 → Name")
        await driver.type("shoe")
        await driver.press("enter")
        await driver.type("ignore")
        await driver.press("enter")
        assert driver.shows("Shoe                      → Left out")
        await driver.type("reached by")
        await driver.press("enter", "down", "enter")
        assert driver.shows("people-rejected.c")

        # Trying it writes nothing; from its result it is imported.
        await driver.press("f9")
        assert driver.shows("read 41, new 40")
        assert driver.shows("This was a dry run")
        assert not list_imports(session)
        assert not (folder / "people-rejected.csv").exists()

        # Stopped between two parts, what is imported stays; the same file goes on from there.
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
        await driver.press("ctrl+o")
        await driver.type("people.csv")
        await driver.press("enter")
        assert driver.shows("Shoe                      → Left out")
        await driver.type("reached by")
        await driver.press("enter", "down", "enter", "ctrl+s")
        assert isinstance(driver.app.screen, ImportResultDialog)
        assert driver.shows("went on from row")
        assert driver.shows("read 41, new 40")
        assert "Nobody Reached" in (folder / "people-rejected.csv").read_text(encoding="utf-8-sig")
        assert list_imports(session)[0].ended_at is not None
        assert find_lead(session, "+12125550100").name == "Person 100"

        # From the result it is taken back, once it was said what that does.
        await driver.press("u")
        assert driver.shows("40 new customers go")
        await driver.press("enter")
        assert driver.told()[-1].startswith("Taken back: 40 went")
        await driver.until(lambda: driver.shows("No customers yet."), "the empty desk")


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
