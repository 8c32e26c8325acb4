"""`leadtui password`: one's own password, changed, or set for the first time, also by a one-time code."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

from leadtui import kept_sign_ins
from leadtui.cli.options import CommandOptions, session_for, text_option
from leadtui.cli.output import note_saved, tell
from leadtui.cli.signed_in import ask_unseen, can_ask, new_password
from leadtui.domain.signing_in import ProofNeeded
from leadtui.errors import Refused
from leadtui.language.translate import N_, _, counted, ngettext

if TYPE_CHECKING:
    from leadtui.services.session import Session

CodeOption = Annotated[str, text_option("CODE", N_("The one-time code that you were given."), "--code")]


def password_command(common: CommandOptions, code: CodeOption = "") -> None:
    if code:
        _by_code(common, code)
        return
    with session_for(common) as session:
        ended = _change(session)
        note_saved()
        token = session.keep_sign_in()
        if token:
            _keep(common, session, token)
    tell(_("Your password is set: leadtui asks for it from now on."))
    if ended:
        sentence = ngettext(
            "{n} other sign-in of yours was ended.", "{n} other sign-ins of yours were ended.", ended
        )
        tell(sentence.format(n=counted(ended)))


def _change(session: Session) -> int:
    from leadtui.services.signing_in import change_password, has_password

    before = ""
    if has_password(session):
        if not can_ask():
            raise Refused(_("A password is changed on a terminal alone, where the present one is asked for."))
        before = ask_unseen(_("Your present password:"))
    return change_password(session, new_password(), before)


def _by_code(common: CommandOptions, code: str) -> None:
    from leadtui.services.signing_in import set_password_by_code

    if not common.who:
        raise Refused(_("Say whose code it is with --as EMAIL."))
    set_password_by_code(common.where, common.who, code, new_password())
    note_saved()
    tell(_("Your password is set; `leadtui sign-in --as {email}` signs you in.").format(email=common.who))


def _keep(common: CommandOptions, session: Session, token: str) -> None:
    """The first password of a store: whoever set it goes on without being asked."""
    from leadtui.services.securing import security_of
    from leadtui.services.signing_in import sign_out_of

    key = security_of(common.where).key
    if not kept_sign_ins.keep(key, session.actor.email, token, partial(sign_out_of, common.where)):
        raise ProofNeeded(key, session.actor.email)
