"""How far a command on many customers has come; it can be stopped between two parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from leadtui.language.translate import pgettext, show_number
from leadtui.tui.dialogs.dialog import Dialog

BAR_WIDTH = 60


class ProgressDialog(Dialog[None]):
    """Whoever opened it closes it. Unless `stopping` says otherwise, what is done stays done where it is stopped."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "stop", show=False)]
    DEFAULT_CSS = "ProgressDialog Static { height: auto; }"

    def __init__(
        self,
        title: str,
        total: int,
        language: str,
        stopping: str = "",
        stop: Callable[[], None] | None = None,
    ) -> None:
        """`total` is how many customers there are in all; `stop` is called where no more of it is wanted."""
        super().__init__(title, [("Esc", stopping or pgettext("key", "stop; what is done stays done"))])
        self._total = total
        self._language = language
        self._stop = stop
        self._through = 0
        self.stopped = False
        """Whether the person wants no more of it."""

    def compose_body(self) -> Iterable[Widget]:
        """The bar and the figures."""
        yield Static(self._words(), id="progress")

    def show(self, through: int) -> None:
        """So many customers are through."""
        self._through = through
        for line in self.query("#progress").results(Static):
            line.update(self._words())

    def action_stop(self) -> None:
        """No further part is begun."""
        self.stopped = True
        self.tell(pgettext("progress", "Stopping …"))
        if self._stop is not None:
            self._stop()

    def on_unmount(self) -> None:
        """The program closes before the end: nobody waits for the rest."""
        if self._stop is not None:
            self._stop()

    def _words(self) -> Content:
        done = BAR_WIDTH * self._through // max(1, self._total)
        figures = pgettext("progress", "{through} of {total}").format(
            through=show_number(self._through, self._language), total=show_number(self._total, self._language)
        )
        return Content.assemble(
            ("━" * done, "$primary"), ("─" * (BAR_WIDTH - done), "$faint"), "\n", (figures, "$dim")
        )
