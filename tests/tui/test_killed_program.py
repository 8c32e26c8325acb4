"""The program is killed, asked to end, or loses its terminal while something is half typed: it is offered at the next start."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from session_making import MovingClock, add_lead, make_session
from terminal import Terminal, environment_in

from leadtui.services.drafts import (
    CALL_DRAFT,
    CUSTOMER_DRAFT,
    DO_NOT_CALL_DRAFT,
    ERASE_DRAFT,
    NOTE_DRAFT,
    PLAYBOOK_DRAFT,
    REMIND_DRAFT,
    SETTINGS_DRAFT,
    STATUS_DRAFT,
    VIEW_DRAFT,
    open_drafts,
)
from leadtui.services.presence import Company, company
from leadtui.services.session import Session


@pytest.fixture
def store(tmp_path: Path) -> str:
    """A store with one customer of Neda's."""
    session = make_session(tmp_path, clock=MovingClock(datetime.now(UTC)))
    add_lead(session, "Mina Sadeghi", "+1 212 555 0101", mine=True)
    session.close()
    return str(tmp_path / "desk.db")


@dataclass(frozen=True, slots=True)
class Typing:
    """Something half typed: the kind of its draft, how its dialog is opened, what it shows, and what is typed."""

    kind: str
    keys: tuple[tuple[str, str], ...]
    """Each with words that are drawn then."""
    typed: str
    offered: str
    """What is on the screen where it is gone on with."""


IN_A_TALK = (
    ("B", "goes on"),
    (" ", "What they are after"),
    ("\r", "look for a system"),
    ("\r", "does it cost you"),
)
"""To the first question that is answered in words."""

TYPINGS = (
    Typing(STATUS_DRAFT, (("s3", "Ctrl+S"),), "tomorrow 10", "tomorrow 10"),
    Typing(CALL_DRAFT, (("c", "end, set the status"),), "", "The call goes on"),
    Typing(PLAYBOOK_DRAFT, IN_A_TALK, "two days a week", "two days a week"),
    Typing(NOTE_DRAFT, (("m", "kept as draft"),), "half a thought", "half a thought"),
    Typing(REMIND_DRAFT, (("r", "promised to the customer"),), "tomorrow 9", "tomorrow 9"),
    Typing(CUSTOMER_DRAFT, (("e", "Referrer"),), "X", "SadeghiX"),
    Typing(CUSTOMER_DRAFT, (("a", "Referrer"),), "Somebody New", "Somebody New"),
    Typing(DO_NOT_CALL_DRAFT, (("d", "forbid calls"),), "by letter", "by letter"),
    Typing(ERASE_DRAFT, (("\x1b[3~", "no way back"),), "a request", "a request"),
    Typing(VIEW_DRAFT, (("w", "All customers"), ("\x1bOQ", "Title")), "Tehran", "Tehran"),
    Typing(SETTINGS_DRAFT, (("\x1bOQ1", "No answer"), ("a", "what agents will see")), "Fair", "Fair"),
)


def killed(terminal: Terminal, typed: Callable[[], bool]) -> None:
    """By what no program hears: what is older than a moment is kept."""
    terminal.read_until(typed, "the draft")
    terminal.kill()


def asked_to_end(number: int) -> Callable[[Terminal, Callable[[], bool]], None]:
    """By a signal: it gives the terminal back as it was."""

    def end(terminal: Terminal, _typed: Callable[[], bool]) -> None:
        before = len(terminal.written)
        assert terminal.ask_to_end(number) == 128 + number
        assert b"\x1b[?1049l" in terminal.written[before:]
        assert terminal.takes_lines
        assert "Traceback" not in terminal.words(before)

    return end


def without_terminal(terminal: Terminal, _typed: Callable[[], bool]) -> None:
    """Its terminal vanishes, and no signal says so, as under `setsid` or `nohup`."""
    terminal.vanish()


ENDINGS: dict[str, Callable[[Terminal, Callable[[], bool]], None]] = {
    "killed": killed,
    "SIGTERM": asked_to_end(signal.SIGTERM),
    "SIGHUP": asked_to_end(signal.SIGHUP),
    "SIGINT": asked_to_end(signal.SIGINT),
    "terminal": without_terminal,
}

IN_EVERY_RUN = {("killed", 0), ("killed", 1), ("killed", 2), ("SIGHUP", 6), ("terminal", 10)}
"""The other pairs are a proof."""


@pytest.mark.parametrize(
    ("ending", "typing"),
    [
        pytest.param(
            ending,
            typing,
            marks=() if (ending, index) in IN_EVERY_RUN else pytest.mark.proof,
            id=f"{ending}-{typing.keys[-1][1]}",
        )
        for ending in ENDINGS
        for index, typing in enumerate(TYPINGS)
    ],
)
def test_what_was_half_typed_is_offered_again(
    tmp_path: Path, store: str, ending: str, typing: Typing
) -> None:
    command = [sys.executable, "-m", "leadtui", "--store", store, "--as", "neda@example.com"]
    environment = environment_in(tmp_path)
    session = Session.open(store, "neda@example.com")
    terminal = Terminal(command, environment)

    def typed() -> bool:
        return any(
            each.draft.kind.startswith(typing.kind)
            and any(typing.typed in text for text in each.draft.texts.values())
            for each in open_drafts(session)
        )

    try:
        terminal.press("", "never called")
        for key, words in typing.keys:
            terminal.press(key, words)
        terminal.rest()
        terminal.press(typing.typed, typing.typed[-1:])
        terminal.rest()
        ENDINGS[ending](terminal, typed)
    finally:
        terminal.close()
    assert typed()
    if ending != "killed":
        assert company(session, "another terminal") == Company()
    again = Terminal(command, environment)
    try:
        again.press("", "go on with it")
        again.press("\r", typing.offered)
        again.kill()
    finally:
        again.close()
        session.close()


@pytest.mark.parametrize(
    ("keys", "draft"),
    [
        pytest.param("mhalf a thought", {"note": "half a thought"}, marks=pytest.mark.proof, id="note"),
        pytest.param("s3tomorrow 9:30", {"remind": "tomorrow 9:30", "status": "3"}, id="status"),
    ],
)
def test_keys_that_wait_for_one_another_come_before_the_end(
    tmp_path: Path, store: str, keys: str, draft: Mapping[str, str]
) -> None:
    """The dialog that they are typed into is not open yet when the program is asked to end."""
    session = Session.open(store, "neda@example.com")
    command = [sys.executable, "-m", "leadtui", "--store", store, "--as", "neda@example.com"]
    terminal = Terminal(command, environment_in(tmp_path))
    try:
        terminal.press("", "never called")
        terminal.rest()
        terminal.send(keys)
        asked_to_end(signal.SIGTERM)(terminal, lambda: True)
        assert [each.draft.texts for each in open_drafts(session)] == [draft]
    finally:
        terminal.close()
        session.close()


FAILING = {
    "a handler": ("_on_key", "textual/widgets"),
    "a handler of leadtui's": ("soon", "draft_autosave"),
    "drawing": ("render_line", "widgets"),
}
"""Where the next key makes something fail: the function, and a word of the path of its file."""


@pytest.mark.parametrize(
    ("place", "typing"),
    [
        pytest.param(
            place,
            typing,
            marks=() if (place, index) == ("drawing", 0) else pytest.mark.proof,
            id=f"{place}-{typing.keys[-1][1]}",
        )
        for place in FAILING
        for index, typing in enumerate(TYPINGS)
        if typing.typed
    ],
)
def test_what_nobody_foresaw_costs_nothing_that_was_typed(
    tmp_path: Path, store: str, place: str, typing: Typing
) -> None:
    """The terminal is given back, what was typed is kept, and neither what is told nor the report has anybody's data."""
    program = str(Path(__file__).with_name("failing_program.py"))
    command = [sys.executable, program, *FAILING[place], "--store", store, "--as", "neda@example.com"]
    session = Session.open(store, "neda@example.com")
    terminal = Terminal(command, environment_in(tmp_path))
    try:
        terminal.press("", "never called")
        for key, words in typing.keys:
            terminal.press(key, words)
        terminal.rest()
        terminal.press(typing.typed, typing.typed[-1:])
        terminal.rest()
        before = len(terminal.written)
        terminal.fail()
        assert terminal.end("z") == 1
        assert terminal.takes_lines
        told = terminal.words(terminal.written.index(b"\x1b[?1049l", before))
        assert "(LookupError); what is saved stays saved" in " ".join(told.split())
        (report,) = (tmp_path / "leadtui" / "log").iterdir()
        for text in (told, report.read_text()):
            assert "Mina" not in text
            assert "Traceback" not in text
        (left,) = open_drafts(session)
        assert left.draft.kind.startswith(typing.kind)
        assert any(typing.typed in text for text in left.draft.texts.values())
    finally:
        terminal.close()
        session.close()


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP])
def test_a_desk_that_is_asked_to_end_leaves_the_terminal_and_nobody_at_it(
    tmp_path: Path, store: str, ending: signal.Signals
) -> None:
    session = Session.open(store, "neda@example.com")
    command = [sys.executable, "-m", "leadtui", "--store", store, "--as", "neda@example.com"]
    terminal = Terminal(command, environment_in(tmp_path))
    try:
        terminal.press("", "never called")
        asked_to_end(ending)(terminal, lambda: True)
    finally:
        terminal.close()
    with session.store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM presence").scalar() == 0
    session.close()


@pytest.mark.parametrize(
    ("keys", "offered"),
    [
        ((("a", "Referrer"),), "new customer"),
        ((("\x1bOQ1", "No answer"), ("a", "what agents will see")), "settings, status"),
        pytest.param(IN_A_TALK, "talk", marks=pytest.mark.proof),
    ],
    ids=["new customer", "settings", "talk"],
)
def test_nothing_older_than_a_second_is_lost_while_one_types_without_a_pause(
    tmp_path: Path, store: str, keys: tuple[tuple[str, str], ...], offered: str
) -> None:
    command = [sys.executable, "-m", "leadtui", "--store", store, "--as", "neda@example.com"]
    environment = environment_in(tmp_path)
    session = Session.open(store, "neda@example.com")
    terminal = Terminal(command, environment, (160, 40))
    typed: list[tuple[float, str]] = []
    try:
        terminal.press("", "never called")
        for key, words in keys:
            terminal.press(key, words)
        began = time.monotonic()
        # The next letter follows as soon as the one before it is drawn: there is never a pause.
        for letter in "abcdefghijklmnopqrstuvwxyz" * 40:
            terminal.press(letter, letter)
            typed.append((time.monotonic(), letter))
            if typed[-1][0] - began > 2.5:
                break
        terminal.kill()
        killed = time.monotonic()
        older = "".join(letter for at, letter in typed if at < killed - 1)
        (left,) = open_drafts(session)
        assert older
        assert any(text.startswith(older) for text in left.draft.texts.values())
    finally:
        terminal.close()
    again = Terminal(command, environment, (160, 40))
    try:
        again.press("", "go on with it")
        assert offered in again.words()
        again.press("\r", older[-12:])
        again.kill()
    finally:
        again.close()
        session.close()


@pytest.mark.proof
def test_the_first_questions_fail_without_telling_what_was_typed(tmp_path: Path) -> None:
    program = str(Path(__file__).with_name("failing_program.py"))
    command = [sys.executable, program, *FAILING["a handler"], "--store", str(tmp_path / "new.db")]
    terminal = Terminal(command, environment_in(tmp_path))
    try:
        terminal.press("", "Ctrl+S")
        terminal.press("Mina Sadeghi", "i")
        terminal.rest()
        before = len(terminal.written)
        terminal.fail()
        assert terminal.end("z") == 1
        assert terminal.takes_lines
        told = terminal.words(terminal.written.index(b"\x1b[?1049l", before))
        (report,) = (tmp_path / "leadtui" / "log").iterdir()
        assert "LookupError" in told
        assert "Mina" not in told + report.read_text()
        assert not (tmp_path / "new.db").exists()
    finally:
        terminal.close()
