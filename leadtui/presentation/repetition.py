"""What comes again, in words: the rule of a reminder, and what is said while one is typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from leadtui.domain.field import FormatContext
from leadtui.language.calendar import local_date, show_relative, show_time, weekday_name
from leadtui.language.calendar_names import CALENDAR_WORDS
from leadtui.language.reading import Reading, doubt_sentence
from leadtui.language.repetition import LAST_DAY, Repetition, read_kept
from leadtui.language.repetition_reading import read_repetition, says_repetition
from leadtui.language.text import clean
from leadtui.language.time_words import Unit
from leadtui.language.translate import _, counted, format_list, npgettext, pgettext
from leadtui.presentation.input_feedback import (
    BETWEEN,
    MomentFeedback,
    Verdict,
    day_in_full,
    moment_feedback,
    moment_reading,
    moment_to_come,
    verdict_on,
    why_no_moment,
    why_unusual,
)

GLYPH = "↻"
"""Stands before a rule, and for one where there is no room."""

_FEW = 2
"""So many weekdays are named in full."""


@dataclass(frozen=True, slots=True)
class ReminderTime:
    """When a reminder is due (aware UTC), the first time where it `repeats`."""

    due: datetime
    repeats: Repetition | None = None


def rule_words(rule: Repetition, context: FormatContext) -> str:
    """The rule as one could type it: `every Saturday 09:00`, `every 2 weeks on Saturday 09:00`."""
    # Translators: {rule} is such as "every Saturday". What these sentences say must be understood where it is typed.
    return pgettext("rule", "{rule} {time}").format(
        rule=_days_words(rule, context), time=show_time(rule.begin.time(), context.language)
    )


def marked_rule(rule: Repetition | None, context: FormatContext) -> str:
    """The rule behind its sign; empty without one."""
    return f"{GLYPH} {rule_words(rule, context)}" if rule else ""


def kept_rule_words(kept: str, context: FormatContext) -> str:
    """A rule that the timeline keeps, behind its sign; empty without one."""
    return marked_rule(read_kept(kept), context)


def repetition_reading(typed: str, context: FormatContext) -> Reading[Repetition]:
    """The rule that was typed, and what else it could be."""
    return read_repetition(clean(typed), context.here)


def read_reminder_time(typed: str, context: FormatContext) -> ReminderTime | None:
    """The moment that was typed, or the first time of the rule; None where there is neither. It may have passed."""
    rule = repetition_reading(typed, context).said
    if rule is not None:
        due = rule.due_after(context.now, context.zone, context.working_days)
        return None if due is None else ReminderTime(due, rule)
    moment = moment_reading(typed, context).said
    return None if moment is None else ReminderTime(moment)


def reminder_time_feedback(typed: str, context: FormatContext) -> MomentFeedback:
    """What is said of the moment or rule that is typed: a rule in words, with its first time."""
    reading = repetition_reading(typed, context)
    days = context.working_days
    due = reading.said.due_after(context.now, context.zone, days) if reading.said else None
    if reading.said is None or due is None:
        doubt = repetition_doubt(reading, context)
        if doubt or says_repetition(clean(typed)):
            return MomentFeedback(Verdict.REFUSED, doubt or why_no_rule(context))
        return moment_feedback(typed, context)
    hour = reading.said.begin.time()
    others = [show_time(each.begin.time(), context.language) for each in reading.others]
    rule = marked_rule(reading.said, context)
    if others:
        rule = pgettext("pattern", "{shown}, not {others}").format(shown=rule, others=format_list(others))
    first = pgettext("rule", "first {day}").format(day=day_in_full(local_date(due, context.zone), context))
    distance = show_relative(due, context.now, context.language, context.zone)
    words = BETWEEN.join((rule, first, distance, *why_unusual(due, context)))
    verdict = Verdict.UNUSUAL if context.hours.outside(hour) else verdict_on(due, context)
    return MomentFeedback(verdict, words)


def example_of_reminder(context: FormatContext) -> str:
    """How a reminder's time can be typed, a rule among it."""
    named = moment_to_come(context)
    named["weekday"] = weekday_name(context.weekdays[0], context.language)
    return pgettext("example", "tomorrow {hour}, {date} {time}, every {weekday} {hour}").format(**named)


def why_no_reminder_time(typed: str, context: FormatContext) -> str:
    """Why neither a moment nor a rule is taken from what was typed, and what would be one."""
    doubt = repetition_doubt(repetition_reading(typed, context), context)
    if doubt or says_repetition(clean(typed)):
        return doubt or why_no_rule(context)
    return why_no_moment(typed, moment_reading(typed, context), context)


def repetition_doubt(reading: Reading[Repetition], context: FormatContext) -> str:
    """What is asked about a rule in doubt; empty where nothing of it is understood."""
    return doubt_sentence(reading, lambda rule: rule_words(rule, context))


def why_no_rule(context: FormatContext) -> str:
    """How something that comes again can be typed."""
    hour = show_time(context.hours.morning, context.language)
    return _("Not understood; type such as every {weekday} {hour}, or every month on day {day}.").format(
        weekday=weekday_name(context.weekdays[0], context.language),
        hour=hour,
        day=counted(15),
    )


def _days_words(rule: Repetition, context: FormatContext) -> str:
    n = rule.step
    match rule.unit:
        case Unit.WEEK:
            days = _weekdays(rule, context)
            if n == 1:
                return pgettext("rule", "every {days}").format(days=days)
            words = npgettext("rule", "every {n} week on {days}", "every {n} weeks on {days}", n)
            return words.format(n=counted(n), days=days)
        case Unit.MONTH:
            words = _month_words(rule)
            if rule.calendar is context.calendar:
                return words
            return pgettext("rule", "{rule} ({calendar})").format(
                rule=words, calendar=pgettext("choice", CALENDAR_WORDS[rule.calendar])
            )
        case _:
            if rule.on_workdays:
                return pgettext("rule", "every working day")
            if n == 1:
                return pgettext("rule", "every day")
            return npgettext("rule", "every {n} day", "every {n} days", n).format(n=counted(n))


def _month_words(rule: Repetition) -> str:
    n, day = rule.step, rule.month_day
    if day == LAST_DAY:
        if n == 1:
            return pgettext("rule", "end of every month")
        words = npgettext("rule", "every {n} month, end of month", "every {n} months, end of month", n)
        return words.format(n=counted(n))
    if n == 1:
        return pgettext("rule", "every month on day {day}").format(day=counted(day))
    words = npgettext("rule", "every {n} month on day {day}", "every {n} months on day {day}", n)
    return words.format(n=counted(n), day=counted(day))


def _weekdays(rule: Repetition, context: FormatContext) -> str:
    in_order = [day for day in context.weekdays if day in rule.weekdays]
    names = [weekday_name(day, context.language, short=len(in_order) > _FEW) for day in in_order]
    return format_list(names)
