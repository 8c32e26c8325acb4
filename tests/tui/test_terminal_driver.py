"""A terminal is asked what it is, and nobody's keys are taken for its answer, nor its answer for keys."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from session_making import add_lead, make_session
from terminal import Terminal, environment_in
from textual import events
from textual.message import Message

from leadtui.presentation.terminal_kind import QUESTIONS, STOPS_TURNING, TURNS_AGAIN
from leadtui.settings import TerminalProfile
from leadtui.tui.terminal_driver import AnswerParser, TerminalAnswered, said_once

KONSOLE, XTERM = "\x1bP>|Konsole 23.08.5\x1b\\", "\x1bP>|XTerm(390)\x1b\\"
TURNS = "\x1b[8;1$y"


def parsed(*pieces: str) -> list[Message]:
    """What comes of it where the terminal sends these pieces one after the other."""
    parser = AnswerParser()
    return [message for piece in pieces for message in parser.feed(piece)]


def told(messages: list[Message]) -> list[str]:
    """Keys by name, answers by their text."""
    return [
        message.key
        if isinstance(message, events.Key)
        else message.answer[0]
        if isinstance(message, TerminalAnswered)
        else type(message).__name__
        for message in messages
    ]


def test_an_answer_is_no_key_and_a_key_no_answer() -> None:
    assert told(parsed(f"a{TURNS}b{KONSOLE}c")) == [TURNS, KONSOLE, "a", "b", "c"]
    assert told(parsed("\x1bP")) == []  # Alt+P, once no more has come
    assert told(parsed("\x1b[8;2~", "\x1b[A")) != []


@given(st.integers(1, len(KONSOLE) - 1))
def test_an_answer_may_come_in_two_pieces(cut: int) -> None:
    if cut > len("\x1bP"):
        assert told(parsed("a" + KONSOLE[:cut], KONSOLE[cut:] + "b")) == ["a", KONSOLE, "b"]


def texts(messages: list[Message]) -> list[str]:
    """Keys by name, what is pasted by its text."""
    return [message.text if isinstance(message, events.Paste) else told([message])[0] for message in messages]


@given(st.text("a\x1b\r\n[]~;m0128Ps>\\$y\x13\x11", max_size=40), st.data())
def test_nothing_pasted_is_a_key_or_an_answer(pasted: str, data: st.DataObject) -> None:
    sent = f"b\x1b[200~{pasted}\x1b[201~c"
    cut = data.draw(st.integers(4, len(sent)))
    if "\x1b[201~" not in pasted:
        assert texts(parsed(sent[:cut], sent[cut:])) == ["b", pasted, "c"]


def test_one_paste_follows_another_and_insert_is_a_key() -> None:
    assert texts(parsed("\x1b[200~a\0\x1b[201~\x1b[200~b\x1b[2", "01~\x1b[2~x")) == ["a", "b", "insert", "x"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    session = make_session(tmp_path)
    add_lead(session, "سارا احمدی", "+989181809983", mine=True)
    session.close()
    return environment_in(tmp_path)


def opened(tmp_path: Path, environment: dict[str, str]) -> Terminal:
    """The program, once it has asked."""
    store = str(tmp_path / "desk.db")
    command = [sys.executable, "-m", "leadtui", "--store", store, "--as", "neda@example.com"]
    terminal = Terminal(command, environment)
    terminal.read_until(lambda: QUESTIONS.encode() in terminal.written, "the question")
    return terminal


def test_konsole_is_told_to_leave_lines_alone_until_the_end(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    terminal = opened(tmp_path, environment)
    try:
        terminal.send(KONSOLE)
        terminal.read_until(
            lambda: STOPS_TURNING[TerminalProfile.KONSOLE].encode() in terminal.written, "the order"
        )
        assert terminal.end("\x11") == 0
        assert terminal.written.count(TURNS_AGAIN[TerminalProfile.KONSOLE].encode()) == 1
    finally:
        terminal.close()


def test_xterm_is_told_nothing_and_gnome_terminal_gets_marks(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    terminal = opened(tmp_path, environment)
    try:
        terminal.send(XTERM)
        terminal.press("", "ﯼﺪﻤﺣﺍ")
        terminal.send(TURNS)
        terminal.read_until(lambda: "ﯼ\u200e".encode() in terminal.written, "marks")
        assert terminal.end("\x11") == 0
        assert b"\x1b]50" not in terminal.written
    finally:
        terminal.close()


def test_the_doctor_asks_the_terminal_and_writes_a_line_for_each_setting(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    terminal = Terminal([sys.executable, "-m", "leadtui", "doctor", "--terminal"], environment, (140, 40))
    try:
        terminal.read_until(lambda: QUESTIONS.encode() in terminal.written, "the question")
        terminal.send(f"{TURNS}\x1bP>|VTE(7600)\x1b\\\x1b[?65;1;9c")
        assert terminal.end() == 0
        words = terminal.words()
        assert re.search(r"Terminal +VTE\(7600\)", words)
        assert re.search(r"Lines are drawn as for +marks", words)
        assert "plain   │ ﯼﺪﻤﺣﺍ ﺍﺭﺎﺳ │ 0918 180 9983 │ (ﺱﺭﺎﻓ) ﺯﺍﺮﯿﺷ │" in words
        assert "off     │ سارا احمدی │" in words
    finally:
        terminal.close()


def test_what_a_command_prints_is_drawn_for_a_terminal(tmp_path: Path, environment: dict[str, str]) -> None:
    store = ["--store", str(tmp_path / "desk.db"), "--as", "neda@example.com"]
    command = [sys.executable, "-m", "leadtui", *store, "leads", "list"]
    environment = {**environment, "LEADTUI_LANGUAGE": "fa"}
    terminal = Terminal(command, environment, (100, 40))
    try:
        assert terminal.end() == 0
        title, row, *_rest = terminal.words().splitlines()
        assert title.endswith("ﻡﺎﻧ  ﻪﺳﺎﻨﺷ")
        assert re.search("0?918 180 9983  +ﯼﺪﻤﺣﺍ ﺍﺭﺎﺳ +1$", row)
    finally:
        terminal.close()
    piped = subprocess.run(command, env=environment, capture_output=True, check=True).stdout.decode()
    assert "سارا احمدی" in piped


def drawn(data: str) -> list[tuple[str, str]]:
    """Each letter with the colours in which it stands."""
    letters: list[tuple[str, str]] = []
    colours = ""
    for code, letter in re.findall(r"\x1b\[([\d;]*)m|([^\x1b])", data):
        if letter:
            letters.append((letter, colours))
        else:
            colours = "" if code in ("", "0") else f"{colours}|{code}" if colours else code
    return letters


cells = st.tuples(st.sampled_from(["31", "1;31", "38;2;1;2;3", "7"]), st.text("ab ۱م", max_size=3))


@given(st.lists(cells, max_size=8))
def test_colours_that_go_on_are_said_once_and_nothing_looks_otherwise(line: list[tuple[str, str]]) -> None:
    data = "".join(f"\x1b[{colours}m{words}\x1b[0m" for colours, words in line)
    short = said_once(data)
    assert drawn(short) == drawn(data)
    changes = sum(one[0] != other[0] for one, other in pairwise(line))
    assert short.count("\x1b[0m") == (changes + 1 if line else 0)
