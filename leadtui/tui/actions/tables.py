"""What is done with the two tables of the desk: which side is shown, what is in it, in which order."""

from __future__ import annotations

from textual import getters

from leadtui.domain.cartable import CartablePart
from leadtui.domain.view import ColumnChoice, LeadFilter
from leadtui.tui.actions.in_hand import LeadInHand
from leadtui.tui.dialogs.columns_dialog import ColumnsDialog
from leadtui.tui.dialogs.filter_dialog import FilterDialog
from leadtui.tui.lead_cells import lead_columns
from leadtui.tui.widgets.cartable_pane import CartablePane
from leadtui.tui.widgets.leads_pane import LeadsPane
from leadtui.tui.widgets.record_table import RecordTable


class TableActions(LeadInHand):
    """Gives the desk the commands of its tables."""

    customers = getters.query_one(LeadsPane)
    cartable = getters.query_one(CartablePane)

    @property
    def table_in_hand(self) -> RecordTable:
        """The table whose side is shown, or has the focus."""
        return self.cartable.table if self.has_class("-cartable-side") else self.customers.table

    def show_side(self, *, cartable: bool) -> bool:
        """Show a side and focus its table; returns whether it was the other one before."""
        raise NotImplementedError

    def action_other_side(self) -> None:
        """Go to the other table."""
        self.show_side(cartable=not self.has_class("-cartable-side"))

    def action_filter(self) -> None:
        """Choose which customers are shown."""

        def take(chosen: LeadFilter | None) -> None:
            if chosen is not None:
                self.customers.filter_by(chosen)

        self.show_side(cartable=False)
        self.app.push_screen(FilterDialog(self.session, self.customers.view.filter), take)

    def action_columns(self) -> None:
        """Choose the columns of all customers; the table shows it while one chooses."""
        pane = self.customers

        def take(chosen: tuple[ColumnChoice, ...] | None) -> None:
            if chosen is not None:
                pane.show_columns(chosen)

        self.show_side(cartable=False)
        columns = lead_columns(self.formatter)
        dialog = ColumnsDialog(columns, pane.arrangement.columns, pane.show_columns)
        self.app.push_screen(dialog, take)

    def action_sort_before(self) -> None:
        """Sort by the column at the left of the present one."""
        self.customers.sort_beside(-1)

    def action_sort_after(self) -> None:
        """Sort by the column at the right of the present one."""
        self.customers.sort_beside(1)

    def action_reverse(self) -> None:
        """Turn the order round."""
        self.customers.sort_by(self.customers.view.sort)

    def action_columns_before(self) -> None:
        """Bring the columns before into view."""
        self.customers.shift_columns(-1)

    def action_columns_after(self) -> None:
        """Bring hidden columns into view."""
        self.customers.shift_columns(1)

    def action_part_today(self) -> None:
        """Only what is for today."""
        self._show_part(CartablePart.TODAY)

    def action_part_overdue(self) -> None:
        """Only what is overdue."""
        self._show_part(CartablePart.OVERDUE)

    def action_part_upcoming(self) -> None:
        """Only what comes later."""
        self._show_part(CartablePart.UPCOMING)

    def action_part_all(self) -> None:
        """The whole cartable."""
        self._show_part(None)

    def action_zoom(self) -> None:
        """Give the table in hand the whole width, or both their halves."""
        self.toggle_class("-zoomed")

    def _show_part(self, part: CartablePart | None) -> None:
        self.show_side(cartable=True)
        self.cartable.part = None if part is self.cartable.part else part
