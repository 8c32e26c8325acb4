"""Erasing at the desk: the dialog says what goes, checks what is typed, and the customer is gone from the lists."""

from __future__ import annotations

import pytest
from desk_driving import NARROW, driven
from session_making import MovingClock, add_lead, hire
from textual.widgets import Input

from leadtui.errors import NotFound
from leadtui.services.editing import look_up
from leadtui.services.erasing import list_erasures
from leadtui.services.leads import open_lead
from leadtui.services.session import Session
from leadtui.tui.dialogs.erase_dialog import EraseDialog


@pytest.mark.parametrize("size", [NARROW, (140, 40)])
async def test_erasing_for_good(session: Session, clock: MovingClock, size: tuple[int, int]) -> None:
    lead = add_lead(session, "Mina [b]Sadeghi", "(212) 555-0101", mine=True)
    clock.move(minutes=1)
    add_lead(session, "Beth Stone", "(212) 555-0102", mine=True)
    async with driven(session, size=size) as driver:
        assert driver.open_name == lead.name
        await driver.press("delete")
        assert isinstance(driver.app.screen, EraseDialog)
        assert driver.shows("There is no way back")
        await driver.type("Sadeghi asked for it")
        await driver.press("enter")
        await driver.type("Mina [b]Sadeghi")
        await driver.press("enter")
        # What was refused comes back as it was typed, with the reason beside its field.
        assert isinstance(driver.app.screen, EraseDialog)
        assert driver.shows("leave name, number")
        await driver.press("home", *["delete"] * len("Sadeghi "), "ctrl+s")
        with pytest.raises(NotFound):
            open_lead(session, lead.id)
        assert driver.open_name == "Beth Stone"
        assert not driver.shows("Mina")
        assert driver.told() == ["1 customer was erased."]
    assert [each.reason for each in list_erasures(session)] == ["asked for it"]


async def test_an_agent_has_no_such_key(session: Session, clock: MovingClock) -> None:
    agent = hire(session, "Reza Amini", "reza@example.com", clock)
    lead = add_lead(agent, "Mina Sadeghi", "(212) 555-0101", mine=True)
    async with driven(agent) as driver:
        await driver.press("delete")
        if isinstance(driver.app.screen, EraseDialog):
            await driver.type("asked")
            await driver.press("enter")
            await driver.type("Mina Sadeghi")
            await driver.press("enter")
            assert driver.shows("customers:erase")
            await driver.press("escape")
    assert open_lead(session, lead.id).lead == lead
    agent.close()


async def test_all_that_are_chosen_go_at_once(session: Session) -> None:
    for name in ("Adam Price", "Beth Stone"):
        add_lead(session, name, mine=True)
    async with driven(session) as driver:
        await driver.press("ctrl+a", "delete")
        assert driver.shows("Erase 2 customers for good")
        await driver.type("they asked for it")
        await driver.press("tab")
        await driver.type("erase 2")
        await driver.press("ctrl+s")
        assert driver.told() == ["2 customers were erased."]
        assert not driver.shows("Beth Stone")
    assert len(list_erasures(session)) == 2


async def test_what_was_typed_about_several_waits_for_the_same_ones(session: Session) -> None:
    for name in ("Adam Price", "Beth Stone", "Carl Novak"):
        add_lead(session, name, mine=True)
    async with driven(session) as driver:
        await driver.press("space", "space", "delete")
        await driver.type("half a reason")
        await driver.press("escape", "delete")
        assert driver.app.screen.query(Input).first().value == "half a reason"
        # About others it says nothing.
        await driver.press("escape", "space", "delete")
        assert driver.app.screen.query(Input).first().value == ""


@pytest.mark.parametrize("forget", [False, True])
async def test_who_erases_chooses_whether_the_numbers_are_known_again(session: Session, forget: bool) -> None:
    add_lead(session, "Mina Sadeghi", "(212) 555-0101", mine=True)
    async with driven(session) as driver:
        await driver.press("delete")
        await driver.type("asked for it")
        await driver.press("tab")
        await driver.type("Mina Sadeghi")
        await driver.press("tab", *(["right"] if forget else []), "ctrl+s")
        assert driver.told() == ["1 customer was erased."]
    assert bool(look_up(session, {"phone": "212 555 0101"}).erased) is not forget
