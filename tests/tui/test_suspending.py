"""Ctrl+Z: the program sleeps and the shell has the terminal; after `fg` all is as it was, and went on meanwhile."""

from __future__ import annotations

import shlex
import sys
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from desk_driving import driven
from session_making import MovingClock, add_lead, hire, make_session
from terminal import Terminal, environment_in

from leadtui.services.drafts import open_drafts
from leadtui.services.leads import add_note
from leadtui.services.session import Session

CTRL_Z = "\x1a"

WAITING = "import subprocess, sys; sys.exit(subprocess.run(sys.argv[1:]).returncode)"
"""A program that starts another and waits for it, as `uv run` does."""


@pytest.mark.parametrize("started_by", [(), (sys.executable, "-c", WAITING)], ids=["by itself", "by another"])
def test_the_shell_has_the_terminal_until_it_wakes_the_program(
    tmp_path: Path, started_by: tuple[str, ...]
) -> None:
    clock = MovingClock(datetime.now(UTC))
    session = make_session(tmp_path, clock=clock)
    mina = add_lead(session, "Mina Sadeghi", "+1 212 555 0101", mine=True)
    reza = hire(session, "Reza", "reza@example.com", clock)
    command = [
        sys.executable,
        "-m",
        "leadtui",
        "--store",
        str(tmp_path / "desk.db"),
        "--as",
        "neda@example.com",
    ]
    environment = {**environment_in(tmp_path), "PS1": "ready> ", "TERM": "xterm-256color"}
    terminal = Terminal(["bash", "--norc", "--noprofile", "--noediting", "-i"], environment)
    try:
        terminal.press("", "ready> ")
        terminal.press(shlex.join(command) + "\r", "never called")
        for _time in range(2):
            asleep = len(terminal.written)
            terminal.press(CTRL_Z, "Stopped")
            left = terminal.written[asleep:].decode()
            assert "\x1b[?1049l" in left, "the screen of the shell did not come back"
            assert left.index("\x1b[?1049l") < left.index("Stopped")
            terminal.press("stty -a; echo $((6 * 7))\r", "42")
            assert " icanon" in terminal.words(asleep)
            # Nothing waits for a program that sleeps.
            began = time.monotonic()
            words = f"written at {began}"
            add_note(reza, mina.id, words)
            assert time.monotonic() - began < 5
            woken = len(terminal.written)
            terminal.press("fg\r", words)
            assert "\x1b[?1049h" in terminal.written[woken:].decode()
            read_whole_screen(terminal, woken)
        # In a field the key is the field's.
        terminal.press("m", "kept as draft")
        terminal.send("half")
        terminal.read_until(lambda: typed(session) == ["half"], "the draft")
        terminal.send(CTRL_Z)
        terminal.send("whole")
        terminal.read_until(lambda: typed(session) == ["whole"], "the draft without what was taken back")
        terminal.press("\x1b", "never called")
        terminal.press("q", "ready> ")
        assert terminal.end("exit\r") == 0
    finally:
        terminal.close()
        reza.close()
        session.close()


def read_whole_screen(terminal: Terminal, begin: int) -> None:
    for words in ("Neda Karimi", "All customers", "My cartable", "Mina Sadeghi", "Status"):
        terminal.read_until(partial(terminal_shows, terminal, begin, words), words)


def terminal_shows(terminal: Terminal, begin: int, words: str) -> bool:
    return words in terminal.words(begin)


def typed(session: Session) -> list[str]:
    return [text for each in open_drafts(session) for text in each.draft.texts.values()]


@pytest.mark.proof
def test_the_first_questions_sleep_as_the_desk_does(tmp_path: Path) -> None:
    terminal = Terminal(
        ["bash", "--norc", "--noprofile", "--noediting", "-i"],
        {**environment_in(tmp_path), "PS1": "ready> ", "TERM": "xterm-256color"},
    )
    command = [sys.executable, "-m", "leadtui", "--store", str(tmp_path / "new.db")]
    try:
        terminal.press("", "ready> ")
        terminal.press(shlex.join(command) + "\r", "Ctrl+S")
        terminal.rest()
        in_field = len(terminal.written)
        terminal.send(CTRL_Z)
        terminal.rest()
        assert "Stopped" not in terminal.words(in_field)
        terminal.send("\t\t\t")
        terminal.rest()
        terminal.press(CTRL_Z, "Stopped")
        woken = len(terminal.written)
        terminal.press("fg\r", "Ctrl+S")
        assert "\x1b[?1049h" in terminal.written[woken:].decode()
        terminal.press("\x1b", "ready> ")
        assert terminal.end("exit\r") == 0
    finally:
        terminal.close()


@pytest.mark.parametrize("opening", [(), ("b",), ("f2",), ("c",), ("?", "tab")])
async def test_without_a_shell_the_program_stays(session: Session, opening: tuple[str, ...]) -> None:
    add_lead(session, mine=True)
    async with driven(session) as driver:
        await driver.press(*opening)
        before = driver.text()
        await driver.press("ctrl+z")
        told = driver.told()
        assert told == [] if opening[:1] == ("?",) else "not started from a shell" in told[-1]
        assert before.splitlines()[0] == driver.lines()[0]
