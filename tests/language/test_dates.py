"""Dates are read in both calendars and three languages; what is doubtful is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.language.calendar_names import Calendar
from leadtui.language.dates import parse_date, parse_datetime

ZONE = "Asia/Tehran"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("۱۴۰۳/۰۷/۰۸", date(2024, 9, 29)),
        ("1403-7-8", date(2024, 9, 29)),
        ("1403.07.08", date(2024, 9, 29)),
        ("08/07/1403", date(2024, 9, 29)),
        ("14030708", date(2024, 9, 29)),
        ("١٤٠٣/٧/٨", date(2024, 9, 29)),
        ("1403 / 7 / 8", date(2024, 9, 29)),
        ("۸ مهر ۱۴۰۳", date(2024, 9, 29)),
        ("8 مهر، 1403", date(2024, 9, 29)),
        ("1403 مهر 8", date(2024, 9, 29)),
        ("7 Mehr 1403", date(2024, 9, 28)),
        ("شنبه ۷ مهر ۱۴۰۳", date(2024, 9, 28)),
        ("30 اسفند 1403", date(2025, 3, 20)),
        ("8 مهر 03", date(2024, 9, 29)),
        ("8 مهر 75", date(1996, 9, 29)),
        ("2024-09-29", date(2024, 9, 29)),
        ("2024/9/29", date(2024, 9, 29)),
        ("29.9.2024", date(2024, 9, 29)),
        ("9/29/2024", date(2024, 9, 29)),
        ("20240929", date(2024, 9, 29)),
        ("29 Sep 2024", date(2024, 9, 29)),
        ("29th of September 2024", date(2024, 9, 29)),
        ("Sep 29, 2024", date(2024, 9, 29)),
        ("Sun 29 Sep 2024", date(2024, 9, 29)),
        ("29 Sep 24", date(2024, 9, 29)),
        ("29 Sep 79", date(1979, 9, 29)),
        ("۲۹ سپتامبر ۲۰۲۴", date(2024, 9, 29)),
        ("٢٩ سبتمبر ٢٠٢٤", date(2024, 9, 29)),
        ("29 أيلول 2024", date(2024, 9, 29)),
        ("5 تشرين الأول 2024", date(2024, 10, 5)),
        ("الأحد 29 سبتمبر 2024", date(2024, 9, 29)),
        ("05/10/2024", date(2024, 10, 5)),
    ],
)
@pytest.mark.parametrize("hint", [None, *Calendar])
def test_the_year_decides_the_calendar(text: str, expected: date, hint: Calendar | None) -> None:
    assert parse_date(text, hint) == expected


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "x",
            "1403",
            "1403/13/01",
            "1403/12/31",
            "1403/07/31",
            "1404/12/30",
            "2024-02-30",
            "2023-02-29",
            "31 Feb 2024",
        ),
        *(
            "03/07/08",
            "29/9/24",
            "5/10/24",
            "1600/01/01",
            "2200-01-01",
            "1899-12-31",
            "0001-01-01",
            "20241329",
        ),
        *(
            "29 Mehr 2024",
            "29 Sep 1403",
            "8 مهر 3",
            "8 مهر",
            "جمعه ۷ مهر ۱۴۰۳",
            "2024-09/29",
            "2024-09-29-1",
            "1403/07/08 10:30",
        ),
        *("+98 912 111 2233", "9" * 200),
    ],
)
@pytest.mark.parametrize("hint", [None, *Calendar])
def test_what_is_no_date(text: str, hint: Calendar | None) -> None:
    assert parse_date(text, hint) is None


@pytest.mark.parametrize(
    ("text", "hint", "expected"),
    [
        ("99/07/08", Calendar.JALALI, date(2020, 9, 29)),
        ("8/7/99", Calendar.JALALI, date(2020, 9, 29)),
        ("99/07/08", Calendar.GREGORIAN, date(1999, 7, 8)),
        ("99/07/08", None, None),
        ("45/07/08", Calendar.GREGORIAN, None),
    ],
)
def test_years_of_two_digits(text: str, hint: Calendar | None, expected: date | None) -> None:
    assert parse_date(text, hint) == expected


@pytest.mark.parametrize(
    ("text", "month_first", "expected"),
    [
        ("05/10/2024", False, date(2024, 10, 5)),
        ("05/10/2024", True, date(2024, 5, 10)),
        ("09/29/2024", False, date(2024, 9, 29)),
        ("09/29/2024", True, date(2024, 9, 29)),
        ("29/09/2024", True, date(2024, 9, 29)),
        ("29/29/2024", True, None),
        ("2024/05/10", True, date(2024, 5, 10)),
        ("7/8/1403", True, date(2024, 9, 29)),
    ],
)
def test_order_of_day_and_month(text: str, month_first: bool, expected: date | None) -> None:
    assert parse_date(text, None, month_first=month_first) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("۱۴۰۳/۰۶/۳۰ ۰۸:۱۸", datetime(2024, 9, 20, 4, 48, tzinfo=UTC)),
        ("۱۴۰۳/۰۶/۳۰ - ۰۸:۱۸", datetime(2024, 9, 20, 4, 48, tzinfo=UTC)),
        ("08:18 1403/06/30", datetime(2024, 9, 20, 4, 48, tzinfo=UTC)),
        ("۳۰ شهریور ۱۴۰۳ ساعت ۸:۱۸", datetime(2024, 9, 20, 4, 48, tzinfo=UTC)),
        ("۱۴۰۳/۰۶/۳۰ ۸:۱۸ ب.ظ", datetime(2024, 9, 20, 16, 48, tzinfo=UTC)),
        ("۱۴۰۳/۰۶/۳۰ ۸:۱۸ ق.ظ", datetime(2024, 9, 20, 4, 48, tzinfo=UTC)),
        ("2024-09-20 09:20:00", datetime(2024, 9, 20, 5, 50, tzinfo=UTC)),
        ("2024-09-20T09:20:00.123", datetime(2024, 9, 20, 5, 50, tzinfo=UTC)),
        ("2024-09-20T08:31:00+03:30", datetime(2024, 9, 20, 5, 1, tzinfo=UTC)),
        ("2024-09-20T08:31:00.000+0330", datetime(2024, 9, 20, 5, 1, tzinfo=UTC)),
        ("2024-09-20 08:31 -05", datetime(2024, 9, 20, 13, 31, tzinfo=UTC)),
        ("2024-09-20T08:31Z", datetime(2024, 9, 20, 8, 31, tzinfo=UTC)),
        ("2024-09-20 08:31 UTC", datetime(2024, 9, 20, 8, 31, tzinfo=UTC)),
        ("9/20/2024 8:05 PM", datetime(2024, 9, 20, 16, 35, tzinfo=UTC)),
        ("20 Sep 2024 9 pm", datetime(2024, 9, 20, 17, 30, tzinfo=UTC)),
        ("Fri 20 Sep 2024, 21:00", datetime(2024, 9, 20, 17, 30, tzinfo=UTC)),
        ("2024-09-20", datetime(2024, 9, 19, 20, 30, tzinfo=UTC)),
        ("1403/06/30", datetime(2024, 9, 19, 20, 30, tzinfo=UTC)),
    ],
)
def test_parse_datetime(text: str, expected: datetime) -> None:
    assert parse_datetime(text, ZONE) == expected


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "x",
            "10:30",
            "2024-09-20 25:00",
            "2024-09-20 10:60",
            "2024-09-20 10:30:61",
            "2024-13-20 10:00",
        ),
        *(
            "2024-09-20 10:00 +15:00",
            "2024-09-20 صبح",
            "2024-09-20 13 am",
            "2024-09-20 10:00 11:00",
            "2024-09-20 hello",
        ),
    ],
)
def test_what_is_no_moment(text: str) -> None:
    assert parse_datetime(text, ZONE) is None


def test_the_order_holds_beside_a_time() -> None:
    assert parse_datetime("05/10/2024 10:00", "UTC", month_first=True) == datetime(
        2024, 5, 10, 10, tzinfo=UTC
    )
    assert parse_datetime("05/10/2024 10 am", "UTC") == datetime(2024, 10, 5, 10, tzinfo=UTC)
    assert parse_datetime("99/07/08 10:00", "UTC", Calendar.JALALI) == datetime(2020, 9, 29, 10, tzinfo=UTC)


def test_clock_changes() -> None:
    # In Tehran 2022-03-22 00:00 to 01:00 did not exist, and 2022-09-21 23:00 to 24:00 came twice.
    assert parse_datetime("2022-03-22 00:30", ZONE) == datetime(2022, 3, 21, 21, 0, tzinfo=UTC)
    assert parse_datetime("2022-03-22", ZONE) == parse_datetime("2022-03-22 01:00", ZONE)
    assert parse_datetime("2022-09-21 23:30", ZONE) == datetime(2022, 9, 21, 19, 0, tzinfo=UTC)


@given(
    st.one_of(st.text(), st.text(alphabet="0123456789/-.: TZ+۰۳۹٣مهرSepampm,عصر", max_size=40)),
    st.sampled_from((None, *Calendar)),
)
def test_any_text_is_read_without_complaint(text: str, hint: Calendar | None) -> None:
    day = parse_date(text, hint)
    assert day is None or date(1899, 1, 1) < day < date(2123, 1, 1)
    moment = parse_datetime(text, ZONE, hint)
    assert moment is None or moment.tzinfo is UTC
