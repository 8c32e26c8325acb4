"""What really reaches a terminal: the program in a pseudo-terminal, on a store full of hostile text."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from desk_making import MovingClock, make_desk
from hostile_store import HostileStore
from hostile_texts import HOSTILE, harm_in

fcntl = pytest.importorskip("fcntl", reason="pseudo-terminals are of POSIX")
termios = pytest.importorskip("termios")

PATIENCE = 60
"""Seconds after which what has not come is taken never to come."""

CONTROL_SEQUENCE = re.compile("\x1b\\[[0-?]*[ -/]*[@-~]|\x1b\\]22;[a-z-]+\x07")
"""What the program itself sends to place and colour its words, and the shape of the pointer."""

FROM_DATA = ("\x1b[31337m", "\x1b[6n", "\x1b[2J\x1b[H")
"""Such sequences too, which only data would send here: a made-up colour, a question to the terminal, a blank screen."""


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

    def close(self) -> None:
        """Stop the program, wherever it is."""
        if self._program.poll() is None:
            self._program.kill()
            self._program.wait()
        os.close(self._ours)

    def _read(self) -> bool:
        """Read what is there, waiting a moment for it; false where the program has ended."""
        ready, _writable, _failed = select.select([self._ours], [], [], 1)
        if not ready:
            return self._program.poll() is None
        try:
            some = os.read(self._ours, 65_536)
        except OSError:  # on Linux the end of the other side is an input error
            return False
        self.written += some
        return bool(some)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A person who wants no bell, in a terminal that can do everything."""
    settings = tmp_path / "leadtui" / "settings.toml"
    settings.parent.mkdir()
    settings.write_text("bell = false\n")
    own = {name: str(tmp_path) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    terminal = {
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "TEXTUAL_ANIMATIONS": "none",
    }
    return {"PATH": os.environ["PATH"], **own, **terminal}


def assert_harmless(written: bytes) -> None:
    """The bytes are UTF-8, and all in them is words and how to draw them."""
    text = written.decode("utf-8")
    for sequence in FROM_DATA:
        assert sequence not in text
    rest = CONTROL_SEQUENCE.sub("", text)
    assert not harm_in(rest.replace("\r\n", "")), sorted(set(harm_in(rest)))


ESCAPE = "\x1b[27u"
NOTE, CALL, REMIND, FILTER, REMINDERS, HELP, STATUS = (
    "\x1b[18~", "\x1b[19~", "\x1b[17~", "\x1b[20~", "\x1b[21~", "\x1bOP", "\x1bOS"
)  # fmt: skip
PALETTE, SAVE, QUIT = "\x10", "\x13", "\x11"


def test_hostile_data_on_every_screen_sends_nothing_but_drawing(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    desk = make_desk(tmp_path, clock=MovingClock(datetime.now(UTC)))
    HostileStore(desk, HOSTILE).fill()
    desk.close()
    store = str(tmp_path / "desk.db")
    terminal = Terminal(
        [sys.executable, "-m", "leadtui", "--store", store, "--as", "neda@example.com"], environment
    )
    try:
        terminal.press("", "missed 1/2")
        for key, words in (
            (NOTE, "kept as draft"),
            (ESCAPE + CALL, "ended, set the status"),
            (ESCAPE + REMIND, "promised to the customer"),
            (ESCAPE + FILTER, "Which customers are shown"),
            (ESCAPE + REMINDERS, "Missed while leadtui was closed"),
            (ESCAPE + PALETTE, "Give one table the whole width"),
            ("ali", "912 123 4567"),
            (ESCAPE + ESCAPE + HELP, "scroll · Esc close"),
            (ESCAPE + STATUS, "Ctrl+S save"),
            (SAVE, "takes a day, such as"),
        ):
            terminal.press(key, words)
        assert terminal.end(ESCAPE + QUIT) == 0
    finally:
        terminal.close()
    assert_harmless(terminal.written)
