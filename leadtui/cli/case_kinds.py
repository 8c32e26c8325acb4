"""`leadtui cases kinds`: which kinds of cases there are, out of a file and into one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leadtui.cli.definitions import NameArgument, Noun, add_list, add_use
from leadtui.cli.matching import Kind
from leadtui.cli.options import STANDARD_OUTPUT, CommandOptions, ForceOption, Group, JsonOption, session_for
from leadtui.cli.output import Json, bytes_written, write_into, write_json, write_json_list
from leadtui.domain.case_kind import CaseKind
from leadtui.language.translate import N_, format_list, pgettext
from leadtui.presentation.table import TextColumn

app = Group(N_("The kinds of cases: their roles, fields, states and moves."))

CASE_KIND = Kind(
    N_("There is no kind of case “{typed}”. There are: {names}."),
    N_("Several can be meant by kind of case “{typed}”: {names}. Type more of it."),
)

FileArgument = Annotated[str, typer.Argument(metavar="FILE", help=N_("A TOML file, or - for the terminal."))]


def kind_record(kind: CaseKind) -> dict[str, Json]:
    """A kind as it is kept, with whether it is in use."""
    from leadtui.domain.case_kind_table import kind_table

    return {"id": kind.id, "retired": kind.retired, "version": kind.version, **kind_table(kind)}


def _columns() -> list[TextColumn]:
    return [
        TextColumn(pgettext("column", "Key")),
        TextColumn(pgettext("column", "Title"), yields=1, least=12),
        TextColumn(pgettext("column", "States"), yields=2, least=12),
    ]


_KINDS = Noun(
    "cases kinds",
    "case_kind",
    CASE_KIND,
    lambda known: known.case_kinds,
    kind_record,
    _columns,
    lambda each: [each.key, each.title, format_list(one.title for one in each.states)],
)

add_list(app, _KINDS, N_("List the kinds of cases."))
add_use(app, _KINDS, "viewing")


@app.command(
    "show",
    help=N_("Print a kind of case in the form in which it is written."),
    epilog="leadtui cases kinds show resume",
)
def show_command(common: CommandOptions, name: NameArgument, as_json: JsonOption = False) -> None:
    from leadtui.services.case_kind_file import kinds_text

    with session_for(common) as session:
        kind = _KINDS.chosen(session, name)
    if as_json:
        write_json(kind_record(kind))
        return
    with bytes_written() as stream:
        stream.write(kinds_text([kind]))


@app.command(
    "set",
    help=N_("Take the kinds of cases of a TOML file: new ones, and changes of those with the same key."),
    epilog="leadtui cases kinds set viewings.toml",
)
def set_command(common: CommandOptions, file: FileArgument, as_json: JsonOption = False) -> None:
    from leadtui.services.case_kind_file import load_kinds
    from leadtui.services.case_kinds import save_case_kinds

    with session_for(common) as session:
        saved = save_case_kinds(session, load_kinds(Path(file).expanduser()))
        if as_json:
            write_json_list(kind_record(each) for each in saved)
        else:
            _KINDS.write(saved)


@app.command(
    "export",
    help=N_("Write a kind of case into a TOML file, which another desk can take."),
    epilog="leadtui cases kinds export viewing viewing.toml",
)
def export_command(
    common: CommandOptions, name: NameArgument, file: FileArgument, force: ForceOption = False
) -> None:
    from leadtui.services.case_kind_file import kinds_text

    with session_for(common) as session:
        text = kinds_text([_KINDS.chosen(session, name)])
    write_into(None if file == STANDARD_OUTPUT else Path(file).expanduser(), text, force=force)
