"""The board: figures of a team that is at work, each number with its list, given on, looked at for other days, written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from desk_driving import NARROW, Driver, driven
from session_making import Office, add_lead, hire, status_of

from leadtui.domain.board import Concern, Figure
from leadtui.domain.distribution import DistributionRule
from leadtui.domain.view import LeadFilter, View
from leadtui.services import presence
from leadtui.services.defining import DISTRIBUTION, bring_back
from leadtui.services.distribution_rules import save_rule
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.lead_list import LeadList
from leadtui.services.leads import log_call, open_lead
from leadtui.tui.dialogs.bulk_dialogs import AssignDialog
from leadtui.tui.screens.board import BoardScreen
from leadtui.tui.widgets.board_table import WITH, BoardTable, Spot


def table(driver: Driver) -> BoardTable:
    screen = driver.app.screen
    assert isinstance(screen, BoardScreen), driver.told()
    return screen.table


async def go_to(driver: Driver, what: Figure | Concern | str, person_id: int | None = None) -> None:
    """Move the cursor by its arrows until it is there."""
    board, wanted = table(driver), Spot(what, person_id)
    await driver.press("home")
    for _row in range(12):
        if board.spot.row == wanted.row:
            break
        await driver.press("down")
    if not isinstance(what, Concern):
        await driver.press(*["left"] * 10)
        for _cell in range(10):
            if board.spot == wanted:
                break
            await driver.press("right")
    assert board.spot == wanted


def shown(driver: Driver) -> list[str]:
    """The names in the table of all customers, from the top."""
    rows = driver.screen.customers.table.ids_from(0)
    return [open_lead(driver.app.session, each).lead.name for each in rows]


async def test_each_number_is_a_key_from_its_list(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    neda, sara, clock = office.neda, office.sara, office.clock
    rung, worked, waiting = (
        add_lead(sara, name, f"+1 212 555 010{place}", mine=True)
        for place, name in enumerate(("Rung Person", "Worked Person", "Waiting Person"))
    )
    for number in range(3):
        add_lead(neda, f"New {number}")
    presence.arrive(sara, "hers")
    clock.move(minutes=5)
    log_call(sara, rung.id, rung.phone, clock.now, 125)
    set_status(sara, SetStatus(worked.id, None, status_of(sara, "no_answer").id))
    clock.move(hours=2)
    presence.beat(sara, "hers", waiting.id)
    monkeypatch.chdir(tmp_path)
    async with driven(neda, size=(160, 30)) as driver:
        before = shown(driver)
        await driver.press("f12")
        (line,) = [each for each in driver.lines() if "● Sara Amini" in each]
        assert line.split() == [
            "●",
            *"Sara Amini 03:12 Waiting Person 0:00 1 1 1 0 1 0 0 1".split(),
            "5",
            "min",
            "5",
            "min",
        ]
        assert driver.shows("New, in nobody's cartable             3  3 up to a day")
        assert driver.shows("1 reached · 1 call")
        # Her customers who wait; what was shown before is there again after it.
        mine = sara.actor.id
        await go_to(driver, Figure.UNTOUCHED, mine)
        await driver.press("enter")
        assert driver.app.screen is driver.screen
        assert shown(driver) == ["Waiting Person"]
        assert driver.shows("Sara Amini: untouched  Esc: all customers  1")
        await driver.press("/")
        await driver.type("nobody here")
        assert shown(driver) == []
        await driver.press("escape")
        assert shown(driver) == ["Waiting Person"]
        await driver.press("escape")
        assert shown(driver) == before
        # The board is as it was left; what somebody has open is a key away as well.
        await driver.press("f12")
        assert table(driver).spot == Spot(Figure.UNTOUCHED, mine)
        await go_to(driver, WITH, mine)
        await driver.press("enter")
        assert driver.open_name == "Waiting Person"
        # What needs somebody is given without leaving the board.
        await driver.press("f12")
        await go_to(driver, Concern.NOBODYS)
        await driver.press("o")
        assert isinstance(driver.app.screen, AssignDialog)
        await driver.type("sara")
        await driver.press("enter")
        assert driver.told()[-1] == "3 given to Sara Amini"
        assert not driver.shows("New, in nobody's cartable")
        await go_to(driver, Figure.MEETINGS, mine)
        await driver.press("enter")
        assert "Nobody is counted there." in driver.told()
        # Another day, and a file of it.
        await driver.press("p")
        await driver.type("yesterday")
        await driver.press("enter")
        (line,) = [each for each in driver.lines() if "● Sara Amini" in each]
        assert "1 1 1" not in " ".join(line.split())
        await driver.press("p")
        await driver.type("today")
        await driver.press("enter", "x", "enter")
        written = (tmp_path / "leadtui-board-2024-09-28.csv").read_text("utf-8-sig").splitlines()
        assert written[2].startswith("sara@example.com,Sara Amini,1,1,1,1,0")
        await driver.press("x", "enter")
        assert driver.shows("This file is there already")
        await driver.press("up", "right", "down", "enter")
        board = json.loads((tmp_path / "leadtui-board-2024-09-28.json").read_text("utf-8"))
        assert board["agents"][1]["open_lead"] == waiting.id
        await driver.press("f12")
        assert driver.app.screen is driver.screen


async def test_a_click_goes_to_a_number_and_another_opens_it_from_either_side(office: Office) -> None:
    add_lead(office.sara, "Mina Sadeghi", mine=True)
    office.clock.move(hours=2)
    async with driven(office.neda, size=NARROW) as driver:
        await driver.press("f12")
        (line,) = [place for place, each in enumerate(driver.lines()) if "○ Sara Amini" in each]
        at = driver.lines()[line].rindex("1")
        for _click in range(2):
            await driver.pilot.click(offset=(at, line))
            await driver.settled()
        assert shown(driver) == ["Mina Sadeghi"]


async def test_an_agent_has_no_board(office: Office) -> None:
    async with driven(office.sara) as driver:
        await driver.press("f12")
        assert driver.app.screen is driver.screen
        assert "reports:board" in driver.told()[-1]


async def test_it_follows_the_others(office: Office) -> None:
    reza = hire(office.neda, "Reza Amini", "reza@example.com", office.clock)
    lead = add_lead(reza, "Mina", "+1 212 555 0101", mine=True)
    async with driven(office.neda) as driver:
        await driver.press("f12")
        assert not driver.shows("Calls without an outcome")
        log_call(reza, lead.id, lead.phone, office.clock.now, 125)
        await driver.until(lambda: driver.shows("Calls without an outcome"))
    reza.close()


async def test_who_is_counted_is_shared_out_by_a_rule(office: Office) -> None:
    neda, sara = office.neda, office.sara
    for number in range(4):
        add_lead(neda, f"New {number}")
    async with driven(neda, size=NARROW) as driver:
        await driver.press("f12")
        await go_to(driver, Concern.NOBODYS)
        await driver.press("d")
        assert driver.told()[-1] == "No rule of distribution is switched on; F2 › Distribution makes one."
        fair = save_rule(neda, DistributionRule(0, "", "Fair"))
        bring_back(neda, DISTRIBUTION, fair.id)
        await driver.press("d")
        assert isinstance(driver.app.screen, AssignDialog)
        assert not driver.shows("Sara Amini (")
        assert driver.shows("Share out by a rule · for 4 customers")
        await driver.press("enter")
        assert driver.told()[-1] == "4 shared out by Fair"
        assert {one: len(LeadList(neda).order(whose(one))) for one in (neda.actor.id, sara.actor.id)} == {
            neda.actor.id: 2,
            sara.actor.id: 2,
        }


def whose(person_id: int) -> View:
    return View(filter=LeadFilter(owner_ids=frozenset({person_id})))
