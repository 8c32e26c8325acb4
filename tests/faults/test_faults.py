"""A few faults of each kind as a proof: `uv run python -m tests.faults` tries all that there are."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from amounts import EVERYTHING

from faults.commands import COMMANDS

ROOT = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX processes"),
]

KINDS = ("operations", "torn-logs")
PLACES = int(os.environ.get("LEADTUI_FAULTS", "1"))
"""At how many places of each command something fails."""

WHOLE_RUNS = ("full-disk", "kills", "lost-output")
"""Of these the other tests have their own: tests/services/test_full_disk.py, tests/kills, tests/cli/test_saved.py."""

OWN_CASES = ("torn-logs", "hostile-files")
"""These are tried on files, not at places of each command."""

TRIED = [each.name for each in COMMANDS if each.name != "demo"][:: 1 if EVERYTHING else 2]
"""Every other command, and all where all is proved. The demonstration keeps nothing; what is left of one that was cut short the
next one clears."""


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_fails_the_store_is_whole_and_the_person_is_told(kind: str) -> None:
    run(kind, PLACES)


def test_asked_to_end_a_command_says_so_and_leaves_nothing_half() -> None:
    run("signals", PLACES)


def test_whatever_lies_in_the_place_of_a_file_the_person_is_told() -> None:
    run("hostile-files", PLACES)


@pytest.mark.parametrize("kind", WHOLE_RUNS)
def test_whatever_cuts_it_short_what_is_saved_is_saved_and_said(kind: str) -> None:
    run(kind, PLACES)


def run(kind: str, places: int) -> None:
    """Try so many places of each command, or of each log."""
    only = () if kind in OWN_CASES else TRIED
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.faults", kind, "--places", str(places)),
            *(part for name in only for part in ("--only", name)),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 faults" not in done.stdout
