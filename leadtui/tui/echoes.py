"""What was understood of something typed, told in full, and what a form can propose from what is filled in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from leadtui.domain.field import AnswerValue, Field, FieldKind, Surroundings, show_answer
from leadtui.domain.status import Status
from leadtui.language import calendar
from leadtui.language.calendar import Calendar
from leadtui.language.moment import parse_moment
from leadtui.language.translate import _, base_language
from leadtui.tui.status_entry import answer_key

BEFORE_A_MEETING = timedelta(minutes=30)
"""How long before a meeting the reminder is proposed."""

BETWEEN = " · "


def echo(kind: FieldKind, value: AnswerValue, typed: str, surroundings: Surroundings) -> str:
    """What was understood of `typed`; empty where that adds nothing to what is seen."""
    match kind:
        case FieldKind.DATE:
            return day_in_full(date.fromisoformat(str(value)), surroundings)
        case FieldKind.TIME | FieldKind.NUMBER | FieldKind.MONEY | FieldKind.PHONE | FieldKind.LINK:
            shown = show_answer(kind, value, surroundings)
            return "" if shown == typed.strip() else shown
        case _:
            return ""


def day_in_full(day: date, surroundings: Surroundings) -> str:
    """A day in the person's calendar, and in the other where both are in use: `Saturday 14 Mehr 1403 · 5 Oct 2024`."""
    return BETWEEN.join((_weekday_and_date(day, surroundings), *_in_other_calendar(day, surroundings)))


def moment_in_full(moment: datetime, surroundings: Surroundings) -> str:
    """A day as `day_in_full`, with the time and how far it is: `Saturday 14 Mehr 1403, 09:30 · 5 Oct 2024 · in 7 days`."""
    day = calendar.local_date(moment, surroundings.zone)
    here = _("{date}, {time}").format(
        date=_weekday_and_date(day, surroundings),
        time=calendar.show_time(moment, surroundings.language, surroundings.zone),
    )
    distance = calendar.show_relative(moment, surroundings.now, surroundings.language)
    return BETWEEN.join((here, *_in_other_calendar(day, surroundings), distance))


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


def proposed_date(weekday: int, surroundings: Surroundings) -> str:
    """The next such day (Monday 0) from tomorrow on, as one would type it."""
    today = calendar.local_date(surroundings.now, surroundings.zone)
    day = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    return calendar.show_date(day, surroundings.calendar, surroundings.language, style="numeric")


def proposed_reminder(status: Status, values: Mapping[str, AnswerValue], surroundings: Surroundings) -> str:
    """A while before the date and time that are filled in, as one would type it; empty where they are not both."""
    asked = (_first(status, FieldKind.DATE), _first(status, FieldKind.TIME))
    answers = [values.get(answer_key(each)) if each else None for each in asked]
    if None in answers:
        return ""
    day, clock = date.fromisoformat(str(answers[0])), time.fromisoformat(str(answers[1]))
    zone = ZoneInfo(surroundings.zone)
    moment = datetime.combine(day, clock, zone).astimezone(UTC) - BEFORE_A_MEETING
    if moment <= surroundings.now:
        return ""
    text = calendar.show_moment(
        moment, surroundings.calendar, surroundings.language, surroundings.zone, surroundings.now
    )
    understood = parse_moment(
        text, now=surroundings.now, zone=surroundings.zone, calendar=surroundings.calendar
    )
    return text if understood == moment else ""


def example_of(kind: FieldKind, surroundings: Surroundings) -> str:
    """How an answer of that kind can be typed; empty where everybody knows."""
    match kind:
        case FieldKind.DATE:
            return _("tomorrow, {date}").format(date=_example_date(surroundings))
        case FieldKind.TIME:
            return "10:30"
        case FieldKind.EMAIL:
            return "name@example.com"
        case FieldKind.LINK:
            return "example.com/page"
        case _:
            return ""


def example_of_moment(surroundings: Surroundings) -> str:
    """How a reminder's time can be typed."""
    return _("tomorrow 10, +2d, {date} 16:00").format(date=_example_date(surroundings))


def _example_date(surroundings: Surroundings) -> str:
    today = calendar.local_date(surroundings.now, surroundings.zone)
    return calendar.show_date(
        today + timedelta(days=7), surroundings.calendar, surroundings.language, style="numeric"
    )


def _weekday_and_date(day: date, surroundings: Surroundings) -> str:
    return _("{weekday} {date}").format(
        weekday=calendar.weekday_name(day.weekday(), surroundings.language),
        date=calendar.show_date(day, surroundings.calendar, surroundings.language),
    )


def _in_other_calendar(day: date, surroundings: Surroundings) -> tuple[str, ...]:
    """The day in the calendar that is not the person's, where both are in use around them."""
    if surroundings.calendar is Calendar.JALALI:
        return (calendar.show_date(day, Calendar.GREGORIAN, surroundings.language),)
    if surroundings.region == "IR" or base_language(surroundings.language) == "fa":
        return (calendar.show_date(day, Calendar.JALALI, surroundings.language),)
    return ()


def _first(status: Status, kind: FieldKind) -> Field | None:
    return next((each for each in status.open_fields if each.kind is kind), None)
