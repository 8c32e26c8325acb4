"""`leadtui messages`: the texts that customers are sent, and sending them."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from leadtui.cli.definitions import NameArgument, Noun, TitleArgument, add_list, add_use
from leadtui.cli.fields import TitleOption
from leadtui.cli.matching import Kind
from leadtui.cli.options import (
    CommandOptions,
    Group,
    JsonOption,
    LeadArgument,
    lines,
    session_for,
    text_option,
)
from leadtui.cli.output import progress_bar, tell, write_fields, write_json, write_line
from leadtui.cli.records import message_record, message_text_record
from leadtui.cli.several import LeadsArgument, require_one_way, those_meant
from leadtui.cli.view_options import ViewOptions
from leadtui.domain.message import Consent, Medium, MessageText, link
from leadtui.errors import Invalid
from leadtui.language.translate import N_, _, counted, ngettext, pgettext
from leadtui.presentation.message_words import consent_words, medium_words
from leadtui.presentation.table import TextColumn

app = Group()

TEXT = Kind(
    N_("There is no text “{typed}”. There are: {names}."),
    N_("Several can be meant by text “{typed}”: {names}. Type more of it."),
)

MediumOption = Annotated[
    Medium, typer.Option("--by", show_default=False, help=N_("By what it goes to customers."))
]
OtherMediumOption = Annotated[
    Medium | None, typer.Option("--by", show_default=False, help=N_("By what it goes to customers."))
]
SubjectOption = Annotated[str, text_option("SUBJECT", N_("The subject of a letter."), "--subject")]
BodyOption = Annotated[
    str,
    text_option(
        "TEXT", N_("What it says; {name}, {agent} and {company} are filled in."), "--text", parser=lines
    ),
]
LinkOption = Annotated[
    bool,
    typer.Option("--link", help=N_("Print the link by which a telephone has it ready, and send nothing.")),
]
TrialOption = Annotated[
    bool, typer.Option("--dry-run", help=N_("Print how it is filled in, and send nothing."))
]


def _columns() -> list[TextColumn]:
    return [
        TextColumn(pgettext("column", "Key")),
        TextColumn(pgettext("column", "Title"), yields=1, least=12),
        TextColumn(pgettext("column", "By")),
        TextColumn(pgettext("column", "Text"), yields=2, least=20),
    ]


def _row(text: MessageText) -> list[str]:
    return [text.key, text.title, medium_words(text.medium), " ".join(text.body.split())]


TEXTS = Noun("messages", "message_text", TEXT, lambda known: known.texts, message_text_record, _columns, _row)

add_list(app, TEXTS, N_("List the texts."))


@app.command(
    "add",
    help=N_("Add a text."),
    epilog="leadtui messages add Appointment --by sms --text 'Dear {name}, we are expecting you. {agent}'",
)
def add_command(
    common: CommandOptions,
    title: TitleArgument,
    by: MediumOption,
    text: BodyOption = "",
    subject: SubjectOption = "",
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.messages import save_text

    with session_for(common) as session:
        saved = save_text(session, MessageText(0, "", title, by, text, subject))
        TEXTS.answer(session, saved.id, as_json=as_json)


@app.command(
    "change",
    help=N_("Change a text; what was queued before goes as it was."),
    epilog="leadtui messages change appointment --text 'Dear {name}, until tomorrow. {agent}'",
)
def change_command(
    common: CommandOptions,
    name: NameArgument,
    title: TitleOption = "",
    by: OtherMediumOption = None,
    text: BodyOption = "",
    subject: SubjectOption = "",
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.messages import save_text

    with session_for(common) as session:
        before = TEXTS.chosen(session, name)
        after = replace(
            before,
            title=title or before.title,
            medium=by or before.medium,
            body=text or before.body,
            subject=subject or before.subject,
        )
        if after == before:
            raise Invalid(_("Say what is to be changed; --help lists it."))
        saved = save_text(session, after, before)
        TEXTS.answer(session, saved.id, as_json=as_json)


add_use(app, TEXTS, "appointment")


@app.command(
    "send",
    help=N_(
        "Queue a text to customers: those who are named, or all that the options narrow to. One undo takes back what has not gone."
    ),
    epilog="leadtui messages send appointment 09121234567\nleadtui messages send fair --city Rome --status interested",
)
def send_command(
    common: CommandOptions,
    name: NameArgument,
    asked: ViewOptions,
    lead: LeadsArgument = [],  # noqa: B006  # Typer copies it
    dry_run: TrialOption = False,
    as_link: LinkOption = False,
    as_json: JsonOption = False,
) -> None:
    from leadtui.presentation.outcome_of_several import left_words
    from leadtui.services.bulk import AT_ONCE, Result, select
    from leadtui.services.messages import fill_in, queue_message, queue_messages

    require_one_way(lead, asked)
    with session_for(common) as session:
        text = TEXTS.chosen(session, name)
        ids = those_meant(session, lead, asked)
        if dry_run or as_link:
            for each in ids:
                filled, to = fill_in(session, each, text.id)
                if as_link:
                    write_line(link(text.medium, to, filled))
                    continue
                write_fields(
                    [
                        (pgettext("field", "To"), to),
                        *([(pgettext("field", "Subject"), filled.subject)] if filled.subject else []),
                        (pgettext("field", "Text"), filled.body),
                    ]
                )
            return
        if len(ids) == 1:
            message = queue_message(session, ids[0], text.id)
            if as_json:
                write_json(message_record(message))
            elif text.medium.is_sent:
                tell(_("Queued; `leadtui outbox run` sends it, or an open desk."))
            else:
                write_line(link(text.medium, message.recipient, message.filled))
            return
        result = Result()
        with progress_bar(pgettext("progress", "Queueing")) as progress:
            for part in select(session, ids).parts(AT_ONCE):
                result += queue_messages(session, part, text.id, group_id=result.group_id)
                if progress is not None:
                    progress(result.through, len(ids))
        if as_json:
            write_json({each: getattr(result, each) for each in ("done", "gone", "unwritten", "beyond")})
            return
        sentence = ngettext("Queued {n} message.", "Queued {n} messages.", result.done)
        tell(sentence.format(n=counted(result.done)))
        for each in left_words(result, session.language):
            tell(each)


@app.command(
    "consent",
    help=N_("Note what a customer said to being written to by something; without it, show what they said."),
    epilog="leadtui messages consent 09121234567 sms refused",
)
def consent_command(
    common: CommandOptions,
    lead: LeadArgument,
    medium: Annotated[
        Medium | None, typer.Argument(metavar="BY", help=N_("sms, email, whatsapp or telegram."))
    ] = None,
    said: Annotated[
        Consent | None, typer.Argument(metavar="agreed|refused", help=N_("What the customer said to it."))
    ] = None,
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.leads import find_lead
    from leadtui.services.messages import consents_of, set_consent

    if (medium is None) is not (said is None):
        raise typer.BadParameter(_("Say both: by what, and whether they agreed or refused."))
    with session_for(common) as session:
        found = find_lead(session, lead)
        if medium is not None and said is not None:
            set_consent(session, found.id, medium, said)
        known = consents_of(session, found.id)
        if as_json:
            write_json({each.value: consent.value for each, consent in known.items()})
            return
        for each, consent in known.items():
            write_line(consent_words(consent, each))
        if not known:
            tell(_("This customer has said nothing to messages."))
