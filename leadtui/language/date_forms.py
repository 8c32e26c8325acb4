"""Dates in figures: four calendars, three orders, and which of them a column writes, judged by its cells together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from leadtui.language import cldr
from leadtui.language.calendar_days import from_parts
from leadtui.language.calendar_names import Calendar
from leadtui.language.text import fold_digits
from leadtui.language.translate import pgettext


class WrittenCalendar(StrEnum):
    """A calendar in which files are written. People are shown dates in one of the first three (`Calendar`)."""

    GREGORIAN = "gregorian"
    JALALI = "jalali"
    HIJRI = "hijri"
    """The lunar calendar as Saudi Arabia counts it (Umm al-Qura)."""
    BUDDHIST = "buddhist"
    """The Gregorian days of Thailand, whose years are 543 more."""

    def words(self) -> str:
        """How a report says that a column is written in it."""
        return {
            WrittenCalendar.GREGORIAN: pgettext("recognised", "Gregorian dates"),
            WrittenCalendar.JALALI: pgettext("recognised", "Jalali dates"),
            WrittenCalendar.HIJRI: pgettext("recognised", "Hijri dates"),
            WrittenCalendar.BUDDHIST: pgettext("recognised", "Buddhist years"),
        }[self]


class DateOrder(StrEnum):
    """Which part of a date comes first."""

    YEAR_FIRST = "ymd"
    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"

    def words(self) -> str:
        """How a report says that a column has it."""
        return {
            DateOrder.YEAR_FIRST: pgettext("recognised", "year first"),
            DateOrder.DAY_FIRST: pgettext("recognised", "day first"),
            DateOrder.MONTH_FIRST: pgettext("recognised", "month first"),
        }[self]


class DateSpan(NamedTuple):
    """The days that can be believed, both ends included."""

    first: date
    last: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


class DateForm(NamedTuple):
    """One way of writing a date in figures."""

    calendar: WrittenCalendar
    order: DateOrder


class Figures(NamedTuple):
    """The three figures of a date as they stand, with their zeros."""

    first: str
    second: str
    third: str


@dataclass(frozen=True, slots=True)
class DateStyle:
    """How a column writes its dates."""

    forms: tuple[DateForm, ...]
    """Every form that may be read, the likeliest first."""
    rivals: tuple[DateForm, ...] = ()
    """Those that the column's cells do not rule out: a date that they read otherwise is doubtful."""
    usual: tuple[WrittenCalendar, ...] = tuple(WrittenCalendar)
    """The calendars of the region and of the column; a date in another one is doubtful."""
    year_first: bool = False
    """Whether most cells begin with a year of four digits, which leaves nothing open."""
    in_figures: bool = False
    """Whether any cell writes day, month and year in figures: seconds since 1970 and months in words tell no style."""

    @property
    def form(self) -> DateForm:
        """The likeliest form."""
        return self.forms[0]

    def days_of(self, figures: Figures, span: DateSpan) -> list[tuple[DateForm, date]]:
        """Return every reading of `figures` that lies in `span`, the likeliest first."""
        return _readings(self.forms, figures, span, self.usual)


def day_of(year: int, month: int, day: int, calendar: WrittenCalendar) -> date | None:
    """Return the day that `calendar` calls so, None where it has no such day or the year is out of reach."""
    match calendar:
        case WrittenCalendar.GREGORIAN:
            return _gregorian(year, month, day)
        case WrittenCalendar.JALALI:
            return from_parts(year, month, day, Calendar.JALALI)
        case WrittenCalendar.BUDDHIST:
            return _gregorian(year - _BUDDHIST_BEGIN, month, day)
        case WrittenCalendar.HIJRI:
            return from_parts(year, month, day, Calendar.HIJRI)


def _gregorian(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year >= _FIRST_YEAR else None
    except ValueError:
        return None


def full_years(written: str, calendar: WrittenCalendar) -> tuple[int, ...]:
    """Return the years that figures can mean, the latest first: 24 is 2024 or 1924."""
    if len(written) != 2:
        return (int(written),) if len(written) == 4 else ()
    return tuple(century + int(written) for century in _CENTURIES[calendar])


def day_of_figures(figures: Figures, form: DateForm, span: DateSpan | None = None) -> date | None:
    """Return the day of `span` that `figures` are in `form`, None where they are none; without a span any day.

    A year of four digits at the front shows itself, whatever the order of the form.
    """
    first, second, third = figures
    if len(first) > 2 or (form.order is DateOrder.YEAR_FIRST and len(third) <= 2):
        year, month, day = first, second, third
    elif form.order is DateOrder.YEAR_FIRST:
        return None
    else:
        year = third
        day, month = (first, second) if form.order is DateOrder.DAY_FIRST else (second, first)
    for full in full_years(year, form.calendar):
        found = day_of(full, int(month), int(day), form.calendar)
        if found is not None and (span is None or found in span):
            return found
    return None


def region_forms(region: str) -> tuple[DateForm, ...]:
    """Return every form, those that people of `region` (ISO 3166) write first."""
    calendars = [*usual_calendars(region)]
    calendars += [each for each in WrittenCalendar if each not in calendars]
    orders = region_orders(region)
    return tuple(DateForm(calendar, order) for calendar in calendars for order in orders)


def usual_calendars(region: str) -> tuple[WrittenCalendar, ...]:
    """Return the calendars that are in daily use in `region`, the commonest first."""
    return _CALENDARS.get(region, (WrittenCalendar.GREGORIAN,))


def region_orders(region: str) -> tuple[DateOrder, ...]:
    """Return the orders of day, month and year, the one of `region` first."""
    day, month, year = DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST, DateOrder.YEAR_FIRST
    if region in cldr.MONTH_FIRST:
        return month, day, year
    return (year, day, month) if region in cldr.YEAR_FIRST else (day, month, year)


def find_date_style(
    cells: Iterable[str],
    region: str,
    span: DateSpan,
    *,
    order: DateOrder | None = None,
    calendar: WrittenCalendar | None = None,
) -> DateStyle:
    """Return the style that reads most of `cells` as days of `span`, of several the one of `region`.

    What `order` and `calendar` say is taken at its word.
    """
    counted = _figures_of(cells)
    known = [
        form
        for form in region_forms(region)
        if calendar in (None, form.calendar) and order in (None, form.order)
    ]
    usual = (*usual_calendars(region), *((calendar,) if calendar else ()))
    days = {form: _days(counted, form, span, usual) for form in known}
    scores = {
        form: (_sum(counted, days[form], _RECENT), _sum(counted, days[form], span.first)) for form in known
    }
    best = max(known, key=lambda form: scores[form])  # of equal ones the first: that of the region
    usual = tuple(dict.fromkeys((*usual, best.calendar)))
    forms = sorted(known, key=lambda form: (form is best, form.calendar in usual, scores[form]), reverse=True)
    orders = frozenset(DateOrder) if region in cldr.YEAR_FIRST else _RIVALS
    rivals = tuple(
        form
        for form in forms[1:]
        if form.calendar in usual
        and form.order in orders
        and (scores[form] == scores[best] or days[form].keys() - days[best].keys())
    )
    begin_with_year = sum(count for figures, count in counted.items() if len(figures.first) > 2)
    return DateStyle(tuple(forms), rivals, usual, begin_with_year * 2 > counted.total(), bool(counted))


def _days(
    counted: Counter[Figures], form: DateForm, span: DateSpan, usual: Sequence[WrittenCalendar]
) -> dict[Figures, date]:
    return {figures: day for figures in counted for _, day in _readings((form,), figures, span, usual)}


def _readings(
    forms: Iterable[DateForm], figures: Figures, span: DateSpan, usual: Sequence[WrittenCalendar]
) -> list[tuple[DateForm, date]]:
    """Return what `figures` are in each form; a year of two digits is never one of an unusual calendar."""
    short = max(len(figures.first), len(figures.third)) <= 2
    read = (
        (form, day_of_figures(figures, form, span)) for form in forms if not short or form.calendar in usual
    )
    return [(form, day) for form, day in read if day is not None]


def _sum(counted: Counter[Figures], days: dict[Figures, date], first: date) -> int:
    """Return how many cells are of days from `first` on."""
    return sum(counted[figures] for figures, day in days.items() if day >= first)


_BUDDHIST_BEGIN = 543
_FIRST_YEAR = 1800
"""Years before it are those of other calendars."""
_RECENT = date(2000, 1, 1)

_CENTURIES = {
    WrittenCalendar.GREGORIAN: (2000, 1900),
    WrittenCalendar.JALALI: (1400, 1300),
    WrittenCalendar.HIJRI: (1400, 1300),
    WrittenCalendar.BUDDHIST: (2500, 2400),
}

_CALENDARS = {
    **dict.fromkeys(("IR", "AF"), (WrittenCalendar.JALALI, WrittenCalendar.GREGORIAN)),
    **dict.fromkeys(
        ("SA", "AE", "BH", "EG", "IQ", "JO", "KW", "LY", "OM", "QA", "SY", "YE", "PS", "SD"),
        (WrittenCalendar.GREGORIAN, WrittenCalendar.HIJRI),
    ),
    "TH": (WrittenCalendar.GREGORIAN, WrittenCalendar.BUDDHIST),
}

_RIVALS = frozenset((DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST))
"""The orders in question where a short date never begins with the year."""

_MOST_FIGURES = 20_000
"""How many different dates decide about a column: those of 55 years."""

_FIGURES = re.compile(
    r"(?<![\d:/.\-])(\d{1,4}) ?([/.\-\\]) ?(\d{1,2}) ?\2 ?(\d{4}|\d{1,2})(?!\d|[/\-]\d)"
    r"|(?<!\d)(\d{4})(?: ?年 ?(?=\d\d?月)|(?=\d{4}(?!\d)))(\d\d?)月?(\d\d?)"
)


def _figures_of(cells: Iterable[str]) -> Counter[Figures]:
    counted: Counter[Figures] = Counter()
    for cell in cells:
        found = _FIGURES.search(cell if cell.isascii() else _INVISIBLE.sub("", fold_digits(cell)))
        if found:
            figures = Figures(found[1] or found[5], found[3] or found[6], found[4] or found[7])
            if figures in counted or len(counted) < _MOST_FIGURES:
                counted[figures] += 1
    return counted


_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
