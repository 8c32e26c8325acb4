"""Making one customer of the one in hand and another."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import cast

from textual import work

from leadtui.domain.difference import Side
from leadtui.domain.lead import Lead
from leadtui.errors import Conflict, LeadtuiError
from leadtui.language.text import brief
from leadtui.language.translate import _
from leadtui.services import lead_merge, leads
from leadtui.services.drafts import MERGE_DRAFT, Draft
from leadtui.services.lead_merge import Candidate, Comparison
from leadtui.services.session import Interruption
from leadtui.tui.actions.in_hand import LeadInHand, TakenUp
from leadtui.tui.dialogs.merge_dialogs import MergeDialog, MergeWithDialog, choices_of


class MergeAction(LeadInHand):
    """Gives a screen the action `merge_customer`."""

    def action_merge_customer(self) -> None:
        """Find the same person among the other customers, and merge the two."""
        if not self.nobody_in_hand():
            self._prepare_merge(self.begin(), cast("int", self.lead_in_hand))

    def taken_up(self) -> dict[str, TakenUp]:
        """The two, and whose values stay."""

        def resume(draft: Draft) -> None:
            kept_id, (lost_id,) = cast("int", draft.lead_id), draft.other_lead_ids
            self._compare(self.begin(), kept_id, lost_id, choices_of(draft.content), "")

        return {**super().taken_up(), MERGE_DRAFT: TakenUp(_("merge"), resume)}

    @work(thread=True, group="dialogs", exclusive=True, description="look for the same person")
    def _prepare_merge(self, number: int, lead_id: int) -> None:
        try:
            lead = leads.open_lead(self.session, lead_id).lead
            proposed = lead_merge.candidates(self.session, lead_id)
        except LeadtuiError as error:
            self.post_message(self.Prepared(number, partial(self.tell_refusal, error)))
        else:
            self.post_message(self.Prepared(number, partial(self._choose_other, lead, proposed)))

    def _choose_other(self, lead: Lead, proposed: tuple[Candidate, ...]) -> None:
        def search(typed: str, interruption: Interruption) -> tuple[Candidate, ...]:
            return lead_merge.candidates(self.session, lead.id, typed, interruption)

        def take(other_id: int | None) -> None:
            if other_id is not None:
                self._compare(self.begin(), lead.id, other_id, {}, "")

        self.push_dialog(MergeWithDialog(lead, proposed, search, self.formatter), take)

    @work(thread=True, group="dialogs", exclusive=True, description="compare two customers")
    def _compare(
        self, number: int, kept_id: int, lost_id: int, chosen: Mapping[str, Side], reason: str
    ) -> None:
        try:
            comparison = lead_merge.compare(self.session, kept_id, lost_id)
        except LeadtuiError as error:
            self.post_message(self.Prepared(number, partial(self._not_compared, kept_id, error)))
        else:
            self.post_message(self.Prepared(number, partial(self._choose_values, comparison, chosen, reason)))

    def _not_compared(self, kept_id: int, error: LeadtuiError) -> None:
        self.keep_draft(MERGE_DRAFT, kept_id, {})
        self.tell_refusal(error)

    def _choose_values(self, comparison: Comparison, chosen: Mapping[str, Side], reason: str) -> None:
        def take(choices: Mapping[str, Side] | None) -> None:
            if choices is not None:
                self._merge(comparison, choices)
            else:
                self.keep_draft(MERGE_DRAFT, comparison.kept.id, {})

        keep = self.keeper(MERGE_DRAFT, comparison.kept.id)
        self.push_dialog(MergeDialog(self.session, comparison, self.formatter, chosen, reason, keep), take)

    def _merge(self, comparison: Comparison, choices: Mapping[str, Side]) -> None:
        kept, lost = comparison.kept, comparison.lost
        self.leadtui.hold_keys()

        def merged(lead: Lead) -> None:
            words = _("{lost} and {kept} are one customer now; u takes it back.")
            names = [brief(each.name, 30) or _("no name") for each in (lost, kept)]
            self.app.notify(words.format(lost=names[0], kept=names[1]), markup=False, timeout=6)
            self.lead_saved(lead.id, worked=False)
            self.leadtui.open_lead(lead.id)
            self.leadtui.free_keys()

        def refused(error: LeadtuiError) -> None:
            if isinstance(error, Conflict):
                # What was chosen stays chosen, beside what the two say by now.
                self._compare(self.begin(), kept.id, lost.id, choices, str(error))
            else:
                self.tell_refusal(error)

        self.leadtui.writer.write(
            partial(lead_merge.merge, self.session, kept.id, lost.id, (kept.version, lost.version), choices),
            merged,
            refused,
        )
