"""Setting a reminder on the lead in hand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import cast

from leadtui.language.translate import _
from leadtui.services import reminders
from leadtui.services.leads import OpenLead
from leadtui.services.reminders import REMIND_DRAFT
from leadtui.tui.actions.in_hand import LeadInHand, TakenUp
from leadtui.tui.dialogs.remind_dialog import RemindDialog, ReminderWish, wish_of


class RemindAction(LeadInHand):
    """Gives a screen the action `remind`."""

    def action_remind(self) -> None:
        """Set a reminder on the lead in hand."""
        if not self.nobody_in_hand():
            self._prepare_remind(cast("int", self.lead_in_hand))

    def taken_up(self) -> dict[str, TakenUp]:
        """The reminder."""
        reminder = TakenUp(_("reminder"), lambda draft: self._prepare_remind(cast("int", draft.lead_id)))
        return {**super().taken_up(), REMIND_DRAFT: reminder}

    def _prepare_remind(self, lead_id: int) -> None:
        def go_on(opened: OpenLead, draft: Mapping[str, str]) -> None:
            self._open_remind(opened, wish_of(draft, self.session.now()) if draft else None)

        self.prepare_kept(self.begin(), lead_id, REMIND_DRAFT, go_on)

    def _open_remind(self, opened: OpenLead, wish: ReminderWish | None = None, reason: str = "") -> None:
        def take(wanted: ReminderWish | None) -> None:
            if wanted is not None:
                self._save_reminder(opened, wanted)
            else:
                self.leave_draft(REMIND_DRAFT, opened.lead.id)

        keep = partial(self.keep_draft, REMIND_DRAFT, opened.lead.id)
        self.push_dialog(RemindDialog(self.session, opened.lead, wish, reason, keep=keep), take)

    def _save_reminder(self, opened: OpenLead, wanted: ReminderWish) -> None:
        lead_id = opened.lead.id

        def saved(_id: int) -> None:
            when = self.formatter.moment(wanted.due)
            self.app.notify(_("You will be reminded {when}.").format(when=when), markup=False)
            self.lead_saved(lead_id, worked=False)

        self.leadtui.writer.write(
            lambda: reminders.set_reminder(
                self.session, lead_id, wanted.due, wanted.note, promised=wanted.promised
            ),
            saved,
            lambda error: self._open_remind(opened, wanted, str(error)),
        )
