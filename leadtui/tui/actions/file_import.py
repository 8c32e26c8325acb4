"""Importing files at the desk: choosing them, deciding where their columns go, trying it out, importing them, taking that back."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from leadtui.domain.importing import Counts, ImportOptions
from leadtui.domain.permission import Permission
from leadtui.errors import LeadtuiError
from leadtui.language.translate import _, apart, counted, pgettext
from leadtui.presentation.import_plan import decided, decisions, remembered_mapping
from leadtui.presentation.import_report import (
    count_words,
    result_lines,
    stayed_lines,
    undone_sentences,
    went_on_sentence,
)
from leadtui.services.importing.preview import Preview, preview
from leadtui.services.importing.report import ImportReport
from leadtui.services.importing.running import import_files
from leadtui.services.importing.undoing import UndoReport, undo_import
from leadtui.services.session import Interrupted
from leadtui.tui.actions.desk import Desk
from leadtui.tui.dialogs.file_dialog import FileDialog
from leadtui.tui.dialogs.import_dialogs import (
    After,
    Change,
    DecisionDialog,
    Go,
    ImportDialog,
    ImportResultDialog,
    TakeBackDialog,
    TypedDecisionDialog,
    shown_files,
)
from leadtui.tui.dialogs.progress_dialog import ProgressDialog

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".vcf", ".json")

Paths = Sequence[Path]
Progress = Callable[[int, int], None]
Report = TypeVar("Report")


async def import_file(desk: Desk) -> None:
    """Ask which files, until some are imported or the person leaves."""
    folder, reason = usual_folder(), ""
    while True:
        title = pgettext("title", "Import files")
        paths = await desk.actions.ask(FileDialog(title, folder, ENDINGS, reason, several=True))
        if paths is None:
            return
        folder, reason = paths[-1].parent, ""
        try:
            seen = await desk.actions.read(partial(preview, desk.session, paths, ImportOptions()))
        except LeadtuiError as error:
            reason = str(error)
            continue
        if await _decide(desk, paths, seen):
            return


async def _decide(desk: Desk, paths: Paths, seen: Sequence[Preview]) -> bool:
    """Ask what the files leave open until they are imported; returns False where others are wanted."""
    session, reason, at = desk.session, "", ""
    options = ImportOptions(mapping=remembered_mapping(seen))
    while True:
        offered = decisions(seen, options, session.definitions, session.language)
        wish = await desk.actions.ask(ImportDialog(seen, offered, session.language, reason, at=at))
        reason = ""
        if wish is None:
            return False
        try:
            if isinstance(wish, Change):
                at = wish.name
                decision = next(each for each in offered if each.name == wish.name)
                if not decision.choices and not decision.is_typed:
                    reason = _("The columns of a telephone log are known; they cannot be mapped.")
                    continue
                dialog = TypedDecisionDialog(decision) if decision.is_typed else DecisionDialog(decision)
                value = await desk.actions.ask(dialog)
                if value is not None:
                    wanted = decided(seen, options, decision, value)
                    seen = await desk.actions.read(partial(preview, session, paths, wanted))
                    options = wanted
            elif await _carry_out(desk, paths, seen, options, only_try=wish is Go.TRY):
                return True
        except LeadtuiError as error:
            reason = str(error)


async def _carry_out(
    desk: Desk, paths: Paths, seen: Sequence[Preview], options: ImportOptions, *, only_try: bool
) -> bool:
    """Import the files, or try it, and tell what became of them; returns whether they were imported. Raises LeadtuiError."""
    wanted = options
    if only_try:
        options = replace(options, dry_run=True, rejects=None, report=None)
    row_count = sum(each.row_count for each in seen)
    reports = await _imported(desk, paths, row_count, options)
    if reports is None:
        return not options.dry_run
    title = pgettext("title", "Tried · {file}") if options.dry_run else pgettext("title", "Imported · {file}")
    batches = [each.batch_id for each in reports if each.batch_id is not None]
    can_take_back = bool(batches) and desk.session.actor.may(Permission.UNDO_IMPORT)
    after = await desk.actions.ask(
        ImportResultDialog(
            title.format(file=shown_files(paths)),
            _result(desk, reports, options),
            tried=options.dry_run,
            can_take_back=can_take_back,
        )
    )
    if after is After.IMPORT:
        return await _carry_out(desk, paths, seen, wanted, only_try=False)
    if after is After.TAKE_BACK:
        for batch_id in reversed(batches):
            await take_back(desk, batch_id)
    return not options.dry_run


def _result(desk: Desk, reports: Sequence[ImportReport], options: ImportOptions) -> list[str]:
    """What became of the files, or would."""
    lines = [went_on_sentence(each, desk.formatter) for each in reports if each.went_on is not None]
    if len(reports) == 1:
        lines += result_lines(reports[0])
    else:
        together = sum((each.counts for each in reports), Counts())
        lines.append(pgettext("notice", "Together: {counts}").format(counts=count_words(together)))
        for each in reports:
            first, *others = result_lines(each)
            lines += [f"{apart(Path(each.file).name)}: {first}", *(f"  {line}" for line in others)]
    if options.dry_run:
        lines.append(_("This was a dry run: the store is as it was."))
    if options.rejects is not None and options.rejects.exists():
        lines.append(_("The rows that nobody can be reached by are in {file}.").format(file=options.rejects))
    if options.report is not None and options.report.exists():
        lines.append(_("The cells that were not plainly taken are in {file}.").format(file=options.report))
    return lines


async def _imported(
    desk: Desk, paths: Paths, row_count: int, options: ImportOptions
) -> tuple[ImportReport, ...] | None:
    title = pgettext("progress", "Trying it out") if options.dry_run else pgettext("progress", "Importing")
    stopping = (
        pgettext("key", "stop; nothing is written")
        if options.dry_run
        else pgettext("key", "stop; what is imported stays")
    )

    def work(progress: Progress) -> tuple[ImportReport, ...]:
        return import_files(desk.session, paths, options, progress)

    try:
        reports = await _shown_at_work(desk, title, stopping, row_count, work)
    except Interrupted:
        reports = None
        if not options.dry_run:
            desk.tell(
                _("Stopped. What was imported stays; the same files, taken the same way, go on from there."),
                timeout=12,
            )
    if not options.dry_run:
        desk.program.look_again()
    return reports


async def take_back(desk: Desk, batch_id: int) -> None:
    """Say what taking an import back would do, and do it where the person agrees. Raises LeadtuiError."""

    def look(progress: Progress) -> UndoReport:
        return undo_import(desk.session, batch_id, dry_run=True, progress=progress)

    def undo(progress: Progress) -> UndoReport:
        return undo_import(desk.session, batch_id, progress=progress)

    stays = pgettext("key", "stop; what is done stays done")
    try:
        would = await _shown_at_work(desk, pgettext("progress", "Counting"), pgettext("key", "stop"), 0, look)
        if would.already:
            words = _("Import {id} was taken back already, {moment}.")
            desk.tell(words.format(id=batch_id, moment=desk.formatter.moment(would.batch.undone_at)))
            return
        lines = [*undone_sentences(replace(would, dry_run=False)), *stayed_lines(would, desk.formatter)]
        if not await desk.actions.ask(TakeBackDialog(lines)):
            return
        total = would.batch.counts.new + would.batch.counts.updated
        report = await _shown_at_work(desk, pgettext("progress", "Taking back"), stays, total, undo)
    except Interrupted:
        desk.tell(_("Stopped; taking it back again does the rest."))
    else:
        words = _("Taken back: {removed} went, {restored} are as before, {stayed} stay.")
        desk.tell(
            words.format(
                removed=counted(report.removed),
                restored=counted(report.restored),
                stayed=counted(len(report.stayed)),
            ),
            timeout=8,
        )
    desk.program.look_again()


async def _shown_at_work(
    desk: Desk, title: str, stopping: str, total: int, work: Callable[[Progress], Report]
) -> Report:
    """Work in a thread of its own, beside the saving of others; raises what it raises, Interrupted where it was stopped."""
    stopped = threading.Event()
    dialog = ProgressDialog(title, total, desk.session.language, stopping, stopped.set)
    loop = asyncio.get_running_loop()

    def progress(through: int, _total: int) -> None:
        if stopped.is_set():
            raise Interrupted
        loop.call_soon_threadsafe(dialog.show, through)

    async with desk.actions.shown(dialog):
        return await asyncio.to_thread(work, progress)


def usual_folder() -> Path:
    """Where files come from: the folder for downloads where there is one, else the present one, else home."""
    home = Path.home()
    downloads = home / "Downloads"
    if downloads.is_dir():
        return downloads
    return Path.cwd() if os.access(".", os.R_OK) else home
