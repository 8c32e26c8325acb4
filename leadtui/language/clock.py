"""Times of day as people say them: `10:30`, `10am`, `ساعت ۱۰ و نیم`, `۵ عصر`."""

from __future__ import annotations

import re
from datetime import time

from leadtui.language.time_words import Period, Sort, Unit, Word, pattern_of, split_words

HOUR = "(?:C|N(?:E?[FQ]|ENU)?)"
"""The pattern of an hour with its minutes: 10:30, 10, ten and a half, ten and fifteen minutes."""

TIME_IN_FIGURES = f"(?:P[TH]?{HOUR}|[TH]?{HOUR}P?)"
"""The pattern of an hour, perhaps with its part of the day."""

TIME = f"(?:{TIME_IN_FIGURES}|T?P)"
"""The pattern of a time of day: in figures, or a part of the day alone."""

MORNING = time(9)
"""When a morning begins, and a day, of which no hour is said."""


def parse_time(text: str) -> time | None:
    """Return the time of day that `text` says in Persian, Arabic or English, None where it says none.

    An hour alone is one of 24 (`5` is 05:00) unless a part of the day stands beside it (`5 عصر` is 17:00). Of the
    parts of the day only noon says a time by itself.
    """
    words = split_words(text)
    if words is None:
        return None
    if _NOON.fullmatch(pattern_of(words)):
        return time(12) if words[-1].period is Period.NOON else None
    return read_time(words) if _WHOLE_TIME.fullmatch(pattern_of(words)) else None


def read_time(words: tuple[Word, ...]) -> time | None:
    """Return the time that words of the pattern `TIME` say, None where the hour and the part of the day disagree."""
    period = next((word.period for word in words if word.sort is Sort.PERIOD), None)
    figures = [word for word in words if word.sort in (Sort.CLOCK, Sort.NUMBER)]
    if not figures:
        return _TIMES_BY_PERIOD.get(period) if period else None
    hour, minute, second = figures[0].number, figures[0].minute, figures[0].second
    for word in words:
        if word.sort is Sort.HALF:
            minute = 30
        elif word.sort is Sort.QUARTER:
            minute = 15
        elif word.sort is Sort.UNIT and word.unit is not Unit.MINUTE:
            return None
    if len(figures) > 1:
        minute = figures[1].number
    if period is not None:
        meant = hour_of(period, hour)
        if meant is None:
            return None
        hour = meant
    if hour > 23 or minute > 59 or second > 59:
        return None
    return time(hour, minute, second)


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
}


def _after_noon(first: int, last: int) -> dict[int, int]:
    """Hours of an afternoon or evening, said by 12 or by 24; twelve is left out: it may be noon or midnight."""
    return {said: hour for hour in range(first + 12, last + 13) for said in (hour - 12, hour)}


# What an hour means beside a part of the day. What is not listed is doubtful, and refused rather than guessed:
# 12 at night may be the night before or after.
_HOURS_BY_PERIOD: dict[Period, dict[int, int]] = {
    Period.AM: {0: 0, 12: 0} | {hour: hour for hour in range(1, 12)},
    Period.PM: {12: 12} | _after_noon(1, 11),
    Period.MORNING: {hour: hour for hour in range(1, 12)},
    Period.NOON: {11: 11, 12: 12} | _after_noon(1, 3),
    Period.AFTERNOON: {12: 12} | _after_noon(1, 7),
    Period.LATE_AFTERNOON: _after_noon(2, 8),
    Period.EVENING: _after_noon(4, 11),
    Period.NIGHT: _after_noon(6, 11),
}
