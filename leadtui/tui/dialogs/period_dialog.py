"""Which days are looked at: one of those that people ask for, or any from one day to another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label

from leadtui.domain.field import example_day, read_day
from leadtui.errors import Invalid
from leadtui.language import calendar
from leadtui.language.calendar import Calendar
from leadtui.language.calendar_days import counts
from leadtui.language.text import cell_width
from leadtui.language.translate import P_, _, pgettext
from leadtui.services.session import Session
from leadtui.tui.dialogs.dialog import SAVE, Dialog
from leadtui.tui.widgets.date_input import DateInput
from leadtui.tui.widgets.narrowed_list import ListEntry, NarrowedList

FIRST, LAST = "first", "last"

TODAY = "today"

PERIODS = {
    TODAY: P_("period", "today"),
    "yesterday": P_("period", "yesterday"),
    "this-week": P_("period", "this week"),
    "last-week": P_("period", "last week"),
    "this-month": P_("period", "this month"),
    "last-month": P_("period", "last month"),
    "last-30-days": P_("period", "the last 30 days"),
}
"""By the names under which they are chosen; in the order of the list."""

TITLE_WIDTH = 22


@dataclass(frozen=True, slots=True)
class Period:
    """The first and the last day, both included; None for today, whichever day that is."""

    days: tuple[date, date] | None


class PeriodDialog(Dialog[Period]):
    """Arrows and Enter choose one of the list; Tab leads to two days that are typed."""

    BINDINGS: ClassVar[list[BindingType]] = [SAVE]
    DEFAULT_CSS = """
    PeriodDialog {
        NarrowedList OptionList { max-height: 7; }
        #days { height: auto; margin: 1 0 0 0; }
        #days Vertical { width: 1fr; height: auto; }
        #days Input { margin: 0 2 0 0; }
        MonthSheet { overlay: none; }
    }
    """

    def __init__(self, session: Session, shown: tuple[date, date] | None) -> None:
        """`shown` are the days that are looked at, None for today."""
        keys = [
            ("↑↓", pgettext("key", "choose")),
            ("Enter", pgettext("key", "show")),
            ("Tab", pgettext("key", "from, to")),
            ("Esc", pgettext("key", "back")),
        ]
        super().__init__(pgettext("title", "Which days"), keys)
        self._format_context = session.format_context()
        self._today = calendar.local_date(session.now(), session.workspace.zone)
        first = self._format_context.weekdays[0]
        self._periods = periods(self._today, self._format_context.calendar, first)
        self._shown = shown

    def compose_body(self) -> Iterable[Widget]:
        """The days that people ask for, and two lines for any others."""
        yield NarrowedList(
            [self._entry(name) for name in PERIODS],
            pgettext("hint", "find"),
            _("Nothing is called so; Tab leads to two days."),
        )
        example = example_day(self._format_context)
        titles = {FIRST: pgettext("field", "From"), LAST: pgettext("field", "Until, included")}
        yield Horizontal(
            *(
                Vertical(Label(title, classes="label"), DateInput("", example, self._format_context, id=key))
                for key, title in titles.items()
            ),
            id="days",
        )

    def on_mount(self) -> None:
        """Begin at what is shown."""
        super().on_mount()
        here = next((name for name, days in self._periods.items() if days == self._shown), TODAY)
        self.query_one(NarrowedList).point_at(TODAY if self._shown is None else here)

    @on(NarrowedList.Picked)
    def _picked(self, event: NarrowedList.Picked) -> None:
        self.dismiss(Period(None if event.name == TODAY else self._periods[event.name]))

    @on(Input.Submitted, f"#{FIRST}")
    @on(Input.Submitted, f"#{LAST}")
    def action_save(self) -> None:
        """Close with the days that are typed, else with what is pointed at."""
        first, last = (self.query_one(f"#{key}", DateInput) for key in (FIRST, LAST))
        if not first.text.strip() and not last.text.strip():
            pointed = self.query_one(NarrowedList).pointed
            if pointed:
                self.dismiss(Period(None if pointed == TODAY else self._periods[pointed]))
            return
        try:
            until = read_day(last.text, self._format_context) if last.text.strip() else self._today
            since = read_day(first.text, self._format_context) if first.text.strip() else until
        except Invalid as problem:
            self.tell(str(problem))
            return
        if until < since:
            self.tell(_("The last day is before the first."))
        else:
            self.dismiss(Period((since, until)))

    def _entry(self, name: str) -> ListEntry:
        title = pgettext("period", PERIODS[name])
        first, last = (
            calendar.show_date(
                each, self._format_context.calendar, self._format_context.language, today=self._today
            )
            for each in self._periods[name]
        )
        days = first if first == last else f"{first} – {last}"
        gap = " " * max(2, TITLE_WIDTH - cell_width(title))
        return ListEntry(name, Content.assemble(title, gap, (days, "$dim")), title)


def periods(today: date, kind: Calendar, first_weekday: int) -> Mapping[str, tuple[date, date]]:
    """The first and last day of each of PERIODS; months are the calendar's, weeks begin on `first_weekday` (Monday 0)."""
    day = timedelta(days=1)
    week = today - day * ((today.weekday() - first_weekday) % 7)
    kind = kind if counts(kind, today) else Calendar.GREGORIAN
    month = today - day * (calendar.to_parts(today, kind)[2] - 1)
    before = month - day
    month_before = before - day * (calendar.to_parts(before, kind)[2] - 1)
    return {
        TODAY: (today, today),
        "yesterday": (today - day, today - day),
        "this-week": (week, today),
        "last-week": (week - 7 * day, week - day),
        "this-month": (month, today),
        "last-month": (month_before, before),
        "last-30-days": (today - 29 * day, today),
    }
