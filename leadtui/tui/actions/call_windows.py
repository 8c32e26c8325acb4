"""Ringing, and setting reminders, within the call windows: outside of them the person is asked first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TypeVar

from leadtui.language.translate import _
from leadtui.services import reminders
from leadtui.services.call_windows import NotInWindow, outside_now
from leadtui.services.leads import OpenLead
from leadtui.tui.action_runner import ActionRunner
from leadtui.tui.actions.desk import Desk
from leadtui.tui.dialogs.window_dialog import InWindow, WindowDialog

Result = TypeVar("Result")


async def may_ring(desk: Desk, opened: OpenLead) -> bool:
    """Whether the lead is rung now; where it is not the hour the person says so, or is reminded when it is."""
    outside = outside_now(desk.session, opened.lead)
    if outside is None:
        return True
    decided = await desk.actions.ask(WindowDialog(outside, ringing=True))
    opens = outside.outside.opens
    if decided is InWindow.LATER and opens is not None:
        set_ = partial(reminders.set_reminder, desk.session, opened.lead.id, opens, asked=True)
        await desk.actions.write(set_)
        desk.tell(_("You will be reminded {when}.").format(when=desk.formatter.moment(opens)))
        await desk.lead_saved(opened.lead.id)
    return decided is InWindow.ANYWAY


async def write_in_window(
    actions: ActionRunner,
    write: Callable[[datetime, bool], Result],
    due: datetime,
    *,
    repeats: bool = False,
) -> tuple[Result, datetime]:
    """Write with the moment that was said, or the one that the person then takes; what came of it, and which it was.

    `write` is told the moment, of what `repeats` the first, and whether the person was asked about it. Raises as it does:
    NotInWindow where they go back.
    """
    try:
        return await actions.write(partial(write, due, False)), due
    except NotInWindow as outside:
        decided = await actions.ask(WindowDialog(outside, ringing=False, repeats=repeats))
        if decided is None:
            raise
        opens = outside.outside.opens
        agreed = opens if decided is InWindow.LATER and opens is not None else due
    return await actions.write(partial(write, agreed, True)), agreed
