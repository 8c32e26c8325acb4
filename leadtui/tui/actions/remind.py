"""Setting a reminder on the open lead."""

from __future__ import annotations

from functools import partial

from leadtui.domain.lead import Lead
from leadtui.errors import LeadtuiError
from leadtui.language.translate import _
from leadtui.services import drafts, leads, reminders
from leadtui.services.reminders import REMIND_DRAFT
from leadtui.tui.actions.desk import Desk, required_lead
from leadtui.tui.actions.drafts import keep_draft, leave_draft
from leadtui.tui.dialogs.remind_dialog import RemindDialog, ReminderWish, wish_of


async def set_reminder(desk: Desk) -> None:
    """Set a reminder on the open lead."""
    await set_reminder_on(desk, required_lead(desk))


async def set_reminder_on(desk: Desk, lead_id: int) -> None:
    """Ask when and about what, beginning with the draft, until it is saved or the person leaves."""
    session = desk.session

    def read() -> tuple[Lead, ReminderWish | None]:
        draft = drafts.find_draft(session, REMIND_DRAFT, lead_id)
        wish = wish_of(draft.content, session.now()) if draft and draft.content else None
        return leads.open_lead(session, lead_id).lead, wish

    lead, typed = await desk.read(read)
    keep = partial(keep_draft, desk, REMIND_DRAFT, lead_id)
    reason = ""
    while (wish := await desk.ask(RemindDialog(session, lead, typed, reason, keep=keep))) is not None:
        set_ = partial(reminders.set_reminder, session, lead_id, wish.due, wish.note, promised=wish.promised)
        try:
            await desk.write(set_)
        except LeadtuiError as error:
            typed, reason = wish, str(error)
        else:
            when = desk.formatter.moment(wish.due)
            desk.tell(_("You will be reminded {when}.").format(when=when))
            await desk.lead_saved(lead_id)
            return
    leave_draft(desk, REMIND_DRAFT, lead_id)
