"""Times of day as people say them: `10:30`, `10am`, `ساعت ۱۰ و نیم`, `۵ عصر`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from leadtui.language.reading import Reading, reading_of
from leadtui.language.time_words import Period, Sort, Unit, Word, as_clock, pattern_of, split_words

_PART = "(?:[ON]?Q|F|NU?)"
HOUR = f"(?:C|N(?:E?[FQ]|ENU|k{_PART})?|{_PART}[JK][TH]?N)"
"""The pattern of an hour with its minutes: 10:30, 10, ten and a half, ten and fifteen minutes, a quarter to ten."""

TIME_IN_FIGURES = f"(?:P[TH]?{HOUR}|[TH]?{HOUR}(?:I?P)?)"
"""The pattern of an hour, perhaps with its part of the day."""

TIME = f"(?:{TIME_IN_FIGURES}|[TI]?P|T?[0=])"
"""The pattern of a time of day: in figures, or a part of the day alone, midnight, the time of now."""

MORNING = time(9)
"""When a morning begins, and a day, of which no hour is said."""


@dataclass(frozen=True, slots=True)
class WorkHours:
    """When a workspace works, both ends included: a bare hour is meant to be one of these.

    An `end` before the `begin` is one of the next day.
    """

    begin: time = time(8)
    end: time = time(20)

    @property
    def morning(self) -> time:
        """The time of a day of which no hour is said."""
        return self.begin if self.outside(MORNING) or self.end == MORNING else MORNING

    def outside(self, clock: time) -> int:
        """Return how many minutes `clock` is before the begin or after the end, 0 between them."""
        before, after = (
            _minutes(self.begin) - _minutes(clock),
            _minutes(clock) - _minutes(self.end),
        )
        nearest = max if self.begin <= self.end else min
        return max(0, nearest(before, after))


WORK_HOURS = WorkHours()
"""Those of a workspace that has defined none."""


def parse_time(text: str, hours: WorkHours = WORK_HOURS) -> time | None:
    """Return the time of day that `text` says, see `read_clock`; None where it says none."""
    return read_clock(text, hours).said


def read_clock(text: str, hours: WorkHours = WORK_HOURS) -> Reading[time]:
    """Return the time of day that `text` says in Persian, Arabic or English.

    An hour of one to twelve alone is one of the hours of work (`5` is 17:00, and could be 05:00), unless it is written
    with a zero (`05`, `05:00`), in full (`10:30`), or beside a part of the day. Of those only noon says a time by itself.
    """
    words = split_words(text)
    if words is None:
        return Reading()
    words = tuple(as_clock(word) or word for word in words)
    pattern = pattern_of(words)
    noon = any(word.period is Period.NOON for word in words)
    if not _WHOLE_TIME.fullmatch(pattern) and not (noon and _NOON.fullmatch(pattern)):
        return Reading()
    return reading_of(times_of(words, hours))


def times_of(words: tuple[Word, ...], hours: WorkHours) -> tuple[time, ...]:
    """Return the times that words of the pattern `TIME` can mean, the likeliest first; none where they disagree."""
    period = next((word.period for word in words if word.sort is Sort.PERIOD), None)
    figures = [word for word in words if word.sort in (Sort.CLOCK, Sort.NUMBER)]
    if not figures:
        return _alone(period, hours)
    if any(word.sort is Sort.UNIT and word.unit is not Unit.MINUTE for word in words):
        return ()
    sorts = [word.sort for word in words]
    before_hour = Sort.PAST in sorts or Sort.TO in sorts
    hour = figures[-1 if before_hour else 0]
    if Sort.QUARTER in sorts:
        if len(figures) > 1 and figures[0].number != 1:
            return ()
        minute = 15
    elif Sort.HALF in sorts:
        minute = 30
    elif len(figures) > 1:
        minute = figures[0 if before_hour else 1].number
        counted_back = Sort.TO in sorts or Sort.LESS in sorts
        if counted_back and Sort.UNIT not in sorts and (minute % 5 or (before_hour and figures[0].text)):
            return ()  # 10 to 12 and three to five are spans
    else:
        minute = hour.minute
    if minute > 59 or hour.second > 59:
        return ()
    if Sort.TO in sorts or Sort.LESS in sorts:
        minute = -minute
    meant = (_of_24_hours(60 * each + minute, hour.second) for each in _hours(hour, period))
    return tuple(sorted(meant, key=hours.outside))


def _hours(said: Word, period: Period | None) -> tuple[int, ...]:
    """Return the hours of 24 that can be meant, those of the morning first."""
    hour = said.number
    if period is not None:
        meant = hour_of(period, hour)
        return () if meant is None else (meant,)
    if hour > 23:
        return ()
    in_full = said.text.startswith("0") or (said.sort is Sort.CLOCK and len(said.text) == 2)
    return (hour,) if in_full or not 1 <= hour <= 12 else (hour, (hour + 12) % 24)


def _of_24_hours(minutes: int, second: int) -> time:
    return (datetime.min + timedelta(minutes=minutes % 1440, seconds=second)).time()


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _alone(period: Period | None, hours: WorkHours) -> tuple[time, ...]:
    if period is Period.END_OF_DAY:
        return (hours.end,)
    return (_TIMES_BY_PERIOD[period],) if period in _TIMES_BY_PERIOD else ()


def hour_of(period: Period, said: int) -> int | None:
    """Return which hour of 24 is meant by the one said beside a part of the day, None where the two disagree."""
    return _HOURS_BY_PERIOD[period].get(said)


_WHOLE_TIME = re.compile(TIME_IN_FIGURES)
_NOON = re.compile("T?P")


_TIMES_BY_PERIOD = {
    Period.MORNING: MORNING,
    Period.NOON: time(12),
    Period.AFTERNOON: time(15),
    Period.LATE_AFTERNOON: time(17),
    Period.EVENING: time(18),
    Period.NIGHT: time(20),
    Period.NOON_TO_NIGHT: time(18),
}


def _after_noon(first: int, last: int) -> dict[int, int]:
    """Hours of an afternoon or evening, said by 12 or by 24; twelve is left out: it may be noon or midnight."""
    return {said: hour for hour in range(first + 12, last + 13) for said in (hour - 12, hour)}


# What an hour means beside a part of the day. What is not listed is doubtful, and refused rather than guessed:
# 12 at night may be the night before or after.
_HOURS_BY_PERIOD: dict[Period, dict[int, int]] = {
    Period.AM: {0: 0, 12: 0} | {hour: hour for hour in range(1, 12)},
    Period.PM: {12: 12} | {hour: hour + 12 for hour in range(1, 12)},
    Period.MORNING: {hour: hour for hour in range(1, 12)},
    Period.NOON: {11: 11, 12: 12} | _after_noon(1, 3),
    Period.AFTERNOON: {12: 12} | _after_noon(1, 7),
    Period.LATE_AFTERNOON: _after_noon(2, 8),
    Period.EVENING: _after_noon(4, 11),
    Period.NIGHT: _after_noon(6, 11),
    Period.NOON_TO_NIGHT: {12: 12} | _after_noon(1, 11),
    Period.END_OF_DAY: {},
}
