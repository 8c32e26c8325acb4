"""Setting the workspace's mail server at the desk: asked for until it can be kept, then tried by a letter to oneself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from leadtui.domain.mail import MailSecurity, MailServer, NotSent
from leadtui.errors import Invalid, InvalidAnswers
from leadtui.language.translate import _
from leadtui.presentation.letters import trial_letter
from leadtui.services.mailing import find_mail_server, forget_mail_server, send_trial, set_mail_server
from leadtui.services.session import Session
from leadtui.tui.action_runner import ActionRunner
from leadtui.tui.dialogs.mail_dialog import MailDialog

NONE_YET = MailServer("", 587, MailSecurity.STARTTLS, "", "")


async def change_mail_server(actions: ActionRunner, session: Session) -> tuple[str, bool]:
    """Ask for the server; says what was done, nothing where the person leaves, and whether letters go out."""
    server = await actions.read(partial(find_mail_server, session)) or NONE_YET
    problems: Sequence[Invalid] = ()
    while True:
        typed = await actions.ask(MailDialog(server, problems))
        if typed is None:
            return "", True
        if not typed.server.host:
            await actions.write(partial(forget_mail_server, session))
            return _("No letters are sent any more."), True
        try:
            await actions.write(partial(set_mail_server, session, typed.server, typed.secret))
        except InvalidAnswers as wrong:
            server, problems = typed.server, wrong.problems
        else:
            return await actions.read(partial(_tried, session))


def _tried(session: Session) -> tuple[str, bool]:
    try:
        send_trial(session, trial_letter(session.workspace.title, session.language))
    except NotSent as error:
        return str(error), False
    return _("Set; a letter went to {email}.").format(email=session.actor.email), True
