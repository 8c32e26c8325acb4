"""Ringing the open lead, and what came of it."""

from __future__ import annotations

from functools import partial

from leadtui.domain.draft import FormDraft
from leadtui.errors import LeadtuiError
from leadtui.language.calendar import show_length
from leadtui.language.translate import _, pgettext
from leadtui.presentation.errors import sentence
from leadtui.services import leads
from leadtui.services.drafts import CALL_DRAFT
from leadtui.tui.action_runner import NotPossible
from leadtui.tui.actions.desk import Desk, required_lead
from leadtui.tui.actions.do_not_call import refuse_call
from leadtui.tui.actions.drafts import NOTHING_REFUSED, Retry, discard_draft, keep_draft
from leadtui.tui.actions.status import set_status_of
from leadtui.tui.dialogs.call_dialog import CallDialog


async def call(desk: Desk) -> None:
    """Ring the open lead."""
    await ring(desk, required_lead(desk))


async def ring(desk: Desk, lead_id: int, begun: FormDraft | None = None) -> None:
    """Ring, note the call, and ask for the status; `begun` is a call that went on without the program."""
    opened = await desk.actions.read(partial(leads.open_lead, desk.session, lead_id))
    if opened.bans:
        await refuse_call(desk, opened)
        return
    if opened.lead.numbers_hidden:
        raise leads.numbers_hidden(opened.lead)
    if not opened.lead.numbers:
        raise NotPossible(_("This customer has no number to ring."))
    dial, draft = desk.program.settings.dial, begun or FormDraft(CALL_DRAFT, lead_id)
    keep = partial(keep_draft, desk)
    ended = await desk.actions.ask(CallDialog(desk.session, opened, dial, draft, keep))
    if ended is None:
        discard_draft(desk, CALL_DRAFT, lead_id)
        return
    retry = NOTHING_REFUSED
    try:
        await desk.actions.write(
            partial(leads.log_call, desk.session, lead_id, ended.number, ended.started_at, ended.seconds)
        )
    except LeadtuiError as error:
        # What came of the call is worth keeping also where the call itself could not be noted.
        discard_draft(desk, CALL_DRAFT, lead_id)
        retry = Retry(reason=sentence(error, desk.formatter))
    else:
        desk.program.look_again()
    called_for = pgettext("notice", "the call took {time}").format(
        time=show_length(ended.seconds, desk.session.language)
    )
    await set_status_of(desk, lead_id, retry, called_for)
