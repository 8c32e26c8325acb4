"""Measures the whole program in a real terminal of its own: from its start to the first customer, and from a key to its row.

Run on demand: `uv run python -m tests.bench.desk_start [--customers 100 100000] [--times 15]`. Times are of this machine as
busy as it is; the ratios between the sizes say whether the desk stays as quick with many customers.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Mapping
from pathlib import Path

from leadtui.domain.view import View
from leadtui.language.phone import show_phone
from leadtui.services.lead_list import LeadList
from leadtui.services.session import Session

from .make_store import make_store

COLUMNS, LINES = 140, 40
PERSON = "1@desk.test"
STARTS = 5
PATIENCE = 60.0
"""Seconds to wait for a row before giving up."""


class Terminal:
    """The other end of the pseudo-terminal that the program runs in."""

    def __init__(self, store: Path, home: Path) -> None:
        self.process, self._screen = pty.fork()
        if self.process == 0:
            os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "XDG_CONFIG_HOME": str(home)}
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
            command = [sys.executable, "-m", "leadtui", "--store", str(store), "--as", PERSON]
            os.execv(sys.executable, command)
        fcntl.ioctl(self._screen, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self._seen = b""

    def press(self, keys: str) -> None:
        os.write(self._screen, keys.encode())

    def wait_for(self, words: str) -> None:
        """Until these words have been written to the terminal; what came before them is forgotten."""
        wanted, end = words.encode(), time.perf_counter() + PATIENCE
        while wanted not in self._seen:
            ready, _, _ = select.select([self._screen], [], [], max(0, end - time.perf_counter()))
            if not ready:
                raise TimeoutError(f"{words} did not appear in {PATIENCE:.0f} s")
            self._seen += os.read(self._screen, 1 << 16)
        self._seen = self._seen[self._seen.index(wanted) + len(wanted) :]

    def drain(self) -> str:
        """Read what is still being drawn, until nothing has come for a moment; returns all of it."""
        drawn = b""
        while select.select([self._screen], [], [], 0.3)[0]:
            drawn += os.read(self._screen, 1 << 16)
        self._seen = b""
        return drawn.decode(errors="replace")

    def leave(self) -> None:
        """Ctrl+Q, and wait for the end."""
        self.press("\x11")
        try:
            while os.read(self._screen, 1 << 16):
                pass
        except OSError:
            pass  # the program has closed the terminal
        os.waitpid(self.process, 0)


def numbers_of(store: Path) -> list[str]:
    """The numbers of the newest customers as the table shows them, in its order."""
    session = Session.open(store, PERSON)
    try:
        customers = LeadList(session)
        ids = customers.order(View())[:2_000]
        rows = customers.rows(ids)
        return [show_phone(rows[each].phone, session.workspace.region) for each in ids]
    finally:
        session.close()


def measure(customers: int, times: int, folder: Path) -> Mapping[str, float]:
    """Milliseconds of each act, the median of several."""
    store = folder / f"{customers}.db"
    make_store(store, customers)
    numbers = numbers_of(store)
    acts: dict[str, list[float]] = {"start": [], "down": [], "PageDown": [], "find": []}
    for _start in range(STARTS):
        begun = time.perf_counter()
        terminal = Terminal(store, folder)
        terminal.wait_for(numbers[0])
        acts["start"].append(time.perf_counter() - begun)
        terminal.leave()
    terminal = Terminal(store, folder)
    terminal.wait_for(numbers[0])
    terminal.drain()
    # Into the find line and out again: that leads to all customers, whichever side it began at.
    for key in "/\x1b":
        terminal.press(key)
        terminal.drain()
    for row in range(1, times + 1):
        acts["down"].append(_timed(terminal, "\x1b[B", numbers[row]))
    terminal.press("\x1b[H")
    terminal.drain()
    lowest = [_page(terminal, numbers) for _page_down in range(2)]
    step = lowest[1] - lowest[0]
    for row in range(lowest[1] + step, min(len(numbers) - 1, lowest[1] + step * times), step):
        acts["PageDown"].append(_timed(terminal, "\x1b[6~", numbers[row]))
    for place in range(times):
        number = numbers[len(numbers) // 2 + place]
        terminal.press("/")
        terminal.drain()
        acts["find"].append(_timed(terminal, number.replace(" ", ""), number))
        terminal.press("\x1b")
        terminal.drain()
    terminal.leave()
    return {act: statistics.median(each) * 1000 for act, each in acts.items()}


def _page(terminal: Terminal, numbers: list[str]) -> int:
    """Turn a page, and return the place of its last row."""
    terminal.press("\x1b[6~")
    drawn = terminal.drain()
    return max(place for place, number in enumerate(numbers) if number in drawn)


def _timed(terminal: Terminal, keys: str, shows: str) -> float:
    begun = time.perf_counter()
    terminal.press(keys)
    terminal.wait_for(shows)
    taken = time.perf_counter() - begun
    terminal.drain()
    return taken


def main() -> None:
    """Read the command line, measure, print the figures and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, nargs="+", default=[100, 100_000])
    parser.add_argument("--times", type=int, default=15)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured = {each: measure(each, chosen.times, Path(folder)) for each in chosen.customers}
    least = chosen.customers[0]
    for customers, acts in measured.items():
        for act, taken in acts.items():
            ratio = taken / measured[least][act]
            sys.stdout.write(f"{customers:>9,} customers  {act:<9} {taken:7.0f} ms  × {ratio:.2f}\n")


if __name__ == "__main__":
    main()
