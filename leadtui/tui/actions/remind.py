"""Setting a reminder on the lead in hand."""

from __future__ import annotations

from typing import cast

from leadtui.language.translate import _
from leadtui.services import reminders
from leadtui.services.leads import OpenLead
from leadtui.tui.actions.in_hand import LeadInHand
from leadtui.tui.screens.remind_dialog import RemindDialog, ReminderWish


class RemindAction(LeadInHand):
    """Gives a screen the action `remind`."""

    def action_remind(self) -> None:
        """Set a reminder on the lead in hand."""
        if not self.nobody_in_hand():
            self.prepare(self.begin(), cast("int", self.lead_in_hand), self._open_remind)

    def _open_remind(self, opened: OpenLead, wish: ReminderWish | None = None, reason: str = "") -> None:
        def take(wanted: ReminderWish | None) -> None:
            if wanted is not None:
                self._save_reminder(opened, wanted)

        self.push_dialog(RemindDialog(self.desk, opened.lead, wish, reason), take)

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
