"""Writing a note about the lead in hand."""

from __future__ import annotations

from functools import partial
from typing import cast

from textual import work

from leadtui.domain.lead import Lead
from leadtui.errors import LeadtuiError
from leadtui.services import drafts, leads
from leadtui.services.leads import NOTE_DRAFT
from leadtui.tui.actions.in_hand import LeadInHand
from leadtui.tui.screens.note_dialog import NoteDialog


class NoteAction(LeadInHand):
    """Gives a screen the action `note`."""

    def action_note(self) -> None:
        """Write a note about the lead in hand."""
        if not self.nobody_in_hand():
            self.prepare_note(self.begin(), cast("int", self.lead_in_hand))

    @work(thread=True, group="dialogs", exclusive=True, description="read what the note dialog shows")
    def prepare_note(self, number: int, lead_id: int) -> None:
        try:
            opened = leads.open_lead(self.desk, lead_id)
            draft = drafts.find_draft(self.desk, NOTE_DRAFT, lead_id)
        except LeadtuiError as error:
            self.post_message(self.Prepared(number, partial(self.tell_refusal, error)))
            return
        text = draft.content.get(NOTE_DRAFT, "") if draft else ""
        self.post_message(self.Prepared(number, partial(self._open_note, opened.lead, text)))

    def _open_note(self, lead: Lead, text: str, reason: str = "") -> None:
        def keep(typed: str) -> None:
            self.keep_draft(NOTE_DRAFT, lead.id, {NOTE_DRAFT: typed} if typed.strip() else {})

        def take(note: str | None) -> None:
            if note is not None:
                self._save_note(lead, note)
            else:
                self.leave_draft(NOTE_DRAFT, lead.id)

        self.push_dialog(NoteDialog(lead, text, reason, keep), take)

    def _save_note(self, lead: Lead, note: str) -> None:
        self.leadtui.writer.write(
            partial(leads.add_note, self.desk, lead.id, note),
            lambda lead: self.lead_saved(lead.id, worked=False),
            # The draft may be what could not be written, so the text goes back by hand.
            lambda error: self._open_note(lead, note, str(error)),
        )
