"""`leadtui proposals`: what people at work miss, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from leadtui.cli.definitions import TitleArgument
from leadtui.cli.field_options import FieldOptions
from leadtui.cli.matching import STATUS, chosen
from leadtui.cli.options import CommandOptions, Group, JsonOption, lines, session_for, text_option
from leadtui.cli.output import write_json, write_json_list, write_table
from leadtui.cli.records import proposal_record
from leadtui.domain.field import Field
from leadtui.domain.playbook_writing import with_question
from leadtui.domain.proposal import STATE_TITLES, Proposal, ProposalSort
from leadtui.domain.status import Status
from leadtui.errors import NotFound
from leadtui.language.translate import N_, _, pgettext
from leadtui.presentation.proposal import what
from leadtui.presentation.table import TextColumn

if TYPE_CHECKING:
    from leadtui.services.session import Session

app = Group()

SortArgument = Annotated[ProposalSort, typer.Argument(metavar="SORT", help=N_("What is missed."))]
ProposalArgument = Annotated[
    int, typer.Argument(metavar="ID", help=N_("The proposal, by its number in the list."))
]


@app.command(
    "list",
    help=N_("List what waits for a decision; with --mine what you have proposed yourself."),
    epilog="leadtui proposals list --json",
)
def list_command(
    common: CommandOptions,
    mine: Annotated[bool, typer.Option("--mine", help=N_("Your own, and what became of them."))] = False,
    decided: Annotated[bool, typer.Option("--decided", help=N_("What was approved or declined."))] = False,
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.proposals import ended_proposals, open_proposals, own_proposals

    with session_for(common) as session:
        if mine:
            found: Sequence[Proposal] = own_proposals(session)
        elif decided:
            found = ended_proposals(session)
        else:
            found = [
                each for waiting in open_proposals(session) for each in (waiting.proposal, *waiting.merged)
            ]
        if as_json:
            write_json_list(proposal_record(each) for each in found)
        else:
            _write(session, found)


@app.command(
    "add",
    help=N_("Propose what you miss at work; supervisors decide, and you are told at your desk."),
    epilog="leadtui proposals add status 'Sample sent' --why 'Many ask for one before they decide'",
)
def add_command(
    common: CommandOptions,
    sort: SortArgument,
    title: TitleArgument,
    why: Annotated[str, text_option("TEXT", N_("Why it is missed."), "--why", parser=lines)] = "",
    example: Annotated[str, text_option("TEXT", N_("When it was."), "--example", parser=lines)] = "",
    status: Annotated[str, text_option("STATUS", N_("Which status asks it, of an answer."), "--status")] = "",
    need: Annotated[
        str,
        text_option(
            "NEED", N_("In the talk about which need it is asked, of a question; or “opening”."), "--need"
        ),
    ] = "",
    as_json: JsonOption = False,
) -> None:
    from leadtui.cli.playbooks import owner_of
    from leadtui.services.proposals import propose

    with session_for(common) as session:
        asks = chosen(STATUS, status, session.definitions.open_statuses).id if status else None
        owner = owner_of(session, need) if need else ""
        kept = propose(session, Proposal(0, sort, title, why, example, status_id=asks, need=owner))
        _answer(session, kept, as_json=as_json)


@app.command(
    "approve",
    help=N_("Define what is proposed, under its title unless another is given. It can be used at once."),
    epilog="leadtui proposals approve 3 --title 'Sample was sent'",
)
def approve_command(
    common: CommandOptions,
    number: ProposalArgument,
    asked: FieldOptions,
    title: Annotated[str, text_option("TITLE", N_("Another title."), "--title")] = "",
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.proposals import ended_proposals

    with session_for(common) as session:
        proposal = _find(session, number)
        _define(session, replace(proposal, title=title or proposal.title), asked)
        kept = next(each for each in ended_proposals(session) if each.id == number)
        _answer(session, kept, as_json=as_json)


@app.command(
    "decline",
    help=N_("Do without it, for a reason that whoever proposed it is told."),
    epilog="leadtui proposals decline 3 --reason 'The status Interested says the same'",
)
def decline_command(
    common: CommandOptions,
    number: ProposalArgument,
    reason: Annotated[
        str, text_option("TEXT", N_("Why; whoever proposed it reads it."), "--reason", parser=lines)
    ] = "",
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.proposals import decline

    with session_for(common) as session:
        _answer(session, decline(session, number, reason), as_json=as_json)


@app.command(
    "merge",
    help=N_("Let one wait, and end, with another that asks for the same."),
    epilog="leadtui proposals merge 5 --into 3",
)
def merge_command(
    common: CommandOptions,
    number: ProposalArgument,
    into: Annotated[int, typer.Option("--into", metavar="ID", help=N_("The one that stays in the list."))],
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.proposals import merge

    with session_for(common) as session:
        _answer(session, merge(session, number, into), as_json=as_json)


def _find(session: Session, number: int) -> Proposal:
    from leadtui.services.proposals import open_proposals

    found = next((each.proposal for each in open_proposals(session) if each.proposal.id == number), None)
    if found is None:
        raise NotFound(
            _("No proposal {number} waits; `leadtui proposals list` lists those that do.").format(
                number=number
            )
        )
    return found


def _define(session: Session, proposal: Proposal, asked: FieldOptions) -> None:
    from leadtui.services import defining

    match proposal.sort:
        case ProposalSort.STATUS:
            defining.save_status(session, Status(0, "", proposal.title), approves=proposal.id)
        case ProposalSort.ANSWER:
            before = session.definitions.status(proposal.status_id)
            if before is None:
                raise NotFound(_("That status does not exist any more."))
            more = asked.applied(Field(0, "", proposal.title, status_id=before.id))
            after = replace(before, fields=(*before.fields, more))
            defining.save_status(session, after, before, approves=proposal.id)
        case ProposalSort.FIELD:
            defining.save_field(session, asked.applied(Field(0, "", proposal.title)), approves=proposal.id)
        case ProposalSort.QUESTION:
            _define_question(session, proposal, asked)
        case ProposalSort.CHANNEL | ProposalSort.NEED:
            defining.add_titled(session, proposal.sort.value, proposal.title, approves=proposal.id)


def _define_question(session: Session, proposal: Proposal, asked: FieldOptions) -> None:
    from leadtui.presentation.playbook_words import opening_need
    from leadtui.services.playbooks import save_playbook

    definitions = session.definitions
    known = (opening_need(definitions), *definitions.needs)
    need = next((each for each in known if each.key == proposal.need), None)
    if need is None:
        raise NotFound(_("That need does not exist any more."))
    book = with_question(need, proposal, definitions).playbook
    more = asked.applied(Field(0, "", proposal.title))
    last = replace(book.items[-1], answer=more.kind, options=more.options)
    whole = replace(book, items=(*book.items[:-1], last))
    save_playbook(session, need.key, whole, need.playbook.version, approves=proposal.id)


def _answer(session: Session, proposal: Proposal, *, as_json: bool) -> None:
    if as_json:
        write_json(proposal_record(proposal))
    else:
        _write(session, [proposal])


def _write(session: Session, found: Sequence[Proposal]) -> None:
    people = session.definitions
    columns = [
        TextColumn(pgettext("column", "Id"), right=True),
        TextColumn(pgettext("column", "What is missed"), yields=1, least=10),
        TextColumn(pgettext("column", "Title"), yields=1, least=12),
        TextColumn(pgettext("column", "Why"), yields=2, least=12),
        TextColumn(pgettext("column", "By")),
        TextColumn(pgettext("column", "State")),
    ]
    rows: list[list[str]] = []
    for each in found:
        proposer = people.colleague(each.proposer_id)
        state = pgettext("proposal", STATE_TITLES[each.state])
        said = " · ".join(filter(None, (each.why, each.reason)))
        rows.append(
            [str(each.id), what(each, people), each.title, said, proposer.name if proposer else "", state]
        )
    write_table(columns, rows)
