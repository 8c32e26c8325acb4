"""Showing the made-up desk from a real one, whose terminal it has meanwhile."""

from __future__ import annotations

import subprocess
import sys

from leadtui.language.translate import _
from leadtui.tui.actions.desk import Desk


async def show_demo(desk: Desk) -> None:
    """Give the terminal to `leadtui demo` until it is quit; where that cannot be, say how it is opened."""
    command = (sys.executable, "-m", "leadtui", "--language", desk.session.language, "demo")
    if not await desk.program.lend_terminal(lambda: subprocess.run(command, check=False)):
        desk.tell(_("`leadtui demo` opens it in another terminal."))
