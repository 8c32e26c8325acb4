"""The number under which a state registers a business, checked by its form and check digits where they are known."""

from __future__ import annotations

import re

from leadtui.language.text import clean, fold_digits

_MARKS = re.compile(r"[\s.\-/_]+")

_WEIGHTS = (29, 27, 23, 19, 17)
_NATIONAL_ID = re.compile(r"\d{11}")

_MORE_FORMS = {
    "DE": ("handelsregisternummer", "stnr"),
    "ES": ("cif", "nif"),
    "FR": ("siren", "siret"),
    "IT": ("codicefiscale",),
    "NO": ("orgnr",),
    "US": ("ein",),
}
"""What a business may be registered under besides its VAT number, by country, as python-stdnum calls it."""

_REGISTERS = {
    "AT": re.compile(r"(?:FN)?\d{1,6}[A-Z]"),
    "GB": re.compile(r"(?:\d{2}|[A-Z]{2})\d{6}"),
    "NL": re.compile(r"(?:KVK)?\d{8}"),
}
"""Numbers of registers that have no check digit: Firmenbuch, Companies House, Kamer van Koophandel."""


def registered_number(typed: str) -> str:
    """The number as it is kept: in one line, with western digits."""
    return fold_digits(clean(typed)).upper()


def is_registered_number(number: str, region: str) -> bool:
    """Whether the number has the form of a country's, by its ISO 3166 alpha-2 code; one whose forms are not known takes any."""
    if region == "IR":
        return is_national_id(_MARKS.sub("", number))
    register = _REGISTERS.get(region)
    if register is not None and register.fullmatch(_MARKS.sub("", number)):
        return True
    return _has_form(number, region)


def is_national_id(number: str) -> bool:
    """Whether eleven digits are the national id of a legal person in Iran (شناسهٔ ملی).

    The last is a check digit: each of the first ten plus the tenth plus 2, weighed by 29, 27, 23, 19 and 17 in turn, makes
    a sum whose remainder by 11 it is, 0 for 10. The six in the middle are a serial number, which begins with 1.
    """
    if not _NATIONAL_ID.fullmatch(number) or number[3:9] == "000000":
        return False
    digits = [int(each) for each in number]
    added = digits[9] + 2
    weighed = sum((digit + added) * _WEIGHTS[place % 5] for place, digit in enumerate(digits[:10]))
    return weighed % 11 % 10 == digits[10]


def _has_form(number: str, region: str) -> bool:
    from stdnum.util import get_cc_module  # a module for each country, which few commands need

    forms = [get_cc_module(region.lower(), each) for each in ("vat", *_MORE_FORMS.get(region, ()))]
    known = [each for each in forms if each is not None]
    return not known or any(each.is_valid(number) for each in known)
