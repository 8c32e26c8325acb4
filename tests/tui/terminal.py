"""A program in a pseudo-terminal, as a person has it in front of them: keys go in, what it draws comes out."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

fcntl = pytest.importorskip("fcntl", reason="pseudo-terminals are of POSIX")
termios = pytest.importorskip("termios")

PATIENCE = 60
"""Seconds after which what has not come is taken never to come."""

CONTROL_SEQUENCE = re.compile("\x1b\\[[0-?]*[ -/]*[@-~]|\x1b\\]22;[a-z-]+\x07")
"""What the program itself sends to place and colour its words, and the shape of the pointer."""


class Terminal:
    """A program in a pseudo-terminal; all that it writes is kept."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], size: tuple[int, int] = (120, 40)
    ) -> None:
        self._ours, theirs = os.openpty()
        termios.tcsetwinsize(theirs, (size[1], size[0]))
        self._program = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
        )
        os.close(theirs)
        self._vanished = False
        self.written = b""

    def press(self, key: str, words: str) -> None:
        """Send a key and wait until the program has drawn these words."""
        begin = len(self.written)
        os.write(self._ours, key.encode())
        until = time.monotonic() + PATIENCE
        while words not in self.words(begin):
            assert time.monotonic() < until, f"“{words}” did not come:\n{self.words(begin)!a}"
            assert self._read(), f"the program ended before “{words}”:\n{self.words(begin)!a}"

    def words(self, begin: int = 0) -> str:
        """What was written from there on, without the sequences that say where and how."""
        return CONTROL_SEQUENCE.sub("", self.written[begin:].decode("utf-8", "replace"))

    def end(self, key: str = "") -> int:
        """Send the last key, read the rest, and return the exit code."""
        if key:
            os.write(self._ours, key.encode())
        until = time.monotonic() + PATIENCE
        while self._read():
            assert time.monotonic() < until, "the program did not end"
        return self._program.wait(PATIENCE)

    def send(self, keys: str) -> None:
        """Send keys, and wait for nothing."""
        os.write(self._ours, keys.encode())

    def read_until(self, condition: Callable[[], object], what: str) -> None:
        """Read what the program draws until something has come about beside it."""
        until = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < until, f"{what} did not come:\n{self.words()[-2000:]!a}"
            self._read(0.05)

    def rest(self) -> None:
        """Read until the program has drawn nothing for a moment, which is shorter than the one after which drafts are kept."""
        before = -1
        while len(self.written) > before:
            before = len(self.written)
            self._read(0.15)

    def kill(self) -> None:
        """Kill the program as it is, by a signal that it cannot hear."""
        self._program.kill()
        self._program.wait()

    def ask_to_end(self, number: int) -> int:
        """Send the program a signal, read the rest, and return the exit code."""
        self._program.send_signal(number)
        return self.end()

    def fail(self) -> None:
        """Have something fail in a program that is made to: see `failing_program`."""
        self._program.send_signal(signal.SIGUSR1)
        self._read(0.2)

    def vanish(self) -> int:
        """Close the terminal; return the exit code of the program, which nobody has told."""
        os.close(self._ours)
        self._vanished = True
        return self._program.wait(PATIENCE)

    @property
    def takes_lines(self) -> bool:
        """Whether the terminal is as a shell needs it: it echoes, and gives whole lines."""
        wanted = termios.ICANON | termios.ECHO
        return termios.tcgetattr(self._ours)[3] & wanted == wanted

    def close(self) -> None:
        """Stop the program, wherever it is."""
        if self._program.poll() is None:
            self._program.kill()
            self._program.wait()
        if not self._vanished:
            os.close(self._ours)

    def _read(self, seconds: float = 1) -> bool:
        """Read what is there, waiting a moment for it; false where the program has ended."""
        ready, _writable, _failed = select.select([self._ours], [], [], seconds)
        if not ready:
            return self._program.poll() is None
        try:
            some = os.read(self._ours, 65_536)
        except OSError:  # on Linux the end of the other side is an input error
            return False
        self.written += some
        return bool(some)


def environment_in(folder: Path) -> dict[str, str]:
    """A person who wants no bell, in a terminal that can do everything."""
    settings = folder / "leadtui" / "settings.toml"
    settings.parent.mkdir(exist_ok=True)
    settings.write_text("bell = false\n")
    own = {name: str(folder) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    terminal = {
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "TEXTUAL_ANIMATIONS": "none",
    }
    return {"PATH": os.environ["PATH"], **own, **terminal}
