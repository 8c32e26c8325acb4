"""A reminder that is due while screens open and close at once."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from desk_driving import driven
from desk_making import MovingClock, add_lead

from leadtui.services.desk import Desk
from leadtui.services.reminders import due_reminders, set_reminder
from leadtui.tui.widgets.reminder_alert import ReminderAlert


@pytest.mark.parametrize("turns", range(5))
async def test_an_alert_may_be_taken_off_while_it_is_being_put_on(
    desk: Desk, clock: MovingClock, turns: int
) -> None:
    lead = add_lead(desk, "Mina", mine=True)
    set_reminder(desk, lead.id, clock() + timedelta(minutes=1))
    clock.move(minutes=5)
    async with driven(desk) as driver:
        alert = ReminderAlert(desk, due_reminders(desk), above_keys=True)
        driver.app.screen.mount(alert)
        for _turn in range(turns):
            await asyncio.sleep(0)
        await alert.remove()
        await driver.settled()
        assert driver.alert is not None
        assert driver.alert is not alert
