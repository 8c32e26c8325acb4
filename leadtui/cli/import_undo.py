"""`leadtui imports undo`: an import is taken back whole, and who stays is listed with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast

import typer

from leadtui.cli.imports import DryRunOption, batch_record, progress_bar
from leadtui.cli.options import AsOption, JsonOption, StoreOption, command_options, session_for
from leadtui.cli.output import Json, tell, write_json, write_line, write_table
from leadtui.cli.records import moment_text, person_record
from leadtui.language.translate import N_, _, ngettext, pgettext
from leadtui.presentation.formatter import NOTHING, Formatter, counted
from leadtui.presentation.table import Column

if TYPE_CHECKING:
    from leadtui.services.importing.undoing import Stayed, UndoReport
    from leadtui.services.session import Session

BatchArgument = Annotated[
    int,
    typer.Argument(metavar="BATCH", min=1, help=N_("The import's id, as `leadtui imports list` shows it.")),
]


def undo_import_command(
    context: typer.Context,
    batch: BatchArgument,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
    store: StoreOption = "",
    email: AsOption = "",
) -> None:
    from leadtui.services.importing.undoing import undo_import

    with session_for(command_options(context, store, email)) as session:
        with progress_bar(pgettext("progress", "Taking back")) as progress:
            report = undo_import(session, batch, dry_run=dry_run, progress=progress)
        if as_json:
            write_json(_record(report, session))
        else:
            _write(report, Formatter(session))


def _write(report: UndoReport, formatter: Formatter) -> None:
    batch = report.batch
    if report.already:
        tell(
            _("Import {id} was taken back already, {moment}.").format(
                id=batch.id, moment=formatter.moment(batch.undone_at)
            )
        )
        return
    for sentence in _sentences(report):
        write_line(sentence)
    if not report.stayed:
        return
    write_line()
    columns = [
        Column(pgettext("column", "Id"), right=True),
        Column(pgettext("column", "Name"), yields=1, least=12),
        Column(pgettext("column", "Stays because"), yields=2, least=20),
    ]
    rows = ([str(each.lead_id), each.name or NOTHING, _why(each, formatter)] for each in report.stayed)
    write_table(columns, rows)


def _sentences(report: UndoReport) -> list[str]:
    file, count = report.batch.file_name, len(report.stayed)
    said = [
        _("Import {id} of {file}:").format(id=report.batch.id, file=file),
        "  "
        + ngettext("{n} new customer goes.", "{n} new customers go.", report.removed).format(
            n=counted(report.removed)
        ),
        "  "
        + ngettext("{n} customer is as before.", "{n} customers are as before.", report.restored).format(
            n=counted(report.restored)
        ),
        "  " + ngettext("{n} customer stays.", "{n} customers stay.", count).format(n=counted(count)),
    ]
    if report.channels_removed:
        words = ngettext(
            "{n} entry channel that it made goes.",
            "{n} entry channels that it made go.",
            report.channels_removed,
        )
        said.append("  " + words.format(n=counted(report.channels_removed)))
    if not report.whole:
        said.append(_("Some stay because of a later import: take that one back first, then this one again."))
    if report.dry_run:
        said.append(_("This was a dry run: nothing was written."))
    return said


def _why(stayed: Stayed, formatter: Formatter) -> str:
    from leadtui.services.importing.undoing import Because

    if stayed.because is Because.IMPORTED_AGAIN:
        return pgettext("reason", "import {id} changed them since").format(id=stayed.batch_id)
    if stayed.because is Because.UNFINISHED:
        return pgettext("reason", "somebody has something unfinished about them")
    if stayed.because is Because.TOO_OLD:
        return pgettext("reason", "the import is too old to know what they were before")
    if stayed.actor_id is None:
        return pgettext("reason", "changed since, {moment}").format(moment=formatter.moment(stayed.at))
    return pgettext("reason", "{person} worked on them, {moment}").format(
        person=formatter.person(stayed.actor_id), moment=formatter.moment(stayed.at)
    )


def _record(report: UndoReport, session: Session) -> dict[str, Json]:
    return {
        **batch_record(report.batch, session),
        "already": report.already,
        "dry_run": report.dry_run,
        "removed": report.removed,
        "restored": report.restored,
        "channels_removed": report.channels_removed,
        "whole": report.whole,
        "stayed": cast("list[Json]", [_stayed_record(each, session) for each in report.stayed]),
    }


def _stayed_record(stayed: Stayed, session: Session) -> dict[str, Json]:
    return {
        "id": stayed.lead_id,
        "name": stayed.name,
        "because": stayed.because.value,
        "by": person_record(session.definitions.colleague(stayed.actor_id)),
        "at": moment_text(stayed.at),
        "import": stayed.batch_id,
    }
