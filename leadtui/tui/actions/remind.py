"""Setting a reminder on the lead in hand."""

from __future__ import annotations

from functools import partial
from typing import cast

from textual import work

from leadtui.errors import LeadtuiError
from leadtui.language.translate import _
from leadtui.services import drafts, leads, reminders
from leadtui.services.leads import OpenLead
from leadtui.services.reminders import REMIND_DRAFT
from leadtui.tui.actions.in_hand import LeadInHand
from leadtui.tui.screens.remind_dialog import RemindDialog, ReminderWish, wish_of


class RemindAction(LeadInHand):
    """Gives a screen the action `remind`."""

    def action_remind(self) -> None:
        """Set a reminder on the lead in hand."""
        if not self.nobody_in_hand():
            self.prepare_remind(self.begin(), cast("int", self.lead_in_hand))

    @work(
        thread=True, group="dialogs", exclusive=True, description="read what the dialog of a reminder shows"
    )
    def prepare_remind(self, number: int, lead_id: int) -> None:
        try:
            opened = leads.open_lead(self.desk, lead_id)
            draft = drafts.find_draft(self.desk, REMIND_DRAFT, lead_id)
        except LeadtuiError as error:
            self.post_message(self.Prepared(number, partial(self.tell_refusal, error)))
            return
        wish = None if draft is None else wish_of(draft.content, self.desk.now())
        self.post_message(self.Prepared(number, partial(self._open_remind, opened, wish)))

    def _open_remind(self, opened: OpenLead, wish: ReminderWish | None = None, reason: str = "") -> None:
        def take(wanted: ReminderWish | None) -> None:
            if wanted is not None:
                self._save_reminder(opened, wanted)
            else:
                self.leave_draft(REMIND_DRAFT, opened.lead.id)

        keep = partial(self.keep_draft, REMIND_DRAFT, opened.lead.id)
        self.push_dialog(RemindDialog(self.desk, opened.lead, wish, reason, keep=keep), take)

    def _save_reminder(self, opened: OpenLead, wanted: ReminderWish) -> None:
        lead_id = opened.lead.id

        def saved(_id: int) -> None:
            when = self.presenter.moment(wanted.due, self.desk.now())
            self.app.notify(_("You will be reminded {when}.").format(when=when), markup=False)
            self.lead_saved(lead_id, worked=False)

        self.leadtui.writer.write(
            lambda: reminders.set_reminder(
                self.desk, lead_id, wanted.due, wanted.note, promised=wanted.promised
            ),
            saved,
            lambda error: self._open_remind(opened, wanted, str(error)),
        )
