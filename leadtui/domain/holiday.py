"""Holidays: days on which nobody works, once or every year, in any calendar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from leadtui.errors import Invalid
from leadtui.language.calendar import typed_date
from leadtui.language.calendar_days import counts, from_parts, to_parts
from leadtui.language.calendar_names import YEARS, Calendar, month_name
from leadtui.language.dates import dates_of, year_doubt
from leadtui.language.text import clean, fold_digits
from leadtui.language.time_words import Sort, Word, pattern_of, split_words
from leadtui.language.translate import _, show_digits

LONGEST_TITLE = 80
MOST_HOLIDAYS = 2_000
"""What a workspace keeps at the most."""


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day of a calendar; without a year it is one of every year."""

    calendar: Calendar
    month: int
    day: int
    year: int | None = None
    title: str = ""

    @property
    def text(self) -> str:
        """The holiday as it is kept, which `kept_holiday` reads again: `jalali *-01-01 Nowruz`."""
        year = "*" if self.year is None else f"{self.year:04}"
        return f"{self.calendar.value} {year}-{self.month:02}-{self.day:02} {self.title}".rstrip()

    def falls_on(self, day: date) -> bool:
        """Whether that day is it."""
        if not counts(self.calendar, day):
            return False
        year, month, day_of_month = to_parts(day, self.calendar)
        return (month, day_of_month) == (self.month, self.day) and self.year in (None, year)

    def next_day(self, today: date) -> date | None:
        """The day it falls on next, today included; None where it is over."""
        years = [self.year] if self.year is not None else _years_from(today, self.calendar)
        days = (from_parts(each, self.month, self.day, self.calendar) for each in years)
        return next((each for each in days if each and each >= today), None)


def read_holiday(typed: str, calendar: Calendar, region: str, key: str = "") -> Holiday:
    """The holiday that a line says: a day, and what it is called: `25 December Christmas`, `1405/01/13 …`, `۱ فروردین نوروز`.

    A day that is written without its year is one of every year. Figures are of `calendar` or as people of `region` (ISO
    3166) write them. Raises Invalid with the `key` of the field.
    """
    line = clean(typed)
    kept = kept_holiday(line)
    if kept is not None:
        return kept
    words = line.split(" ")
    for count in range(min(len(words), _MOST_WORDS), 0, -1):
        day = _read_day(" ".join(words[:count]).strip(_BETWEEN), calendar, region)
        if day is not None:
            title = " ".join(words[count:]).strip(_BETWEEN)[:LONGEST_TITLE].strip()
            return Holiday(day.calendar, day.month, day.day, day.year, title)
    sentence = _("“{typed}” is no holiday; type its day and what it is called, such as {example}.")
    raise Invalid(
        year_doubt(line, calendar, region)
        or sentence.format(typed=typed.strip(), example=_("25 December Christmas")),
        key,
    )


@lru_cache(maxsize=4096)
def kept_holiday(text: str) -> Holiday | None:
    """The holiday that a store keeps so; None where that cannot be read."""
    found = _KEPT.fullmatch(text)
    if found is None:
        return None
    kept = Holiday(
        Calendar(found["calendar"]),
        int(found["month"]),
        int(found["day"]),
        None if found["year"] == "*" else int(found["year"]),
        (found["title"] or "")[:LONGEST_TITLE].strip(),
    )
    return kept if _exists(kept) else None


def once(day: date, title: str) -> Holiday:
    """A day alone, as a file of appointments names it."""
    return Holiday(Calendar.GREGORIAN, day.month, day.day, day.year, clean(title)[:LONGEST_TITLE].strip())


def typed_holiday(holiday: Holiday, language: str) -> str:
    """The day as one would type it in the language, without the title."""
    if holiday.year is None:
        month = month_name(holiday.month, holiday.calendar, language)
        return show_digits(f"{holiday.day} {month}", language)
    day = from_parts(holiday.year, holiday.month, holiday.day, holiday.calendar)
    return typed_date(day, holiday.calendar, language) if day else holiday.text


def _read_day(words: str, calendar: Calendar, region: str) -> Holiday | None:
    found = split_words(words)
    if not found:
        return None
    named = {each.calendar for each in found if each.calendar is not None}
    if pattern_of(found) in _EVERY_YEAR and named:
        each_year = _without_year(found)
        return each_year if _exists(each_year) else None
    days = dates_of(words, calendar, region)
    if not days:
        return None
    meant = next(iter(named), None) or _calendar_of(words, days[0], calendar)
    year, month, day = to_parts(days[0], meant)
    return Holiday(meant, month, day, year)


def _without_year(words: tuple[Word, ...]) -> Holiday:
    month = next(each for each in words if each.sort is Sort.MONTH)
    day = next(each for each in words if each.sort in (Sort.NUMBER, Sort.ORDINAL))
    return Holiday(month.calendar or Calendar.GREGORIAN, month.number, day.number)


def _calendar_of(words: str, day: date, calendar: Calendar) -> Calendar:
    """The calendar whose figures were written: the one in which the year stands there."""
    written = {int(each) for each in re.findall(r"\d+", fold_digits(words))}
    likely = (calendar, *Calendar)
    return next(
        (each for each in likely if counts(each, day) and to_parts(day, each)[0] in written), calendar
    )


def _exists(holiday: Holiday) -> bool:
    """Whether its calendar has such a day, in some year at least."""
    years = YEARS[holiday.calendar]
    some = [holiday.year] if holiday.year is not None else range(years.start + 100, years.start + 140)
    return any(from_parts(each, holiday.month, holiday.day, holiday.calendar) for each in some)


def _years_from(today: date, calendar: Calendar) -> range:
    if not counts(calendar, today):
        return range(0)
    year = to_parts(today, calendar)[0]
    return range(year, year + 9)


_MOST_WORDS = 5
_BETWEEN = " -\u2013\u2014:,،·"
_EVERY_YEAR = frozenset(("NM", "MN", "RM", "MR"))
_KEPT = re.compile(
    rf"(?P<calendar>{'|'.join(each.value for each in Calendar)}) (?P<year>\*|\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d)"
    r"(?: (?P<title>.+))?"
)
