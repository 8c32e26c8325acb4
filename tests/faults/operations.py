"""The n-th thing that a command asks of the disk fails: once, or from then on."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from types import ModuleType
from typing import Any

from faults.child import run_command
from faults.commands import Command, place
from faults.trials import Choice, Tally, commands, judge
from leadtui.store.sqlite.driver import sqlite_driver

_WAYS = (
    ("full", errno.ENOSPC, True),
    ("broken", errno.EIO, False),
    ("full", errno.ENOSPC, False),
    ("broken", errno.EIO, True),
)
"""What the disk is, its error, and whether it stays so; from place to place the next one."""

_FREEING = ("unlink", "ftruncate", "os.remove", "os.truncate", "os.rename")
"""What a full disk does all the same."""

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def run(choice: Choice) -> Tally:
    """Count what each command asks of the disk, then let the chosen ones fail."""
    tally = Tally("operations")
    for command in commands(choice):
        asked = _asked(command)
        for index, (word, code, lasting) in zip(choice.spread(len(asked)), cycle(_WAYS), strict=False):
            since = "from" if lasting else "at"
            what = f"the disk is {word} {since} operation {index + 1} of {len(asked)} on ({asked[index]})"
            with tally.trial(command.name, what), place() as folder:
                disk = Disk(folder, Failing(index + 1, code, lasting))
                judge(command, run_command(command.arguments, folder, disk.enter), folder)
    return tally


def _asked(command: Command) -> list[str]:
    """The operations of a run in which nothing fails."""
    with place() as folder:
        log = folder.with_suffix(".operations")
        disk = Disk(folder, Failing(0, 0, lasting=False), log)
        ended = run_command(command.arguments, folder, disk.enter)
        assert ended.code == 0, ended
        operations = log.read_text(encoding="utf-8").splitlines()
        log.unlink()
        return operations


@dataclass(slots=True)
class Failing:
    """The operation that fails, counted from one, and how."""

    at: int
    code: int
    lasting: bool
    done: int = 0

    def next(self, *, needs_room: bool) -> int:
        """The error of the next operation; 0 where it goes well, as what needs no room does on a full disk."""
        self.done += 1
        if self.code == errno.ENOSPC and not needs_room:
            return 0
        fails = self.done == self.at or (self.lasting and self.done > self.at > 0)
        return self.code if fails else 0


class Disk:
    """Stands between a process and what it writes in a folder: SQLite's files and the others."""

    def __init__(self, folder: Path, failing: Failing, log: Path | None = None) -> None:
        self._folder = str(folder)
        self._failing = failing
        self._log = log
        self._kept: list[Any] = []

    def enter(self) -> None:
        """Called in the process that is to fail; there is no way back."""
        if self._log is not None:
            self._stream = self._log.open("w", encoding="utf-8", buffering=1)
        self._enter_sqlite()
        self._enter_python()

    def _ask(self, what: str) -> int:
        if self._log is not None:
            self._stream.write(f"{what}\n")
        return self._failing.next(needs_room=not what.endswith(_FREEING) and not what.startswith(_FREEING))

    def _enter_python(self) -> None:
        """What Python itself does with files is told to audit hooks, which may refuse it."""
        named = {"os.rename", "os.link", "os.remove", "os.mkdir", "os.truncate"}

        def hook(event: str, arguments: tuple[Any, ...]) -> None:
            if event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING:
                self._refuse("open", arguments[0])
            elif event in named:
                self._refuse(event, arguments[0])

        sys.addaudithook(hook)
        real = os.fsync

        def fsync(handle: Any) -> None:
            self._refuse("fsync", self._folder)
            real(handle)

        os.fsync = fsync

    def _refuse(self, what: str, path: Any) -> None:
        name = path if isinstance(path, str) else str(path) if isinstance(path, Path) else ""
        if Path(self._folder, name).is_relative_to(self._folder):
            code = self._ask(f"{what} {Path(name).name}")
            if code:
                raise OSError(code, os.strerror(code), name)

    def _enter_sqlite(self) -> None:
        """SQLite lets its calls of the system be replaced for tests (https://www.sqlite.org/c3ref/vfs.html)."""
        calls = SystemCalls(sqlite_driver())
        for name, result, arguments in _CALLS:
            original = calls.get(name)
            if original:
                kind = ctypes.CFUNCTYPE(result, *arguments, use_errno=True)
                replaced = kind(self._failing_call(name, kind(original)))
                self._kept.append(replaced)
                calls.set(name, replaced)

    def _failing_call(self, name: str, original: Any) -> Callable[..., int]:
        def call(*arguments: Any) -> int:
            code = 0 if name == "open" and not arguments[1] & os.O_CREAT else self._ask(f"SQLite's {name}")
            if code:
                ctypes.set_errno(code)
                return -1
            return original(*arguments)

        return call


_CALLS: tuple[tuple[str, Any, tuple[Any, ...]], ...] = (
    ("pwrite", ctypes.c_ssize_t, (ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int64)),
    ("pwrite64", ctypes.c_ssize_t, (ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int64)),
    ("write", ctypes.c_ssize_t, (ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t)),
    ("ftruncate", ctypes.c_int, (ctypes.c_int, ctypes.c_int64)),
    ("unlink", ctypes.c_int, (ctypes.c_char_p,)),
    ("open", ctypes.c_int, (ctypes.c_char_p, ctypes.c_int, ctypes.c_int)),
)


class _Vfs(ctypes.Structure):
    _fields_ = (
        ("version", ctypes.c_int),
        ("file_size", ctypes.c_int),
        ("longest_path", ctypes.c_int),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("data", ctypes.c_void_p),
        ("methods", ctypes.c_void_p * 13),
        ("set_system_call", ctypes.c_void_p),
        ("get_system_call", ctypes.c_void_p),
    )


class SystemCalls:
    """The calls of the system that a build of SQLite makes."""

    def __init__(self, driver: ModuleType) -> None:
        library = ctypes.CDLL(str(_extension(driver)))
        library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
        self._vfs = library.sqlite3_vfs_find(None)
        inside = self._vfs.contents
        self._get = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)(
            inside.get_system_call
        )
        self._set = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)(
            inside.set_system_call
        )

    def get(self, name: str) -> int | None:
        """Where the function is; None where this build has none of that name."""
        return self._get(ctypes.cast(self._vfs, ctypes.c_void_p), name.encode())

    def set(self, name: str, function: Any) -> None:
        """Let SQLite call another function."""
        self._set(
            ctypes.cast(self._vfs, ctypes.c_void_p), name.encode(), ctypes.cast(function, ctypes.c_void_p)
        )


def _extension(driver: ModuleType) -> Path:
    """The file with SQLite in it, or through which it is reached."""
    from importlib import import_module

    name = "_sqlite3" if driver.__name__ == "sqlite3" else f"{driver.__name__}._sqlite3"
    return Path(str(import_module(name).__file__))
