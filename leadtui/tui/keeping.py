"""When what is typed is kept: a moment after the first key, however fast others follow."""

from __future__ import annotations

from collections.abc import Callable

from textual.dom import DOMNode
from textual.timer import Timer

KEEP_AFTER = 0.3
"""Seconds after which a key that was typed is kept at the latest."""


class Keeping:
    """Calls `keep` once for all that is typed within `KEEP_AFTER`; it does not wait for a pause, which may never come."""

    def __init__(self, node: DOMNode, keep: Callable[[], None]) -> None:
        """`node` has the timer."""
        self._node = node
        self._keep = keep
        self._timer: Timer | None = None

    def soon(self) -> None:
        """Something was typed."""
        if self._timer is None:
            self._timer = self._node.set_timer(KEEP_AFTER, self.now)

    def now(self) -> None:
        """Keep it at once, as when the dialog closes."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._keep()
