"""Putting a store right: what would be done, the typed yes, and what was done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from leadtui.domain.field import yes_or_no
from leadtui.language.text import safe
from leadtui.language.translate import _, pgettext
from leadtui.tui.dialogs.dialog import Dialog
from leadtui.tui.widgets.inputs import LineInput


class RepairDialog(Dialog[bool]):
    """Closes once yes is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
    ]
    DEFAULT_CSS = """
    RepairDialog {
        #lines { height: auto; max-height: 20; margin: 0 0 1 0; scrollbar-size-vertical: 1; }
        #lines Static { height: auto; }
        &.-low #lines { max-height: 11; }
    }
    """

    def __init__(self, sentences: Sequence[str]) -> None:
        """`sentences` say what is wrong and can be put right."""
        keys = [("Enter", pgettext("key", "repair")), ("Esc", pgettext("key", "back, nothing changes"))]
        super().__init__(pgettext("title", "Repair"), keys)
        self._sentences = tuple(sentences)

    def compose_body(self) -> Iterable[Widget]:
        """What is wrong, that the store is kept, and the line for the yes."""
        kept = _(
            "The store is backed up beside itself first; what follows from its other rows is then put right."
        )
        lines = [*(f"✗ {each}" for each in self._sentences), kept]
        yield VerticalScroll(Static(Content("\n".join(map(safe, lines)))), id="lines", can_focus=False)
        expected = pgettext("choice", "yes")
        yield Label(Content(_("Type “{expected}” to confirm").format(expected=expected)), classes="label")
        yield LineInput()

    def action_scroll(self, lines: int) -> None:
        """Go through what has no room."""
        self.query_one("#lines").scroll_relative(y=lines, animate=False)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        answer = yes_or_no(event.value.strip())
        if answer is None:
            self.tell(_("Answer yes or no."))
        else:
            self.dismiss(answer)


class RepairedDialog(Dialog[None]):
    """What was put right, and where the store from before is."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "cancel", show=False)]

    def __init__(self, sentences: Sequence[str]) -> None:
        """`sentences` say it."""
        super().__init__(pgettext("title", "Repaired"), [("Esc", pgettext("key", "close"))])
        self._sentences = tuple(sentences)

    def compose_body(self) -> Iterable[Widget]:
        """The sentences."""
        yield Static(Content("\n".join(map(safe, self._sentences))))
