"""Writing a note about the open lead."""

from __future__ import annotations

from functools import partial

from leadtui.errors import LeadtuiError
from leadtui.services import leads
from leadtui.services.drafts import NOTE_DRAFT
from leadtui.tui.actions.desk import Desk, required_lead
from leadtui.tui.actions.drafts import keep_draft, leave_draft, read_with_draft
from leadtui.tui.dialogs.note_dialog import NoteDialog


async def write_note(desk: Desk) -> None:
    """Write a note about the open lead."""
    await write_note_about(desk, required_lead(desk))


async def write_note_about(desk: Desk, lead_id: int) -> None:
    """Ask for the note, beginning with its draft, until it is saved or the person leaves."""
    opened, draft = await read_with_draft(desk, NOTE_DRAFT, lead_id)
    keep, reason = partial(keep_draft, desk), ""
    while (
        note := await desk.actions.ask(dialog := NoteDialog(opened.lead, draft, reason, keep))
    ) is not None:
        try:
            await desk.actions.write(partial(leads.add_note, desk.session, lead_id, note))
        except LeadtuiError as error:
            draft, reason = dialog.draft, str(error)
        else:
            await desk.lead_saved(lead_id)
            return
    leave_draft(desk, NOTE_DRAFT, lead_id)
