"""What is said of an error that nobody foresaw and that the program survives: it can be copied, and holds nobody's data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from leadtui.language.text import safe
from leadtui.language.translate import _, pgettext
from leadtui.tui.dialogs.dialog import Dialog


class UnforeseenDialog(Dialog[None]):
    """`y` copies all of it; so does Ctrl+C what is marked with the mouse."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "copy", show=False),
        Binding("enter", "cancel", show=False),
    ]
    DEFAULT_CSS = """
    UnforeseenDialog {
        #dialog { width: 100; border: round $late; border-title-color: $late; }
        #places { height: auto; max-height: 12; margin: 1 0; color: $dim; }
        #places Static { width: auto; height: auto; }
        #copied { height: auto; color: $gained; }
    }
    """

    def __init__(self, sentence: str, places: str) -> None:
        """`sentence` says what happened and where the report lies, `places` where the program was."""
        keys = [("y", pgettext("key", "copy")), ("Esc", pgettext("key", "go on"))]
        super().__init__(pgettext("title", "What was being done is not done"), keys)
        self._sentence = sentence
        self._places = places

    def compose_body(self) -> Iterable[Widget]:
        """What happened, where, and what to do."""
        yield Static(Content(safe(self._sentence)), id="sentence")
        places = "\n".join(safe(line) for line in self._places.splitlines())
        yield VerticalScroll(Static(Content(places)), id="places")
        yield Static(
            _("leadtui goes on. Where something looks wrong, close it and open it again."), classes="hint"
        )
        yield Static(id="copied")

    def action_copy(self) -> None:
        """Put all of it on the clipboard, as far as the terminal allows that."""
        self.app.copy_to_clipboard(f"{self._sentence}\n\n{self._places}\n")
        self.query_one("#copied", Static).update(_("It was given to the clipboard."))
