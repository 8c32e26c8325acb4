"""Ringing the lead in hand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import cast

from leadtui.domain.lead import Lead
from leadtui.errors import LeadtuiError
from leadtui.language.translate import _
from leadtui.services import leads
from leadtui.services.drafts import Draft
from leadtui.services.leads import CALL_DRAFT, OpenLead
from leadtui.tui.actions.do_not_call import DoNotCallAction
from leadtui.tui.actions.in_hand import TakenUp
from leadtui.tui.actions.status import Again, StatusAction
from leadtui.tui.dialogs.call_dialog import CallDialog, CallEnded


class CallAction(DoNotCallAction, StatusAction):
    """Gives a screen the actions `call` and `do_not_call`."""

    def action_call(self) -> None:
        """Ring the lead in hand."""
        if not self.nobody_in_hand():
            self.prepare(self.begin(), cast("int", self.lead_in_hand), self._open_call)

    def taken_up(self) -> dict[str, TakenUp]:
        """The call, which goes on without the program."""

        def resume(draft: Draft) -> None:
            go_on = partial(self._open_call, kept=draft.content)
            self.prepare(self.begin(), cast("int", draft.lead_id), go_on)

        return {**super().taken_up(), CALL_DRAFT: TakenUp(_("call"), resume)}

    def _open_call(self, opened: OpenLead, kept: Mapping[str, str] | None = None) -> None:
        if opened.bans:
            self.refuse_call(opened)
            return
        if opened.lead.numbers_hidden:
            self.tell_refusal(leads.numbers_hidden(opened.lead))
            return
        if not opened.lead.numbers:
            self.leadtui.drop_keys()
            self.app.notify(_("This customer has no number to ring."), severity="warning", markup=False)
            return

        def take(ended: CallEnded | None) -> None:
            if ended is not None:
                self._log_call(opened.lead.id, ended)
            else:
                self.keep_draft(CALL_DRAFT, opened.lead.id, {})

        keep = partial(self.keep_draft, CALL_DRAFT, opened.lead.id)
        self.push_dialog(CallDialog(self.session, opened.lead, self.leadtui.settings.dial, keep, kept), take)

    def _log_call(self, lead_id: int, ended: CallEnded) -> None:
        minutes, seconds = divmod(ended.seconds, 60)
        called_for = _("the call took {time}").format(time=f"{minutes}:{seconds:02}")

        self.leadtui.hold_keys()

        def logged(_lead: Lead) -> None:
            self.leadtui.look_again()
            self.prepare_status(self.begin(), lead_id, Again(), called_for)

        def refused(error: LeadtuiError) -> None:
            self.keep_draft(CALL_DRAFT, lead_id, {})
            # What came of the call is worth keeping also where the call itself could not be noted.
            self.prepare_status(self.begin(), lead_id, Again(reason=str(error)), called_for)

        self.leadtui.writer.write(
            partial(leads.log_call, self.session, lead_id, ended.number, ended.started_at, ended.seconds),
            logged,
            refused,
        )
