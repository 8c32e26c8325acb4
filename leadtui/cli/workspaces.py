"""`leadtui workspaces`: the several workspaces of a store. What one of them is like says `leadtui workspace`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from leadtui.cli.confirming import confirmed
from leadtui.cli.import_options import DEFAULT_TEMPLATE
from leadtui.cli.init import TemplateOption, begun_from
from leadtui.cli.options import CommandOptions, Group, JsonOption, session_for, text_option, words
from leadtui.cli.output import (
    note_saved,
    tell,
    write_fields,
    write_json,
    write_json_list,
    write_table,
)
from leadtui.cli.records import own_workspace_record, workspace_record
from leadtui.cli.workspace import WorkspaceOptions, workspace_fields
from leadtui.language.translate import N_, _, pgettext
from leadtui.presentation.cartable_reason import overdue_words
from leadtui.presentation.table import TextColumn
from leadtui.presentation.workspace_words import KIND_WORDS

if TYPE_CHECKING:
    from leadtui.services.workspaces import ListedWorkspace

app = Group()

NewTitleArgument = Annotated[
    str, typer.Argument(parser=words, metavar="TITLE", help=N_("What the workspace is called."))
]
WhichArgument = Annotated[
    str, typer.Argument(parser=words, metavar="WORKSPACE", help=N_("One of your workspaces, by title or id."))
]
ConfirmOption = Annotated[
    str, text_option("TITLE", N_("The name of the workspace once more, to confirm it."), "--confirm")
]


@app.command(
    "list",
    help=N_("List the workspaces in which you work, with what is due in each."),
    epilog="leadtui workspaces list --json",
)
def list_command(common: CommandOptions, as_json: JsonOption = False) -> None:
    from leadtui.services.workspaces import list_workspaces

    with session_for(common, of_the_store=True) as session:
        listed = list_workspaces(session)
        if as_json:
            write_json_list(own_workspace_record(each) for each in listed)
        else:
            _write(listed)


@app.command(
    "add",
    help=N_("Add a workspace to the store, with the customs of its country; you are its owner."),
    epilog="leadtui workspaces add 'Northwind Austria' --country Austria --template sales",
)
def add_command(
    common: CommandOptions,
    title: NewTitleArgument,
    asked: WorkspaceOptions,
    template: TemplateOption = DEFAULT_TEMPLATE,
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.workspaces import add_workspace, list_workspaces

    begun = begun_from(template, title, asked)
    with session_for(common, of_the_store=True) as session:
        added = add_workspace(session, begun)
        (listed,) = [each for each in list_workspaces(session) if each.workspace.id == added.id]
    if as_json:
        write_json(own_workspace_record(listed))
    else:
        _write([listed])


@app.command(
    "rename",
    help=N_("Give a workspace another name."),
    epilog="leadtui workspaces rename 'Northwind Austria' 'Northwind Vienna'",
)
def rename_command(
    common: CommandOptions, which: WhichArgument, title: NewTitleArgument, as_json: JsonOption = False
) -> None:
    from leadtui.services.workspace import change_workspace

    with session_for(replace(common, workspace=which)) as session:
        before = session.workspace
        renamed = change_workspace(session, replace(before, title=title), before)
        if as_json:
            write_json(workspace_record(renamed))
        else:
            write_fields(workspace_fields(renamed))


@app.command(
    "close",
    help=N_("Close a workspace: nobody works in it, nothing of it is lost, and it can be opened again."),
    epilog="leadtui workspaces close 'Northwind Austria' --confirm 'Northwind Austria'",
)
def close_command(common: CommandOptions, which: WhichArgument, confirm: ConfirmOption = "") -> None:
    from leadtui.services.workspaces import close_workspace

    with session_for(replace(common, workspace=which)) as session:
        title = session.workspace.title
        confirmed(confirm, lambda: close_workspace(session))
    note_saved()
    tell(_("“{title}” is closed. `leadtui workspaces reopen` opens it again.").format(title=title))


@app.command(
    "reopen",
    help=N_("Open a workspace again that was closed, as it was."),
    epilog="leadtui workspaces reopen 'Northwind Austria'",
)
def reopen_command(common: CommandOptions, which: WhichArgument) -> None:
    from leadtui.services.workspaces import reopen_workspace

    with session_for(replace(common, workspace=which)) as session:
        reopen_workspace(session)
        title = session.workspace.title
    note_saved()
    tell(_("“{title}” is open.").format(title=title))


def _write(listed: Sequence[ListedWorkspace]) -> None:
    columns = [
        TextColumn(pgettext("column", "Id")),
        TextColumn(pgettext("column", "Title"), yields=1, least=12),
        TextColumn(pgettext("column", "Kind"), yields=4),
        TextColumn(pgettext("column", "Works as"), yields=3, least=8),
        TextColumn(pgettext("column", "Reminders"), yields=2),
    ]
    rows = [
        [
            str(each.workspace.id),
            each.workspace.title,
            pgettext("choice", KIND_WORDS[each.workspace.kind]),
            each.workspace.profile,
            pgettext("workspace", "closed") if each.workspace.closed else overdue_words(each.due),
        ]
        for each in listed
    ]
    write_table(columns, rows)
