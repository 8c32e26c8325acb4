"""A step that is an owner's own: the name is typed before it is done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from leadtui.errors import Unconfirmed
from leadtui.language.text import brief
from leadtui.language.translate import _, pgettext
from leadtui.tui.dialogs.dialog import SAVE, SAVE_KEYS, Dialog
from leadtui.tui.widgets.inputs import LineInput


class ConfirmDialog(Dialog[str]):
    """Closes with what was typed."""

    BINDINGS: ClassVar[list[BindingType]] = [SAVE]
    DEFAULT_CSS = """
    ConfirmDialog {
        #dialog { width: 64; border-title-color: $late; }
        #sentence { height: auto; margin: 0 0 1 0; }
        .wrong { color: $late; height: auto; min-height: 1; }
    }
    """

    def __init__(self, wanted: Unconfirmed, before: str = "") -> None:
        """`before` is what was typed and is another name."""
        keys = [(SAVE_KEYS, pgettext("key", "confirm")), ("Esc", pgettext("key", "back, nothing is changed"))]
        super().__init__(pgettext("title", "Confirm"), keys)
        self._wanted = wanted
        self._before = before

    def compose_body(self) -> Iterable[Widget]:
        """What it is about, and the line for the name."""
        yield Static(Content(self._wanted.about), id="sentence")
        expected = brief(self._wanted.expected)
        yield Label(Content(_("Type “{expected}” to confirm").format(expected=expected)), classes="label")
        yield LineInput(self._before)
        yield Static(Content(_("That is another name.") if self._before else ""), classes="wrong")

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        """Close with what is typed."""
        self.dismiss(self.query_one(LineInput).value)
