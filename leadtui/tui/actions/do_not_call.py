"""Forbidding to ring the open lead, and allowing it again."""

from __future__ import annotations

from functools import partial

from leadtui.domain.permission import Permission
from leadtui.errors import LeadtuiError
from leadtui.language.translate import _
from leadtui.presentation.lead_details import same_holds_for
from leadtui.services import do_not_call
from leadtui.services.drafts import DO_NOT_CALL_DRAFT
from leadtui.services.leads import OpenLead
from leadtui.tui.action_runner import NotPossible
from leadtui.tui.actions.desk import Desk, required_lead
from leadtui.tui.actions.drafts import keep_draft, leave_draft, read_with_draft
from leadtui.tui.dialogs.do_not_call_dialog import CallRefused, DoNotCallDialog


async def change_do_not_call(desk: Desk) -> None:
    """Forbid to ring the open lead, or allow it again."""
    await change_do_not_call_of(desk, required_lead(desk))


async def change_do_not_call_of(desk: Desk, lead_id: int) -> None:
    """Ask why, beginning with the draft, until it is saved or the person leaves."""
    opened, draft = await read_with_draft(desk, DO_NOT_CALL_DRAFT, lead_id)
    if opened.bans and not desk.session.actor.may(Permission.ALLOW_CALLS):
        await refuse_call(desk, opened)
        return
    if not opened.bans and not opened.lead.numbers:
        raise NotPossible(_("This customer has no number that could be forbidden."))
    change = do_not_call.allow if opened.bans else do_not_call.forbid
    keep, reason = partial(keep_draft, desk), ""
    while True:
        dialog = DoNotCallDialog(desk.session, opened, draft, reason, keep)
        why = await desk.actions.ask(dialog)
        if why is None:
            leave_draft(desk, DO_NOT_CALL_DRAFT, lead_id)
            return
        try:
            lead = await desk.actions.write(partial(change, desk.session, lead_id, why))
        except LeadtuiError as error:
            draft, reason = dialog.draft, str(error)
        else:
            break
    words = _("{name} must not be called any more.") if lead.do_not_call else _("{name} may be called.")
    told = words.format(name=lead.name or desk.formatter.phone(lead.phone))
    too = same_holds_for(opened.sharers)
    desk.tell(f"{told} {too}" if too else told)
    await desk.lead_saved(lead_id)


async def refuse_call(desk: Desk, opened: OpenLead) -> None:
    """Say why the lead must not be rung, and what can be done."""
    if await desk.actions.ask(CallRefused(desk.session, opened.lead, opened.bans)):
        await change_do_not_call_of(desk, opened.lead.id)
