"""What stands beside a form follows what is typed in it, once nothing was typed for a moment."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from textual.timer import Timer
from textual.widget import Widget

Item = TypeVar("Item")


class Following(Generic[Item]):
    """Draws the last item that was given, where it is another than the one that is drawn and `widget` has room."""

    def __init__(
        self, widget: Widget, pause: float, draw: Callable[[Item, Item | None], Awaitable[None]]
    ) -> None:
        """`pause` is in seconds; `draw` is given the item and the one that was drawn before."""
        self._widget = widget
        self._pause = pause
        self._draw = draw
        self._item: Item | None = None
        self._drawn: Item | None = None
        self._timer: Timer | None = None

    def follow(self, item: Item) -> None:
        """Draw the item soon."""
        self._item = item
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._widget.set_timer(self._pause, self.draw)

    async def draw(self) -> None:
        """Draw it now."""
        if self._item is None or self._item == self._drawn or not self._widget.display:
            return
        before, self._drawn = self._drawn, self._item
        await self._draw(self._item, before)
