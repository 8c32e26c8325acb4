"""The words that the program says, in the person's language: gettext looked up at the moment of the call."""

from __future__ import annotations

import gettext as _gettext
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

SOURCE_LANGUAGE = "en"
"""The language that the sentences in the code are written in."""

_DOMAIN = "leadtui"
_LOCALES = Path(__file__).parent.parent / "locales"


def _(message: str) -> str:
    """Return `message` in the language in use."""
    return _in_use.gettext(message) if message else ""  # the catalogue keeps its header under ""


def ngettext(singular: str, plural: str, n: int) -> str:
    """Return the form of the sentence that the language in use has for `n`; `{n}` is filled in by the caller."""
    return _in_use.ngettext(singular, plural, n)


def pgettext(context: str, message: str) -> str:
    """Return `message` as it reads in `context`, where one English word has two translations."""
    return _in_use.pgettext(context, message)


def N_(message: str) -> str:  # noqa: N802 -- the mark that message extractors know
    """Mark `message` for translation where it is defined; `_` translates it where it is shown."""
    return message


def mark_plural(singular: str, plural: str) -> tuple[str, str]:
    """Mark a sentence with its plural for translation where it is defined; `ngettext` translates it."""
    return singular, plural


def use(language: str) -> None:
    """Say everything from now on, in every thread, in `language` (`fa`, `ar`, `en`, `fa_IR`).

    A language without a catalogue is spoken in English, but `language()` and the direction are as asked.
    """
    global _in_use, _language  # noqa: PLW0603 -- one person, one language: it is the state of the program
    _in_use = catalogue(language)
    _language = language


def language() -> str:
    """Return the language that `use` was last given."""
    return _language


@lru_cache(maxsize=16)
def catalogue(language: str) -> _gettext.NullTranslations:
    """Return the sentences of one language, whatever language is in use; English where there is no catalogue."""
    names = (language.replace("-", "_"), base_language(language))
    return _gettext.translation(_DOMAIN, str(_LOCALES), languages=names, fallback=True)


def speaks(language: str) -> bool:
    """Return whether the program has its sentences in `language`."""
    return base_language(language) == SOURCE_LANGUAGE or bool(catalogue(language).info())


def spoken(language: str) -> str:
    """Return `language` where the program has its sentences in it, else English: what is said is of one piece."""
    return language if speaks(language) else SOURCE_LANGUAGE


def base_language(language: str) -> str:
    """Return `fa` for `fa`, `fa_IR` and `fa-IR`."""
    return language.replace("-", "_").partition("_")[0].lower()


def is_right_to_left(language: str) -> bool:
    """Return whether `language` is written from right to left."""
    return base_language(language) in _RIGHT_TO_LEFT


def show_number(number: int | float | Decimal, language: str) -> str:
    """Return `number` grouped by thousands in the digits of `language`: `12,480`, `۱۲٬۴۸۰`."""
    return f"{number:,}".translate(_NUMERALS.get(base_language(language), {}))


def show_digits(text: str, language: str) -> str:
    """Return `text` with its ASCII digits in the digits of `language`."""
    return text.translate(_DIGITS.get(base_language(language), {}))


_RIGHT_TO_LEFT = frozenset({"fa", "ar", "he", "ur", "ckb", "ps", "ug", "yi", "sd"})

_DIGITS = {
    "fa": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"),
    "ar": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"),
}
# CLDR, numbering systems arabext and arab: Arabic thousands and decimal separators go with the digits.
_NUMERALS = {name: {**digits, ord(","): "٬", ord("."): "٫"} for name, digits in _DIGITS.items()}

_language = SOURCE_LANGUAGE
_in_use: _gettext.NullTranslations = catalogue(SOURCE_LANGUAGE)
