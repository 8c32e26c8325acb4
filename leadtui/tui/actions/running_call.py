"""The call that goes on above the desk: begun, kept as a draft while it lasts, noted when it has ended."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from leadtui.domain.draft import FormDraft
from leadtui.domain.lead import LeadNumber
from leadtui.errors import LeadtuiError
from leadtui.presentation.lead_details import sharing_sentence
from leadtui.services import leads
from leadtui.services.drafts import CALL_DRAFT, STATUS_DRAFT
from leadtui.services.leads import OpenLead
from leadtui.tui.actions.desk import Desk
from leadtui.tui.actions.drafts import discard_draft, draft_about, keep_draft
from leadtui.tui.actions.running_talk import begin_talk, has_playbook, talk_with
from leadtui.tui.widgets.call_bar import RunningCall

_NUMBER, _SINCE = "number", "since"
"""What the draft of a call holds: the number (E.164), and when it began."""


async def begin_call(desk: Desk, opened: OpenLead, number: LeadNumber) -> None:
    """Ring a number of the lead; a call with it that outlived the program goes on instead, and is not dialled again.

    The talk by a playbook comes beside the lead; the keyboard stays where it is.
    """
    session, lead = desk.session, opened.lead

    def read() -> tuple[FormDraft, FormDraft]:
        return draft_about(session, CALL_DRAFT, lead.id), draft_about(session, STATUS_DRAFT, lead.id)

    kept, typed = await desk.actions.read(read)
    call = RunningCall(lead.id, lead.name, number, session.now(), sharing_sentence(opened.sharers))
    before = _kept_call(kept, call)
    if before is None:
        texts = {_NUMBER: number.e164, _SINCE: call.since.isoformat()}
        keep_draft(desk, FormDraft(CALL_DRAFT, lead.id, texts))
        desk.show_call(call, typed, desk.program.settings.dial)
    else:
        desk.show_call(before, typed)
    if talk_with(desk, lead.id) is None and has_playbook(session, lead):
        await begin_talk(desk, lead.id)


async def note_call(desk: Desk, call: RunningCall) -> int:
    """The call is over: note it, and return how many seconds it took. Raises LeadtuiError; it is over all the same."""
    seconds = call.seconds(desk.session.now())
    desk.show_call(None)
    try:
        await desk.actions.write(
            partial(
                *(leads.log_call, desk.session, call.lead_id, call.number.e164, call.since, seconds),
                asked=True,
            )
        )
    except LeadtuiError:
        discard_draft(desk, CALL_DRAFT, call.lead_id)
        raise
    desk.program.look_again()
    return seconds


def call_with(desk: Desk, lead_id: int) -> RunningCall | None:
    """The call that goes on, where it is with this lead."""
    call = desk.call
    return call if call is not None and call.lead_id == lead_id else None


def _kept_call(kept: FormDraft, call: RunningCall) -> RunningCall | None:
    """The call that a draft tells of, which is with the lead of `call`."""
    since, e164 = _moment(kept.texts.get(_SINCE, "")), kept.texts.get(_NUMBER, "")
    if since is None or not e164:
        return None
    number = call.number if call.number.e164 == e164 else LeadNumber(e164, e164)
    return RunningCall(call.lead_id, call.name, number, since, call.sharing)


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
