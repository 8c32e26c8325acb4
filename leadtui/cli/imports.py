"""`leadtui import` and `leadtui imports`: bringing customers in from files, what was brought in, and taking it back."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from leadtui.cli.options import (
    STOPPED,
    AsOption,
    CommandOptions,
    ForceOption,
    JsonOption,
    StoreOption,
    command_options,
    group,
    own_settings,
    session_for,
    words,
)
from leadtui.cli.output import (
    Json,
    note_saved,
    on_a_terminal,
    progress_bar,
    tell,
    write_json,
    write_json_list,
    write_line,
    write_table,
)
from leadtui.cli.records import moment_text, person_record
from leadtui.domain.importing import Counts, DecimalSign, Duplicates, ImportBatch, ImportOptions
from leadtui.errors import Invalid
from leadtui.language import translate
from leadtui.language.date_forms import DateOrder, WrittenCalendar
from leadtui.language.text import cell_width, safe
from leadtui.language.translate import N_, _, counted, format_list, ngettext, pgettext
from leadtui.presentation.formatter import NOTHING, Formatter
from leadtui.presentation.table import Column
from leadtui.services.importing.cell_fates import Why

if TYPE_CHECKING:
    from leadtui.services.importing.report import ImportReport
    from leadtui.services.importing.undoing import Stayed, UndoReport
    from leadtui.services.session import Session

DEFAULT_TEMPLATE = "blank"

app = group(N_("What was imported before."))


FilesArgument = Annotated[
    list[Path],
    typer.Argument(metavar="FILE", help=N_("CSV, TSV or XLSX files, in the order to import them.")),
]
TemplateOption = Annotated[
    str,
    typer.Option(metavar="NAME|FILE", help=N_("What a store that does not exist yet begins with.")),
]
MappingOption = Annotated[
    list[str],
    typer.Option(
        "--map",
        parser=words,
        metavar="COLUMN=FIELD",
        help=N_("Where a column goes, by its title or number. Several times; remembered for this layout."),
    ),
]
ValuesOption = Annotated[
    list[str],
    typer.Option(
        "--map-value",
        parser=words,
        metavar="VALUE=MEANT",
        help=N_(
            "What a cell means that names a status, owner, need or channel otherwise, such as Open=Interested. "
            "Several times; remembered for this layout."
        ),
    ),
]
OwnerOption = Annotated[
    str,
    typer.Option(
        parser=words,
        metavar="PERSON",
        show_default=False,
        help=N_("Whose new customers are whose row names no owner: a colleague's e-mail address or name."),
    ),
]
ChannelOption = Annotated[
    str,
    typer.Option(
        parser=words,
        metavar="CHANNEL",
        show_default=False,
        help=N_("Through which entry channel rows came that name none. Else recognised."),
    ),
]
RegionOption = Annotated[
    str,
    typer.Option(
        parser=words,
        metavar="CODE",
        show_default=False,
        help=N_("The country of numbers without a country code, such as IR. Else the workspace's."),
    ),
]
AreaCodeOption = Annotated[
    str,
    typer.Option(
        parser=words,
        metavar="CODE",
        show_default=False,
        help=N_("What goes before numbers that are written without their area code, such as 021."),
    ),
]
DuplicatesOption = Annotated[
    Duplicates,
    typer.Option(
        help=N_("For customers who are there: fill their blanks, overwrite their values, or keep them.")
    ),
]
RejectsOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        show_default=False,
        help=N_("Where rows go that nobody can be reached by, with line and reason."),
    ),
]
ReportOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        show_default=False,
        help=N_("Where every cell is listed that was not plainly taken, with line, column and reason."),
    ),
]
DropOption = Annotated[
    bool,
    typer.Option("--drop", help=N_("Leave out columns without a field instead of keeping them in a note.")),
]
StrictOption = Annotated[
    bool, typer.Option("--strict", help=N_("Import nothing where anything about a file is doubtful."))
]
DryRunOption = Annotated[
    bool,
    typer.Option(
        "--dry-run",
        help=N_("Report what would happen; only the files of --rejects and --report are written."),
    ),
]
EncodingOption = Annotated[
    str,
    typer.Option(
        metavar="NAME", show_default=False, help=N_("How the file's letters are written. Else recognised.")
    ),
]
DelimiterOption = Annotated[
    str,
    typer.Option(
        metavar="SIGN", show_default=False, help=N_("What separates its cells, or “tab”. Else recognised.")
    ),
]
HeaderOption = Annotated[
    bool | None,
    typer.Option(
        "--header/--no-header",
        show_default=False,
        help=N_("Whether its first row has titles. Else recognised."),
    ),
]
HeaderLineOption = Annotated[
    int | None,
    typer.Option(
        min=1, show_default=False, metavar="N", help=N_("The line of its titles, from 1. Else recognised.")
    ),
]
SheetOption = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        show_default=False,
        help=N_("The sheet of a workbook, or “all”. Else the first that holds anything."),
    ),
]
DateOrderOption = Annotated[
    DateOrder | None,
    typer.Option(
        show_default=False,
        help=N_(
            "Which of day, month and year comes first in dates such as 3/4/24. Else its column or region tells."
        ),
    ),
]
CalendarOption = Annotated[
    WrittenCalendar | None,
    typer.Option(show_default=False, help=N_("The calendar of its dates. Else recognised by their years.")),
]
DecimalsOption = Annotated[
    DecimalSign | None,
    typer.Option(
        show_default=False, help=N_("What stands before decimals. Else its columns or region tell.")
    ),
]
BatchArgument = Annotated[
    int,
    typer.Argument(metavar="BATCH", min=1, help=N_("The import's id, as `leadtui imports list` shows it.")),
]


def import_command(
    context: typer.Context,
    files: FilesArgument,
    template: TemplateOption = DEFAULT_TEMPLATE,
    mapping: MappingOption = [],  # noqa: B006  # Typer copies it
    values: ValuesOption = [],  # noqa: B006
    owner: OwnerOption = "",
    channel: ChannelOption = "",
    region: RegionOption = "",
    area_code: AreaCodeOption = "",
    duplicates: DuplicatesOption = Duplicates.FILL,
    drop: DropOption = False,
    rejects: RejectsOption = None,
    report: ReportOption = None,
    force: ForceOption = False,
    strict: StrictOption = False,
    dry_run: DryRunOption = False,
    encoding: EncodingOption = "",
    delimiter: DelimiterOption = "",
    header: HeaderOption = None,
    header_line: HeaderLineOption = None,
    sheet: SheetOption = "",
    date_order: DateOrderOption = None,
    calendar: CalendarOption = None,
    decimals: DecimalsOption = None,
    as_json: JsonOption = False,
    store: StoreOption = "",
    email: AsOption = "",
) -> None:
    from leadtui.services.importing.running import import_files
    from leadtui.services.lead_list import LeadList

    chosen = command_options(context, store, email)
    options = ImportOptions(
        mapping=_mapping(mapping),
        values=_mapping(values, "map-value"),
        owner=owner,
        channel=channel,
        region=region,
        area_code=area_code,
        duplicates=duplicates,
        drop=drop,
        rejects=rejects,
        report=report,
        force=force,
        strict=strict,
        dry_run=dry_run,
        encoding=encoding,
        delimiter=delimiter,
        header=header,
        header_line=header_line or 0,
        sheet=sheet,
        date_order=date_order,
        calendar=calendar,
        decimals=decimals,
    )
    with _session(chosen, template, keep=not dry_run) as session:
        if on_a_terminal() and not strict and not as_json:
            options = _asked(session, files, options)
        with progress_bar(pgettext("progress", "Importing")) as progress:
            reports = import_files(session, files, options, progress)
        customers = LeadList(session).count()
        went_on = [_went_on(each, Formatter(session)) for each in reports if each.went_on is not None]
    # Only now is a new store in its place: whoever reads the report may go away without spoiling that.
    for sentence in went_on:
        tell(sentence)
    if as_json:
        write_json(_record(reports, customers))
    else:
        _write_reports(reports, customers)


@app.command(
    "list",
    help=N_("List the imports, newest first, with what became of their rows."),
    epilog="leadtui imports list --json",
)
def list_imports_command(
    context: typer.Context,
    as_json: JsonOption = False,
    store: StoreOption = "",
    email: AsOption = "",
) -> None:
    from leadtui.services.importing.running import list_imports

    with session_for(command_options(context, store, email)) as session:
        batches = list_imports(session)
        if as_json:
            write_json_list(_batch_record(each, session) for each in batches)
            return
        formatter = Formatter(session)
        columns = [
            Column(pgettext("column", "Id"), right=True),
            Column(pgettext("column", "When")),
            Column(pgettext("column", "File"), yields=1, least=12),
            Column(pgettext("column", "By"), yields=7),
            *_count_columns(),
            Column(""),
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
            write_json(_undone_record(report, session))
        else:
            _write_undone(report, Formatter(session))


def _asked(session: Session, files: list[Path], options: ImportOptions) -> ImportOptions:
    """The options after the person has decided what the files leave open; Enter chooses what is likelier."""
    from leadtui.services.importing.running import find_doubts

    for doubt in find_doubts(session, files, options):
        tell(doubt.question())
        for number, choice in enumerate(doubt.choices, start=1):
            tell(f"  {number}  {choice.words}")
        chosen = 0
        while not 1 <= chosen <= len(doubt.choices):
            chosen = int(typer.prompt(_("Which one?"), default=1, type=int, err=True))
        options = doubt.decided(options, doubt.choices[chosen - 1])
    return options


def _mapping(given: list[str], option: str = "map") -> dict[str, str]:
    mapping: dict[str, str] = {}
    for each in given:
        # The last sign counts: a title may hold one, a field's name does not.
        column, sign, field = each.rpartition("=")
        if not sign or not column.strip() or not field.strip():
            sentence = (
                _("“{given}” is no mapping; write --map 'Column=field'.")
                if option == "map"
                else _("“{given}” is no mapping; write --map-value 'Open=Interested'.")
            )
            raise Invalid(sentence.format(given=each), option)
        mapping[column.strip()] = field.strip()
    return mapping


@contextmanager
def _session(chosen: CommandOptions, template: str, *, keep: bool) -> Generator[Session]:
    """A session on the store to import into: the store's, or one on a new store, which is made only if all goes well."""
    from leadtui.services.new_store import has_workspace, new_session

    if has_workspace(chosen.where):
        if template != DEFAULT_TEMPLATE:
            tell(_("The store is there already, so the template is left out."))
        stopped = _("Stopped. What was imported stays; run the same command again to go on.")
        with session_for(chosen) as session, _stoppable(stopped):
            yield session
        return
    settings = own_settings()
    with (
        new_session(chosen.where, template, chosen.who, keep=keep) as session,
        _stoppable(_("Stopped; no store was made.")),
    ):
        translate.use(settings.language or session.language)
        yield session
    if keep:
        note_saved()
        tell(
            _("Made the store {path}; {email} is its supervisor.").format(
                path=chosen.where, email=session.actor.email
            )
        )


@contextmanager
def _stoppable(sentence: str) -> Generator[None]:
    try:
        yield
    except KeyboardInterrupt:
        tell(sentence)
        raise typer.Exit(STOPPED) from None


def _record(reports: tuple[ImportReport, ...], customers: int) -> dict[str, Json]:
    from leadtui.services.importing.report import reports_to_json

    summed = cast("dict[str, Json]", reports_to_json(reports))
    files = summed.pop("files")
    return {**summed, "customers": customers, "files": files}


def _write_reports(reports: tuple[ImportReport, ...], customers: int) -> None:
    for report in reports:
        _write_report(report)
        write_line()
    total = sum((report.counts for report in reports), Counts())
    if len(reports) > 1:
        write_line(pgettext("notice", "Together: {counts}").format(counts=_counted(total)))
    in_all = ngettext("The store holds {n} customer.", "The store holds {n} customers.", customers)
    if any(report.dry_run for report in reports):
        write_line(_("This was a dry run: the store is as it was."))
    write_line(in_all.format(n=counted(customers)))


def _went_on(report: ImportReport, formatter: Formatter) -> str:
    stopped = report.went_on
    return _(
        "{file}: went on from row {row} of the import that began {moment}; the counts are those of both parts."
    ).format(
        file=report.file,
        row=counted(stopped.row if stopped else 0),
        moment=formatter.moment(stopped.begun_at if stopped else None),
    )


def _write_report(report: ImportReport) -> None:
    write_line(f"{report.file}: {_counted(report.counts)}")
    if report.recognised:
        write_line(
            "  " + pgettext("notice", "Recognised: {words}.").format(words=format_list(report.recognised))
        )
    if report.mapping:
        mapped = format_list(f"{each.column} → {each.field}" for each in report.mapping)
        write_line("  " + pgettext("notice", "Columns: {mapped}.").format(mapped=mapped))
    for sentence in _unused_sentences(report):
        write_line(f"  {sentence}")
    for each in report.reasons:
        write_line(f"  {counted(each.count)} × {each.reason.words()}")
    for column in report.columns:
        for why, number in sorted(column.whys.items()):
            if why not in _SAID_OF_COLUMNS:
                write_line(f"  {counted(number)} × {safe(column.column)}: {why.words()}")
    for note in report.notes:
        write_line(f"  {note}")


_SAID_OF_COLUMNS = frozenset({Why.UNUSED, Why.DROPPED, Why.IGNORED, Why.ROW_REJECTED, Why.ROW_SKIPPED})
"""Reasons that are told of whole columns or rows."""


def _unused_sentences(report: ImportReport) -> list[str]:
    """What becomes of the columns that no field is meant for."""
    said: list[str] = []
    for why, sentence in (
        (Why.UNUSED, _("Kept in a note: {columns}; name a field with --map 'Column=field', or --drop them.")),
        (Why.DROPPED, _("Left out: {columns}; name a field with --map 'Column=field'.")),
    ):
        columns = [
            pgettext("column", "{title} ({count} filled)").format(
                title=safe(each.column), count=counted(each.whys[why])
            )
            for each in report.columns
            if why in each.whys
        ]
        if columns:
            said.append(sentence.format(columns=format_list(columns)))
    return said


def _counted(counts: Counts) -> str:
    return format_list(
        f"{title} {counted(number)}" for title, number in zip(_count_titles(), _numbers(counts), strict=True)
    )


def _count_titles() -> list[str]:
    return [
        pgettext("rows", "read"),
        pgettext("rows", "new"),
        pgettext("rows", "updated"),
        pgettext("rows", "unchanged"),
        pgettext("rows", "rejected"),
        pgettext("rows", "skipped"),
    ]


def _count_columns() -> list[Column]:
    """A number is shown whole or not at all: those that say least are left out first."""
    yields = (0, 0, 4, 6, 3, 5)
    return [
        Column(title, yields=each, least=cell_width(title), right=True)
        for title, each in zip(_count_titles(), yields, strict=True)
    ]


def _numbers(counts: Counts) -> list[int]:
    return [counts.read, counts.new, counts.updated, counts.unchanged, counts.rejected, counts.skipped]


def _batch_row(batch: ImportBatch, formatter: Formatter) -> list[str]:
    return [
        str(batch.id),
        formatter.moment(batch.started_at),
        safe(batch.file_name),
        formatter.person(batch.actor_id),
        *(str(number) for number in _numbers(batch.counts)),
        _state(batch, formatter),
    ]


def _state(batch: ImportBatch, formatter: Formatter) -> str:
    if batch.undone_at is not None:
        return pgettext("import", "taken back {moment}").format(moment=formatter.moment(batch.undone_at))
    return "" if batch.ended_at else pgettext("import", "stopped")


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
    batch = report.batch
    if report.already:
        tell(
            _("Import {id} was taken back already, {moment}.").format(
                id=batch.id, moment=formatter.moment(batch.undone_at)
            )
        )
        return
    for sentence in _undone_sentences(report):
        write_line(sentence)
    if not report.stayed:
        return
    write_line()
    columns = [
        Column(pgettext("column", "Id"), right=True),
        Column(pgettext("column", "Name"), yields=1, least=12),
        Column(pgettext("column", "Stays because"), yields=2, least=20),
    ]
    rows = (
        [str(each.lead_id), each.name or NOTHING, _stays_because(each, formatter)] for each in report.stayed
    )
    write_table(columns, rows)


def _undone_sentences(report: UndoReport) -> list[str]:
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


def _stays_because(stayed: Stayed, formatter: Formatter) -> str:
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


def _undone_record(report: UndoReport, session: Session) -> dict[str, Json]:
    return {
        **_batch_record(report.batch, session),
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
