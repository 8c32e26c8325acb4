"""A line that is edited: where each of its letters is seen, and where the cursor goes from there.

The cursor stands on the letter before which the next one is put in, and at the end on a cell of its own, where the line
runs to. So each place of the cursor is one cell, and Left and Right pass them all, in the order in which they are seen.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from leadtui.language.bidi import Direction, first_strong, mirrored, needs_order, wrapped_order
from leadtui.language.shaping import JOINERS, shape
from leadtui.language.text import cell_width, cluster_ends
from leadtui.language.translate import interface_direction
from leadtui.presentation.drawn_text import Drawing, with_numbers_whole
from leadtui.settings import TerminalProfile


class Slot(NamedTuple):
    """A place of the cursor, and what is drawn there."""

    place: int
    """Where the letter begins in the text."""
    text: str
    column: int
    width: int
    """In cells; one where nothing is drawn."""


@dataclass(frozen=True, slots=True)
class SeenLine:
    """One row of the screen."""

    slots: tuple[Slot, ...]
    """From left to right."""

    @property
    def width(self) -> int:
        """How many cells it takes, with that of the cursor at its end."""
        return self.slots[-1].column + self.slots[-1].width if self.slots else 0

    def slot_of(self, place: int) -> Slot:
        """Return where the cursor stands at `place`; within a letter, that letter's slot."""
        return self.slots[self._index_of(place)]

    def place_at(self, column: int) -> int:
        """Return where the cursor is put by a click on `column`; beside the line it goes to the nearer end."""
        index = bisect_right(self.slots, column, key=lambda slot: slot.column)
        return self.slots[max(index - 1, 0)].place

    def beside(self, place: int, step: int) -> int | None:
        """Return the place seen left (-1) or right (1) of `place`; None where the row ends there."""
        index = self._index_of(place) + step
        return self.slots[index].place if 0 <= index < len(self.slots) else None

    def _index_of(self, place: int) -> int:
        before = [each for each, slot in enumerate(self.slots) if slot.place <= place]
        return max(before, key=lambda each: self.slots[each].place, default=0)


def side_of(text: str, drawing: Drawing, above: Direction | None = None) -> Direction:
    """Return at which side a line begins, and from which it runs: as its first strong letter does.

    Where none is, as the line `above`, and without one as the interface. Lines that are given to the terminal as they are
    read all begin at the left.
    """
    if drawing.profile is TerminalProfile.OFF:
        return Direction.LEFT_TO_RIGHT
    strong = first_strong(text)
    if strong is not None:
        return strong
    return interface_direction() if above is None else above


def lay_out(text: str, side: Direction, drawing: Drawing, ends: Sequence[int] = ()) -> tuple[SeenLine, ...]:
    """Return the rows of a text that begins at `side`; it is wrapped at `ends`, and without them one row."""
    numbers_only = first_strong(text) is None and any(map(str.isdigit, text))
    as_read = numbers_only or drawing.profile is TerminalProfile.OFF
    return _laid_out(text, None if as_read else side, (*ends, len(text)))


@lru_cache(maxsize=512)
def _laid_out(text: str, base: Direction | None, ends: tuple[int, ...]) -> tuple[SeenLine, ...]:
    """Without a base the text is seen as it is read: numbers are, in every script."""
    if base is None or (base is Direction.LEFT_TO_RIGHT and not needs_order(text)):
        orders = [range(start, end) for start, end in pairwise((0, *ends))]
        letters = _letters(text, text)
    else:
        wrapped = wrapped_order(with_numbers_whole(text), base, ends)
        orders = [order.indices for order in wrapped]
        levels = [level for order in wrapped for level in order.levels]
        shown = "".join(
            mirrored(letter) if (level or 0) & 1 else letter
            for letter, level in zip(shape(text), levels, strict=True)
        )
        # Joiners are not drawn where the letters have their shapes already.
        letters = {place: letter.translate(_NO_JOINERS) for place, letter in _letters(text, shown).items()}
    rows: list[SeenLine] = []
    for order, end in zip(orders, ends, strict=True):
        drawn = [(place, letters[place]) for place in order if place in letters]
        if end == len(text):
            drawn.insert(0 if base else len(drawn), (end, ""))
        slots: list[Slot] = []
        column = 0
        for place, letter in drawn:
            width = max(cell_width(letter), 1)
            slots.append(Slot(place, letter or " ", column, width))
            column += width
        rows.append(SeenLine(tuple(slots)))
    return tuple(rows)


def _letters(text: str, shown: str) -> dict[int, str]:
    """What is drawn for each letter of the text, by where it begins."""
    return {start: shown[start:end] for start, end in pairwise((0, *cluster_ends(text)))}


_NO_JOINERS = dict.fromkeys(map(ord, JOINERS))


def letter_before(text: str, place: int) -> int:
    """Return where the letter begins that stands before `place`."""
    ends = cluster_ends(text)
    return ends[at - 1] if (at := bisect_left(ends, place)) > 0 else 0


def letter_behind(text: str, place: int) -> int:
    """Return where the letter ends that stands behind `place`."""
    ends = cluster_ends(text)
    return ends[at] if (at := bisect_right(ends, place)) < len(ends) else len(text)


def whole_letters(text: str, place: int) -> int:
    """Return `place`, or where the letter ends that it is within."""
    return letter_behind(text, place - 1) if 0 < place < len(text) else place


def word_before(text: str, place: int) -> int:
    """Return where the word begins that stands before `place` or around it."""
    ends = [0, *cluster_ends(text)]
    at = bisect_left(ends, place)
    while at > 0 and not _is_of_word(text[ends[at - 1]]):
        at -= 1
    while at > 0 and _is_of_word(text[ends[at - 1]]):
        at -= 1
    return ends[at]


def word_behind(text: str, place: int) -> int:
    """Return where the word ends that stands behind `place` or around it."""
    ends = [0, *cluster_ends(text)]
    at = bisect_left(ends, place)
    while at < len(ends) - 1 and not _is_of_word(text[ends[at]]):
        at += 1
    while at < len(ends) - 1 and _is_of_word(text[ends[at]]):
        at += 1
    return ends[at]


def _is_of_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"
