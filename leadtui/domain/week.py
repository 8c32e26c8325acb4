"""The week of a workspace: between which times of each day it works, or its customers are rung."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from functools import lru_cache
from itertools import pairwise

from leadtui.errors import Invalid
from leadtui.language.calendar_names import WEEK_AS_USUAL, WEEKDAYS
from leadtui.language.clock import WORK_HOURS, WorkHours, parse_time
from leadtui.language.moment import parse_weekday
from leadtui.language.text import clean, fold_words
from leadtui.language.translate import _

WEEK_START = "week_start"
"""The part of a workspace that says on which day its weeks begin."""

MIDNIGHT = 24 * 60
"""The minutes of a day."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A part of a day in minutes after its midnight; `end` is no longer in it.

    What runs past the next midnight belongs to the day on which it begins, and ends within a day: 22 to 2 is 1320 to 1560.
    """

    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Week:
    """The spans of each day, Monday first, in their order and apart from one another."""

    days: tuple[tuple[Span, ...], ...] = ((),) * 7

    def __bool__(self) -> bool:
        """Whether anything is defined at all."""
        return any(self.days)

    @property
    def hours(self) -> WorkHours:
        """From the first begin to the last end of any day; where nothing is defined, what is usual."""
        spans = [each for day in self.days for each in day]
        if not spans:
            return WORK_HOURS
        begin, end = min(each.begin for each in spans), max(each.end for each in spans)
        if end - begin >= MIDNIGHT:
            return WorkHours(clock_of(0), clock_of(MIDNIGHT))
        return WorkHours(clock_of(begin), clock_of(end if end <= MIDNIGHT else end - MIDNIGHT))

    @property
    def text(self) -> str:
        """The week as it is kept, in English, which `read_week` reads again; "" where nothing is defined."""
        groups = (
            f"{_days_text(first, last)} {', '.join(map(_span_text, spans))}"
            for first, last, spans in self.alike(range(7))
            if spans
        )
        return "; ".join(groups)

    def alike(self, order: range | tuple[int, ...]) -> list[tuple[int, int, tuple[Span, ...]]]:
        """Days that follow one another in this `order`, which goes round, and have the same spans: first, last, spans."""
        groups: list[tuple[int, int, tuple[Span, ...]]] = []
        for day in order:
            if groups and groups[-1][2] == self.days[day]:
                groups[-1] = (groups[-1][0], day, groups[-1][2])
            else:
                groups.append((day, day, self.days[day]))
        if len(groups) > 1 and groups[0][2] == groups[-1][2]:
            first, _last, _spans = groups.pop()
            groups[0] = (first, *groups[0][1:])
        return groups


def clock_of(minutes: int) -> time:
    """The time of day so many minutes after midnight; the last minute for the end of the day."""
    return time(*divmod(min(minutes, MIDNIGHT - 1), 60))


def read_week(typed: str, key: str = "") -> Week:
    """The week that a line says: `Sat–Wed 9–13, 14–17; Thu 9–13`, in Persian, Arabic or English; "" defines nothing.

    Days that are not named are closed, as those that are said to be. Of a day that is named twice the later holds. A
    begin of one to six is after noon where nothing says else (`2–6`, but `02–06`), as is an end that were before its begin
    (`9–5`). Where they are written by 24 hours, such an end is on the next day (`22–2`, `9–05`). Raises Invalid with the `key` of the
    field.
    """
    week = _read(clean(typed))
    if week is None:
        sentence = _("“{typed}” says no week; type such as {example}.")
        raise Invalid(sentence.format(typed=typed.strip(), example=_("Mon–Thu 9–13, 14–17; Fri 9–13")), key)
    return week


def read_week_start(typed: str) -> int:
    """The weekday (Monday 0) that is named, in any language, or `WEEK_AS_USUAL`. Raises Invalid."""
    text = clean(typed)
    if fold_words(text) == "usual":
        return WEEK_AS_USUAL
    day = parse_weekday(text)
    if day is None:
        raise no_weekday(text)
    return day


def no_weekday(typed: str) -> Invalid:
    """What is said where weeks are to begin on something that is no day of theirs."""
    sentence = _("“{typed}” is no day of the week; type one such as Saturday, or “usual” for its country's.")
    return Invalid(sentence.format(typed=typed), WEEK_START)


@lru_cache(maxsize=64)
def kept_week(text: str) -> Week:
    """The week that a store keeps; what cannot be read of it defines nothing."""
    return _read(text) or Week()


def _read(line: str) -> Week | None:
    days: list[tuple[Span, ...]] = [()] * 7
    for group in _groups(_RANGE.sub("-", _AND.sub(",", fold_words(line)))):
        read = _read_group(group)
        if read is None:
            return None
        for day in read[0]:
            days[day] = read[1]
    return Week(tuple(days)) if _are_apart(days) else None


def _are_apart(days: Sequence[tuple[Span, ...]]) -> bool:
    """Whether no day runs on into the hours of the next one."""
    return all(
        today[-1].end - MIDNIGHT <= tomorrow[0].begin
        for today, tomorrow in pairwise((*days, days[0]))
        if today and tomorrow
    )


def _groups(line: str) -> list[str]:
    """The parts of a line that each begin with days: after a semicolon, and after a comma where days follow spans."""
    groups: list[str] = []
    for part in re.split("[;؛]", line):
        begun = False
        for piece in filter(None, (each.strip() for each in part.split(","))):
            said = begun and (_FIGURE.search(groups[-1]) or _closed(groups[-1]))
            if not begun or (said and not _FIGURE.match(piece)):
                groups.append(piece)
            else:
                groups[-1] = f"{groups[-1]},{piece}"
            begun = True
    return groups


def _read_group(group: str) -> tuple[list[int], tuple[Span, ...]] | None:
    closed = _closed(group)
    figure = _FIGURE.search(group)
    if closed is None and figure is None:
        return None
    place = closed.start() if closed else figure.start() if figure else 0
    days = _read_days(group[:place].strip(" :"))
    spans = () if closed else _read_spans(group[place:])
    return None if days is None or spans is None else (days, spans)


def _closed(group: str) -> re.Match[str] | None:
    return _CLOSED.search(group)


def _read_days(words: str) -> list[int] | None:
    if not words or words in _EVERY_DAY:
        return list(range(7))
    days: list[int] = []
    for part in words.split(","):
        ends = [parse_weekday(each.strip()) for each in part.split("-")]
        if None in ends or len(ends) > 2:
            return None
        first, last = ends[0] or 0, ends[-1] or 0
        days += [(first + each) % 7 for each in range((last - first) % 7 + 1)]
    return days


def _read_spans(words: str) -> tuple[Span, ...] | None:
    spans: list[Span] = []
    for part in words.split(","):
        ends = [_minutes(each.strip()) for each in part.split("-")]
        if len(ends) != 2 or ends[0] is None or ends[1] is None:
            return None
        span = _span(ends[0], ends[1], part)
        if span is None:
            return None
        spans.append(span)
    spans.sort()
    apart = all(before.end <= after.begin for before, after in pairwise(spans))
    return tuple(spans) if apart else None


def _span(begin: int, end: int, typed: str) -> Span | None:
    """The span between two times as they are written, None where there is none."""
    noon = MIDNIGHT // 2
    if not (0 <= begin < MIDNIGHT and 0 <= end <= MIDNIGHT) or begin == end:
        return None
    by_24_hours = begin > noon or _IN_FULL.search(typed)
    begin += noon if _AFTER_NOON.match(typed.strip()) else 0
    end += noon if end <= begin and end < noon and not by_24_hours else 0
    if end <= begin:
        return Span(begin, end + MIDNIGHT) if by_24_hours else None
    return Span(begin, end)


def _minutes(typed: str) -> int | None:
    figures = _CLOCK.fullmatch(typed)
    if figures:
        minutes = int(figures[1]) * 60 + int(figures[2] or 0)
        return minutes if int(figures[2] or 0) < 60 else None
    at = parse_time(typed)
    return None if at is None else at.hour * 60 + at.minute


def _days_text(first: int, last: int) -> str:
    names = [WEEKDAYS["en"][each][:3] for each in (first, last)]
    return names[0] if first == last else "-".join(names)


def _span_text(span: Span) -> str:
    end = span.end if span.end <= MIDNIGHT else span.end - MIDNIGHT
    return "-".join(f"{each // 60:02}:{each % 60:02}" for each in (span.begin, end))


_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d\d))?")
_AFTER_NOON = re.compile(r"[1-6](?!\d)(?![:.\d\s]*[^\W\d])")
_IN_FULL = re.compile(r"-\s*(?:0\d|\d\d[:.]\d\d|.*[^\W\d])")
"""An end that is written by 24 hours, or beside its part of the day."""
_FIGURE = re.compile(r"\d")


def _words(*words: str) -> str:
    """A pattern of any of the words, as they read folded."""
    return "|".join(map(fold_words, words))


_RANGE = re.compile(
    rf" ?[-\u2013\u2014] ?| (?:{_words('to', 'until', 'till', 'through', 'تا', 'إلى', 'حتى')}) "
)
_AND = re.compile(rf" ?، ?| (?:{_words('and', 'و')}) ")
_CLOSED = re.compile(rf"\b(?:{_words('closed', 'off', 'تعطیل', 'بسته', 'مغلق', 'عطلة')})\b")
_EVERY_DAY = frozenset(
    map(fold_words, ("every day", "daily", "all days", "هر روز", "همه روزها", "کل هفته", "كل يوم", "يوميا"))
)
