"""Tell the encodings from before Unicode apart by the letters that they make of a text: whether a language writes them so."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

IDEOGRAPHIC = frozenset({"ja", "ko", "zh", "zh_Hant"})
"""Languages of so many letters that each is counted by itself."""

MOST_WORDS = 300
"""How many different cells are looked at: more would tell nothing new."""


class OldEncoding(NamedTuple):
    """An encoding that programs wrote before Unicode, and the languages that were written in it."""

    codec: str
    languages: str
    rarity: int
    """In bits: how much better a rare one has to fit than a usual one."""


class EncodedReading(NamedTuple):
    """How an encoding reads a text."""

    codec: str
    cost: float
    """In bits: the lower, the likelier."""
    words: tuple[str, ...]


def likely_readings(cells: Iterable[bytes]) -> list[EncodedReading]:
    """The encodings that may have written `cells`, each of one letter or more beyond ASCII, the likeliest first.

    Of several that read them alike only the most usual one stands there.
    """
    found: dict[tuple[str, ...], EncodedReading] = {}
    written = list(dict.fromkeys(cells))[:MOST_WORDS]
    for encoding in _OLD_ENCODINGS:
        words = tuple(cell.decode(encoding.codec, "replace") for cell in written)
        cost = _cost(words, encoding) + _MIRRORED * _mirrored(written, words, encoding) + encoding.rarity
        reading = EncodedReading(encoding.codec, cost, words)
        if words not in found or reading.cost < found[words].cost:
            found[words] = reading
    return sorted(found.values(), key=lambda reading: reading.cost)


def pairs_of(text: str) -> Iterator[str]:
    """Each letter with the one before it; one of a script of thousands by itself. Words begin and end with a space."""
    before = _EDGE
    for letter in (*_folded(text), _EDGE):
        if _is_ideographic(letter):
            yield letter
            before = _EDGE
        else:
            if before != _EDGE or letter != _EDGE:
                yield before + letter
            before = letter


_OLD_ENCODINGS = tuple(
    OldEncoding(codec, languages, rarity)
    for codec, languages, rarity in (
        ("cp1252", "de fr es pt it nl da sv nb fi is ca", 0),
        ("cp1250", "pl cs sk hu ro sh sl", 1),
        ("cp1251", "ru uk bg sr", 0),
        ("cp1253", "el", 1),
        ("cp1254", "tr", 1),
        ("cp1255", "he", 1),
        ("cp1256", "ar fa ur", 0),
        ("cp1257", "lt lv et", 1),
        ("cp1258", "vi", 2),
        ("cp874", "th", 1),
        ("gb18030", "zh", 1),
        ("big5hkscs", "zh_Hant", 1),
        ("cp932", "ja", 1),
        ("cp949", "ko", 1),
        ("euc_jp", "ja", 4),
        ("iso8859-2", "pl cs sk hu ro sh sl", 4),
        ("iso8859-5", "ru uk bg sr", 6),
        ("iso8859-6", "ar", 3),
        ("iso8859-7", "el", 3),
        ("koi8-r", "ru bg", 3),
        ("koi8-u", "uk", 4),
        ("cp866", "ru bg", 5),
        ("cp850", "de fr es pt it nl da sv nb fi is ca", 7),
        ("cp852", "pl cs sk hu ro sh sl", 7),
        ("cp857", "tr", 7),
        ("mac_roman", "de fr es pt it nl da sv nb fi is ca", 5),
        ("mac_latin2", "pl cs sk hu", 7),
        ("mac_cyrillic", "ru uk bg sr", 6),
        ("mac_greek", "el", 6),
        ("mac_turkish", "tr", 6),
        ("mac_arabic", "ar fa ur", 5),
    )
)

_EDGE = " "
_UNUSUAL_PAIR = 11
_FOREIGN_LETTER = 15
_PUNCTUATION = 9
_SIGN = 20
_NO_SIGN = 30
_MIRRORED = 12
_BREAK = 7
"""What nobody writes side by side: a capital behind a small letter, letters of two scripts, a bullet within a word."""
_OTHER_LANGUAGE = 4
"""A word of another language than most, such as the name of a foreigner."""

_ASCII_SIGNS = re.compile(r"[\x00-@\[-`{-\x7f]")
_USUAL_SIGNS = frozenset("\u00a0‘’“”„«»‹›–—…€£°№·•、。，（）：！？ー・　،؛؟ـ\u200c\u200d\u200e\u200f")


_PARTING_SIGNS = frozenset("“”„«»‹›—…€£°№•،؛؟")
_SCRIPTS = (
    ("\u024f", "latin"),
    ("\u036f", ""),
    ("\u03ff", "greek"),
    ("\u052f", "cyrillic"),
    ("\u05ff", "hebrew"),
    ("\u077f", "arabic"),
    ("\u0e7f", "thai"),
    ("\u1eff", "latin"),
    ("\U0010ffff", "other"),
)
"""The last letter of each script, as far as old encodings have letters of it."""


def _folded(text: str) -> str:
    """The letters of `text` in lower case, one for one; an ASCII sign that is no letter becomes the edge of a word."""
    lower = (letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return _ASCII_SIGNS.sub(_EDGE, "".join(lower))


def _is_ideographic(letter: str) -> bool:
    return "\u3040" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7a3" or "\uf900" <= letter <= "\ufaff"


def _cost(words: tuple[str, ...], encoding: OldEncoding) -> float:
    """How unlikely these words are in the languages of an encoding, each word in the language that fits it best."""
    languages = encoding.languages.split()
    if encoding.codec == "cp1258":
        words = tuple(unicodedata.normalize("NFC", word) for word in words)
    by_word = [[_cost_in(word, language) for language in languages] for word in words]
    return min(
        sum(min(costs[main], min(costs) + _OTHER_LANGUAGE) for costs in by_word)
        for main in range(len(languages))
    )


def _mirrored(cells: Sequence[bytes], words: Sequence[str], encoding: OldEncoding) -> int:
    """How many bytes beyond ASCII come out as ASCII: the Macintosh's Arabic has all its signs twice."""
    if encoding.codec != "mac_arabic":
        return 0
    foreign = sum(not letter.isascii() for word in words for letter in word)
    return sum(byte > 0x7F for cell in cells for byte in cell) - foreign


def _cost_in(word: str, language: str) -> float:
    pairs = _costs_of(language)
    cost = 0
    for pair in pairs_of(word):
        if not pair.isascii():
            known = pairs.get(pair)
            cost += _unusual(pair, language) if known is None else known
    return cost + _BREAK * _breaks(word)


def _breaks(word: str) -> int:
    """How often what stands side by side is what nobody writes so."""
    return sum(
        _breaks_between(before, letter)
        for before, letter in pairwise(word)
        if not (before.isascii() and letter.isascii())
    ) + sum(
        sign in _PARTING_SIGNS and before.isalpha() and behind.isalpha()
        for before, sign, behind in zip(word, word[1:], word[2:], strict=False)
    )


def _breaks_between(before: str, letter: str) -> bool:
    """Whether a capital stands behind a small letter, or two letters of different scripts touch."""
    if before.islower() and letter.isupper():
        return True
    script, other = _script(before), _script(letter)
    return bool(script and other) and script != other


def _script(letter: str) -> str:
    if letter.isascii():
        return "latin" if letter.isalpha() else ""
    if letter in "،؛؟ـ":
        return "arabic"
    if not letter.isalpha():
        return ""
    if _is_ideographic(letter):
        return "ideographs"
    return next(script for last, script in _SCRIPTS if letter <= last)


@cache
def _unusual(pair: str, language: str) -> int:
    """What a pair costs that is not among the frequent ones."""
    letter = pair[-1]
    if letter.isascii():
        letter = pair[0]
        if letter in _alphabet(language):
            return _UNUSUAL_PAIR if pair[-1] != _EDGE else _UNUSUAL_PAIR - 3
        return 0 if letter in _USUAL_SIGNS else _UNUSUAL_PAIR
    if len(pair) == 1:
        return _rare_ideograph(letter)
    if letter in _alphabet(language):
        return _UNUSUAL_PAIR
    if letter in _USUAL_SIGNS:
        return _PUNCTUATION
    if letter.isalpha() or unicodedata.category(letter) == "Mn":
        return _FOREIGN_LETTER
    return _NO_SIGN if unicodedata.category(letter).startswith("C") or letter == "\ufffd" else _SIGN


def _rare_ideograph(letter: str) -> int:
    """By the order of the standards: what was thought of as frequent comes first in each."""
    for codec, first, last in (
        ("gb2312", 0xB0, 0xD7),
        ("euc_jp", 0xB0, 0xCF),
        ("big5", 0xA4, 0xC6),
        ("euc_kr", 0xB0, 0xC8),
    ):
        code = letter.encode(codec, "ignore")
        if len(code) == 2 and first <= code[0] <= last:
            return 14
    return 22


@cache
def _alphabet(language: str) -> frozenset[str]:
    return frozenset(letter for pair in _costs_of(language) for letter in pair if not letter.isascii())


@cache
def _costs_of(language: str) -> dict[str, int]:
    """How unlikely the second letter of each frequent pair is behind the first, in bits."""
    from leadtui.services.importing.letter_pairs import (
        PAIRS,
    )  # large, and only for files that are not Unicode

    size = 1 if language in IDEOGRAPHIC else 2
    costs: dict[str, int] = {}
    for line in PAIRS[language].split("\n"):
        cost, _colon, letters = line.partition(":")
        costs |= {letters[start : start + size]: int(cost) for start in range(0, len(letters), size)}
    return costs
