"""How a program with screens leaves: when it is asked to, and when its terminal vanishes."""

from __future__ import annotations

import asyncio
import errno
import signal
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from typing import Any

from leadtui.stopping import exit_code_of, when_asked_to_end
from leadtui.tui.terminal_app import TerminalApp

LOOK_EVERY = 1.0
"""Seconds between two looks whether the terminal is still there."""

if sys.platform != "win32":
    import termios

_HANGUP = getattr(signal, "SIGHUP", signal.SIGTERM)


@contextmanager
def leaving_when_asked(app: TerminalApp[Any]) -> Generator[Callable[[], None]]:
    """Gives what runs `app`. Asked to end, or without its terminal, it leaves as the person would: what was typed until then
    has come, drafts and presence are right.

    In the whole block the program does not end otherwise, so that what follows the leaving is done too.
    """
    runner = asyncio.Runner()
    loop = runner.get_loop()

    tasks: list[asyncio.Task[None]] = []  # which the loop itself would let go

    def leave(number: int) -> None:
        with suppress(RuntimeError):  # it has left already
            loop.call_soon_threadsafe(lambda: tasks.append(loop.create_task(take_leave(number))))

    async def take_leave(number: int) -> None:
        await app.take_what_is_typed()
        app.exit(return_code=exit_code_of(number))

    async def leave_without_terminal() -> None:
        while not _has_lost_terminal():
            await asyncio.sleep(LOOK_EVERY)
        leave(_HANGUP)

    def run() -> None:
        with runner:
            tasks.append(loop.create_task(leave_without_terminal()))
            app.run(loop=loop)

    with when_asked_to_end(leave):
        yield run


def _has_lost_terminal() -> bool:
    """Whether the terminal has vanished, if only before anybody could look; where there never was one, none is lost."""
    if sys.platform == "win32":
        return False
    try:
        termios.tcgetattr(0)
    except termios.error as error:
        return error.args[0] == errno.EIO
    return False
