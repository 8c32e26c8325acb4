"""Text in the order and the shapes in which a terminal draws it, letter by letter.

What a terminal needs for that is its `TerminalProfile`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from leadtui.language.bidi import (
    Direction,
    bidi_class,
    first_strong,
    mirrored,
    needs_order,
    visual_order,
    without_isolates,
)
from leadtui.language.shaping import shape
from leadtui.language.translate import interface_direction
from leadtui.settings import TerminalProfile


class Glyph(NamedTuple):
    """A letter as it is drawn, with the marks that stand on it."""

    place: int
    """Of the letter, in the text that is read."""
    text: str


@dataclass(slots=True, eq=False)
class Drawing:
    """How a program draws text for the terminal that it runs in; the profile is another once the terminal has answered."""

    profile: TerminalProfile

    def turned(self, text: str, base: Direction | None = None) -> str:
        """Return `text`, one cell or field, as it is drawn, in as many cells as before.

        It runs as `base` says; without that as its first strong letter does, and where it has none, as the interface.
        """
        if not needs_order(text):
            return text
        if self.profile is TerminalProfile.OFF:
            return without_isolates(text)
        if base is None and (base := first_strong(text)) is None:
            base = interface_direction()
        return _turned(text, base)

    def glyphs(self, text: str, base: Direction) -> Sequence[Glyph]:
        """Return what is drawn for `text`, from left to right."""
        if self.profile is TerminalProfile.OFF:
            return [Glyph(place, letter) for place, letter in enumerate(text) if letter not in _NEVER_DRAWN]
        return _glyphs(text, base)


def with_numbers_whole(text: str) -> str:
    """Return what `text` is to be ordered as: a number to be dialled, grouped by spaces or hyphens, runs as Latin letters do.

    By itself each group would be a number of its own, and in a line from right to left the last one would come first
    (UAX #9, 4.3, HL4).
    """
    return _TO_DIAL.sub(lambda found: "n" * len(found[0]), text)


_TO_DIAL = re.compile(
    r"(?<![\w+])(?:(?:\+\d+|[0\u06f0\u0660]\d\d+|\(\d+\)(?=[ \u00a0-]\d))(?:[ \u00a0-]\(?\d+\)?)*"
    r"|\d++(?:[ \u00a0]\d++){2,}+(?![:/]))"
)
"""As they are written abroad and at home, `(276) 555-0108` and `06 12 34 56 78` too."""

AS_READ = Drawing(TerminalProfile.OFF)
"""Where no terminal is known."""


@lru_cache(maxsize=8192)
def _turned(text: str, base: Direction) -> str:
    if _RIGHT_TO_LEFT_WORDS.fullmatch(text):
        return " ".join(map(_turned_word, reversed(text.split(" "))))
    return "".join(glyph.text for glyph in _glyphs(text, base))


@lru_cache(maxsize=16384)
def _turned_word(word: str) -> str:
    if _STANDS_ON_OTHERS.search(word):
        return "".join(glyph.text for glyph in _glyphs(word, Direction.RIGHT_TO_LEFT))
    return shape(word)[::-1]


# Most names are Arabic letters and spaces alone. They are seen from their end to their beginning, whatever stands around
# them, and a word that was seen once needs no more work.
_LETTER, _MARK = "\u0621-\u064a\u066e\u066f\u0671-\u06d5\u06fa-\u06ff", "\u064b-\u065f\u0670\u200c"
_RIGHT_TO_LEFT_WORDS = re.compile(f"[{_LETTER}][{_LETTER}{_MARK}]*(?: [{_LETTER}][{_LETTER}{_MARK}]*)*")
_STANDS_ON_OTHERS = re.compile(f"[{_MARK}]")

_NEVER_DRAWN = frozenset("\u061c\u200e\u200f\u2066\u2067\u2068\u2069")
"""Marks of direction and isolates: they have their place in the order, and no glyph."""


@lru_cache(maxsize=8192)
def _glyphs(text: str, base: Direction) -> tuple[Glyph, ...]:
    order = visual_order(with_numbers_whole(text), base)
    shaped = shape(text)
    marks = _marks_by_letter(text)
    standing = {place for places in marks.values() for place in places}
    glyphs: list[Glyph] = []
    for place in order.indices:
        if place in standing or text[place] in _NEVER_DRAWN:
            continue
        letter = mirrored(shaped[place]) if (order.levels[place] or 0) & 1 else shaped[place]
        glyphs.append(Glyph(place, letter + "".join(text[at] for at in marks.get(place, ()))))
    return tuple(glyphs)


def _marks_by_letter(text: str) -> dict[int, list[int]]:
    """The places of the marks on each letter that has some, by the letter's."""
    found: dict[int, list[int]] = {}
    letter: int | None = None
    for place, each in enumerate(text):
        kind = bidi_class(each)
        if kind == "NSM" and letter is not None:
            found.setdefault(letter, []).append(place)
        elif kind not in ("NSM", "BN") and each not in _NEVER_DRAWN:
            letter = place
    return found
