"""Giving a customer back at the desk: who gets it, why, and what of it stays on the way."""

from __future__ import annotations

from desk_driving import NARROW, Driver, driven
from session_making import Office, add_lead

from leadtui.services import bulk
from leadtui.services.drafts import RETURN_DRAFT, find_draft
from leadtui.services.leads import open_lead
from leadtui.tui.actions.recovery import UnfinishedDialog
from leadtui.tui.actions.returning import ReturnDialog


async def test_a_customer_goes_back_to_who_gave_it_with_the_reason(office: Office) -> None:
    neda, sara = office.neda, office.sara
    mina, own = add_lead(neda, "Mina Sadeghi", mine=True), add_lead(sara, "Own Customer", mine=True)
    bulk.assign(neda, [mina.id], sara.actor.id, "speaks Persian")
    async with driven(sara, size=NARROW) as driver:
        await opened(driver, own.id)
        await driver.press("R")
        assert driver.app.screen is driver.screen
        assert "Nobody has given you this customer" in driver.told()[-1]
        await opened(driver, mina.id)
        await driver.press("R")
        assert isinstance(driver.app.screen, ReturnDialog)
        assert driver.shows("go back to Neda Karimi")
        await driver.press("enter")
        assert driver.shows("Say why; whoever gets the customer back")
        await driver.type("not my [b]region")
    # The program ended over it: what was typed is offered, and gone on with.
    async with driven(sara) as driver:
        assert isinstance(driver.app.screen, UnfinishedDialog)
        await driver.press("enter")
        assert isinstance(driver.app.screen, ReturnDialog)
        await driver.press("enter")
        assert any("Mina Sadeghi is returned to Neda Karimi" in each for each in driver.told())
        assert driver.open_name == "Own Customer"
        assert open_lead(neda, mina.id).lead.owner_id == neda.actor.id
        assert find_draft(sara, RETURN_DRAFT, mina.id) is None
        await driver.press("u")
        assert open_lead(sara, mina.id).lead.owner_id == sara.actor.id
        await opened(driver, mina.id)
        await driver.press("R")
        await driver.type("not my region")
        await driver.press("enter")
    async with driven(neda) as driver:
        await opened(driver, mina.id)
        timeline = str(driver.screen.panel.timeline.content)
        returned = [line for line in timeline.splitlines() if "returned" in line]
        assert len(returned) == 2
        assert "“not my region”" in returned[0]


async def opened(driver: Driver, lead_id: int) -> None:
    driver.app.open_lead(lead_id)
    await driver.settled()
