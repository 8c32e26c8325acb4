"""Looking at the desk as somebody of another profile has it."""

from __future__ import annotations

from leadtui.tui.actions.desk import Desk
from leadtui.tui.dialogs.profile_dialogs import SeeAsDialog


async def see_as(desk: Desk) -> None:
    """Ask as whom, and open the desk so; quitting comes back."""
    known = desk.session.definitions
    others = [each for each in known.people if each.active and each.id != desk.session.actor_id]
    whom = await desk.actions.ask(SeeAsDialog(known.profiles, others))
    if whom:
        desk.program.see_as(whom)
