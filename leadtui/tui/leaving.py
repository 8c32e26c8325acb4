"""How a program with screens leaves: when it is asked to, and when its terminal vanishes."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from textual.app import App

from leadtui.stopping import exit_code_of, when_asked_to_end

LOOK_EVERY = 1.0
"""Seconds between two looks whether the terminal is still there."""

_HANGUP = getattr(signal, "SIGHUP", signal.SIGTERM)


@contextmanager
def leaving_when_asked(app: App[Any]) -> Generator[Callable[[], None]]:
    """Gives what runs `app`. Asked to end, or without its terminal, it leaves as the person would: drafts and presence are right.

    In the whole block the program does not end otherwise, so that what follows the leaving is done too.
    """
    runner = asyncio.Runner()
    loop = runner.get_loop()

    def leave(number: int) -> None:
        with suppress(RuntimeError):  # it has left already
            loop.call_soon_threadsafe(partial(app.exit, return_code=exit_code_of(number)))

    async def leave_without_terminal() -> None:
        while sys.stdin.isatty():
            await asyncio.sleep(LOOK_EVERY)
        leave(_HANGUP)

    def run() -> None:
        with runner:
            looking = loop.create_task(leave_without_terminal()) if sys.stdin.isatty() else None
            app.run(loop=loop)
            del looking  # which the loop itself would let go

    with when_asked_to_end(leave):
        yield run
