"""Erasing the lead in hand for good."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import cast

from leadtui.errors import Invalid, LeadtuiError
from leadtui.language.translate import _, ngettext, show_number
from leadtui.services import erasing
from leadtui.services.erasing import Erased
from leadtui.services.leads import OpenLead
from leadtui.tui.actions.in_hand import LeadInHand
from leadtui.tui.screens.erase_dialog import EraseDialog, EraseWish


class EraseAction(LeadInHand):
    """Gives a screen the action `erase`."""

    def action_erase(self) -> None:
        """Erase the lead in hand, once the person has said why and typed who it is."""
        if not self.nobody_in_hand():
            self.prepare(self.begin(), cast("int", self.lead_in_hand), self._open_erase)

    def _open_erase(self, opened: OpenLead) -> None:
        lead = opened.lead
        self.ask_to_erase(
            lead.name or self.presenter.phone(lead.phone) or str(lead.id),
            erasing.to_confirm(lead),
            lambda wish: erasing.erase(self.desk, lead.id, wish.reason, wish.confirmation),
        )

    def ask_to_erase(
        self,
        whom: str,
        to_confirm: str,
        erase: Callable[[EraseWish], Erased],
        wish: EraseWish | None = None,
        problem: LeadtuiError | None = None,
    ) -> None:
        """Ask why and for the confirmation, then erase; a refusal brings the dialog back as it was."""

        def take(wanted: EraseWish | None) -> None:
            if wanted is not None:
                again = partial(self.ask_to_erase, whom, to_confirm, erase, wanted)
                self.leadtui.writer.write(lambda: erase(wanted), self._erased, again)

        field = problem.field if isinstance(problem, Invalid) else ""
        dialog = EraseDialog(whom, to_confirm, wish, str(problem) if problem else "", field)
        self.push_dialog(dialog, take)

    def _erased(self, erased: Erased) -> None:
        count = show_number(erased.count, self.desk.language)
        words = [
            ngettext("{n} customer was erased.", "{n} customers were erased.", erased.count).format(n=count)
        ]
        if not erased.complete:
            words.append(_("The file's log still holds traces; they go when the other terminals are closed."))
        self.app.notify(" ".join(words), markup=False)
        self.leadtui.look_again()
