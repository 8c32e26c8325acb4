"""Ctrl+Z: the program gives the terminal back to the shell that it was started from, and sleeps until `fg`."""

from __future__ import annotations

import os
import signal
import sys

from leadtui.hosting import folder


def can_suspend() -> bool:
    """Whether there is a shell that would wake the program again.

    One that keeps jobs leads the session and has put the program into a group of its own. Windows has neither, and a
    program that a terminal or `ssh` has started by itself would sleep for good. Who is hosted has none.
    """
    if sys.platform == "win32" or folder() is not None:
        return False
    try:
        return sys.stdin.isatty() and os.getpgrp() not in (os.getsid(0), 0)
    except (OSError, ValueError):
        return False


def sleep_until_woken() -> None:
    """Sleep until the shell wakes the program, which has put the terminal right before.

    The whole group sleeps, as with a terminal's own Ctrl+Z: what has started the program, and waits for it, would else
    keep the shell waiting too. The program goes last, for by then the shell may have the terminal.
    """
    if sys.platform != "win32":
        own = signal.signal(signal.SIGTSTP, signal.SIG_IGN)
        os.killpg(0, signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, own)
        os.kill(os.getpid(), signal.SIGSTOP)
