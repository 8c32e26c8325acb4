"""The moment that a person types for a reminder: `tomorrow 10`, `+2d`, `1403/07/08 16:00`, `فردا ساعت ۱۰`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from leadtui.language import cldr
from leadtui.language.calendar_days import add_months, from_parts, to_parts
from leadtui.language.calendar_names import Calendar, weekdays_in_order
from leadtui.language.clock import TIME, times_of
from leadtui.language.dates import dates_of, read_date, to_utc
from leadtui.language.here import Here
from leadtui.language.reading import Doubt, Reading, Said, only_one, reading_of
from leadtui.language.time_words import (
    Period,
    Sort,
    Unit,
    Word,
    corrections,
    interpretations,
    pattern_of,
    split_words,
)


def parse_moment(text: str, here: Here) -> datetime | None:
    """Return the moment that `text` says, see `read_moment`; None where it says none or is doubtful."""
    return read_moment(text, here).said


def read_moment(text: str, here: Here) -> Reading[datetime]:
    """Return the moment that `text` says, aware and in UTC without seconds, and what else it could say.

    Where people of the region put the month first, 3/5 and 3/5/2027 are 5 March. Every word must be understood. The rules:

    - A day without a time is at 9; a part of the day has its own hour (morning 9, noon 12, afternoon 15, عصر 17,
      evening 18, night 20). Today without an hour is none, whatever it is called.
    - An hour alone is one of the hours of work, and could be the other: `3` is 15:00. `03`, `3am`, `15`, `14h` are as they are.
    - A time without a day is its next occurrence: `9` at 10:42 is tomorrow's. The end of the day is that of today.
    - A length of minutes and hours is counted from now; days, weeks and months keep the time of day of now unless a time
      is said (`+2d`, `+2d 10`). `next week` and `next month` are days: the time is 9. `+20` alone is minutes.
    - A weekday is the next one; today only if a later time is said or with *this*, and never with *next*. `monday week` is
      a week after that; `tuesday next week` is in the week that begins next, as weeks begin in `region`.
    - A day of the month (`the 15th`, `۱۵ام`) is the next such day; a weekday beside it must be its own.
    - A day and month without a year are the next such day, today included. A month is counted in its own calendar.
    - Figures that are a time as well as a date or a length of time (`9.10`, `9h`) are doubtful where the line leaves it open.
    - `today 9` at 10:42, a date of last year or `yesterday` are past and come back as they are: the caller decides.
    - Wall-clock times that a clock change leaves out are moved past the gap.
    """
    to_the_minute = replace(here, now=here.now.replace(second=0, microsecond=0))
    return _read(text, to_the_minute, lambda line: line.moment())


def read_day(text: str, here: Here) -> Reading[date]:
    """Return the day that `text` says by the rules of `read_moment`, and what else it could say; a time is no day."""
    days = dates_of(text, here.calendar, here.region)
    if days:
        return reading_of(days)
    return _read(text, here, lambda line: line.day())


def parse_weekday(text: str) -> int | None:
    """Return the weekday that `text` names in Persian, Arabic or English, Monday 0; None where it names none."""
    words = split_words(text)
    if not words or not re.fullmatch("U?W", pattern_of(words)) or words[0].unit not in (None, Unit.DAY):
        return None
    return words[-1].number


_MOST_DAYS = 3660
_MOST_MONTHS = 120
_MOST_WORDS = 12
_FEWEST_MINUTES = 5
"""Of a bare `+20`: what `+2` counts is open."""

# Patterns over the sorts of the words, one letter each (see `Sort`).
_LENGTH = (
    r"[IAS]?(?:[NZO][UH](?:E?[NZ][UH]|E?O?F)?|[Ff][UH]|[ON]?QO?[UH]|B)[LAX]?"
    r"|N?Q[LA]|[IA]Q|[IA][UH](?:EF|F)?|SN"
)
_NEXT_UNIT = r"XU|U[XAL]"
_DAY = (
    r"Y|[XUV]?W[XA]?|W?(?:D|/|[NR]MZ|ZM[NR]|M[NR]Z|[NR]M|M[NR])|W?U?R|RW|W?UN"
    rf"|WU|W(?:{_NEXT_UNIT})|(?:{_NEXT_UNIT})W|[RG](?:V?U|{_NEXT_UNIT})"
)
_SENTENCE = re.compile(
    rf"(?P<clock>{TIME})"
    rf"|(?:(?P<length>{_LENGTH})|(?P<unit>{_NEXT_UNIT})|(?P<day>{_DAY}))(?P<time>{TIME})?"
    rf"|(?!N[MN]|UN)(?P<time_before>{TIME})(?P<day_after>{_DAY}|{_NEXT_UNIT})"
    rf"|(?P<hour>{TIME})(?P<day_between>Y)(?P<period>P)"
)
_DAY_ALONE = re.compile(rf"(?P<length>{_LENGTH})|(?P<unit>{_NEXT_UNIT})|(?P<day>{_DAY})")


def _read(text: str, here: Here, read: Callable[[_Line], Reading[Said]]) -> Reading[Said]:
    words = split_words(text)
    if words is None:
        for corrected in corrections(text):
            meant = _read_words(split_words(corrected) or (), here, read)
            if meant.said is not None or meant.doubt is not Doubt.NOT_UNDERSTOOD:
                return Reading(doubt=Doubt.MISSPELT, meant=corrected)
        return Reading()
    return _read_words(words, here, read)


def _read_words(words: tuple[Word, ...], here: Here, read: Callable[[_Line], Reading[Said]]) -> Reading[Said]:
    if not 0 < len(words) <= _MOST_WORDS:
        return Reading()
    years = here.years if any(word.sort is Sort.YEAR for word in words) else frozenset[int]()
    try:
        return only_one([read(_Line(each, here)) for each in interpretations(words, years)])
    except OverflowError:  # beyond the years that a datetime can hold
        return Reading()


@dataclass(frozen=True, slots=True)
class _Line:
    """One line being read."""

    words: tuple[Word, ...]
    here: Here

    def moment(self) -> Reading[datetime]:
        """Return what the words say as a moment."""
        parts = self._parts(_SENTENCE)
        said = next((parts[name] for name in ("clock", "time", "time_before") if name in parts), ())
        if "hour" in parts:
            said = parts["hour"] + parts["period"]
        clocks = self._clocks(said) if said else ()
        if not parts or (said and not clocks):
            return Reading()
        if "length" in parts:
            return reading_of(
                tuple(filter(None, (self._after(parts["length"], each) for each in clocks or (None,))))
            )
        readings = [self._days(parts, clock) for clock in clocks or (None,)]
        days = readings[0]
        if days.said is None:
            return Reading(None, tuple(self._at(day, *clocks[:1]) for day in days.others), days.doubt)
        if any(word.sort is Sort.MIDNIGHT for word in said):
            return self._midnight(days.said, named="clock" not in parts)
        if not clocks and days.said == self.here.now.date():
            return Reading(doubt=Doubt.NO_HOUR)
        other_hours = [
            self._at(reading.said, clock)
            for reading, clock in zip(readings[1:], clocks[1:], strict=True)
            if reading.said
        ]
        said_and_other_days = (self._at(day, *clocks[:1]) for day in (days.said, *days.others))
        first, *rest = said_and_other_days
        return reading_of((first, *other_hours, *rest))

    def day(self) -> Reading[date]:
        """Return what the words say as a day."""
        parts = self._parts(_DAY_ALONE)
        if "length" in parts:
            day = self._day_after(_steps(parts["length"]) or [])
            return reading_of((day,) if day else ())
        return self._days(parts, None) if parts else Reading()

    def _parts(self, pattern: re.Pattern[str]) -> dict[str, tuple[Word, ...]]:
        sentence = pattern.fullmatch(pattern_of(self.words))
        if sentence is None or not _says_how_many(self.words):
            return {}
        return {
            name: self.words[slice(*sentence.span(name))]
            for name, found in sentence.groupdict().items()
            if found
        }

    def _clocks(self, words: tuple[Word, ...]) -> tuple[time, ...]:
        """Return the times that can be meant, the likeliest first."""
        sorts = {word.sort for word in words}
        if Sort.SAME_TIME in sorts:
            return (self.here.now.time(),) if len(words) < len(self.words) else ()
        return (time(),) if Sort.MIDNIGHT in sorts else times_of(words, self.here.hours)

    def _midnight(self, day: date, *, named: bool) -> Reading[datetime]:
        """Return when the day ends; where another than today is named it may also be when it begins."""
        begin, end = (self._at(day + timedelta(days=later), time()) for later in (0, 1))
        if not named:
            return reading_of((begin,))
        return (
            reading_of((end,)) if day == self.here.now.date() else Reading(None, (begin, end), Doubt.SEVERAL)
        )

    def _at(self, day: date, clock: time | None = None) -> datetime:
        return to_utc(day, (clock or self.here.hours.morning).replace(second=0), self.here.zone)

    def _is_ahead(self, day: date, clock: time) -> bool:
        return self._at(day, clock) > self.here.now

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
        start = self.here.now.astimezone(UTC)
        if counts_days:
            day = self._day_after(
                [(count, unit) for count, unit in steps if unit not in (Unit.MINUTE, Unit.HOUR)]
            )
            if day is None:
                return None
            start = self._at(day, clock or self.here.now.time())
        return start + timedelta(minutes=minutes) if minutes <= _MOST_DAYS * 1440 else None

    def _day_after(self, steps: list[tuple[int, Unit]]) -> date | None:
        """Return the day after so many days, weeks and months; None without any, and where shorter times are counted."""
        months = sum(count for count, unit in steps if unit is Unit.MONTH)
        days = sum(count * _DAYS[unit] for count, unit in steps if unit in _DAYS)
        shorter = any(unit in (Unit.MINUTE, Unit.HOUR) for _, unit in steps)
        if not steps or shorter or months > _MOST_MONTHS or days > _MOST_DAYS:
            return None
        day = self._months_later(months) if months else self.here.now.date()
        return day + timedelta(days=days) if day else None

    def _months_later(self, months: int) -> date | None:
        return add_months(self.here.now.date(), months, self.here.calendar)

    def _days(self, parts: dict[str, tuple[Word, ...]], clock: time | None) -> Reading[date]:
        """Return the day of a sentence, which may depend on whether the time is still ahead today."""
        today = self.here.now.date()
        if "clock" in parts:
            ends_today = any(word.period is Period.END_OF_DAY for word in parts["clock"])
            ahead = ends_today or (clock is not None and self._is_ahead(today, clock))
            return reading_of((today if ahead else today + timedelta(days=1),))
        words = next(parts[name] for name in ("unit", "day", "day_after", "day_between") if name in parts)
        days = self._days_said(words, clock)
        if isinstance(days, Reading):
            return days
        return reading_of(tuple(day for day in days if day))

    def _days_said(
        self, words: tuple[Word, ...], clock: time | None
    ) -> Reading[date] | tuple[date | None, ...]:
        sorts = {word.sort for word in words}
        unit = next((word.unit for word in words if word.unit), None)
        later = bool(sorts & {Sort.NEXT, Sort.AFTER, Sort.LATER})
        if Sort.NEAR_DAY in sorts:
            return (self.here.now.date() + timedelta(days=words[0].number),)
        if sorts & {Sort.DATE, Sort.YEAR}:
            return read_date(words, self.here.calendar, self.here.region)
        if Sort.PAIR in sorts:
            return self._days_of_pair(words)
        if Sort.MONTH in sorts:
            month, number = _number_of(words, Sort.MONTH), _number_of(words, Sort.NUMBER, Sort.ORDINAL)
            calendar = next(word.calendar for word in words if word.sort is Sort.MONTH)
            return (
                self._day_without_year(number, month, calendar or self.here.calendar, _weekday_of(words)),
            )
        if Sort.END in sorts:
            return (self._end_of(unit, later=later),)
        if Sort.WEEKDAY in sorts and unit is Unit.WEEK:
            return (self._weekday_of_week(words, later=later),)
        if Sort.ORDINAL in sorts and unit in (Unit.WEEK, Unit.MONTH):
            return (self._day_in(unit, words, later=later),)
        if sorts & {Sort.ORDINAL, Sort.NUMBER}:
            return (self._day_of_month(words),)
        if Sort.WEEKDAY in sorts:
            return self._coming_weekdays(words, clock)
        return (self._day_after([(1, unit)]) if unit else None,)

    def _days_of_pair(self, words: tuple[Word, ...]) -> Reading[date] | tuple[date | None, ...]:
        """Return the next days that two figures can be; where the year stands first, no order of theirs is usual."""
        pair = next(word for word in words if word.sort is Sort.PAIR)
        orders = [(pair.number, pair.minute), (pair.minute, pair.number)]
        if self.here.region.upper() in cldr.MONTH_FIRST:
            orders.reverse()
        elif pair.text == ".":
            orders = orders[:1]
        found = [self._day_without_year(*order, self.here.calendar, _weekday_of(words)) for order in orders]
        days = tuple(dict.fromkeys(day for day in found if day))
        if len(days) > 1 and self.here.region.upper() in cldr.YEAR_FIRST:
            return Reading(None, days, Doubt.SEVERAL)
        return days

    def _end_of(self, unit: Unit | None, *, later: bool) -> date | None:
        """Return the last day of a month, or the last working one of a week where it is the same in the whole region."""
        today = self.here.now.date()
        if unit is Unit.MONTH:
            first = self._first_of_month(2 if later else 1)
            return first and first - timedelta(days=1)
        last = last_working_day(self.here.region.upper())
        if unit is not Unit.WEEK or last is None:
            return None
        return self._first_of_week(today, later) + timedelta(days=self._week.index(last))

    @property
    def _week(self) -> tuple[int, ...]:
        language = "fa" if self.here.calendar is Calendar.JALALI else ""
        return weekdays_in_order(language, self.here.region.upper(), self.here.week_start)

    def _first_of_week(self, day: date, later: int) -> date:
        return day + timedelta(days=7 * later - self._week.index(day.weekday()))

    def _first_of_month(self, later: int) -> date | None:
        day = self._months_later(later)
        return day and day - timedelta(days=to_parts(day, self.here.calendar)[2] - 1)

    def _weekday_of_week(self, words: tuple[Word, ...], *, later: bool) -> date | None:
        """Return that day of the next week; without *next*, a week after the coming one."""
        weekday, today = _number_of(words, Sort.WEEKDAY), self.here.now.date()
        if later:
            return self._first_of_week(today, 1) + timedelta(days=self._week.index(weekday))
        if words[-1].sort is not Sort.UNIT:
            return None
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 8)

    def _day_in(self, unit: Unit | None, words: tuple[Word, ...], *, later: bool) -> date | None:
        """Return a day of this or the next month, the next such day where neither is said; of a week the first day."""
        number, today = _number_of(words, Sort.ORDINAL), self.here.now.date()
        this = any(word.sort is Sort.THIS for word in words)
        if unit is Unit.WEEK:
            return self._first_of_week(today, 0 if this else 1) if number == 1 else None
        first = self._first_of_month(1) if later else self._first_of_month(0)
        if first is None:
            return None
        if not later and not this:
            return self._day_of_month((Word(Sort.ORDINAL, number),))
        return from_parts(*to_parts(first, self.here.calendar)[:2], number, self.here.calendar)

    def _day_of_month(self, words: tuple[Word, ...]) -> date | None:
        """Return the next such day of a month, this one's or the next one's; None where it is no such weekday."""
        number, weekday = _number_of(words, Sort.ORDINAL, Sort.NUMBER), _weekday_of(words)
        if any(word.unit not in (None, Unit.DAY) for word in words):
            return None
        today = self.here.now.date()
        year, month, _day = to_parts(today, self.here.calendar)
        coming = ((year + (month + later - 1) // 12, (month + later - 1) % 12 + 1) for later in range(3))
        days = [from_parts(*each, number, self.here.calendar) for each in coming]
        ahead = next((day for day in days if day and day >= today), None)
        return ahead if ahead and weekday in (None, ahead.weekday()) else None

    def _coming_weekdays(self, words: tuple[Word, ...], clock: time | None) -> tuple[date, ...]:
        """Return the next such day, and with *next* also that of the next week where both are to come."""
        if any(word.unit not in (None, Unit.DAY) for word in words):
            return ()
        sorts = {word.sort for word in words}
        today, weekday = self.here.now.date(), _number_of(words, Sort.WEEKDAY)
        day = today + timedelta(days=(weekday - today.weekday()) % 7)
        following = bool(sorts & {Sort.NEXT, Sort.AFTER})
        today_meant = Sort.THIS in sorts or (clock is not None and self._is_ahead(today, clock))
        if day == today and (following or not today_meant):
            return (day + timedelta(days=7),)
        in_this_week = day < self._first_of_week(today, 1)
        return (day, day + timedelta(days=7)) if following and in_this_week else (day,)

    def _day_without_year(
        self, number: int, month: int, calendar: Calendar, weekday: int | None
    ) -> date | None:
        """Return the next such day; a weekday beside it may also mean the one of this year that has passed."""
        today = self.here.now.date()
        year = to_parts(today, calendar)[0]
        this_year, next_year = (from_parts(each, month, number, calendar) for each in (year, year + 1))
        ahead = [day for day in (this_year, next_year) if day and day >= today]
        if weekday is None:
            return ahead[0] if ahead else None
        return next((day for day in (*ahead, this_year) if day and day.weekday() == weekday), None)


def _says_how_many(words: tuple[Word, ...]) -> bool:
    """Return whether every unit in the plural has its number."""
    counting = (Sort.NUMBER, Sort.FRACTION, Sort.YEAR)
    return all(
        place > 0 and words[place - 1].sort in counting for place, word in enumerate(words) if word.plural
    )


def _number_of(words: tuple[Word, ...], *sorts: Sort) -> int:
    return next(word.number for word in words if word.sort in sorts)


def _weekday_of(words: tuple[Word, ...]) -> int | None:
    return next((word.number for word in words if word.sort is Sort.WEEKDAY), None)


def last_working_day(region: str) -> int | None:
    """Return it (Monday 0), None where people of `region` differ about it."""
    if region in ("IR", "AF"):
        return None
    return 3 if region in cldr.WEEK_FROM_SATURDAY or region in ("SA", "YE", "IL") else 4


def workweeks(region: str) -> tuple[tuple[int, ...], ...]:
    """Return the days of work in the region (Monday 0), several answers where people differ about them."""
    last = last_working_day(region.upper())
    if last is None:
        return (5, 6, 0, 1, 2), (5, 6, 0, 1, 2, 3)
    return (tuple((last - 4 + day) % 7 for day in range(5)),)


_DAYS = {Unit.DAY: 1, Unit.WEEK: 7}


def _steps(words: tuple[Word, ...]) -> list[tuple[int, Unit]] | None:
    """Return the lengths that are added up, None where half of something other than an hour is said."""
    steps: list[tuple[int, Unit]] = []
    count = 1
    part_of_hour = 0
    for word in words:
        if word.sort in (Sort.NUMBER, Sort.ONE, Sort.YEAR):
            count = word.number
        elif word.sort is Sort.QUARTER:
            part_of_hour = 15 * count
        elif word.sort is Sort.FRACTION:
            part_of_hour = word.number
        elif word.sort is Sort.HALF and not steps:
            part_of_hour = 30
        elif word.sort is Sort.HALF:
            if steps[-1][1] is not Unit.HOUR:
                return None
            steps.append((30, Unit.MINUTE))
        elif word.sort in (Sort.UNIT, Sort.HOUR_OR_AT, Sort.TWO_UNITS):
            unit = word.unit or Unit.HOUR
            if part_of_hour and unit is not Unit.HOUR:
                return None
            steps.append((part_of_hour, Unit.MINUTE) if part_of_hour else (word.number or count, unit))
            part_of_hour = 0
    if part_of_hour:  # a quarter, of which no unit is said
        steps.append((part_of_hour, Unit.MINUTE))
    if not steps:
        return [(count, Unit.MINUTE)] if count >= _FEWEST_MINUTES else None
    return steps
