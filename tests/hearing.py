"""Signals that ask to end, as a program hears them that a person starts at a terminal."""

from __future__ import annotations

import signal
from types import FrameType

_ASKING = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)  # Windows has no SIGHUP


def hear_signals() -> None:
    """Programs that this process starts hear every signal, also where it was itself told to ignore some.

    Under `nohup` and in the background of a script some are ignored, which programs hand on to those that they start.
    What is caught and does nothing they do not hand on.
    """
    for each in _ASKING:
        if signal.getsignal(each) is signal.SIG_IGN:
            signal.signal(each, _go_on)


def _go_on(_number: int, _frame: FrameType | None) -> None:
    """This process itself is still not ended by it."""
