"""A few faults of each kind in every run, and many as a proof: `uv run python -m tests.faults` tries all that there are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from amounts import small_and_large

ROOT = Path(__file__).parents[2]

KINDS = ("operations", "full-disk", "kills", "lost-output", "torn-logs")


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX processes")
@pytest.mark.parametrize("kind", KINDS)
@small_and_large("places", 2, 10, "LEADTUI_FAULTS")
def test_whatever_fails_the_store_is_whole_and_the_person_is_told(kind: str, amount: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", kind, "--places", str(amount)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
