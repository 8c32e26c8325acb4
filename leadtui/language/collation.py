"""The order of names and words: that of the Unicode collation algorithm at primary strength, as readers of a language know it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, count

from leadtui.language.letters import READ_AGAIN, Folding, LetterKind, kind_of
from leadtui.language.translate import base_language


def sort_key(text: str, language: str) -> str:
    """Return a key whose code-point order is the order in which readers of `language` expect texts.

    The order is the CLDR's, at primary strength: case, accents, vowel marks and joiners do not count. Signs come first,
    then digits, one by one, then letters: in Persian and Arabic those of the Arabic script before the Latin ones, in
    every other language behind them; then every other script. Equal keys say that nothing parts two texts in a list,
    not that they are the same name. Keys are short: one byte for a letter of the language's own alphabet.
    """
    folding = _folding(language)
    key = text.translate(folding)
    if READ_AGAIN in key:  # آ and أ written as two characters are one letter all the same
        key = unicodedata.normalize("NFC", text).translate(folding).replace(READ_AGAIN, "")
    key = key.strip()
    return key if key.isascii() else unicodedata.normalize("NFC", key)


_SIGNS = "_ - ,، ;؛ : ! ?؟ . '’‘ \"“”«» ( ) [ ] { } @ * / \\ & # %٪ ` ^ + < = > | ~ $".split(" ")
_DIGITS = "0 1 2 3 4 5 6 7 8 9".split()
_LATIN = (
    "a b c d e (əǝ) f (ƒ) g h i (ı) j k l m n (ŋ) o p q (ĸ) r s t (ŧ) u v w x y z (ʒ) (þ) (ƿ)".replace(
        "d", "dđð"
    )
    .replace("h", "hħ")
    .replace("l", "lł")
    .replace(" o ", " oø ")
    .split()
)
# CLDR 42, common/collation: the Arabic letters of root.xml, and what fa.xml and ar.xml (compat) change about them.
# Letters in one word are equal; those in brackets are written in other languages and follow what stands before them.
_FROM_BEH = "ب (ٻ) پ (ڀ)"
_FROM_TEH = (
    "ث (ٹ) (ٺ) (ټ) (ٽ) (ٿ) ج (ڃ) (ڄ) چ (ڿ) (ڇ) ح خ (ځ) (ڂ) (څ) د ذ (ڈ) (ډ) (ڊ) (ڋ) (ڌ) (ڍ) (ڎ) (ڏ) (ڐ) (ۮ)"
    " ر ز (ڑ) (ڒ) (ړ) (ڔ) (ڕ) (ږ) (ڗ) ژ (ڙ) (ۯ) س ش (ښ) (ڛ) (ڜ) (ۺ) ص ض (ڝ) (ڞ) (ۻ) ط ظ (ڟ) ع غ (ڠ) (ۼ)"
    " ف (ڡ) (ڢ) (ڣ) (ڤ) (ڥ) (ڦ) (ٯ) ق (ڧ) (ڨ)"
)
_FROM_GAF = "گ (ڰ) (ڱ) (ڲ) (ڳ) (ڴ) ل (ڵ) (ڶ) (ڷ) (ڸ) م ن (ں) (ڻ) (ڼ) (ڽ) (ڹ)"
_OTHER_WAWS = "(ۄ) (ۅ) (ۆ) (ۇ) (ۈ) (ۉ) (ۊ) (ۋ) (ۏ)"
_PERSIAN = (
    f"ٴ آ اٱ ءأؤإئٲٳ {_FROM_BEH} ت {_FROM_TEH} كکڪګڬڭڮ {_FROM_GAF} و {_OTHER_WAWS} ةهھۀہۂۃە ىيیۍێېۑےۓ".split()
)
_OTHER_KAFS, _OTHER_HEHS = "(ڪ) (ګ) (ڬ) (ڭ) (ڮ)", "(ھ) (ہۂ) (ۃ) (ەۀ)"
_ARABIC = (
    f"ءأؤإئاٴ (ٲ) (ٱ) (ٳ) {_FROM_BEH} ةت {_FROM_TEH} ك ک {_OTHER_KAFS} {_FROM_GAF}"
    f" ه {_OTHER_HEHS} و {_OTHER_WAWS} ىيی (ۍ) (ێ) (ې) (ۑ) (ےۓ)".split()
)
_ROOT = (
    f"ءٴ آ أ (ٲ) (ٱ) ؤ إ (ٳ) ئ ا {_FROM_BEH} ة ت {_FROM_TEH} ك ک {_OTHER_KAFS} {_FROM_GAF}"
    f" ه {_OTHER_HEHS} و {_OTHER_WAWS} ى ي ی (ۍ) (ێ) (ې) (ۑ) (ےۓ)".split()
)

_LAST = "\uffff"
"""Behind the code of a letter, begins that of one which follows it: nothing else comes after it."""


def _codes() -> Iterator[str]:
    """Characters in order, neither controls nor the soft hyphen; the first ones take one byte."""
    return map(chr, chain(range(ord(" "), 0x7F), range(0xA1, 0xAD), count(0xAE)))


def _places(language: str) -> dict[str, str]:
    """The code of every character that has one of its own."""
    arabic = {"fa": _PERSIAN, "ar": _ARABIC}.get(language)
    scripts = [*arabic, *_LATIN] if arabic else [*_LATIN, *_ROOT]
    places: dict[str, str] = {}
    codes = _codes()
    code, behind = "", 0
    for letters in (" ", *_SIGNS, *_DIGITS, *scripts):
        if len(letters) > 1 and letters[0] == "(":
            behind += 1
            place = f"{code}{_LAST}{chr(ord(' ') + behind)}"
        else:
            code, behind = next(codes), 0
            place = code
        places |= dict.fromkeys(letters.strip("()") or letters, place)
    if language == "ar":
        places["آ"] = places["ا"] * 2
    return places


@lru_cache(maxsize=16)
def _folding(language: str) -> Folding:
    return _folding_of(base_language(language))


@lru_cache(maxsize=16)
def _folding_of(language: str) -> Folding:
    places = _places(language if language in ("fa", "ar") else "")

    def fold(letter: str) -> str:
        if letter in "\u0653\u0654\u0655":
            return READ_AGAIN
        digit = unicodedata.decimal(letter, None)
        if digit is not None:
            return places[str(digit)]
        if kind_of(letter) in (LetterKind.SPACE, LetterKind.LINE):
            return places[" "]
        if unicodedata.category(letter) == "Pd":
            return places["-"]
        return "".join(map(place, unicodedata.normalize("NFKC", letter)))

    def place(letter: str) -> str:
        if letter in places:
            return places[letter]
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold())
        return "".join(places.get(part) or _elsewhere(part) for part in _EXPANDED.get(plain, plain))

    return Folding(fold)


_EXPANDED = {"æ": "ae", "œ": "oe"}


def _elsewhere(letter: str) -> str:
    """Letters and symbols of other scripts by their code points; marks and the signs that have no place do not count."""
    category = unicodedata.category(letter)
    if letter < "\u0180" or category[0] in "PC" or category in ("Sk", "Me") or unicodedata.combining(letter):
        return ""
    return letter
