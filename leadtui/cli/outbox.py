"""`leadtui outbox`: messages on their way, sending what is due, and what a person decides about the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from leadtui.cli.options import CommandOptions, Group, JsonOption, session_for
from leadtui.cli.output import note_saved, tell, write_json, write_json_list, write_table
from leadtui.cli.records import message_record
from leadtui.domain.message import TO_LOOK_AT, MessageState
from leadtui.language.translate import N_, _, pgettext
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.message_words import medium_words, problem_words, run_words, state_words
from leadtui.presentation.table import TextColumn

if TYPE_CHECKING:
    from leadtui.services.outbox import Listed
    from leadtui.services.session import Session

app = Group()

StateOption = Annotated[
    list[MessageState] | None,
    typer.Option("--state", show_default=False, help=N_("Those in this state. Several times.")),
]
AllOption = Annotated[bool, typer.Option("--all", help=N_("Those in every state."))]
NumberArgument = Annotated[int, typer.Argument(metavar="NUMBER", help=N_("Its number in the list."))]


@app.command(
    "list",
    help=N_(
        "List messages, the newest first: those that failed or are unsure, unless something else is said."
    ),
    epilog="leadtui outbox list --state unsure --json",
)
def list_command(
    common: CommandOptions, state: StateOption = None, every: AllOption = False, as_json: JsonOption = False
) -> None:
    from leadtui.services.outbox import list_messages

    wanted = frozenset(MessageState) if every else frozenset(state or TO_LOOK_AT)
    with session_for(common) as session:
        listed = list_messages(session, wanted)
        if as_json:
            write_json_list({**message_record(each.message), "name": each.lead_name} for each in listed)
        else:
            _write(session, listed)


@app.command(
    "run",
    help=N_("Send whatever is due, one message after the other, and say what it came to."),
    epilog="leadtui outbox run --json",
)
def run_command(common: CommandOptions, as_json: JsonOption = False) -> None:
    from leadtui.services.outbox import run

    with session_for(common) as session:
        done = run(session)
        note_saved()
        if as_json:
            write_json(
                {each: getattr(done, each) for each in ("sent", "failed", "unsure", "put_off", "withdrawn")}
            )
        else:
            tell(run_words(done, session.language))


@app.command(
    "withdraw",
    help=N_("Send a message no more that waits, failed or is unsure."),
    epilog="leadtui outbox withdraw 12",
)
def withdraw_command(common: CommandOptions, number: NumberArgument, as_json: JsonOption = False) -> None:
    from leadtui.services.outbox import withdraw

    with session_for(common) as session:
        message = withdraw(session, number)
        if as_json:
            write_json(message_record(message))
        else:
            tell(_("It is not sent any more."))


@app.command(
    "again",
    help=N_("Send a message again that failed or is unsure, once you have looked whether it came."),
    epilog="leadtui outbox again 12",
)
def again_command(common: CommandOptions, number: NumberArgument, as_json: JsonOption = False) -> None:
    from leadtui.services.outbox import send_again

    with session_for(common) as session:
        message = send_again(session, number)
        if as_json:
            write_json(message_record(message))
        else:
            tell(_("Queued; `leadtui outbox run` sends it, or an open desk."))


def _write(session: Session, listed: Sequence[Listed]) -> None:
    formatter = Formatter(session)
    columns = [
        TextColumn(pgettext("column", "Number")),
        TextColumn(pgettext("column", "When")),
        TextColumn(pgettext("column", "To"), yields=2, least=10),
        TextColumn(pgettext("column", "By")),
        TextColumn(pgettext("column", "Text"), yields=1, least=10),
        TextColumn(pgettext("column", "State"), yields=3, least=10),
        TextColumn(pgettext("column", "Why"), yields=4, least=10),
    ]
    write_table(
        columns,
        [
            [
                str(each.message.id),
                formatter.moment(each.message.queued_at),
                each.lead_name,
                medium_words(each.message.filled.medium),
                each.message.filled.title,
                state_words(each.message, formatter),
                problem_words(each.message),
            ]
            for each in listed
        ],
    )
