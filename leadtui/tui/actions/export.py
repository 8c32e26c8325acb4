"""Exporting what the table of all customers shows, or the customers that are chosen."""

from __future__ import annotations

import os
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from textual import on, work
from textual.message import Message

from leadtui.domain.view import View
from leadtui.errors import LeadtuiError
from leadtui.language.calendar import Calendar
from leadtui.language.translate import _, ngettext, show_number
from leadtui.services.exporting import AT_ONCE, ExportFormat, export_file, suggested_name
from leadtui.services.session import Interrupted, Interruption
from leadtui.services.whole_file import FileIsThere, path_typed
from leadtui.tui.actions.selection import SelectionActions
from leadtui.tui.dialogs.export_dialog import ExportDialog, ExportWish
from leadtui.tui.dialogs.progress_dialog import ProgressDialog

CARTABLE_COLUMNS = {"why": "", "next": "next_at"}
"""Columns of the cartable that are called otherwise in an export; "" where they are none."""

MOST_SUGGESTED = 100
"""Names that are tried for a file that is not there yet."""


@dataclass(slots=True)
class Outgoing:
    """An export that is asked for or under way: whom, by which columns of the screen, and how it can be stopped."""

    ids: array[int]
    columns: tuple[str, ...]
    titles: str
    interruption: Interruption
    dialog: ProgressDialog | None = None


class ExportAction(SelectionActions):
    """Gives the desk the action `export`."""

    @dataclass
    class Moved(Message):
        """From the thread: so many customers are written."""

        outgoing: Outgoing
        through: int

    @dataclass
    class Ended(Message):
        """From the thread: the file is there, with so many customers; or none is, since it was stopped or refused."""

        outgoing: Outgoing
        wish: ExportWish
        count: int | None = None
        problem: LeadtuiError | None = None

    def action_export(self) -> None:
        """Ask how, then write those that are chosen, else all that the table of all customers shows."""
        number = self.begin()
        chosen = self.chosen_ids()
        if chosen:
            self._gather_export(number, chosen)
        else:
            self.show_side(cartable=False)
            # Which columns have room shows once the table is there.
            self.call_after_refresh(self._gather_export, number, chosen)

    def _gather_export(self, number: int, chosen: array[int]) -> None:
        table = self.table_in_hand
        keys = [CARTABLE_COLUMNS.get(str(each.key), str(each.key)) for each in table.shown_columns]
        titles = [each.title for each, key in zip(table.shown_columns, keys, strict=True) if key]
        outgoing = Outgoing(
            _in_order(chosen, table.ids_from(0)),
            tuple(key for key in keys if key),
            _(", ").join(titles),
            Interruption(),
        )
        if chosen:
            self._ask_export(outgoing)
        else:
            self._read_outgoing(number, outgoing, self.customers.view)

    @work(thread=True, group="dialogs", exclusive=True, description="read whom an export is about")
    def _read_outgoing(self, number: int, outgoing: Outgoing, view: View) -> None:
        try:
            outgoing.ids = self.customers.read_ids(view)
        except LeadtuiError as error:
            self.post_message(self.Prepared(number, partial(self.tell_refusal, error)))
        else:
            self.post_message(self.Prepared(number, partial(self._ask_export, outgoing)))

    def _ask_export(
        self, outgoing: Outgoing, wish: ExportWish | None = None, problem: LeadtuiError | None = None
    ) -> None:
        count = len(outgoing.ids)
        if not count:
            self.leadtui.drop_keys()
            self.app.notify(_("Nobody is shown, so there is nothing to export."), severity="warning")
            return

        def take(wanted: ExportWish | None) -> None:
            if wanted is not None:
                self._begin_export(outgoing, wanted)

        whom = ngettext("{count} customer", "{count} customers", count)
        there = isinstance(problem, FileIsThere)
        dialog = ExportDialog(
            whom.format(count=show_number(count, self.session.language)),
            outgoing.titles,
            self._suggested_file,
            wish,
            "" if problem is None else str(problem),
            calendars=self.session.calendar is not Calendar.GREGORIAN,
            there=there,
        )
        self.push_dialog(dialog, take)

    def _suggested_file(self, format_: ExportFormat) -> str:
        """A file that is not there yet: in the present folder, or at home where that cannot be written to."""
        here = Path.cwd() if os.access(".", os.W_OK) else Path.home()
        name = Path(suggested_name(self.session, format_))
        names = [name.name, *(f"{name.stem}-{number}{name.suffix}" for number in range(2, MOST_SUGGESTED))]
        file = next((each for each in (here / one for one in names) if not each.exists()), here / name)
        home = Path.home()
        return f"~/{file.relative_to(home)}" if file.is_relative_to(home) else str(file)

    def _begin_export(self, outgoing: Outgoing, wish: ExportWish) -> None:
        outgoing.interruption = Interruption()
        if len(outgoing.ids) > AT_ONCE:
            outgoing.dialog = ProgressDialog(
                _("Exporting"),
                len(outgoing.ids),
                self.session.language,
                _("stop; no file is left"),
                outgoing.interruption.stop,
            )
            self.app.push_screen(outgoing.dialog)
        self._write_export(outgoing, wish)

    @work(thread=True, group="export", description="write an export")
    def _write_export(self, outgoing: Outgoing, wish: ExportWish) -> None:
        def moved(through: int, _total: int) -> None:
            self.post_message(self.Moved(outgoing, through))

        try:
            count = export_file(
                self.session,
                outgoing.ids,
                path_typed(wish.typed),
                wish.options(outgoing.columns),
                format_=wish.kind.written_as,
                force=wish.replace,
                progress=moved,
                interruption=outgoing.interruption,
            )
        except Interrupted:
            self.post_message(self.Ended(outgoing, wish))
        except LeadtuiError as error:
            self.post_message(self.Ended(outgoing, wish, problem=error))
        else:
            self.post_message(self.Ended(outgoing, wish, count))

    @on(Moved)
    def _show_export(self, message: Moved) -> None:
        if message.outgoing.dialog is not None:
            message.outgoing.dialog.show(message.through)

    @on(Ended)
    def _end_export(self, message: Ended) -> None:
        dialog = message.outgoing.dialog
        if dialog is not None and dialog.is_attached:
            dialog.dismiss(None)
        if message.problem is not None:
            self._ask_export(message.outgoing, message.wish, message.problem)
        elif message.count is None:
            self.app.notify(_("The export was stopped; no file is left."), markup=False)
        else:
            path = path_typed(message.wish.typed).absolute()
            words = ngettext(
                "Exported {count} customer to {file}.", "Exported {count} customers to {file}.", message.count
            )
            count = show_number(message.count, self.session.language)
            self.app.notify(words.format(count=count, file=path), markup=False, timeout=12)


def _in_order(chosen: array[int], shown: Sequence[int]) -> array[int]:
    """The chosen ids in the order in which they are shown; those that are not shown come last."""
    wanted = set(chosen)
    ordered = array("q", (each for each in shown if each in wanted))
    wanted.difference_update(ordered)
    ordered.extend(sorted(wanted))
    return ordered
