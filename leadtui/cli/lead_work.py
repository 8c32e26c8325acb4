"""The work on leads as commands of `leadtui leads`: given, returned, noted, rung."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from leadtui.cli.leads import app, write_lead
from leadtui.cli.matching import chosen_person, read_moment
from leadtui.cli.options import (
    AnywayOption,
    CommandOptions,
    JsonOption,
    LeadArgument,
    lines,
    session_for,
    text_option,
    told_of_anyway,
    words,
)
from leadtui.cli.output import progress_bar, tell, write_json
from leadtui.cli.records import person_record
from leadtui.cli.several import LeadsArgument, require_one_way, those_meant
from leadtui.cli.view_options import ViewOptions, is_nobody
from leadtui.language.phone import parse_phone
from leadtui.language.translate import N_, _, counted, ngettext, pgettext

ReceiverArgument = Annotated[
    str,
    typer.Argument(
        parser=words, metavar="PERSON", help=N_("A colleague, by e-mail or name; “me”; “nobody”.")
    ),
]
NoteOption = Annotated[str, text_option("TEXT", N_("A note for the timeline."), "--note", parser=lines)]
TextArgument = Annotated[str, typer.Argument(parser=lines, metavar="TEXT", help=N_("What is noted."))]
SecondsOption = Annotated[
    int, typer.Option(min=0, max=86_400, metavar="N", help=N_("How long it took, in seconds."))
]
AtOption = Annotated[
    str, text_option("WHEN", N_("When it began, such as “today 10:30”. Else it has just ended."), "--at")
]
NumberOption = Annotated[str, text_option("NUMBER", N_("Which number was rung. Else the first."), "--number")]


@app.command(
    "assign",
    help=N_(
        "Give customers to a colleague, or to nobody: those who are named, or all that the options narrow to. One undo takes it back."
    ),
    epilog="leadtui leads assign 'Sara Ahmadi' --owner nobody --city Rome --note 'from the fair'",
)
def assign_command(
    common: CommandOptions,
    person: ReceiverArgument,
    asked: ViewOptions,
    lead: LeadsArgument = [],  # noqa: B006  # Typer copies it
    note: NoteOption = "",
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.bulk import GIVEN_AT_ONCE, Result, assign, select

    require_one_way(lead, asked)
    with session_for(common) as session:
        owner_id = None if is_nobody(person) else chosen_person(session, person).id
        ids = those_meant(session, lead, asked)
        result = Result()
        with progress_bar(pgettext("progress", "Giving")) as progress:
            for part in select(session, ids).parts(GIVEN_AT_ONCE):
                result += assign(session, part, owner_id, note, group_id=result.group_id)
                if progress is not None:
                    progress(result.done + result.same + result.changed + result.gone, len(ids))
        if as_json:
            write_json({each: getattr(result, each) for each in ("done", "same", "changed", "gone")})
            return
        sentence = ngettext("Gave {n} customer.", "Gave {n} customers.", result.done)
        tell(sentence.format(n=counted(result.done)))
        for count, words in (
            (result.same, ngettext("{n} was there already.", "{n} were there already.", result.same)),
            (
                result.changed + result.gone,
                ngettext(
                    "{n} was changed meanwhile and left.",
                    "{n} were changed meanwhile and left.",
                    result.changed + result.gone,
                ),
            ),
        ):
            if count:
                tell(words.format(n=counted(count)))


@app.command(
    "return",
    help=N_("Give a customer back to who gave it to you, and say why; prints where it went."),
    epilog="leadtui leads return 09121234567 --note 'Not my region'",
)
def return_command(
    common: CommandOptions,
    lead: LeadArgument,
    note: NoteOption = "",
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.handing_over import return_lead
    from leadtui.services.leads import find_lead

    with session_for(common) as session:
        back_to = return_lead(session, find_lead(session, lead).id, note)
        person = session.definitions.colleague(back_to)
        if as_json:
            write_json({"returned_to": person_record(person)})
        elif person is not None:
            tell(_("Returned to {name}.").format(name=person.name))
        else:
            tell(_("Returned; it waits in nobody's cartable."))


@app.command(
    "note",
    help=N_("Write a note into a customer's timeline; prints the customer."),
    epilog="leadtui leads note 09121234567 'Prefers mornings'",
)
def note_command(
    common: CommandOptions, lead: LeadArgument, text: TextArgument, as_json: JsonOption = False
) -> None:
    from leadtui.services.leads import add_note, find_lead, open_lead

    with session_for(common) as session:
        noted = add_note(session, find_lead(session, lead).id, text)
        write_lead(session, open_lead(session, noted.id), as_json=as_json)


@app.command(
    "call",
    help=N_("Note a call that was made elsewhere, such as by a telephone system; prints the customer."),
    epilog="leadtui leads call 09121234567 --seconds 95 --at 'today 10:30'",
)
def call_command(
    common: CommandOptions,
    lead: LeadArgument,
    seconds: SecondsOption = 0,
    at: AtOption = "",
    number: NumberOption = "",
    anyway: AnywayOption = False,
    as_json: JsonOption = False,
) -> None:
    from leadtui.presentation.call_words import rung_just_now_sentence
    from leadtui.presentation.formatter import Formatter
    from leadtui.services.calls import rung_just_now
    from leadtui.services.leads import find_lead, log_call, open_lead

    with session_for(common) as session:
        found = find_lead(session, lead)
        began = read_moment(session, at) if at else session.now() - timedelta(seconds=seconds)
        named = parse_phone(number, session.workspace.region)
        rung = named.e164 if named else number or found.phone
        before = rung_just_now(session, rung)
        with told_of_anyway():
            log_call(session, found.id, rung, began, seconds, asked=anyway)
        if before is not None:
            # It was made elsewhere and stands; whoever notes it learns that it came too soon.
            tell(rung_just_now_sentence(before, rung, Formatter(session)))
        write_lead(session, open_lead(session, found.id), as_json=as_json)
