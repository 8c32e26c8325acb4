"""Exporting what the table of all customers shows, or the customers that are chosen."""

from __future__ import annotations

import asyncio
import os
from array import array
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path

from leadtui.domain.view import View
from leadtui.errors import LeadtuiError
from leadtui.language.calendar import Calendar
from leadtui.language.translate import _, format_list, ngettext, npgettext, pgettext, show_number
from leadtui.services.atomic_file import path_typed
from leadtui.services.exporting import AT_ONCE, ExportFormat, export_file, suggested_name
from leadtui.services.session import Interrupted, Interruption, Session
from leadtui.tui.action_runner import NotPossible
from leadtui.tui.actions.desk import Desk, chosen_leads
from leadtui.tui.dialogs.export_dialog import ExportDialog, ExportWish
from leadtui.tui.dialogs.progress_dialog import ProgressDialog
from leadtui.whole_file import FileIsThere

CARTABLE_COLUMNS = {"why": "", "next": "next_at"}
"""Columns of the cartable that are called otherwise in an export; "" where they are none."""

MOST_SUGGESTED = 100
"""Names that are tried for a file that is not there yet."""


async def export(desk: Desk) -> None:
    """Ask how, then write those that are chosen, else all that the table of all customers shows."""
    session = desk.session
    chosen = chosen_leads(desk)
    if not chosen:
        desk.show_side(cartable=False)
        # Which columns have room shows once the table is there.
        await desk.drawn()
    shown = {
        CARTABLE_COLUMNS.get(str(each.key), str(each.key)): each.title
        for each in desk.current_table.shown_columns
    }
    shown.pop("", None)
    ids = (
        _in_order(chosen, desk.current_table.ids_from(0))
        if chosen
        else await desk.actions.read(partial(desk.customers.read_ids, desk.customers.view))
    )
    if not ids:
        raise NotPossible(_("Nobody is shown, so there is nothing to export."))
    whom = npgettext("title", "{count} customer", "{count} customers", len(ids)).format(
        count=show_number(len(ids), session.language)
    )
    wish: ExportWish | None = None
    problem: LeadtuiError | None = None
    while True:
        dialog = ExportDialog(
            whom,
            format_list(shown.values()),
            partial(_suggested_file, session),
            wish,
            "" if problem is None else str(problem),
            calendars=session.calendar is not Calendar.GREGORIAN,
            there=isinstance(problem, FileIsThere),
        )
        wish = await desk.actions.ask(dialog)
        if wish is None:
            return
        try:
            count = await _write(desk, ids, tuple(shown), wish, None if chosen else desk.customers.view)
        except Interrupted:
            desk.tell(_("The export was stopped; no file is left."))
            return
        except LeadtuiError as error:
            problem = error
        else:
            break
    words = ngettext("Exported {count} customer to {file}.", "Exported {count} customers to {file}.", count)
    file = path_typed(wish.typed).absolute()
    desk.tell(words.format(count=show_number(count, session.language), file=file), timeout=12)


async def _write(
    desk: Desk, ids: array[int], columns: tuple[str, ...], wish: ExportWish, view: View | None
) -> int:
    """Write the file in a thread of its own; returns of how many. Raises LeadtuiError; Interrupted where it was stopped.

    `view` is what the ids are all of.
    """
    interruption = Interruption()
    progress = ProgressDialog(
        pgettext("progress", "Exporting"),
        len(ids),
        desk.session.language,
        pgettext("key", "stop; no file is left"),
        interruption.stop,
    )
    async with desk.actions.shown(progress) if len(ids) > AT_ONCE else nullcontext():
        return await asyncio.to_thread(
            export_file,
            desk.session,
            ids,
            path_typed(wish.typed),
            wish.options(columns),
            view=view,
            format_=wish.kind.written_as,
            force=wish.replace,
            progress=_from_thread(progress.show),
            interruption=interruption,
        )


def _from_thread(tell: Callable[[int], None]) -> Callable[[int, int], None]:
    """What a thread calls so that `tell` is called where the screen is drawn."""
    loop = asyncio.get_running_loop()

    def tell_from_thread(through: int, _total: int) -> None:
        loop.call_soon_threadsafe(tell, through)

    return tell_from_thread


def _suggested_file(session: Session, format_: ExportFormat) -> str:
    """A file that is not there yet: in the present folder, or at home where that cannot be written to."""
    home = Path.home()
    here = Path.cwd() if os.access(".", os.W_OK) else home
    name = Path(suggested_name(session, format_))
    names = [name.name, *(f"{name.stem}-{number}{name.suffix}" for number in range(2, MOST_SUGGESTED))]
    file = next((each for each in (here / one for one in names) if not each.exists()), here / name)
    return f"~/{file.relative_to(home)}" if file.is_relative_to(home) else str(file)


def _in_order(chosen: array[int], shown: Sequence[int]) -> array[int]:
    """The chosen ids in the order in which they are shown; those that are not shown come last."""
    wanted = set(chosen)
    ordered = array("q", (each for each in shown if each in wanted))
    wanted.difference_update(ordered)
    ordered.extend(sorted(wanted))
    return ordered
