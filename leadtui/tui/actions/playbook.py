"""Talking with the open lead by the playbook of its need, until the status is asked for with what was learnt."""

from __future__ import annotations

from leadtui.domain.message import MessageText
from leadtui.language.translate import _
from leadtui.tui.action_runner import NotPossible
from leadtui.tui.actions.desk import Desk, required_lead
from leadtui.tui.actions.message import write_text
from leadtui.tui.actions.running_talk import begin_talk, leave_talk, talk_with
from leadtui.tui.actions.status import set_status_of


async def talk(desk: Desk) -> None:
    """Talk with the open lead."""
    await go_on_talking(desk, required_lead(desk))


async def go_on_talking(desk: Desk, lead_id: int) -> None:
    """Go to the talk with a lead, where it was left; it begins where none goes on."""
    if talk_with(desk, lead_id) is None and not await begin_talk(desk, lead_id):
        raise NotPossible(
            _("There is no playbook for this customer; whoever may writes one in the settings, under Needs.")
        )
    if desk.talk is not None:
        desk.talk.enter()
        await desk.drawn()


async def finish(desk: Desk) -> None:
    """Save the answers, and go on to the status with what was learnt."""
    if desk.talk is not None:
        await set_status_of(desk, desk.talk.lead_id, ends_talk=True)


async def send(desk: Desk, text: MessageText) -> None:
    """Send a text of the talk to whom one talks with; once it is queued its line is ticked, and the talk goes on."""
    pane = desk.talk
    if pane is None:
        return
    sent = await write_text(desk, pane.lead_id, text)
    if desk.talk is not pane:
        return
    pane.enter()
    if sent:
        pane.sent(text)


async def leave(desk: Desk) -> None:
    """Leave the talk as it is."""
    if desk.talk is not None:
        await leave_talk(desk, desk.talk)
