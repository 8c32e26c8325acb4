"""Answers of any value: shown without complaint, and small however they were typed."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import Any

import pytest
from hostile_texts import HOSTILE, INSIDE_EMOJI, TEXTS, harm_in
from hypothesis import example, given
from hypothesis import strategies as st

from leadtui.domain.field import Field, FieldKind, FormatContext, edit_text, read_answer, show_answer
from leadtui.errors import Invalid
from leadtui.language.bidi import without_isolates
from leadtui.language.calendar import Calendar

TEHRAN = FormatContext(
    datetime(2024, 9, 28, 7, 12, tzinfo=UTC), "Asia/Tehran", "IR", Calendar.JALALI, "fa", "IRR"
)

VALUES = st.one_of(TEXTS, st.integers(), st.booleans(), st.lists(TEXTS | st.integers(), max_size=3))


@given(kind=st.sampled_from(FieldKind), value=VALUES)
@example(kind=FieldKind.DATE, value="0001-01-01")
@example(kind=FieldKind.WEEKDAY, value=99)
def test_any_value_can_be_shown_as_an_answer_of_any_kind(kind: FieldKind, value: Any) -> None:
    assert isinstance(show_answer(kind, value, TEHRAN), str)
    assert isinstance(edit_text(kind, value, TEHRAN), str)


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        (FieldKind.DATE, "[/b] soon", "[/b] soon"),
        (FieldKind.TIME, "noon", "noon"),
        (FieldKind.WEEKDAY, "some day", "some day"),
        (FieldKind.NUMBER, "a dozen", "a dozen"),
        (FieldKind.YES_NO, "perhaps", "perhaps"),
        (FieldKind.CHOICES, "one", "one"),
        (FieldKind.TEXT, ["one", "two"], "one, two"),
    ],
)
def test_what_is_not_of_its_kind_is_shown_as_it_is(kind: FieldKind, value: Any, shown: str) -> None:
    assert show_answer(kind, value, TEHRAN) == shown


@given(kind=st.sampled_from(FieldKind), typed=TEXTS)
@example(kind=FieldKind.EMAIL, typed="\u0390@example.com")
def test_what_is_kept_of_a_typed_answer_is_clean(kind: FieldKind, typed: str) -> None:
    try:
        value = read_answer(Field(1, "it", "It", kind, ("One", "Two")), typed, TEHRAN)
    except Invalid:
        return
    if isinstance(value, str):
        assert not harm_in(value.replace("\n", ""), allowed=INSIDE_EMOJI)
        assert unicodedata.is_normalized("NFC", value)


@pytest.mark.parametrize(
    "typed", ["9e999999999", "-1e-999999999", "0e999999", "9" * 5_000, "NaN", "sNaN", "inf"]
)
@pytest.mark.parametrize("kind", [FieldKind.NUMBER, FieldKind.MONEY])
def test_a_number_without_end_is_refused(kind: FieldKind, typed: str) -> None:
    with pytest.raises(Invalid, match="takes a number"):
        read_answer(Field(1, "it", "It", kind), typed, TEHRAN)


@pytest.mark.parametrize("typed", HOSTILE)
def test_a_field_of_any_title_says_what_it_takes(typed: str) -> None:
    with pytest.raises(Invalid) as problem:
        read_answer(Field(1, "it", typed, FieldKind.DATE), "no day", TEHRAN)
    assert without_isolates(str(problem.value)).startswith(without_isolates(typed))
