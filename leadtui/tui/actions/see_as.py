"""Looking at the desk as somebody of another profile has it."""

from __future__ import annotations

from leadtui.tui.actions.desk import Desk
from leadtui.tui.dialogs.profile_dialogs import SeeAsDialog


async def see_as(desk: Desk) -> None:
    """Ask as whom, and open the desk so; quitting comes back."""
    profile = await desk.actions.ask(SeeAsDialog(desk.session.definitions.profiles))
    if profile:
        desk.program.see_as(profile)
