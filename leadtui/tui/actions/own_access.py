"""One's own way in, at the desk: the password is set or changed, and sign-ins are ended."""

from __future__ import annotations

from functools import partial

from leadtui import kept_sign_ins
from leadtui.errors import Invalid, Refused
from leadtui.language.translate import _, counted, ngettext
from leadtui.presentation.formatter import Formatter
from leadtui.services.securing import security_of
from leadtui.services.session import Session
from leadtui.services.signing_in import (
    change_password,
    end_other_sign_ins,
    end_sign_in,
    has_password,
    list_sign_ins,
    sign_out_of,
)
from leadtui.tui.action_runner import ActionRunner
from leadtui.tui.dialogs.own_access_dialogs import OTHERS, NewPassword, PasswordDialog, SignInsDialog


async def change_own_password(actions: ActionRunner, session: Session) -> str:
    """Ask for the passwords until the new one is set; says what was done, nothing where the person leaves."""
    changes, reason = await actions.read(partial(has_password, session)), ""
    while True:
        typed = await actions.ask(PasswordDialog(changes=changes, reason=reason))
        if typed is None:
            return ""
        try:
            ended = await actions.write(partial(_change, session, typed))
        except (Invalid, Refused) as problem:
            reason = str(problem)
            continue
        words = _("Your password is set: leadtui asks for it from now on.")
        if ended:
            others = ngettext(
                "{n} other sign-in of yours was ended.", "{n} other sign-ins of yours were ended.", ended
            )
            words = f"{words} {others.format(n=counted(ended))}"
        return words


def _change(session: Session, typed: NewPassword) -> int:
    """Set the password; whoever set the first one of a store is not asked for it at the next start."""
    ended = change_password(session, typed.password, typed.before)
    proven = session.proven
    if not typed.before and proven is not None and proven.token:
        key = security_of(session.store.path).key
        ends = partial(sign_out_of, session.store.path)
        if kept_sign_ins.keep(key, session.actor.email, proven.token, ends):
            session.keep_sign_in()
    return ended


async def look_at_sign_ins(actions: ActionRunner, session: Session) -> None:
    """Show where the person is signed in, and end what they say, until they leave."""
    while True:
        found = await actions.read(partial(list_sign_ins, session))
        live = [each for each in found if each.is_live(session.now())]
        chosen = await actions.ask(SignInsDialog(live, Formatter(session)))
        if chosen is None:
            return
        if chosen == OTHERS:
            await actions.write(partial(end_other_sign_ins, session))
        else:
            await actions.write(partial(end_sign_in, session, chosen))
