"""An error that nobody foresaw is reported with its places, and without anything that people typed."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from session_making import add_lead, make_session

from leadtui.crash_report import crash_text

NAME = "Mina Sadeghi"


def _fails(name: str) -> None:
    try:
        raise ValueError(f"no such person: {name}")
    except ValueError as error:
        raise KeyError(name) from error


def test_a_report_has_kinds_and_places_and_no_values() -> None:
    with pytest.raises(KeyError) as caught:
        _fails(NAME)
    text = crash_text(caught.value)
    assert "builtins.KeyError" in text
    assert "builtins.ValueError" in text
    assert "test_crash_report.py:" in text
    assert "Mina" not in text


CRASHING = """
import sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
from leadtui.__main__ import run

def fail(connection, cursor, statement, parameters, context, many):
    if "lead" in statement and "SELECT" in statement:
        name = "Mina Sadeghi"
        raise LookupError(name)

event.listen(Engine, "before_cursor_execute", fail)
run()
"""


def test_a_command_that_fails_unforeseen_says_one_sentence(tmp_path: Path) -> None:
    session = make_session(tmp_path)
    add_lead(session, NAME, "+1 212 555 0101")
    session.close()
    done = subprocess.run(
        [sys.executable, "-c", CRASHING, "leads", "list", "--store", str(tmp_path / "desk.db")],
        env={
            **os.environ,
            "LEADTUI_AS": "neda@example.com",
            "HOME": str(tmp_path),
            "XDG_STATE_HOME": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr.count("\n"), "Mina" in done.stderr) == (1, 1, False), done.stderr
    (report,) = tmp_path.rglob("leadtui-*.txt")
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert "builtins.LookupError" in report.read_text()
    assert "Mina" not in report.read_text()
