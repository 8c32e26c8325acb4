"""The dialog of the filter: what is planned, calls, attempts and days are chosen, told, and read back."""

from __future__ import annotations

from datetime import timedelta

from desk_driving import driven
from session_making import MovingClock, add_lead
from textual.widgets import Input

from leadtui.domain.view import Calls, Plan
from leadtui.services.reminders import set_reminder
from leadtui.services.session import Session
from leadtui.tui.dialogs.filter_dialog import FilterDialog


async def test_what_is_planned_is_chosen_and_read_back(session: Session, clock: MovingClock) -> None:
    anna, _berta = (add_lead(session, name, mine=True) for name in ("Anna", "Berta"))
    set_reminder(session, anna.id, clock.now + timedelta(hours=1))
    clock.move(hours=2)
    async with driven(session, size=(120, 50)) as driver:
        await driver.press("f")
        dialog = driver.app.screen
        assert isinstance(dialog, FilterDialog)
        dialog.query_one("#plans").focus()
        await driver.press("space")
        dialog.query_one("#calls").focus()
        await driver.press("down", "space")
        dialog.query_one("#attempts").focus()
        await driver.type("many")
        await driver.press("enter")
        assert driver.shows("Write a whole number, such as 3, or nothing.")
        assert dialog.focused is dialog.query_one("#attempts")
        await driver.press(*["backspace"] * 4)
        dialog.query_one("#next_before").focus()
        await driver.type("tomorrow")
        await driver.press("enter")
        chosen = driver.screen.customers.view.filter
        assert (chosen.plans, chosen.calls) == ({Plan.OVERDUE}, {Calls.ALLOWED})
        assert driver.shows("overdue · next until")
        assert list(driver.screen.customers.table.ids_from(0)) == [anna.id]
        await driver.press("f")
        dialog = driver.app.screen
        assert isinstance(dialog, FilterDialog)
        assert dialog.query_one("#next_before", Input).value
        await driver.press("ctrl+s")
        assert driver.screen.customers.view.filter == chosen
        await driver.press("/")
        await driver.type("bertha")
        assert driver.shows("Near it: “Berta”")
