"""`leadtui workspace mail`: the server through which invitations are sent."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from leadtui import kept_sign_ins
from leadtui.cli.options import CommandOptions, Group, JsonOption, session_for, text_option
from leadtui.cli.output import Json, note_saved, tell, write_fields, write_json
from leadtui.cli.signed_in import ask_unseen, can_ask
from leadtui.domain.mail import MailSecurity, MailServer
from leadtui.language.translate import N_, _, pgettext

app = Group(N_("The mail server through which invitations are sent."))

SECRET_VARIABLE = "LEADTUI_MAIL_SECRET_FILE"

HostOption = Annotated[str, text_option("HOST", N_("The server, such as smtp.example.com."), "--host")]
PortOption = Annotated[
    int | None,
    typer.Option(
        "--port", metavar="PORT", show_default=False, help=N_("Its port: 465 with TLS, 587 with STARTTLS.")
    ),
]
SecurityOption = Annotated[
    MailSecurity | None,
    typer.Option("--security", show_default=False, help=N_("TLS from the first byte on, or STARTTLS.")),
]
UserOption = Annotated[str, text_option("USER", N_("Who signs in there; often the address."), "--user")]
SenderOption = Annotated[str, text_option("EMAIL", N_("The address that letters come from."), "--sender")]


@app.command(
    "show",
    help=N_("Show which server is set, without its password."),
    epilog="leadtui workspace mail show --json",
)
def show_command(common: CommandOptions, as_json: JsonOption = False) -> None:
    from leadtui.services.mailing import find_mail_server

    with session_for(common) as session:
        server = find_mail_server(session)
    if as_json:
        write_json(None if server is None else _record(server))
    elif server is None:
        tell(_("No mail server is set; `leadtui workspace mail set` sets one."))
    else:
        _write(server)


@app.command(
    "set",
    help=N_(
        "Set the server; its password is asked for unseen, or read from the file that LEADTUI_MAIL_SECRET_FILE names."
    ),
    epilog="leadtui workspace mail set --host smtp.example.com --user desk@example.com --sender desk@example.com",
)
def set_command(
    common: CommandOptions,
    host: HostOption = "",
    port: PortOption = None,
    security: SecurityOption = None,
    user: UserOption = "",
    sender: SenderOption = "",
) -> None:
    from leadtui.services.mailing import find_mail_server, set_mail_server

    with session_for(common) as session:
        before = find_mail_server(session) or MailServer("", 587, MailSecurity.STARTTLS, "", "")
        way = security or before.security
        usual = 465 if way is MailSecurity.TLS else 587
        server = replace(
            before,
            host=host or before.host,
            security=way,
            port=port or (before.port if security is None else usual),
            user=user or before.user,
            sender=sender or before.sender,
        )
        set_mail_server(session, server, _secret())
        note_saved()
    tell(_("Set; `leadtui workspace mail test` sends you a letter."))


@app.command(
    "test", help=N_("Send yourself a letter, to see that it arrives."), epilog="leadtui workspace mail test"
)
def test_command(common: CommandOptions) -> None:
    from leadtui.presentation.letters import trial_letter
    from leadtui.services.mailing import send_trial

    with session_for(common) as session:
        send_trial(session, trial_letter(session.workspace.title, session.language))
        tell(_("A letter went to {email}.").format(email=session.actor.email))


@app.command(
    "remove",
    help=N_("Send no letters any more, and forget the password."),
    epilog="leadtui workspace mail remove",
)
def remove_command(common: CommandOptions) -> None:
    from leadtui.services.mailing import forget_mail_server

    with session_for(common) as session:
        forget_mail_server(session)
        note_saved()
    tell(_("No letters are sent any more."))


def _secret() -> str | None:
    """The password of the server; None for the one that is kept."""
    named = os.environ.get(SECRET_VARIABLE, "")
    if named:
        return kept_sign_ins.read_secret(Path(named))
    if not can_ask():
        return None
    return ask_unseen(_("Password at the mail server, empty for the one that is kept:")) or None


def _record(server: MailServer) -> dict[str, Json]:
    return {
        "host": server.host,
        "port": server.port,
        "security": server.security.value,
        "user": server.user,
        "sender": server.sender,
    }


def _write(server: MailServer) -> None:
    write_fields(
        [
            (pgettext("field", "Mail server"), f"{server.host}:{server.port}"),
            (pgettext("field", "Security"), server.security.value.upper()),
            (pgettext("field", "User at the mail server"), server.user),
            (pgettext("field", "Letters come from"), server.sender),
        ]
    )
