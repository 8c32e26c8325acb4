"""Said to whoever goes on elsewhere because their workspace was closed: where they are now, and that what they typed is kept."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from leadtui.language.text import brief, safe
from leadtui.language.translate import _, pgettext
from leadtui.tui.dialogs.dialog import Dialog


class MovedDialog(Dialog[None]):
    """Escape alone closes it: whoever goes on typing does nothing in a workspace that they did not choose."""

    DEFAULT_CSS = """
    MovedDialog {
        #dialog { width: 72; border-title-color: $late; }
        #sentence, #kept { height: auto; }
        #kept { margin: 1 0 0 0; }
    }
    """

    def __init__(self, sentence: str, here: str) -> None:
        """`sentence` says what happened, `here` is the title of the workspace in which the person is now."""
        super().__init__(pgettext("title", "Another workspace"), [("Esc", pgettext("key", "go on"))])
        self._sentence = sentence
        self._here = here

    def compose_body(self) -> Iterable[Widget]:
        """What happened, and where one is."""
        yield Static(Content(safe(self._sentence)), id="sentence")
        words = _("You are in “{title}” now. What you had typed there is kept as a draft.")
        yield Static(Content(words.format(title=brief(self._here, 40))), id="kept")
