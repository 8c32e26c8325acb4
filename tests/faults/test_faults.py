"""A few faults of each kind in every run, and many as a proof: `uv run python -m tests.faults` tries all that there are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from amounts import small_and_large

ROOT = Path(__file__).parents[2]

SAVING = (
    *("import", "imports undo", "backup", "leads export", "template export", "template import"),
    *("follow-up", "a step on an older store"),
)

KINDS = {
    "operations": (),
    "full-disk": (*SAVING, "restore", "restore where there is none", "doctor --repair", "demo"),
    "kills": (*SAVING, "restore", "restore where there is none", "leads erase", "demo"),
    "lost-output": SAVING,
    "torn-logs": (),
}
"""The kinds, and the commands of each; all of them where none is named."""


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX processes")
@pytest.mark.parametrize("kind", KINDS)
@small_and_large("places", 2, 10, "LEADTUI_FAULTS")
def test_whatever_fails_the_store_is_whole_and_the_person_is_told(kind: str, amount: int) -> None:
    named = [word for name in KINDS[kind] for word in ("--only", name)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", kind, "--places", str(amount), *named],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
