"""A supervisor lets customers be found by a field of text, and whoever works finds them by it at once."""

from __future__ import annotations

from dataclasses import replace

from desk_driving import driven
from session_making import MovingClock

from leadtui.domain.field import Field
from leadtui.domain.view import View, custom_sort
from leadtui.services import defining, finding
from leadtui.services.editing import AddLead, add_lead
from leadtui.services.lead_list import LeadList
from leadtui.services.session import Session


def with_answers(session: Session, count: int) -> Field:
    """A field of text, not marked, in which so many customers have something."""
    field = defining.save_field(session, Field(0, "", "Motto"))
    for number in range(count):
        typed = {"name": f"Customer {number}", custom_sort(field.key): f"Quality number{number}"}
        add_lead(session, AddLead(typed, mine=False))
    return field


async def test_a_field_is_marked_and_found_by(session: Session) -> None:
    with_answers(session, 3)
    async with driven(session, size=(120, 40)) as driver:
        await driver.press("f2", "2")
        await driver.click_words("Motto")
        await driver.press("tab", "enter", "enter", "right", "ctrl+s")
        assert driver.shows("“Motto” is saved.")
        (motto,) = [each for each in session.definitions.fields if each.title == "Motto"]
        assert motto.found_by
        driver.app.finding_anew.look()
        await driver.settled()
        await driver.press("escape", "/")
        await driver.type("number2")
        await driver.press("enter")
        assert driver.shows("Customer 2")
        assert not driver.shows("Customer 1")


async def test_the_next_desk_that_opens_finishes_what_was_stopped(
    session: Session, clock: MovingClock
) -> None:
    motto = with_answers(session, 3)
    defining.save_field(session, replace(motto, found_by=True), motto)
    assert finding.is_to_find_anew(session)
    colleague = Session.open(session.store.path, session.actor.email, clock)
    async with driven(colleague) as driver:
        await driver.settled()
    assert not finding.is_to_find_anew(session)
    assert len(LeadList(session).order(View(find="quality"))) == 3
    colleague.close()


async def test_what_is_no_text_finds_nobody(session: Session) -> None:
    defining.save_field(session, Field(0, "", "Motto", found_by=True))
    async with driven(session, size=(120, 40)) as driver:
        await driver.press("f2", "2")
        await driver.click_words("Motto")
        assert driver.shows("Customers are found")
        await driver.press("tab", "enter")
        await driver.type("year")
        assert not driver.shows("Customers are found")
        await driver.press("ctrl+s")
        assert driver.shows("“Motto” is saved.")
    (motto,) = [each for each in session.definitions.fields if each.title == "Motto"]
    assert not motto.found_by
