"""Days and times as a person reads them, in three calendars; moments are aware datetimes, zones are IANA names."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from leadtui.language.calendar_days import add_months, counts, from_parts, to_parts
from leadtui.language.calendar_names import (
    WEEK_AS_USUAL,
    YEARS,
    Calendar,
    month_name,
    near_day,
    weekday_letters,
    weekday_name,
    weekdays_in_order,
)
from leadtui.language.dates import HIJRI_OR_JALALI_YEARS, parse_date, year_doubt
from leadtui.language.translate import NP_, P_, base_language, catalogue, show_digits, show_number, spoken

__all__ = [
    "WEEK_AS_USUAL",
    "YEARS",
    "Calendar",
    "add_months",
    "from_parts",
    "local_date",
    "local_time",
    "month_name",
    "parse_date",
    "show_date",
    "show_moment",
    "show_relative",
    "show_time",
    "to_parts",
    "typed_date",
    "weekday_letters",
    "weekday_name",
    "weekdays_in_order",
    "year_doubt",
]


def local_date(moment: datetime, zone: str) -> date:
    """Return the day of `moment` in `zone`. Raises ValueError for a moment without a zone of its own."""
    return _local(moment, zone).date()


def local_time(moment: datetime, zone: str) -> time:
    """Return the time of day of `moment` in `zone`. Raises ValueError for a moment without a zone of its own."""
    return _local(moment, zone).time()


def show_date(
    moment_or_date: datetime | date,
    calendar: Calendar,
    language: str,
    *,
    zone: str = "UTC",
    style: Literal["short", "long", "numeric"] = "short",
    today: date | None = None,
) -> str:
    """Return a day in words or figures of `language`; a moment is shown as its day in `zone`.

    "short" is `8 Mehr`, with its year where `today` is not given or in another year; "long" is `Sat 7 Mehr 1403`;
    "numeric" is `1403/07/08` or `2024-09-29`; in Arabic with `/`, for a hyphen parts its digits and turns them round
    (UAX #9: European separators do not join Arabic numbers, common ones do). A day that `calendar` does not count is
    shown in the Gregorian one.
    """
    day = _local(moment_or_date, zone).date() if isinstance(moment_or_date, datetime) else moment_or_date
    if not counts(calendar, day):
        calendar = Calendar.GREGORIAN
    year, month, day_of_month = to_parts(day, calendar)
    if style == "numeric":
        sign = "-" if calendar is Calendar.GREGORIAN and base_language(language) != "ar" else "/"
        return show_digits(sign.join((f"{year:04}", f"{month:02}", f"{day_of_month:02}")), language)
    words = [str(day_of_month), month_name(month, calendar, language, short=True)]
    if style == "long":
        words.insert(0, weekday_name(day.weekday(), language, short=True))
    if (
        style == "long"
        or today is None
        or not counts(calendar, today)
        or to_parts(today, calendar)[0] != year
    ):
        words.append(str(year))
    return show_digits(" ".join(words), language)


def month_start(day: date, calendar: Calendar) -> date:
    """The first day of its month; of one that `calendar` does not count, of the Gregorian one."""
    if not counts(calendar, day):
        calendar = Calendar.GREGORIAN
    year, month, _day_of_month = to_parts(day, calendar)
    return from_parts(year, month, 1, calendar) or day


def month_words(day: date, calendar: Calendar, language: str) -> str:
    """The month of a day with its year, in the words of `language`: `Mehr 1403`."""
    if not counts(calendar, day):
        calendar = Calendar.GREGORIAN
    year, month, _day_of_month = to_parts(day, calendar)
    return show_digits(f"{month_name(month, calendar, language)} {year}", language)


def typed_date(day: date, calendar: Calendar, language: str) -> str:
    """Return `day` as one would type it, such that `parse_date` reads it again: in figures, or with the month's name.

    The name stands where figures alone would leave doubt.
    """
    doubtful = calendar is Calendar.JALALI and to_parts(day, calendar)[0] in HIJRI_OR_JALALI_YEARS
    return show_date(day, calendar, language, style="short" if doubtful else "numeric")


def show_time(moment: datetime | time, language: str, zone: str = "UTC") -> str:
    """Return the time of day in `zone`, `10:42` or `۱۰:۴۲`; a bare time is shown as it is."""
    clock = _local(moment, zone) if isinstance(moment, datetime) else moment
    return show_digits(f"{clock.hour:02}:{clock.minute:02}", language)


def show_length(seconds: int, language: str, *, hours: bool = False) -> str:
    """Return how long something took: `3:32`; with `hours` `0:03:32`."""
    minutes, seconds = divmod(seconds, 60)
    shown = f"{minutes // 60}:{minutes % 60:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    return show_digits(shown, language)


def show_moment(moment: datetime, calendar: Calendar, language: str, zone: str, now: datetime) -> str:
    """Return day and time as near as they are: `today 10:30`, `tomorrow 16:00`, `Sat 14 Mehr 10:00`.

    The year is shown where it is not the present one. `parse_moment` reads the result back.
    """
    day, today = local_date(moment, zone), local_date(now, zone)
    shown = near_day((day - today).days, language)
    if shown is None:
        weekday = weekday_name(day.weekday(), language, short=True)
        shown = f"{weekday} {show_date(day, calendar, language, today=today)}"
    return f"{shown} {show_time(moment, language, zone)}"


def show_relative(moment: datetime, now: datetime, language: str, zone: str, *, due: bool = False) -> str:
    """Return how far `moment` is from `now`: `in 7 days`, `now`, `3 days ago`, `2 years ago`.

    Days are those that begin between both in `zone`: on Friday, whatever the hour, Tuesday is `in 4 days`. From two
    months on whole months are counted, from two years on whole years, of their length on the average; twelve months are a year.
    What was `due` in the past is late: `12 min late`. Said in `language` where the program has its sentences,
    else in English.
    """
    seconds = (moment - now).total_seconds()
    minutes = round(abs(seconds) / 60)
    sentences = catalogue(language)
    if minutes == 0:
        return sentences.pgettext("moment", P_("moment", "now"))
    hours = round(minutes / 60)
    days = abs((local_date(moment, zone) - local_date(now, zone)).days)
    singular, plural, count = _sentence(
        minutes, hours, days, tense="ahead" if seconds > 0 else "late" if due else "ago"
    )
    number = show_number(count, spoken(language))
    return sentences.npgettext("moment", singular, plural, count).format(n=number)


def _sentence(minutes: int, hours: int, days: int, *, tense: str) -> tuple[str, str, int]:
    """Return the sentence for the largest unit that fits, singular and plural, with its number."""
    months = int((days + _LEAP_DAY) / _DAYS_A_YEAR * 12)
    units = {
        "year": months // 12 if months == 12 or months >= 24 else 0,
        "month": months if months > 1 else 0,
        "day": days if minutes >= _MINUTES_A_DAY else 0,
        "hour": hours if minutes >= 60 else 0,
        "min": minutes,
    }
    unit = next(each for each, count in units.items() if count)
    return *_SENTENCES[tense, unit], units[unit]


_DAYS_A_YEAR = 365.2425
_LEAP_DAY = 0.75
"""So much less have three years without a leap day than on the average; they are three years."""
_MINUTES_A_DAY = 1440


_SENTENCES = {
    ("ahead", "min"): NP_("moment", "in {n} min", "in {n} min"),
    ("ahead", "hour"): NP_("moment", "in {n} hour", "in {n} hours"),
    ("ahead", "day"): NP_("moment", "in {n} day", "in {n} days"),
    ("ahead", "month"): NP_("moment", "in {n} month", "in {n} months"),
    ("ahead", "year"): NP_("moment", "in {n} year", "in {n} years"),
    ("ago", "min"): NP_("moment", "{n} min ago", "{n} min ago"),
    ("ago", "hour"): NP_("moment", "{n} hour ago", "{n} hours ago"),
    ("ago", "day"): NP_("moment", "{n} day ago", "{n} days ago"),
    ("ago", "month"): NP_("moment", "{n} month ago", "{n} months ago"),
    ("ago", "year"): NP_("moment", "{n} year ago", "{n} years ago"),
    ("late", "min"): NP_("moment", "{n} min late", "{n} min late"),
    ("late", "hour"): NP_("moment", "{n} hour late", "{n} hours late"),
    ("late", "day"): NP_("moment", "{n} day late", "{n} days late"),
    ("late", "month"): NP_("moment", "{n} month late", "{n} months late"),
    ("late", "year"): NP_("moment", "{n} year late", "{n} years late"),
}


def _local(moment: datetime, zone: str) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    return moment.astimezone(ZoneInfo(zone))
