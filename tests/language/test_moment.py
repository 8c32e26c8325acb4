"""A moment that a person types is understood in three languages, or refused; never guessed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leadtui.language.calendar import Calendar, show_moment
from leadtui.language.clock import WorkHours, read_clock
from leadtui.language.here import Here
from leadtui.language.moment import parse_moment, parse_weekday, read_day, read_moment
from leadtui.language.reading import Doubt
from leadtui.language.text import fold_words
from leadtui.language.time_words import meanings

ZONE = "Asia/Tehran"
NOW = datetime(2024, 9, 28, 7, 12, 30, tzinfo=UTC)
"""Saturday 7 Mehr 1403, 10:42:30 in Tehran."""


def at(local: str) -> datetime:
    """The moment of a wall clock in Tehran."""
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC)


def read(text: str, now: datetime = NOW, calendar: Calendar = Calendar.JALALI) -> datetime | None:
    return parse_moment(text, Here(now=now, zone=ZONE, calendar=calendar))


@pytest.mark.parametrize(
    ("text", "local"),
    [
        # a day and a time
        ("tomorrow 10", "2024-09-29 10:00"),
        ("Tomorrow at 10am", "2024-09-29 10:00"),
        ("10:30 tomorrow", "2024-09-29 10:30"),
        ("today 16:30", "2024-09-28 16:30"),
        ("today 9", "2024-09-28 09:00"),
        ("yesterday 10", "2024-09-27 10:00"),
        ("day after tomorrow 8", "2024-09-30 08:00"),
        ("tonight at 9", "2024-09-28 21:00"),
        ("فردا ساعت ۱۰", "2024-09-29 10:00"),
        ("فردا ساعت ده و نیم", "2024-09-29 10:30"),
        ("پس‌فردا ۱۶", "2024-09-30 16:00"),
        ("پس فردا ساعت ۱۶", "2024-09-30 16:00"),
        ("امروز ساعت ۱۷:۳۰", "2024-09-28 17:30"),
        ("۸ صبح فردا", "2024-09-29 08:00"),
        ("فردا عصر ساعت ۵", "2024-09-29 17:00"),
        ("امشب ساعت ۹", "2024-09-28 21:00"),
        ("غدا الساعة ١٠", "2024-09-29 10:00"),
        ("غدًا صباحًا", "2024-09-29 09:00"),
        # a day alone
        ("tomorrow", "2024-09-29 09:00"),
        ("tomorrow at noon", "2024-09-29 12:00"),
        ("فردا صبح", "2024-09-29 09:00"),
        ("فردا بعدازظهر", "2024-09-29 15:00"),
        ("فردا عصر", "2024-09-29 17:00"),
        ("tonight", "2024-09-28 20:00"),
        ("بعد غد", "2024-09-30 09:00"),
        # a time alone
        ("16:30", "2024-09-28 16:30"),
        ("11", "2024-09-28 11:00"),
        ("10", "2024-09-29 10:00"),
        ("9", "2024-09-29 09:00"),
        ("10:42", "2024-09-29 10:42"),
        ("noon", "2024-09-28 12:00"),
        ("ساعت ۵ عصر", "2024-09-28 17:00"),
        ("الساعة العاشرة والنصف", "2024-09-29 10:30"),
        # weekdays
        ("saturday", "2024-10-05 09:00"),
        ("sat 9:30", "2024-10-05 09:30"),
        ("sat 11", "2024-09-28 11:00"),
        ("next saturday 14", "2024-10-05 14:00"),
        ("next monday 14", "2024-09-30 14:00"),
        ("on friday", "2024-10-04 09:00"),
        ("شنبه ساعت ۹ و نیم", "2024-10-05 09:30"),
        ("سه شنبه ۱۰ صبح", "2024-10-01 10:00"),
        ("سه‌شنبه ۱۰ صبح", "2024-10-01 10:00"),
        ("۵شنبه ساعت ۱۰", "2024-10-03 10:00"),
        ("۵ شنبه", "2024-10-03 09:00"),
        ("1 شنبه ساعت 11", "2024-09-29 11:00"),
        ("10 شنبه", "2024-10-05 10:00"),
        ("روز دوشنبه ساعت ۱۱", "2024-09-30 11:00"),
        ("شنبه بعد", "2024-10-05 09:00"),
        ("السبت", "2024-10-05 09:00"),
        ("الثلاثاء القادم الساعة ١٠ صباحا", "2024-10-01 10:00"),
        # dates
        ("1403/07/08 16:00", "2024-09-29 16:00"),
        ("۱۴۰۳/۰۷/۰۸ ساعت ۱۶", "2024-09-29 16:00"),
        ("2024-10-05 09:30", "2024-10-05 09:30"),
        ("2024-10-05T09:30", "2024-10-05 09:30"),
        ("2024-10-05", "2024-10-05 09:00"),
        ("14 mehr 10:00", "2024-10-05 10:00"),
        ("14 mehr 10", "2024-10-05 10:00"),
        ("14 mehr 1404 10", "2025-10-06 10:00"),
        ("۱۴ مهر ساعت ۱۰", "2024-10-05 10:00"),
        ("Sat 14 Mehr 10:00", "2024-10-05 10:00"),
        ("7 mehr 16", "2024-09-28 16:00"),
        ("6 mehr", "2025-09-28 09:00"),
        ("5 oct", "2024-10-05 09:00"),
        ("oct 5, 2024 9:30am", "2024-10-05 09:30"),
        ("30 اسفند", "2025-03-20 09:00"),
        ("5 أكتوبر الساعة ١١", "2024-10-05 11:00"),
        # lengths of time
        ("+90m", "2024-09-28 12:12"),
        ("+1h", "2024-09-28 11:42"),
        ("1h30m", "2024-09-28 12:12"),
        ("in 3 hours", "2024-09-28 13:42"),
        ("in an hour", "2024-09-28 11:42"),
        ("half an hour", "2024-09-28 11:12"),
        ("۲ ساعت دیگر", "2024-09-28 12:42"),
        ("نیم ساعت دیگه", "2024-09-28 11:12"),
        ("یک ساعت و نیم دیگر", "2024-09-28 12:12"),
        ("یک ربع دیگر", "2024-09-28 10:57"),
        ("بعد ساعة", "2024-09-28 11:42"),
        ("بعد ساعتين", "2024-09-28 12:42"),
        ("+2d", "2024-09-30 10:42"),
        ("2d", "2024-09-30 10:42"),
        ("+1w", "2024-10-05 10:42"),
        ("+2d 16:00", "2024-09-30 16:00"),
        ("in 2 months", "2024-11-27 10:42"),
        ("دو روز دیگر", "2024-09-30 10:42"),
        ("دو روز بعد ساعت ۹", "2024-09-30 09:00"),
        ("بعد يومين", "2024-09-30 10:42"),
        ("بعد 3 أيام", "2024-10-01 10:42"),
        ("بعد ١١ يومًا", "2024-10-09 10:42"),
        ("next week", "2024-10-05 09:00"),
        ("هفته بعد", "2024-10-05 09:00"),
        ("هفته آینده ساعت ۱۱", "2024-10-05 11:00"),
        ("ماه بعد", "2024-10-28 09:00"),
        ("الأسبوع القادم", "2024-10-05 09:00"),
    ],
)
def test_what_a_person_types(text: str, local: str) -> None:
    assert read(text) == at(local)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "hello",
            "t10",
            "call him",
            "x",
            "a",
            "m",
            "+",
            "+2",
            "روز",
            "ساعت",
            "may",
            "2024",
            "1403",
            "10 30",
        ),
        *(
            "25:00",
            "24:00",
            "tomorrow 25",
            "10:60",
            "99:99",
            "13 am",
            "0 pm",
            "31 February",
            "29 feb",
            "32 mehr",
            "1403/13/01",
        ),
        *(
            "1403/12/31",
            "13/25/2024",
            "03/07/08",
            "1600/01/01",
            "12 شب",
            "فردا ۱۲ شب",
            "today",
            "7 mehr",
            "10 14 mehr",
        ),
        *(
            "tomorrow tomorrow",
            "sat sun",
            "Fri 14 Mehr 1403",
            "جمعه ۱۴۰۳/۰۷/۰۷",
            "next hour",
            "+1h 10",
            "half a day",
        ),
        *(
            "99999d",
            "9999w",
            "9999 months",
            "tomorrow hello",
            "10 tomorrow 11",
            "-2d",
            "1403/07/08 hello",
            "tomorrow " * 50,
        ),
    ],
)
def test_what_is_doubtful_is_refused(text: str) -> None:
    assert read(text) is None


TUESDAY = datetime(2024, 10, 1, 10, 42, tzinfo=UTC)
"""10 Mehr 1403."""


@pytest.mark.parametrize(
    ("text", "calendar", "region", "local"),
    [
        ("the 15th", Calendar.GREGORIAN, "US", "2024-10-15 09:00"),
        ("on the 15th", Calendar.GREGORIAN, "US", "2024-10-15 09:00"),
        ("the 15th at 16:30", Calendar.GREGORIAN, "US", "2024-10-15 16:30"),
        ("10 the 15th", Calendar.GREGORIAN, "US", "2024-10-15 10:00"),
        ("1st", Calendar.GREGORIAN, "GB", None),
        ("the 31st", Calendar.GREGORIAN, "GB", "2024-10-31 09:00"),
        ("۱۵ام", Calendar.JALALI, "IR", "2024-10-06 09:00"),
        ("15 ام ساعت 10", Calendar.JALALI, "IR", "2024-10-06 10:00"),
        ("روز ۱۵", Calendar.JALALI, "IR", "2024-10-06 09:00"),
        ("۵ام", Calendar.JALALI, "IR", "2024-10-26 09:00"),
        ("يوم ١٥", Calendar.GREGORIAN, "EG", "2024-10-15 09:00"),
        ("thursday 3rd", Calendar.GREGORIAN, "US", "2024-10-03 09:00"),
        ("friday the 4th", Calendar.GREGORIAN, "US", "2024-10-04 09:00"),
        ("پنج شنبه ۱۲ام", Calendar.JALALI, "IR", "2024-10-03 09:00"),
        ("friday the 4th", Calendar.JALALI, "IR", "2024-10-25 09:00"),
        ("friday the 3rd", Calendar.GREGORIAN, "US", None),
        ("the 32nd", Calendar.GREGORIAN, "US", None),
        ("روز 40", Calendar.JALALI, "IR", None),
        ("hour 15th", Calendar.GREGORIAN, "US", None),
        ("10/8/2024", Calendar.GREGORIAN, "US", "2024-10-08 09:00"),
        ("10/8/2024", Calendar.GREGORIAN, "GB", "2024-08-10 09:00"),
        ("3/5/2027", Calendar.GREGORIAN, "US", "2027-03-05 09:00"),
        ("3/5/2027 14:00", Calendar.GREGORIAN, "us", "2027-03-05 14:00"),
        ("25/12/2024", Calendar.GREGORIAN, "US", "2024-12-25 09:00"),
        ("1446/04/10", Calendar.JALALI, "IR", None),
        ("1446/05/24", Calendar.GREGORIAN, "SA", "2024-11-26 09:00"),
        ("1446/04/10 16:00", Calendar.HIJRI, "SA", "2024-10-13 16:00"),
        ("٢٤ جمادى الأولى", Calendar.GREGORIAN, "SA", "2024-11-26 09:00"),
        ("the 15th", Calendar.HIJRI, "SA", "2024-10-18 09:00"),
    ],
)
def test_days_of_the_month_and_of_the_workspace(
    text: str, calendar: Calendar, region: str, local: str | None
) -> None:
    moment = parse_moment(text, Here(now=TUESDAY, zone="UTC", calendar=calendar, region=region))
    assert moment == (local and datetime.fromisoformat(local).replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", "2024-10-01"),
        ("tomorrow", "2024-10-02"),
        ("+2d", "2024-10-03"),
        ("in 4 days", "2024-10-05"),
        ("next week", "2024-10-08"),
        ("15/7", "2025-07-15"),
        ("1.12.", "2024-12-01"),
        ("the 15th", "2024-10-15"),
        ("شنبه", "2024-10-05"),
        ("غدا", "2024-10-02"),
        ("2024-10-05", "2024-10-05"),
        ("16:30", None),
        ("3", None),
        ("noon", None),
        ("+90m", None),
        ("in 3 hours", None),
        ("tonight", None),
        ("tomorrow 16:30", None),
        ("this afternoon", None),
        ("eod", None),
        ("9.10", "2024-10-09"),
        ("tomorow", None),
    ],
)
def test_a_day_is_no_time(text: str, day: str | None) -> None:
    read_as = read_day(text, Here(now=TUESDAY, zone="UTC", calendar=Calendar.GREGORIAN, region="GB")).said
    assert (read_as and read_as.isoformat()) == day


def test_months_are_those_of_the_calendar() -> None:
    end_of_shahrivar = datetime(2024, 9, 21, 8, 0, tzinfo=UTC)  # 31 Shahrivar
    assert read("in 1 month", end_of_shahrivar) == at("2024-10-21 11:30")  # 30 Mehr
    assert read("in 6 months", end_of_shahrivar, Calendar.GREGORIAN) == at("2025-03-21 11:30")


def test_clock_changes() -> None:
    # In Tehran 2022-03-22 00:00 to 01:00 did not exist.
    evening_before = datetime(2022, 3, 21, 15, 0, tzinfo=UTC)  # 18:30
    assert read("tomorrow 00:30", evening_before) == datetime(2022, 3, 21, 21, 0, tzinfo=UTC)  # 01:30
    assert read("+1d", evening_before) == at("2022-03-22 18:30")
    assert read("+24h", evening_before) == at("2022-03-22 19:30")


@pytest.mark.parametrize(
    ("text", "weekday"),
    [
        ("monday", 0),
        ("Sat", 5),
        ("شنبه", 5),
        ("روز شنبه", 5),
        ("سه شنبه", 1),
        ("سه‌شنبه", 1),
        ("۵شنبه", 3),
        ("پنج‌شنبه", 3),
        ("يوم السبت", 5),
        ("الأربعاء", 2),
        ("الاربعاء", 2),
        ("", None),
        ("hour sat", None),
        ("sat sun", None),
        ("tomorrow", None),
        ("5", None),
    ],
)
def test_parse_weekday(text: str, weekday: int | None) -> None:
    assert parse_weekday(text) == weekday


SCRAPS = (
    *(
        "tomorrow",
        "فردا",
        "غدا",
        "at",
        "ساعت",
        "10",
        "10:30",
        "۵",
        "am",
        "عصر",
        "sat",
        "شنبه",
        "next",
        "بعد",
        "14",
        "mehr",
    ),
    *(
        "oct",
        "1403/07/08",
        "2024",
        "+",
        "2",
        "9999",
        "d",
        "h",
        "m",
        "in",
        "دیگر",
        "و",
        "نیم",
        "ربع",
        "half",
        "an",
        "week",
        "ماه",
    ),
)
any_line = st.one_of(st.text(), st.lists(st.sampled_from(SCRAPS), max_size=6).map(" ".join))


@given(
    any_line,
    st.datetimes(datetime(1950, 1, 1), datetime(2095, 1, 1), timezones=st.just(UTC)),
    st.sampled_from(tuple(Calendar)),
)
@example("+9999m", NOW, Calendar.JALALI)
def test_any_text_is_read_without_complaint(text: str, now: datetime, calendar: Calendar) -> None:
    moment = read(text, now, calendar)
    if moment is not None:
        assert moment.tzinfo is UTC
        assert (moment.second, moment.microsecond) == (0, 0)
        assert parse_moment(f" {text} ", Here(now=now, zone=ZONE, calendar=calendar)) == moment


@given(
    st.integers(0, 23),
    st.integers(0, 59),
    st.datetimes(datetime(1980, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)),
)
@example(9, 5, NOW)
def test_a_time_alone_is_within_the_next_day(hour: int, minute: int, now: datetime) -> None:
    moment = read(f"{hour}:{minute:02}", now)
    assert moment is not None
    assert timedelta() < moment - now <= timedelta(hours=25)


@given(st.integers(0, 5000), st.datetimes(datetime(1980, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)))
def test_minutes_are_counted_from_now(minutes: int, now: datetime) -> None:
    assert read(f"+{minutes}m", now) == now.replace(second=0, microsecond=0) + timedelta(minutes=minutes)


any_hours = st.tuples(st.times(), st.times()).map(lambda span: WorkHours(min(span), max(span)))


@given(st.integers(1, 12), st.integers(0, 59), any_hours)
def test_a_bare_hour_is_nearer_to_the_hours_of_work_than_its_other_reading(
    hour: int, minute: int, hours: WorkHours
) -> None:
    reading = read_clock(f"{hour}" if minute == 0 else f"{hour} and {minute} minutes", hours)
    assert reading.said is not None
    assert {each.hour % 12 for each in (reading.said, *reading.others)} == {hour % 12}
    assert len(reading.others) == 1
    assert hours.outside(reading.said) <= hours.outside(reading.others[0])


@given(
    st.datetimes(datetime(1980, 1, 1), datetime(2070, 1, 1), timezones=st.just(UTC)),
    st.timedeltas(timedelta(), timedelta(days=800)),
    st.sampled_from(tuple(Calendar)),
    st.sampled_from(("en", "fa", "ar")),
    st.sampled_from(("GB", "US", "IR", "SA", "")),
    any_hours,
)
def test_what_is_shown_is_read_back_as_the_same_moment_and_no_other(
    now: datetime, ahead: timedelta, calendar: Calendar, language: str, region: str, hours: WorkHours
) -> None:
    moment = (now + ahead).replace(second=0, microsecond=0)
    shown = show_moment(moment, calendar, language, "UTC", now)
    reading = read_moment(shown, Here(now=now, zone="UTC", calendar=calendar, region=region, hours=hours))
    assert (reading.said, reading.others) == (moment, ())


@given(any_line, any_line)
def test_a_line_in_doubt_says_nothing(text: str, other: str) -> None:
    reading = read_moment(
        f"{text} {other}", Here(now=NOW, zone=ZONE, calendar=Calendar.GREGORIAN, region="GB")
    )
    if reading.said is None:
        assert (reading.doubt is Doubt.SEVERAL) == (len(reading.others) > 1)
        assert (reading.doubt is Doubt.MISSPELT) == bool(reading.meant)
    else:
        assert reading.said not in reading.others


def test_every_word_has_one_meaning() -> None:
    known: dict[str, object] = {}
    for meaning, spellings in meanings():
        for spelling in spellings:
            word = fold_words(spelling).replace(" ", "")
            assert word
            assert known.setdefault(word, meaning) == meaning, spelling
