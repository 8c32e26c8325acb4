"""The cases of the open customer, worked by keys: opened, moved on, refused with the reason beside, overridden."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk_driving import NARROW, driven
from session_making import MovingClock, add_lead, make_session
from visits import VISIT

from leadtui.domain.case import CaseLead
from leadtui.domain.case_kind_table import kind_of
from leadtui.services.case_kinds import save_case_kind
from leadtui.services.cases import OpenCase, cases_of_lead, open_case, show_case
from leadtui.services.session import Session
from leadtui.tui.dialogs.case_dialogs import CaseFormDialog


@pytest.fixture
def company(tmp_path: Path, clock: MovingClock) -> Session:
    return make_session(tmp_path, "hesin-haseb", clock)


async def test_a_resume_goes_from_the_first_key_to_the_last(company: Session) -> None:
    lead = add_lead(company, "مینا صادقی", mine=True)
    async with driven(company, size=NARROW) as driver:
        await driver.press("C")
        await driver.press("down", "enter", "ctrl+s")  # a résumé: nothing need be filled in
        (case,) = cases_of_lead(company, lead.id)
        assert (case.kind.key, case.case.state) == ("resume", "asked")
        await driver.press("enter", "enter", "ctrl+s")  # the first move wants the consent
        assert cases_of_lead(company, lead.id) == (case,)
        assert isinstance(driver.app.screen, CaseFormDialog)
        await driver.press("y", "ctrl+s")
        assert show_case(company, case.case.id).shown.case.state == "review"


async def test_what_is_not_met_is_told_and_overridden_with_a_reason(session: Session) -> None:
    requires = [{"any": [{"field": "place"}], "reason": "Nobody knows where.", "override": True}]
    save_case_kind(session, kind_of({**VISIT, "moves": [{**VISIT["moves"][0], "requires": requires}]}))
    lead = add_lead(session, "Mina Sadeghi", mine=True)
    case = open_case(session, OpenCase("visit", (CaseLead("who", lead.id),))).case
    async with driven(session, size=NARROW) as driver:
        await driver.press("C", "enter", "enter")
        assert driver.shows("Nobody knows where.")
        await driver.press(*"known", "ctrl+s")
        told = show_case(session, case.id)
        assert (told.shown.case.state, told.timeline[0].detail.override) == ("over", "known")
