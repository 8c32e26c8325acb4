"""What was understood of something typed, told in full, and what a form can propose from what is filled in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from leadtui.domain.field import AnswerValue, Field, FieldKind, FormatContext, show_answer
from leadtui.domain.status import Status
from leadtui.language import calendar
from leadtui.language.calendar import Calendar
from leadtui.language.moment import parse_moment
from leadtui.language.translate import _, base_language
from leadtui.tui.status_entry import answer_key

BEFORE_A_MEETING = timedelta(minutes=30)
"""How long before a meeting the reminder is proposed."""

BETWEEN = " · "


def echo(kind: FieldKind, value: AnswerValue, typed: str, context: FormatContext) -> str:
    """What was understood of `typed`; empty where that adds nothing to what is seen."""
    match kind:
        case FieldKind.DATE:
            return day_in_full(date.fromisoformat(str(value)), context)
        case FieldKind.TIME | FieldKind.NUMBER | FieldKind.MONEY | FieldKind.PHONE | FieldKind.LINK:
            shown = show_answer(kind, value, context)
            return "" if shown == typed.strip() else shown
        case _:
            return ""


def day_in_full(day: date, context: FormatContext) -> str:
    """A day in the person's calendar, and in the other where both are in use: `Saturday 14 Mehr 1403 · 5 Oct 2024`."""
    return BETWEEN.join((_weekday_and_date(day, context), *_in_other_calendar(day, context)))


def moment_in_full(moment: datetime, context: FormatContext) -> str:
    """A day as `day_in_full`, with the time and how far it is: `Saturday 14 Mehr 1403, 09:30 · 5 Oct 2024 · in 7 days`."""
    day = calendar.local_date(moment, context.zone)
    here = _("{date}, {time}").format(
        date=_weekday_and_date(day, context),
        time=calendar.show_time(moment, context.language, context.zone),
    )
    distance = calendar.show_relative(moment, context.now, context.language)
    return BETWEEN.join((here, *_in_other_calendar(day, context), distance))


def weekday_of_date(
    status: Status, values: Mapping[str, AnswerValue]
) -> tuple[Field, Field, int | None] | None:
    """A status's day of the week and its date, and the weekday of that date as far as it is filled in.

    None where the status does not ask for both.
    """
    weekday = _first(status, FieldKind.WEEKDAY)
    day = _first(status, FieldKind.DATE)
    if weekday is None or day is None:
        return None
    answer = values.get(answer_key(day))
    return weekday, day, None if answer is None else date.fromisoformat(str(answer)).weekday()


def proposed_date(weekday: int, context: FormatContext) -> str:
    """The next such day (Monday 0) from tomorrow on, as one would type it."""
    today = calendar.local_date(context.now, context.zone)
    day = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    return calendar.show_date(day, context.calendar, context.language, style="numeric")


def proposed_reminder(status: Status, values: Mapping[str, AnswerValue], context: FormatContext) -> str:
    """A while before the date and time that are filled in, as one would type it; empty where they are not both."""
    asked = (_first(status, FieldKind.DATE), _first(status, FieldKind.TIME))
    answers = [values.get(answer_key(each)) if each else None for each in asked]
    if None in answers:
        return ""
    day, clock = date.fromisoformat(str(answers[0])), time.fromisoformat(str(answers[1]))
    zone = ZoneInfo(context.zone)
    moment = datetime.combine(day, clock, zone).astimezone(UTC) - BEFORE_A_MEETING
    if moment <= context.now:
        return ""
    text = calendar.show_moment(moment, context.calendar, context.language, context.zone, context.now)
    understood = parse_moment(text, now=context.now, zone=context.zone, calendar=context.calendar)
    return text if understood == moment else ""


def example_of(kind: FieldKind, context: FormatContext) -> str:
    """How an answer of that kind can be typed; empty where everybody knows."""
    match kind:
        case FieldKind.DATE:
            return _("tomorrow, {date}").format(date=_example_date(context))
        case FieldKind.TIME:
            return "10:30"
        case FieldKind.EMAIL:
            return "name@example.com"
        case FieldKind.LINK:
            return "example.com/page"
        case _:
            return ""


def example_of_moment(context: FormatContext) -> str:
    """How a reminder's time can be typed."""
    return _("tomorrow 10, +2d, {date} 16:00").format(date=_example_date(context))


def _example_date(context: FormatContext) -> str:
    today = calendar.local_date(context.now, context.zone)
    return calendar.show_date(today + timedelta(days=7), context.calendar, context.language, style="numeric")


def _weekday_and_date(day: date, context: FormatContext) -> str:
    return _("{weekday} {date}").format(
        weekday=calendar.weekday_name(day.weekday(), context.language),
        date=calendar.show_date(day, context.calendar, context.language),
    )


def _in_other_calendar(day: date, context: FormatContext) -> tuple[str, ...]:
    """The day in the calendar that is not the person's, where both are in use around them."""
    if context.calendar is Calendar.JALALI:
        return (calendar.show_date(day, Calendar.GREGORIAN, context.language),)
    if context.region == "IR" or base_language(context.language) == "fa":
        return (calendar.show_date(day, Calendar.JALALI, context.language),)
    return ()


def _first(status: Status, kind: FieldKind) -> Field | None:
    return next((each for each in status.open_fields if each.kind is kind), None)
