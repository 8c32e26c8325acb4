"""The words that the program says, in the person's language: gettext looked up at the moment of the call."""

from __future__ import annotations

import gettext as _gettext
from collections.abc import Iterable
from contextvars import ContextVar
from decimal import Decimal
from enum import Enum, StrEnum
from functools import lru_cache
from pathlib import Path

from leadtui.language.bidi import Direction, first_strong, isolated, needs_order

SOURCE_LANGUAGE = "en"
"""The language that the sentences in the code are written in."""

LANGUAGES: tuple[str, ...] = (SOURCE_LANGUAGE, "fa", "ar")
"""The languages that the program speaks: each of the others has every sentence in its catalogue, and tests see to it."""

OWN_NAMES: dict[str, str] = {"en": "English", "fa": "فارسی", "ar": "العربية"}
"""What each language is called by those who speak it."""

_DOMAIN = "leadtui"
_LOCALES = Path(__file__).parent / "locales"


class Digits(StrEnum):
    """The digits in which numbers, days and times are shown."""

    LATIN = "latin"
    PERSIAN = "persian"
    ARABIC = "arabic"


class Language:
    """The language that one app or one command speaks.

    Everything that runs in its context shares it – tasks, and threads that were given the context – so that changing it
    changes what all of them say.
    """

    __slots__ = ("_digits", "name", "sentences")

    def __init__(self, name: str) -> None:
        """`name` is a language tag: `fa`, `ar`, `en`, `fa_IR`, `fa-u-nu-latn`."""
        self.use(name)

    def use(self, name: str) -> None:
        """Speak `name` from now on; English where there is no catalogue for it."""
        self.name = name
        self.sentences = catalogue(name)
        own = _OWN_DIGITS.get(base_language(name), Digits.LATIN)
        self._digits = {} if own is Digits.LATIN else str.maketrans(_SIGNS[own], _SIGNS[digits_of(name)])

    def sentence(self, words: str) -> Sentence:
        """Return words of the catalogue, which are written in its language's digits, in those that are wanted.

        Latin ones stay: what has them is a key or a name, `F2` or `UTF-8`.
        """
        return Sentence(words.translate(self._digits) if self._digits else words)


class Sentence(str):
    """What the program says, perhaps with places for values. Whatever is put into them is kept apart from its order."""

    __slots__ = ()

    def format(self, *args: object, **values: object) -> str:
        """Put values in, each that has letters of its own `apart`."""
        return super().format(*map(_apart, args), **{name: _apart(value) for name, value in values.items()})


def apart(text: str) -> str:
    """Return `text`, which is no part of the sentence or line around it, so that each keeps its own order (UAX #9, 2.5).

    Where all runs from left to right nothing is needed, nor for what has no letters: it runs as the line does.
    """
    if text.isascii() and not interface_direction():
        return text
    needed = needs_order(text) or interface_direction() is Direction.RIGHT_TO_LEFT
    return isolated(text) if needed and first_strong(text) is not None else text


def _apart(value: object) -> object:
    return value if isinstance(value, int | float | Decimal) else apart(str(value))


def _(message: str) -> str:
    """Return `message` in the language in use."""
    speaker = _current()
    # The catalogue keeps its header under "".
    return speaker.sentence(speaker.sentences.gettext(message)) if message else ""


def ngettext(singular: str, plural: str, n: int) -> str:
    """Return the form of the sentence that the language in use has for `n`; `{n}` is filled in by the caller."""
    speaker = _current()
    return speaker.sentence(speaker.sentences.ngettext(singular, plural, n))


def pgettext(context: str, message: str) -> str:
    """Return `message` as it reads in `context`, where one English word has two translations."""
    speaker = _current()
    return speaker.sentence(speaker.sentences.pgettext(context, message)) if message else ""


def npgettext(context: str, singular: str, plural: str, n: int) -> str:
    """Return the form of the words that the language in use has for `n` in `context`; the caller fills in `{n}`."""
    speaker = _current()
    return speaker.sentence(speaker.sentences.npgettext(context, singular, plural, n))


def N_(message: str) -> str:  # noqa: N802 -- the mark that message extractors know
    """Mark `message` for translation where it is defined; `_` translates it where it is shown."""
    return message


def P_(context: str, message: str) -> str:  # noqa: ARG001, N802 -- as N_; the context is for the extractor
    """Mark `message` for translation in `context` where it is defined; `pgettext` with the same translates it."""
    return message


def NP_(context: str, singular: str, plural: str) -> tuple[str, str]:  # noqa: ARG001, N802 -- as P_
    """Mark words with their plural for translation where they are defined; `npgettext` translates them."""
    return singular, plural


def use(language: str) -> None:
    """Say everything from now on in `language` (`fa`, `ar`, `en`, `fa_IR`), in every task and thread of this context.

    A language without a catalogue is spoken in English, but `language()` and the direction are as asked.
    """
    spoken_here = _speaking.get(None)
    if spoken_here is None:
        _speaking.set(Language(language))
    else:
        spoken_here.use(language)


def language() -> str:
    """Return the language that `use` was last given in this context."""
    return _current().name


def quoted(text: str) -> str:
    """Return `text` within the quotation marks of the language in use."""
    return pgettext("pattern", "“{text}”").format(text=text)


class ListStyle(Enum):
    """How the parts of a list stand together."""

    UNIT = "unit"
    OR = "or"
    """As UNIT, but for the last two."""
    CLAUSES = "clauses"
    """Each part may have a comma of its own."""


def format_list(items: Iterable[str], style: ListStyle = ListStyle.UNIT) -> str:
    """Return `items` as one list in the language in use: `Mina, Reza, Sara`; with OR `Mina, Reza or Sara`.

    With CLAUSES `owner Reza → you; reminder cancelled`.

    Put together two at a time from the end, as CLDR's list patterns are (UTS #35, part 2, "List Patterns").
    """
    *before, last = [apart(each) for each in items] or [""]
    if not before:
        return last
    # Translators: {rest} is what remains of the list, joined by the same pattern.
    pair = pgettext("list", "{first}, {rest}")
    if style is ListStyle.CLAUSES:
        # Translators: as with commas, where the parts have commas of their own.
        pair = pgettext("list", "{first}; {rest}")
    # Translators: {first} and {rest} are the last two of a list.
    end = pgettext("list", "{first} or {rest}") if style is ListStyle.OR else pair
    listed = str.format(end, first=before.pop(), rest=last)
    while before:
        listed = str.format(pair, first=before.pop(), rest=listed)
    return listed


@lru_cache(maxsize=16)
def catalogue(language: str) -> _gettext.NullTranslations:
    """Return the sentences of one language, whatever language is in use; English where there is no catalogue."""
    names = (language.replace("-", "_"), base_language(language))
    return _gettext.translation(_DOMAIN, str(_LOCALES), languages=names, fallback=True)


def speaks(language: str) -> bool:
    """Return whether the program has its sentences in `language`."""
    base = base_language(language)
    return base == SOURCE_LANGUAGE or (base in LANGUAGES and bool(catalogue(language).info()))


def spoken(language: str) -> str:
    """Return `language` where the program has its sentences in it, else English: what is said is of one piece."""
    return language if speaks(language) else SOURCE_LANGUAGE


def base_language(language: str) -> str:
    """Return `fa` for `fa`, `fa_IR` and `fa-IR`."""
    return language.replace("-", "_").partition("_")[0].lower()


def is_right_to_left(language: str) -> bool:
    """Return whether `language` is written from right to left."""
    return base_language(language) in _RIGHT_TO_LEFT


def interface_direction() -> Direction:
    """Return the way in which the sentences of the program run, in the language in which they are said."""
    return _direction_of(spoken(language()))


@lru_cache(maxsize=16)
def _direction_of(language: str) -> Direction:
    return Direction(is_right_to_left(language))


def with_digits(language: str, digits: Digits | None) -> str:
    """Return the tag of `language` written in `digits`, `fa-u-nu-latn`; in its own ones where none are given.

    The tag goes wherever a language goes, so that whatever is shown in it has these digits (UTS #35, "Unicode Locale
    Identifier", key `nu`).
    """
    return language if digits is None else f"{language}{_EXTENSION}{_NUMBERING[digits]}"


def digits_of(language: str) -> Digits:
    """Return the digits that are written in `language`: those of its tag, else its own."""
    numbering = language.partition(_EXTENSION)[2]
    said = next((digits for digits, name in _NUMBERING.items() if name == numbering), None)
    return said or _OWN_DIGITS.get(base_language(language), Digits.LATIN)


def show_number(number: int | float | Decimal, language: str) -> str:
    """Return `number` grouped by thousands in the digits of `language`: `12,480`, `۱۲٬۴۸۰`."""
    return f"{number:,}".translate(_NUMERALS.get(digits_of(language), {}))


def show_figures(number: str, language: str) -> str:
    """Return a number in ASCII digits in the digits of `language`, not parted by thousands: `1200.5`, `۱۲۰۰٫۵`."""
    return number.translate(_NUMERALS.get(digits_of(language), {}))


def counted(number: int) -> str:
    """Return `number` as it stands in a sentence of the program, in the digits of the language that is spoken."""
    return show_number(number, spoken(language()))


def show_digits(text: str, language: str) -> str:
    """Return `text` with its ASCII digits in the digits of `language`."""
    return text.translate(_DIGITS.get(digits_of(language), {}))


_RIGHT_TO_LEFT = frozenset({"fa", "ar", "he", "ur", "ckb", "ps", "ug", "yi", "sd"})

_OWN_DIGITS = {"fa": Digits.PERSIAN, "ar": Digits.ARABIC}

_EXTENSION = "-u-nu-"
_NUMBERING = {Digits.LATIN: "latn", Digits.PERSIAN: "arabext", Digits.ARABIC: "arab"}
"""CLDR's names of them."""

_SIGNS = {Digits.LATIN: "0123456789", Digits.PERSIAN: "۰۱۲۳۴۵۶۷۸۹", Digits.ARABIC: "٠١٢٣٤٥٦٧٨٩"}
_DIGITS = {
    digits: str.maketrans(_SIGNS[Digits.LATIN], _SIGNS[digits]) for digits in (Digits.PERSIAN, Digits.ARABIC)
}
# CLDR, numbering systems arabext and arab: Arabic thousands and decimal separators go with the digits.
_NUMERALS = {name: {**digits, ord(","): "٬", ord("."): "٫"} for name, digits in _DIGITS.items()}

_speaking: ContextVar[Language] = ContextVar("language")


def _current() -> Language:
    return _speaking.get(_ENGLISH)


_ENGLISH = Language(SOURCE_LANGUAGE)
"""Spoken where nobody has said otherwise."""
