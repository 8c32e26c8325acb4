"""Telephone numbers in any writing: read to E.164, shown for reading, and looked for by the digits a person types."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TypeAlias

from leadtui.language.bidi import Direction, left_to_right
from leadtui.language.letters import Folding, LetterKind, kind_of
from leadtui.language.text import clean, safe
from leadtui.language.translate import interface_direction


@dataclass(frozen=True, slots=True)
class Phone:
    """One usable telephone number."""

    e164: str
    """`+`, country code and national number: the identity of the number."""
    written: str
    """The number as it was written, as clean text of one line."""
    extension: str = ""
    """The digits to dial once connected; not part of the identity."""


@dataclass(frozen=True, slots=True)
class PhoneCell:
    """What a cell holds: its numbers, and whatever else stands there, so that nothing of it is lost."""

    phones: tuple[Phone, ...]
    """Every number, in order and without repeats."""
    rest: tuple[str, ...] = ()
    """What belongs to no number, piece by piece as clean text; and the whole writing of a number that stands for several lines."""


def parse_phone(text: str, region: str, area_code: str = "") -> Phone | None:
    """Return the one number that `text` holds, or None where it holds none or more than one.

    `region` is the ISO 3166 alpha-2 code of the country whose national writing is understood, `area_code` what goes before
    a number of a town that is written without it. Read are digits of any script, spaces, dashes, dots, brackets and slashes
    inside, `+98`, `0098`, a lost leading zero, a country code without its plus where the number is valid only so, a number
    that a sheet turned into 9121423915.0 or 9.121423915E+09 (only where no digit is lost) or into a formula, a link or an
    address of a messenger, letters of a dial (1-800-FLOWERS), a label before it, a name in brackets and an extension after it.
    Valid is what libphonenumber calls valid; without its country code a number has six digits or more.
    """
    return _read_number(text, text.translate(_FOLDING), (region, area_code))


def parse_phones(text: str, region: str) -> tuple[Phone, ...]:
    """Return every number in a cell; each as `parse_phone` would read it alone. What is no number is passed over."""
    phone = parse_phone(text, region)
    return (phone,) if phone is not None else read_phone_cell(text, region).phones


def read_phone_cell(text: str, region: str, area_code: str = "") -> PhoneCell:
    """Return the numbers of a cell, and what else stands in it.

    Numbers may be parted by lines, commas, semicolons, bars, slashes, dashes, pluses, gaps, names, or the words *and* and
    *or*. Where a space or dash may stand inside a number as well as between two, they part only if then every digit
    of the cell belongs to a number.
    """
    place = (region, area_code)
    folded = text.translate(_FOLDING)
    phone = _read_number(text, folded, place)
    if phone is not None:
        several = ("-" in folded or "/" in folded) and _names_further_lines(folded, place)
        return PhoneCell((phone,), (phone.written,) if several else ())
    if len(text) > _LONGEST_CELL:
        return PhoneCell((), (clean(text),))
    if "(" in folded:
        folded = _NOTE.sub(lambda note: " " * len(note[0]), folded)
    spans: list[_Found] = []
    for start, end in _gaps(folded, _BETWEEN_NUMBERS, 0, len(folded)):
        spans += _numbers_in_part(text, folded, place, start, end)
    if _digits_outside(folded, spans):  # a comma or an end of line may stand inside one number
        joined = _BETWEEN_NUMBERS.sub(lambda gap: " " * len(gap[0]), folded)
        spans = _exact_cover(text, joined, place, 0, len(folded)) or spans
    spans = [_with_note(text, found) for found in spans]
    phones: dict[str, Phone] = {}
    for _start, _end, phone in spans:
        phones.setdefault(phone.e164, phone)
    return PhoneCell(tuple(phones.values()), tuple(_rest(text, folded, spans, place)))


def show_phone(e164: str, region: str, *, full: bool = False) -> str:
    """Return the number grouped for reading: nationally at home, internationally elsewhere or where `full`.

    `region` is the reader's; what is not E.164 comes back as it is, safe for a terminal. Its groups stand in their order in
    a line from right to left too.
    """
    shown = _shown(e164, region, full)
    return left_to_right(shown) if interface_direction() is Direction.RIGHT_TO_LEFT else shown


def dialled_at_home(e164: str) -> str:
    """The digits by which the number is dialled within its country, such as 09121234567; what is not E.164 as it is."""
    import phonenumbers  # slow to import

    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return e164
    national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    return "".join(each for each in national if each.isdigit())


@lru_cache(maxsize=8192)
def _shown(e164: str, region: str, full: bool) -> str:
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


@cache
def mobile_length(region: str) -> int:
    """Return how many digits a mobile number of `region` has, without trunk prefix and country code."""
    import phonenumbers  # slow to import

    example = phonenumbers.example_number_for_type(region.upper(), phonenumbers.PhoneNumberType.MOBILE)
    return len(str(example.national_number)) if example else _MOST_NATIONAL_DIGITS


def calling_code(region: str) -> str:
    """Return the plus and the country code by which `region` is rung; "" for a region without."""
    import phonenumbers  # slow to import

    code = phonenumbers.country_code_for_region(region.upper())
    return f"+{code}" if code else ""


@cache
def calling_codes() -> tuple[int, ...]:
    """The country codes of all numbers that can be rung."""
    import phonenumbers  # slow to import

    return tuple(phonenumbers.COUNTRY_CODE_TO_REGION_CODE)


def region_of_number(e164: str) -> str:
    """Return the country, ISO 3166 alpha-2, that a number belongs to; "" where no country has it alone."""
    import phonenumbers  # slow to import

    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return ""
    region = phonenumbers.region_code_for_number(number)
    return region if region in phonenumbers.SUPPORTED_REGIONS else ""


def is_mobile(e164: str) -> bool:
    """Whether a number is one of a mobile; in countries where such look like others nobody can tell."""
    import phonenumbers  # slow to import

    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE


_Place: TypeAlias = "tuple[str, str]"
"""The region and the area code of numbers that are written without."""

_Found: TypeAlias = "tuple[int, int, Phone]"
"""A number, and where in the cell it stands."""

_LONGEST_WRITING = 80
_LONGEST_CELL = 1_000
_MOST_PIECES = 6
_MOST_GROUPS = 7
"""Of digits in one number: +52 1 55 12 34 56 78."""
_FEWEST_NATIONAL_DIGITS = 6
_MOST_LOCAL_DIGITS = 8
_MOST_NATIONAL_DIGITS = 15
_FEWEST_DIGITS_WITH_COUNTRY = 11
"""So many or more may begin with a country code without plus: fewer are mostly a national number with a digit wrong."""

_DIGITS = re.compile(r"\+?[0-9]{6,20}")
_LETTER = re.compile(r"[^\W\d_]")
_GROUP = re.compile(r"\+?[0-9]+")
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

_WORDS_FOR_EXTENSION = r"extension|extn?|ext\.?|int|dahili|ramal|poste|доб|x|#|داخلی|داخلى|تحویل[هة]|تحويل[هة]|转|轉|分机|分機|内线|內線"
_EXTENSION = re.compile(
    rf"[\s(\[;,]*(?:{_WORDS_FOR_EXTENSION})[\s.:=]*(?P<behind>[0-9]{{1,7}})[\s)\]]*$"
    r"|[\s-]+(?P<before>[0-9]{1,6})\s*داخلی\s*$|(?<=[0-9])\s*\((?P<alone>[0-9]{2,5})\)\s*$"
)

_WORDS_FOR_PHONE = (
    r"[ptmf](?= *:)|tel|telephone|callto|sms|tél|teléfono|telefon|telefone|handy|móvil|celular|cep|gsm|тел|моб|телефон"
    r"|phone|mobile|mob|cell|home|work|office|fax|whatsapp|telegram|number|no"
    r"|شماره|تلفن|موبایل|همراه|ثابت|منزل|خانه|دفتر|محل کار|تماس|فکس|نمابر|واتساپ|واتس اپ|تلگرام"
    r"|هاتف|الهاتف|جوال|الجوال|محمول|رقم|واتس|المنزل|العمل|手机|电话|手機|電話|携帯"
)
_LABEL = re.compile(rf"^[\s'\"=]*(?:(?:{_WORDS_FOR_PHONE})[\s.]*)+(?:[:=]|(?<=[\s.])|(?=[+0-9(]))[\s:=/]*")
_NOTE = re.compile(r"\((?=[^()]*[^\W\d_])[^()0-9]*\)")
_NOTE_BEHIND = re.compile(r"\s*\((?=[^()]*[^\W\d_])[^()\d]*\)")
# A link or an address of a messenger: the digits of the whole number, without plus.
_MESSENGER = re.compile(
    r"\s*(?:(?:https?://)?(?:wa\.me/|api\.whatsapp\.com/send/?\?phone=|t\.me/)\+?([0-9]{8,15})/?"
    r"|\+?([0-9]{8,15})(?::[0-9]+)?@(?:c\.us|s\.whatsapp\.net|g\.us|lid))\s*"
)

# The letters of a dial (ITU-T E.161), written in capitals behind digits: 1-800-FLOWERS.
_VANITY = re.compile(r"\+?[0-9(][0-9() .-]*[-. )0-9](?=[0-9.-]*[A-Z]{2})[A-Z0-9]+(?:[- ][A-Z0-9]+)*")
_DIAL = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_FEWEST_VANITY_LETTERS = 4
_MOST_VANITY_LETTERS_OVER = 5
_NO_VANITY = frozenset(("EXT", "TEL", "FAX", "CELL", "HOME", "WORK", "MOBILE", "OFFICE", "PHONE"))

_BETWEEN_NUMBERS = re.compile(
    r"[\n,،;؛|&*•~](?! *ext)|(?<=[0-9) ])\+(?= )|(?<![^\W\d_])(?:و *یا|و|یا|او|أو|and|or)(?![^\W\d_])",
)
_PERHAPS_BETWEEN_NUMBERS = re.compile(r" *[/\\] *| +-+ +| {2,}| +(?=\+|\(?0|[^\W\d_])|(?<=[0-9])(?=\+)")
_SAYS_NOTHING = re.compile(
    rf"(?:(?:{_WORDS_FOR_PHONE}|and|or|و|یا|أو|او|ve|veya|ou|et|y|o|e|und|oder|и|или)[\s.:]*)+"
)

# 021-88776655-7: the lines from ...55 to ...57 of one subscriber; the first is the number.
_FURTHER_LINES = re.compile(r"(?<=[0-9]{3})(?: ?[-/] ?[0-9]{1,3}){1,4}$")

# 88776655-021: written from right to left, the area code stands behind.
_AREA_CODE = re.compile(r"0[1-9][0-9]{0,3}")
_AREA_CODE_BEHIND = re.compile(r"\s*([0-9]{7,8})[ /-]+\(?(0[1-9][0-9])\)?\s*")

# Numbers as they were before a country lengthened or shortened them, with its code (ITU Operational Bulletins): the 1 of
# mobiles in Mexico, until 2019; mobiles in Brazil, until 2016 without their ninth digit.
_RENUMBERED = (
    (re.compile(r"\+521([0-9]{10})"), r"+52\1"),
    (re.compile(r"\+55([1-9][0-9])([6-9][0-9]{7})"), r"+55\g<1>9\2"),
)
# What Ofcom keeps for drama, and what samples and first trials are therefore full of.
_FOR_DRAMA = re.compile(r"\+44(?:7700900|1632960|8081570|9098790|3069990)[0-9]{3}")

# A country code without its plus stands for itself, or before digits that nothing parts.
_WITHOUT_PLUS = re.compile(r"[\s'\"=(]*[0-9]{1,3}[) .-]+[0-9() .-]+[\s'\"]*$|[^0-9]*[0-9]+(?:\.0+)?[^0-9]*$")

_OLD_PREFIXES = {"MX": re.compile(r"(?:01|04[45]|1)([0-9]{10})")}

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
    if kind is LetterKind.LINE:
        return "\n"
    if kind in (LetterKind.SPACE, LetterKind.CONTROL, LetterKind.NON_JOINER):
        return " "
    if kind is LetterKind.TATWEEL or unicodedata.category(letter) == "Pd":
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
    "、": ",",
    "；": ";",
    "：": ":",
    "（": "(",
    "）": ")",
    "ー": "-",
    "～": "~",
    "＝": "=",
    "＊": "*",
    "＠": "@",
    "＃": "#",
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


def _numbers_in_part(text: str, folded: str, place: _Place, start: int, end: int) -> list[_Found]:
    """The numbers of a part, trying the longest run of its pieces first; if digits are left over, its groups of digits."""
    pieces = [
        span
        for span in _gaps(folded, _PERHAPS_BETWEEN_NUMBERS, start, end)
        if folded[span[0] : span[1]].strip()
    ]
    found: list[_Found] = []
    first = 0
    while first < len(pieces):
        for last in range(min(first + _MOST_PIECES, len(pieces)), first, -1):
            at, to = pieces[first][0], pieces[last - 1][1]
            phone = _read_part(text, folded, place, at, to)
            if phone is not None:
                found.append((at, to, phone))
                first = last
                break
        else:
            found += _exact_cover(text, folded, place, *pieces[first])
            first += 2 if _is_part_of_next(folded, pieces[first : first + 2]) else 1
    if _digits_outside(folded, found, start, end):
        return _exact_cover(text, folded, place, start, end) or found
    return found


def _is_part_of_next(folded: str, pieces: Sequence[tuple[int, int]]) -> bool:
    """Whether a piece is an area code, and so the digits behind it no number of their own: elsewhere they ring others."""
    writings = [folded[start:end].strip(" ()") for start, end in pieces]
    return len(writings) == 2 and _AREA_CODE.fullmatch(writings[0]) is not None and writings[1][0] not in "+0"


def _exact_cover(text: str, folded: str, place: _Place, start: int, end: int) -> list[_Found]:
    """The fewest numbers to which all groups of digits between two places belong; none where some belong to none."""
    groups = [match.span() for match in _GROUP.finditer(folded, start, end)]
    if len(groups) > _LONGEST_WRITING // 2:
        return []
    best: list[list[_Found] | None] = [None] * len(groups) + [[]]
    for first in reversed(range(len(groups))):
        for last in range(first, min(first + _MOST_GROUPS, len(groups))):
            following = best[last + 1]
            present = best[first]
            if following is None or (present is not None and len(present) <= len(following) + 1):
                continue
            at, to = groups[first][0], groups[last][1]
            phone = _read_part(text, folded, place, at, to)
            if phone is not None:
                best[first] = [(at, to, phone), *following]
    return best[0] or []


def _read_part(text: str, folded: str, place: _Place, at: int, to: int) -> Phone | None:
    if folded[at - 1 : at].isalpha() or folded[to : to + 1].isalpha():
        return None  # IR120170 is no number of its own
    if folded[at] == "+" and folded[at - 1 : at].isdigit() and not folded.lstrip().startswith("+"):
        at += 1  # two national numbers that a plus joins
    return _read_number(text[at:to], folded[at:to], place)


def _with_note(text: str, found: _Found) -> _Found:
    """A number with the name in brackets that follows it."""
    at, to, phone = found
    note = _NOTE_BEHIND.match(text, to)
    return (at, note.end(), replace(phone, written=clean(text[at : note.end()]))) if note else found


def _digits_outside(folded: str, spans: Iterable[_Found], start: int = 0, end: int | None = None) -> bool:
    """Whether digits stand outside the numbers that were found."""
    return any(
        _GROUP.search(folded, at, to)
        for at, to in _outside(spans, start, len(folded) if end is None else end)
    )


def _outside(spans: Iterable[_Found], start: int, end: int) -> Iterator[tuple[int, int]]:
    for at, to, _phone in spans:
        yield start, at
        start = to
    yield start, end


def _rest(text: str, folded: str, spans: Sequence[_Found], place: _Place) -> Iterator[str]:
    for at, to in _outside(spans, 0, len(folded)):
        for start, end in _gaps(folded, _BETWEEN_NUMBERS, at, to):
            piece = clean(text[start:end]).strip(" -/,.:")
            if any(map(str.isalnum, piece)) and not _SAYS_NOTHING.fullmatch(piece.casefold()):
                yield piece
    for at, to, phone in spans:
        if _names_further_lines(folded[at:to], place):
            yield phone.written


def _names_further_lines(folded: str, place: _Place) -> bool:
    """Whether a writing that is read as one number names the last digits of further lines too."""
    folded = folded.rstrip()
    return _FURTHER_LINES.search(folded) is not None and (
        _read_number(folded, folded, place, further_lines=False) is None
    )


def _read_number(text: str, folded: str, place: _Place, *, further_lines: bool = True) -> Phone | None:
    """Read `folded`, which is `text` after folding, as one number."""
    if len(folded) > _LONGEST_WRITING:
        return None
    number = _bare_number(folded)
    e164 = _to_e164(number, place, folded) if number else None
    if e164:
        return Phone(e164, clean(text))
    extension = ""
    writing = _LABEL.sub("", folded)
    if "(" in writing:
        writing = _NOTE.sub(" ", writing)
    match = _EXTENSION.search(writing)
    if match:
        writing, extension = writing[: match.start()], match[match.lastgroup or 0]
    number = _bare_number(writing)
    e164 = _to_e164(number, place, writing) if number and writing != folded else None
    if e164 is None:
        e164 = next(filter(None, _otherwise_read(text, writing, place, further_lines)), None)
    return Phone(e164, clean(text), extension) if e164 else None


def _otherwise_read(text: str, folded: str, place: _Place, further_lines: bool) -> Iterator[str | None]:
    """The number in E.164 as less usual writings have it, the most usual one first."""
    writings: list[str] = []
    lines = _FURTHER_LINES.search(folded.rstrip()) if further_lines else None
    if _LETTER.search(folded):
        writings += [*_of_messenger(folded), *_dialled_letters(text.strip())]
    if lines:
        writings.append(folded[: lines.start()])
    turned = _AREA_CODE_BEHIND.fullmatch(folded)
    if turned:
        writings.append(turned[2] + turned[1])
    for writing in writings:
        number = _bare_number(writing)
        if number:
            yield _to_e164(number, place, writing)


def _of_messenger(folded: str) -> Iterator[str]:
    address = _MESSENGER.fullmatch(folded)
    if address:
        digits = address[1] or address[2]
        yield from (f"+{digits}", digits)


def _dialled_letters(text: str) -> Iterator[str]:
    """The digits that letters stand for; those that are one too many for a number are not dialled."""
    letters = re.findall(r"[A-Z]+", text)
    if (
        not _VANITY.fullmatch(text)
        or sum(map(len, letters)) < _FEWEST_VANITY_LETTERS
        or _NO_VANITY & {*letters}
    ):
        return
    digits = _SEPARATORS.sub("", text.translate(_DIAL))
    yield from (digits[: len(digits) - over] for over in range(_MOST_VANITY_LETTERS_OVER))


def _bare_number(folded: str) -> str | None:
    """Return the digits, perhaps behind a plus, if `folded` holds nothing else but what may part them."""
    if _DIGITS.fullmatch(folded):
        return folded
    folded = folded.strip(" \n'\"=*.,;:")
    if _DIGITS.fullmatch(folded):
        return folded
    whole = _WHOLE_FLOAT.fullmatch(folded)
    if whole:
        return whole[1]
    scientific = _SCIENTIFIC.fullmatch(folded)
    if scientific:
        return _exact_digits(*scientific.groups())
    number = _SEPARATORS.sub("", folded)
    return number if _DIGITS.fullmatch(number) else None


def _exact_digits(first: str, fraction: str, exponent: str) -> str | None:
    """Return the digits of `first.fraction * 10**exponent` if all of them are given and none is cut off."""
    length = int(exponent)
    if len(fraction) < length or fraction[length:].strip("0"):
        return None
    return first + fraction[:length]


def _to_e164(number: str, place: _Place, writing: str) -> str | None:
    region = place[0].upper()
    iranian = (_IRANIAN if region == "IR" else _IRANIAN_FROM_ABROAD).fullmatch(number)
    if iranian:
        return f"+98{iranian[1]}"
    return _to_e164_by_library(number, region, place[1], _WITHOUT_PLUS.match(writing) is not None)


@lru_cache(maxsize=8192)
def _to_e164_by_library(number: str, region: str, area_code: str, without_plus: bool) -> str | None:
    if number.startswith(("00", "+00")):
        number = "+" + number.lstrip("+0")
    readings = _readings(number, region, area_code, without_plus)
    return next(filter(None, (_valid(each, region) for each in readings)), None)


def _readings(number: str, region: str, area_code: str, without_plus: bool) -> Iterator[str]:
    """A number, and what else it may stand for, the likeliest first."""
    yield number
    old_prefix = _OLD_PREFIXES.get(region)
    if old_prefix is not None and old_prefix.fullmatch(number):
        yield old_prefix.sub(r"\1", number)
    whole = number
    if without_plus and number[0] not in "+0" and len(number) >= _FEWEST_DIGITS_WITH_COUNTRY:
        whole = f"+{number}"
        yield whole
    yield from (old.sub(new, whole) for old, new in _RENUMBERED if old.fullmatch(whole))
    if area_code and len(number) <= _MOST_LOCAL_DIGITS:
        yield area_code + number


def _valid(number: str, region: str) -> str | None:
    import phonenumbers  # slow to import, and most numbers do not need it

    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
    short = len(str(parsed.national_number)) < _FEWEST_NATIONAL_DIGITS and not number.startswith("+")
    e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    if short or not (phonenumbers.is_valid_number(parsed) or _FOR_DRAMA.fullmatch(e164)):
        return None
    return e164
