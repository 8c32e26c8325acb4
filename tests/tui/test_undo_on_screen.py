"""`u` at the desk: what it takes back, what it says, and where it leads."""

from __future__ import annotations

import pytest
from desk_driving import driven
from session_making import MovingClock, add_lead, hire, status_of

from leadtui.services.bulk import assign
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.leads import open_lead
from leadtui.services.session import Session


async def test_a_step_is_taken_back_in_one_key_and_its_customer_opens(
    session: Session, clock: MovingClock
) -> None:
    adam, beth = (add_lead(session, name, mine=True) for name in ("Adam Price", "Beth Stone"))
    async with driven(session) as driver:
        await driver.press("s", "1")
        assert driver.open_name == "Beth Stone"
        assert open_lead(session, adam.id).lead.status_id is not None
        await driver.press("u")
        assert driver.open_name == "Adam Price"
        assert open_lead(session, adam.id).lead.status_id is None
        assert driver.told()[-1].startswith("Taken back: Adam Price – ")
        assert driver.shows("taken back")
        assert driver.shows("took back")
        await driver.press("u")
        assert driver.told()[-1] == "There is nothing of yours to take back."
        # Yesterday's step asks first.
        await driver.press("m")
        await driver.type("likes tea")
        await driver.press("ctrl+s")
        clock.move(days=1)
        await driver.press("u")
        assert driver.told()[-1].endswith("Press u once more to take it back.")
        assert not open_lead(session, adam.id).timeline[0].undone
        await driver.press("ع")
        assert driver.told()[-1] == "Taken back: Adam Price – note “likes tea”"
        # Once somebody has moved the customer on, it says who, and stays.
        await driver.press("s", "1")
        reza = hire(session, "Reza Amini", "reza@example.com", clock)
        session.reload_definitions()
        lead = open_lead(reza, adam.id).lead
        set_status(reza, SetStatus(lead.id, lead.version, status_of(reza, "no_answer").id))
        reza.close()
        await driver.press("u")
        assert driver.told()[-1].startswith("Reza Amini set No answer on Adam Price at ")
        assert driver.open_name == "Adam Price"
    assert open_lead(session, beth.id).lead.status_id is None


async def test_what_was_given_at_once_comes_back_part_by_part(
    session: Session, clock: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leadtui.services.undo.AT_ONCE", 1)
    hire(session, "Reza Amini", "reza@example.com", clock).close()
    session.reload_definitions()
    people = [add_lead(session, name, mine=True) for name in ("Adam Price", "Beth Stone", "Carl Reed")]
    reza = next(each for each in session.definitions.colleagues if each.name == "Reza Amini")
    assign(session, [each.id for each in people], reza.id)
    async with driven(session) as driver:
        await driver.press("u")
        assert driver.told()[-1].endswith("and the same of 2 other customers.")
        assert driver.app.screen is driver.screen
        assert driver.open_name == "Carl Reed"
    assert {open_lead(session, each.id).lead.owner_id for each in people} == {session.actor.id}
