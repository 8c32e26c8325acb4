"""Money as people write and read it: ۲۵۰ هزار تومان, 1.5m, ٢٥٠ ألف, 13,260 USD, ۲٬۵۰۰٬۰۰۰ ریال."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, localcontext
from functools import lru_cache

from leadtui.language import cldr
from leadtui.language.numbers import LONGEST_NUMBER, NumberRead, NumberStyle, read_number
from leadtui.language.text import fold_digits, fold_words
from leadtui.language.translate import base_language, show_number

TOMAN = "IRT"
"""What Iranians count in, ten rials: no code of ISO 4217."""


_WITHOUT_PARTS = frozenset("BIF CLP DJF GNF IRR ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split())
_IN_THOUSANDTHS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
"""By ISO 4217; a rial of Iran has parts in the standard alone."""


def smallest_part(currency: str) -> Decimal:
    """The smallest amount of a currency (an ISO 4217 code) in which it is paid: 0.01 of most."""
    if currency in _WITHOUT_PARTS:
        return Decimal(1)
    return Decimal("0.001") if currency in _IN_THOUSANDTHS else Decimal("0.01")


class OtherCurrencyError(ValueError):
    """An amount is in another currency than the one that is asked for."""


def read_money(text: str, style: NumberStyle, currency: str) -> NumberRead | None:
    """Return the amount in `currency` (an ISO 4217 code) that `text` is, None where it is none.

    Behind a number may stand thousand, million, milliard or letters for them (`250k`, `۲ میلیون و ۵۰۰ هزار`, `مليون ونصف`), and
    before or behind it all the currency by its name, sign or code. A toman is ten rials. Raises OtherCurrencyError.
    """
    plain = read_number(text, style)
    if plain is not None or len(text) > _LONGEST_TEXT:
        return plain
    line = _in_figures(fold_digits(text).replace("\u200c", " ").strip())
    negative = line.startswith(("-", "−"))
    before, *runs = _NUMBER.split(line[1:] if negative else line)
    if _key(before).startswith(_SCALE_WORDS):  # million, without a one
        before, runs = "", ["1", before, *runs]
    units = _units(currency)
    numbers = [read for number in runs[::2] if (read := read_number(number, style)) is not None]
    scaled = _split_words([_key(words) for words in runs[1::2]], units)
    if scaled is None or _key(before) not in units or 2 * len(numbers) < len(runs):
        return None
    scales, unit = scaled
    rates = {units[each] for each in (_key(before), unit) if each} or {1}
    if 0 in rates:
        raise OtherCurrencyError(text)
    amount = _added([each.number for each in numbers], scales, max(rates))
    if amount is None or len(rates) > 1:
        return None
    return NumberRead(amount.copy_negate() if negative else amount, any(each.doubtful for each in numbers))


def show_money(amount: Decimal, currency: str, language: str, *, in_tomans: bool = False) -> str:
    """Return an amount with its currency as it reads in `language`: `13,260 USD`, `۲٬۵۰۰٬۰۰۰ ریال`; rials perhaps `in_tomans`."""
    if in_tomans and currency == _RIAL:
        with localcontext(prec=3 * LONGEST_NUMBER):
            tomans = amount / _RIALS_A_TOMAN
            amount = (
                tomans.quantize(Decimal(1)) if tomans == tomans.to_integral_value() else tomans.normalize()
            )
        currency = TOMAN
    unit = currency_unit(currency, language, one=amount == 1)
    return f"{show_number(amount, language)} {unit}".rstrip()


def currency_unit(currency: str, language: str, *, one: bool = False) -> str:
    """Return what stands behind amounts in `currency`: `ریال`, `rials`, or the code where readers know that, or nothing else."""
    names = _TOMAN_NAMES if currency == TOMAN else cldr.CURRENCIES.get(currency)
    if names is None:
        return currency
    match base_language(language):
        case "en" if currency not in cldr.CODES_KNOWN:
            return names[0 if one else 1].split()[-1]
        case "fa":
            return _first_word(names[2])
        case "ar":
            return _first_word(names[3])
        case _:
            return currency


def _first_word(name: str) -> str:
    """The noun of a Persian or Arabic name, without the ezafe that ties the country to it: لیرهٔ ترکیه, پزوی شیلی."""
    noun, *country = name.split()
    if country and noun.endswith(("وی", "ای")):
        return noun[:-1]
    return noun.removesuffix("\u0654")


def _in_figures(line: str) -> str:
    """The line with figures for what is said of one and of half: 1 million for a million, 1 million and ٫5 million for one and a half."""
    line = _AND_A_HALF.sub(r"\1٫5", line)
    line = _ONE.sub("1 ", _HALF_OF.sub("٫5 ", line))
    return _SCALE_AND_A_HALF.sub(lambda found: f"{found[1]} and ٫5 {_ones(found[1])}", line)


def _ones(word: str) -> str:
    """One thousand or million by its word, of one or of two."""
    scale = _SCALES[_key(word)]
    return next(_WORDS[each].split()[0] for each in _WORDS if each in (scale, scale // 2))


def _added(numbers: list[Decimal], scales: list[int], rate: int) -> Decimal | None:
    """The parts together, each less than one of what the part before counts; None where they are not, or too long."""
    with localcontext(prec=3 * LONGEST_NUMBER):
        parts = [number * scale for number, scale in zip(numbers, scales, strict=True)]
        if any(part >= above for part, above in zip(parts[1:], scales, strict=False)):
            return None
        amount = sum(parts, Decimal(0)) * rate
        if amount == amount.to_integral_value() and (rate > 1 or max(scales) > 1):
            amount = amount.quantize(Decimal(1))
        return amount if len(format(amount, "f")) <= LONGEST_NUMBER else None


def _split_words(keys: list[str], units: Mapping[str, int]) -> tuple[list[int], str] | None:
    """Of what each number counts how many, and the unit behind the last; None where other words are there."""
    scales: list[int] = []
    unit = ""
    for place, key in enumerate(keys, start=1):
        last = place == len(keys)
        found = _scale(key, units if last else _JOINTS)
        # Of "2 million and 500" nobody knows of what the 500 are.
        if found is None or (len(keys) > 1 and found[0] == 1):
            return None
        scale, unit = found
        scales.append(scale)
    return (scales, unit) if scales else None


def _scale(key: str, ends: Mapping[str, int]) -> tuple[int, str] | None:
    """Take thousand and million off the start of `key`, until one of `ends` remains."""
    if key in ends:
        return 1, key
    for word, scale in _SCALES.items():
        if key.startswith(word):
            found = _scale(key[len(word) :], ends)
            if found is not None:
                return scale * found[0], found[1]
    return None


def _key(words: str) -> str:
    """How words and signs are compared."""
    return "".join(fold_words(words).split()).rstrip(".")


@lru_cache(maxsize=8)
def _units(currency: str) -> Mapping[str, int]:
    """What may stand beside a number by its key, and how many of `currency` it is: none where it is another one."""
    units: dict[str, int] = {}
    for code, (*names, signs) in cldr.CURRENCIES.items():
        nouns = {currency_unit(code, language) for language in ("en", "fa", "ar")}
        arabic = _first_word(names[3])
        english = {name.split()[-1] for name in names[:2]}
        spellings = {code, *names, *nouns, *english, arabic + "ا", arabic + "ات", *signs.split()}
        for key in map(_key, spellings):
            units[key] = max(units.get(key, 0), code == currency)
    units |= dict.fromkeys(map(_key, _TOMAN), _RIALS_A_TOMAN if currency == _RIAL else 0)
    return units | {_key(currency): 1, "": 1}


_RIAL = "IRR"
_RIALS_A_TOMAN = 10
_TOMAN_NAMES = ("toman", "tomans", "تومان", "تومان")
_TOMAN = (*_TOMAN_NAMES, "تومن", "ت", TOMAN)

_WORDS = {
    10**3: "thousand هزار ألف آلاف ألفا",
    2 * 10**3: "ألفان ألفين",
    10**6: "million millions میلیون ملیون مليون ملايين مليونا",
    2 * 10**6: "مليونان مليونين",
    10**9: "billion billions milliard milliards میلیارد ملیارد بیلیون مليار مليارات مليارا بليون",
    2 * 10**9: "ملياران مليارين",
    10**12: "trillion trillions تریلیون ترليون تريليون",
}
_LETTERS = {10**3: "k ک", 10**6: "m mn mio mln م", 10**9: "b bn", 10**12: "tn"}

_SCALE_WORDS = tuple(_key(word) for words in _WORDS.values() for word in words.split())

# Longer ones first: مليون begins what مليونان is.
_SCALES = dict(
    sorted(
        (
            (_key(word), scale)
            for table in (_WORDS, _LETTERS)
            for scale, words in table.items()
            for word in words.split()
        ),
        key=lambda each: -len(each[0]),
    )
)

_SCALE_WORD = "|".join(
    sorted((each for words in _WORDS.values() for each in words.split()), key=len, reverse=True)
)
_HALF = r"(?:و ?نیم|و ?نصف|and (?:a )?half)(?![^\W_])"
_ONE = re.compile(rf"(?<![^\W_])(?:یک|يك|یه|a|one) +(?=(?:{_SCALE_WORD})(?![^\W_]))", re.IGNORECASE)
_AND_A_HALF = re.compile(rf"(?<![.,٬٫'’\d])(\d+) ?{_HALF}", re.IGNORECASE)
_HALF_OF = re.compile(
    rf"(?<![^\W_])(?:half (?:an? )?|نیم |نصف )(?=(?:{_SCALE_WORD})(?![^\W_]))", re.IGNORECASE
)
_SCALE_AND_A_HALF = re.compile(rf"({_SCALE_WORD}) {_HALF}", re.IGNORECASE)

_JOINTS: Mapping[str, int] = dict.fromkeys(("", "و", "and", ",", "،"), 1)

# A sign before the first digit stands before decimals, but behind a letter it ends a word: Rs.500.
_NUMBER = re.compile(r"((?:(?<![^\W\d_])[.,٫])?\d(?:[\d.,٬٫'’\s]*\d)?)")

_LONGEST_TEXT = 3 * LONGEST_NUMBER
