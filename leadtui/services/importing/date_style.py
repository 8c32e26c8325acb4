"""How a column writes its dates: in which calendar, and in which order day, month and year stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from leadtui.language.calendar import Calendar, calendar_of, parse_datetime
from leadtui.language.text import fold_digits
from leadtui.language.translate import pgettext


class DateOrder(StrEnum):
    """Which part of a date comes first."""

    YEAR_FIRST = "year_first"
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


@dataclass(frozen=True, slots=True)
class DateStyle:
    """How dates are written in one column."""

    calendar: Calendar
    order: DateOrder
    certain: bool = True
    """False where no value of the column decided between day first and month first, or where values contradict."""

    def read(self, text: str, zone: str) -> datetime | None:
        """Return the moment that a cell of the column writes, in UTC; None where it is none.

        Wall-clock time is that of `zone`, an IANA name. Where the column is not certain, a date that cannot have its
        usual order is read in the other one.
        """
        day_first = None if self.order is DateOrder.YEAR_FIRST else self.order is DateOrder.DAY_FIRST
        moment = parse_datetime(text, zone, self.calendar, day_first=day_first)
        if moment is None and not self.certain:
            return parse_datetime(text, zone, self.calendar, day_first=not day_first)
        return moment

    def words(self) -> tuple[str, ...]:
        """The style as said in a report."""
        calendars = {
            Calendar.GREGORIAN: pgettext("recognised", "Gregorian dates"),
            Calendar.JALALI: pgettext("recognised", "Jalali dates"),
        }
        orders = {
            DateOrder.YEAR_FIRST: pgettext("recognised", "year first"),
            DateOrder.DAY_FIRST: pgettext("recognised", "day first"),
            DateOrder.MONTH_FIRST: pgettext("recognised", "month first"),
        }
        said = (calendars[self.calendar], orders[self.order])
        return (
            said
            if self.certain
            else (*said, pgettext("recognised", "no date says whether the day or the month comes first"))
        )


def find_date_style(values: Iterable[str]) -> DateStyle | None:
    """Return the style that most of `values` have, None where none of them is a date of numbers.

    The year tells the calendar. 03/04/2024 alone says nothing: any value such as 25/04/2024 decides for the whole
    column, else the day is taken to come first.
    """
    calendars: Counter[Calendar] = Counter()
    orders: Counter[DateOrder | None] = Counter()
    for value in values:
        found = _DATE.search(fold_digits(value))
        calendar = calendar_of(int(found["year"] or found["year_last"])) if found else None
        if found and calendar:
            calendars[calendar] += 1
            orders[_order(found)] += 1
    if not calendars:
        return None
    calendar = calendars.most_common(1)[0][0]
    if orders[DateOrder.YEAR_FIRST] * 2 > orders.total():
        return DateStyle(calendar, DateOrder.YEAR_FIRST)
    days, months = orders[DateOrder.DAY_FIRST], orders[DateOrder.MONTH_FIRST]
    order = DateOrder.MONTH_FIRST if months > days else DateOrder.DAY_FIRST
    return DateStyle(calendar, order, certain=(days == 0) is not (months == 0))


def _order(date: re.Match[str]) -> DateOrder | None:
    """Return the order of one date, None where it could be two."""
    if date["year"]:
        return DateOrder.YEAR_FIRST
    if int(date["first"]) > _MONTHS:
        return DateOrder.DAY_FIRST
    return DateOrder.MONTH_FIRST if int(date["second"]) > _MONTHS else None


_MONTHS = 12

_DATE = re.compile(
    r"(?<!\d)(?:(?P<year>\d{4})\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2}"
    r"|(?P<first>\d{1,2})\s*[-/.]\s*(?P<second>\d{1,2})\s*[-/.]\s*(?P<year_last>\d{4}))(?!\d)"
)
