"""Exporting at the desk: what is shown or chosen, in a format and into a file that the person names."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from desk_driving import NARROW, PATIENCE, driven
from session_making import MovingClock, add_lead, hire

from leadtui.domain.lead import Lead
from leadtui.services import exporting
from leadtui.services.session import Session
from leadtui.tui.actions import export as exporting_action
from leadtui.tui.dialogs.export_dialog import ExportDialog
from leadtui.tui.dialogs.progress_dialog import ProgressDialog
from leadtui.tui.widgets.inputs import LineInput


def names_in(file: Path) -> list[str]:
    """The names in a CSV file, in its order."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return [row.get("Name", row.get("name", "")) for row in csv.DictReader(stream)]


async def test_a_story_of_exports(
    session: Session, clock: MovingClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Anna", "Berta", "Cyrus", "Dara"):
        add_lead(session, name, city="Rome" if name < "D" else "Oslo")
        clock.move(minutes=1)
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setattr(exporting_action, "AT_ONCE", 2)
    monkeypatch.setattr(exporting, "AT_ONCE", 2)
    day = exporting.suggested_name(session, exporting.ExportFormat.CSV)
    async with driven(session, size=NARROW) as driver:
        # What is found and turned round, with the columns that have room; Enter alone is enough.
        await driver.press("v", "/")
        await driver.type("rome")
        await driver.press("enter", "x")
        assert driver.shows("Export · 3 customers")
        assert driver.shows("Name, Phone, Status")
        await driver.press("enter")
        assert driver.told()[-1] == f"Exported 3 customers to {folder / day}."
        assert names_in(folder / day) == ["Anna", "Berta", "Cyrus"]
        assert (folder / day).stat().st_mode & 0o077 == 0

        # The chosen ones, in the order of the table; a file that is there is asked about, and kept at Escape.
        before = (folder / day).read_bytes()
        await driver.press("escape", "escape", "end", "space", "home", "space", "x")
        assert driver.shows("Export · 2 customers")
        dialog = driver.app.screen
        assert dialog.query_one(LineInput).text.endswith("-2.csv")
        await driver.press("down", "right", "down", "ctrl+u")
        assert driver.focused == "LineInput"
        await driver.type(".")
        await driver.press("enter")
        assert driver.shows("That is a folder")
        await driver.press("ctrl+u")
        await driver.type(day)
        await driver.press("enter")
        assert driver.app.screen is dialog
        assert driver.shows("there already")
        await driver.press("escape")
        assert (folder / day).read_bytes() == before
        await driver.press("x", "right", "down", "ctrl+u")
        await driver.type(day)
        await driver.press("enter", "enter")
        assert names_in(folder / day) == ["Anna", "Dara"]
        header = (folder / day).read_text(encoding="utf-8").splitlines()[0]
        exact = exporting.columns_of(session, exporting.ExportOptions(exact=True))
        assert header == ",".join(each.key for each in exact)
        assert {"status", "owner", "do_not_call", "note", "next_at"} <= set(header.split(","))

        # The ending follows the format. A refusal brings the dialog back as it was.
        await driver.press("x")
        for ending in ("csv", "xlsx"):
            await driver.press("right")
            assert driver.app.screen.query_one(LineInput).text.endswith(f".{ending}")
        assert driver.shows("A workbook")
        await driver.press("down", "down", "ctrl+u")
        await driver.type("none/cards.vcf")
        await driver.press("enter")
        assert isinstance(driver.app.screen, ExportDialog)
        await driver.until(lambda: driver.shows("cannot be written"))
        assert driver.shows("Cards for telephones")
        await driver.press("ctrl+u")
        await driver.type("cards.vcf")
        await driver.press("enter")
        assert (folder / "cards.vcf").read_bytes().count(b"BEGIN:VCARD") == 2

        # Stopped by Esc there is no file, and no part of one.
        await driver.press("escape")
        gate = Gate(exporting.leads.whole_leads)
        monkeypatch.setattr(exporting.leads, "whole_leads", gate)
        await driver.press("x")
        assert driver.shows("Export · 4 customers")
        driver.send("enter")
        await driver.reached(lambda: isinstance(driver.app.screen, ProgressDialog) and gate.reached.is_set())
        assert any(each.name.endswith(".part") for each in folder.iterdir())
        driver.send("escape")
        await driver.reached(lambda: driver.shows("Stopping"))
        gate.open.set()
        await driver.settled()
        assert not driver.app.screen.is_modal
        assert driver.told()[-1] == "The export was stopped; no file is left."
        assert sorted(each.name for each in folder.iterdir()) == ["cards.vcf", day]


class Gate:
    """Reads customers as the program does, but not before the gate is open."""

    def __init__(self, read: Callable[..., dict[int, Lead]]) -> None:
        self._read = read
        self.reached, self.open = Event(), Event()

    def __call__(self, *args: Any) -> dict[int, Lead]:
        self.reached.set()
        assert self.open.wait(PATIENCE)
        return self._read(*args)


async def test_an_agent_is_refused_by_the_permission(session: Session, clock: MovingClock) -> None:
    agent = hire(session, "Reza Amini", "reza@example.com", clock)
    add_lead(agent, "Mina Sadeghi", mine=True)
    async with driven(agent) as driver:
        await driver.press("x")
        assert "exports:run" in driver.told()[-1]
        assert not driver.app.screen.is_modal
    agent.close()
