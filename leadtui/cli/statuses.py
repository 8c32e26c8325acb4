"""`leadtui statuses`: what can be said of a customer."""

from __future__ import annotations

from typing import Annotated

import typer

from leadtui.cli.options import CommandOptions, Group, JsonOption, session_for
from leadtui.cli.output import write_json_list, write_table
from leadtui.cli.records import status_record
from leadtui.domain.status import CartableRule, ReminderRule, Status
from leadtui.language.translate import N_, format_list, pgettext
from leadtui.presentation.table import TextColumn

app = Group(N_("The statuses of the workspace."))


@app.command(
    "list",
    help=N_("List the statuses, with what each does to the cartable and asks for."),
    epilog="leadtui statuses list --json",
)
def list_statuses(
    common: CommandOptions,
    retired: Annotated[
        bool, typer.Option("--retired", help=N_("Also those that are no longer given."))
    ] = False,
    as_json: JsonOption = False,
) -> None:
    with session_for(common) as session:
        chosen = session.definitions.statuses if retired else session.definitions.open_statuses
    if as_json:
        write_json_list(status_record(each) for each in chosen)
        return
    columns = [
        TextColumn(pgettext("column", "Key")),
        TextColumn(pgettext("column", "Title"), yields=1, least=12),
        TextColumn(pgettext("column", "Cartable"), yields=2, least=12),
        TextColumn(pgettext("column", "Reminder"), yields=3),
        TextColumn(pgettext("column", "Asks for"), yields=4, least=12),
    ]
    write_table(columns, [_row(each) for each in chosen])


def _row(status: Status) -> list[str]:
    cartables = {
        CartableRule.NONE: pgettext("option value", "leaves every cartable"),
        CartableRule.NEXT: pgettext("option value", "moves to a colleague's"),
        CartableRule.STAY: pgettext("option value", "stays"),
    }
    reminders = {
        ReminderRule.NO: "",
        ReminderRule.ASK: pgettext("option value", "asked"),
        ReminderRule.MUST: pgettext("option value", "needed"),
    }
    asked = [f"{each.title}*" if each.required else each.title for each in status.open_fields]
    return [
        status.key,
        f"{status.glyph} {status.title}",
        cartables[status.cartable],
        reminders[status.reminder],
        format_list(asked),
    ]
