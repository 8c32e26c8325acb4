"""A line for a day or a moment, typed, or chosen on the sheet of a month that F4 lets down beneath it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from textual import events
from textual.content import Content
from textual.widget import Widget

from leadtui.domain.field import FormatContext, day_reading
from leadtui.language import calendar
from leadtui.language.calendar import Calendar
from leadtui.language.calendar_days import counts, weeks_of_month
from leadtui.language.text import cell_width, clean
from leadtui.language.translate import interface_direction, pgettext, show_digits
from leadtui.presentation.input_feedback import moment_reading
from leadtui.tui.direction import TurnedAlready, drawing_of
from leadtui.tui.mirroring import from_the_right, key_onward
from leadtui.tui.widgets.form_field import field_of, passes_on, take
from leadtui.tui.widgets.inputs import LineInput

SHEET_KEY = "F4"
"""The key of the sheet, as a person presses it."""

_SHEET_KEYS = ("f4", "alt+down")

_CELL = 4
_WEEK = 7 * _CELL


class MonthSheet(TurnedAlready, Widget):
    """The month around `day` in the person's calendar; weeks begin as in the region."""

    DEFAULT_CSS = """
    MonthSheet {
        overlay: screen;
        constrain: none inside;
        width: 30;
        height: auto;
        padding: 0 1;
        background: $pane-alt;
        color: $foreground;
    }
    """

    def __init__(self, day: date, context: FormatContext, pick: Callable[[date], None]) -> None:
        """`pick` is called with a day that is clicked."""
        super().__init__()
        self._pick = pick
        self.day = day
        self._format_context = context
        self._week = context.weekdays

    @property
    def calendar(self) -> Calendar:
        """The person's calendar, where that counts the day."""
        return (
            self._format_context.calendar
            if counts(self._format_context.calendar, self.day)
            else Calendar.GREGORIAN
        )

    def show(self, day: date) -> None:
        """Turn to the month of `day`."""
        self.day = day
        self.refresh(layout=True)

    def render(self) -> Content:
        """The month and its year, the letters of the weekdays, the days, the keys; in the order in which they are seen."""
        language = self._format_context.language
        year, month, _day = calendar.to_parts(self.day, self.calendar)
        title = f"{calendar.month_name(month, self.calendar, language)} {show_digits(str(year), language)}"
        letters = [(f"{calendar.weekday_letters(day, language):^{_CELL}}", "$dim") for day in self._week]
        keys = pgettext("hint", "PgUp PgDn month · Home today")
        return Content("\n").join(
            [
                self._line(title, "bold"),
                _in_order(letters),
                *(_in_order([self._cell(day) for day in week]) for week in self._weeks),
                self._line(keys, "$faint"),
            ]
        )

    @property
    def _weeks(self) -> list[list[date | None]]:
        return weeks_of_month(self.day, self.calendar, self._week)

    def _line(self, words: str, style: str) -> Content:
        shown = drawing_of(self).turned(words, interface_direction())
        before = max(_WEEK - cell_width(shown), 0) // 2
        return Content.styled(" " * before + shown, style)

    def _cell(self, day: date | None) -> tuple[str, str]:
        if day is None:
            return " " * _CELL, ""
        number = show_digits(str(calendar.to_parts(day, self.calendar)[2]), self._format_context.language)
        here = day == self.day
        shown = (
            f" {number:<2}{'‹' if here else ' '}"
            if from_the_right()
            else f"{'›' if here else ' '}{number:>2} "
        )
        today = calendar.local_date(self._format_context.now, self._format_context.zone)
        return shown, "bold on $cursor" if here else "bold $primary underline" if day == today else ""

    def on_click(self, event: events.Click) -> None:
        """Pick the day under the pointer."""
        event.stop()
        spot = event.get_content_offset(self)
        if spot is None or not 2 <= spot.y < 2 + len(self._weeks) or not 0 <= spot.x < _WEEK:
            return
        column = spot.x // _CELL
        day = self._weeks[spot.y - 2][6 - column if from_the_right() else column]
        if day is not None:
            self._pick(day)


def _in_order(cells: list[tuple[str, str]]) -> Content:
    return Content.assemble(*(cells[::-1] if from_the_right() else cells))


class DateInput(LineInput):
    """What is typed is the day that the sheet shows, and moving on the sheet types another one."""

    def __init__(
        self,
        text: str,
        placeholder: str,
        context: FormatContext,
        *,
        moments: bool = False,
        id: str | None = None,  # noqa: A002 - the name that every widget has for it
    ) -> None:
        """With `moments` a time of day belongs to what is typed, and stays as it is when the day changes."""
        super().__init__(text, placeholder, id=id)
        self._format_context = context
        self._moments = moments
        self._sheet: MonthSheet | None = None
        self._before = ""

    @property
    def day(self) -> date | None:
        """The day that is typed, None where none is understood."""
        typed, context = clean(self.text), self._format_context
        day = day_reading(typed, context).said
        moment = moment_reading(typed, context).said if self._moments and day is None else None
        return day or (moment and calendar.local_date(moment, context.zone))

    def _let_down(self) -> None:
        self._before = self.text
        today = calendar.local_date(self._format_context.now, self._format_context.zone)
        self._sheet = MonthSheet(self.day or today, self._format_context, self._take)
        assert isinstance(self.parent, Widget)
        self.parent.mount(self._sheet, after=self)

    def on_key(self, event: events.Key) -> None:
        """While the sheet is down, move on it; letters and digits go on typing."""
        sheet = self._sheet
        if field_of(self) is not None and passes_on(self, event):
            return
        if sheet is None:
            if event.key in _SHEET_KEYS:
                self._let_down()
                take(event)
            return
        onward = 1 if key_onward() == "right" else -1
        steps = {"left": -onward, "right": onward, "up": -7, "down": 7}
        months = {"pageup": -1, "pagedown": 1, "ctrl+pageup": -12, "ctrl+pagedown": 12}
        match event.key:
            case key if key in steps:
                self._type(sheet.day + timedelta(days=steps[key]))
            case key if key in months:
                self._type(calendar.add_months(sheet.day, months[key], sheet.calendar))
            case "home":
                self._type(calendar.local_date(self._format_context.now, self._format_context.zone))
            case key if key in _SHEET_KEYS:
                self._take_up()
            case "enter":
                if self.day is None:
                    self._type(sheet.day)
                self._take_up()
            case "escape":
                self.text = self._before
                self._take_up()
            case _:
                return
        take(event)

    def on_input_changed(self) -> None:
        """Follow what is typed."""
        day = self.day
        if self._sheet is not None and day is not None:
            self._sheet.show(day)

    def on_blur(self) -> None:
        """The sheet goes when the field is left."""
        self._take_up()

    def _type(self, day: date | None) -> None:
        """Type `day`, with the time that stood beside the last one; a day beyond all calendars is passed over."""
        if day is None or day.year not in calendar.YEARS[Calendar.GREGORIAN]:
            return
        context = self._format_context
        typed = calendar.typed_date(day, context.calendar, context.language)
        moment = moment_reading(self.text, context).said if self._moments else None
        if moment:
            typed += " " + calendar.show_time(moment, context.language, context.zone)
        self.text = typed

    def _take(self, day: date) -> None:
        """Type the day that was clicked, and take up the sheet."""
        self._type(day)
        self._take_up()

    def _take_up(self) -> None:
        if self._sheet is not None:
            self._sheet.remove()
            self._sheet = None
