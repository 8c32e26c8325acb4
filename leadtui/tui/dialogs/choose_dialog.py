"""One of several, chosen from a list that is the whole dialog."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from leadtui.tui.dialogs.dialog import Dialog
from leadtui.tui.widgets.marked_lists import RadioList

Chosen = TypeVar("Chosen")


class ChooseDialog(Dialog[Chosen], Generic[Chosen]):
    """Closes with what stands for the line that is chosen."""

    DEFAULT_CSS = "ChooseDialog RadioList { max-height: 12; }"

    def __init__(
        self,
        title: str,
        keys: Sequence[tuple[str, str]],
        choices: Sequence[tuple[Content | str, Chosen]],
        reason: str = "",
    ) -> None:
        """`choices` are the lines, each with what it stands for; `reason` is why another choice was refused before."""
        super().__init__(title, keys, reason)
        self._choices = tuple(meant for _line, meant in choices)
        self.list = RadioList(*(Option(line) for line, _meant in choices), markup=False)

    def compose_body(self) -> Iterable[Widget]:
        """The list."""
        yield self.list

    def on_mount(self) -> None:
        """Begin with the first line."""
        super().on_mount()
        self.list.highlighted = 0
        self.list.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close with it."""
        self.dismiss(self._choices[event.option_index])
