"""`leadtui imports`: what was brought in from files, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast

import typer

from leadtui.cli.options import CommandOptions, DryRunOption, Group, JsonOption, session_for
from leadtui.cli.output import (
    Json,
    at_once,
    progress_bar,
    tell,
    write_json,
    write_json_list,
    write_line,
    write_table,
)
from leadtui.cli.records import moment_text, person_record
from leadtui.domain.importing import ImportBatch
from leadtui.language.text import cell_width, safe
from leadtui.language.translate import N_, _, counted, pgettext
from leadtui.presentation.formatter import NOTHING, Formatter
from leadtui.presentation.table import TextColumn

if TYPE_CHECKING:
    from leadtui.services.importing.undoing import Stayed, UndoReport
    from leadtui.services.session import Session

app = Group()


BatchArgument = Annotated[
    int,
    typer.Argument(metavar="BATCH", min=1, help=N_("The import's id, as `leadtui imports list` shows it.")),
]


@app.command(
    "list",
    help=N_("List the imports, newest first, with what became of their rows."),
    epilog="leadtui imports list --json",
)
def list_imports_command(
    common: CommandOptions,
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.importing.running import list_imports

    with session_for(common) as session:
        batches = list_imports(session)
        if as_json:
            write_json_list(_batch_record(each, session) for each in batches)
            return
        formatter = Formatter(session)
        columns = [
            TextColumn(pgettext("column", "Id"), right=True),
            TextColumn(pgettext("column", "When")),
            TextColumn(pgettext("column", "File"), yields=1, least=12),
            TextColumn(pgettext("column", "By"), yields=7),
            *_count_columns(),
            TextColumn(""),
        ]
        write_table(columns, [_batch_row(each, formatter) for each in batches])


@app.command(
    "undo",
    help=N_(
        "Take an import back: new customers go, changed ones get their old values. Those whom somebody has worked "
        "on since stay and are listed."
    ),
    epilog="leadtui imports undo 3 --dry-run",
)
def undo_import_command(
    common: CommandOptions,
    batch: BatchArgument,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.importing.undoing import undo_import

    with session_for(common) as session:
        with progress_bar(pgettext("progress", "Taking back")) as progress:
            report = undo_import(session, batch, dry_run=dry_run, progress=progress)
        if as_json:
            write_json(_undone_record(report, session))
        else:
            _write_undone(report, Formatter(session))


def _count_columns() -> list[TextColumn]:
    from leadtui.presentation.import_report import count_titles

    """A number is shown whole or not at all: those that say least are left out first."""
    yields = (0, 0, 4, 6, 3, 5)
    return [
        TextColumn(title, yields=each, least=cell_width(title), right=True)
        for title, each in zip(count_titles(), yields, strict=True)
    ]


def _batch_row(batch: ImportBatch, formatter: Formatter) -> list[str]:
    from leadtui.presentation.import_report import count_numbers, state_words

    return [
        str(batch.id),
        formatter.moment(batch.started_at),
        safe(batch.file_name),
        formatter.person(batch.actor_id),
        *(counted(number) for number in count_numbers(batch.counts)),
        state_words(batch, formatter),
    ]


def _batch_record(batch: ImportBatch, session: Session) -> dict[str, Json]:
    counts = batch.counts
    return {
        "id": batch.id,
        "file": batch.file_name,
        "digest": batch.file_digest,
        "by": person_record(session.definitions.colleague(batch.actor_id)),
        "started_at": moment_text(batch.started_at),
        "ended_at": moment_text(batch.ended_at),
        "undone_at": moment_text(batch.undone_at),
        "read": counts.read,
        "new": counts.new,
        "updated": counts.updated,
        "unchanged": counts.unchanged,
        "rejected": counts.rejected,
        "skipped": counts.skipped,
        "options": cast("dict[str, Json]", dict(batch.options)),
    }


def _write_undone(report: UndoReport, formatter: Formatter) -> None:
    from leadtui.presentation.import_report import stays_because, undone_sentences

    batch = report.batch
    if report.already:
        tell(
            _("Import {id} was taken back already, {moment}.").format(
                id=batch.id, moment=formatter.moment(batch.undone_at)
            )
        )
        return
    for sentence in undone_sentences(report):
        write_line(sentence)
    if not report.stayed:
        return
    write_line()
    columns = [
        TextColumn(pgettext("column", "Id"), right=True),
        TextColumn(pgettext("column", "Name"), yields=1, least=12),
        TextColumn(pgettext("column", "Stays because"), yields=2, least=20),
    ]
    rows = (
        [str(each.lead_id), each.name or NOTHING, stays_because(each, formatter)]
        for each in at_once(formatter.session, report.stayed)
    )
    write_table(columns, rows)


def _undone_record(report: UndoReport, session: Session) -> dict[str, Json]:
    return {
        **_batch_record(report.batch, session),
        "already": report.already,
        "dry_run": report.dry_run,
        "removed": report.removed,
        "restored": report.restored,
        "channels_removed": report.channels_removed,
        "whole": report.whole,
        "stayed": cast(
            "list[Json]", [_stayed_record(each, session) for each in at_once(session, report.stayed)]
        ),
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
