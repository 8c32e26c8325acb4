"""What is shown at a field while one types: what was understood, told in full, and how it can be typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from leadtui.domain.call_window import clocks_differ
from leadtui.domain.field import (
    AnswerValue,
    FieldKind,
    FormatContext,
    day_reading,
    example_day,
    example_time,
    show_answer,
)
from leadtui.language import calendar
from leadtui.language.calendar import Calendar
from leadtui.language.clock import read_clock
from leadtui.language.moment import read_moment
from leadtui.language.reading import Reading, doubt_sentence
from leadtui.language.text import clean
from leadtui.language.translate import _, base_language, format_list, pgettext, show_digits

BETWEEN = " · "


class Verdict(Enum):
    """How far a moment that is typed may be taken for what was meant."""

    REFUSED = "none, or passed"
    UNUSUAL = "outside the hours of work"
    UNDERSTOOD = "understood"


@dataclass(frozen=True, slots=True)
class MomentFeedback:
    """What is said at a field for a moment."""

    verdict: Verdict
    words: str


def understood(kind: FieldKind, value: AnswerValue, typed: str, context: FormatContext) -> str:
    """What was understood of `typed`, and what else it could mean; empty where that adds nothing to what is seen."""
    match kind:
        case FieldKind.DATE:
            others = day_reading(clean(typed), context).others
            return day_in_full(date.fromisoformat(str(value)), context, others)
        case FieldKind.TIME:
            shown = show_answer(kind, value, context)
            others = [
                calendar.show_time(each, context.language)
                for each in read_clock(clean(typed), context.hours).others
            ]
            return "" if shown == typed.strip() else _rather_than(shown, others)
        case (
            FieldKind.PHONE
            | FieldKind.LINK
            | (FieldKind.NUMBER | FieldKind.INTEGER | FieldKind.YEAR | FieldKind.MONEY)
        ):
            shown = show_answer(kind, value, context)
            return "" if shown == typed.strip() else shown
        case _:
            return ""


def day_in_full(day: date, context: FormatContext, others: Sequence[date] = ()) -> str:
    """A day in the person's calendar, and in the other where both are in use: `Saturday 14 Mehr 1403 · 5 Oct 2024`.

    `others` are what was typed could mean as well.
    """
    shown = [calendar.show_date(each, context.calendar, context.language) for each in others]
    return BETWEEN.join(
        (_rather_than(_weekday_and_date(day, context), shown), *_in_other_calendar(day, context))
    )


def moment_in_full(moment: datetime, context: FormatContext, others: Sequence[datetime] = ()) -> str:
    """A day as `day_in_full`, with the time and how far it is: `Saturday 14 Mehr 1403, 09:30 · 5 Oct 2024 · in 7 days`."""
    day = calendar.local_date(moment, context.zone)
    here = pgettext("pattern", "{date}, {time}").format(
        date=_weekday_and_date(day, context),
        time=calendar.show_time(moment, context.language, context.zone),
    )
    distance = calendar.show_relative(moment, context.now, context.language, context.zone)
    shown = _other_moments(moment, others, context)
    return BETWEEN.join(
        (
            _rather_than(here, shown),
            *_in_other_calendar(day, context),
            distance,
            *why_unusual(moment, context),
        )
    )


def moment_reading(typed: str, context: FormatContext) -> Reading[datetime]:
    """The moment that was typed, aware UTC, and what else it could be."""
    return read_moment(clean(typed), context.here)


def read_future(typed: str, context: FormatContext) -> datetime | None:
    """The moment to come that was typed, aware UTC; None where there is none or it has passed."""
    moment = moment_reading(typed, context).said
    return moment if moment is not None and moment > context.now else None


def verdict_on(moment: datetime | None, context: FormatContext) -> Verdict:
    """Whether a reminder may be set for then, and whether that is an hour at which somebody works."""
    if moment is None or moment <= context.now:
        return Verdict.REFUSED
    outside = context.hours.outside(calendar.local_time(moment, context.zone))
    if outside or (context.work.week and not context.work.is_open(moment, context.zone)):
        return Verdict.UNUSUAL
    return Verdict.UNDERSTOOD if _is_rung(moment, context) else Verdict.UNUSUAL


def _is_rung(moment: datetime, context: FormatContext) -> bool:
    """Whether the customer whom it is about is rung then."""
    zone, calls = context.their_zone, context.calls
    return not zone or not calls.week or calls.is_open(moment, zone)


def _for_the_customer(moment: datetime, context: FormatContext) -> list[str]:
    """What their clock shows then, where it is not ours, and that nobody rings there at that hour."""
    told: list[str] = []
    if context.their_zone and clocks_differ(context.their_zone, context.zone, moment):
        their = calendar.show_time(moment, context.language, context.their_zone)
        told.append(pgettext("reason", "their {time}").format(time=their))
    if not _is_rung(moment, context):
        told.append(pgettext("hours", "outside the call windows"))
    return told


def moment_feedback(typed: str, context: FormatContext) -> MomentFeedback:
    """The moment in the person's calendar, in the other one, and how far away it is; or why there is none."""
    if not typed.strip():
        return MomentFeedback(Verdict.REFUSED, "")
    reading = moment_reading(typed, context)
    verdict = verdict_on(reading.said, context)
    if reading.said is None:
        return MomentFeedback(verdict, why_no_moment(typed, reading, context))
    if verdict is Verdict.REFUSED:
        return MomentFeedback(verdict, _("That time has passed; a reminder needs a time to come."))
    moment, zone, language = reading.said, context.zone, context.language
    day = calendar.show_date(moment, context.calendar, language, zone=zone, style="long")
    here = f"{day} {calendar.show_time(moment, language, zone)}"
    parts = [_rather_than(here, _other_moments(moment, reading.others, context))]
    if context.calendar is not Calendar.GREGORIAN:
        parts.append(calendar.show_date(moment, Calendar.GREGORIAN, language, zone=zone))
    parts.append(calendar.show_relative(moment, context.now, language, zone))
    parts += why_unusual(moment, context)
    return MomentFeedback(verdict, BETWEEN.join(parts))


def why_unusual(moment: datetime, context: FormatContext) -> list[str]:
    """That nobody works then, what time it is for the customer, and that nobody rings them; nothing where that is as usual."""
    return [*_why_closed(moment, context), *_for_the_customer(moment, context)]


def _why_closed(moment: datetime, context: FormatContext) -> list[str]:
    """That nobody works on that day, or at that time of it; nothing where somebody does or no week is defined."""
    work = context.work
    if not work.week or work.is_open(moment, context.zone):
        return []
    day = work.day_of(moment, context.zone)
    holiday = work.holiday_on(day)
    if holiday is not None:
        return [holiday.title or pgettext("hours", "a holiday")]
    if not work.spans_on(day):
        return [pgettext("hours", "a day off")]
    return [pgettext("hours", "outside the hours of work")]


def why_no_moment(typed: str, reading: Reading[datetime], context: FormatContext) -> str:
    """Why no moment is taken from what was typed, and what would be one."""
    return doubt_about_moment(typed, reading, context) or _(
        "Not understood; type such as tomorrow {hour}, +2d or {date} {time}."
    ).format(**moment_to_come(context))


def doubt_about_moment(typed: str, reading: Reading[datetime], context: FormatContext) -> str:
    """What is asked about a moment in doubt; empty where nothing of it is understood."""
    return calendar.year_doubt(typed, context.calendar, context.region) or doubt_sentence(
        reading,
        lambda moment: calendar.show_moment(
            moment, context.calendar, context.language, context.zone, context.now
        ),
    )


def example_of(kind: FieldKind, context: FormatContext) -> str:
    """How an answer of that kind can be typed; empty where everybody knows."""
    match kind:
        case FieldKind.DATE:
            return pgettext("example", "tomorrow, {date}").format(date=example_day(context))
        case FieldKind.TIME:
            return example_time(context)
        case FieldKind.EMAIL:
            return "name@example.com"
        case FieldKind.LINK:
            return "example.com/page"
        case _:
            return ""


def example_of_moment(context: FormatContext) -> str:
    """How a reminder's time can be typed."""
    return pgettext("example", "tomorrow {hour}, +2d, {date} {time}").format(**moment_to_come(context))


def moment_to_come(context: FormatContext) -> dict[str, str]:
    """What the examples of moments name, all of it in the digits of the person."""
    hour, time = show_digits("10", context.language), show_digits("16:00", context.language)
    return {"hour": hour, "date": example_day(context), "time": time}


def _rather_than(shown: str, others: Sequence[str]) -> str:
    """What was understood, and what it was not taken for though it could be."""
    if not others:
        return shown
    # Translators: {shown} is a day or a time as it was understood, {others} what it could mean as well.
    return pgettext("pattern", "{shown}, not {others}").format(shown=shown, others=format_list(others))


def _other_moments(moment: datetime, others: Sequence[datetime], context: FormatContext) -> list[str]:
    """Those of the other meanings that are to come: the time where that differs, else the day."""
    at = calendar.show_time(moment, context.language, context.zone)
    shown: list[str] = []
    for each in others:
        time = calendar.show_time(each, context.language, context.zone)
        day = calendar.show_date(each, context.calendar, context.language, zone=context.zone)
        if each > context.now:
            shown.append(day if time == at else time)
    return shown


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
