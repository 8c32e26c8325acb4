"""An overdue reminder that goes on, at the desks of both: said before, done by whichever is open, and taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from desk_driving import WIDE, driven
from session_making import MovingClock, add_lead, hire, status_of
from textual.widget import Widget

from leadtui.domain.status import EscalationRule
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.leads import open_lead
from leadtui.services.session import Session
from leadtui.tui.widgets.form_field import FormField


async def test_a_promise_goes_to_the_supervisor_and_back(session: Session, clock: MovingClock) -> None:
    """The rule is typed under F2; Reza sees when it goes, and Neda's desk passes it on."""
    place = [each.key for each in session.definitions.open_statuses].index("call_back")
    async with driven(session, size=WIDE) as driver:
        await driver.press("f2", "1", *["down"] * place, "enter")
        asked = driver.app.screen.query(FormField)
        supervisor, pool = (each for each in asked if each.key.startswith("escalation."))
        cast("Widget", supervisor.editor).focus()
        await driver.type("30")
        cast("Widget", pool.editor).focus()
        await driver.type("20")
        await driver.press("ctrl+s")
        assert driver.shows("The supervisor needs some time")
        cast("Widget", pool.editor).focus()
        await driver.press("ctrl+u")
        await driver.type("120")
        await driver.press("ctrl+s")
        assert status_of(session, "call_back").escalation == EscalationRule(30, 120)

    reza = hire(session, "Reza Amini", "reza@example.com", clock)
    lead = add_lead(reza, "Mina Sadeghi", "(212) 555-0142", mine=True)
    due = clock.now + timedelta(minutes=10)
    set_status(reza, SetStatus(lead.id, lead.version, status_of(reza, "call_back").id, remind_at=due))
    clock.now = due + timedelta(minutes=10)
    async with driven(reza, size=WIDE) as driver:
        assert driver.shows("to the supervisor today 03:52")
        await driver.press("b")
        assert driver.shows("◐ Call back           to the supervisor today 03:52")
    clock.move(minutes=20)
    async with driven(session, size=WIDE) as driver:
        assert driver.alert is None
        driver.app.due_reminders.pass_on()
        await driver.settled()
        assert driver.alert is not None
        assert driver.shows("to nobody's cartable today 05:22")
        await driver.press("ctrl+r", "o")
        assert driver.shows("reminder of today 03:22 overdue  ➜ to Neda Karimi")
        assert driver.shows("30 min ago  to nobody's cartable today 05:22")
        await driver.press("ctrl+p")
        await driver.type("take back escalation")
        await driver.press("enter")
        assert driver.alert is None
    (pending,) = open_lead(session, lead.id).pending
    assert pending.owner_id == reza.actor.id
