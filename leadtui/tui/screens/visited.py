"""Which customers were open, so that one can go back and forward again."""

from __future__ import annotations

KEPT = 200
"""Customers that are remembered."""


class Visited:
    """Like a reader's history: going somewhere new after going back forgets what lay ahead."""

    def __init__(self) -> None:
        """Nothing was open yet."""
        self._ids: list[int] = []
        self._place = -1

    def visit(self, lead_id: int) -> None:
        """A customer was opened."""
        if self._place >= 0 and self._ids[self._place] == lead_id:
            return
        self._ids = [*self._ids[: self._place + 1], lead_id][-KEPT:]
        self._place = len(self._ids) - 1

    def back(self) -> int | None:
        """The one before, which becomes the present one."""
        return self._go(-1)

    def forward(self) -> int | None:
        """The one that was gone back from."""
        return self._go(1)

    def _go(self, step: int) -> int | None:
        place = self._place + step
        if not 0 <= place < len(self._ids):
            return None
        self._place = place
        return self._ids[place]
