"""What a piece of work costs: time on the wall, of the processor, bytes written, the most memory, bytes drawn.

Linux counts them. On a busy machine processor time and bytes repeat to 10–20 %; time on the wall does not.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one piece of work took. Seconds, and bytes; None for what does not come up or was not counted.

    `processor` is of all threads and of the children that have ended, `written` what has gone to a disk, `peak` the
    most memory that one process held, `drawn` what went to a terminal.
    """

    wall: float | None = None
    processor: float | None = None
    written: int | None = None
    peak: int | None = None
    drawn: int | None = None
    size: int | None = None
    """Of the file that was made."""

    count: int | None = None
    """How many there were of what is counted."""


def cost_of_command(arguments: Sequence[str], words: str = "", output: Path = Path(os.devnull)) -> Cost:
    """Run a command whole, with `words` on its standard input. Raises CalledProcessError where it fails.

    What measures is small, since a process begins with as much memory as the one that started it.
    """
    assert sys.platform == "linux"
    with output.open("wb") as out:
        began = time.perf_counter()
        process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=out, stderr=subprocess.PIPE)
        assert process.stdin
        assert process.stderr
        process.stdin.write(words.encode())
        process.stdin.close()
        told = process.stderr.read()
        # It has ended, but its figures stay until it is waited for.
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        wall = time.perf_counter() - began
        written = bytes_written(process.pid)
        _, status, used = os.wait4(process.pid, 0)
        process.stderr.close()
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, arguments, stderr=told.decode())
    return Cost(wall, used.ru_utime + used.ru_stime, written, used.ru_maxrss * 1024)


def cost_of(work: Callable[[], object]) -> Cost:
    """Do the work in this process, with what its children do of it."""
    Path("/proc/self/clear_refs").write_text("5")  # the most memory counts from now
    written, used, began = bytes_written(os.getpid()), _processor_here(), time.perf_counter()
    work()
    wall, used = time.perf_counter() - began, _processor_here() - used
    return Cost(wall, used, bytes_written(os.getpid()) - written, peak_of(os.getpid()))


def apart(work: Callable[Given, Result], *given: Given.args, **named: Given.kwargs) -> Result:
    """What `work` returns in a process of its own, so that what it imports and holds ends with it."""
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as pool:
        return pool.submit(work, *given, **named).result()


def processor_of(process: int) -> float:
    """Seconds of the processor that a running process has used, in all of its threads."""
    # The kernel's clock of a process, see clock_getcpuclockid(3).
    return time.clock_gettime((~process << 3) | 2)


def peak_of(process: int) -> int:
    """The most memory that a running process has held, in bytes."""
    (peak,) = re.findall(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    return int(peak) * 1024


def bytes_written(process: int) -> int:
    """Bytes that a process and its ended children have had written to disks."""
    lines = Path(f"/proc/{process}/io").read_text().splitlines()
    return int(dict(line.split(": ") for line in lines)["write_bytes"])


def _processor_here() -> float:
    children = os.times()
    return time.process_time() + children.children_user + children.children_system
