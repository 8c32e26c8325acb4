"""The program is killed while something is half typed: at the next start it is offered as it was."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from session_making import MovingClock, add_lead, make_session
from terminal import Terminal, environment_in

from leadtui.services.drafts import (
    CALL_DRAFT,
    DO_NOT_CALL_DRAFT,
    ERASE_DRAFT,
    NOTE_DRAFT,
    REMIND_DRAFT,
    STATUS_DRAFT,
    open_drafts,
)
from leadtui.services.session import Session


@pytest.fixture
def store(tmp_path: Path) -> str:
    """A store with one customer of Neda's."""
    session = make_session(tmp_path, clock=MovingClock(datetime.now(UTC)))
    add_lead(session, "Mina Sadeghi", "+1 212 555 0101", mine=True)
    session.close()
    return str(tmp_path / "desk.db")


@pytest.mark.parametrize(
    ("kind", "opening", "opened", "typed", "offered"),
    [
        (STATUS_DRAFT, "s3", "Ctrl+S", "tomorrow 10", "tomorrow 10"),
        (CALL_DRAFT, "c", "ended, set the status", "", "The call goes on"),
        pytest.param(
            NOTE_DRAFT, "m", "kept as draft", "half a thought", "half a thought", marks=pytest.mark.proof
        ),
        pytest.param(
            REMIND_DRAFT, "r", "promised to the customer", "tomorrow 9", "tomorrow 9", marks=pytest.mark.proof
        ),
        pytest.param("customer", "e", "Referrer", "X", "SadeghiX", marks=pytest.mark.proof),
        pytest.param(
            DO_NOT_CALL_DRAFT, "d", "forbid calls", "by letter", "by letter", marks=pytest.mark.proof
        ),
        pytest.param(
            ERASE_DRAFT, "\x1b[3~", "no way back", "a request", "a request", marks=pytest.mark.proof
        ),
    ],
)
def test_what_was_half_typed_is_offered_again(
    tmp_path: Path, store: str, kind: str, opening: str, opened: str, typed: str, offered: str
) -> None:
    command = [sys.executable, "-m", "leadtui", "--store", store, "--as", "neda@example.com"]
    environment = environment_in(tmp_path)
    session = Session.open(store, "neda@example.com")
    terminal = Terminal(command, environment)
    try:
        terminal.press("", "never called")
        terminal.press(opening, opened)
        terminal.send(typed)
        terminal.read_until(
            lambda: any(
                each.draft.kind == kind and any(typed in text for text in each.draft.texts.values())
                for each in open_drafts(session)
            ),
            "the draft",
        )
        terminal.kill()
    finally:
        terminal.close()
    again = Terminal(command, environment)
    try:
        again.press("", "go on with it")
        assert "Mina Sadeghi · " in again.words()
        again.press("\r", offered)
        again.kill()
    finally:
        again.close()
        session.close()


@pytest.mark.parametrize(
    ("keys", "opened", "offered"),
    [(("a",), "Referrer", "new customer"), (("\x1bOQ", "a"), "what agents will see", "settings, status")],
    ids=["new customer", "settings"],
)
def test_nothing_older_than_a_second_is_lost_while_one_types_without_a_pause(
    tmp_path: Path, store: str, keys: tuple[str, ...], opened: str, offered: str
) -> None:
    command = [sys.executable, "-m", "leadtui", "--store", store, "--as", "neda@example.com"]
    environment = environment_in(tmp_path)
    session = Session.open(store, "neda@example.com")
    terminal = Terminal(command, environment, (160, 40))
    typed: list[tuple[float, str]] = []
    try:
        terminal.press("", "never called")
        for key in keys[:-1]:
            terminal.press(key, "No answer")
        terminal.press(keys[-1], opened)
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
