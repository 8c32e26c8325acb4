"""What really reaches a terminal: the program in a pseudo-terminal, on a store full of hostile text."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hostile_store import HostileStore
from hostile_texts import HOSTILE, harm_in
from session_making import MovingClock, make_session
from terminal import CONTROL_SEQUENCE, Terminal, environment_in

FROM_DATA = ("\x1b[31337m", "\x1b[6n", "\x1b[2J\x1b[H")
"""Such sequences too, which only data would send here: a made-up colour, a question to the terminal, a blank screen."""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A person in a terminal that can do everything."""
    return environment_in(tmp_path)


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
PALETTE, QUIT = "\x10", "\x11"


@pytest.mark.proof
def test_hostile_data_on_every_screen_sends_nothing_but_drawing(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    session = make_session(tmp_path, clock=MovingClock(datetime.now(UTC)))
    HostileStore(session, HOSTILE).fill()
    session.close()
    store = str(tmp_path / "desk.db")
    terminal = Terminal(
        [sys.executable, "-m", "leadtui", "--store", store, "--as", "neda@example.com"], environment
    )
    try:
        terminal.press("", "go on with it")
        for key, words in (
            (ESCAPE + NOTE, "kept as draft"),
            (ESCAPE + REMIND, "promised to the customer"),
            (ESCAPE + FILTER, "Which customers are shown"),
            (ESCAPE + REMINDERS, "Overdue, came while leadtui was closed"),
            (ESCAPE + PALETTE, "Set the status of the open customer"),
            ("ali", "912 123 4567"),
            (ESCAPE + ESCAPE + HELP, "do it · Esc close"),
            (ESCAPE + STATUS, "Enter fill in"),
            ("\r", "Ctrl+S save"),
        ):
            terminal.press(key, words)
        assert terminal.end(ESCAPE + QUIT) == 0
    finally:
        terminal.close()
    assert_harmless(terminal.written)
