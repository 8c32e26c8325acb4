"""What the status dialog can propose from what is filled in: the date of a weekday, and a reminder before a meeting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from leadtui.domain.field import AnswerValue, Field, FieldKind, FormatContext
from leadtui.domain.status import Status
from leadtui.language import calendar
from leadtui.language.moment import parse_moment
from leadtui.tui.dialogs.status_entry import answer_key

BEFORE_A_MEETING = timedelta(minutes=30)
"""How long before a meeting the reminder is proposed."""


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


def _first(status: Status, kind: FieldKind) -> Field | None:
    return next((each for each in status.open_fields if each.kind is kind), None)
