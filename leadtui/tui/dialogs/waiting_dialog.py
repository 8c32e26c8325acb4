"""Something that takes its time and cannot be stopped: what is done, for how long already, and how far it is where that is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from time import monotonic

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from leadtui.language.text import safe
from leadtui.language.translate import counted, ngettext
from leadtui.tui.dialogs.dialog import Dialog

LOOKED_EVERY = 0.25
"""Seconds between two looks at how far it is."""


class WaitingDialog(Dialog[None]):
    """Whoever opened it closes it."""

    def __init__(self, title: str, about: str, how_far: Callable[[], str] = str) -> None:
        """`about` says what is done, and that others go on working; `how_far`, asked again and again, how far it is."""
        super().__init__(title, ())
        self._about = about
        self._how_far = how_far
        self._begun = monotonic()

    def compose_body(self) -> Iterable[Widget]:
        """What is done, and the seconds."""
        yield Static(Content(safe(self._about)))
        yield Static(Content(self._how_far()), id="how-far")
        yield Static(id="seconds", classes="hint")

    def on_mount(self) -> None:
        """Count."""
        super().on_mount()
        self.set_interval(1.0, self._count)
        self.set_interval(LOOKED_EVERY, self._look)

    def _look(self) -> None:
        self.query_one("#how-far", Static).update(Content(self._how_far()))

    def _count(self) -> None:
        seconds = int(monotonic() - self._begun)
        words = ngettext("For {n} second now.", "For {n} seconds now.", seconds)
        self.query_one("#seconds", Static).update(Content(words.format(n=counted(seconds))))

    def action_cancel(self) -> None:
        """It goes on to its end."""
