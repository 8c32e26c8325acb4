"""Changing the do-not-call list: which number or file, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input, Label

from leadtui.language.translate import pgettext
from leadtui.tui.dialogs.dialog import SAVE, Dialog
from leadtui.tui.widgets.inputs import LineInput


@dataclass(frozen=True, slots=True)
class ForbiddenWish:
    """A number or a file as it was typed, empty where it was known before, and the reason."""

    what: str = ""
    reason: str = ""


class ForbiddenDialog(Dialog[ForbiddenWish]):
    """Closes with what is typed; the service judges it, and the dialog comes back where it is refused."""

    BINDINGS: ClassVar[list[BindingType]] = [SAVE]

    def __init__(
        self, title: str, asked: str, deed: str, wish: ForbiddenWish | None = None, reason: str = ""
    ) -> None:
        """`asked` is the title of the first line, "" for none; what `wish` says was refused for `reason`."""
        keys = [("Enter", deed), ("Tab", pgettext("key", "next field")), ("Esc", pgettext("key", "back"))]
        super().__init__(title, keys if asked else [keys[0], keys[2]], reason)
        self._asked = asked
        self._deed = deed
        self._wish = wish or ForbiddenWish()

    @classmethod
    def for_number(cls) -> ForbiddenDialog:
        """Asks for a number to put on the list."""
        title = pgettext("title", "Do-not-call list: add a number")
        return cls(title, pgettext("field", "Number"), pgettext("key", "forbid calls"))

    @classmethod
    def for_file(cls) -> ForbiddenDialog:
        """Asks for a file with numbers."""
        title = pgettext("title", "Do-not-call list: numbers of a file")
        asked = pgettext("field", "File: numbers in its first column, in UTF-8")
        return cls(title, asked, pgettext("key", "forbid calls"))

    @classmethod
    def for_taking_off(cls, number: str) -> ForbiddenDialog:
        """Asks why the number may be rung again."""
        title = pgettext("title", "{number}: allow calls").format(number=number)
        return cls(title, "", pgettext("key", "allow calls"))

    def again(self, wish: ForbiddenWish, reason: str) -> ForbiddenDialog:
        """The same with what was typed, and why it was refused."""
        return ForbiddenDialog(self._title, self._asked, self._deed, wish, reason)

    def compose_body(self) -> Iterable[Widget]:
        """The number or the file, and why."""
        if self._asked:
            yield Label(self._asked, classes="label")
            yield LineInput(self._wish.what, id="what")
        yield Label(pgettext("field", "Why?"), classes="label")
        yield LineInput(self._wish.reason, id="why")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input.id == "what" and not self._text("why"):
            self.query_one("#why").focus()
        else:
            self.action_save()

    def action_save(self) -> None:
        """Close with what is typed."""
        self.dismiss(ForbiddenWish(self._text("what"), self._text("why")))

    def _text(self, name: str) -> str:
        return next((each.value.strip() for each in self.query(f"#{name}").results(LineInput)), "")
