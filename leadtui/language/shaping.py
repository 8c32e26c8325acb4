"""The shapes in which Arabic letters join, as characters of their own: for terminals that draw one cell after the other.

Unicode has the joined shapes of the letters of Arabic, Persian, Urdu and their neighbours as presentation forms (Unicode
16, 9.2); which is whose, Python's `unicodedata` says. A shape takes the cell of its letter: lam and alef stay two cells,
and so does what stands on a letter stay behind it. A letter without shapes is drawn as it is and joins none.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple


def shape(text: str) -> str:
    """Return `text`, in the order in which it is read, with each letter in the shape that its neighbours give it.

    The result has as many characters as `text`, each in its place. A non-joiner parts the letters beside it and a
    joiner joins them; both stay where they are, for whoever draws to leave out.
    """
    return _LETTERS.sub(_shape_run, text)


JOINERS = "\u200c\u200d"
"""Part the letters beside them, or join them, and are never drawn."""

_JOINING = "\u0640\u200d"
"""The tatweel and the joiner have no shapes, and the letters on both sides of them join."""


class _Shapes(NamedTuple):
    """A letter that joins only the one before it has no initial and no medial shape; hamza has only the isolated one."""

    isolated: str
    final: str
    initial: str
    medial: str


def _shapes_of_letters() -> dict[str, _Shapes]:
    found: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)):
        form, *letters = unicodedata.decomposition(chr(code)).split() or [""]
        if len(letters) == 1 and form.strip("<>") in _Shapes._fields:
            found.setdefault(chr(int(letters[0], 16)), {})[form.strip("<>")] = chr(code)
    return {
        letter: _Shapes(*(shapes.get(form, "") for form in _Shapes._fields))
        for letter, shapes in found.items()
    }


_SHAPES = _shapes_of_letters()

# What joins, with what stands between without parting: marks of Arabic script and the joiners. Only of it a shape can change.
_LETTERS = re.compile(
    "[\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06ed\u06fa-\u06ff\u0750-\u077f\u0870-\u08ff\u200c\u200d]+"
)


def _shape_run(found: re.Match[str]) -> str:
    return _shape_letters(found[0])


@lru_cache(maxsize=16384)
def _shape_letters(word: str) -> str:
    shaped = [*word]
    before, joined_before = (
        -1,
        False,
    )  # the place of the letter before, and whether it is joined to the one before it
    for place, letter in enumerate(word):
        if unicodedata.category(letter) == "Mn":
            continue
        joined = before >= 0 and _reaches_on(word[before]) and _reaches_back(letter)
        if joined and (shapes := _SHAPES.get(word[before])):
            shaped[before] = shapes.medial if joined_before else shapes.initial
        if shapes := _SHAPES.get(letter):
            shaped[place] = shapes.final if joined else shapes.isolated
        before, joined_before = place, joined
    return "".join(shaped)


def _reaches_on(letter: str) -> bool:
    return letter in _JOINING or (letter in _SHAPES and _SHAPES[letter].initial != "")


def _reaches_back(letter: str) -> bool:
    return letter in _JOINING or (letter in _SHAPES and _SHAPES[letter].final != "")
