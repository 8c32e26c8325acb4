"""Working beside colleagues: who has a customer open, what they gave me, the next that none of them has."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import getters

from leadtui.language.translate import _
from leadtui.services.given import Given
from leadtui.tui.actions.tables import TableActions
from leadtui.tui.widgets.lead_panel import LeadPanel
from leadtui.tui.widgets.top_bar import TopBar


class Together(TableActions):
    """Gives the desk the actions `given_lead` and `next_free`, and shows what comes from colleagues."""

    panel = getters.query_one(LeadPanel)

    def open_lead(self, lead_id: int) -> None:
        """Open a customer, wherever it stands in the tables."""
        raise NotImplementedError

    # What comes from colleagues

    def show_company(self) -> None:
        """Say beside the open customer who else has it open."""
        opened = self.panel.opened
        words = self.leadtui.company_words(opened.lead.id if opened else None)
        if words != self.panel.company:
            self.panel.company = words
            self.panel.redraw()

    def show_given(self, given: tuple[Given, ...]) -> None:
        """Mark in the cartable, and count at the top, what others gave to the person."""
        self.query_one(TopBar).given = len(given)
        self.cartable.mark_given(frozenset(each.lead_id for each in given))

    def warn_of_company(self) -> None:
        """Tell that somebody else has the open customer open, as when one goes on to it by a key."""
        words = self.leadtui.company_words(self.lead_in_hand)
        if words:
            self.app.notify(_("{words}.").format(words=words), severity="warning", markup=False)

    # Actions

    def action_given_lead(self) -> None:
        """Open a customer that was given to me and that I have not looked at; again: the one before it."""
        ids = [each.lead_id for each in self.leadtui.given]
        open_id = self.lead_in_hand
        place = ids.index(open_id) if open_id in ids else -1
        if not ids:
            words = _("Nobody has given you a customer that you have not looked at.")
            self.app.notify(words, markup=False)
        elif ids == [open_id]:
            self.app.notify(_("This is the only one that is new to you."), markup=False)
        else:
            self.show_side(cartable=True)
            self.open_lead(ids[(place + 1) % len(ids)])

    def action_next_free(self) -> None:
        """Open the next customer down the table of all customers that nobody else works on."""
        self.leadtui.hold_keys()
        arrived = self.show_side(cartable=False)
        table = self.customers.table
        at = table.cursor_index or 0
        # The bottom is followed by the top; the customer that one has in hand already comes last.
        self.take_next(table.ids_from(at if arrived else at + 1), self._tell_none_free)

    def take_next(self, candidates: Sequence[int], none_free: Callable[[], None]) -> None:
        """Open the first of the customers that is free; keys that are held wait for it."""

        def taken(lead_id: int | None) -> None:
            if lead_id is None:
                none_free()
            else:
                self.open_lead(lead_id)
                self.leadtui.free_keys()

        self.leadtui.take_next(candidates, taken, self.tell_refusal)

    def _tell_none_free(self) -> None:
        self.leadtui.drop_keys()
        self.app.notify(_("Nobody in this list is free: they are closed, or colleagues have them open."))
