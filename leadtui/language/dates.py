"""Reading of whole dates, with or without a time of day, in both calendars and three languages."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from leadtui.language import cldr
from leadtui.language.calendar_names import Calendar, calendar_of
from leadtui.language.date_forms import WrittenCalendar, day_of
from leadtui.language.jalali import from_parts
from leadtui.language.text import fold_words
from leadtui.language.time_words import Sort, Word, pattern_of, split_words


@lru_cache(maxsize=4096)
def parse_date(text: str, calendar_hint: Calendar | None, *, month_first: bool = False) -> date | None:
    """Return the day that `text` writes in figures or words, None where it is no whole date or a doubtful one.

    The year decides the calendar (see `calendar_names.YEARS`), whatever the hint; the hint serves years of two
    digits, which are read only where they cannot be a day (`99/07/08`) or stand after a month's name. Figures
    that end in the year are day first, or with `month_first` the month; the other way round where only that makes a
    date. Of the years from 1440 on in figures the Hijri ones are meant. A weekday beside the date must agree with it.
    """
    figures = _FIGURES.fullmatch(fold_words(text))
    if figures:
        return _date_of_figures(figures, calendar_hint, month_first)
    words = split_words(text)
    return read_date(words, calendar_hint) if words else None


def writes_month_first(region: str) -> bool:
    """Return whether people of `region` (ISO 3166) put the month before the day."""
    return region.upper() in cldr.MONTH_FIRST


def to_utc(day: date, clock: time, zone: str) -> datetime:
    """Return the moment of a wall clock in `zone`, aware and in UTC.

    A time that a clock change leaves out is moved past the gap by the gap's length; of a time that comes twice the
    first is meant (PEP 495, fold 0).
    """
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)


def read_date(
    words: tuple[Word, ...], calendar_hint: Calendar | None, *, month_first: bool = False
) -> date | None:
    """Return the whole date that `words` are, None where they are none or their weekday disagrees."""
    weekday = words[0].number if words[0].sort is Sort.WEEKDAY else None
    rest = words if weekday is None else words[1:]
    pattern = pattern_of(rest).replace(Sort.ORDINAL, Sort.NUMBER)
    if pattern == "D":
        day = parse_date(rest[0].text, calendar_hint, month_first=month_first)
    elif pattern in ("NMZ", "NMN"):
        day = _date_of_names(rest[2], rest[1], rest[0])
    elif pattern == "MNZ":
        day = _date_of_names(rest[2], rest[0], rest[1])
    elif pattern == "ZMN":
        day = _date_of_names(rest[0], rest[1], rest[2])
    else:
        return None
    return day if day and weekday in (None, day.weekday()) else None


HIJRI_YEARS = range(1440, 1501)
"""Years that are typed in figures for days of 2018 to 2077: of the Jalali calendar they would be those from 2061 on."""

_FIGURES = re.compile(
    r"(?P<first>\d{1,4}) ?(?P<sign>[/.\-\\ ]) ?(?P<second>\d{1,2}) ?(?P=sign) ?(?P<third>\d{1,4})"
    r"|(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)"
)


def _date_of_figures(figures: re.Match[str], hint: Calendar | None, month_first: bool) -> date | None:
    if figures["year"]:
        return _date(int(figures["year"]), int(figures["month"]), int(figures["day"]))
    first, second, third = figures["first"], figures["second"], figures["third"]
    if len(first) > 2 or (len(first) == 2 and int(first) > 31):
        return _date(_full_year(first, hint), int(second), int(third)) if len(third) <= 2 else None
    if len(third) <= 2 and int(third) <= 31:
        return None  # the year could be the first or the last
    year = _full_year(third, hint)
    month, day = (first, second) if month_first else (second, first)
    return _date(year, int(month), int(day)) or _date(year, int(day), int(month))


def _full_year(written: str, hint: Calendar | None) -> int | None:
    """Return the year with its century, None for a year of two digits that could be in two centuries."""
    year = int(written)
    if len(written) == 4:
        return year
    if len(written) != 2:
        return None
    if hint is Calendar.JALALI:
        return 1300 + year
    return 1900 + year if hint is Calendar.GREGORIAN and year >= 69 else None


def _date_of_names(year: Word, month: Word, day: Word) -> date | None:
    """Return the date of a named month; a year of two digits is the one within about seventy years back."""
    full_year = year.number
    if year.sort is Sort.NUMBER:
        if len(year.text) != 2:
            return None
        if month.calendar is Calendar.JALALI:
            full_year += 1400 if full_year <= 31 else 1300
        else:
            full_year += 2000 if full_year <= 68 else 1900
    if month.calendar is None or calendar_of(full_year) is not month.calendar:
        return None
    return from_parts(full_year, month.number, day.number, month.calendar)


def _date(year: int | None, month: int, day: int) -> date | None:
    if year is None:
        return None
    if year in HIJRI_YEARS:
        return day_of(year, month, day, WrittenCalendar.HIJRI)
    calendar = calendar_of(year)
    return from_parts(year, month, day, calendar) if calendar else None
