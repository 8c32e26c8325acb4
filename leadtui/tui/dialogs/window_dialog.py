"""Asked before somebody is rung, or reminded of, at an hour at which nobody rings where they are."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from leadtui.language.text import safe
from leadtui.language.translate import pgettext
from leadtui.services.call_windows import NotInWindow
from leadtui.tui.dialogs.dialog import Dialog


class InWindow(Enum):
    """What a person decides."""

    LATER = auto()
    """The next moment at which it is open."""
    ANYWAY = auto()
    """As it was said."""


class WindowDialog(Dialog[InWindow]):
    """Enter takes the next open moment; another key does all the same what was wanted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "later", show=False),
        Binding("c", "anyway", show=False),
    ]
    DEFAULT_CSS = "WindowDialog #outside { height: auto; }"

    def __init__(self, outside: NotInWindow, *, ringing: bool, repeats: bool = False) -> None:
        """`ringing` is about a call now, else it is about a reminder: of one that `repeats`, about its first time."""
        later = pgettext("key", "remind me then") if ringing else pgettext("key", "when they open")
        if repeats:
            later = pgettext("key", "first when they open")
        anyway = pgettext("key", "ring all the same") if ringing else pgettext("key", "as I said")
        keys = [
            *([("Enter", later)] if outside.outside.opens is not None else []),
            ("c", anyway),
            ("Esc", pgettext("key", "back")),
        ]
        super().__init__(pgettext("title", "Outside the call windows"), keys)
        self._outside = outside

    def compose_body(self) -> Iterable[Widget]:
        """What time it is there, and when it is open."""
        yield Static(safe(str(self._outside)), id="outside", markup=False)

    def action_later(self) -> None:
        """Take the next open moment, where there is one."""
        if self._outside.outside.opens is not None:
            self.dismiss(InWindow.LATER)

    def action_anyway(self) -> None:
        """It is meant."""
        self.dismiss(InWindow.ANYWAY)
