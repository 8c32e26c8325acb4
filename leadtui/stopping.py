"""Being asked from outside to end: by Ctrl+C, by `kill`, by a session that is closed, by a terminal that vanishes."""

from __future__ import annotations

import _thread
import signal
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)  # Windows has no SIGHUP

_SAME_ASKING = 1.0
"""Seconds within which further signals mean the same: a closed terminal sends one by itself and one by its shell."""


_AGAIN = 0.005
"""Seconds after which one is asked again whose stop was lost."""


class Stopped(KeyboardInterrupt):
    """The program was asked to end; raised wherever it was, so that what is half done is taken back."""

    def __init__(self, number: int) -> None:
        """`number` is the signal's."""
        super().__init__(number)
        self.exit_code = exit_code_of(number)


def exit_code_of(number: int) -> int:
    """The exit code of a program that this signal has ended, as shells have it."""
    return 128 + number


def raise_stopped(number: int) -> None:
    """Raises Stopped."""
    raise Stopped(number)


def stop_behind(error: BaseException) -> KeyboardInterrupt | None:
    """What the program was stopped by, where the error came up on the way out: what was under way then fails in its own words."""
    link: BaseException | None = error
    while link is not None and not isinstance(link, KeyboardInterrupt):
        link = link.__context__
    return link


@contextmanager
def when_asked_to_end(react: Callable[[int], None]) -> Generator[None]:
    """Within the block `react` is given the number of a signal that asks the program to end; once for one asking.

    Signals that whoever started the program has it ignore (`nohup`) stay so. Only the main thread can be asked.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    last = -_SAME_ASKING
    in_vain = False
    over = threading.Event()

    def ask_again(number: int) -> None:
        if not over.wait(_AGAIN):
            _thread.interrupt_main(signal.Signals(number))

    def take(number: int, _frame: FrameType | None) -> None:
        nonlocal last
        if in_vain:
            _thread.start_new_thread(ask_again, (number,))
            return
        now = time.monotonic()
        if now - last >= _SAME_ASKING:
            last = now
            react(number)

    def hear_lost(lost: UnraisableHookArgs) -> None:
        """What is raised while Python clears up behind a generator that nobody reads to its end goes nowhere: ask again."""
        nonlocal last, in_vain
        if isinstance(lost.exc_value, Stopped):
            in_vain = True  # what is raised before this has ended would be lost as well
            last = -_SAME_ASKING
            _thread.start_new_thread(ask_again, lost.exc_value.args)
            in_vain = False
        else:
            report(lost)

    report, sys.unraisablehook = sys.unraisablehook, hear_lost
    before = {each: signal.getsignal(each) for each in _SIGNALS}
    heard = {each: handler for each, handler in before.items() if handler is not signal.SIG_IGN}
    for each in heard:
        signal.signal(each, take)
    try:
        yield
    finally:
        over.set()
        sys.unraisablehook = report
        for each, handler in heard.items():
            signal.signal(each, handler)
