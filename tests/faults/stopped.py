"""A command is asked to end, by each signal that does so, at a place of its own work, and then run again."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import dataclass, field
from itertools import cycle
from mmap import mmap
from pathlib import Path
from types import FrameType
from typing import Any

import leadtui
from faults.child import Ended, run_command
from faults.commands import Command, Found, check_again, contents, differs, goal, origin, place
from faults.trials import Choice, Tally, commands

SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

_ROOM = str(Path(leadtui.__file__).parent)


def run(choice: Choice) -> Tally:
    """Count the calls that each command makes of leadtui's functions, then let a signal come in the chosen ones."""
    tally = Tally("signals")
    which = cycle(SIGNALS)
    for command in commands(choice):
        count = _count(command)
        for index, number in zip(choice.spread(count), which, strict=False):
            what = f"{number.name} in call {index + 1} of {count}"
            with tally.trial(command.name, what), place() as folder:
                calls = Calls(index + 1, number)
                ended = run_command(command.arguments, folder, calls.count)
                if index + 1 == count and ended.code == 0 and not differs(goal(command), contents(folder)):
                    continue  # all was done, and said, before it came
                _judge(command, ended, folder, number)
    return tally


@dataclass(slots=True)
class Calls:
    """Counts calls of leadtui's functions, and sends the signal in one of them."""

    at: int = 0
    number: int = 0
    made: mmap = field(default_factory=lambda: mmap(-1, 8))
    """How many there were; the process that forks the command sees it too."""

    def count(self) -> None:
        """Count from now on."""
        sys.setprofile(self._take)

    def _take(self, frame: FrameType, event: str, _argument: Any) -> None:
        # What is done before commands are heard of at all, and after they have ended, is Python's own.
        if event != "call" or not frame.f_code.co_filename.startswith(_ROOM):
            return
        if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
            return
        count = self.total() + 1
        self.made[:] = count.to_bytes(8)
        if count == self.at:
            os.kill(os.getpid(), self.number)

    def total(self) -> int:
        """How many calls there were."""
        return int.from_bytes(self.made[:])


def _count(command: Command) -> int:
    with place() as folder:
        calls = Calls()
        ended = run_command(command.arguments, folder, calls.count)
        assert ended.code == 0, ended
        return calls.total()


def _judge(command: Command, ended: Ended, folder: Path, number: int) -> None:
    """See that it ends at once, in one sentence, with nothing half done, and that another run brings the rest. Raises Found."""
    if ended.hung:
        raise Found("it hangs")
    if "Traceback" in ended.err + ended.out or "Exception ignored" in ended.err:
        raise Found(f"a traceback: {ended.err.strip()[-3000:]}")
    if ended.code != 128 + number:
        raise Found(f"exit code {ended.code}: {ended.err[-200:]}")
    if not any(word in ended.err.strip().splitlines()[-1] for word in ("Stopped", "متوقف")):
        raise Found(f"it says {ended.err[-200:]!r}")
    parts = [each.name for each in folder.iterdir() if each.name.startswith(".") or _passing(each)]
    if parts:
        raise Found(f"left over: {', '.join(parts)}")
    if not command.by_parts and (
        differs(origin(), contents(folder)) and differs(goal(command), contents(folder))
    ):
        raise Found(f"half done: {differs(origin(), contents(folder))}")
    done = Ended(None, ended.out, ended.err)
    check_again(command, done, folder)


def _passing(path: Path) -> bool:
    return path.is_dir() and path.name != "home"
