"""Days between the Gregorian and the Jalali calendar, and steps of whole months in either."""

from __future__ import annotations

from datetime import date

from leadtui.language.calendar_names import YEARS, Calendar


def to_parts(day: date, calendar: Calendar) -> tuple[int, int, int]:
    """Return year, month and day of the month of `day` in `calendar`."""
    if calendar is Calendar.GREGORIAN:
        return day.year, day.month, day.day
    from persiantools.jdatetime import JalaliDate  # slow to import, and Gregorian desks never need it

    jalali = JalaliDate(day)
    return jalali.year, jalali.month, jalali.day


def from_parts(year: int, month: int, day: int, calendar: Calendar) -> date | None:
    """Return the day that `calendar` calls so, None where it has no such day or the year is out of reach."""
    if year not in YEARS[calendar]:
        return None
    try:
        if calendar is Calendar.GREGORIAN:
            return date(year, month, day)
        from persiantools.jdatetime import JalaliDate  # see to_parts

        return JalaliDate(year, month, day).to_gregorian()
    except ValueError:
        return None


def add_months(day: date, months: int, calendar: Calendar) -> date | None:
    """Return the same day of a later month, the last one where that month is shorter; None out of reach."""
    year, month, day_of_month = to_parts(day, calendar)
    years, month = divmod(month - 1 + months, 12)
    year, month = year + years, month + 1
    candidates = (from_parts(year, month, day_of_month - less, calendar) for less in range(4))
    return next((candidate for candidate in candidates if candidate), None)
