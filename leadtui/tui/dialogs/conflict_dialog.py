"""Somebody else changed the same customer: both values of each field side by side, and which of them is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from leadtui.domain.difference import Difference, Side
from leadtui.language.text import safe
from leadtui.language.translate import pgettext
from leadtui.tui.dialogs.dialog import Dialog
from leadtui.tui.widgets.side_by_side import SideBySide


class ConflictDialog(Dialog[Mapping[str, Side]]):
    """Closes with whose value is kept, by key; with nothing where the person goes back to what they typed.

    `differences` must not be empty; `domain.difference.three_way_merge` makes of the answer what is saved.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+s,f12", "save", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    ConflictDialog {
        #dialog { width: 84; }
        .sentence { height: auto; margin: 0 0 1 0; }
    }
    """

    def __init__(self, name: str, sentence: str, differences: Sequence[Difference], theirs: str) -> None:
        """`name` is the customer's, `sentence` says who changed them and when, `theirs` is who did."""
        keys = [
            ("↑↓", pgettext("key", "field")),
            ("←→", pgettext("key", "choose")),
            ("Enter", pgettext("key", "save")),
            ("Esc", pgettext("key", "back to what I typed")),
        ]
        super().__init__(pgettext("title", "{name} · changed meanwhile").format(name=name), keys)
        self._sentence = sentence
        self.differences = SideBySide(differences, (pgettext("column", "mine"), theirs), titles_above=True)

    def compose_body(self) -> Iterable[Widget]:
        """Who and when, then the fields."""
        yield Static(Content.styled(safe(self._sentence), "$soon"), classes="sentence")
        yield self.differences

    def action_save(self) -> None:
        """Close with the choice."""
        self.dismiss(dict(self.differences.chosen))
