"""What was open when the program ended: one key goes on with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from leadtui.language.translate import pgettext
from leadtui.tui.dialogs.dialog import Dialog
from leadtui.tui.widgets.marked_lists import RadioList

MOST_IN_SIGHT = 8


class UnfinishedDialog(Dialog[int]):
    """Closes with the place of what the person goes on with; with nothing where it is kept for later."""

    DEFAULT_CSS = f"UnfinishedDialog RadioList {{ max-height: {MOST_IN_SIGHT}; }}"

    def __init__(self, lines: Sequence[str]) -> None:
        """`lines` say what was open, the newest first; they are plain words."""
        keys = [("Enter", pgettext("key", "go on with it")), ("Esc", pgettext("key", "later, it stays kept"))]
        super().__init__(pgettext("title", "Unfinished"), keys)
        self.list = RadioList(*(Option(line) for line in lines), markup=False)

    def compose_body(self) -> Iterable[Widget]:
        """The list."""
        yield self.list

    def on_mount(self) -> None:
        """Begin at the newest."""
        super().on_mount()
        self.list.highlighted = 0
        self.list.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go on with it."""
        self.dismiss(event.option_index)
