"""Erasing the lead in hand for good."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import cast

from leadtui.errors import Invalid, LeadtuiError
from leadtui.language.translate import _, ngettext, show_number
from leadtui.services import erasing
from leadtui.services.drafts import ERASE_DRAFT, Draft
from leadtui.services.erasing import Erased
from leadtui.services.leads import OpenLead
from leadtui.tui.actions.in_hand import LeadInHand, TakenUp
from leadtui.tui.dialogs.erase_dialog import EraseDialog, EraseWish, wish_of


class EraseAction(LeadInHand):
    """Gives a screen the action `erase`."""

    def action_erase(self) -> None:
        """Erase the lead in hand, once the person has said why and typed who it is."""
        if not self.nobody_in_hand():
            self._prepare_erase(cast("int", self.lead_in_hand))

    def taken_up(self) -> dict[str, TakenUp]:
        """The reason; of several customers, too."""

        def resume(draft: Draft) -> None:
            if draft.lead_id is None:
                self.erase_several(draft.other_lead_ids, wish_of(draft.content))
            else:
                self._prepare_erase(draft.lead_id)

        why = TakenUp(_("erasing"), resume, self.name_several)
        return {**super().taken_up(), ERASE_DRAFT: why}

    def name_several(self, draft: Draft) -> str:
        """How many customers a draft is about."""
        raise NotImplementedError

    def erase_several(self, lead_ids: Sequence[int], wish: EraseWish | None = None) -> None:
        """Ask why and for the confirmation for several customers; `wish` was typed before."""
        raise NotImplementedError

    def _prepare_erase(self, lead_id: int) -> None:
        self.prepare_kept(self.begin(), lead_id, ERASE_DRAFT, self._open_erase)

    def _open_erase(self, opened: OpenLead, draft: Mapping[str, str]) -> None:
        lead = opened.lead
        self.ask_to_erase(
            lead.name or self.formatter.phone(lead.phone) or str(lead.id),
            erasing.to_confirm(lead),
            lambda wish: erasing.erase(self.session, lead.id, wish.reason, wish.confirmation),
            wish_of(draft),
            lead_id=lead.id,
        )

    def ask_to_erase(
        self,
        whom: str,
        to_confirm: str,
        erase: Callable[[EraseWish], Erased],
        wish: EraseWish | None = None,
        problem: LeadtuiError | None = None,
        *,
        lead_id: int | None = None,
        lead_ids: Sequence[int] = (),
    ) -> None:
        """Ask why and for the confirmation, then erase; a refusal brings the dialog back as it was.

        The draft is about the one customer or the several.
        """

        def take(wanted: EraseWish | None) -> None:
            if wanted is not None:
                again = partial(
                    self.ask_to_erase, whom, to_confirm, erase, wanted, lead_id=lead_id, lead_ids=lead_ids
                )
                self.leadtui.writer.write(lambda: erase(wanted), self._erased, again)
            else:
                self.leave_draft(ERASE_DRAFT, lead_id)

        field = problem.field if isinstance(problem, Invalid) else ""
        keep = self.keeper(ERASE_DRAFT, lead_id, lead_ids)
        dialog = EraseDialog(whom, to_confirm, wish, str(problem) if problem else "", field, keep)
        self.push_dialog(dialog, take)

    def _erased(self, erased: Erased) -> None:
        count = show_number(erased.count, self.session.language)
        words = [
            ngettext("{n} customer was erased.", "{n} customers were erased.", erased.count).format(n=count)
        ]
        if not erased.complete:
            words.append(_("The file's log still holds traces; they go when the other terminals are closed."))
        self.app.notify(" ".join(words), markup=False)
        self.leadtui.look_again()
