"""Writing the chosen customers, else all that are shown, into a file."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from textual import on, work
from textual.message import Message

from leadtui.domain.view import View
from leadtui.errors import LeadtuiError
from leadtui.language.translate import ngettext, show_number
from leadtui.services import exporting
from leadtui.services.exporting import ExportFormat
from leadtui.tui.actions.selection import SelectionActions
from leadtui.tui.screens.export_dialog import ExportDialog


class ExportAction(SelectionActions):
    """Gives the desk the action `export`."""

    @dataclass
    class Exported(Message):
        """From the thread: the file is written, or was refused; `then` tells it."""

        then: Callable[[], None]

    def action_export(self) -> None:
        """Write the chosen customers, else those that all customers show, into a file."""
        ids = self.chosen_ids()
        count = len(ids) if ids else self.customers.table.row_count
        path = Path.home() / exporting.suggested_name(self.desk, ExportFormat.CSV)
        self._ask_file(ids or self.customers.view, self.whom_words(count), path)

    def _ask_file(self, chosen: array[int] | View, whom: str, path: Path, reason: str = "") -> None:
        def take(wanted: Path | None) -> None:
            if wanted is not None:
                self._export(chosen, whom, wanted)

        self.app.push_screen(ExportDialog(whom, path, reason), take)

    @work(thread=True, group="exports", description="export customers")
    def _export(self, chosen: array[int] | View, whom: str, path: Path) -> None:
        try:
            count = exporting.export_file(self.desk, chosen, path)
        except LeadtuiError as error:
            then = partial(self._ask_file, chosen, whom, path, str(error))
        else:
            then = partial(self._tell_exported, count, path)
        self.post_message(self.Exported(then))

    @on(Exported)
    def _exported(self, message: Exported) -> None:
        message.then()

    def _tell_exported(self, count: int, path: Path) -> None:
        sentence = ngettext("{count} customer is in {file}.", "{count} customers are in {file}.", count)
        shown = show_number(count, self.desk.language)
        self.app.notify(sentence.format(count=shown, file=path), markup=False, timeout=8)
