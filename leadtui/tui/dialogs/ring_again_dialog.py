"""Asking before a number is rung again sooner than the workspace wants."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from leadtui.domain.lead import Lead
from leadtui.language.text import safe
from leadtui.language.translate import pgettext
from leadtui.tui.dialogs.dialog import Dialog


class RingAgainDialog(Dialog[bool]):
    """Closes with True where the person rings all the same; what is pressed without reading rings nobody."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "ring", show=False),
        Binding("escape,enter", "cancel", show=False),
    ]

    def __init__(self, lead: Lead, sentence: str) -> None:
        """`sentence` says who rang the number when, and until when it should be left alone."""
        title = pgettext("title", "{name} · rung just now").format(
            name=lead.name or pgettext("customer", "no name")
        )
        super().__init__(
            title, [("c", pgettext("key", "ring all the same")), ("Esc", pgettext("key", "back"))]
        )
        self._sentence = sentence

    def compose_body(self) -> Iterable[Widget]:
        """Who rang, when, and until when."""
        yield Static(Content.styled(safe(self._sentence), "$soon"))

    def action_ring(self) -> None:
        """The person knows, and rings."""
        self.dismiss(True)
