"""`leadtui leads`: all customers as a list, and one of them whole."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from leadtui.cli.commands import group
from leadtui.cli.narrowing import chosen_view
from leadtui.cli.narrowing_options import Narrowing, narrowed
from leadtui.cli.options import AsOption, JsonOption, StoreOption, command_options, session_for, words
from leadtui.cli.output import (
    tell,
    write_fields,
    write_json,
    write_json_list,
    write_line,
    write_table,
)
from leadtui.cli.records import erasure_record, lead_record, open_lead_record
from leadtui.domain.lead import Lead
from leadtui.domain.visibility import hidden_words
from leadtui.language.translate import N_, _, ngettext, pgettext
from leadtui.presentation.formatter import DO_NOT_CALL_GLYPH, NOTHING, Formatter, counted
from leadtui.presentation.lead_details import ban_sentence, lead_details, reminder_words
from leadtui.presentation.table import Column
from leadtui.presentation.timeline import Timeline

if TYPE_CHECKING:
    from leadtui.services.lead_list import LeadList
    from leadtui.services.leads import OpenLead
    from leadtui.services.session import Session

AT_ONCE = 500
"""Customers that are read in one go."""

MOST = 2**31
"""More customers than a store can hold."""

app = group(N_("The customers: all of them, or one."))


LeadArgument = Annotated[
    str,
    typer.Argument(
        parser=words, metavar="LEAD", help=N_("An id, a phone number in any writing, or an e-mail.")
    ),
]
LimitOption = Annotated[
    int,
    typer.Option(min=0, metavar="N", show_default=False, help=N_("The most to list; 0 for all.")),
]


@app.command(
    "list",
    help=N_("List customers, narrowed and sorted as on screen. Each choice may be given several times."),
    epilog="leadtui leads list --status interested --owner me --sort next_at --limit 20",
)
@narrowed
def list_leads(
    context: typer.Context,
    narrowing: Narrowing,
    limit: LimitOption = 0,
    as_json: JsonOption = False,
    store: StoreOption = "",
    email: AsOption = "",
) -> None:
    from leadtui.services.lead_list import LeadList

    with session_for(command_options(context, store, email)) as session:
        chosen = chosen_view(session, narrowing)
        customers = LeadList(session)
        ids = customers.first_window(chosen, min(limit, MOST)) if limit else customers.order(chosen)
        if as_json:
            write_json_list(lead_record(lead, session.definitions) for lead in _leads(customers, ids))
        else:
            _write_leads(session, _leads(customers, ids))
            _tell_count(len(ids), customers.count())


@app.command(
    "show",
    help=N_("Show one customer whole: all fields and numbers, reminders and timeline."),
    epilog="leadtui leads show 09121234567",
)
def show_lead(
    context: typer.Context,
    lead: LeadArgument,
    as_json: JsonOption = False,
    store: StoreOption = "",
    email: AsOption = "",
) -> None:
    from leadtui.services.leads import find_lead, open_lead

    with session_for(command_options(context, store, email)) as session:
        write_lead(session, open_lead(session, find_lead(session, lead).id), as_json=as_json)


@app.command(
    "erase",
    help=N_("Erase a customer for good. Nothing of them stays but that it happened, when, by whom and why."),
    epilog="leadtui leads erase 09121234567 --reason 'asked for it' --confirm 'Sara Ahmadi'",
)
def erase_command(
    context: typer.Context,
    lead: LeadArgument,
    reason: Annotated[
        str,
        typer.Option(
            "--reason",
            parser=words,
            metavar="TEXT",
            show_default=False,
            help=N_("Why; it stays, so leave name, number and e-mail out."),
        ),
    ] = "",
    confirm: Annotated[
        str,
        typer.Option(
            "--confirm",
            parser=words,
            metavar="NAME",
            show_default=False,
            help=N_("The customer's name; without one the last four digits of the number."),
        ),
    ] = "",
    store: StoreOption = "",
    email: AsOption = "",
) -> None:
    from leadtui.services.erasing import erase
    from leadtui.services.leads import find_lead

    with session_for(command_options(context, store, email)) as session:
        erased = erase(session, find_lead(session, lead).id, reason, confirm)
        tell(_("The customer was erased."))
        if not erased.complete:
            tell(_("The file's log still holds traces; they go when the other terminals are closed."))


@app.command(
    "erasures",
    help=N_("List what was erased: when, by whom and why."),
    epilog="leadtui leads erasures --json",
)
def erasures_command(
    context: typer.Context, as_json: JsonOption = False, store: StoreOption = "", email: AsOption = ""
) -> None:
    from leadtui.services.erasing import list_erasures

    with session_for(command_options(context, store, email)) as session:
        erasures = list_erasures(session)
        if as_json:
            write_json_list(erasure_record(each, session.definitions) for each in erasures)
            return
        formatter = Formatter(session)
        columns = [
            Column(pgettext("column", "When")),
            Column(pgettext("column", "By"), yields=1, least=8),
            Column(pgettext("column", "Reason"), yields=2),
        ]
        rows = [
            [formatter.moment(each.at), formatter.person(each.actor_id), each.reason] for each in erasures
        ]
        write_table(columns, rows)


def write_lead(session: Session, opened: OpenLead, *, as_json: bool) -> None:
    """One customer whole."""
    if as_json:
        write_json(open_lead_record(opened, session.definitions))
        return
    formatter = Formatter(session)
    write_fields(lead_details(opened.lead, formatter))
    if opened.bans:
        write_line()
        for ban in opened.bans:
            write_line(f"{DO_NOT_CALL_GLYPH} {ban_sentence(ban, formatter)}")
    if opened.pending:
        write_line()
        write_line(pgettext("heading", "Reminders"))
        for reminder in opened.pending:
            write_line("  " + reminder_words(reminder, formatter))
    if opened.timeline:
        write_line()
        write_line(pgettext("heading", "Timeline"))
        timeline = Timeline(formatter)
        for activity in opened.timeline:
            write_line("  " + timeline.line(activity))


def _leads(customers: LeadList, ids: array[int]) -> Iterator[Lead]:
    for start in range(0, len(ids), AT_ONCE):
        window = ids[start : start + AT_ONCE]
        found = customers.rows(window)
        yield from (found[each] for each in window if each in found)


def _write_leads(session: Session, leads: Iterator[Lead]) -> None:
    formatter = Formatter(session)
    columns = [
        Column(pgettext("column", "Id"), right=True),
        Column(pgettext("column", "Name"), yields=1, least=12),
        Column(pgettext("column", "Phone")),
        Column(pgettext("column", "Status"), yields=2, least=10),
        Column(pgettext("column", "Cartable"), yields=3, least=8),
        Column(pgettext("column", "Next"), yields=4, least=12),
        Column(pgettext("column", "City"), yields=6),
        Column(pgettext("column", "Entry channel"), yields=7, least=8),
        Column(pgettext("column", "Date"), yields=5, least=10),
        Column(pgettext("column", "E-mail"), yields=8, least=16),
    ]
    write_table(columns, (_row(lead, formatter) for lead in leads))


def _row(lead: Lead, formatter: Formatter) -> list[str]:
    return [
        str(lead.id),
        lead.name or NOTHING,
        formatter.marked_phone(lead.phone, do_not_call=lead.do_not_call, hidden=lead.numbers_hidden),
        formatter.status(lead.status_id),
        formatter.person(lead.owner_id),
        formatter.moment(lead.next_at),
        lead.city,
        formatter.channel(lead.channel_latest_id),
        formatter.date(lead.entered_at),
        hidden_words() if lead.numbers_hidden else lead.email,
    ]


def _tell_count(shown: int, everybody: int) -> None:
    sentence = ngettext("{shown} of {n} customer.", "{shown} of {n} customers.", everybody)
    tell(sentence.format(shown=counted(shown), n=counted(everybody)))
