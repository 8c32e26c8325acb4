"""Measures what an open desk takes of the machine: for a key, while nothing happens, and in memory.

Run by `python -m tests.bench desk`. Linux tells what a process has used.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

from .desk_start import Terminal

KEYS = {"Down": "\x1b[B", "PageDown": "\x1b[6~"}
TIMES = 40
RESTING_SECONDS = 60
"""In shorter spans the figure varies by half."""


def figures(store: Path, folder: Path) -> Iterator[tuple[str, str]]:
    """Each figure's name and value, of one desk on the store."""
    terminal = Terminal(store, folder)
    # Into the find line and out again: that leads to all customers.
    for key in ("", "/", "\x1b"):
        terminal.press(key)
        time.sleep(1)
        terminal.drain()
    for name, key in KEYS.items():
        begun, drawn = _processor(terminal), 0
        for _time in range(TIMES):
            terminal.press(key)
            drawn += len(terminal.drain())
        used = (_processor(terminal) - begun) / TIMES
        yield name, f"{used * 1000:7.1f} ms of the processor, {drawn / TIMES / 1000:.1f} kB drawn"
    begun, until = _processor(terminal), time.monotonic() + RESTING_SECONDS
    while time.monotonic() < until:
        terminal.drain()
    used = (_processor(terminal) - begun) * 60 / RESTING_SECONDS
    yield "a minute's rest", f"{used * 1000:7.0f} ms of the processor"
    status = Path(f"/proc/{terminal.process}/status").read_text()
    (peak,) = re.findall(r"VmHWM:\s+(\d+) kB", status)
    yield "memory at its peak", f"{int(peak) / 1024:7.0f} MB"
    terminal.leave()


def _processor(terminal: Terminal) -> float:
    """Seconds of the processor that the program has used."""
    # After the name, which may hold anything, the 12th and 13th are its own time and the system's for it.
    fields = Path(f"/proc/{terminal.process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
