"""A field that a supervisor adds is at once wherever customers are shown, asked, found and moved; retired, it is nowhere."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from desk_driving import Driver, driven
from openpyxl import load_workbook
from session_making import MovingClock, add_lead, hire
from textual.widgets import Label
from typer.testing import CliRunner

from leadtui.cli.main import app
from leadtui.cli.options import CommandOptions
from leadtui.domain.field import Field, FieldKind
from leadtui.domain.status import Status
from leadtui.services import defining
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.leads import open_lead
from leadtui.services.session import Session
from leadtui.tui.dialogs.columns_dialog import ColumnList, ColumnsDialog
from leadtui.tui.dialogs.filter_dialog import FilterDialog
from leadtui.tui.dialogs.lead_form import LeadForm

SIZE = (200, 44)
TITLES = ("Level", "Exam day")


def titles_in(words: Sequence[str]) -> list[str]:
    """Which of the two titles are among the words."""
    return [title for title in TITLES if title in words]


async def add_fields(driver: Driver) -> None:
    """As a supervisor does: a choice, and a date."""
    await driver.press("f2", "2", "a")
    await driver.type("Level")
    await driver.press("enter")
    await driver.type("choice")
    await driver.press("enter")
    await driver.type("low, high")
    await driver.press("ctrl+s")
    assert driver.shows("“Level” is saved.")
    await driver.press("a")
    await driver.type("Exam day")
    await driver.press("enter")
    await driver.type("date")
    await driver.press("ctrl+s")
    assert driver.shows("“Exam day” is saved.")


async def turn_both(driver: Driver) -> None:
    """Take both fields out of use, or back into it."""
    for title in TITLES:
        await driver.click_words(title)
        await driver.press("x")


def columns_of(driver: Driver) -> list[str]:
    return titles_in([column.title for column in driver.screen.customers.table.columns])


async def seen_at_the_desk(driver: Driver) -> dict[str, list[str]]:
    """Where the fields are offered, by the names of the places."""
    seen = {"table": columns_of(driver)}
    for key in ("e", "a"):
        await driver.press(key)
        form = driver.app.screen
        assert isinstance(form, LeadForm)
        seen[key] = titles_in([each.title for each in form.form.fields])
        await driver.press("escape")
    await driver.press(",")
    assert isinstance(driver.app.screen, ColumnsDialog)
    lines = [str(each.prompt) for each in driver.app.screen.query_one(ColumnList).options]
    seen["columns"] = [title for title in TITLES if any(title in line for line in lines)]
    await driver.press("escape", "f")
    assert isinstance(driver.app.screen, FilterDialog)
    labels = [str(each.render()) for each in driver.app.screen.query(Label)]
    seen["filter"] = titles_in(labels)
    await driver.press("escape")
    # The keys go through the columns that are on the screen: the last ones are brought there.
    await driver.press("z", *["right"] * (len(driver.screen.customers.table.columns) - 1 - len(TITLES)))
    sorted_by: set[str] = set()
    for _each in driver.screen.customers.table.shown_columns:
        await driver.press(">")
        sorted_by |= {title for title in TITLES if driver.shows(f"by {title.lower()}")}
    seen["sort"] = titles_in(sorted(sorted_by))
    await driver.press("z", *["right"] * len(TITLES))
    return seen


def leadtui(*arguments: object) -> str:
    """What the command line answers."""

    def no_screens(_request: object) -> int:
        raise AssertionError("no screens here")

    result = CliRunner().invoke(
        app, [str(each) for each in arguments], obj=CommandOptions(no_screens), catch_exceptions=False
    )
    assert result.exit_code == 0, result.output
    return result.stdout


def exported(session: Session, folder: Path) -> dict[str, list[str]]:
    """Which of the fields stand in each kind of table, and in the record of the customer who has them."""
    seen: dict[str, list[str]] = {}
    leadtui("leads", "export", folder / "all.csv", "--force")
    with (folder / "all.csv").open(encoding="utf-8-sig", newline="") as file:
        seen["csv"] = titles_in(next(csv.reader(file)))
    leadtui("leads", "export", folder / "all.xlsx", "--force")
    sheet = load_workbook(folder / "all.xlsx", read_only=True).worksheets[0]
    seen["xlsx"] = titles_in([str(cell) for cell in next(iter(sheet.iter_rows(values_only=True)))])
    # Beneath the fields, the timeline tells for ever what was changed in them.
    fields = leadtui("leads", "show", "+12125550101").partition("came in by")[0].partition("→")[0]
    seen["show"] = [title for title in TITLES if f"{title}  " in fields]
    (record,) = json.loads(leadtui("leads", "list", "--find", "Mina", "--json"))
    seen["json"] = titles_in(
        [each.title for each in session.definitions.fields if each.key in record["custom"]]
    )
    return seen


BOTH = list(TITLES)


@pytest.mark.proof
async def test_a_field_is_everywhere_at_once_and_retired_nowhere(
    session: Session, clock: MovingClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert session.store.path is not None
    monkeypatch.setenv("LEADTUI_STORE", str(session.store.path))
    monkeypatch.setenv("LEADTUI_AS", "neda@example.com")
    sara = hire(session, "Sara Ahmadi", "sara@example.com", clock)
    mina = add_lead(sara, "Mina Sadeghi", "(212) 555-0101", mine=True)
    add_lead(sara, "Reza Amini", "(212) 555-0102")
    async with driven(session, size=SIZE) as supervisor, driven(sara, size=SIZE) as agent:
        assert columns_of(agent) == []
        await add_fields(supervisor)
        await agent.until(lambda: columns_of(agent) == BOTH, "the new columns")
        at_desk = await seen_at_the_desk(agent)
        assert at_desk == dict.fromkeys(at_desk, BOTH)
        # What the agent fills in stands in the panel and in the table.
        await agent.press("e")
        form = agent.app.screen
        assert isinstance(form, LeadForm)
        level, exam = form.form.fields[-2:]
        level.take_focus()
        await agent.press("right", "right", "enter")
        assert form.form.fields[-1] is exam
        await agent.type("2024-10-05")
        await agent.press("ctrl+s")
        level_key, exam_key = (each.key for each in sara.definitions.open_fields[-2:])
        kept = {level_key: "high", exam_key: "2024-10-05"}
        assert open_lead(sara, mina.id).lead.custom == kept
        assert agent.shows("Level high")
        assert agent.shows("Exam day")
        # The command line lists, narrows and writes by it, and reads a file that has it.
        assert "Mina" in leadtui("leads", "list", "--field", "Level=high")
        assert "Mina" not in leadtui("leads", "list", "--field", "Level=low")
        assert exported(session, tmp_path) == {"csv": BOTH, "xlsx": BOTH, "show": BOTH, "json": BOTH}
        file = tmp_path / "new.csv"
        leadtui("leads", "export", file, "--field", "Level=high", "--column", level_key)
        assert file.read_text(encoding="utf-8").split() == ["Level", "high"]
        file.write_text("Name,Phone,Level,Exam day\nAnna Rossi,(212) 555-0107,low,2024-10-07\n")
        leadtui("import", file)
        anna = open_lead(sara, max(agent.screen.customers.table.visible_ids()) + 1).lead
        assert (anna.name, anna.custom) == ("Anna Rossi", {level_key: "low", exam_key: "2024-10-07"})
        # Retired it is nowhere, and what was filled in is kept.
        await turn_both(supervisor)
        await agent.until(lambda: columns_of(agent) == [], "the columns to go")
        at_desk = await seen_at_the_desk(agent)
        assert at_desk == {place: [] for place in at_desk}
        assert not agent.shows("Level high")
        assert exported(session, tmp_path) == {"csv": [], "xlsx": [], "show": [], "json": []}
        file.write_text("Name,Phone,Level\nAnna Rossi,(212) 555-0107,high\n")
        leadtui("import", file, "--duplicates", "overwrite")
        assert open_lead(sara, anna.id).lead.custom == anna.custom
        assert open_lead(sara, mina.id).lead.custom == kept
        await turn_both(supervisor)
        await agent.until(lambda: columns_of(agent) == BOTH, "the columns to come back")
        assert agent.shows("Level high")
    sara.close()


async def test_an_old_follow_up_reads_as_it_was_given(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEADTUI_STORE", str(session.store.path))
    monkeypatch.setenv("LEADTUI_AS", "neda@example.com")
    seat = Field(0, "", "Seat", FieldKind.CHOICE, ("front", "back"))
    exam = Field(0, "", "Exam day", FieldKind.DATE)
    asked = Status(0, "", "Sample class", fields=(seat, exam))
    status = defining.save_status(session, asked)
    mina = add_lead(session, "Mina Sadeghi", "(212) 555-0101", mine=True)
    answers = dict(zip((each.key for each in status.fields), ("front", "2024-10-05"), strict=True))
    set_status(session, SetStatus(mina.id, mina.version, status.id, answers, no_next_step="rings back"))
    given = "Seat front"
    async with driven(session, size=SIZE) as driver:
        assert driver.shows(given)
        before = [line for line in driver.lines() if "Seat" in line or "Exam day" in line]
        seat, exam = status.fields
        changes = (
            (replace(seat, title="Place", options=("left", "right")), replace(exam, title="When")),
            (
                replace(seat, title="Row", kind=FieldKind.NUMBER, options=()),
                replace(exam, kind=FieldKind.TEXT),
            ),
            (Field(0, "", "Room", FieldKind.TEXT),),
        )
        for fields in changes:
            present = session.definitions.status(status.id)
            assert present is not None
            defining.save_status(session, replace(present, title="Trial class", fields=fields), present)
            driver.app.look_again()
            await driver.settled()
            assert [line for line in driver.lines() if "Seat" in line or "Exam day" in line] == before
        defining.retire(session, defining.STATUS, status.id)
        driver.app.look_again()
        await driver.settled()
        assert driver.shows(given)
        assert "Seat: front" in leadtui("leads", "show", mina.id)
