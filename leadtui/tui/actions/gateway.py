"""Setting the gateway of short messages at the desk: asked for until it can be kept, then tried on a number of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from leadtui.domain.gateway import Gateway
from leadtui.domain.message import Medium, Taken
from leadtui.errors import Invalid, InvalidAnswers
from leadtui.language.translate import _
from leadtui.presentation.letters import trial_message
from leadtui.presentation.message_words import outcome_words
from leadtui.services.gateways import find_gateway, forget_gateway, send_trial, set_gateway
from leadtui.services.session import Session
from leadtui.tui.action_runner import ActionRunner
from leadtui.tui.dialogs.gateway_dialog import GatewayDialog


async def change_gateway(actions: ActionRunner, session: Session) -> tuple[str, bool]:
    """Ask for the gateway; says what was done, nothing where the person leaves, and whether it works as far as one knows."""
    gateway = await actions.read(partial(find_gateway, session, Medium.SMS)) or Gateway(Medium.SMS)
    problems: Sequence[Invalid] = ()
    number = ""
    while True:
        typed = await actions.ask(GatewayDialog(gateway, problems, number))
        if typed is None:
            return "", True
        if not typed.gateway.url:
            await actions.write(partial(forget_gateway, session, Medium.SMS))
            return _("Nothing goes out by it any more."), True
        gateway, number = typed.gateway, typed.number
        try:
            await actions.write(partial(set_gateway, session, gateway, typed.secret))
            if not number:
                return _("The gateway is set."), True
            return await actions.read(partial(_tried, session, number))
        except InvalidAnswers as wrong:
            problems = wrong.problems
        except Invalid as wrong:
            problems = (wrong,)


def _tried(session: Session, number: str) -> tuple[str, bool]:
    outcome = send_trial(session, number, trial_message(session.workspace.title, session.language))
    return outcome_words(outcome), isinstance(outcome, Taken)
