"""Working beside colleagues: what they gave me, and the next lead that none of them has open."""

from __future__ import annotations

from leadtui.language.translate import _
from leadtui.tui.action_runner import NotPossible
from leadtui.tui.actions.desk import Desk


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
    arrived = desk.show_side(cartable=False)
    table = desk.customers.table
    at = table.cursor_index or 0
    # The bottom is followed by the top; the lead that one has open already comes last.
    lead_id = await desk.program.take_next(table.ids_from(at if arrived else at + 1))
    if lead_id is None:
        raise NotPossible(_("Nobody in this list is free: they are closed, or colleagues have them open."))
    desk.open_lead(lead_id)
