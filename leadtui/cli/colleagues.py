"""`leadtui colleagues`: who works here, as what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from leadtui.cli.confirming import ConfirmOption, confirmed
from leadtui.cli.hand_over import ByOption, recipients_of, rule_of
from leadtui.cli.matching import chosen_person
from leadtui.cli.options import CommandOptions, Group, JsonOption, session_for, text_option, words
from leadtui.cli.output import note_saved, tell, write_json, write_json_list, write_line, write_table
from leadtui.cli.profiles import chosen_profile
from leadtui.cli.records import code_record, colleague_record, invitation_record
from leadtui.domain.distribution import RuleWords
from leadtui.domain.invitation import MadeInvitation
from leadtui.domain.mail import NotSent
from leadtui.domain.permission import AGENT_PROFILE
from leadtui.domain.workspace import Colleague, MemberState
from leadtui.language.translate import N_, _, counted, npgettext, pgettext
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.invitation_words import made_sentence
from leadtui.presentation.letters import invitation_letter
from leadtui.presentation.member_words import state_words
from leadtui.presentation.table import TextColumn

if TYPE_CHECKING:
    from leadtui.services.session import Session

app = Group()

PersonArgument = Annotated[
    str, typer.Argument(parser=words, metavar="PERSON", help=N_("A colleague, by e-mail or name."))
]
FullNameArgument = Annotated[
    str, typer.Argument(parser=words, metavar="NAME", help=N_("The name, as colleagues see it."))
]
EmailArgument = Annotated[
    str, typer.Argument(parser=words, metavar="EMAIL", help=N_("The e-mail address by which they are known."))
]
NameOption = Annotated[str, text_option("NAME", N_("The name, as colleagues see it."), "--name")]
ProfileOption = Annotated[
    str, text_option("PROFILE", N_("What they work as: a profile, by key or title."), "--profile")
]
ToOption = Annotated[
    list[str],
    text_option(
        "PERSON",
        N_(
            "Who gets all of it; several times to share it out, “all” among all others, “nobody” to leave them waiting."
        ),
        "--to",
    ),
]
GoneOption = Annotated[bool, typer.Option("--retired", help=N_("Also those who no longer work here."))]


@app.command("list", help=N_("List who works here, and as what."), epilog="leadtui colleagues list --json")
def list_command(common: CommandOptions, retired: GoneOption = False, as_json: JsonOption = False) -> None:
    with session_for(common) as session:
        people = [
            each for each in session.definitions.people if retired or each.state is not MemberState.GONE
        ]
        if as_json:
            write_json_list(colleague_record(each) for each in people)
        else:
            _write(session, people)


@app.command(
    "add",
    help=N_("Let somebody work here, as an agent unless a profile is named."),
    epilog="leadtui colleagues add 'Sara Ahmadi' sara@example.com --profile supervisor",
)
def add_command(
    common: CommandOptions,
    name: FullNameArgument,
    address: EmailArgument,
    profile: ProfileOption = AGENT_PROFILE,
    confirm: ConfirmOption = "",
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.colleagues import add_colleague

    with session_for(common) as session:
        key = chosen_profile(session, profile).key
        person_id = confirmed(confirm, lambda: add_colleague(session, name, address, key))
        _answer(session, person_id, as_json=as_json)


@app.command(
    "change",
    help=N_("Change a colleague's name, or what they work as."),
    epilog="leadtui colleagues change sara@example.com --profile supervisor",
)
def change_command(
    common: CommandOptions,
    person: PersonArgument,
    name: NameOption = "",
    profile: ProfileOption = "",
    confirm: ConfirmOption = "",
    as_json: JsonOption = False,
) -> None:
    with session_for(common) as session:
        before = _chosen(session, person)
        key = chosen_profile(session, profile).key if profile else before.profile
        _change(
            session, before, name or before.name, key, active=before.active, as_json=as_json, confirm=confirm
        )


@app.command(
    "retire",
    help=N_(
        "Somebody works here no longer. Whoever has customers or reminders leaves by `leadtui hand-over`."
    ),
    epilog="leadtui colleagues retire sara@example.com",
)
def retire_command(
    common: CommandOptions, person: PersonArgument, confirm: ConfirmOption = "", as_json: JsonOption = False
) -> None:
    with session_for(common) as session:
        before = _chosen(session, person)
        _change(session, before, before.name, before.profile, active=False, as_json=as_json, confirm=confirm)


@app.command(
    "bring-back",
    help=N_("Somebody works here again."),
    epilog="leadtui colleagues bring-back sara@example.com",
)
def bring_back_command(
    common: CommandOptions, person: PersonArgument, confirm: ConfirmOption = "", as_json: JsonOption = False
) -> None:
    with session_for(common) as session:
        before = _chosen(session, person)
        _change(session, before, before.name, before.profile, active=True, as_json=as_json, confirm=confirm)


@app.command(
    "invite",
    help=N_("Invite somebody by their e-mail address: the code that lets them in is shown once."),
    epilog="leadtui colleagues invite sara@example.com --profile support",
)
def invite_command(
    common: CommandOptions,
    address: EmailArgument,
    profile: ProfileOption = AGENT_PROFILE,
    name: NameOption = "",
    confirm: ConfirmOption = "",
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.inviting import invite

    with session_for(common) as session:
        key = chosen_profile(session, profile).key
        made = confirmed(confirm, lambda: invite(session, address, key, name))
        _tell_invitation(session, made, as_json=as_json)


@app.command(
    "resend",
    help=N_("Make another code for somebody who is invited; the one from before is good no more."),
    epilog="leadtui colleagues resend sara@example.com",
)
def resend_command(common: CommandOptions, person: PersonArgument, as_json: JsonOption = False) -> None:
    from leadtui.services.inviting import invite_again

    with session_for(common) as session:
        made = invite_again(session, _chosen(session, person).id)
        _tell_invitation(session, made, as_json=as_json)


@app.command(
    "withdraw",
    help=N_("Take an invitation back: its code is good no more."),
    epilog="leadtui colleagues withdraw sara@example.com",
)
def withdraw_command(common: CommandOptions, person: PersonArgument, as_json: JsonOption = False) -> None:
    from leadtui.services.inviting import withdraw_invitation

    with session_for(common) as session:
        chosen = _chosen(session, person)
        withdraw_invitation(session, chosen.id)
        _answer(session, chosen.id, as_json=as_json)


@app.command(
    "suspend",
    help=N_(
        "Let somebody do nothing here until they are resumed; what they have stays theirs unless --to gives it away."
    ),
    epilog="leadtui colleagues suspend sara@example.com --to all",
)
def suspend_command(
    common: CommandOptions,
    person: PersonArgument,
    to: ToOption = [],  # noqa: B006  # Typer copies it
    by: ByOption = "",
    confirm: ConfirmOption = "",
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.membership import suspend_colleague

    with session_for(common) as session:
        chosen = _chosen(session, person)
        recipients, rule = recipients_of(session, chosen.id, to), rule_of(by, to)
        confirmed(confirm, lambda: suspend_colleague(session, chosen.id))
        note_saved()
        _give(session, chosen, recipients if to or rule else None, by=rule)
        _answer(session, chosen.id, as_json=as_json)


@app.command(
    "resume",
    help=N_("Let somebody who was suspended in again."),
    epilog="leadtui colleagues resume sara@example.com",
)
def resume_command(
    common: CommandOptions, person: PersonArgument, confirm: ConfirmOption = "", as_json: JsonOption = False
) -> None:
    from leadtui.services.membership import resume_colleague

    with session_for(common) as session:
        chosen = _chosen(session, person)
        confirmed(confirm, lambda: resume_colleague(session, chosen.id))
        _answer(session, chosen.id, as_json=as_json)


@app.command(
    "remove",
    help=N_("End somebody's access at once and for good; --to gives what they have to others."),
    epilog="leadtui colleagues remove sara@example.com --to all",
)
def remove_command(
    common: CommandOptions,
    person: PersonArgument,
    to: ToOption = [],  # noqa: B006  # Typer copies it
    by: ByOption = "",
    confirm: ConfirmOption = "",
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.membership import remove_colleague

    with session_for(common) as session:
        chosen = _chosen(session, person)
        recipients, rule = recipients_of(session, chosen.id, to), rule_of(by, to)
        if to or rule:
            confirmed(confirm, lambda: _give(session, chosen, recipients, leaving=True, by=rule))
        else:
            confirmed(confirm, lambda: remove_colleague(session, chosen.id))
            note_saved()
            _give(session, chosen, None)
        _answer(session, chosen.id, as_json=as_json)


@app.command(
    "code",
    help=N_(
        "Make a one-time code with which a colleague sets a password, their first or another; it is shown once."
    ),
    epilog="leadtui colleagues code sara@example.com",
)
def code_command(common: CommandOptions, person: PersonArgument, as_json: JsonOption = False) -> None:
    from leadtui.presentation.signing_in import code_sentence
    from leadtui.services.signing_in import make_code

    with session_for(common) as session:
        made = make_code(session, _chosen(session, person).id)
        note_saved()
        if as_json:
            write_json(code_record(made))
        else:
            write_line(made.text)
            tell(code_sentence(made))


def _tell_invitation(session: Session, made: MadeInvitation, *, as_json: bool) -> None:
    from leadtui.services.mailing import language_of_letter, send_invitation, sends_mail

    note_saved()
    if as_json:
        write_json(invitation_record(made))
    else:
        write_line(made.code)
        tell(made_sentence(made, Formatter(session)))
    if not sends_mail(session):
        return
    try:
        send_invitation(session, made, invitation_letter(made, language_of_letter(session, made)))
    except NotSent as error:
        tell(str(error))
        tell(_("The invitation stands, but no letter went out; give the code yourself."))
    else:
        tell(_("A letter with the code went to {email}.").format(email=made.email))


def _give(
    session: Session,
    person: Colleague,
    to: list[int] | None,
    *,
    leaving: bool = False,
    by: RuleWords | None = None,
) -> None:
    """Give what somebody has to these; with None it is only told how much there is, and what gives it away."""
    from leadtui.services.handing_over import HandedOver, hand_over, left_behind

    if to is None:
        left = left_behind(session, person.id)
        if not left.nothing:
            tell(
                _(
                    "{name} still has {customers} and {reminders}; `leadtui hand-over {email} --to PERSON` gives them away."
                ).format(
                    name=person.name,
                    customers=npgettext(
                        "choice", "{count} customer", "{count} customers", left.customers
                    ).format(count=counted(left.customers)),
                    reminders=npgettext(
                        "choice", "{count} reminder", "{count} reminders", left.reminders
                    ).format(count=counted(left.reminders)),
                    email=person.email,
                )
            )
        return
    done: HandedOver | None = None
    while done is None or not done.through:
        done = hand_over(session, person.id, to, done, leaving=leaving, by=by)
        note_saved()
        if done.count:
            tell(pgettext("notice", "{count} handed over").format(count=counted(done.count)))


def _chosen(session: Session, typed: str) -> Colleague:
    return chosen_person(session, typed, also_gone=True)


def _change(
    session: Session,
    before: Colleague,
    name: str,
    profile: str,
    *,
    active: bool,
    as_json: bool,
    confirm: str,
) -> None:
    from leadtui.services.colleagues import change_colleague

    confirmed(
        confirm,
        lambda: change_colleague(session, before.id, name, profile, active=active, before=before),
    )
    _answer(session, before.id, as_json=as_json)


def _answer(session: Session, person_id: int, *, as_json: bool) -> None:
    people = [each for each in session.definitions.colleagues if each.id == person_id]
    if as_json:
        write_json(colleague_record(people[0]))
    else:
        _write(session, people)


def _write(session: Session, people: Sequence[Colleague]) -> None:
    formatter = Formatter(session)
    columns = [
        TextColumn(pgettext("column", "Name"), yields=1, least=12),
        TextColumn(pgettext("column", "E-mail"), yields=2, least=16),
        TextColumn(pgettext("column", "Works as"), yields=3, least=8),
        TextColumn(pgettext("column", "State"), yields=4),
        TextColumn(pgettext("column", "Since"), yields=6),
        TextColumn(pgettext("column", "By"), yields=5),
    ]
    rows = [
        [
            each.name,
            each.email,
            profile.title if (profile := session.definitions.profile(each.profile)) else each.profile,
            state_words(each),
            formatter.full_moment(each.since) if each.since else "",
            formatter.person(each.by) if each.by else "",
        ]
        for each in people
    ]
    write_table(columns, rows)
