"""What is needed for a while is gone afterwards, whatever ends the program."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from leadtui.errors import Refused
from leadtui.passing_folder import passing_folder


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_it_is_its_owners_alone_and_goes_with_what_is_in_it(scratch: Path) -> None:
    with passing_folder() as folder:
        (folder / "copy.db").write_bytes(b"numbers")
        assert folder.parent == scratch
        assert folder.stat().st_mode & 0o077 == 0 or sys.platform == "win32"
    assert list(scratch.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there a process cannot be asked after")
def test_what_a_killed_program_left_goes_with_the_next_one(scratch: Path) -> None:
    killed = (
        f"import os, tempfile; tempfile.tempdir = {str(scratch)!r}\n"
        "from leadtui.passing_folder import passing_folder\n"
        "with passing_folder() as folder:\n"
        "    (folder / 'copy.db').write_bytes(b'numbers')\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    with passing_folder() as ours:
        subprocess.run([sys.executable, "-c", killed], check=False)
        others = scratch / "leadtui-notes"
        others.mkdir()
        assert len(list(scratch.iterdir())) == 3
        with passing_folder() as next_one:
            assert set(scratch.iterdir()) == {ours, others, next_one}


def test_where_none_can_be_made_it_is_a_sentence(scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(scratch / "gone"))
    with (
        pytest.raises(Refused, match=r"gone does not take .*: No such file or directory\. Free some space"),
        passing_folder(),
    ):
        pytest.fail("a folder in none")
