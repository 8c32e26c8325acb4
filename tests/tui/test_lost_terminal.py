"""A terminal that vanishes before the program has begun to look for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytest.importorskip("termios", reason="pseudo-terminals are of POSIX")

PROGRAM = """
import os
ours, theirs = os.openpty()
for number in (0, 1, 2):
    os.dup2(theirs, number)
os.close(ours)  # the last that held the terminal open

from leadtui.tui.leaving import leaving_when_asked
from leadtui.tui.terminal_app import TerminalApp

app = TerminalApp()
with leaving_when_asked(app) as run:
    run()
raise SystemExit(app.return_code)
"""


def test_a_program_whose_terminal_is_gone_at_its_start_ends() -> None:
    assert subprocess.run([sys.executable, "-c", PROGRAM], timeout=60, check=False).returncode == 129
