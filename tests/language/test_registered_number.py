"""The numbers under which businesses are registered, by their form and check digits."""

from __future__ import annotations

import pytest

from leadtui.language.registered_number import is_national_id, is_registered_number, registered_number


@pytest.mark.parametrize("number", ["10380284790", "10101161331", "14007650912", "14000012340"])
def test_a_national_id_has_one_check_digit(number: str) -> None:
    assert is_national_id(number)
    assert [is_national_id(number[:-1] + digit) for digit in "0123456789"].count(True) == 1


@pytest.mark.parametrize("number", ["", "1038028479", "103802847900", "00000000000", "1038028479a"])
def test_what_is_no_national_id(number: str) -> None:
    assert not is_national_id(number)


@pytest.mark.parametrize(
    ("typed", "region", "right"),
    [
        ("۱۰۳۸۰۲۸۴۷۹۰", "IR", True),
        ("10380285692", "IR", False),
        ("ATU13585627", "AT", True),
        ("ATU13585628", "AT", False),
        ("DE136695976", "DE", True),
        ("DE136695978", "DE", False),
        ("12-3456789", "US", True),
        ("01234567", "GB", True),
        ("whatever 7", "AF", True),
    ],
)
def test_each_country_has_its_forms(typed: str, region: str, right: bool) -> None:
    assert is_registered_number(registered_number(typed), region) is right
