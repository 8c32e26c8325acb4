"""Which rows of a table are chosen, by id, and how a range of them grows and shrinks with the cursor."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import compress


class RowSelection:
    """What is chosen stays chosen whatever the order becomes; a range ends when the cursor went elsewhere."""

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
