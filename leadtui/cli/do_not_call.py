"""`leadtui do-not-call`: the numbers that must not be rung."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from leadtui.cli.options import (
    STANDARD_OUTPUT,
    CommandOptions,
    ForceOption,
    Group,
    JsonOption,
    session_for,
    text_option,
    words,
)
from leadtui.cli.output import (
    at_once,
    bytes_written,
    note_saved,
    tell,
    write_json,
    write_json_list,
    write_line,
    write_table,
)
from leadtui.cli.records import listed_number_record
from leadtui.language.translate import N_, _, counted, format_list, npgettext, pgettext
from leadtui.presentation.formatter import NOTHING, Formatter
from leadtui.presentation.lead_details import holders_sentence, reason_words, same_holds_for
from leadtui.presentation.table import TextColumn

if TYPE_CHECKING:
    from leadtui.domain.lead import Lead
    from leadtui.services.do_not_call import ListedNumber
    from leadtui.services.session import Session

app = Group()

NumberArgument = Annotated[
    str, typer.Argument(parser=words, metavar="NUMBER", help=N_("A telephone number in any writing."))
]
ReasonOption = Annotated[str, text_option("TEXT", N_("Why; others read it later."), "--reason")]
CustomerOption = Annotated[
    bool,
    typer.Option(
        "--customer", help=N_("The customer who has it: all their numbers, and a status that forbids calls.")
    ),
]


@app.command(
    "list",
    help=N_("List the numbers, with who forbade them, when and why."),
    epilog="leadtui do-not-call list --json",
)
def list_command(common: CommandOptions, as_json: JsonOption = False) -> None:
    from leadtui.services.do_not_call import list_forbidden

    with session_for(common) as session:
        listed = at_once(session, list_forbidden(session))
        if as_json:
            write_json_list(listed_number_record(each, session.definitions) for each in listed)
            return
        formatter = Formatter(session)
        columns = [
            TextColumn(pgettext("column", "Number")),
            TextColumn(pgettext("column", "Customer"), yields=1, least=12),
            TextColumn(pgettext("column", "Forbidden by"), yields=2, least=8),
            TextColumn(pgettext("column", "When"), yields=3, least=12),
            TextColumn(pgettext("column", "Reason"), yields=4, least=12),
        ]
        rows = [
            [
                formatter.phone(each.ban.e164),
                format_list(name for _id, name in each.holders if name) or NOTHING,
                formatter.person(each.ban.by),
                formatter.moment(each.ban.at),
                reason_words(each.ban.reason),
            ]
            for each in listed
        ]
        write_table(columns, rows)
        tell(npgettext("notice", "{n} number.", "{n} numbers.", len(listed)).format(n=counted(len(listed))))


@app.command(
    "add",
    help=N_("Forbid ringing a number, or a customer."),
    epilog="leadtui do-not-call add 09121234567 --reason 'asked us to stop'",
)
def add_command(
    common: CommandOptions,
    number: NumberArgument,
    reason: ReasonOption = "",
    customer: CustomerOption = False,
) -> None:
    from leadtui.services.do_not_call import forbid, forbid_number

    with session_for(common) as session:
        if customer:
            shown, too = _of_customer(session, forbid, number, reason)
        else:
            shown, too = _of_number(session, forbid_number(session, number, reason))
        tell(_and(_("{number} must not be rung any more.").format(number=shown), too))


@app.command(
    "remove",
    help=N_("Allow ringing a number, or a customer, again."),
    epilog="leadtui do-not-call remove 09121234567 --reason 'rang us and asked for an offer'",
)
def remove_command(
    common: CommandOptions,
    number: NumberArgument,
    reason: ReasonOption = "",
    customer: CustomerOption = False,
) -> None:
    from leadtui.services.do_not_call import allow, allow_number

    with session_for(common) as session:
        if customer:
            shown, too = _of_customer(session, allow, number, reason)
        else:
            shown, too = _of_number(session, allow_number(session, number, reason))
        tell(_and(_("{number} may be rung again.").format(number=shown), too))


def _of_customer(
    session: Session, change: Callable[[Session, int, str], Lead], wanted: str, reason: str
) -> tuple[str, str]:
    """Forbid or allow ringing a customer; who that is, and for whom else it holds."""
    from leadtui.services.leads import find_lead, open_lead

    lead = change(session, find_lead(session, wanted).id, reason)
    shown = lead.name or Formatter(session).phone(lead.phone)
    return shown, same_holds_for(open_lead(session, lead.id).sharers)


def _of_number(session: Session, listed: ListedNumber) -> tuple[str, str]:
    """The number, and whose it is."""
    return Formatter(session).phone(listed.ban.e164), holders_sentence(listed)


@app.command(
    "import",
    help=N_("Forbid ringing many numbers: the first column of a CSV file, or one number in each line."),
    epilog="leadtui do-not-call import list.csv --reason 'national do-not-call list'",
)
def import_command(
    common: CommandOptions,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("A text file in UTF-8."))],
    reason: ReasonOption = "",
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.do_not_call import forbid_numbers
    from leadtui.services.number_files import read_numbers

    numbers = read_numbers(file)
    with session_for(common) as session:
        done = forbid_numbers(session, numbers, reason)
    if as_json:
        write_json({"added": done.added, "already": done.already, "unreadable": list(done.unreadable)})
        return
    for each in done.unreadable:
        write_line(pgettext("reason", "no number: {text}").format(text=each))
    tell(
        _("{added} added, {already} were on the list already, {unreadable} could not be read.").format(
            added=counted(done.added),
            already=counted(done.already),
            unreadable=counted(len(done.unreadable)),
        )
    )


@app.command(
    "export",
    help=N_("Write the list to a CSV file, which another desk can import."),
    epilog="leadtui do-not-call export list.csv",
)
def export_command(
    common: CommandOptions,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help=N_("Where it goes, in CSV; “-” for standard output."))
    ],
    force: ForceOption = False,
) -> None:
    from leadtui.presentation.forbidden_numbers import forbidden_numbers_csv
    from leadtui.services.atomic_file import atomic_file
    from leadtui.services.do_not_call import export_forbidden

    with session_for(common) as session:
        listed = export_forbidden(session)
        text = forbidden_numbers_csv(listed, Formatter(session))
    if file == STANDARD_OUTPUT:
        with bytes_written() as stream:
            stream.write(text)
    else:
        with atomic_file(Path(file), force=force) as stream:
            stream.write(text)
        note_saved()
    tell(npgettext("notice", "{n} number.", "{n} numbers.", len(listed)).format(n=counted(len(listed))))


def _and(sentence: str, further: str) -> str:
    return f"{sentence} {further}" if further else sentence
