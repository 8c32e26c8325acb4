"""A program in a terminal of its own, and what it takes from a key to the last byte."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Sequence
from pathlib import Path

from .costs import Cost, bytes_written, peak_of, processor_of

COLUMNS, LINES = 120, 40
PATIENCE = 120.0
"""Seconds to wait for what is to appear before giving up."""

MOST_TO_SETTLE, MOST_TO_LEAVE = 5.0, 20.0
"""Seconds after which a program that is still drawing is no longer waited for, or is ended."""

SILENCE = 0.15
"""Seconds without a byte after which a screen is taken to be drawn whole."""


class Terminal:
    """The other end of the pseudo-terminal that a program runs in; its settings are in the folder `home`."""

    def __init__(self, arguments: Sequence[str], home: Path) -> None:
        self._began = time.perf_counter()
        self.process, self.screen = pty.fork()
        size = struct.pack("HHHH", LINES, COLUMNS, 0, 0)
        if self.process == 0:
            os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "XDG_CONFIG_HOME": str(home)}
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            os.execv(arguments[0], tuple(arguments))
        fcntl.ioctl(self.screen, termios.TIOCSWINSZ, size)
        self._seen = b""

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self.screen, keys.encode())

    def wait_for(self, words: str) -> Cost:
        """Until these words have been written to the terminal: what it took since the program began.

        What came before them is forgotten. Raises TimeoutError.
        """
        wanted, end = words.encode(), time.perf_counter() + PATIENCE
        while wanted not in self._seen:
            come = self._read(max(0, end - time.perf_counter()))
            if not come:
                raise TimeoutError(f"{words} did not appear in {PATIENCE:.0f} s")
            self._seen += come
        wall, used = time.perf_counter() - self._began, processor_of(self.process)
        self._seen = self._seen[self._seen.index(wanted) + len(wanted) :]
        return Cost(wall, used, bytes_written(self.process), peak_of(self.process))

    def has_drawn(self, words: str) -> bool:
        """Read once what is written, and say whether it has these words in it by now."""
        self._seen += self._read(0)
        return words.encode() in self._seen

    def settle(self, silence: float = 0.5) -> None:
        """Read what is still being drawn, until nothing has come for so many seconds.

        A desk draws its clock for ever, so an end is set to it.
        """
        end = time.perf_counter() + MOST_TO_SETTLE
        while self._read(silence) and time.perf_counter() < end:
            pass
        self._seen = b""

    def take(self, keys: str) -> Cost:
        """Press keys, once what came before is drawn: what it took until the last byte of what they draw."""
        self.settle(SILENCE)
        used, pressed = processor_of(self.process), time.perf_counter()
        self.press(keys)
        last, drawn, patience, end = pressed, 0, 5.0, pressed + MOST_TO_SETTLE
        while (come := self._read(patience)) and time.perf_counter() < end:
            last, drawn, patience = time.perf_counter(), drawn + len(come), SILENCE
        return Cost(last - pressed, processor_of(self.process) - used, None, None, drawn)

    def rest(self, seconds: float) -> Cost:
        """Watch the program for so long, while nothing is asked of it. A minute's worth is said."""
        used, until, drawn = processor_of(self.process), time.perf_counter() + seconds, 0
        while (left := until - time.perf_counter()) > 0:
            drawn += len(self._read(left))
        a_minute = 60 / seconds
        took = (processor_of(self.process) - used) * a_minute
        return Cost(60.0, took, None, peak_of(self.process), int(drawn * a_minute))

    def leave(self) -> None:
        """Ctrl+Q, and wait for the end."""
        self.press("\x11")
        end = time.perf_counter() + MOST_TO_LEAVE
        while self._read(1) and time.perf_counter() < end:
            pass
        if os.waitpid(self.process, os.WNOHANG) == (0, 0):
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
        os.close(self.screen)

    def _read(self, seconds: float) -> bytes:
        """What is written within so many seconds; nothing where the program is silent or has ended."""
        ready, _, _ = select.select([self.screen], [], [], seconds)
        try:
            return os.read(self.screen, 1 << 16) if ready else b""
        except OSError:  # on Linux the end of the other side is an input error
            return b""
