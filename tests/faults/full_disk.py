"""A disk that has room for so much and no more: a small file system in memory, or where that takes rights, small files."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from faults.child import run_command
from faults.commands import Command, beginning, place
from faults.trials import Choice, Tally, commands, judge

_PAGE = 4096


def run(choice: Choice) -> Tally:
    """Run each command on disks of the chosen sizes, from no room at all to enough."""
    tally = Tally("full disk")
    for command in commands(choice):
        enough = _need(command)
        for index in choice.spread(enough // _PAGE):
            free = index * _PAGE
            with tally.trial(command.name, f"{free // 1024} KB are free"), disk(free) as (folder, fault):
                ended = run_command(command.arguments, folder, fault)
                with _copied(folder) as copy:
                    judge(command, ended, copy)
    return tally


def _need(command: Command) -> int:
    """About the room that a command takes."""
    with place() as folder:
        before = _size(folder)
        run_command(command.arguments, folder)
        # Logs, and copies that are made before something is replaced.
        return max(3 * (_size(folder) - before), 16 * _PAGE) + 2 * (folder / "desk.db").stat().st_size


def _size(folder: Path) -> int:
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())


@contextmanager
def disk(free: int) -> Generator[tuple[Path, Callable[[], object]]]:
    """A folder with all that commands begin with and so much room, and what a process does to meet the limit."""
    folder = Path(mkdtemp(prefix="leadtui-faults-"))
    used = sum(-(-each.stat().st_size // _PAGE) + 1 for each in beginning().rglob("*")) + 2
    mounted = _mount(folder, used * _PAGE + free)
    try:
        shutil.copytree(beginning(), folder, dirs_exist_ok=True)
        yield folder, (lambda: None) if mounted else (lambda: _limit_files(max(free, _PAGE)))
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", folder], check=True)
        shutil.rmtree(folder, ignore_errors=True)


def _mount(folder: Path, size: int) -> bool:
    if os.geteuid() != 0 or shutil.which("mount") is None:
        return False
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def _limit_files(free: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (free, resource.RLIM_INFINITY))


@contextmanager
def _copied(folder: Path) -> Generator[Path]:
    """The folder as it is on a disk with room."""
    copy = Path(mkdtemp(prefix="leadtui-faults-"))
    try:
        shutil.copytree(folder, copy, dirs_exist_ok=True)
        yield copy
    finally:
        shutil.rmtree(copy)
