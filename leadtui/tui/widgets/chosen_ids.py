"""Which rows of a table are chosen, by id: as light for a million of them as for one."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import compress


class IdSet:
    """A byte for each id that a store has given so far, whose ids leave few gaps."""

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
