"""Standard output that is full or gone after something was saved: it stays saved, and the person is told so."""

from __future__ import annotations

import os

from faults.child import Ended, run_command
from faults.commands import Found, check_end, goal, origin, place, undisturbed
from faults.trials import Choice, Tally, commands

SAVED_UNSAID = 3
"""The exit code of a command that has saved and could not say so."""


def run(choice: Choice) -> Tally:
    """Take standard output away from every command that saves something; there is nothing to choose."""
    tally = Tally("lost output")
    for command in commands(choice):
        if goal(command) == origin():
            continue
        for what, lose in _LOST.items():
            with tally.trial(command.name, what), place() as folder:
                ended = run_command(command.arguments, folder, lose_output=lose)
                check_end(command, ended, folder)
                _check_said(ended, spoke=bool(undisturbed(command)[0].out))
    return tally


def _check_said(ended: Ended, *, spoke: bool) -> None:
    lines = ended.err.strip().splitlines()
    if spoke and (ended.code != SAVED_UNSAID or not lines):
        raise Found(f"exit code {ended.code}, saying {' '.join(lines)[:200]!r}")
    if not spoke and ended.code != 0:
        raise Found(f"exit code {ended.code}, although it has nothing to write there")


def _fill() -> None:
    os.dup2(os.open("/dev/full", os.O_WRONLY), 1)


def _close() -> None:
    os.close(1)


def _break() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    os.dup2(writing, 1)


_LOST = {
    "the disk of standard output is full": _fill,
    "standard output is closed": _close,
    "nobody reads standard output": _break,
}
