"""What is shown at a field while one types: what was understood, told in full, and how it can be typed."""

from __future__ import annotations

from datetime import date, datetime

from leadtui.domain.field import AnswerValue, FieldKind, FormatContext, example_day, show_answer
from leadtui.language import calendar
from leadtui.language.calendar import Calendar
from leadtui.language.moment import parse_moment
from leadtui.language.text import clean
from leadtui.language.translate import _, base_language, language, pgettext, show_digits

BETWEEN = " · "


def moment_examples() -> str:
    """What stands in an empty field for a moment."""
    shown = {"hour": show_digits("10", language()), "time": show_digits("9:30", language())}
    return pgettext("example", "tomorrow {hour} · +2d · sat {time} · فردا ساعت ۱۰").format(**shown)


def understood(kind: FieldKind, value: AnswerValue, typed: str, context: FormatContext) -> str:
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
    here = pgettext("pattern", "{date}, {time}").format(
        date=_weekday_and_date(day, context),
        time=calendar.show_time(moment, context.language, context.zone),
    )
    distance = calendar.show_relative(moment, context.now, context.language, context.zone)
    return BETWEEN.join((here, *_in_other_calendar(day, context), distance))


def read_future(typed: str, context: FormatContext) -> datetime | None:
    """The moment to come that was typed, aware UTC; None where there is none or it has passed."""
    moment = _read(typed, context)
    return moment if moment is not None and moment > context.now else None


def moment_feedback(typed: str, context: FormatContext) -> str:
    """The moment in the person's calendar, in the other one, and how far away it is; or why there is none."""
    if not typed.strip():
        return ""
    moment = _read(typed, context)
    if moment is None:
        return calendar.year_doubt(typed, context.calendar, context.region) or _(
            "Not understood; type such as tomorrow {hour}, +2d or {date} {time}."
        ).format(**_moment_to_come(context))
    if moment <= context.now:
        return _("That time has passed; a reminder needs a time to come.")
    zone, language = context.zone, context.language
    day = calendar.show_date(moment, context.calendar, language, zone=zone, style="long")
    parts = [f"✓ {day} {calendar.show_time(moment, language, zone)}"]
    if context.calendar is not Calendar.GREGORIAN:
        parts.append(calendar.show_date(moment, Calendar.GREGORIAN, language, zone=zone, style="long"))
    return BETWEEN.join((*parts, calendar.show_relative(moment, context.now, language, zone)))


def example_of(kind: FieldKind, context: FormatContext) -> str:
    """How an answer of that kind can be typed; empty where everybody knows."""
    match kind:
        case FieldKind.DATE:
            return pgettext("example", "tomorrow, {date}").format(date=example_day(context))
        case FieldKind.TIME:
            return show_digits("10:30", context.language)
        case FieldKind.EMAIL:
            return "name@example.com"
        case FieldKind.LINK:
            return "example.com/page"
        case _:
            return ""


def example_of_moment(context: FormatContext) -> str:
    """How a reminder's time can be typed."""
    return pgettext("example", "tomorrow {hour}, +2d, {date} {time}").format(**_moment_to_come(context))


def _moment_to_come(context: FormatContext) -> dict[str, str]:
    """What the examples of moments name, all of it in the digits of the person."""
    hour, time = show_digits("10", context.language), show_digits("16:00", context.language)
    return {"hour": hour, "date": example_day(context), "time": time}


def _read(typed: str, context: FormatContext) -> datetime | None:
    return parse_moment(
        clean(typed), now=context.now, zone=context.zone, calendar=context.calendar, region=context.region
    )


def _weekday_and_date(day: date, context: FormatContext) -> str:
    return pgettext("pattern", "{weekday} {date}").format(
        weekday=calendar.weekday_name(day.weekday(), context.language),
        date=calendar.show_date(day, context.calendar, context.language),
    )


def _in_other_calendar(day: date, context: FormatContext) -> tuple[str, ...]:
    """The day in the calendar that is not the person's, where both are in use around them."""
    if context.calendar is not Calendar.GREGORIAN:
        return (calendar.show_date(day, Calendar.GREGORIAN, context.language),)
    if context.region == "IR" or base_language(context.language) == "fa":
        return (calendar.show_date(day, Calendar.JALALI, context.language),)
    return ()
