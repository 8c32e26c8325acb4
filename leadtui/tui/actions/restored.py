"""The desk as it was left: it opens so again, and what changes is kept after a moment, so that a kill loses little."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from leadtui.domain.view import SavedView
from leadtui.errors import LeadtuiError
from leadtui.services import views
from leadtui.services.desk_states import DeskState, load_state, save_state
from leadtui.services.session import Session
from leadtui.tui.actions.tables import TableActions
from leadtui.tui.widgets.cartable_pane import CartablePane
from leadtui.tui.widgets.leads_pane import LeadsPane

KEPT_AFTER = 4.0
"""Seconds between two looks at whether there is something to keep: few writes, for many people at one store too."""


def state_left(session: Session) -> tuple[DeskState, SavedView | None]:
    """How the person left the desk, and the saved view that was shown; a new desk where that cannot be read."""
    try:
        state = load_state(session)
        saved = next((each for each in views.list_views(session) if each.id == state.view_id), None)
    except LeadtuiError:
        return DeskState(), None
    return state, saved


class RestoredDesk(TableActions):
    """Gives the desk its state back. The desk sets `left` before it is opened."""

    left: DeskState = DeskState()
    """How the desk was left; without a customer once that one is open again."""

    _kept = DeskState()
    _panes: tuple[LeadsPane, CartablePane] | None = None

    @property
    def shown_lead(self) -> int | None:
        """The open customer."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Show the side that was shown, and look from time to time for something to keep."""
        self._kept = self.left
        self._panes = (self.customers, self.cartable)
        self.set_class(self.left.zoomed, "-zoomed")
        if self.left.cartable_side is False:
            self.set_focus(
                self.customers.table
            )  # at once, before the screen focuses what it usually begins with
        self.set_interval(KEPT_AFTER, self.keep_state)

    def on_unmount(self) -> None:
        """However the program ends, short of being killed: keep the last of it."""
        self.keep_state()

    def take_up(self, *, cartable: bool) -> bool | None:
        """Put the cursor on the customer that was open, now that a table has come; None while the other one is awaited.

        False where that customer is not in the table any more.
        """
        lead_id = self.left.lead_id
        if lead_id is None:
            return False
        found = self.table_in_hand.move_cursor(id=lead_id)
        if not found and cartable != self.has_class("-cartable-side"):
            return None
        self.left = replace(self.left, lead_id=None)
        return found

    def keep_state(self) -> None:
        """Keep how the desk is, where it is otherwise than was kept last."""
        if self.shown_lead is None or self._panes is None:
            return  # nothing has been read yet, so nothing was chosen
        customers, cartable = self._panes
        arrangement, saved = customers.arrangement, customers.saved
        if saved is None or saved.arrangement.view.find != arrangement.view.find:
            # What is being found was for one customer.
            arrangement = replace(arrangement, view=replace(arrangement.view, find=""))
        state = DeskState(
            arrangement=arrangement,
            view_id=saved.id if saved else None,
            cartable_side=self.has_class("-cartable-side"),
            zoomed=self.has_class("-zoomed"),
            part=cartable.part,
            lead_id=self.shown_lead,
        )
        if state != self._kept:
            self._kept = state
            self.leadtui.writer.write(
                partial(save_state, self.session, state),
                refused=lambda error: self.leadtui.tell_trouble(str(error)),
            )
