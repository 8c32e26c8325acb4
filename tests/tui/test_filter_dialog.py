"""The dialog of the filter: what is planned, calls, attempts and days are chosen, told, and read back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from desk_driving import driven
from session_making import MovingClock, add_lead, status_of
from textual.widgets import Input

from leadtui.domain.field import Field, FieldKind
from leadtui.domain.view import AnswerFilter, Calls, FieldFilter, Plan
from leadtui.language.text import cell_width
from leadtui.services.defining import save_status
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


async def test_what_was_answered_and_when_one_rang_is_chosen_and_read_back(
    session: Session,
) -> None:
    interested = status_of(session, "interested")
    save_status(session, replace(interested, fields=(Field(0, "", "Starts", FieldKind.DATE),)), interested)
    interested = status_of(session, "interested")
    (starts,) = interested.open_fields
    async with driven(session, size=(80, 24)) as driver:
        await driver.press("f")
        dialog = driver.app.screen
        assert isinstance(dialog, FilterDialog)
        for line in (f"#own-{starts.id}-least", "#last_call_from"):
            dialog.query_one(line).focus()
            await driver.type("2026-03-01")
        dialog.query_one("#calls").focus()
        await driver.press("down", "down", "space", "ctrl+s")
        chosen = driver.screen.customers.view.filter
        assert chosen.answers == (AnswerFilter(interested.id, FieldFilter(starts.key, least="2026-03-01")),)
        assert chosen.last_call_from is not None
        assert chosen.never_rung
        await driver.press("f")
        dialog = driver.app.screen
        assert isinstance(dialog, FilterDialog)
        await driver.press("ctrl+s")
        assert driver.screen.customers.view.filter == chosen


async def test_hints_stand_whole_in_eighty_columns(session: Session) -> None:
    async with driven(session, size=(80, 24)) as driver:
        await driver.press("f")
        dialog = driver.app.screen
        cut = [
            line.id for line in dialog.query(Input) if cell_width(line.placeholder) > line.content_size.width
        ]
        assert not cut
