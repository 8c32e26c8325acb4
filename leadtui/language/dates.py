"""Reading of whole dates in three calendars and three languages."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from leadtui.language import cldr
from leadtui.language.calendar_days import from_parts
from leadtui.language.calendar_names import YEARS, Calendar
from leadtui.language.date_forms import WrittenCalendar, usual_calendars
from leadtui.language.text import fold_words
from leadtui.language.time_words import Sort, Word, pattern_of, split_words
from leadtui.language.translate import _, language, show_digits


def parse_date(text: str, calendar_hint: Calendar | None, region: str = "") -> date | None:
    """Return the day that `text` writes, the likeliest of `dates_of`; None where there is none."""
    return next(iter(dates_of(text, calendar_hint, region)), None)


@lru_cache(maxsize=4096)
def dates_of(text: str, calendar_hint: Calendar | None, region: str = "") -> tuple[date, ...]:
    """Return the day that `text` writes in figures or words, none where it is no whole date or a doubtful one.

    A month's name tells the calendar. Figures are of the first that counts such a year: of the hint, of those in use in
    `region` (ISO 3166), of all others; see `year_doubt` for those of which two may be meant. A year of two digits
    is read only where it cannot be a day (`99/07/08`) or stands after a month's name. Figures that end in the year
    are day first, or as in `region` the month; the other way round is the second day, or the first where only that makes
    a date. A weekday beside the date must agree with it.
    """
    figures = _FIGURES.fullmatch(fold_words(text))
    if figures:
        return _dates_of_figures(figures, calendar_hint, region)
    words = split_words(text)
    return read_date(words, calendar_hint, region) if words else ()


def year_doubt(text: str, calendar_hint: Calendar | None, region: str = "") -> str:
    """Return why `text` is not read where its year in figures is Hijri or one to come of the Jalali calendar, else "".

    Such are those from 1440 on (2018, or 2061) where the Jalali calendar is in use: there the month needs its name.
    """
    figures = _YEAR_FIRST_OR_LAST.search(fold_words(text))
    year = (figures[1] or figures[2]) if figures else "0"
    if not _is_doubtful(int(year), calendar_hint, region):
        return ""
    return _("{year} may be a Hijri year or a Jalali one; write the month's name.").format(
        year=show_digits(year, language())
    )


def to_utc(day: date, clock: time, zone: str) -> datetime:
    """Return the moment of a wall clock in `zone`, aware and in UTC.

    A time that a clock change leaves out is moved past the gap by the gap's length; of a time that comes twice the
    first is meant (PEP 495, fold 0).
    """
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)


def read_date(words: tuple[Word, ...], calendar_hint: Calendar | None, region: str = "") -> tuple[date, ...]:
    """Return the whole date that `words` are, see `dates_of`; none where they are none or their weekday disagrees."""
    weekday = words[0].number if words[0].sort is Sort.WEEKDAY else None
    rest = words if weekday is None else words[1:]
    pattern = pattern_of(rest).replace(Sort.ORDINAL, Sort.NUMBER)
    days: tuple[date | None, ...] = ()
    if pattern == "D":
        days = dates_of(rest[0].text, calendar_hint, region)
    elif pattern in ("NMZ", "NMN"):
        days = (_date_of_names(rest[2], rest[1], rest[0]),)
    elif pattern == "MNZ":
        days = (_date_of_names(rest[2], rest[0], rest[1]),)
    elif pattern == "ZMN":
        days = (_date_of_names(rest[0], rest[1], rest[2]),)
    return tuple(day for day in days if day and weekday in (None, day.weekday()))


HIJRI_OR_JALALI_YEARS = range(1440, 1501)
"""Years of days of 2018 to 2077, or of 2061 to 2122."""

_FIGURES = re.compile(
    r"(?P<first>\d{1,4}) ?(?P<sign>[/.\-\\ ]) ?(?P<second>\d{1,2}) ?(?P=sign) ?(?P<third>\d{1,4})"
    r"|(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)"
)
_YEAR_FIRST_OR_LAST = re.compile(r"(?:(?<!\d)(\d{4})(?:[/.\-\\ ]\d|\d{4}(?!\d))|\d[/.\-\\ ](\d{4})(?!\d))")


def _dates_of_figures(figures: re.Match[str], hint: Calendar | None, region: str) -> tuple[date, ...]:
    first, second, third = figures["first"], figures["second"], figures["third"]
    parts: list[tuple[int | None, str, str]] = []
    if figures["year"]:
        parts = [(int(figures["year"]), figures["month"], figures["day"])]
    elif len(first) > 2 or (len(first) == 2 and int(first) > 31):
        parts = [(_full_year(first, hint), second, third)] if len(third) <= 2 else []
    elif len(third) > 2 or int(third) > 31:  # else the year could be the first or the last
        year = _full_year(third, hint)
        parts = [(year, second, first), (year, first, second)]
        if region.upper() in cldr.MONTH_FIRST:
            parts.reverse()
    days = tuple(
        filter(None, (_date(year, int(month), int(day), hint, region) for year, month, day in parts))
    )
    dotted = figures["sign"] == "." and region.upper() not in cldr.MONTH_FIRST  # which is always day first
    return tuple(dict.fromkeys(days[:1] if dotted else days))


def _full_year(written: str, hint: Calendar | None) -> int | None:
    """Return the year with its century, None for a year of two digits that could be in two centuries."""
    year = int(written)
    if len(written) == 4:
        return year
    if len(written) != 2:
        return None
    match hint:
        case Calendar.JALALI:
            return 1300 + year
        case Calendar.HIJRI:
            return _with_century(year, hint)
        case Calendar.GREGORIAN if year > _LAST_OF_THIS_CENTURY[hint]:
            return 1900 + year
        case _:
            return None


def _date_of_names(year: Word, month: Word, day: Word) -> date | None:
    """Return the date of a named month; a year of two digits is the one within about seventy years back."""
    if month.calendar is None or (year.sort is Sort.NUMBER and len(year.text) != 2):
        return None
    full_year = _with_century(year.number, month.calendar) if year.sort is Sort.NUMBER else year.number
    return from_parts(full_year, month.number, day.number, month.calendar)


_LAST_OF_THIS_CENTURY = {Calendar.JALALI: 31, Calendar.GREGORIAN: 68, Calendar.HIJRI: 75}


def _with_century(year: int, calendar: Calendar) -> int:
    century = 2000 if calendar is Calendar.GREGORIAN else 1400
    return year + (century if year <= _LAST_OF_THIS_CENTURY[calendar] else century - 100)


def _date(year: int | None, month: int, day: int, hint: Calendar | None, region: str) -> date | None:
    if year is None or _is_doubtful(year, hint, region):
        return None
    if year in HIJRI_OR_JALALI_YEARS:
        return from_parts(year, month, day, Calendar.HIJRI)
    in_use = _calendars_in_use(hint, region)
    calendar = next((each for each in (*in_use, *Calendar) if year in YEARS[each]), None)
    return from_parts(year, month, day, calendar) if calendar else None


def _is_doubtful(year: int, hint: Calendar | None, region: str) -> bool:
    return (
        year in HIJRI_OR_JALALI_YEARS
        and hint is not Calendar.HIJRI
        and Calendar.JALALI in _calendars_in_use(hint, region)
    )


def _calendars_in_use(hint: Calendar | None, region: str) -> list[Calendar]:
    """The calendar of the person, and those of the region."""
    written = [each for each in usual_calendars(region.upper()) if each is not WrittenCalendar.BUDDHIST]
    return [*([hint] if hint else []), *(Calendar(each.value) for each in written if region)]
