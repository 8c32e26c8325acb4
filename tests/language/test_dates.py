"""Dates are read in three calendars and three languages; what is doubtful is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.language.calendar_names import Calendar
from leadtui.language.dates import parse_date, year_doubt


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
@pytest.mark.parametrize("hint", [None, Calendar.GREGORIAN, Calendar.JALALI])
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
@pytest.mark.parametrize("hint", [None, Calendar.GREGORIAN, Calendar.JALALI])
def test_what_is_no_date(text: str, hint: Calendar | None) -> None:
    assert parse_date(text, hint) is None


@pytest.mark.parametrize(
    ("text", "hint", "expected"),
    [
        ("99/07/08", Calendar.JALALI, date(2020, 9, 29)),
        ("8/7/99", Calendar.JALALI, date(2020, 9, 29)),
        ("99/07/08", Calendar.GREGORIAN, date(1999, 7, 8)),
        ("46/05/24", Calendar.HIJRI, date(2024, 11, 26)),
        ("24/5/99", Calendar.HIJRI, date(1979, 4, 21)),
        ("99/07/08", None, None),
        ("45/07/08", Calendar.GREGORIAN, None),
    ],
)
def test_years_of_two_digits(text: str, hint: Calendar | None, expected: date | None) -> None:
    assert parse_date(text, hint) == expected


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        ("05/10/2024", "GB", date(2024, 10, 5)),
        ("05/10/2024", "US", date(2024, 5, 10)),
        ("09/29/2024", "GB", date(2024, 9, 29)),
        ("09/29/2024", "US", date(2024, 9, 29)),
        ("29/09/2024", "US", date(2024, 9, 29)),
        ("29/29/2024", "US", None),
        ("2024/05/10", "US", date(2024, 5, 10)),
        ("7/8/1403", "US", date(2024, 9, 29)),
    ],
)
def test_order_of_day_and_month(text: str, region: str, expected: date | None) -> None:
    assert parse_date(text, None, region) == expected


@pytest.mark.parametrize(
    ("text", "hint", "region", "expected"),
    [
        ("1446/05/24", Calendar.HIJRI, "", date(2024, 11, 26)),
        ("1446/05/24", Calendar.HIJRI, "IR", date(2024, 11, 26)),
        ("1446/05/24", Calendar.GREGORIAN, "SA", date(2024, 11, 26)),
        ("24-5-1446", Calendar.GREGORIAN, "DE", date(2024, 11, 26)),
        ("1446/05/24", Calendar.JALALI, "", None),
        ("1446/05/24", Calendar.GREGORIAN, "IR", None),
        ("14460524", Calendar.JALALI, "IR", None),
        ("۲۴/۰۵/۱۴۴۶", Calendar.JALALI, "IR", None),
        ("24 Jumada I 1446", Calendar.JALALI, "IR", date(2024, 11, 26)),
        ("۲۴ جمادی‌الاول ۱۴۴۶", Calendar.JALALI, "IR", date(2024, 11, 26)),
        ("٢٤ جمادى الأولى ١٤٤٦", Calendar.GREGORIAN, "IR", date(2024, 11, 26)),
        ("24 Mordad 1446", Calendar.JALALI, "IR", date(2067, 8, 15)),
        ("1 رمضان 46", Calendar.JALALI, "IR", date(2025, 3, 1)),
        # Years that the Jalali calendar is in, or was within a lifetime.
        ("1403/07/08", Calendar.JALALI, "SA", date(2024, 9, 29)),
        ("1403/07/08", Calendar.GREGORIAN, "IR", date(2024, 9, 29)),
        ("1403/07/08", Calendar.GREGORIAN, "SA", date(1983, 4, 21)),
        ("1403/07/08", Calendar.HIJRI, "IR", date(1983, 4, 21)),
        ("2024-09-29", Calendar.HIJRI, "SA", date(2024, 9, 29)),
    ],
)
def test_a_year_of_two_calendars_is_read_as_said_or_refused_with_the_reason(
    text: str, hint: Calendar, region: str, expected: date | None
) -> None:
    assert parse_date(text, hint, region) == expected
    doubt = "1446 may be a Hijri year or a Jalali one; write the month's name."
    assert year_doubt(text, hint, region) == ("" if expected else doubt)


@given(
    st.one_of(st.text(), st.text(alphabet="0123456789/-.: TZ+۰۳۹٣مهرSepampm,عصر", max_size=40)),
    st.sampled_from((None, *Calendar)),
)
def test_any_text_is_read_without_complaint(text: str, hint: Calendar | None) -> None:
    day = parse_date(text, hint)
    assert day is None or date(1899, 1, 1) < day < date(2123, 1, 1)
