"""Forbidding to ring the lead in hand, and allowing it again."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import cast

from leadtui.domain.lead import Lead
from leadtui.domain.permission import Permission
from leadtui.language.translate import _
from leadtui.services import do_not_call
from leadtui.services.drafts import DO_NOT_CALL_DRAFT
from leadtui.services.leads import OpenLead
from leadtui.tui.actions.in_hand import LeadInHand, TakenUp
from leadtui.tui.dialogs.do_not_call_dialog import CallRefused, DoNotCallDialog, reason_of


class DoNotCallAction(LeadInHand):
    """Gives a screen the action `do_not_call`."""

    def action_do_not_call(self) -> None:
        """Forbid to ring the lead in hand, or allow it again."""
        if not self.nobody_in_hand():
            self._prepare_do_not_call(cast("int", self.lead_in_hand))

    def taken_up(self) -> dict[str, TakenUp]:
        """The reason."""
        why = TakenUp(_("do not call"), lambda draft: self._prepare_do_not_call(cast("int", draft.lead_id)))
        return {**super().taken_up(), DO_NOT_CALL_DRAFT: why}

    def _prepare_do_not_call(self, lead_id: int) -> None:
        self.prepare_kept(self.begin(), lead_id, DO_NOT_CALL_DRAFT, self._open_do_not_call)

    def refuse_call(self, opened: OpenLead) -> None:
        """Say why the customer must not be rung, and what can be done."""

        def take(wanted: bool | None) -> None:
            if wanted:
                self._prepare_do_not_call(opened.lead.id)

        self.push_dialog(CallRefused(self.session, opened.lead, opened.bans), take)

    def _open_do_not_call(self, opened: OpenLead, draft: Mapping[str, str]) -> None:
        may = self.session.actor.may
        if opened.bans and not may(Permission.ALLOW_CALLS):
            self.refuse_call(opened)
        elif not opened.bans and not opened.lead.numbers:
            self.leadtui.drop_keys()
            self.app.notify(
                _("This customer has no number that could be forbidden."), severity="warning", markup=False
            )
        else:
            self._ask_why(opened, reason_of(draft, opened.bans))

    def _ask_why(self, opened: OpenLead, typed: str = "", reason: str = "") -> None:
        def take(why: str | None) -> None:
            if why is not None:
                self._save_do_not_call(opened, why)
            else:
                self.leave_draft(DO_NOT_CALL_DRAFT, opened.lead.id)

        keep = partial(self.keep_draft, DO_NOT_CALL_DRAFT, opened.lead.id)
        self.push_dialog(DoNotCallDialog(self.session, opened.lead, opened.bans, typed, reason, keep), take)

    def _save_do_not_call(self, opened: OpenLead, why: str) -> None:
        change = do_not_call.allow if opened.bans else do_not_call.forbid

        def saved(lead: Lead) -> None:
            words = (
                _("{name} must not be called any more.") if lead.do_not_call else _("{name} may be called.")
            )
            shown = lead.name or self.formatter.phone(lead.phone)
            self.app.notify(words.format(name=shown), markup=False)
            self.lead_saved(lead.id, worked=False)

        self.leadtui.writer.write(
            partial(change, self.session, opened.lead.id, why),
            saved,
            lambda error: self._ask_why(opened, why, str(error)),
        )
