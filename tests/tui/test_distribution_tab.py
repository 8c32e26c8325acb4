"""The tab of distribution: a rule is made by keyboard, tried, switched on, and gives the chosen customers away."""

from __future__ import annotations

from contextlib import closing

from desk_driving import driven
from session_making import MovingClock, add_lead, hire

from leadtui.domain.view import View
from leadtui.services.lead_list import LeadList
from leadtui.services.leads import open_lead
from leadtui.services.session import Session
from leadtui.tui.dialogs.trial_dialog import TrialDialog


async def test_a_rule_is_made_tried_switched_on_and_used(session: Session, clock: MovingClock) -> None:
    with closing(hire(session, "Reza Amini", "reza@example.com", clock)) as reza:
        session.reload_definitions()
        for number in range(3):
            add_lead(session, f"Customer {number}", city="Rome")
        async with driven(session, size=(140, 40)) as driver:
            await driver.press("f2", "8", "a")
            await driver.type("Fair shares")
            await driver.press("tab", "b", "y", "space", "w", "tab", "tab")
            await driver.type("Reza=2; nobody")
            await driver.press("tab")
            await driver.type("x")
            await driver.press("ctrl+s")
            assert driver.shows("such as 200")
            await driver.press("backspace", "ctrl+s")
            assert driver.shows("“nobody” is nobody who can get leads now")
            await driver.press("end", *["backspace"] * len("nobody"))
            await driver.type("Neda")
            await driver.press("ctrl+s")
            assert driver.shows("“Fair shares” is saved.")
            assert driver.shows("switched off")
            assert driver.shows("x tries it on last month's customers")
            await driver.press("x")
            assert isinstance(driver.app.screen, TrialDialog)
            assert driver.shows("3 customers came in the last 30 days.")
            await driver.press("escape")
            assert session.definitions.rules[0].retired
            await driver.press("x", "enter")
            assert driver.shows("“Fair shares” is on")
            await driver.press("escape", "ctrl+a", "o")
            await driver.type("fair")
            await driver.press("tab")
            await driver.type("for you")
            await driver.press("enter")
            assert driver.told()[-1] == "3 shared out by Fair shares"
            leads = LeadList(session)
            owners = [each.owner_id for each in leads.rows(leads.order(View())).values()]
            assert sorted(map(str, owners)) == sorted(
                map(str, [reza.actor.id, reza.actor.id, session.actor.id])
            )
            told = open_lead(session, 1).timeline[0].detail
            assert (told.rule, told.text) == ("=Fair shares", "for you")
