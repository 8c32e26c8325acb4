"""How kitty shows a line: what stands in one font without a blank is turned where a right-to-left letter or digit comes first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby

from leadtui.language.bidi import needs_order

Sign = tuple[str, bool]
"""What a cell was sent, and whether it leans."""


def as_kitty_shows(cells: Sequence[Sign], *, font_has_letters: bool) -> list[str]:
    """The cells from left to right. Where the font has the letters of these scripts, a word with its signs is turned as one."""

    def font(cell: Sign) -> tuple[object, ...]:
        text, leans = cell
        if text.isspace() or not text or "\u2500" <= text[0] <= "\u259f":
            return ("none",)
        return (leans, font_has_letters or _runs_from_the_right(text))

    shown: list[str] = []
    for kind, cells_of_font in groupby(cells, font):
        run: list[str] = [text for text, _leans in cells_of_font]
        marked = any(len(text) > 1 for text in run)
        assert not marked or len(run) == 1 or not any(map(_runs_from_the_right, run)), "it mixes them up"
        turned = kind != ("none",) and next((each for each in map(_direction, run) if each), "L") != "L"
        shown += reversed(run) if turned else run
    return shown


def joined_to_lam(line: str) -> str:
    """An alef that stands alone beside a lam looks as if joined, and kitty makes no ligature of the two."""
    return re.sub("[\ufe81\ufe83\ufe87\ufe8d](?=[\ufedf\ufee0])", lambda found: chr(ord(found[0]) + 1), line)


def _direction(text: str) -> str:
    """L or R where this decides how a run is taken."""
    if _runs_from_the_right(text):
        return "R"
    return "L" if unicodedata.bidirectional(text[0]) == "L" else ""


def _runs_from_the_right(text: str) -> bool:
    return text[0].isalnum() and needs_order(text[0])
