"""Reading of whole dates, with or without a time of day, in both calendars and three languages."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from leadtui.language import cldr
from leadtui.language.calendar_names import Calendar, calendar_of
from leadtui.language.clock import TIME_IN_FIGURES, read_time
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


def parse_datetime(
    text: str, zone: str, calendar_hint: Calendar | None = None, *, month_first: bool = False
) -> datetime | None:
    """Return the moment that `text` writes, aware and in UTC; None where it is none or a doubtful one.

    Read is a date as `parse_date` reads it with a time of day before or after it, in ISO 8601 perhaps with an offset.
    Without an offset it is wall-clock time in `zone`; without a time it is the start of the day.
    """
    line = fold_words(text)
    offset = _OFFSET.search(line)
    if offset:
        line = line[: offset.start(1)]
    parts = _DATE_THEN_TIME.fullmatch(line)
    if parts:
        day = parse_date(parts[1], calendar_hint, month_first=month_first)
        clock = _time_of_figures(parts)
    else:
        day, clock = _split_date_and_time(line, calendar_hint, month_first)
    if day is None or clock is None:
        return None
    try:
        return to_utc(day, clock, zone) if offset is None else _at_offset(day, clock, offset[2])
    except (OverflowError, ValueError):
        return None


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

_DATE_THEN_TIME = re.compile(
    r"(\d{1,4}[/.\-]\d{1,2}[/.\-]\d{1,4})(?:[ t,]| - )(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?"
)
_OFFSET = re.compile(r":\d\d(?:[.,]\d{1,9})?( ?(z|utc|gmt|[+-]\d\d(?::?\d\d)?))$")
_LINE_OF_BOTH = re.compile(
    rf"(W?(?:D|NM[NZ]|MNZ|ZMN))({TIME_IN_FIGURES}|)|({TIME_IN_FIGURES})(W?(?:D|NM[NZ]|MNZ|ZMN))"
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
    if year in HIJRI_YEARS:
        return day_of(year, month, day, WrittenCalendar.HIJRI)
    calendar = calendar_of(year) if year is not None else None
    return from_parts(year, month, day, calendar) if year is not None and calendar else None


def _time_of_figures(parts: re.Match[str]) -> time | None:
    hour, minute, second = int(parts[2]), int(parts[3]), int(parts[4] or 0)
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _split_date_and_time(
    line: str, hint: Calendar | None, month_first: bool
) -> tuple[date | None, time | None]:
    """Read a line in words, or a date alone."""
    day = parse_date(line, hint, month_first=month_first)
    if day is not None:
        return day, time()
    words = split_words(line.replace(" - ", " "))
    match = _LINE_OF_BOTH.fullmatch(pattern_of(words)) if words else None
    if not words or not match:
        return None, None
    first, last = (1, 2) if match[1] else (4, 3)
    date_words, time_words = words[slice(*match.span(first))], words[slice(*match.span(last))]
    day = read_date(date_words, hint, month_first=month_first)
    return day, read_time(time_words) if time_words else time()


def _at_offset(day: date, clock: time, offset: str) -> datetime:
    """Return the moment at an offset such as +03:30, +0330, +03 or Z. Raises ValueError for one no zone has."""
    digits = offset[1:].replace(":", "")
    if not digits.isdecimal():
        return datetime.combine(day, clock, UTC)
    distance = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    if distance > timedelta(hours=14):
        raise ValueError("an offset beyond all zones")
    zone = timezone(-distance if offset[0] == "-" else distance)
    return datetime.combine(day, clock, zone).astimezone(UTC)
