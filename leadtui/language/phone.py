"""Telephone numbers in any writing: read to E.164, shown for reading, and looked for by the digits a person types."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from leadtui.language.letters import Folding, Kind, kind_of
from leadtui.language.text import clean, safe


@dataclass(frozen=True, slots=True)
class Phone:
    """One usable telephone number."""

    e164: str
    """`+`, country code and national number: the identity of the number."""
    written: str
    """The number as it was written, as clean text of one line."""
    extension: str = ""
    """The digits to dial once connected; not part of the identity."""


def parse_phone(text: str, region: str) -> Phone | None:
    """Return the one number that `text` holds, or None where it holds none or more than one.

    `region` is the ISO 3166 alpha-2 code of the country whose national writing is understood. Read are digits of
    any script, spaces, dashes, dots, brackets and slashes inside, `+98`, `0098`, a lost leading zero, a number that a
    sheet turned into 9121423915.0 or 9.121423915E+09 (only where no digit is lost), a label such as `p:` before
    and an extension after it. Valid is what libphonenumber calls valid; without its country code a number has six digits or more.
    """
    return _read_number(text, text.translate(_FOLDING), region)


def parse_phones(text: str, region: str) -> tuple[Phone, ...]:
    """Return every number in a cell, in order and without repeats; each as `parse_phone` would read it alone.

    Numbers may be parted by lines, commas, semicolons, bars, slashes, spaced dashes, wide gaps or the words *and* and
    *or* in Persian, Arabic and English. What is no number is passed over.
    """
    phone = _read_number(text, text.translate(_FOLDING), region)
    if phone is not None:
        return (phone,)
    found: dict[str, Phone] = {}
    folded = text.translate(_FOLDING)
    for start, end in _gaps(folded, _BETWEEN_NUMBERS, 0, len(folded)):
        for phone in _numbers_in_part(text, folded, region, start, end):
            found.setdefault(phone.e164, phone)
    if not found:  # a comma or an end of line may stand inside one number
        phone = _read_number(text, _BETWEEN_NUMBERS.sub(" ", folded), region)
        return (phone,) if phone else ()
    return tuple(found.values())


@lru_cache(maxsize=8192)
def show_phone(e164: str, region: str, *, full: bool = False) -> str:
    """Return the number grouped for reading: nationally at home, internationally elsewhere or where `full`.

    `region` is the reader's; what is not E.164 comes back as it is, safe for a terminal.
    """
    at_home = region.upper() == "IR" and not full
    iranian = _IRANIAN_GROUPS.fullmatch(e164)
    if iranian:
        first, *rest = filter(None, iranian.groups())
        return " ".join((f"0{first}" if at_home else f"+98 {first}", *rest))
    import phonenumbers  # slow to import, and most numbers on the screen do not need it

    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return safe(e164)
    international = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    if full or phonenumbers.country_code_for_region(region.upper()) != number.country_code:
        return international
    national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    understood = parse_phone(national, region)  # not every country writes so that it can be read back
    return national if understood and understood.e164 == e164 else international


def phone_search_digits(text: str) -> str | None:
    """Return the digits to look for among the digits of E.164 numbers, or None if `text` is no number search.

    The result is always a run of three or more ASCII digits, to be looked for *anywhere* in the E.164 number: the
    national significant digits that were typed, without trunk zero and without country code. `+98 912 345`,
    `0098912345`, `0912345`, `۰۹۱۲ ۳۴۵` and `912345` all give `912345`; `6789` gives `6789`; a whole number
    without its plus (`989123456789`) gives `9123456789`. While fewer than three digits follow a country code the
    code stays (`+9891` gives `9891`). None for letters, and where fewer than three digits would be left.
    """
    if len(text) > _LONGEST_WRITING:
        return None
    folded = _EXTENSION.sub("", _LABEL.sub("", text.translate(_FOLDING)))
    digits = _SEPARATORS.sub("", folded.replace("(0)", ""))
    if not re.fullmatch(r"\+?[0-9]{3,}", digits):
        return None
    if digits.startswith("00"):
        digits = "+" + digits.lstrip("0")
    if digits.startswith("+"):
        national = _COUNTRY_CODE.sub("", digits, count=1).lstrip("0")
        digits = national if len(national) >= 3 else digits[1:]
    elif re.fullmatch(r"98[0-9]{10}", digits):
        digits = digits[2:]
    digits = digits.lstrip("0")
    return digits if len(digits) >= 3 else None


def default_region_known(region: str) -> bool:
    """Return whether numbers of `region`, an ISO 3166 alpha-2 code, can be read in their national writing."""
    import phonenumbers  # slow to import

    return region.upper() in phonenumbers.SUPPORTED_REGIONS


_LONGEST_WRITING = 80
_MOST_PIECES = 6
_FEWEST_NATIONAL_DIGITS = 6

_DIGITS = re.compile(r"\+?[0-9]{6,20}")
_SEPARATORS = re.compile(r"[ \-.()\[\]{}/\\_'\"]+")

# ITU-T E.164, list of assigned country codes: their lengths follow from their first digits.
_COUNTRY_CODE = re.compile(
    r"\+(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|[2-9][0-9]{2}|[0-9]{0,2}$)"
)

# The national numbers of Iran that nearly every row holds: mobiles of the ranges 90-93 and 990-996, and landlines
# with their area codes (libphonenumber's metadata; a test compares). All others take the long way.
_IRANIAN_NATIONAL = (
    r"(9(?:0[0-5]|[13][0-9]|2[0-3]|9[0-46])[0-9]{7}"
    r"|(?:1[137]|2[13-68]|3[1458]|4[145]|5[1468]|6[16]|7[1467]|8[13467])[0-9]{8})"
)
_IRANIAN = re.compile(rf"(?:\+?98|0098)?0?{_IRANIAN_NATIONAL}")
_IRANIAN_FROM_ABROAD = re.compile(rf"(?:\+|00)980?{_IRANIAN_NATIONAL}")
_IRANIAN_GROUPS = re.compile(r"\+98(?:(9\d\d)(\d{3})(\d{4})|([1-8]\d)(\d{4})(\d{4}))")

_WORDS_FOR_EXTENSION = r"extension|extn?|int|x|#|داخلی|داخلى|تحویل[هة]|تحويل[هة]"
_EXTENSION = re.compile(rf"[\s(\[;,]*(?:{_WORDS_FOR_EXTENSION})[\s.:=]*([0-9]{{1,7}})[\s)\]]*$")

_WORDS_FOR_PHONE = (
    r"[ptmf](?= *:)|tel|telephone|phone|mobile|mob|cell|home|work|office|fax|whatsapp|telegram|number|no"
    r"|شماره|تلفن|موبایل|همراه|ثابت|منزل|خانه|دفتر|محل کار|تماس|فکس|نمابر|واتساپ|واتس اپ|تلگرام"
    r"|هاتف|الهاتف|جوال|الجوال|محمول|رقم|واتس|المنزل|العمل"
)
_LABEL = re.compile(rf"^[\s'\"]*(?:(?:{_WORDS_FOR_PHONE})[\s.]*)+(?:[:=]|(?<=[\s.])|(?=[+0-9(]))[\s:=]*")
_NOTE = re.compile(r"\((?=[^()]*[^\W\d_])[^()0-9]*\)")

_BETWEEN_NUMBERS = re.compile(
    r"[\n,،;؛|&](?! *ext)|(?<![^\W\d_])(?:و *یا|و|یا|او|أو|and|or)(?![^\W\d_])",
)
_PERHAPS_BETWEEN_NUMBERS = re.compile(r" *[/\\] *| +-+ +| {2,}| +(?=\+|\(?0|[^\W\d_])")

# 021-88776655-7: the lines from ...55 to ...57 of one subscriber; the first is the number.
_FURTHER_LINES = re.compile(r"(?<![0-9])([0-9]{8}) ?- ?[0-9]$")

_WHOLE_FLOAT = re.compile(r"(\+?[0-9]{7,})\.0+")
_SCIENTIFIC = re.compile(r"([1-9])\.([0-9]+)e\+?([0-9]{1,2})")


def _fold(letter: str) -> str:
    """Fold one character to one character, so that places in the folded text are places in the text."""
    digit = unicodedata.decimal(letter, None)
    if digit is not None:
        return str(digit)
    if letter in _SIGNS:
        return _SIGNS[letter]
    kind = kind_of(letter)
    if kind is Kind.LINE:
        return "\n"
    if kind in (Kind.SPACE, Kind.CONTROL, Kind.NON_JOINER):
        return " "
    if kind is Kind.TATWEEL or unicodedata.category(letter) == "Pd":
        return "-"
    return letter.lower() if letter.isascii() else letter


_SIGNS = {
    "＋": "+",
    "−": "-",
    "／": "/",
    "⁄": "/",
    "．": ".",
    "٫": ".",
    "٬": ",",
    "，": ",",
    "ي": "ی",
    "ك": "ک",
}
_FOLDING = Folding(_fold)


def _gaps(folded: str, gap: re.Pattern[str], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans between the matches of `gap`."""
    for match in gap.finditer(folded, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


def _numbers_in_part(text: str, folded: str, region: str, start: int, end: int) -> Iterator[Phone]:
    """Yield the numbers of a part, trying the longest run of its pieces first."""
    pieces = [
        span
        for span in _gaps(folded, _PERHAPS_BETWEEN_NUMBERS, start, end)
        if folded[span[0] : span[1]].strip()
    ]
    first = 0
    while first < len(pieces):
        for last in range(min(first + _MOST_PIECES, len(pieces)), first, -1):
            span = slice(pieces[first][0], pieces[last - 1][1])
            phone = _read_number(text[span], folded[span], region)
            if phone is not None:
                yield phone
                first = last
                break
        else:
            first += 1


def _read_number(text: str, folded: str, region: str) -> Phone | None:
    """Read `folded`, which is `text` after folding, as one number."""
    if len(folded) > _LONGEST_WRITING:
        return None
    extension = ""
    number = _bare_number(folded)
    if number is None:
        folded = _NOTE.sub(" ", _LABEL.sub("", folded))
        match = _EXTENSION.search(folded)
        if match:
            folded, extension = folded[: match.start()], match[1]
        number = _bare_number(folded)
    e164 = _to_e164(number, region.upper()) if number else None
    return Phone(e164, clean(text), extension) if e164 else None


def _bare_number(folded: str) -> str | None:
    """Return the digits, perhaps behind a plus, if `folded` holds nothing else but what may part them."""
    if _DIGITS.fullmatch(folded):
        return folded
    folded = folded.strip(" \n'\"")
    whole = _WHOLE_FLOAT.fullmatch(folded)
    if whole:
        return whole[1]
    scientific = _SCIENTIFIC.fullmatch(folded)
    if scientific:
        return _exact_digits(*scientific.groups())
    number = _SEPARATORS.sub("", _FURTHER_LINES.sub(r"\1", folded))
    return number if _DIGITS.fullmatch(number) else None


def _exact_digits(first: str, fraction: str, exponent: str) -> str | None:
    """Return the digits of `first.fraction * 10**exponent` if all of them are given and none is cut off."""
    length = int(exponent)
    if len(fraction) < length or fraction[length:].strip("0"):
        return None
    return first + fraction[:length]


def _to_e164(number: str, region: str) -> str | None:
    iranian = (_IRANIAN if region == "IR" else _IRANIAN_FROM_ABROAD).fullmatch(number)
    return f"+98{iranian[1]}" if iranian else _to_e164_by_library(number, region)


@lru_cache(maxsize=8192)
def _to_e164_by_library(number: str, region: str) -> str | None:
    import phonenumbers  # slow to import, and most numbers do not need it

    if number.startswith("00"):
        number = "+" + number[2:]
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
    short = len(str(parsed.national_number)) < _FEWEST_NATIONAL_DIGITS and not number.startswith("+")
    if short or not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
