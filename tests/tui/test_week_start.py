"""The day on which weeks begin: chosen in the settings, and followed wherever a week is counted or drawn."""

from __future__ import annotations

from datetime import date

from desk_driving import driven

from leadtui.language.calendar import WEEK_AS_USUAL
from leadtui.presentation.input_feedback import moment_reading
from leadtui.services.session import Session
from leadtui.tui.dialogs.period_dialog import PeriodDialog
from leadtui.tui.screens.settings.screen import SettingsScreen

SIZE = (120, 40)


async def test_weeks_begin_on_the_day_that_is_chosen(session: Session) -> None:
    assert session.workspace.week_start == WEEK_AS_USUAL
    assert session.format_context().weekdays[0] == 6  # in the United States
    async with driven(session, size=SIZE) as driver:
        await driver.press("f12", "p")
        screen = driver.app.screen
        if not isinstance(screen, PeriodDialog):
            raise AssertionError(driver.text())
        assert driver.shows("15 Sep – 21 Sep")
        await driver.press("escape", "escape", "f2", "7")
        settings = driver.app.screen
        assert isinstance(settings, SettingsScreen)
        field = settings.pane.form.field("week_start")
        assert field is not None
        field.take_focus()
        assert driver.shows("Sunday, as usual")
        await driver.type("sat")
        await driver.press("ctrl+s")
        await driver.reached(lambda: session.workspace.week_start == 5)
        await driver.press("escape", "f12", "p")
        assert driver.shows("21 Sep – 27 Sep")  # last week
    monday = moment_reading("monday next week 9:00", session.format_context()).said
    assert monday is not None
    assert monday.date() == date(2024, 10, 7)
