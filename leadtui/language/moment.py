"""The moment that a person types for a reminder: `tomorrow 10`, `+2d`, `1403/07/08 16:00`, `فردا ساعت ۱۰`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from leadtui.language.calendar_days import add_months, from_parts, to_parts
from leadtui.language.calendar_names import Calendar
from leadtui.language.clock import MORNING, TIME, parse_time, read_time
from leadtui.language.dates import parse_date, read_date, to_utc
from leadtui.language.time_words import Sort, Unit, Word, pattern_of, split_words

__all__ = ["parse_day", "parse_moment", "parse_time", "parse_weekday"]


def parse_moment(
    text: str, *, now: datetime, zone: str, calendar: Calendar, region: str = ""
) -> datetime | None:
    """Return the moment that `text` says, aware and in UTC without seconds; None where it says none or is doubtful.

    `now` is aware; wall-clock times are those of `zone`; months are counted in `calendar`; where people
    of `region` (ISO 3166) put the month first, 3/5/2027 is 5 March. Every word must be understood. The rules:

    - A day without a time is at 9; a part of the day has its own hour (morning 9, noon 12, afternoon 15, عصر 17,
      evening 18, night 20).
    - A time without a day is its next occurrence: `9` at 10:42 is tomorrow's. Hours alone are of 24.
    - A length of minutes and hours is counted from now; days, weeks and months keep the time of day of now unless a time
      is said (`+2d`, `+2d 10`). `next week` and `next month` are days: the time is 9.
    - A weekday is the next one; today only if a later time is said, and never with *next*.
    - A day of the month (`the 15th`, `۱۵ام`) is the next such day; a weekday beside it must be its own.
    - A day and month without a year are the next such day, today included. A month is counted in its own calendar.
    - `today 9` at 10:42, a date of last year or `yesterday` are past and come back as they are: the caller decides.
    - Wall-clock times that a clock change leaves out are moved past the gap.
    """
    words = split_words(text)
    if not words:
        return None
    here = now.astimezone(ZoneInfo(zone))
    line = _Line(words, here.replace(second=0, microsecond=0), zone, calendar, region)
    try:
        return line.moment()
    except OverflowError:  # beyond the years that a datetime can hold
        return None


def parse_day(text: str, *, now: datetime, zone: str, calendar: Calendar, region: str = "") -> date | None:
    """Return the day that `text` writes, also as a moment of it (see `parse_moment`); None where it says none."""
    day = parse_date(text, calendar, region)
    if day is not None:
        return day
    moment = parse_moment(text, now=now, zone=zone, calendar=calendar, region=region)
    return moment.astimezone(ZoneInfo(zone)).date() if moment else None


def parse_weekday(text: str) -> int | None:
    """Return the weekday that `text` names in Persian, Arabic or English, Monday 0; None where it names none."""
    words = split_words(text)
    if not words or not re.fullmatch("U?W", pattern_of(words)) or words[0].unit not in (None, Unit.DAY):
        return None
    return words[-1].number


_MOST_DAYS = 3660
_MOST_MONTHS = 120

# Patterns over the sorts of the words, one letter each (see `Sort`).
_LENGTH = r"[IAS]?(?:[NZO][UH](?:E?[NZ][UH]|EF)?|F[UH]|B)[LAX]?|N?Q[LA]|A[UH]"
_NEXT_UNIT = r"XU|U[XAL]"
_DAY = r"Y|[XU]?W[XA]?|W?(?:D|[NR]MZ|ZM[NR]|M[NR]Z|[NR]M|M[NR])|W?U?R|RW|W?UN"
_SENTENCE = re.compile(
    rf"(?P<clock>{TIME})"
    rf"|(?:(?P<length>{_LENGTH})|(?P<unit>{_NEXT_UNIT})|(?P<day>{_DAY}))(?P<time>{TIME})?"
    rf"|(?!N[MN]|UN)(?P<time_before>{TIME})(?P<day_after>{_DAY})"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line being read, with what it is relative to."""

    words: tuple[Word, ...]
    now: datetime
    """Wall clock in `zone`, without seconds."""
    zone: str
    calendar: Calendar
    region: str

    def moment(self) -> datetime | None:
        """Return what the words say, None where they make no sentence."""
        sentence = _SENTENCE.fullmatch(pattern_of(self.words))
        if sentence is None:
            return None
        parts = {
            name: self.words[slice(*sentence.span(name))] for name in sentence.groupdict() if sentence[name]
        }
        said = parts.get("clock") or parts.get("time") or parts.get("time_before")
        clock = read_time(said) if said else None
        if said and clock is None:
            return None
        if "length" in parts:
            return self._after(parts["length"], clock)
        if "unit" in parts:
            day = self._day_of_next(parts["unit"])
        elif "clock" in parts:
            day = self._day_of_next_time(clock)
        else:
            day = self._day(parts.get("day") or parts["day_after"], clock)
        return self._at(day, clock or MORNING) if day else None

    def _at(self, day: date, clock: time) -> datetime:
        return to_utc(day, clock.replace(second=0), self.zone)

    def _is_ahead(self, day: date, clock: time) -> bool:
        return self._at(day, clock) > self.now

    def _day_of_next_time(self, clock: time | None) -> date:
        today = self.now.date()
        return today if clock and self._is_ahead(today, clock) else today + timedelta(days=1)

    def _after(self, words: tuple[Word, ...], clock: time | None) -> datetime | None:
        """Return the moment after a length of time; a time of day may be said where days are counted."""
        steps = _steps(words)
        if steps is None:
            return None
        minutes = sum(count for count, unit in steps if unit is Unit.MINUTE)
        minutes += sum(count * 60 for count, unit in steps if unit is Unit.HOUR)
        counts_days = any(unit not in (Unit.MINUTE, Unit.HOUR) for _, unit in steps)
        if clock and (minutes or not counts_days):
            return None
        start = self.now.astimezone(UTC)
        if counts_days:
            day = self._day_after(steps)
            if day is None:
                return None
            start = self._at(day, clock or self.now.time())
        return start + timedelta(minutes=minutes) if minutes <= _MOST_DAYS * 1440 else None

    def _day_after(self, steps: list[tuple[int, Unit]]) -> date | None:
        months = sum(count for count, unit in steps if unit is Unit.MONTH)
        days = sum(count * _DAYS[unit] for count, unit in steps if unit in _DAYS)
        if months > _MOST_MONTHS or days > _MOST_DAYS:
            return None
        day = add_months(self.now.date(), months, self.calendar) if months else self.now.date()
        return day + timedelta(days=days) if day else None

    def _day_of_next(self, words: tuple[Word, ...]) -> date | None:
        unit = next(word.unit for word in words if word.unit)
        return None if unit in (Unit.MINUTE, Unit.HOUR) else self._day_after([(1, unit)])

    def _day(self, words: tuple[Word, ...], clock: time | None) -> date | None:
        sorts = [word.sort for word in words]
        if Sort.NEAR_DAY in sorts:
            return self.now.date() + timedelta(days=words[0].number)
        if Sort.DATE in sorts or Sort.YEAR in sorts:
            return read_date(words, self.calendar, self.region)
        if Sort.MONTH in sorts:
            return self._day_without_year(words)
        if Sort.ORDINAL in sorts or Sort.NUMBER in sorts:
            return self._day_of_month(words)
        if any(word.unit not in (None, Unit.DAY) for word in words):
            return None
        weekday = words[sorts.index(Sort.WEEKDAY)].number
        return self._next_weekday(weekday, clock, after_today=Sort.NEXT in sorts or Sort.AFTER in sorts)

    def _day_of_month(self, words: tuple[Word, ...]) -> date | None:
        """Return the next such day of a month, this one's or the next one's; None where it is no such weekday."""
        number = next(word.number for word in words if word.sort in (Sort.ORDINAL, Sort.NUMBER))
        weekday = next((word.number for word in words if word.sort is Sort.WEEKDAY), None)
        if any(word.unit not in (None, Unit.DAY) for word in words):
            return None
        today = self.now.date()
        year, month, _day = to_parts(today, self.calendar)
        coming = ((year + (month + later - 1) // 12, (month + later - 1) % 12 + 1) for later in range(3))
        days = [from_parts(*each, number, self.calendar) for each in coming]
        ahead = next((day for day in days if day and day >= today), None)
        return ahead if ahead and weekday in (None, ahead.weekday()) else None

    def _next_weekday(self, weekday: int, clock: time | None, *, after_today: bool) -> date:
        today = self.now.date()
        distance = (weekday - today.weekday()) % 7
        if distance == 0 and (after_today or clock is None or not self._is_ahead(today, clock)):
            distance = 7
        return today + timedelta(days=distance)

    def _day_without_year(self, words: tuple[Word, ...]) -> date | None:
        """Return the next such day; a weekday beside it may also mean the one of this year that has passed."""
        month = next(word for word in words if word.sort is Sort.MONTH)
        number = next(word for word in words if word.sort in (Sort.NUMBER, Sort.ORDINAL))
        weekday = next((word.number for word in words if word.sort is Sort.WEEKDAY), None)
        kind = month.calendar or self.calendar
        today = self.now.date()
        year = to_parts(today, kind)[0]
        this_year, next_year = (
            from_parts(each, month.number, number.number, kind) for each in (year, year + 1)
        )
        ahead = [day for day in (this_year, next_year) if day and day >= today]
        if weekday is None:
            return ahead[0] if ahead else None
        return next((day for day in (*ahead, this_year) if day and day.weekday() == weekday), None)


_DAYS = {Unit.DAY: 1, Unit.WEEK: 7}


def _steps(words: tuple[Word, ...]) -> list[tuple[int, Unit]] | None:
    """Return the lengths that are added up, None where half of something other than an hour is said."""
    steps: list[tuple[int, Unit]] = []
    count = 1
    half_of_next = False
    for word in words:
        if word.sort in (Sort.NUMBER, Sort.ONE, Sort.YEAR):
            count = word.number
        elif word.sort is Sort.QUARTER:
            steps.append((15 * count, Unit.MINUTE))
        elif word.sort is Sort.HALF and not steps:
            half_of_next = True
        elif word.sort is Sort.HALF:
            if steps[-1][1] is not Unit.HOUR:
                return None
            steps.append((30, Unit.MINUTE))
        elif word.sort in (Sort.UNIT, Sort.HOUR_OR_AT, Sort.TWO_UNITS):
            unit = word.unit or Unit.HOUR
            if half_of_next and unit is not Unit.HOUR:
                return None
            steps.append((30, Unit.MINUTE) if half_of_next else (word.number or count, unit))
    return steps
