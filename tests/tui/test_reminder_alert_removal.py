"""A reminder that is due while screens open and close at once."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from desk_driving import driven
from session_making import MovingClock, add_lead

from leadtui.services.reminders import due_reminders, set_reminder
from leadtui.services.session import Session
from leadtui.tui.widgets.reminder_alert import ReminderAlert


@pytest.mark.parametrize("turns", range(5))
async def test_an_alert_may_be_taken_off_while_it_is_being_put_on(
    session: Session, clock: MovingClock, turns: int
) -> None:
    lead = add_lead(session, "Mina", mine=True)
    set_reminder(session, lead.id, clock() + timedelta(minutes=1))
    clock.move(minutes=5)
    async with driven(session) as driver:
        alert = ReminderAlert(session, due_reminders(session), above_keys=True)
        driver.app.screen.mount(alert)
        for _turn in range(turns):
            await asyncio.sleep(0)
        await alert.remove()
        await driver.settled()
        assert driver.alert is not None
        assert driver.alert is not alert
