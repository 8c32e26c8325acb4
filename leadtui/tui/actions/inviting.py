"""Inviting somebody, at the desk: they are asked for until it works, and the code is shown."""

from __future__ import annotations

from functools import partial

from leadtui.domain.invitation import MadeInvitation
from leadtui.domain.mail import NotSent
from leadtui.errors import Invalid, Refused
from leadtui.language.text import brief
from leadtui.language.translate import _, pgettext
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.invitation_words import made_sentence
from leadtui.presentation.letters import invitation_letter
from leadtui.presentation.signing_in import code_sentence
from leadtui.services.inviting import invite, invite_again
from leadtui.services.mailing import language_of_letter, send_invitation, sends_mail
from leadtui.services.session import Session
from leadtui.services.signing_in import make_code
from leadtui.tui.action_runner import ActionRunner
from leadtui.tui.dialogs.invite_dialogs import CodeDialog, Invited, InviteDialog


async def invite_colleague(actions: ActionRunner, session: Session) -> str:
    """Ask whom to invite, and show the code; says what was done, nothing where the person leaves."""
    typed, problem, reason = Invited(), None, ""
    while True:
        profiles = session.definitions.profiles
        typed = await actions.ask(InviteDialog(profiles, typed, problem, reason))
        if typed is None:
            return ""
        try:
            made = await actions.write(partial(invite, session, typed.email, typed.profile))
        except Invalid as wrong:
            problem, reason = wrong, ""
        except Refused as refused:
            problem, reason = None, str(refused)
        else:
            return await _show(actions, session, made)


async def send_invitation_again(actions: ActionRunner, session: Session, user_id: int) -> str:
    """Make another code for somebody who is invited, and show it; says what was done. Raises as `invite_again`."""
    return await _show(actions, session, await actions.write(partial(invite_again, session, user_id)))


async def make_colleague_code(actions: ActionRunner, session: Session, user_id: int) -> str:
    """Make a one-time code with which a colleague sets a password, and show it. Raises Refused as `make_code`."""
    made = await actions.write(partial(make_code, session, user_id))
    title = pgettext("title", "One-time code for {name}").format(name=brief(made.person, 40))
    await actions.ask(CodeDialog(title, made.text, code_sentence(made)))
    return _("{name} sets a password with the code that was shown.").format(name=brief(made.person))


def _send(session: Session, made: MadeInvitation) -> str:
    """Send the letter where the workspace sends mail; says what became of it, nothing where it sends none."""
    if not sends_mail(session):
        return ""
    try:
        send_invitation(session, made, invitation_letter(made, language_of_letter(session, made)))
    except NotSent as error:
        stands = _("The invitation stands, but no letter went out; give the code yourself.")
        return f"{error} {stands}"
    return _("A letter with the code went to {email}.").format(email=made.email)


async def _show(actions: ActionRunner, session: Session, made: MadeInvitation) -> str:
    sent = await actions.read(partial(_send, session, made))
    title = pgettext("title", "Invitation for {email}").format(email=brief(made.email, 40))
    await actions.ask(CodeDialog(title, made.code, made_sentence(made, Formatter(session)), sent))
    return _("{name} is invited.").format(name=brief(made.email))
