"""`leadtui sign-in`, `sign-out`, `lock` and `sign-ins`: proving who one is for longer than one command."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from leadtui import kept_sign_ins
from leadtui.cli.colleagues import FullNameArgument
from leadtui.cli.options import CommandOptions, Group, JsonOption, session_for, text_option
from leadtui.cli.output import note_saved, tell, write_json, write_json_list, write_line, write_table
from leadtui.cli.profiles import chosen_profile
from leadtui.cli.records import sign_in_record
from leadtui.cli.signed_in import said_password
from leadtui.domain.permission import AGENT_PROFILE
from leadtui.domain.signing_in import SIGN_IN_DAYS, ProofNeeded, SignIn
from leadtui.errors import NotFound, Refused
from leadtui.language.translate import N_, _, counted, ngettext, pgettext
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.signing_in import notice_sentence, place_words, state_words
from leadtui.presentation.table import TextColumn

if TYPE_CHECKING:
    from leadtui.services.session import Session

app = Group()

AllOption = Annotated[bool, typer.Option("--all", help=N_("Also those that have ended."))]
ServicesOption = Annotated[
    bool, typer.Option("--services", help=N_("Those of the services instead of your own."))
]
OthersOption = Annotated[bool, typer.Option("--others", help=N_("All of yours but this one."))]
SignInArgument = Annotated[
    int | None,
    typer.Argument(
        metavar="SIGN-IN", show_default=False, help=N_("The number of a sign-in, as `list` has it.")
    ),
]
ProfileOption = Annotated[
    str, text_option("PROFILE", N_("What the service may do: a profile, by key or title."), "--profile")
]
DaysOption = Annotated[int, typer.Option("--days", metavar="DAYS", help=N_("For how many days it is good."))]


def sign_in_command(common: CommandOptions) -> None:
    from leadtui.services.entering import kept_address
    from leadtui.services.securing import security_of
    from leadtui.services.signing_in import sign_in_again, sign_out_of

    key = security_of(common.where).key
    email, kept = kept_sign_ins.find(key, kept_address(common.who))
    email = email or kept_address(common.who)
    if not email:
        raise Refused(_("Say who signs in with --as EMAIL."))
    if not kept_sign_ins.is_kept_here(key):
        raise Refused(_not_kept())
    password = said_password(email)
    if password is None:
        raise ProofNeeded(key, email)
    token = sign_in_again(common.where, email, password, kept).token
    note_saved()
    if not kept_sign_ins.keep(key, email, token, partial(sign_out_of, common.where)):
        sign_out_of(common.where, token)
        raise Refused(_not_kept())
    try:
        with session_for(replace(common, email=email)) as session:
            _tell_signed_in(session)
    except NotFound as several:  # which workspace is said by the next command
        tell(pgettext("notice", "Signed in."))
        tell(str(several))


def _not_kept() -> str:
    return _(
        "Several people sign in on this account of the machine, so that no sign-in is kept on it: each command asks for the "
        "password."
    )


def _tell_signed_in(session: Session) -> None:
    from leadtui.services.signing_in import code_notices, list_sign_ins

    formatter = Formatter(session)
    for notice in code_notices(session):
        tell(notice_sentence(notice, formatter))
    until = next(each.expires_at for each in list_sign_ins(session) if each.id == session.sign_in_id)
    tell(
        _("{name} is signed in until {when}.").format(
            name=session.actor.name, when=formatter.full_moment(until)
        )
    )


def sign_out_command(common: CommandOptions) -> None:
    from leadtui.services.entering import kept_address
    from leadtui.services.securing import security_of
    from leadtui.services.signing_in import sign_out_of

    key = security_of(common.where).key
    email, token = kept_sign_ins.find(key, kept_address(common.who))
    if not token:
        raise Refused(_("Nobody is signed in to this store on this account."))
    sign_out_of(common.where, token)
    note_saved()
    kept_sign_ins.forget(key, email)
    tell(_("{email} is signed out.").format(email=email))


def lock_command(common: CommandOptions) -> None:
    from leadtui.services.signing_in import lock

    with session_for(common) as session:
        if session.proven is not None and session.proven.token:
            raise Refused(
                _("Nothing is locked: this command asked for the password, and no sign-in is kept.")
            )
        lock(session)
    tell(_("Locked, at every terminal of this sign-in; `leadtui sign-in` opens it again."))


@app.command(
    "list", help=N_("List where you are signed in, or the services."), epilog="leadtui sign-ins list --json"
)
def list_command(
    common: CommandOptions,
    everything: AllOption = False,
    services: ServicesOption = False,
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.signing_in import list_services, list_sign_ins

    with session_for(common) as session:
        found = list_services(session) if services else list_sign_ins(session)
        shown = [each for each in found if everything or each.is_live(session.now())]
        if as_json:
            write_json_list(sign_in_record(each, session) for each in shown)
        else:
            _write(session, shown)


@app.command(
    "end",
    help=N_("End a sign-in of yours, or of a service: nothing is done by it any more."),
    epilog="leadtui sign-ins end 12\nleadtui sign-ins end --others",
)
def end_command(common: CommandOptions, sign_in: SignInArgument = None, others: OthersOption = False) -> None:
    from leadtui.services.signing_in import end_other_sign_ins, end_sign_in

    if (sign_in is None) != others:
        raise typer.BadParameter(_("Name a sign-in by its number, or say --others: one of the two."))
    with session_for(common) as session:
        if sign_in is None:
            ended = end_other_sign_ins(session)
            tell(
                ngettext("{n} sign-in was ended.", "{n} sign-ins were ended.", ended).format(n=counted(ended))
            )
        else:
            end_sign_in(session, sign_in)
            tell(_("The sign-in {id} was ended.").format(id=sign_in))


@app.command(
    "add-service",
    help=N_(
        "Let a command sign in where nobody sits; prints a token, once. LEADTUI_SIGN_IN_FILE names the file that has it."
    ),
    epilog="leadtui sign-ins add-service 'nightly import' --profile agent --days 90 > token",
)
def add_service_command(
    common: CommandOptions,
    name: FullNameArgument,
    profile: ProfileOption = AGENT_PROFILE,
    days: DaysOption = SIGN_IN_DAYS,
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.signing_in import add_service

    with session_for(common) as session:
        made = add_service(session, name, chosen_profile(session, profile).key, days)
        note_saved()
        if as_json:
            write_json({**sign_in_record(made.sign_in, session), "token": made.token})
            return
        write_line(made.token)
        when = Formatter(session).full_moment(made.sign_in.expires_at)
        tell(
            _(
                "This token is shown once. Keep it in a file that nobody else can read; it is good until {when}."
            ).format(when=when)
        )


def _write(session: Session, found: Sequence[SignIn]) -> None:
    formatter = Formatter(session)
    columns = [
        TextColumn(pgettext("column", "Number"), yields=1, least=3),
        TextColumn(pgettext("column", "Where"), yields=2, least=12),
        TextColumn(pgettext("column", "Since"), yields=3, least=10),
        TextColumn(pgettext("column", "Last seen"), yields=4, least=10),
        TextColumn(pgettext("column", "Until"), yields=5, least=10),
        TextColumn(pgettext("column", "State"), yields=6, least=6),
    ]
    rows = [
        [
            str(each.id),
            place_words(each, formatter),
            formatter.moment(each.created_at),
            formatter.moment(each.seen_at),
            formatter.moment(each.ended_at or each.expires_at),
            state_words(each, formatter),
        ]
        for each in found
    ]
    write_table(columns, rows)
