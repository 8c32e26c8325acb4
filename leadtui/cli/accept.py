"""`leadtui accept`: somebody who is invited says how they are called, proves who they are, and works from then on."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from leadtui import kept_sign_ins
from leadtui.cli.options import CommandOptions, text_option
from leadtui.cli.output import note_saved, tell
from leadtui.cli.signed_in import ask_seen, ask_unseen, can_ask, new_password, said_password
from leadtui.domain.signing_in import ProofNeeded
from leadtui.errors import Refused
from leadtui.language.translate import N_, _
from leadtui.presentation.invitation_words import invitation_sentence

CodeOption = Annotated[
    str,
    text_option("CODE", N_("The code of the invitation; it is asked for where it is not said."), "--code"),
]
NameOption = Annotated[
    str, text_option("NAME", N_("How colleagues see you; it is asked for where it is not said."), "--name")
]


def accept_command(common: CommandOptions, code: CodeOption = "", name: NameOption = "") -> None:
    from leadtui.services.accepting import accept, read_invitation
    from leadtui.services.securing import security_of
    from leadtui.services.signing_in import sign_out_of

    if not common.who:
        raise Refused(_("Say who accepts with --as EMAIL, the address that was invited."))
    typed = code or _asked(_("The code of the invitation:"), unseen=True)
    invitation = read_invitation(common.where, common.who, typed)
    tell(invitation_sentence(invitation))
    called = name or invitation.name or _asked(_("Your name, as colleagues see it:"))
    key = security_of(common.where).key
    if invitation.knows_password:
        password = said_password(invitation.email)
        if password is None:
            raise ProofNeeded(key, invitation.email)
    else:
        password = new_password()
    proven = accept(common.where, common.who, typed, called, password)
    note_saved()
    tell(_("You work in “{workspace}” from now on.").format(workspace=invitation.workspace))
    if kept_sign_ins.keep(key, invitation.email, proven.token, partial(sign_out_of, common.where)):
        tell(_("You are signed in; `leadtui` opens the desk."))
    else:
        sign_out_of(common.where, proven.token)
        tell(
            _("`leadtui --as {email}` opens the desk and asks for your password.").format(
                email=invitation.email
            )
        )


def _asked(question: str, *, unseen: bool = False) -> str:
    if not can_ask():
        raise Refused(
            _(
                "Where nobody can be asked, say {options} and name a file with the password by LEADTUI_PASSWORD_FILE."
            ).format(options="--code, --name")
        )
    return ask_unseen(question) if unseen else ask_seen(question)
