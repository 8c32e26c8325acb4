"""Writing a note about the lead in hand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import cast

from leadtui.domain.lead import Lead
from leadtui.language.translate import _
from leadtui.services import leads
from leadtui.services.leads import NOTE_DRAFT, OpenLead
from leadtui.tui.actions.in_hand import LeadInHand, TakenUp
from leadtui.tui.dialogs.note_dialog import NoteDialog


class NoteAction(LeadInHand):
    """Gives a screen the action `note`."""

    def action_note(self) -> None:
        """Write a note about the lead in hand."""
        if not self.nobody_in_hand():
            self._prepare_note(cast("int", self.lead_in_hand))

    def taken_up(self) -> dict[str, TakenUp]:
        """The note."""
        note = TakenUp(_("note"), lambda draft: self._prepare_note(cast("int", draft.lead_id)))
        return {**super().taken_up(), NOTE_DRAFT: note}

    def _prepare_note(self, lead_id: int) -> None:
        def go_on(opened: OpenLead, draft: Mapping[str, str]) -> None:
            self._open_note(opened.lead, draft.get(NOTE_DRAFT, ""))

        self.prepare_kept(self.begin(), lead_id, NOTE_DRAFT, go_on)

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
            partial(leads.add_note, self.session, lead.id, note),
            lambda lead: self.lead_saved(lead.id, worked=False),
            # The draft may be what could not be written, so the text goes back by hand.
            lambda error: self._open_note(lead, note, str(error)),
        )
