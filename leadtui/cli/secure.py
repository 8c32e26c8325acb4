"""`leadtui secure`: at the store's file, who administers it, and codes for whom nobody else can help."""

from __future__ import annotations

from typing import Annotated

import typer

from leadtui.cli.options import CommandOptions, JsonOption, words
from leadtui.cli.output import Json, note_saved, tell, write_json, write_line
from leadtui.cli.records import code_record, moment_text
from leadtui.cli.signed_in import new_password
from leadtui.language.translate import N_, _
from leadtui.presentation.signing_in import code_sentence

AddressArgument = Annotated[
    str,
    typer.Argument(
        parser=words,
        metavar="EMAIL",
        show_default=False,
        help=N_("Who administers the store, once; with --code, for whom the code is."),
    ),
]
CodeFlag = Annotated[
    bool,
    typer.Option(
        "--code", help=N_("Make a one-time code with which they set a password. Whose file it is may.")
    ),
]


def secure_command(
    common: CommandOptions, address: AddressArgument = "", code: CodeFlag = False, as_json: JsonOption = False
) -> None:
    from leadtui.services.securing import code_at_file, secure

    if code and not address:
        raise typer.BadParameter(_("Say for whom the code is."))
    if code:
        made = code_at_file(common.where, address)
        note_saved()
        if as_json:
            write_json(code_record(made))
        else:
            write_line(made.text)
            tell(code_sentence(made))
        return
    if address:
        secure(common.where, address, new_password())
        note_saved()
        tell(
            _("{email} administers this store; everybody proves who they are from now on.").format(
                email=address
            )
        )
    _write(common.where, as_json=as_json)


def _write(where: str, *, as_json: bool) -> None:
    from leadtui.services.securing import security_of

    found = security_of(where)
    if as_json:
        record: dict[str, Json] = {
            "store": found.key,
            "secured": moment_text(found.secured_at),
            "administrator": found.administrator or None,
        }
        write_json(record)
    elif found.secured_at is None:
        write_line(
            _("This store asks nobody for a password; `leadtui secure EMAIL` names its administrator.")
        )
    else:
        write_line(_("This store asks everybody for a password."))
        if found.administrator:
            write_line(_("Its administrator is {email}.").format(email=found.administrator))
