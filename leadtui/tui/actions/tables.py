"""What is done with the two tables of the desk: what is in them, which rows are chosen, whom they lead to next."""

from __future__ import annotations

from leadtui.domain.cartable import CartablePart
from leadtui.language.translate import _
from leadtui.tui.action_runner import NotPossible
from leadtui.tui.actions.desk import Desk
from leadtui.tui.dialogs.columns_dialog import ColumnsDialog
from leadtui.tui.dialogs.filter_dialog import FilterDialog
from leadtui.tui.widgets.lead_cells import lead_columns


async def filter_leads(desk: Desk) -> None:
    """Choose which customers are shown."""
    desk.show_side(cartable=False)
    chosen = await desk.actions.ask(FilterDialog(desk.session, desk.customers.view.filter))
    if chosen is not None:
        desk.customers.filter_by(chosen)


async def choose_columns(desk: Desk) -> None:
    """Choose the columns of all customers; the table shows it while one chooses."""
    pane = desk.customers
    desk.show_side(cartable=False)
    columns = lead_columns(desk.formatter)
    chosen = await desk.actions.ask(ColumnsDialog(columns, pane.arrangement.columns, pane.show_columns))
    if chosen is not None:
        pane.show_columns(chosen)


def sort_before(desk: Desk) -> None:
    """Sort by the column at the left of the present one."""
    desk.customers.sort_beside(-1)


def sort_after(desk: Desk) -> None:
    """Sort by the column at the right of the present one."""
    desk.customers.sort_beside(1)


def reverse(desk: Desk) -> None:
    """Turn the order round."""
    desk.customers.sort_by(desk.customers.view.sort)


def columns_before(desk: Desk) -> None:
    """Bring the columns before into view."""
    desk.customers.shift_columns(-1)


def columns_after(desk: Desk) -> None:
    """Bring hidden columns into view."""
    desk.customers.shift_columns(1)


def show_today(desk: Desk) -> None:
    """Only what is for today."""
    _show_part(desk, CartablePart.TODAY)


def show_overdue(desk: Desk) -> None:
    """Only what is overdue."""
    _show_part(desk, CartablePart.OVERDUE)


def show_upcoming(desk: Desk) -> None:
    """Only what comes later."""
    _show_part(desk, CartablePart.UPCOMING)


def show_never_called(desk: Desk) -> None:
    """Only who was never called."""
    _show_part(desk, CartablePart.NEVER_CALLED)


def show_nothing_planned(desk: Desk) -> None:
    """Only who has no next step."""
    _show_part(desk, CartablePart.NOTHING_PLANNED)


def show_all(desk: Desk) -> None:
    """The whole cartable."""
    _show_part(desk, None)


def next_row(desk: Desk) -> None:
    """Go to the row below, or a line down the timeline where that is scrolled."""
    _move(desk, 1)


def previous_row(desk: Desk) -> None:
    """Go to the row above, or a line up the timeline where that is scrolled."""
    _move(desk, -1)


def choose(desk: Desk) -> None:
    """Choose the row under the cursor, or leave it out."""
    if desk.current_table.has_focus:
        desk.current_table.toggle_chosen()


def choose_all(desk: Desk) -> None:
    """Choose all that the table shows."""
    desk.current_table.choose_all()


def open_given(desk: Desk) -> None:
    """Open a lead that was given to me and that I have not looked at; again: the one before it."""
    ids = [each.lead_id for each in desk.program.given]
    open_id = desk.current_lead
    place = ids.index(open_id) if open_id in ids else -1
    if not ids:
        desk.tell(_("Nobody has given you a customer that you have not looked at."))
    elif ids == [open_id]:
        desk.tell(_("This is the only one that is new to you."))
    else:
        desk.show_side(cartable=True)
        desk.open_lead(ids[(place + 1) % len(ids)])


async def open_next_free(desk: Desk) -> None:
    """Open the next lead down the table of all customers that nobody else works on."""
    if not desk.go_past():
        return
    arrived = desk.show_side(cartable=False)
    table = desk.customers.table
    at = table.cursor_index or 0
    # The bottom is followed by the top; the lead that one has open already comes last.
    lead_id = await desk.program.take_next(table.ids_from(at if arrived else at + 1))
    if lead_id is None:
        raise NotPossible(_("Nobody in this list is free: they are closed, or colleagues have them open."))
    desk.open_lead(lead_id)


def _show_part(desk: Desk, part: CartablePart | None) -> None:
    desk.show_side(cartable=True)
    desk.cartable.part = None if part is desk.cartable.part else part


def _move(desk: Desk, rows: int) -> None:
    if desk.panel.has_focus:
        desk.panel.scroll_relative(y=rows, animate=False)
    else:
        desk.current_table.action_move(rows)
