"""Days as each calendar counts them: year, month and day of the month, and steps of whole months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from leadtui.language.calendar_names import YEARS, Calendar


def to_parts(day: date, calendar: Calendar) -> tuple[int, int, int]:
    """Return year, month and day of the month of `day` in `calendar`, which counts it (see `counts`)."""
    if calendar is Calendar.GREGORIAN:
        return day.year, day.month, day.day
    # Both are slow to import, and desks of the other calendars never need them.
    if calendar is Calendar.HIJRI:
        from hijridate import Gregorian

        return Gregorian.fromdate(day).to_hijri().datetuple()
    from persiantools.jdatetime import JalaliDate

    jalali = JalaliDate(day)
    return jalali.year, jalali.month, jalali.day


def from_parts(year: int, month: int, day: int, calendar: Calendar) -> date | None:
    """Return the day that `calendar` calls so, None where it has no such day or the year is out of reach."""
    if year not in YEARS[calendar]:
        return None
    try:
        if calendar is Calendar.GREGORIAN:
            return date(year, month, day)
        if calendar is Calendar.HIJRI:  # see to_parts
            from hijridate import Hijri

            return date.fromordinal(Hijri(year, month, day).to_gregorian().toordinal())
        from persiantools.jdatetime import JalaliDate

        return JalaliDate(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None


def counts(calendar: Calendar, day: date) -> bool:
    """Return whether `calendar` has a name for `day`: Umm al-Qura is kept in tables, from 1343 to 1500."""
    return calendar is not Calendar.HIJRI or _FIRST_HIJRI <= day <= _LAST_HIJRI


_FIRST_HIJRI, _LAST_HIJRI = date(1924, 8, 1), date(2077, 11, 16)


def add_months(day: date, months: int, calendar: Calendar) -> date | None:
    """Return the same day of a later month, the last one where that month is shorter; None out of reach."""
    if not counts(calendar, day):
        return None
    year, month, day_of_month = to_parts(day, calendar)
    years, month = divmod(month - 1 + months, 12)
    year, month = year + years, month + 1
    candidates = (from_parts(year, month, day_of_month - less, calendar) for less in range(4))
    return next((candidate for candidate in candidates if candidate), None)


def weeks_of_month(day: date, calendar: Calendar, weekdays: Sequence[int]) -> list[list[date | None]]:
    """Return the weeks of the month around `day`, which `calendar` counts; `weekdays` are a week in its order (Monday 0).

    None stands for the days of the months beside it.
    """
    _year, month, day_of_month = to_parts(day, calendar)
    begin = day - timedelta(days=day_of_month - 1)
    later = (begin + timedelta(days=number) for number in range(31))
    days = [each for each in later if counts(calendar, each) and to_parts(each, calendar)[1] == month]
    places = [*[None] * weekdays.index(begin.weekday()), *days]
    places += [None] * (-len(places) % len(weekdays))
    return [places[start : start + 7] for start in range(0, len(places), 7)]
