"""`leadtui leads export`: the customers of a list as a table, a workbook or visiting cards."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from leadtui.cli.imports import progress_bar
from leadtui.cli.narrowing import chosen_view
from leadtui.cli.narrowing_options import Narrowing, narrowed
from leadtui.cli.options import AsOption, StoreOption, command_options, session_for, words
from leadtui.cli.output import tell
from leadtui.language.translate import N_, ngettext, pgettext
from leadtui.presentation.formatter import counted

STANDARD_OUTPUT = "-"

FileArgument = Annotated[
    str, typer.Argument(metavar="FILE", help=N_("Where they go; “-” for standard output, with --format."))
]
FormatOption = Annotated[
    str,
    typer.Option(
        "--format",
        parser=words,
        metavar="csv|xlsx|vcf",
        show_default=False,
        help=N_("Table, workbook or visiting cards. Else as the file's name ends."),
    ),
]
ExactOption = Annotated[
    bool,
    typer.Option("--exact", help=N_("For another import: nothing is added or shortened for people.")),
]
MarkOption = Annotated[
    bool, typer.Option("--bom", help=N_("Begin a CSV file with the mark that old spreadsheet programs need."))
]
CalendarOption = Annotated[
    bool, typer.Option("--own-calendar", help=N_("Write dates in your calendar. Else in ISO 8601."))
]
ColumnsOption = Annotated[
    list[str],
    typer.Option(
        "--column",
        parser=words,
        metavar="KEY",
        help=N_("Only this column. Several times, in their order; else all."),
    ),
]
ForceOption = Annotated[bool, typer.Option("--force", help=N_("Replace a file that is there."))]


@narrowed
def export_leads_command(
    context: typer.Context,
    file: FileArgument,
    narrowing: Narrowing,
    format_: FormatOption = "",
    exact: ExactOption = False,
    bom: MarkOption = False,
    own_calendar: CalendarOption = False,
    column: ColumnsOption = [],  # noqa: B006  # Typer copies it
    force: ForceOption = False,
    store: StoreOption = "",
    email: AsOption = "",
) -> None:
    from leadtui.services.exporting import ExportOptions, export, export_file, format_of

    with session_for(command_options(context, store, email)) as session:
        to_output = file == STANDARD_OUTPUT
        kind = format_of(Path(file), format_)
        options = ExportOptions(exact, bom, own_calendar, tuple(column))
        view = chosen_view(session, narrowing)
        with progress_bar(pgettext("progress", "Exporting")) as progress:
            if to_output:
                count = export(session, view, kind, sys.stdout.buffer, options, progress=progress)
                sys.stdout.buffer.flush()
            else:
                count = export_file(
                    session, view, Path(file), options, format_=kind, force=force, progress=progress
                )
    sentence = ngettext("Exported {n} customer.", "Exported {n} customers.", count)
    tell(sentence.format(n=counted(count)))
