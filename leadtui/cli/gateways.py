"""`leadtui gateways`: where messages go out, and trying it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from leadtui import kept_sign_ins
from leadtui.cli.options import CommandOptions, Group, JsonOption, lines, session_for, text_option, words
from leadtui.cli.output import note_saved, tell, write_fields, write_json
from leadtui.cli.records import gateway_record
from leadtui.cli.signed_in import ask_unseen, can_ask
from leadtui.domain.gateway import Gateway, Method
from leadtui.domain.message import Medium
from leadtui.errors import Refused
from leadtui.language.translate import N_, _, pgettext
from leadtui.presentation.message_words import outcome_words

app = Group()

SECRET_VARIABLE = "LEADTUI_GATEWAY_SECRET_FILE"

MediumArgument = Annotated[Medium, typer.Argument(metavar="sms|email", help=N_("What goes out by it."))]
NumberArgument = Annotated[
    str, typer.Argument(parser=words, metavar="NUMBER", help=N_("A mobile of your own, as it is dialled."))
]


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayOptions:
    """What was typed of a gateway; None where nothing was said."""

    url: Annotated[
        str | None, text_option("URL", N_("Its address, such as https://sms.example.com/send."), "--url")
    ] = None
    method: Annotated[
        Method | None, typer.Option("--method", show_default=False, help=N_("How it is asked."))
    ] = None
    header: Annotated[
        list[str] | None,
        text_option("NAME: VALUE", N_("A header. Several times; those of before go."), "--header"),
    ] = None
    body: Annotated[
        str | None,
        text_option(
            "TEXT", N_("What it is sent, with {to}, {text} and {secret} filled in."), "--body", parser=lines
        ),
    ] = None
    user: Annotated[
        str | None, text_option("USER", N_("Who signs in there, with the secret as the password."), "--user")
    ] = None
    statuses: Annotated[
        str | None, text_option("STATUSES", N_("The answers that mean sent, such as 200-202."), "--sent")
    ] = None
    path: Annotated[
        str | None,
        text_option(
            "PATH", N_("The part of a JSON answer that says so, such as messages.0.status."), "--path"
        ),
    ] = None
    match: Annotated[
        str | None, text_option("PATTERN", N_("A regular expression that fits it then."), "--match")
    ] = None
    key_header: Annotated[
        str | None,
        text_option(
            "NAME",
            N_("The header by which it knows a message that it has had, and sends none twice."),
            "--key-header",
        ),
    ] = None
    key_hours: Annotated[
        int | None,
        typer.Option(
            "--key-hours", metavar="N", show_default=False, help=N_("For how many hours it knows it.")
        ),
    ] = None
    any_hour: Annotated[
        bool | None,
        typer.Option(
            "--any-hour/--call-windows",
            show_default=False,
            help=N_("Whether messages also go outside the call windows."),
        ),
    ] = None
    asks_consent: Annotated[
        bool | None,
        typer.Option(
            "--who-agreed/--who-has-not-refused",
            show_default=False,
            help=N_("Whether only those are written to who agreed."),
        ),
    ] = None

    def applied(self, gateway: Gateway) -> Gateway:
        """The gateway with what was said."""
        said = {
            name: value
            for name in (
                *("url", "method", "body", "user", "statuses", "path", "match"),
                *("key_header", "key_hours", "any_hour", "asks_consent"),
            )
            if (value := getattr(self, name)) is not None
        }
        headers = gateway.headers if self.header is None else _headers(self.header)
        return replace(gateway, headers=headers, **said)


def _headers(typed: Sequence[str]) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for each in typed:
        name, colon, value = each.partition(":")
        if not colon:
            raise typer.BadParameter(
                _("A header is a name, a colon and a value, such as “Accept: text/plain”."),
                param_hint="--header",
            )
        found.append((name.strip(), value.strip()))
    return tuple(found)


@app.command(
    "show", help=N_("Show a gateway, without its secret."), epilog="leadtui gateways show sms --json"
)
def show_command(common: CommandOptions, medium: MediumArgument, as_json: JsonOption = False) -> None:
    from leadtui.services.gateways import find_gateway

    with session_for(common) as session:
        gateway = find_gateway(session, medium)
    if as_json:
        write_json(None if gateway is None else gateway_record(gateway))
    elif gateway is None:
        tell(_("No gateway is set; `leadtui gateways set {medium}` sets one.").format(medium=medium.value))
    else:
        _write(gateway)


@app.command(
    "set",
    help=N_(
        "Set a gateway; its secret is asked for unseen, or read from the file that LEADTUI_GATEWAY_SECRET_FILE names."
    ),
    epilog=(
        "leadtui gateways set sms --url https://sms.example.com/send --header 'Content-Type: application/json'"
        ' --header \'Authorization: Bearer {secret}\' --body \'{"to": "{to}", "text": "{text}"}\''
    ),
)
def set_command(common: CommandOptions, medium: MediumArgument, asked: GatewayOptions) -> None:
    from leadtui.services.gateways import find_gateway, set_gateway

    with session_for(common) as session:
        gateway = asked.applied(find_gateway(session, medium) or Gateway(medium))
        set_gateway(session, gateway, None if medium is Medium.EMAIL else _secret())
        note_saved()
    tell(_("The gateway is set; `leadtui gateways test` tries it."))


@app.command(
    "test",
    help=N_("Send a short message to a mobile of your own, to see that it arrives."),
    epilog="leadtui gateways test 09121234567",
)
def test_command(common: CommandOptions, number: NumberArgument) -> None:
    from leadtui.domain.message import Taken
    from leadtui.presentation.letters import trial_message
    from leadtui.services.gateways import send_trial

    with session_for(common) as session:
        outcome = send_trial(session, number, trial_message(session.workspace.title, session.language))
        if not isinstance(outcome, Taken):
            raise Refused(outcome_words(outcome))
        tell(outcome_words(outcome))


@app.command(
    "remove",
    help=N_("Send nothing by a gateway any more, and forget its secret."),
    epilog="leadtui gateways remove sms",
)
def remove_command(common: CommandOptions, medium: MediumArgument) -> None:
    from leadtui.services.gateways import forget_gateway

    with session_for(common) as session:
        forget_gateway(session, medium)
        note_saved()
    tell(_("Nothing goes out by it any more."))


def _secret() -> str | None:
    """The secret of the gateway; None for the one that is kept."""
    named = os.environ.get(SECRET_VARIABLE, "")
    if named:
        return kept_sign_ins.read_secret(Path(named))
    if not can_ask():
        return None
    return ask_unseen(_("Secret of the gateway, empty for the one that is kept:")) or None


def _write(gateway: Gateway) -> None:
    yes, no = pgettext("choice", "yes"), pgettext("choice", "no")
    door = [
        (pgettext("field", "Address"), f"{gateway.method.value} {gateway.url}"),
        *((pgettext("field", "Header"), f"{name}: {value}") for name, value in gateway.headers),
        (pgettext("field", "Body"), gateway.body),
        (pgettext("field", "User"), gateway.user),
        (pgettext("field", "Means sent"), " ".join((gateway.statuses, gateway.path, gateway.match)).strip()),
        (pgettext("field", "Header of the key"), gateway.key_header),
    ]
    write_fields(
        [
            *(door if gateway.medium is not Medium.EMAIL else ()),
            (pgettext("field", "Outside the call windows too"), yes if gateway.any_hour else no),
            (pgettext("field", "Only to whom agreed"), yes if gateway.asks_consent else no),
        ]
    )
