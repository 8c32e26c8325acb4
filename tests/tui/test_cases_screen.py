"""Cases worked by keys: those of the open customer – opened, moved on, refused with the reason, overridden – and the list of all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from desk_driving import NARROW, driven
from photographing import Look, Photographer
from session_making import MovingClock, Office, add_lead, make_session
from visits import VISIT, define_visits

from leadtui.domain.case import CaseLead
from leadtui.domain.case_kind_table import kind_of
from leadtui.domain.permission import AGENT_PROFILE, Permission
from leadtui.services.case_kinds import save_case_kind
from leadtui.services.cases import (
    OpenCase,
    cases_of_lead,
    give_case,
    open_case,
    show_case,
)
from leadtui.services.profiles import save_profile
from leadtui.services.session import Session
from leadtui.tui.dialogs.case_forms import CaseFormDialog


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


async def test_a_move_leaves_what_the_person_sees_without_numbers(office: Office) -> None:
    neda, sara = office.neda, office.sara
    move = {**VISIT["moves"][0], "asks": ["place"]}
    save_case_kind(neda, kind_of({**VISIT, "moves": [move]}))
    mina = add_lead(neda, "Mina Sadeghi", mine=True)
    place = "hall, call 0912 111 0001"
    begun = OpenCase("visit", (CaseLead("who", mina.id),), answers={"place": place}, owner_id=sara.actor.id)
    case = open_case(neda, begun).case
    agent = neda.definitions.profile(AGENT_PROFILE)
    assert agent is not None
    save_profile(neda, replace(agent, permissions=agent.permissions - {Permission.SEE_NUMBERS}))
    async with driven(sara, size=NARROW) as driver:
        await driver.press("L", "enter", "enter")
        assert driver.shows("hall, call hidden")
        await driver.press("ctrl+s")
    moved = show_case(neda, case.id).shown.case
    assert (moved.state, moved.answers["place"]) == ("over", place)


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


async def test_a_case_is_given_and_who_takes_part_changes(office: Office) -> None:
    neda, sara = office.neda, office.sara
    save_case_kind(neda, kind_of({**VISIT, "roles": [*VISIT["roles"], GUIDE]}))
    mina = add_lead(neda, "Mina Sadeghi", mine=True)
    omid = add_lead(neda, "Omid", OMIDS)
    adam = add_lead(neda, "Adam", ADAMS)
    case = open_case(neda, OpenCase("visit", (CaseLead("who", mina.id),))).case
    async with driven(neda, size=NARROW) as driver:
        driver.screen.open_lead(mina.id)
        await driver.settled()
        await driver.press("C", "enter", "o")
        await driver.type("sara")
        await driver.press("ctrl+s", "a", "down", "enter")
        await driver.type("nobody at all")
        assert driver.shows("Nobody is found")
        await driver.press("end", "ctrl+u")
        await driver.type(OMIDS)
        await driver.press("enter", "a")  # who guides is known now
        await driver.type("ada")
        await driver.press("enter", "x", "enter", "o", "ctrl+s")  # nobody is responsible
    shown = show_case(sara, case.id).shown
    assert shown.case.owner_id is None
    assert shown.case.leads == (CaseLead("guide", omid.id), CaseLead("who", adam.id))


async def test_a_case_is_filled_in_noted_told_whole_and_taken_back(session: Session) -> None:
    define_visits(session)
    mina = add_lead(session, "Mina Sadeghi", mine=True)
    case = open_case(session, OpenCase("visit", (CaseLead("who", mina.id),))).case
    async with driven(session, size=NARROW) as driver:
        await driver.press("C", "enter", "e", *"tea", "tab", *"hall", "ctrl+s")
        shown = show_case(session, case.id).shown.case
        assert (shown.title, shown.answers) == ("tea", {"place": "hall"})
        await driver.press("n", *"late", "ctrl+s")
        assert show_case(session, case.id).timeline[0].detail.note == "late"
        await driver.press("t")
        assert all(driver.shows(each) for each in ("tea · history", "“late”", "Place: hall", "opened"))
        await driver.press("escape", "u", "u")
        assert show_case(session, case.id).shown.case.answers == {}
        await driver.press("u")
        assert not cases_of_lead(session, mina.id)


async def test_a_case_is_opened_that_is_about_nobody_and_one_beneath_it(company: Session) -> None:
    mina = add_lead(company, "مینا صادقی", mine=True)
    async with driven(company, size=NARROW) as driver:
        await driver.press("L", "a", "end", "up", "up", "up", "enter")
        assert driver.shows("دوره"), "courses are about nobody"
        await driver.press(*"Tax", "tab", "right", "tab", "left", "ctrl+s", "enter", "b", "enter")
        await driver.type("مینا")
        await driver.press("enter", "ctrl+s")
    (enrolment,) = cases_of_lead(company, mina.id)
    opened = show_case(company, enrolment.case.id)
    assert opened.parent is not None
    assert (opened.parent.case.title, opened.parent.case.answers["level"]) == ("Tax", "مقدماتی")


OMIDS, ADAMS = "(212) 555-0101", "(212) 555-0102"
GUIDE = {"key": "guide", "title": "Guide", "least": 0, "most": 1}

TASK = {
    "key": "task",
    "title": "Task",
    "states": [
        {"key": "asked", "title": "Asked", "review": True},
        {"key": "done", "title": "Done", "final": True},
    ],
    "moves": [{"key": "finish", "title": "Finish", "from": ["asked"], "to": "done", "by": ["cases:approve"]}],
}
"""A kind about no customer, which only whoever approves moves on."""


async def test_all_open_cases_are_listed_narrowed_and_worked(office: Office) -> None:
    neda, sara = office.neda, office.sara
    define_visits(neda)
    save_case_kind(neda, kind_of(TASK))
    mina = add_lead(neda, "Mina Sadeghi", mine=True)
    open_case(neda, OpenCase("visit", (CaseLead("who", mina.id),)))
    task = open_case(sara, OpenCase("task", title="Order paper")).case
    async with driven(neda, size=(120, 40)) as driver:
        await driver.press("L")
        assert driver.shows("Cases  2")
        (visit_row,) = (line for line in driver.lines() if "● Planned" in line)
        assert visit_row.split()[:7] == ["Visit", "Mina", "Sadeghi", "●", "Planned", "me", "me"]
        (task_row,) = (line for line in driver.lines() if "● Asked" in line)
        assert task_row.split()[:8] == ["Task", "Order", "paper", "●", "Asked", "Sara", "Amini", "me"]
        await driver.press("m")
        assert driver.shows("Cases  1")
        assert not driver.shows("Order paper")
        await driver.press("m", "t")
        assert driver.shows("Cases  2"), "it is her turn with both"
        await driver.press("s", "s")
        assert driver.shows("About ▲")
        assert driver.text().index("Mina Sadeghi") < driver.text().index("Order paper")
        await driver.press("v")
        assert driver.text().index("Order paper") < driver.text().index("Mina Sadeghi")
        await driver.press("t", "s", "s", "s", "s", "s", "s", "f", "right", "tab")
        assert driver.shows("Cases  1"), "only visits"
        await driver.press("right")
        assert driver.shows("No case fits what is looked for and chosen above."), "none is to be reviewed"
        await driver.press("left", "shift+tab", "left", "escape", "/")
        await driver.type("paper")
        assert driver.shows("Cases  1")
        await driver.press("enter", "enter", "enter", "escape")
        assert show_case(neda, task.id).shown.case.state == "done"
        assert driver.shows("No case fits what is looked for and chosen above.")
        await driver.press("/", "delete", "enter", "l")
        assert driver.open_name == "Mina Sadeghi"
        assert driver.app.screen is driver.screen


async def test_the_list_follows_what_others_do(office: Office) -> None:
    neda, sara = office.neda, office.sara
    save_case_kind(neda, kind_of(TASK))
    async with driven(neda, size=NARROW) as driver:
        await driver.press("L")
        assert driver.shows("No case is open; C at a customer opens one.")
        assert "Customer" not in driver.lines()[-1], "nothing is offered to a line where there is none"
        case = open_case(sara, OpenCase("task", title="Order paper")).case
        await driver.until(lambda: driver.shows("Order paper"))
        assert driver.shows("Sara Amini")
        give_case(sara, case.id, None)
        await driver.until(lambda: not driver.shows("Sara Amini"))


def test_the_list_of_cases_looks_so(photo: Photographer) -> None:
    look = Look((80, 24), "night", "fa")
    assert photo(
        look, "C", "down", "enter", "ctrl+s", "escape", "n", "C", "down", "enter", "ctrl+s", "escape", "L"
    )
