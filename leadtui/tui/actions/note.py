"""Writing a note about the open lead."""

from __future__ import annotations

from functools import partial

from leadtui.domain.lead import Lead
from leadtui.errors import LeadtuiError
from leadtui.services import drafts, leads
from leadtui.services.leads import NOTE_DRAFT
from leadtui.tui.actions.desk import Desk, required_lead
from leadtui.tui.actions.drafts import keep_draft, leave_draft
from leadtui.tui.dialogs.note_dialog import NoteDialog


async def write_note(desk: Desk) -> None:
    """Write a note about the open lead."""
    await write_note_about(desk, required_lead(desk))


async def write_note_about(desk: Desk, lead_id: int) -> None:
    """Ask for the note, beginning with its draft, until it is saved or the person leaves."""

    def read() -> tuple[Lead, str]:
        draft = drafts.find_draft(desk.session, NOTE_DRAFT, lead_id)
        return leads.open_lead(desk.session, lead_id).lead, draft.content.get(NOTE_DRAFT, "") if draft else ""

    def keep(typed: str) -> None:
        keep_draft(desk, NOTE_DRAFT, lead_id, {NOTE_DRAFT: typed} if typed.strip() else {})

    lead, text = await desk.read(read)
    reason = ""
    while (note := await desk.ask(NoteDialog(lead, text, reason, keep))) is not None:
        try:
            await desk.write(partial(leads.add_note, desk.session, lead_id, note))
        except LeadtuiError as error:
            # The draft may be what could not be written, so the text goes back by hand.
            text, reason = note, str(error)
        else:
            await desk.lead_saved(lead_id)
            return
    leave_draft(desk, NOTE_DRAFT, lead_id)
