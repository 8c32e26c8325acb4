"""Amounts are read as people of three languages write them, and what is shown of one is read back as the same."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.language import cldr
from leadtui.language.money import OtherCurrencyError, currency_unit, read_money, show_money, smallest_part
from leadtui.language.numbers import number_style
from leadtui.language.translate import LANGUAGES, Digits, with_digits

POINT = number_style("US")


@pytest.mark.parametrize(
    ("text", "rials"),
    [
        ("2500000", "2500000"),
        ("۲۵۰ هزار تومان", "2500000"),
        ("۲۵۰هزار تومن", "2500000"),
        ("۲۵۰\u200cهزار\u200cتومان", "2500000"),
        ("۲٫۵ میلیون", "2500000"),
        ("2500000 ریال", "2500000"),
        ("۱۲٬۵۰۰﷼", "12500"),
        ("ریال ۵", "5"),
        ("250k", "250000"),
        ("250 K", "250000"),
        ("۲۵۰ ک", "250000"),
        ("1.5m", "1500000"),
        (".5m", "500000"),
        ("1.25 bn IRR", "1250000000"),
        ("٢٥٠ ألف", "250000"),
        ("٢٥٠ ألف ريال", "250000"),
        ("٥ آلاف تومان", "50000"),
        ("٥٠٠٠ ريالًا", "5000"),
        ("مليون", "1000000"),
        ("مليونان", "2000000"),
        ("ألفين", "2000"),
        ("٣ ملايين", "3000000"),
        ("١٫٥ مليار", "1500000000"),
        ("۳ میلیارد", "3000000000"),
        ("۲ هزار میلیارد تومان", "20000000000000"),
        ("۲ میلیون و ۵۰۰ هزار تومان", "25000000"),
        ("2 million, 500 thousand", "2500000"),
        ("250 thousand", "250000"),
        ("هزار تومان", "10000"),
        ("مليون ونصف", "1500000"),
        ("مليون و نصف ريال", "1500000"),
        ("ألف ونصف", "1500"),
        ("مليونان ونصف", "2500000"),
        ("نصف مليون", "500000"),
        ("یک میلیون و نیم", "1500000"),
        ("یک میلیون و نیم تومان", "15000000"),
        ("۲ میلیون و نیم", "2500000"),
        ("۲ و نیم میلیون تومان", "25000000"),
        ("نیم میلیون", "500000"),
        ("میلیون و ۵۰۰ هزار", "1500000"),
        ("یک میلیارد", "1000000000"),
        ("a million and a half", "1500000"),
        ("One million", "1000000"),
        ("2 and a half million", "2500000"),
        ("half a million", "500000"),
        ("1 toman", "10"),
        ("1,000,000 rials", "1000000"),
        ("1 Iranian rial", "1"),
        ("irr 5", "5"),
        ("ر.إ.500", "500"),
        ("-۲٫۵ میلیون", "-2500000"),
        ("1.234,50 ریال", "1234.50"),
    ],
)
def test_what_is_written_of_rials(text: str, rials: str) -> None:
    found = read_money(text, POINT, "IRR")
    assert found is not None
    assert (format(found.number, "f"), found.doubtful) == (rials, False)


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("$1.5m", "USD", "1500000"),
        ("-$5", "USD", "-5"),
        ("$.5", "USD", "0.5"),
        ("13,260 USD", "USD", "13260"),
        ("$5 USD", "USD", "5"),
        ("۵ دلار", "CAD", "5"),
        ("5 €", "EUR", "5"),
        ("Rs.500", "PKR", "500"),
        ("٢٥٠ ألف ليرة", "LBP", "250000"),
        ("5 xyz", "XYZ", "5"),
    ],
)
def test_every_currency_has_its_name_its_sign_and_its_code(text: str, currency: str, amount: str) -> None:
    found = read_money(text, POINT, currency)
    assert found is not None
    assert format(found.number, "f") == amount


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("$5", "IRR"),
        ("5 USD", "IRR"),
        ("۵ دلار", "IRR"),
        ("€ 5k", "USD"),
        ("250 هزار تومان", "USD"),
        ("5 rials", "USD"),
    ],
)
def test_amounts_in_another_currency(text: str, currency: str) -> None:
    with pytest.raises(OtherCurrencyError):
        read_money(text, POINT, currency)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "k",
            "m",
            "x",
            "IRR",
            "تومان",
            "many rials",
            "10-20k",
            "1.2.3 million",
            "۲/۵ میلیون",
            "5 perhaps",
        ),
        *(
            "2 million and 500",
            "5 thousand 3 million",
            "toman 5 rial",
            "NaN",
            "9" * 38 + " trillion",
            "5" * 500 + "k",
        ),
    ],
)
def test_what_is_no_amount(text: str) -> None:
    assert read_money(text, POINT, "IRR") is None


def test_a_doubt_stays_one() -> None:
    found = read_money("2.500 million", POINT, "USD")
    assert found is not None
    assert (found.number, found.doubtful) == (Decimal(2_500_000), True)


@pytest.mark.parametrize(
    ("amount", "currency", "language", "shown"),
    [
        ("2500000", "IRR", "fa", "۲٬۵۰۰٬۰۰۰ ریال"),
        ("2500000", "IRR", "fa-u-nu-latn", "2,500,000 ریال"),
        ("2500000", "IRR", "ar", "٢٬٥٠٠٬٠٠٠ ريال"),
        ("2500000", "IRR", "en", "2,500,000 rials"),
        ("1", "IRR", "en", "1 rial"),
        ("13260", "USD", "en", "13,260 USD"),
        ("13260.50", "USD", "fa", "۱۳٬۲۶۰٫۵۰ دلار"),
        ("5", "TRY", "fa", "۵ لیره"),
        ("5", "CLP", "fa", "۵ پزو"),
        ("5", "IRR", "de", "5 IRR"),
        ("5", "XYZ", "fa", "۵ XYZ"),
        ("5", "", "en", "5"),
    ],
)
def test_show(amount: str, currency: str, language: str, shown: str) -> None:
    assert show_money(Decimal(amount), currency, language) == shown


@pytest.mark.parametrize(
    ("rials", "language", "shown"),
    [
        ("2500000", "fa", "۲۵۰٬۰۰۰ تومان"),
        ("2500000.00", "en", "250,000 tomans"),
        ("10", "en", "1 toman"),
        ("15", "ar", "١٫٥ تومان"),
        ("1000000000000005", "en", "100,000,000,000,000.5 tomans"),
    ],
)
def test_rials_are_shown_in_tomans_where_one_wants_it(rials: str, language: str, shown: str) -> None:
    assert show_money(Decimal(rials), "IRR", language, in_tomans=True) == shown
    found = read_money(shown, POINT, "IRR")
    assert found is not None
    assert found.number == Decimal(rials)
    assert show_money(Decimal(5), "USD", language, in_tomans=True) == show_money(Decimal(5), "USD", language)


@given(
    amount=st.decimals(-(10**15), 10**15, places=2) | st.integers(-(10**15), 10**15).map(Decimal),
    currency=st.sampled_from([*cldr.CURRENCIES, "XYZ"]),
    language=st.sampled_from(LANGUAGES),
    digits=st.sampled_from([None, *Digits]),
)
def test_what_is_shown_is_read_back(
    amount: Decimal, currency: str, language: str, digits: Digits | None
) -> None:
    shown = show_money(amount, currency, with_digits(language, digits))
    found = read_money(shown, POINT, currency)
    assert found is not None
    assert (found.number, found.doubtful) == (amount, False)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("currency", cldr.CURRENCIES)
def test_the_unit_of_one_and_of_many_is_read(currency: str, language: str) -> None:
    for one in (True, False):
        found = read_money(f"5 {currency_unit(currency, language, one=one)}", POINT, currency)
        assert found is not None
        assert found.number == 5


@given(text=st.text(max_size=60) | st.text("0123456789.,٫kmb هزاریلونو$-", max_size=60))
def test_any_text_is_read_or_not(text: str) -> None:
    try:
        found = read_money(text, POINT, "IRR")
    except OtherCurrencyError:
        return
    assert found is None or read_money(format(found.number, "f"), POINT, "IRR") is not None


def test_amounts_are_paid_in_the_smallest_part_of_their_currency() -> None:
    assert [str(smallest_part(each)) for each in ("USD", "IRR", "KWD", "")] == ["0.01", "1", "0.001", "0.01"]
