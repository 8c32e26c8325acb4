"""Going on a break and coming back from it."""

from __future__ import annotations

from functools import partial

from leadtui.language.translate import _
from leadtui.services import presence
from leadtui.tui.actions.desk import Desk


async def toggle_break(desk: Desk) -> None:
    """Go on a break: nothing is given to the person by a rule, reminders wait, and colleagues see it. Again: back at work."""
    going = desk.program.break_at is None
    await desk.actions.write(partial(presence.set_break, desk.session, on_break=going))
    if going:
        key = desk.program.key_of("break")
        desk.tell(
            _("You are on a break: reminders wait, and no rule gives you customers. {key} ends it.").format(
                key=key
            )
        )
    else:
        desk.tell(_("You are back at work."))
    desk.program.look_again()
