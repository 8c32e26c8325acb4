"""A key makes a field of customers edited, read or hidden for a profile; the desk of its people then goes without it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desk_driving import driven
from session_making import MovingClock, add_lead, hire
from textual.widgets import Input

from leadtui.domain.field_rights import FieldRights
from leadtui.domain.permission import AGENT_PROFILE
from leadtui.services import leads
from leadtui.services.profiles import save_profile
from leadtui.services.session import Session
from leadtui.tui.dialogs.profile_fields_dialog import ProfileFieldsDialog
from leadtui.tui.widgets.form_field import FormField


def agents_fields(session: Session) -> FieldRights:
    agent = session.reload_definitions().profile(AGENT_PROFILE)
    assert agent is not None
    return agent.fields


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_fields_are_hidden_and_read_by_a_key(session: Session, size: tuple[int, int]) -> None:
    async with driven(session, size=size) as driver:
        await driver.press("f2", "6")
        await driver.reached(lambda: driver.shows("Agent"))
        await driver.press("f")
        await driver.reached(lambda: isinstance(driver.app.screen, ProfileFieldsDialog))
        await driver.press("space", "down", "left")
        assert driver.shows("hidden together")
        await driver.press("enter")
        await driver.reached(lambda: bool(agents_fields(session).hidden))
    assert agents_fields(session) == FieldRights(
        hidden=frozenset({"phone", "phone_other", "email"}), read=frozenset({"name"})
    )


async def test_a_hidden_field_is_nowhere_on_the_desk_and_one_that_is_read_stands_still(
    session: Session, clock: MovingClock
) -> None:
    agent = next(each for each in session.definitions.profiles if each.key == AGENT_PROFILE)
    rights = FieldRights(hidden=frozenset({"city"}), read=frozenset({"name"}))
    save_profile(session, replace(agent, fields=rights), agent)
    sara = hire(session, "Sara Ahmadi", "sara@example.com", clock)
    lead = add_lead(sara, "Mina Sadeghi", "+12125550101", mine=True, city="Xanadutown", email="m@example.com")
    async with driven(sara, size=(160, 50)) as driver:
        assert driver.shows("Mina Sadeghi")
        assert not driver.shows("Xanadutown")
        assert not driver.shows("City")
        await driver.press("e")
        assert not driver.shows("City")
        assert driver.shows("your profile only reads it")
        name = next(each for each in driver.app.screen.query(FormField) if each.key == "name")
        assert name.query_one(Input).disabled
        await driver.press("escape", "f")
        assert not driver.shows("Cities")
        assert driver.shows("Entry channel")
    assert leads.open_lead(session, lead.id).lead.city == "Xanadutown"
    sara.close()
