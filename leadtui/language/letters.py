"""What single characters are and what they fold to: the tables under cleaning and searching of text."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from enum import Enum
from functools import lru_cache


class LetterKind(Enum):
    """What one character means to whoever cleans or draws text."""

    LETTER = "letter"
    MARK = "mark"
    """A combining mark: it is drawn on the letter before it."""
    SPACE = "space"
    LINE = "end of a line"
    NON_JOINER = "zero-width non-joiner"
    TATWEEL = "tatweel"
    CONTROL = "control"
    """Control, bidi control, joiner, filler or variation selector: never drawn, not wanted anywhere."""
    UNKNOWN = "unknown"
    """Surrogate, private-use character or noncharacter: no two terminals draw the same for it."""
    OTHER = "other"
    """Digits, punctuation, symbols: drawn as they are."""


@lru_cache(maxsize=8192)
def kind_of(letter: str) -> LetterKind:
    """Return what `letter`, one code point, is."""
    if letter in _NAMED_KINDS:
        return _NAMED_KINDS[letter]
    code = ord(letter)
    if any(first <= code <= last for first, last in _IGNORABLE):
        return LetterKind.CONTROL
    if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return LetterKind.UNKNOWN
    return _KINDS_BY_CATEGORY.get(unicodedata.category(letter), LetterKind.OTHER)


_NAMED_KINDS = {
    "\u200c": LetterKind.NON_JOINER,
    "\u0640": LetterKind.TATWEEL,
    "\t": LetterKind.SPACE,
    "\u2800": LetterKind.SPACE,  # the blank Braille pattern
    **dict.fromkeys("\n\r\v\f\x85\u2028\u2029", LetterKind.LINE),
}

_KINDS_BY_CATEGORY = {
    **dict.fromkeys(("Lu", "Ll", "Lt", "Lm", "Lo"), LetterKind.LETTER),
    **dict.fromkeys(("Mn", "Mc", "Me"), LetterKind.MARK),
    **dict.fromkeys(("Cc", "Cf"), LetterKind.CONTROL),
    **dict.fromkeys(("Cs", "Co"), LetterKind.UNKNOWN),
    "Zs": LetterKind.SPACE,
}

# Default_Ignorable_Code_Point (Unicode, DerivedCoreProperties) outside category Cf: fillers, variation selectors, tags.
_IGNORABLE = (
    (0x034F, 0x034F),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x2065, 0x2065),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFF8),
    (0xE0000, 0xE0FFF),
)


class Folding(dict[int, str]):
    """A table for `str.translate` that works out each character when it first meets it."""

    def __init__(self, fold: Callable[[str], str]) -> None:
        super().__init__()
        self._fold = fold

    def __missing__(self, code: int) -> str:
        folded = self._fold(chr(code))
        if len(self) < 20_000:  # hostile text must not fill the memory
            self[code] = folded
        return folded


# Letters that people write for one another. Hamza on a carrier and letters with marks come apart by decomposition.
_SAME_LETTER = {
    **dict.fromkeys("ٱٲٳٵ", "ا"),
    **dict.fromkeys("يىېۍێےۓ", "ی"),
    **dict.fromkeys("كڪڭ", "ک"),
    **dict.fromkeys("ةەہھۃۀۂ", "ه"),
    **dict.fromkeys("ۆۇۈۋ", "و"),
    "ٹ": "ت",
    "ڈ": "د",
    "ڑ": "ر",
    "ڕ": "ر",
    "ڤ": "ف",
    "ڵ": "ل",
    "ں": "ن",
    "ڱ": "گ",
    "ı": "i",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
}

_HAMZAS = "ءٴ"


def _plain_letters(letter: str) -> str:
    """Return `letter` without case, marks and compatibility form, Persian letters for their Arabic variants."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold())
    plain = "".join(part for part in decomposed if not unicodedata.combining(part))
    return "".join(_SAME_LETTER.get(part, part) for part in unicodedata.normalize("NFC", plain))


def _digit(letter: str) -> str | None:
    value = unicodedata.decimal(letter, None)
    return None if value is None else str(value)


def _fold_for_search(letter: str) -> str:
    digit = _digit(letter)
    if digit is not None:
        return digit
    return "".join(part for part in _plain_letters(letter) if _is_searched(part))


def _fold_for_search_key(letter: str) -> str:
    folded = _fold_for_search(letter)
    return folded + READ_AGAIN if letter in _BY_NEIGHBOURS else folded


READ_AGAIN = "\x00"
"""Marks in a fold that the letters around it decide what a letter is."""

_BY_NEIGHBOURS = "ئ\u0670\u0654"


def _is_searched(letter: str) -> bool:
    if letter == "@":
        return True
    if letter in _HAMZAS or kind_of(letter) not in (LetterKind.LETTER, LetterKind.MARK, LetterKind.OTHER):
        return False
    category = unicodedata.category(letter)
    return category[0] != "P" and category not in ("Sk", "Me")


def _fold_for_reading(letter: str) -> str:
    digit = _digit(letter)
    if digit is not None:
        return digit
    kind = kind_of(letter)
    if kind is LetterKind.SPACE or kind is LetterKind.LINE:
        return " "
    if kind is LetterKind.OTHER:
        return unicodedata.normalize("NFKC", letter)
    return _fold_for_search(letter)


# Yijing and monogram signs, wide since Unicode 16 and narrow or wide before, by program.
_LATELY_WIDE = (
    "\u2630-\u2637",
    "\u268a-\u268f",
    "\u4dc0-\u4dff",
    "\U0001d300-\U0001d356",
    "\U0001d360-\U0001d376",
)


def _drawn_alike(letter: str) -> str:
    """What every terminal draws in as many cells as every other: xterm and VTE count characters, kitty what is seen."""
    if "\U0001f1e6" <= letter <= "\U0001f1ff":
        return chr(ord(letter) - 0x1F1E6 + ord("A"))
    if "\U0001f3fb" <= letter <= "\U0001f3ff":
        return ""
    if unicodedata.category(letter) == "Cn" or any(
        first <= letter <= last for first, _, last in _LATELY_WIDE
    ):
        return "·"
    return letter


DRAWN_ALIKE = Folding(_drawn_alike)
"""Each character as it is drawn."""

SEARCH_FOLDING = Folding(_fold_for_search_key)
"""Each character as `search_key` sees it, with `READ_AGAIN` behind those that are not told by themselves."""

READING_FOLDING = Folding(_fold_for_reading)
"""Each character as `fold_words` sees it: as for searching, but spaces and punctuation stay."""
