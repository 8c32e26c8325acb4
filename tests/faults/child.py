"""Runs a command of the program in a forked process, in which something then goes wrong.

Forking costs a fiftieth of a start of Python, so that thousands of faults can be tried.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from tempfile import TemporaryDirectory
from typing import Any

import leadtui

PATIENCE = 20
"""Seconds after which a command is taken to hang."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: its exit code, None where it was killed, and what it wrote."""

    code: int | None
    out: str
    err: str
    hung: bool = False


def import_everything() -> None:
    """Import what commands would: what this process has, its children need not load."""
    for name in ("alembic.command", "openpyxl", "python_calamine", "phonenumbers"):
        with suppress(ImportError):
            import_module(name)
    for module in walk_packages(leadtui.__path__, "leadtui."):
        if not module.name.startswith(("leadtui.tui", "leadtui.store.migrations")):
            import_module(module.name)


def run_command(
    arguments: tuple[str, ...],
    folder: Path,
    fault: Callable[[], object] = lambda: None,
    *,
    killed_after: float = PATIENCE,
    lose_output: Callable[[], object] = lambda: None,
) -> Ended:
    """Run `leadtui` in `folder` as Neda.

    In its process `fault` is called just before, and `lose_output` when only its standard output has been opened.
    """
    with TemporaryDirectory() as elsewhere:
        said, told = Path(elsewhere) / "out", Path(elsewhere) / "err"
        for each in (said, told):
            each.touch()
        child = os.fork()
        if child == 0:
            _be_leadtui(arguments, folder, fault, lose_output, said, told)
        code = _end(child, killed_after)
        return Ended(
            code,
            said.read_text(errors="replace"),
            told.read_text(errors="replace"),
            hung=code is None and killed_after == PATIENCE,
        )


def _end(child: int, seconds: float) -> int | None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return os.WEXITSTATUS(status) if os.WIFEXITED(status) else None
        time.sleep(0.001)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def _be_leadtui(
    arguments: tuple[str, ...],
    folder: Path,
    fault: Callable[[], object],
    lose_output: Callable[[], object],
    said: Path,
    told: Path,
) -> None:
    code = 1
    try:
        _connect(said, told, lose_output)
        _arrange(folder)
        from leadtui.__main__ import run

        sys.argv = ["leadtui", *arguments]
        fault()
        run()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 0 if ended.code is None else 1
    except BaseException:  # noqa: BLE001  # the interpreter prints it
        traceback.print_exc()
    finally:
        with suppress(Exception):
            sys.stderr.flush()
        try:
            if sys.stdout is not None:  # pyright: ignore[reportUnnecessaryComparison]  # Python has none where it is closed
                sys.stdout.flush()
        except Exception:  # noqa: BLE001  # whatever it is
            code = code or 120  # as Python's own end does
        os._exit(code)


def _connect(said: Path, told: Path, lose_output: Callable[[], object]) -> None:
    """Keep apart what is written; the streams are as Python makes them at its start."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for stream, path in ((1, said), (2, told)):
        os.dup2(os.open(path, os.O_WRONLY), stream)
    lose_output()
    sys.stdin, sys.stdout, sys.stderr = (_stream(0, "r"), _stream(1, "w"), _stream(2, "w"))


def _stream(number: int, mode: str) -> Any:
    try:
        return open(number, mode, encoding="utf-8", closefd=False)
    except OSError:
        return None


def _arrange(folder: Path) -> None:
    """Nothing of whoever runs this is seen or touched."""
    os.chdir(folder)
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        os.environ[name] = str(folder / "home")
    os.environ["LEADTUI_AS"] = "neda@example.com"
    os.environ.pop("LEADTUI_STORE", None)
    tempfile.tempdir = str(folder)
