"""Setting a reminder on the open lead."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from leadtui.errors import LeadtuiError
from leadtui.language.translate import _
from leadtui.presentation.repetition import rule_words
from leadtui.services import reminders
from leadtui.services.drafts import REMIND_DRAFT
from leadtui.tui.actions.call_windows import write_in_window
from leadtui.tui.actions.desk import Desk, required_lead
from leadtui.tui.actions.drafts import keep_draft, leave_draft, read_with_draft
from leadtui.tui.dialogs.remind_dialog import RemindDialog, ReminderWish


async def set_reminder(desk: Desk) -> None:
    """Set a reminder on the open lead."""
    await set_reminder_on(desk, required_lead(desk))


async def set_reminder_on(desk: Desk, lead_id: int) -> None:
    """Ask when and about what, beginning with the draft, until it is saved or the person leaves."""
    session = desk.session
    opened, draft = await read_with_draft(desk, REMIND_DRAFT, lead_id)
    keep, reason = partial(keep_draft, desk), ""
    while (
        wish := await desk.actions.ask(dialog := RemindDialog(session, opened.lead, draft, reason, keep=keep))
    ) is not None:

        def set_(due: datetime, asked: bool, wish: ReminderWish = wish) -> int:
            return reminders.set_reminder(
                session,
                lead_id,
                due,
                wish.note,
                promised=wish.promised,
                repeats=wish.repeats,
                asked=asked,
            )

        try:
            _id, due = await write_in_window(desk.actions, set_, wish.due, repeats=wish.repeats is not None)
        except LeadtuiError as error:
            draft, reason = dialog.draft, str(error)
        else:
            when = desk.formatter.moment(due)
            words = _("You will be reminded {when}.")
            if wish.repeats:
                words = _("You will be reminded {when}, then again: {rule}.")
            rule = rule_words(wish.repeats, session.format_context()) if wish.repeats else ""
            desk.tell(words.format(when=when, rule=rule))
            await desk.lead_saved(lead_id)
            return
    leave_draft(desk, REMIND_DRAFT, lead_id)
