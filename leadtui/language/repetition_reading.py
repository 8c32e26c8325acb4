"""The rule that a person types for what comes again: `every Saturday 9`, `weekdays 10:30`, `هر شنبه ۹`, `كل سبت ٩`."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from leadtui.language.calendar_days import counts, to_parts
from leadtui.language.calendar_names import Calendar
from leadtui.language.clock import TIME_IN_FIGURES, times_of
from leadtui.language.here import Here
from leadtui.language.moment import workweeks
from leadtui.language.reading import Doubt, Reading, only_one, reading_of
from leadtui.language.repetition import EVERY_DAY, LAST_DAY, MOST_STEPS, Repetition
from leadtui.language.text import fold_words
from leadtui.language.time_words import (
    Sort,
    Unit,
    Word,
    corrections,
    interpretations,
    pattern_of,
    split_words,
)


def read_repetition(text: str, here: Here) -> Reading[Repetition]:
    """Return the rule that `text` says, whose first time is the next one after now, and what else it could say.

    Nothing is understood of a line that says no rule. Hours are read as `language.moment.read_moment` reads them, and a
    rule without one is at the hour at which a day begins there; months are those of the calendar. Of weeks or months
    without a day that of today is meant. Where it is not known which days are worked, and people of the region differ, what comes
    on working days is in doubt. What comes again within a day is no such rule.
    """
    words = split_words(text)
    if words is not None:
        return _read(words, text, here)
    for corrected in corrections(text):
        if _read(split_words(corrected) or (), corrected, here).said is not None:
            return Reading(doubt=Doubt.MISSPELT, meant=corrected)
    return Reading()


def says_repetition(text: str) -> bool:
    """Return whether a word of `text` says that something comes again, whatever else it says."""
    return any(word.sort in (Sort.EVERY, Sort.WORKDAY) for word in split_words(text) or ())


# Patterns over the sorts of the words, one letter each (see `Sort`).
_COUNTED = r"e(?:N|O?o)?U|eB|[NO]?Uo"
_WEEKDAYS = r"W(?:E?e?W)*"
_DAY = r"R|U[RN]|GU?|N(?=[TH]?C|[TH]N)"
_TIME = rf"(?:{TIME_IN_FIGURES}|[TI]?P)"
_RULE = (
    rf"(?:(?P<counted>{_COUNTED})(?:(?P<on>{_WEEKDAYS})|(?P<of>{_DAY}))?"
    rf"|e(?P<weekdays>{_WEEKDAYS})|(?P<workdays>e?w)"
    r"|e(?P<day>RU?|GU)|(?P<day_before>U?R|UN|G)e(?P<month>U)|(?P<part>e)(?=P))"
)
_SENTENCES = tuple(re.compile(each) for each in (rf"{_RULE}(?P<time>{_TIME})?", rf"(?P<time>{_TIME}){_RULE}"))

_MONTHS_IN_PERSIAN = "ماه"
"""Beside a number one month is as good as several there; in other languages it is the day of a month."""

_FIRST_CERTAIN = 5
"""Of the ordinals in words: every second and every third is of anything."""


def _beginning(rule: Repetition, clock: time, here: Here) -> Repetition | None:
    """Return the rule with its first time; without a day of its own it counts from today. None where it has none."""
    today = here.now.date()
    rule = replace(rule, begin=datetime.combine(today, clock))
    own_day = rule.weekdays or rule.month_day
    days = (here.working_days if rule.on_workdays else None) or EVERY_DAY
    first = (replace(rule, step=1) if own_day else _of_day(rule, today)).due_after(here.now, here.zone, days)
    if first is None:
        return None
    begin = datetime.combine(first.astimezone(ZoneInfo(here.zone)).date(), clock)
    rule = replace(rule, begin=begin)
    return rule if own_day else _of_day(rule, today)


def _of_day(rule: Repetition, day: date) -> Repetition:
    """Return the rule with that day as its own."""
    match rule.unit:
        case Unit.WEEK:
            return replace(rule, weekdays=(day.weekday(),))
        case Unit.MONTH:
            return replace(rule, month_day=to_parts(day, rule.calendar)[2])
        case _:
            return rule


def _read(words: tuple[Word, ...], text: str, here: Here) -> Reading[Repetition]:
    if not 0 < len(words) <= _MOST_WORDS or not counts(here.calendar, here.now.date()):
        return Reading()
    try:
        return only_one([_read_line(each, text, here) for each in interpretations(words, ())])
    except OverflowError:  # beyond the years that a datetime can hold
        return Reading()


_MOST_WORDS = 20


def _read_line(words: tuple[Word, ...], text: str, here: Here) -> Reading[Repetition]:
    for pattern in _SENTENCES:
        sentence = pattern.fullmatch(pattern_of(words))
        if sentence is not None:
            parts = {
                name: words[slice(*sentence.span(name))]
                for name, found in sentence.groupdict().items()
                if found
            }
            return _read_parts(parts, text, here)
    return Reading()


def _read_parts(parts: dict[str, tuple[Word, ...]], text: str, here: Here) -> Reading[Repetition]:
    said = parts.get("time", ())
    clocks = times_of(said, here.hours) if said else (here.hours.morning,)
    rules = _rules_of(parts, text, here)
    if not rules:
        return Reading()
    rule, *others = rules
    if others:
        return _doubtful([(each, clock) for each in rules for clock in clocks[:1]], here)
    if rule.unit is Unit.MONTH and not rule.month_day and [word.sort for word in said] == [Sort.NUMBER]:
        return _day_or_hour(rule, said[0].number, clocks, here)
    return reading_of(tuple(filter(None, (_beginning(rule, clock, here) for clock in clocks))))


def _day_or_hour(rule: Repetition, number: int, clocks: tuple[time, ...], here: Here) -> Reading[Repetition]:
    """Return what a number beside a month says: it may be the day and the hour."""
    meant = [(rule, clock) for clock in clocks[:1]]
    if 1 <= number <= _LAST_OF_MONTH:
        meant.insert(0, (replace(rule, month_day=number), here.hours.morning))
    return _doubtful(meant, here)


def _doubtful(meant: list[tuple[Repetition, time]], here: Here) -> Reading[Repetition]:
    rules = tuple(filter(None, (_beginning(rule, clock, here) for rule, clock in meant)))
    return Reading(None, rules, Doubt.SEVERAL) if len(rules) > 1 else reading_of(rules)


_LAST_OF_MONTH = 31
_NOT_YET = datetime.min


def _rules_of(parts: dict[str, tuple[Word, ...]], text: str, here: Here) -> tuple[Repetition, ...]:
    """Return the rules that can be meant, without their times; none where the words disagree."""
    of_week = Repetition(Unit.WEEK, _NOT_YET)
    if "weekdays" in parts:
        return (replace(of_week, weekdays=_weekdays(parts["weekdays"])),)
    if "workdays" in parts:
        if len(parts["workdays"]) == 1 and not parts["workdays"][0].plural:
            return ()
        if here.working_days is not None:
            return (Repetition(Unit.DAY, _NOT_YET, on_workdays=True),)
        return tuple(replace(of_week, weekdays=tuple(sorted(each))) for each in workweeks(here.region))
    if "part" in parts:
        return (Repetition(Unit.DAY, _NOT_YET),)
    of_month = Repetition(Unit.MONTH, _NOT_YET, calendar=here.calendar)
    if "counted" in parts:
        return _counted(parts, text, here)
    words = parts["day"] if "day" in parts else parts["day_before"]
    month = parts["month"] if "month" in parts else words[1:]
    if any(word.unit is not Unit.MONTH or word.plural for word in month):
        return ()
    ordinal = words[0]
    if ordinal.sort is Sort.ORDINAL and not month and not ordinal.text and ordinal.number < _FIRST_CERTAIN:
        return ()
    day = _day_of_month(words if "day_before" in parts else words[:1])
    return (replace(of_month, month_day=day),) if day else ()


def _counted(parts: dict[str, tuple[Word, ...]], text: str, here: Here) -> tuple[Repetition, ...]:
    words = parts["counted"]
    unit_word = next(word for word in words if word.unit)
    unit, number = unit_word.unit, next((word.number for word in words if word.sort is Sort.NUMBER), 0)
    every_other = any(word.sort is Sort.OTHER for word in words)
    if (
        unit is None
        or unit not in MOST_STEPS
        or (unit_word.plural and number < 2)
        or (every_other and number > 1)
    ):
        return ()
    step = 2 if every_other else unit_word.number or number or 1
    if (
        unit is Unit.MONTH
        and number > 1
        and not unit_word.plural
        and _MONTHS_IN_PERSIAN not in fold_words(text)
    ):
        return ()
    if not 1 <= step <= MOST_STEPS[unit]:
        return ()
    rule = Repetition(
        unit, _NOT_YET, step, calendar=here.calendar if unit is Unit.MONTH else Calendar.GREGORIAN
    )
    if "on" in parts:
        weekdays = _weekdays(parts["on"])
        if unit is Unit.WEEK:
            return (replace(rule, weekdays=weekdays),)
        return (
            (Repetition(Unit.WEEK, _NOT_YET, weekdays=weekdays),)
            if rule == Repetition(Unit.DAY, _NOT_YET)
            else ()
        )
    if "of" in parts:
        day = _day_of_month(parts["of"])
        return (replace(rule, month_day=day),) if day and unit is Unit.MONTH else ()
    return (rule,)


def _weekdays(words: tuple[Word, ...]) -> tuple[int, ...]:
    return tuple(sorted({word.number for word in words if word.sort is Sort.WEEKDAY}))


def _day_of_month(words: tuple[Word, ...]) -> int:
    """Return the day that is said, 0 for none."""
    if words[0].sort is Sort.END:
        return LAST_DAY if all(word.unit is Unit.MONTH for word in words[1:]) else 0
    if any(word.unit is not Unit.DAY or word.plural for word in words[:-1]):
        return 0
    number = words[-1].number
    return number if 1 <= number <= _LAST_OF_MONTH else 0
