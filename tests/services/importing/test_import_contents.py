"""The order and the calendar of a column's dates follow from the values that decide."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.language.calendar import Calendar, from_parts, to_parts
from leadtui.services.importing.contents import DateOrder, DateStyle, find_date_style

GREGORIAN, JALALI = Calendar.GREGORIAN, Calendar.JALALI


@pytest.mark.parametrize(
    ("values", "style"),
    [
        (["۱۴۰۳/۰۶/۳۰ ۰۸:۱۸", "x", ""], DateStyle(JALALI, DateOrder.YEAR_FIRST)),
        (["2024-09-20T08:31:00+03:30"], DateStyle(GREGORIAN, DateOrder.YEAR_FIRST)),
        (["03/04/2024", "25/04/2024"], DateStyle(GREGORIAN, DateOrder.DAY_FIRST)),
        (["03/04/2024", "04/25/2024 10:00"], DateStyle(GREGORIAN, DateOrder.MONTH_FIRST)),
        (["03/04/2024", "05/06/2024"], DateStyle(GREGORIAN, DateOrder.DAY_FIRST, certain=False)),
        (["25/04/2024", "04/25/2024"], DateStyle(GREGORIAN, DateOrder.DAY_FIRST, certain=False)),
        (["30/06/1403"], DateStyle(JALALI, DateOrder.DAY_FIRST)),
        (["20.09.2024"], DateStyle(GREGORIAN, DateOrder.DAY_FIRST)),
    ],
)
def test_the_style_of_a_column(values: list[str], style: DateStyle) -> None:
    assert find_date_style(values) == style


@pytest.mark.parametrize("values", [[], ["", "Ali", "12"], ["20 Sep"], ["1/2/9999"]])
def test_a_column_without_dates_has_no_style(values: list[str]) -> None:
    assert find_date_style(values) is None


WRITTEN = {
    DateOrder.YEAR_FIRST: "{year:04}/{month:02}/{day:02}",
    DateOrder.DAY_FIRST: "{day}/{month}/{year:04}",
    DateOrder.MONTH_FIRST: "{month:02}-{day:02}-{year:04}",
}


@given(
    st.lists(st.dates(date(1950, 1, 1), date(2090, 12, 31)), min_size=1, max_size=20),
    st.sampled_from(Calendar),
    st.sampled_from(DateOrder),
)
def test_a_column_that_decides_is_read_back(days: list[date], calendar: Calendar, order: DateOrder) -> None:
    days.append(from_parts(1403, 6, 30, JALALI) or date.min)  # the 30th, and 20 September
    cells: list[str] = []
    for day in days:
        year, month, number = to_parts(day, calendar)
        cells.append(WRITTEN[order].format(year=year, month=month, day=number))
    style = find_date_style(cells)
    assert style is not None
    assert style == DateStyle(calendar, order)
    for cell, day in zip(cells, days, strict=True):
        assert style.read(cell, "UTC") == datetime(day.year, day.month, day.day, tzinfo=UTC)


def test_an_undecided_column_reads_what_only_one_order_allows() -> None:
    undecided = DateStyle(GREGORIAN, DateOrder.DAY_FIRST, certain=False)
    assert undecided.read("03/04/2024", "UTC") == datetime(2024, 4, 3, tzinfo=UTC)
    assert undecided.read("04/25/2024", "UTC") == datetime(2024, 4, 25, tzinfo=UTC)
    assert DateStyle(GREGORIAN, DateOrder.DAY_FIRST).read("04/25/2024", "UTC") is None


def test_a_style_is_said_in_words() -> None:
    assert DateStyle(JALALI, DateOrder.YEAR_FIRST).words() == ("Jalali dates", "year first")
    assert DateStyle(GREGORIAN, DateOrder.DAY_FIRST, certain=False).words()[2:] == (
        "no date says whether the day or the month comes first",
    )
