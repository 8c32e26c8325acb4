"""The digits that a person has chosen, in numbers, days, times and sentences of every language."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from leadtui.language import translate
from leadtui.language.calendar import Calendar, show_date, show_moment, show_relative, show_time
from leadtui.language.translate import (
    LANGUAGES,
    Digits,
    base_language,
    digits_of,
    is_right_to_left,
    show_digits,
    show_number,
    speaks,
    spoken,
    with_digits,
)

NOW = datetime(2024, 9, 28, 7, 12, tzinfo=UTC)
SIGNS = {Digits.LATIN: "0123456789", Digits.PERSIAN: "۰۱۲۳۴۵۶۷۸۹", Digits.ARABIC: "٠١٢٣٤٥٦٧٨٩"}
NUMBERS = {Digits.LATIN: "12,480.5", Digits.PERSIAN: "۱۲٬۴۸۰٫۵", Digits.ARABIC: "١٢٬٤٨٠٫٥"}


@pytest.mark.parametrize("digits", list(Digits))
@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_shown_in_the_digits_of_the_tag(language: str, digits: Digits) -> None:
    tag = with_digits(language, digits)
    shown = (
        show_digits("0123456789", tag),
        show_date(date(2024, 9, 28), Calendar.JALALI, tag, style="numeric"),
        show_date(NOW, Calendar.GREGORIAN, tag, style="long"),
        show_time(NOW, tag),
        show_moment(NOW, Calendar.JALALI, tag, "Asia/Tehran", NOW),
        show_relative(datetime(2024, 9, 20, tzinfo=UTC), NOW, tag, "Asia/Tehran", due=True),
    )
    others = "".join(signs for kind, signs in SIGNS.items() if kind is not digits)
    assert not [each for each in shown if any(sign in others for sign in each)]
    assert shown[0] == SIGNS[digits]
    assert show_number(Decimal("12480.5"), tag) == NUMBERS[digits]


@pytest.mark.parametrize("digits", list(Digits))
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tag_with_digits_is_of_its_language(language: str, digits: Digits) -> None:
    tag = with_digits(language, digits)
    assert (base_language(tag), digits_of(tag), speaks(tag), spoken(tag)) == (language, digits, True, tag)
    assert is_right_to_left(tag) == is_right_to_left(language)
    assert digits_of(with_digits(language, None)) == digits_of(language)


@pytest.mark.parametrize(
    ("language", "digits"), [("fa", Digits.LATIN), ("fa", Digits.ARABIC), ("ar", Digits.LATIN)]
)
def test_sentences_of_the_catalogue_have_them_too(language: str, digits: Digits) -> None:
    before = translate.language()
    own = SIGNS[digits_of(language)]
    try:
        translate.use(with_digits(language, digits))
        example = translate._("Type when, such as tomorrow 10.")
        assert not any(sign in own for sign in example)
        assert any(sign in SIGNS[digits] for sign in example)
        assert "F2" in translate._("“{title}” is the team's; save one of your own with F2.")
    finally:
        translate.use(before)
