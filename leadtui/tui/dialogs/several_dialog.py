"""Which status several customers are given at once: only those that ask nothing of each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from leadtui.domain.status import CartableRule
from leadtui.language.text import cell_width
from leadtui.language.translate import _, pgettext
from leadtui.services.session import Session
from leadtui.tui.dialogs.dialog import Dialog
from leadtui.tui.status_style import status_content
from leadtui.tui.widgets.narrowed_list import Entry, NarrowedList

TITLE_WIDTH = 34


class SeveralStatusDialog(Dialog[int]):
    """Closes with the id of the status."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", show=False)]
    DEFAULT_CSS = "SeveralStatusDialog .hint { margin: 1 0 0 0; }"

    def __init__(self, session: Session, whom: str, reason: str = "") -> None:
        """`whom` says which customers; `reason` is why an earlier choice was refused."""
        keys = [
            ("↑↓", pgettext("key", "choose")),
            ("Enter", pgettext("key", "set for all of them")),
            ("Esc", pgettext("key", "back")),
        ]
        super().__init__(pgettext("title", "Status · {whom}").format(whom=whom), keys)
        self._session = session
        self._reason = reason

    def compose_body(self) -> Iterable[Widget]:
        """The statuses that ask nothing."""
        entries = [
            Entry(
                str(each.id),
                Content.assemble(
                    status_content(each),
                    " " * max(2, TITLE_WIDTH - cell_width(each.title)),
                    (
                        pgettext("choice", "leaves every cartable")
                        if each.cartable is CartableRule.NONE
                        else "",
                        "$dim",
                    ),
                ),
                each.title,
            )
            for each in self._session.definitions.open_statuses
            if each.asks_nothing
        ]
        nothing = _("No status that asks nothing is called so.")
        yield NarrowedList(entries, pgettext("hint", "find a status"), nothing)
        yield Static(
            _("A status that asks something is given to one customer at a time; Esc, Esc, then s."),
            classes="hint",
        )

    def on_mount(self) -> None:
        """Tell what was refused."""
        super().on_mount()
        self.tell(self._reason)

    @on(NarrowedList.Picked)
    def _picked(self, event: NarrowedList.Picked) -> None:
        self.dismiss(int(event.name))
