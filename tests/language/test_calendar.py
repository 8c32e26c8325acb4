"""Days and times are shown in each calendar and every language, and what is shown reads back."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leadtui.language.calendar import (
    YEARS,
    Calendar,
    add_months,
    from_parts,
    local_date,
    month_name,
    parse_date,
    show_date,
    show_moment,
    show_relative,
    show_time,
    to_parts,
    typed_date,
    weekday_letters,
    weekday_name,
    weekdays_in_order,
)
from leadtui.language.calendar_days import counts
from leadtui.language.here import Here
from leadtui.language.moment import parse_moment
from leadtui.language.translate import LANGUAGES

ZONE = "Asia/Tehran"
GREGORIAN, JALALI, HIJRI = Calendar

NOW = datetime(2024, 9, 28, 7, 12, 30, tzinfo=UTC)
"""Saturday 7 Mehr 1403, 10:42 in Tehran."""

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
languages = st.sampled_from(("en", "fa", "ar", "de"))
calendars = st.sampled_from(tuple(Calendar))


@pytest.mark.parametrize(
    ("calendar", "language", "short", "full", "numeric"),
    [
        (JALALI, "en", "7 Mehr", "Sat 7 Mehr 1403", "1403/07/07"),
        (JALALI, "fa", "۷ مهر", "شنبه ۷ مهر ۱۴۰۳", "۱۴۰۳/۰۷/۰۷"),
        (JALALI, "ar", "٧ مهر", "السبت ٧ مهر ١٤٠٣", "١٤٠٣/٠٧/٠٧"),
        (GREGORIAN, "en", "28 Sep", "Sat 28 Sep 2024", "2024-09-28"),
        (GREGORIAN, "fa_IR", "۲۸ سپتامبر", "شنبه ۲۸ سپتامبر ۲۰۲۴", "۲۰۲۴-۰۹-۲۸"),
        (GREGORIAN, "ar", "٢٨ سبتمبر", "السبت ٢٨ سبتمبر ٢٠٢٤", "٢٠٢٤/٠٩/٢٨"),
        (HIJRI, "en", "25 Rabi I", "Sat 25 Rabi I 1446", "1446/03/25"),
        (HIJRI, "fa", "۲۵ ربیع‌الاول", "شنبه ۲۵ ربیع‌الاول ۱۴۴۶", "۱۴۴۶/۰۳/۲۵"),
        (HIJRI, "ar", "٢٥ ربيع الأول", "السبت ٢٥ ربيع الأول ١٤٤٦", "١٤٤٦/٠٣/٢٥"),
        (GREGORIAN, "de", "28 Sep", "Sat 28 Sep 2024", "2024-09-28"),
    ],
)
def test_show_date(calendar: Calendar, language: str, short: str, full: str, numeric: str) -> None:
    day = date(2024, 9, 28)
    assert show_date(day, calendar, language, today=day) == short
    assert show_date(day, calendar, language, style="long", today=day) == full
    assert show_date(day, calendar, language, style="numeric") == numeric


def test_the_year_is_shown_where_it_is_not_the_present_one() -> None:
    day = date(2024, 9, 28)
    assert show_date(day, JALALI, "en", today=date(2025, 3, 20)) == "7 Mehr"
    assert show_date(day, JALALI, "en", today=date(2025, 3, 21)) == "7 Mehr 1403"
    assert show_date(day, GREGORIAN, "en", today=date(2025, 1, 1)) == "28 Sep 2024"
    assert show_date(day, GREGORIAN, "en") == "28 Sep 2024"


def test_a_moment_is_shown_as_its_day_in_the_zone() -> None:
    moment = datetime(2024, 9, 28, 20, 30, tzinfo=UTC)
    assert show_date(moment, GREGORIAN, "en", zone="UTC", style="numeric") == "2024-09-28"
    assert show_date(moment, GREGORIAN, "en", zone=ZONE, style="numeric") == "2024-09-29"
    assert local_date(moment, ZONE) == date(2024, 9, 29)
    assert show_time(moment, "en", ZONE) == "00:00"
    with pytest.raises(ValueError, match="without a zone"):
        local_date(moment.replace(tzinfo=None), ZONE)


def test_show_time() -> None:
    assert show_time(NOW, "en", ZONE) == "10:42"
    assert show_time(NOW, "fa", ZONE) == "۱۰:۴۲"
    assert show_time(time(9, 5), "ar") == "٠٩:٠٥"


@pytest.mark.parametrize(
    ("local", "calendar", "language", "shown"),
    [
        ("2024-09-28 10:30", JALALI, "en", "today 10:30"),
        ("2024-09-29 16:00", JALALI, "en", "tomorrow 16:00"),
        ("2024-09-27 09:00", JALALI, "en", "yesterday 09:00"),
        ("2024-10-05 10:00", JALALI, "en", "Sat 14 Mehr 10:00"),
        ("2024-10-05 10:00", GREGORIAN, "en", "Sat 5 Oct 10:00"),
        ("2025-03-22 10:00", JALALI, "en", "Sat 2 Farvardin 1404 10:00"),
        ("2024-09-28 00:00", JALALI, "fa", "امروز ۰۰:۰۰"),
        ("2024-09-29 16:00", JALALI, "fa", "فردا ۱۶:۰۰"),
        ("2024-10-05 10:00", JALALI, "fa", "شنبه ۱۴ مهر ۱۰:۰۰"),
        ("2024-10-05 10:00", GREGORIAN, "ar", "السبت ٥ أكتوبر ١٠:٠٠"),
    ],
)
def test_show_moment(local: str, calendar: Calendar, language: str, shown: str) -> None:
    moment = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
    assert show_moment(moment, calendar, language, ZONE, NOW) == shown


@pytest.mark.parametrize(
    ("distance", "shown", "due"),
    [
        (timedelta(minutes=-12), "12 min ago", "12 min late"),
        (timedelta(minutes=-1), "1 min ago", "1 min late"),
        (timedelta(hours=-1), "1 hour ago", "1 hour late"),
        (timedelta(hours=-5), "5 hours ago", "5 hours late"),
        (timedelta(days=-1), "1 day ago", "1 day late"),
        (timedelta(days=-3), "3 days ago", "3 days late"),
        (timedelta(days=-60), "60 days ago", "60 days late"),
        (timedelta(days=-61), "2 months ago", "2 months late"),
        (timedelta(days=-1200), "3 years ago", "3 years late"),
        (timedelta(days=-365), "1 year ago", "1 year late"),
        (timedelta(days=400), "in 13 months", "in 13 months"),
        (timedelta(days=729), "in 23 months", "in 23 months"),
        (timedelta(days=730), "in 2 years", "in 2 years"),
        (timedelta(days=1095), "in 3 years", "in 3 years"),
        (timedelta(seconds=20), "now", "now"),
        (timedelta(seconds=-20), "now", "now"),
        (timedelta(minutes=59, seconds=40), "in 1 hour", "in 1 hour"),
        (timedelta(minutes=5), "in 5 min", "in 5 min"),
        (timedelta(days=6, hours=23), "in 7 days", "in 7 days"),
    ],
)
def test_show_relative(distance: timedelta, shown: str, due: str) -> None:
    assert show_relative(NOW + distance, NOW, "en", ZONE) == shown
    assert show_relative(NOW + distance, NOW, "en", ZONE, due=True) == due


@pytest.mark.parametrize(
    ("now", "then", "days"),
    [
        ("2026-11-27 03:08", "2026-12-01 17:00", "in 4 days"),
        ("2026-11-27 10:00", "2026-11-28 23:00", "in 1 day"),
        ("2026-11-27 23:00", "2026-11-29 08:00", "in 2 days"),
        ("2026-11-27 00:00", "2026-11-27 23:45", "in 24 hours"),
        ("2026-11-29 08:00", "2026-11-27 23:00", "2 days ago"),
        ("2026-11-28 23:00", "2026-11-27 10:00", "1 day ago"),
    ],
)
def test_days_are_counted_as_in_the_calendar(now: str, then: str, days: str) -> None:
    here, there = (datetime.fromisoformat(each).replace(tzinfo=ZoneInfo(ZONE)) for each in (now, then))
    assert show_relative(there, here.astimezone(UTC), "en", ZONE) == days


@pytest.mark.parametrize(
    ("zone", "now", "then", "day", "distance"),
    [
        (
            ZONE,
            "2026-11-27 23:59",
            "2026-11-28 00:01",
            "tomorrow",
            ("in 2 min", "۲ دقیقه دیگر", "بعد دقيقتين"),
        ),
        (
            ZONE,
            "2026-11-27 23:30",
            "2026-11-28 01:00",
            "tomorrow",
            ("in 2 hours", "۲ ساعت دیگر", "بعد ساعتين"),
        ),
        (
            ZONE,
            "2026-11-27 00:10",
            "2026-11-27 23:50",
            "today",
            ("in 24 hours", "۲۴ ساعت دیگر", "بعد ٢٤ ساعة"),
        ),
        (
            ZONE,
            "2026-11-27 00:00:10",
            "2026-11-27 23:59:50",
            "today",
            ("in 24 hours", "۲۴ ساعت دیگر", "بعد ٢٤ ساعة"),
        ),
        (ZONE, "2026-11-27 00:00", "2026-11-28 00:00", "tomorrow", ("in 1 day", "۱ روز دیگر", "بعد يوم")),
        (ZONE, "2026-11-27 00:01", "2026-11-28 23:59", "tomorrow", ("in 1 day", "۱ روز دیگر", "بعد يوم")),
        (ZONE, "2026-11-27 23:59", "2026-11-29 00:00", "Sun", ("in 2 days", "۲ روز دیگر", "بعد يومين")),
        (
            ZONE,
            "2026-11-28 00:01",
            "2026-11-27 23:59",
            "yesterday",
            ("2 min ago", "۲ دقیقه پیش", "منذ دقيقتين"),
        ),
        (ZONE, "2026-11-28 23:59", "2026-11-27 00:01", "yesterday", ("1 day ago", "۱ روز پیش", "منذ يوم")),
        (ZONE, "2026-11-29 00:00", "2026-11-27 23:59", "Fri", ("2 days ago", "۲ روز پیش", "منذ يومين")),
        # A day of 23 hours, and one of 25.
        (
            "Europe/Berlin",
            "2026-03-28 12:00",
            "2026-03-29 12:00",
            "tomorrow",
            ("in 23 hours", "۲۳ ساعت دیگر", "بعد ٢٣ ساعة"),
        ),
        (
            "Europe/Berlin",
            "2026-10-25 00:00",
            "2026-10-25 23:45",
            "today",
            ("in 25 hours", "۲۵ ساعت دیگر", "بعد ٢٥ ساعة"),
        ),
    ],
)
def test_around_midnight_the_distance_agrees_with_the_day_that_is_named(
    zone: str, now: str, then: str, day: str, distance: tuple[str, str, str]
) -> None:
    here, there = (
        datetime.fromisoformat(each).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for each in (now, then)
    )
    assert show_moment(there, GREGORIAN, "en", zone, here).startswith(day)
    assert tuple(show_relative(there, here, each, zone) for each in ("en", "fa", "ar")) == distance


@given(st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1)), st.integers(-4 * 86_400, 4 * 86_400))
def test_one_day_is_tomorrow_or_yesterday_whatever_the_hour(now: datetime, seconds: int) -> None:
    here = now.replace(tzinfo=UTC)
    there = here + timedelta(seconds=seconds)
    named = show_moment(there, GREGORIAN, "en", "Europe/Berlin", here).split()[0]
    told = show_relative(there, here, "en", "Europe/Berlin")
    if "day" in told:
        assert (told in ("in 1 day", "1 day ago")) == (named in ("tomorrow", "yesterday"))
        assert named != "today"


@pytest.mark.parametrize(
    ("distance", "ahead", "ago", "late"),
    [
        (timedelta(seconds=20), "الآن", "الآن", "الآن"),
        (timedelta(minutes=1), "بعد دقيقة", "منذ دقيقة", "متأخر دقيقة"),
        (timedelta(minutes=2), "بعد دقيقتين", "منذ دقيقتين", "متأخر دقيقتين"),
        (timedelta(minutes=10), "بعد ١٠ دقائق", "منذ ١٠ دقائق", "متأخر ١٠ دقائق"),
        (timedelta(minutes=25), "بعد ٢٥ دقيقة", "منذ ٢٥ دقيقة", "متأخر ٢٥ دقيقة"),
        (timedelta(hours=1), "بعد ساعة", "منذ ساعة", "متأخر ساعة"),
        (timedelta(hours=2), "بعد ساعتين", "منذ ساعتين", "متأخر ساعتين"),
        (timedelta(hours=3), "بعد ٣ ساعات", "منذ ٣ ساعات", "متأخر ٣ ساعات"),
        (timedelta(hours=11), "بعد ١١ ساعة", "منذ ١١ ساعة", "متأخر ١١ ساعة"),
        (timedelta(days=1), "بعد يوم", "منذ يوم", "متأخر يومًا"),
        (timedelta(days=2), "بعد يومين", "منذ يومين", "متأخر يومين"),
        (timedelta(days=3), "بعد ٣ أيام", "منذ ٣ أيام", "متأخر ٣ أيام"),
        (timedelta(days=11), "بعد ١١ يومًا", "منذ ١١ يومًا", "متأخر ١١ يومًا"),
        (timedelta(days=61), "بعد شهرين", "منذ شهرين", "متأخر شهرين"),
        (timedelta(days=100), "بعد ٣ أشهر", "منذ ٣ أشهر", "متأخر ٣ أشهر"),
        (timedelta(days=400), "بعد ١٣ شهرًا", "منذ ١٣ شهرًا", "متأخر ١٣ شهرًا"),
        (timedelta(days=800), "بعد سنتين", "منذ سنتين", "متأخر سنتين"),
        (timedelta(days=1203), "بعد ٣ سنوات", "منذ ٣ سنوات", "متأخر ٣ سنوات"),
        (timedelta(days=4100), "بعد ١١ سنة", "منذ ١١ سنة", "متأخر ١١ سنة"),
    ],
)
def test_arabic_counts_with_a_dual_and_two_plurals(
    distance: timedelta, ahead: str, ago: str, late: str
) -> None:
    assert show_relative(NOW + distance, NOW, "ar", ZONE) == ahead
    assert show_relative(NOW - distance, NOW, "ar", ZONE) == ago
    assert show_relative(NOW - distance, NOW, "ar", ZONE, due=True) == late


_SAID_OF_DAYS = {
    # distance in days: in the Gregorian calendar, the Jalali one, the Hijri one
    ("en", -1): ("yesterday 10:00",) * 3,
    ("fa", -1): ("دیروز ۱۰:۰۰",) * 3,
    ("ar", -1): ("أمس ١٠:٠٠",) * 3,
    ("en", 0): ("today 10:00",) * 3,
    ("fa", 0): ("امروز ۱۰:۰۰",) * 3,
    ("ar", 0): ("اليوم ١٠:٠٠",) * 3,
    ("en", 1): ("tomorrow 10:00",) * 3,
    ("fa", 1): ("فردا ۱۰:۰۰",) * 3,
    ("ar", 1): ("غدًا ١٠:٠٠",) * 3,
    ("en", 2): ("Mon 30 Sep 10:00", "Mon 9 Mehr 10:00", "Mon 27 Rabi I 10:00"),
    ("fa", 2): ("پس‌فردا ۱۰:۰۰",) * 3,
    ("ar", 2): ("بعد غد ١٠:٠٠",) * 3,
    ("fa", -2): ("پریروز ۱۰:۰۰",) * 3,
    ("ar", -2): ("أول أمس ١٠:٠٠",) * 3,
    ("en", 7): ("Sat 5 Oct 10:00", "Sat 14 Mehr 10:00", "Sat 2 Rabi II 10:00"),
    ("fa", 7): ("شنبه ۵ اکتبر ۱۰:۰۰", "شنبه ۱۴ مهر ۱۰:۰۰", "شنبه ۲ ربیع‌الثانی ۱۰:۰۰"),
    ("ar", 7): ("السبت ٥ أكتوبر ١٠:٠٠", "السبت ١٤ مهر ١٠:٠٠", "السبت ٢ ربيع الآخر ١٠:٠٠"),
    ("en", -366): ("Thu 28 Sep 2023 10:00", "Thu 6 Mehr 1402 10:00", "Thu 13 Rabi I 1445 10:00"),
    ("fa", -366): (
        *("پنجشنبه ۲۸ سپتامبر ۲۰۲۳ ۱۰:۰۰", "پنجشنبه ۶ مهر ۱۴۰۲ ۱۰:۰۰"),
        "پنجشنبه ۱۳ ربیع‌الاول ۱۴۴۵ ۱۰:۰۰",
    ),
    ("ar", -366): (
        *("الخميس ٢٨ سبتمبر ٢٠٢٣ ١٠:٠٠", "الخميس ٦ مهر ١٤٠٢ ١٠:٠٠"),
        "الخميس ١٣ ربيع الأول ١٤٤٥ ١٠:٠٠",
    ),
}

_SAID_OF_DISTANCES = {
    # in minutes: in English, Persian, Arabic
    0: ("now", "اکنون", "الآن"),
    5: ("in 5 min", "۵ دقیقه دیگر", "بعد ٥ دقائق"),
    -120: ("2 hours late", "۲ ساعت دیرکرد", "متأخر ساعتين"),
    -2880: ("2 days late", "۲ روز دیرکرد", "متأخر يومين"),
    10080: ("in 7 days", "۷ روز دیگر", "بعد ٧ أيام"),
    -129600: ("2 months late", "۲ ماه دیرکرد", "متأخر شهرين"),
    -1440 * 366: ("1 year late", "۱ سال دیرکرد", "متأخر سنة"),
    1440 * 1500: ("in 4 years", "۴ سال دیگر", "بعد ٤ سنوات"),
}


def test_moments_are_said_as_people_say_them() -> None:
    for (language, days_ahead), said in _SAID_OF_DAYS.items():
        moment = datetime(2024, 9, 28, 10, tzinfo=ZoneInfo(ZONE)) + timedelta(days=days_ahead)
        shown = tuple(show_moment(moment, each, language, ZONE, NOW) for each in Calendar)
        assert shown == said
    for minutes, sentences in _SAID_OF_DISTANCES.items():
        moment = NOW + timedelta(minutes=minutes)
        shown = tuple(show_relative(moment, NOW, each, ZONE, due=True) for each in LANGUAGES)
        assert shown == sentences


def test_weekdays() -> None:
    assert [weekday_name(index, "en") for index in (0, 5, 6)] == ["Monday", "Saturday", "Sunday"]
    assert [weekday_name(index, "en", short=True) for index in (0, 5, 6)] == ["Mon", "Sat", "Sun"]
    assert [weekday_name(index, "fa", short=True) for index in weekdays_in_order("fa", "DE")] == [
        *("شنبه", "یکشنبه", "دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه"),
    ]
    begins = {
        region: weekdays_in_order("ar", region)[0] for region in ("IR", "EG", "SA", "US", "CA", "GB", "")
    }
    assert begins == {"IR": 5, "EG": 5, "SA": 6, "US": 6, "CA": 6, "GB": 0, "": 0}
    assert weekdays_in_order("fa", "IR", 0) == (0, 1, 2, 3, 4, 5, 6)
    assert [weekday_letters(day, "en") for day in range(7)] == ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
    assert weekday_letters(5, "fa") == "ش"
    assert weekday_letters(4, "ar") == "ج"
    assert weekday_name(date(2024, 9, 28).weekday(), "ar") == "السبت"


def test_months() -> None:
    assert month_name(7, JALALI, "fa") == "مهر"
    assert month_name(2, JALALI, "en", short=True) == "Ordibehesht"
    assert month_name(9, GREGORIAN, "en", short=True) == "Sep"
    assert month_name(9, GREGORIAN, "en") == "September"


def test_every_day_comes_back_from_jalali() -> None:
    day = date(1900, 1, 1)
    while day < date(2101, 1, 1):
        parts = to_parts(day, JALALI)
        assert from_parts(*parts, JALALI) == day
        day += timedelta(days=1)


def test_every_day_comes_back_from_hijri() -> None:
    day = date(1924, 8, 1)
    while day < date(2077, 11, 17):
        assert from_parts(*to_parts(day, HIJRI), HIJRI) == day
        day += timedelta(days=1)
    assert (counts(HIJRI, date(1924, 7, 31)), counts(HIJRI, day)) == (False, False)
    assert show_date(day, HIJRI, "en") == "17 Nov 2077"


def test_a_year_is_of_its_calendar() -> None:
    assert not set(YEARS[JALALI]) & set(YEARS[GREGORIAN])
    assert from_parts(2024, 9, 29, JALALI) is None
    assert from_parts(1403, 7, 8, GREGORIAN) is None


@pytest.mark.parametrize(
    ("day", "months", "calendar", "expected"),
    [
        (date(2024, 1, 31), 1, GREGORIAN, date(2024, 2, 29)),
        (date(2024, 12, 15), 2, GREGORIAN, date(2025, 2, 15)),
        (date(2024, 9, 21), 1, JALALI, date(2024, 10, 21)),  # 31 Shahrivar -> 30 Mehr
        (date(2025, 3, 20), 12, JALALI, date(2026, 3, 20)),  # 30 Esfand of a leap year -> 29 Esfand
        (date(2024, 11, 2), 1, HIJRI, date(2024, 12, 1)),  # 30 Rabi II -> 29 Jumada I
        (date(2100, 12, 1), 1, GREGORIAN, None),
        (date(2077, 11, 1), 1, HIJRI, None),
        (date(2090, 1, 1), 1, HIJRI, None),
    ],
)
def test_add_months(day: date, months: int, calendar: Calendar, expected: date | None) -> None:
    assert add_months(day, months, calendar) == expected


@given(
    days,
    calendars,
    languages,
    st.sampled_from(("short", "long")),
    st.sampled_from((None, *Calendar)),
)
@example(date(1900, 1, 1), JALALI, "fa", "long", None)
def test_a_shown_day_reads_back_as_itself(
    day: date, calendar: Calendar, language: str, style: str, hint: Calendar | None
) -> None:
    assert style in ("short", "long")
    assert parse_date(show_date(day, calendar, language, style=style), hint) == day


@given(days, calendars, languages, st.sampled_from(("IR", "SA", "US", "")))
@example(date(2067, 8, 15), JALALI, "fa", "IR")
def test_a_day_to_be_typed_reads_as_itself(day: date, calendar: Calendar, language: str, region: str) -> None:
    assert parse_date(typed_date(day, calendar, language), calendar, region) == day


@given(
    st.datetimes(datetime(1980, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)),
    st.timedeltas(timedelta(days=-700), timedelta(days=700)),
    calendars,
    languages,
)
def test_a_shown_moment_reads_back_as_itself(
    now: datetime, distance: timedelta, calendar: Calendar, language: str
) -> None:
    zone = "Asia/Dubai"  # without clock changes, so that every wall-clock time comes once
    moment = (now + distance).replace(second=0, microsecond=0)
    shown = show_moment(moment, calendar, language, zone, now)
    assert parse_moment(shown, Here(now=now, zone=zone, calendar=calendar)) == moment


def test_a_gregorian_desk_needs_no_other_calendar() -> None:
    program = (
        "import sys\n"
        "from datetime import date\n"
        "from leadtui.language.calendar import Calendar, parse_date, show_date\n"
        "assert parse_date(show_date(date(2024, 9, 29), Calendar.GREGORIAN, 'fa'), None) == date(2024, 9, 29)\n"
        "sys.exit('persiantools' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
