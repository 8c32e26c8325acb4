"""Deciding against a proposal: why, or with which other one it is merged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input, Label, OptionList
from textual.widgets.option_list import Option

from leadtui.language.text import brief
from leadtui.language.translate import pgettext
from leadtui.tui.dialogs.dialog import SAVE, Dialog
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.marked_lists import RadioList

LONGEST_TITLE = 30
"""The most letters of a title in the border."""


class DeclineDialog(Dialog[str]):
    """Closes with the reason, which may be empty: the service asks for one."""

    BINDINGS: ClassVar[list[BindingType]] = [SAVE]

    def __init__(self, title: str, said: str = "", reason: str = "") -> None:
        """`said` was refused for `reason`."""
        keys = [("Enter", pgettext("key", "decline")), ("Esc", pgettext("key", "back"))]
        super().__init__(
            pgettext("title", "Decline “{title}”").format(title=brief(title, LONGEST_TITLE)), keys, reason
        )
        self._said = said

    def compose_body(self) -> Iterable[Widget]:
        """Why."""
        yield Label(pgettext("field", "Why? Whoever proposed it reads it"), classes="label")
        yield LineInput(self._said, id="why")

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Close with what is typed."""
        self.dismiss(self.query_one("#why", LineInput).value.strip())


class MergeProposalDialog(Dialog[int]):
    """Closes with the place of the proposal with which it is merged."""

    DEFAULT_CSS = "MergeProposalDialog RadioList { max-height: 8; }"

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        """`lines` say with which it can be merged; they are plain words."""
        keys = [("Enter", pgettext("key", "merge")), ("Esc", pgettext("key", "back"))]
        super().__init__(
            pgettext("title", "Merge “{title}” with").format(title=brief(title, LONGEST_TITLE)), keys
        )
        self.list = RadioList(*(Option(line) for line in lines), markup=False)

    def compose_body(self) -> Iterable[Widget]:
        """The list."""
        yield self.list

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option_index)
