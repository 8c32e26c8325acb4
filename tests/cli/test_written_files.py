"""Every command that writes a file writes it in one way: whole, for its owner alone, over nothing that nobody gave up."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from command_running import Run, StoreOfTest
from session_making import MovingClock
from typer.main import get_command
from visits import define_visits

from leadtui.cli.main import app
from leadtui.services.session import Session
from leadtui.settings import Settings, save_settings
from leadtui.whole_file import FileIsThere, whole_file

WRITING = {
    "import": ("import", "{sheet}", "--rejects", "{file}"),
    "import, tried": ("import", "{sheet}", "--dry-run", "--rejects", "{file}"),
    "leads export": ("leads", "export", "{file}"),
    "leads export, a workbook": ("leads", "export", "{file}", "--format", "xlsx"),
    "leads export, cards": ("leads", "export", "{file}", "--format", "vcf"),
    "template export": ("template", "export", "{file}"),
    "do-not-call export": ("do-not-call", "export", "{file}"),
    "needs playbook export": ("needs", "playbook", "export", "opening", "{file}"),
    "cases export": ("cases", "export", "{file}"),
    "cases kinds export": ("cases", "kinds", "export", "visit", "{file}"),
    "backup": ("backup", "{file}"),
}
"""The commands that write a file for a person, by name and by what else they are told."""


def commands(command: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every command with its whole name."""
    for each, inner in getattr(command, "commands", {}).items():
        yield f"{name} {each}".strip(), inner
        yield from commands(inner, f"{name} {each}".strip())


def test_no_command_that_writes_a_file_is_left_out() -> None:
    forcible = {
        name
        for name, each in commands(get_command(app))
        if any("--force" in option.opts for option in each.params)
    }
    assert forcible == {name.partition(",")[0] for name in WRITING}


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return [each.name for each in folder.iterdir()]


@pytest.fixture
def folder(tmp_path: Path, place: StoreOfTest) -> Path:
    neda = Session.open(place.path, "neda@example.com", MovingClock())
    define_visits(neda)
    neda.close()
    made = tmp_path / "kept"
    made.mkdir()
    (tmp_path / "sheet.csv").write_text("Name,Phone\nNobody,12\n")
    return made


@pytest.mark.parametrize("name", WRITING)
def test_a_file_is_new_or_given_up(run: Run, place: StoreOfTest, folder: Path, name: str) -> None:
    def write(path: Path, *more: str) -> tuple[int, str]:
        words = [each.format(file=path, sheet=folder.parent / "sheet.csv") for each in WRITING[name]]
        said = run(*words, *more, "--store", place)
        return said.code, said.err

    out = folder / "out.csv"
    code, words = write(out)
    assert code == 0, words
    whole = out.read_bytes()
    assert len(whole) > 20
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    out.write_text("mine")
    code, words = write(out)
    assert (code, out.read_text()) == (1, "mine")
    assert "is there already; give another file, or replace it with --force." in words
    code, words = write(out, "--force")
    assert code == 0, words
    assert len(out.read_bytes()) > 20

    # Nothing is written to where a link leads, be there anything or not, not even on demand.
    for victim in ("out.csv", "nowhere.csv"):
        link = folder / f"link-to-{victim}"
        link.symlink_to(folder / victim)
        before = out.read_bytes()
        for more in ((), ("--force",)):
            code, words = write(link, *more)
            assert code == 1
            assert "is a link to another file; give that one, or a new name." in words
        assert (link.is_symlink(), out.read_bytes() == before) == (True, True)
    os.mkfifo(folder / "pipe.csv")
    (folder / "folder.csv").mkdir()
    for path, sentence in (
        (folder / "pipe.csv", "is no ordinary file"),
        (folder / "folder.csv", "is a folder"),
        (folder / "no" / "out.csv", "cannot be written"),
        (folder / f"{'n' * 300}.csv", "cannot be written"),
    ):
        code, words = write(path, "--force")
        assert (code, sentence in words) == (1, True), words
    left = ["folder.csv", "link-to-nowhere.csv", "link-to-out.csv", "out.csv", "pipe.csv"]
    assert sorted(names(folder)) == left


FULL = """
import resource, signal, sys
from leadtui.__main__ import run

def fill(event, arguments):
    if event == "open" and str(arguments[0]).endswith(".part"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (16, resource.RLIM_INFINITY))

signal.signal(signal.SIGXFSZ, signal.SIG_DFL if sys.argv.pop(1) == "killed" else signal.SIG_IGN)
sys.addaudithook(fill)
run()
"""
"""From when the file is begun on the disk takes 16 bytes; more are refused, or kill the program as a power cut would."""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no limits of a file's size")
@pytest.mark.parametrize("name", WRITING)
@pytest.mark.parametrize("end", ["refused", "killed"])
def test_half_a_file_is_no_file(place: StoreOfTest, folder: Path, name: str, end: str) -> None:
    out = folder / "out.csv"
    words = [each.format(file=out, sheet=folder.parent / "sheet.csv") for each in WRITING[name]]
    done = subprocess.run(
        [sys.executable, "-c", FULL, end, *words, "--store", str(place)],
        env={**os.environ, "LEADTUI_AS": "neda@example.com"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == (-signal.SIGXFSZ if end == "killed" else 1), done.stderr
    assert not done.stderr.startswith("Traceback")
    left = names(folder)
    assert all(each.startswith(".out.csv.") for each in left)
    assert bool(left) == (end == "killed")
    with whole_file(out) as file:
        file.write(b"the next one clears what is left")
    assert names(folder) == ["out.csv"]


def test_settings_are_written_in_that_way_too(tmp_path: Path) -> None:
    file, victim = tmp_path / "own" / "settings.toml", tmp_path / "victim"
    for theme in ("leadtui-day", "leadtui-contrast"):
        save_settings(Settings(theme=theme), file)
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text() == 'theme = "leadtui-contrast"\n'
    file.unlink()
    victim.write_text("mine")
    file.symlink_to(victim)
    with pytest.raises(Exception, match="is a link"):
        save_settings(Settings(theme="leadtui-day"), file)
    assert victim.read_text() == "mine"


def test_what_came_first_while_it_was_written_stays(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"

    def write() -> None:
        with whole_file(out) as file:
            file.write(b"ours")
            out.write_text("theirs")

    with pytest.raises(FileIsThere):
        write()
    assert (out.read_text(), names(tmp_path)) == ("theirs", ["out.csv"])
