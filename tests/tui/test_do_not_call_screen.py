"""Forbidding and allowing calls at the desk: the key, the dialogs, and how a forbidden customer is shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from desk_driving import NARROW, driven
from session_making import MovingClock, add_lead, hire, status_of

from leadtui.services import do_not_call, reminders
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.leads import open_lead
from leadtui.services.session import Session
from leadtui.tui.dialogs.do_not_call_dialog import CallRefused, DoNotCallDialog
from leadtui.tui.dialogs.status_dialog import StatusDialog


@pytest.mark.parametrize("size", [NARROW, (140, 40)])
async def test_forbidding_shows_refuses_and_is_lifted(
    session: Session, clock: MovingClock, size: tuple[int, int]
) -> None:
    lead = add_lead(session, "Mina Sadeghi", "(212) 555-0101", mine=True)
    reminders.set_reminder(session, lead.id, clock.now + timedelta(hours=2), "ring")
    async with driven(session, size=size) as driver:
        await driver.press("d")
        assert isinstance(driver.app.screen, DoNotCallDialog)
        await driver.press("enter")
        assert driver.shows("A reason is needed")
        await driver.type("asked [b]us[/b] to stop")
        await driver.press("enter")
        assert open_lead(session, lead.id).lead.do_not_call
        assert driver.shows("⊘ Mina Sadeghi")
        assert driver.shows("⊘ (212) 555-0101")
        assert driver.shows("Do not call: Neda")
        assert "calls forbidden" in str(driver.screen.panel.timeline.content)
        # The call: no dialog that rings, no code to scan; the way out is a key away.
        await driver.press("c")
        assert isinstance(driver.app.screen, CallRefused)
        assert driver.shows("asked [b]us[/b] to stop")
        await driver.press("escape", "s")
        assert isinstance(driver.app.screen, StatusDialog)
        assert driver.shows("⊘ do not call")
        await driver.press("escape", "b")
        assert driver.shows("do not call · ring")
        await driver.press("escape", "c", "d")
        assert isinstance(driver.app.screen, DoNotCallDialog)
        await driver.type("rang us")
        await driver.press("enter")
        assert not open_lead(session, lead.id).lead.do_not_call
        assert not driver.shows("⊘ (212)")
        assert "calls allowed again" in str(driver.screen.panel.timeline.content)
        await driver.press("c")
        assert driver.app.screen is driver.screen
        assert driver.shows("☎ 0:00  Mina Sadeghi")


async def test_an_agent_is_told_who_may_lift_it(session: Session, clock: MovingClock) -> None:
    agent = hire(session, "Reza Amini", "reza@example.com", clock)
    lead = add_lead(agent, "Mina Sadeghi", "(212) 555-0101", mine=True)
    do_not_call.forbid(session, lead.id, "asked")
    status = status_of(agent, "do_not_call")
    answers = {each.key: "stop" for each in status.open_fields if each.required}
    other = add_lead(agent, "Sara Ahmadi", "(212) 555-0102")
    other = set_status(agent, SetStatus(other.id, other.version, status.id, answers=answers))
    async with driven(agent) as driver:
        await driver.press("d")
        assert isinstance(driver.app.screen, CallRefused)
        assert driver.shows("customers:allow-calls")
        await driver.press("d")
        assert isinstance(driver.app.screen, CallRefused)
        await driver.press("escape", "tab")
        driver.screen.open_lead(other.id)
        await driver.settled()
        await driver.press("s", "1")
        # Another status would lift it: nothing is saved, and the dialog says why.
        assert isinstance(driver.app.screen, StatusDialog)
        assert driver.shows_wrapped("which your profile does not allow")
        await driver.press("escape")
    assert open_lead(session, other.id).lead.status_id == status.id
    agent.close()


async def test_a_supervisor_lifts_a_status_by_another_one_and_says_why(session: Session) -> None:
    lead = add_lead(session, "Mina Sadeghi", "(212) 555-0101", mine=True)
    status = status_of(session, "do_not_call")
    answers = {each.key: "stop" for each in status.open_fields if each.required}
    set_status(session, SetStatus(lead.id, lead.version, status.id, answers=answers))
    async with driven(session) as driver:
        driver.screen.open_lead(lead.id)
        await driver.settled()
        await driver.press("s", "1")
        assert driver.shows("Say in the note why they may be called again.") or driver.shows("must say why")
        await driver.type("rang us and wants an offer")
        await driver.press("ctrl+s")
        assert not open_lead(session, lead.id).lead.do_not_call
        assert open_lead(session, lead.id).timeline[0].detail.text == "rang us and wants an offer"
