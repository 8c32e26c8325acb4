"""What parts two sides of the desk and is drawn along with the mouse."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.widget import Widget


@dataclass
class Drawn(Message):
    """A part was taken hold of and drawn to a cell of the screen; clicked twice it goes where it usually is."""

    part: Widget
    x: int
    y: int
    back: bool = False

    @property
    def control(self) -> Widget:
        """The part, for handlers that choose by it."""
        return self.part


class Drawing:
    """Stands before a widget that is drawn by its first line, or all of which is drawn."""

    first_line_only = False
    _held = False

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of it."""
        widget = self._widget
        if not self.first_line_only or event.screen_y == widget.region.y:
            event.stop()
            self._held = True
            widget.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Draw it along."""
        if self._held:
            event.stop()
            self._widget.post_message(Drawn(self._widget, event.screen_x, event.screen_y))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let it go."""
        if self._held:
            event.stop()
            self._held = False
            self._widget.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Twice: put it back."""
        widget = self._widget
        if event.chain == 2 and (not self.first_line_only or event.screen_y == widget.region.y):
            event.stop()
            widget.post_message(Drawn(widget, event.screen_x, event.screen_y, back=True))

    @property
    def _widget(self) -> Widget:
        assert isinstance(self, Widget)
        return self


class Rule(Drawing, Widget):
    """The rule between two panes."""

    def render(self) -> str:
        """Its colour is all of it."""
        return ""
