"""Reading, showing and editing answers of every kind."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.domain.field import (
    AnswerValue,
    Field,
    FieldKind,
    FormatContext,
    edit_text,
    find_people,
    read_answer,
    read_email,
    show_answer,
)
from leadtui.domain.workspace import Colleague
from leadtui.errors import Invalid
from leadtui.language.calendar import Calendar

SARA = Colleague(1, "Sara Ahmadi", "sara@example.com")
SARAH = Colleague(2, "Sarah Becker", "sarah@example.com")
REZA = Colleague(3, "رضا کریمی", "reza@example.com")
HERE = FormatContext(
    now=datetime(2024, 9, 28, 7, 12, tzinfo=UTC),
    zone="Asia/Tehran",
    region="IR",
    calendar=Calendar.JALALI,
    language="en",
    currency="IRR",
    people=(SARA, SARAH, REZA),
)
SEATS = ("front row", "back row", "ردیف میانی")


def field(kind: FieldKind, *, required: bool = False) -> Field:
    return Field(1, "it", "It", kind, options=SEATS, required=required)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (FieldKind.TEXT, "  two\n words ", "two words"),
        (FieldKind.LONG_TEXT, "one\r\ntwo", "one\ntwo"),
        (FieldKind.NUMBER, "۱٬۲۰۰٫۵", "1200.5"),
        (FieldKind.NUMBER, "-3", "-3"),
        (FieldKind.INTEGER, "۱٬۲۰۰", "1200"),
        (FieldKind.YEAR, "۱۴۰۳", "1403"),
        (FieldKind.MONEY, "5,000,000 IRR", "5000000"),
        (FieldKind.MONEY, "۲۵۰ هزار تومان", "2500000"),
        (FieldKind.DATE, "۱۴۰۳/۰۷/۱۴", "2024-10-05"),
        (FieldKind.DATE, "tomorrow", "2024-09-29"),
        (FieldKind.TIME, "۱۰:۳۰", "10:30"),
        (FieldKind.WEEKDAY, "شنبه", 5),
        (FieldKind.WEEKDAY, "Monday", 0),
        (FieldKind.CHOICE, "front", "front row"),
        (FieldKind.CHOICE, "رديف مياني", "ردیف میانی"),
        (FieldKind.CHOICES, "back row، front row", ["front row", "back row"]),
        (FieldKind.YES_NO, "بله", True),
        (FieldKind.YES_NO, "n", False),
        (FieldKind.PHONE, "۰۹۱۲ ۳۴۵ ۶۷۸۹", "+989123456789"),
        (FieldKind.EMAIL, "Mina.S@Example.com", "mina.s@example.com"),
        (FieldKind.LINK, "example.com/meet", "https://example.com/meet"),
        (FieldKind.PERSON, "رضا", 3),
        (FieldKind.PERSON, "sara@example.com", 1),
    ],
)
def test_read(kind: FieldKind, typed: str, value: AnswerValue) -> None:
    assert read_answer(field(kind), typed, HERE) == value


@pytest.mark.parametrize(
    ("kind", "typed", "words"),
    [
        (FieldKind.NUMBER, "many", "takes a number"),
        (FieldKind.INTEGER, "1.5", "takes a whole number"),
        (FieldKind.YEAR, "20111", "takes a year"),
        (FieldKind.YEAR, "2,011", "takes a year"),
        (FieldKind.NUMBER, "NaN", "takes a number"),
        (FieldKind.NUMBER, "Infinity", "takes a number"),
        (FieldKind.MONEY, "IRR", "takes a number"),
        (FieldKind.MONEY, "$5", "takes an amount in rials; “\\$5” is in another currency"),
        (FieldKind.DATE, "1403/13/01", "takes a day"),
        (FieldKind.TIME, "25:00", "takes a time"),
        (FieldKind.WEEKDAY, "noday", "day of the week"),
        (FieldKind.CHOICE, "row", "takes one of: \u2068front row, back row, \u2068ردیف میانی"),
        (FieldKind.CHOICES, "front row, sofa", "takes one of"),
        (FieldKind.YES_NO, "perhaps", "yes or no"),
        (FieldKind.PHONE, "0912", "whole phone number"),
        (FieldKind.EMAIL, "mina@", "e-mail address"),
        (FieldKind.LINK, "javascript:alert(1)", "web address"),
        (FieldKind.PERSON, "sara", "several people"),
        (FieldKind.PERSON, "nobody", "nobody here"),
    ],
)
def test_refuse(kind: FieldKind, typed: str, words: str) -> None:
    with pytest.raises(Invalid, match=words) as caught:
        read_answer(field(kind), typed, HERE)
    assert caught.value.field == "it"


@pytest.mark.parametrize("kind", FieldKind)
def test_nothing_typed(kind: FieldKind) -> None:
    assert read_answer(field(kind), " \u200c ", HERE) is None
    with pytest.raises(Invalid, match="It is needed"):
        read_answer(field(kind, required=True), "", HERE)


@pytest.mark.parametrize("typed", [",", " ، \n؛, "])
def test_commas_alone_choose_nothing(typed: str) -> None:
    assert read_answer(field(FieldKind.CHOICES), typed, HERE) is None
    with pytest.raises(Invalid, match="It is needed"):
        read_answer(field(FieldKind.CHOICES, required=True), typed, HERE)


@given(kind=st.sampled_from(FieldKind), typed=st.text(max_size=40))
def test_whatever_is_typed_is_read_or_refused_and_reads_back(kind: FieldKind, typed: str) -> None:
    try:
        value = read_answer(field(kind), typed, HERE)
    except Invalid:
        return
    if value is not None:
        assert show_answer(kind, value, HERE)
        assert read_answer(field(kind), edit_text(kind, value, HERE), HERE) == value


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        (FieldKind.DATE, "2024-10-05", "Sat 14 Mehr 1403"),
        (FieldKind.TIME, "10:30", "10:30"),
        (FieldKind.MONEY, "5000000", "5,000,000 rials"),
        (FieldKind.NUMBER, "1200.50", "1200.50"),
        (FieldKind.INTEGER, "12000", "12000"),
        (FieldKind.YEAR, "2011", "2011"),
        (FieldKind.YES_NO, True, "yes"),
        (FieldKind.CHOICES, ["front row", "back row"], "front row, back row"),
        (FieldKind.PERSON, 3, "رضا کریمی"),
        (FieldKind.PERSON, 99, "somebody"),
        (FieldKind.PHONE, "+989123456789", "0912 345 6789"),
    ],
)
def test_show(kind: FieldKind, value: AnswerValue, shown: str) -> None:
    assert show_answer(kind, value, HERE) == shown


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("sar", [1, 2]),
        ("Sara Ahmadi", [1]),
        ("beck", [2]),
        ("کريمي", [3]),
        ("@example.com", [1, 2, 3]),
        ("", []),
    ],
)
def test_find_people(typed: str, expected: list[int]) -> None:
    assert [person.id for person in find_people(typed, HERE.people)] == expected


@pytest.mark.parametrize(
    "typed", ["a@b", "a b@c.de", "a@b..c", "@b.c", "a@.c", "a@b.c.", "a@b,c.de", "x" * 250 + "@b.cd"]
)
def test_unusable_addresses(typed: str) -> None:
    assert read_email(typed) is None
