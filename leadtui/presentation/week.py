"""A week and holidays in words that are read back: `Sat–Wed 9–13, 14–17; Thu 9–13`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from leadtui.domain.field import FormatContext
from leadtui.domain.holiday import Holiday, typed_holiday
from leadtui.domain.week import MIDNIGHT, Span, Week
from leadtui.language import calendar
from leadtui.language.calendar import WEEK_AS_USUAL, Calendar, weekday_name, weekdays_in_order
from leadtui.language.text import clean
from leadtui.language.translate import _, base_language, pgettext, show_digits


def week_words(week: Week, language: str, order: tuple[int, ...]) -> str:
    """The week, its weekdays (Monday 0) in that `order`, such that `read_week` reads it again; "" where nothing is defined."""
    comma, semicolon = ("، ", "؛ ") if base_language(language) in ("fa", "ar") else (", ", "; ")
    groups = [
        f"{_days(first, last, language)} {comma.join(_span(each, language) for each in spans)}"
        for first, last, spans in week.alike(order)
        if spans
    ]
    # Marks of direction around a name of a day are for what is shown, and here one goes on typing.
    return clean(semicolon.join(groups))


def week_start_words(week_start: int, language: str, region: str) -> str:
    """On which weekday weeks begin, and whether that is only what is usual in the region."""
    name = weekday_name(weekdays_in_order(language, region, week_start)[0], language)
    if week_start != WEEK_AS_USUAL:
        return name
    return pgettext("week", "{weekday}, as usual").format(weekday=name)


def week_sentence(week: Week, language: str, order: tuple[int, ...]) -> str:
    """The week, and which days are closed."""
    if not week:
        return ""
    closed = [_days(first, last, language) for first, last, spans in week.alike(order) if not spans]
    words = week_words(week, language, order)
    if not closed:
        return words
    comma = "، " if base_language(language) in ("fa", "ar") else ", "
    # Translators: {week} are days with their hours, {days} those on which nobody works.
    return pgettext("pattern", "{week}; closed {days}").format(week=words, days=comma.join(closed))


@dataclass(frozen=True, slots=True)
class CallsNow:
    """How the call windows stand by the workspace's clock: in `words`, and as `short` as it can be told."""

    words: str
    short: str
    is_open: bool


def calls_now(context: FormatContext) -> CallsNow | None:
    """Until when customers are rung now, or from when on; None where nothing is defined or that does not change."""
    calls, now, zone = context.calls, context.now, context.zone
    closes = calls.closes(now, zone)
    changes = closes or calls.next_open(now, zone)
    if changes is None or (closes is None and changes == now):
        return None
    when = calendar.show_time(changes, context.language, zone)
    if context.days_ahead(changes) > 0:
        when = calendar.show_moment(changes, context.calendar, context.language, zone, now)
    if closes:
        words = pgettext("hours", "calls until {when}"), pgettext("hours", "until {when}")
    else:
        words = pgettext("hours", "calls from {when}"), pgettext("hours", "from {when}")
    long, short = (each.format(when=when) for each in words)
    return CallsNow(long, short, is_open=closes is not None)


def holiday_words(holiday: Holiday, language: str) -> str:
    """The day and what it is called, as one would type it."""
    return f"{typed_holiday(holiday, language)} {holiday.title}".rstrip()


def holiday_sentence(holiday: Holiday, today: date, context: FormatContext) -> str:
    """How often it comes, and the next day on which it does: `every year · next Fri 25 Dec 2026`."""
    day = holiday.next_day(today)
    if day is None:
        return _("That day is over.")
    shown = calendar.show_date(day, context.calendar, context.language, style="long")
    if holiday.calendar is not context.calendar and holiday.calendar is not Calendar.HIJRI:
        shown = f"{shown} · {calendar.show_date(day, holiday.calendar, context.language)}"
    if holiday.year is not None:
        return shown
    return pgettext("pattern", "every year · next {day}").format(day=shown)


def _days(first: int, last: int, language: str) -> str:
    begin, end = (weekday_name(each, language, short=True) for each in (first, last))
    if first == last:
        return begin
    # Translators: days of the week that follow one another. What stands between them is read back: see domain/week.py.
    return pgettext("days", "{begin}\u2013{end}").format(begin=begin, end=end)


def _span(span: Span, language: str) -> str:
    past_midnight = span.end > MIDNIGHT
    begin = _clock(span.begin, language, in_full=past_midnight)
    end = _clock(span.end - MIDNIGHT if past_midnight else span.end, language, in_full=past_midnight)
    # Translators: hours of one day, such as 9–13. What stands between them is read back: see domain/week.py.
    return pgettext("hours", "{begin}\u2013{end}").format(begin=begin, end=end)


def _clock(minutes: int, language: str, *, in_full: bool) -> str:
    """An hour as short as it reads back: what one could take for an hour of the afternoon has its zero.

    Where hours run past midnight both are `in_full`, for an end that is before its begin is else one of the afternoon.
    """
    hour, minute = divmod(minutes, 60)
    if minute or in_full:
        return show_digits(f"{hour:02}:{minute:02}", language)
    return show_digits(f"{hour:02}" if hour < 8 else str(hour), language)
