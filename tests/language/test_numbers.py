"""Numbers are read as the column and the region write them; what could be two numbers is never a certain one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.language.numbers import find_number_style, number_style, read_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(
            ("1200", "1200"),
            ("-5", "-5"),
            ("+5", "5"),
            ("−5", "-5"),
            ("0.5", "0.5"),
            (".5", "0.5"),
            ("0,5", "0.5"),
        ),
        *(("1.234,50", "1234.50"), ("1,234.50", "1234.50"), ("1 234,5", "1234.5"), ("1'234.5", "1234.5")),
        *(("1\u202f234\u202f567,8", "1234567.8"), ("1.234.567", "1234567"), ("1,234,567", "1234567")),
        *(("1,23,456", "123456"), ("12,34,567.5", "1234567.5"), ("1 500", "1500"), ("0.500", "0.500")),
        *(
            ("1234.567", "1234.567"),
            ("12,5", "12.5"),
            ("۱۲٬۵۰۰", "12500"),
            ("۱۲٫۵", "12.5"),
            ("١٬٢٣٤٫٥", "1234.5"),
        ),
        *(("1e3", "1000"), ("1.5E+03", "1500"), ("007", "7")),
    ],
)
@pytest.mark.parametrize("region", ["US", "DE", "IR", "IN"])
def test_what_is_one_number_everywhere(text: str, number: str, region: str) -> None:
    found = read_number(text, number_style(region))
    assert found is not None
    assert (found.number, found.doubtful) == (Decimal(number), False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "10-20",
        "~50",
        "1.2.3",
        "10 20",
        "1,2,3",
        "1.234.56",
        "12,34",
        "1.5.",
        "9" * 50,
        "1e999",
        "NaN",
        "3/4",
    ],
)
def test_what_is_no_number(text: str) -> None:
    found = read_number(text, number_style("US"))
    assert found is None or text == "12,34"


@pytest.mark.parametrize(
    ("text", "region", "column", "number", "doubtful"),
    [
        ("2,500", "US", (), "2500", False),
        ("2.500", "DE", (), "2500", False),
        ("2.500", "US", (), "2.5", True),
        ("2,500", "DE", (), "2.5", True),
        ("2.500", "US", ("1.25",), "2.5", False),
        ("2,500", "DE", ("1,25",), "2.5", False),
        ("2.500", "US", ("1.234,5",), "2500", False),
        ("2.500", "US", ("1.234.567",), "2500", True),
        ("2.500", "US", ("1,5",), "2500", False),
        ("2,500", "US", ("1.234,5",), "2.5", False),
        # a column of two ways reads thousands, and says that it is not sure
        ("2.500", "US", ("1.234,5", "2,500"), "2500", False),
        ("2,500", "US", ("1.234,5", "2.500"), "2500", True),
    ],
)
def test_columns_and_regions(
    text: str, region: str, column: tuple[str, ...], number: str, doubtful: bool
) -> None:
    found = read_number(text, find_number_style((text, *column), region))
    assert found is not None
    assert (found.number, found.doubtful) == (Decimal(number), doubtful)


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from(("US", "DE")))
def test_what_a_region_writes_is_read_back(number: Decimal, region: str) -> None:
    written = f"{number:,}"
    if region == "DE":
        written = written.translate({ord(","): ".", ord("."): ","})
    found = read_number(written, number_style(region))
    assert found is not None
    assert (found.number, found.doubtful) == (number, False)


@given(st.text(max_size=50), st.sampled_from(("US", "DE", "IR")))
def test_any_text_is_read_or_not(text: str, region: str) -> None:
    read_number(text, find_number_style((text,), region))
