"""What a record table knows of its rows: what was read of them, which are chosen, where one went in another order."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

from leadtui.language.text import ellipsize, safe

Fetch = Callable[[Sequence[int]], Mapping[int, "Sequence[Cell]"]]
"""Reads the rows of these ids, the cells of each in the order of the table's columns. An id that is gone is left out.

It may block: it is called in a thread, and may be called again before an earlier call has ended. An expected failure
is a `LeadtuiError`."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell: plain text, drawn in the theme variable that `style` names.

    `style` may add the word "bold" ("late bold", "bold"). `glyph` is a sign of one cell before the text.
    """

    text: str
    style: str = ""
    glyph: str = ""


class Removed:
    """Stands in the place of a row that was asked for and is not there any more."""


REMOVED = Removed()

Row = tuple[Cell, ...] | Removed


class RowCache:
    """The rows that were read last, as many as `capacity`; a newer reading of a row is never replaced by an older."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._rows: OrderedDict[int, tuple[Row, int]] = OrderedDict()
        self._ticket = 0
        self._oldest_welcome = 0
        self._expired: dict[int, int] = {}

    def new_ticket(self) -> int:
        """A number for a reading that begins now; later readings have higher ones."""
        self._ticket += 1
        return self._ticket

    def get(self, row_id: int) -> Row | None:
        """The row as it was read last, or None where it must be read first."""
        known = self._rows.get(row_id)
        if known is None:
            return None
        self._rows.move_to_end(row_id)
        return known[0]

    def missing(self, row_ids: Iterable[int]) -> list[int]:
        """Those of the ids that have to be read: not known, or expired since."""
        return [row_id for row_id in row_ids if not self._is_fresh(row_id)]

    def store(self, row_ids: Iterable[int], rows: Mapping[int, tuple[Cell, ...]], ticket: int) -> list[int]:
        """Keep what the reading `ticket` brought for these ids; returns the ids that it told something new about."""
        stored: list[int] = []
        for row_id in row_ids:
            if ticket < self._least_ticket(row_id):
                continue
            known = self._rows.get(row_id)
            if known is not None and known[1] > ticket:
                continue
            self._rows[row_id] = (rows.get(row_id, REMOVED), ticket)
            self._rows.move_to_end(row_id)
            self._expired.pop(row_id, None)
            stored.append(row_id)
        while len(self._rows) > self._capacity:
            self._rows.popitem(last=False)
        return stored

    def expire(self, row_ids: Iterable[int], *, keep: Callable[[int], bool]) -> None:
        """Have these ids read again; what is known of them is shown meanwhile where `keep` says so."""
        for row_id in row_ids:
            self._expired[row_id] = self._ticket + 1
            if not keep(row_id):
                self._rows.pop(row_id, None)
        if len(self._expired) > self._capacity:  # a bulk change: one mark for all of them
            self.expire_all()

    def expire_all(self) -> None:
        """Have every row read again; what is known is shown meanwhile."""
        self._oldest_welcome = self._ticket + 1
        self._expired.clear()

    def forget_removed(self) -> None:
        """Forget which rows were gone, so that an id that is back is read again."""
        for row_id in [row_id for row_id, (row, _ticket) in self._rows.items() if isinstance(row, Removed)]:
            del self._rows[row_id]

    def clear(self) -> None:
        """Forget every row, also those that are being read now."""
        self.expire_all()
        self._rows.clear()

    def _is_fresh(self, row_id: int) -> bool:
        known = self._rows.get(row_id)
        return known is not None and known[1] >= self._least_ticket(row_id)

    def _least_ticket(self, row_id: int) -> int:
        return max(self._oldest_welcome, self._expired.get(row_id, 0))


LONGEST_DRAWN = 1_000
"""Cells of a text that are kept: wider than any screen, so that measuring a text of any length costs little."""


def made_safe(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """The cells with nothing in them that could harm a terminal; the same ones where they were safe."""
    return tuple(_made_safe(cell) for cell in cells)


def _made_safe(cell: Cell) -> Cell:
    text, glyph = safe(cell.text), safe(cell.glyph)
    if len(text) > LONGEST_DRAWN:
        text = ellipsize(text, LONGEST_DRAWN)
    return cell if text == cell.text and glyph == cell.glyph else Cell(text, cell.style, glyph)


NEIGHBOURS = 64
"""How many rows on each side of a row that has gone are looked for, to find the place it had."""


def follow(old: Sequence[int], new: Sequence[int], index: int) -> int:
    """Where the row `index` of the old order stands in the new one; `new` must not be empty.

    A row that has gone is followed by the one that took its place: the next row of the old order that is still
    there, else the one before. Where all of those are gone too, or the old order does not reach so far, the
    index stays, as far as the new order reaches.
    """
    at_most = min(max(index, 0), len(new) - 1)
    if index >= len(old):
        return at_most
    if new[at_most] == old[index]:
        return at_most
    try:
        return new.index(old[index])
    except ValueError:
        pass
    after = old[index + 1 : index + 1 + NEIGHBOURS]
    before = old[max(0, index - NEIGHBOURS) : index]
    near = {*after, *before}
    found = {row_id: place for place, row_id in enumerate(new) if row_id in near}
    if (place := next((found[row_id] for row_id in after if row_id in found), None)) is not None:
        return place
    if (place := next((found[row_id] for row_id in reversed(before) if row_id in found), None)) is not None:
        return place
    return at_most


class RowSelection:
    """Which rows are chosen, by id. What is chosen stays chosen whatever the order becomes; a range ends when the cursor went elsewhere."""

    def __init__(self) -> None:
        """Nothing is chosen."""
        self.ids = IdSet()
        self.all_wanted = False
        """Whether all are to be chosen as soon as their order is there."""
        self._range: tuple[int, int] | None = None
        """Where a range began, and how far it reached."""

    def toggle(self, row_id: int) -> None:
        """Choose this one too, or no more."""
        self.end_range()
        if row_id in self.ids:
            self.ids.leave_out((row_id,))
        else:
            self.ids.choose((row_id,))

    def choose_all(self, order: Sequence[int], count: int) -> bool:
        """Choose all of the order, where all `count` rows have come; returns whether they have."""
        self.end_range()
        self.all_wanted = len(order) < count
        if not self.all_wanted:
            self.ids.choose(order)
        return not self.all_wanted

    def clear(self) -> None:
        """Choose nothing."""
        self.end_range()
        self.all_wanted = False
        self.ids.clear()

    def end_range(self) -> None:
        """Let the next range begin where the cursor is then."""
        self._range = None

    def extend(self, order: Sequence[int], before: int, now: int) -> None:
        """The cursor went from row `before` to row `now`: the range reaches there from where it began."""
        begin = self._range[0] if self._range is not None and self._range[1] == before else before
        # What was in the range and is no more is left out again.
        left = range(now + 1, before + 1) if now < before else range(before, now)
        self.ids.leave_out(_ids_of(order, left))
        low, high = min(begin, now), max(begin, now)
        if now >= begin and now >= before:
            low = max(begin, before)
        elif now <= begin and now <= before:
            high = min(begin, before)
        self.ids.choose(_ids_of(order, range(low, high + 1)))
        self._range = (begin, now)


class IdSet:
    """Ids, as light a million of them as one: a byte for each id that a store has given so far, which leave few gaps."""

    __slots__ = ("_mask",)

    def __init__(self) -> None:
        """Nothing is chosen."""
        self._mask = bytearray()

    def __contains__(self, row_id: int) -> bool:
        """Whether the row is chosen."""
        return row_id < len(self._mask) and self._mask[row_id] == 1

    def __len__(self) -> int:
        """How many rows are chosen."""
        return self._mask.count(1)

    def ids(self) -> array[int]:
        """The chosen ids, in the order of the ids."""
        return array("q", compress(range(len(self._mask)), self._mask))

    def choose(self, row_ids: Sequence[int]) -> None:
        """Choose these too."""
        self._reach(max(row_ids, default=-1))
        mask = self._mask
        for row_id in row_ids:
            mask[row_id] = 1

    def leave_out(self, row_ids: Iterable[int]) -> None:
        """Choose these no more."""
        for row_id in row_ids:
            if row_id < len(self._mask):
                self._mask[row_id] = 0

    def clear(self) -> None:
        """Choose nothing."""
        self._mask = bytearray()

    def _reach(self, row_id: int) -> None:
        if row_id >= len(self._mask):
            self._mask.extend(bytes(row_id + 1 - len(self._mask)))


def _ids_of(order: Sequence[int], rows: range) -> array[int]:
    return array("q", order[rows.start : rows.stop])
