"""Measures the record table in a real terminal of its own: first rows, and PageDown from key to drawn row.

Run on demand: `uv run python -m tests.bench.record_table [--rows 1000000] [--pages 200] [--persian]`.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Sequence

from tests.bench.table_terminal import COLUMNS, END, LINES, PAGE_DOWN, QUIT, TableProgram, Terminal

PATIENCE = 60.0
"""Seconds to wait for a row before giving up."""

LATIN, PERSIAN = ("Sara Ahmadi", "Omid Rezaei"), ("زهرا احمدی", "محمد رضایی")


def row_words(row_id: int) -> str:
    return f"#{row_id:07d}#"


class Screen:
    """Waits for words on the way to the terminal that the table runs in."""

    def __init__(self, rows: int, persian: bool) -> None:
        names = PERSIAN if persian else LATIN

        def words(row_id: int) -> Sequence[str]:
            return (
                row_words(row_id),
                names[row_id % 2],
                "Tehran",
                "Referral",
                "Neda",
                "bachelor",
                "accounting",
            )

        self.terminal = Terminal(lambda: TableProgram(rows, words))
        self._seen = b""

    def wait_for(self, words: str) -> None:
        """Until these words have been written to the terminal; what came before them is forgotten."""
        wanted, end = words.encode(), time.perf_counter() + PATIENCE
        while wanted not in self._seen:
            come = self.terminal.read(max(end - time.perf_counter(), 0))
            if not come:
                raise TimeoutError(f"{words} did not appear in {PATIENCE:.0f} s")
            self._seen += come
        self._seen = self._seen[self._seen.index(wanted) + len(wanted) :]


def measure(rows: int, pages: int, persian: bool) -> None:
    """Print the figures: milliseconds from the key to the last row of the page, and what the process used."""
    begun = time.perf_counter()
    screen = Screen(rows, persian)
    terminal = screen.terminal
    body = LINES - 1
    screen.wait_for(row_words(body - 1))
    first = time.perf_counter() - begun
    times: list[float] = []
    for page in range(1, min(pages, (rows - body) // (body - 1)) + 1):
        pressed = time.perf_counter()
        terminal.press(PAGE_DOWN)
        screen.wait_for(row_words(page * (body - 1) + body - 1))
        times.append((time.perf_counter() - pressed) * 1000)
    times.sort()
    pressed = time.perf_counter()
    terminal.press(END)
    screen.wait_for(row_words(rows - 1))
    end_key = (time.perf_counter() - pressed) * 1000
    terminal.press(QUIT)
    _, status, used = os.wait4(terminal.process, 0)
    sys.stdout.write(
        f"{rows:,} rows, {COLUMNS}x{LINES}{', Persian' if persian else ''}: first rows {first:.2f} s; "
        f"PageDown median {statistics.median(times):.1f} ms, p95 {times[int(len(times) * 0.95)]:.1f} ms, "
        f"worst {times[-1]:.1f} ms; End {end_key:.0f} ms; "
        f"processor {used.ru_utime + used.ru_stime:.2f} s in all; peak {used.ru_maxrss // 1024} MB; "
        f"exit {os.waitstatus_to_exitcode(status)}\n"
    )


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=1_000_000)
    arguments.add_argument("--pages", type=int, default=200)
    arguments.add_argument("--persian", action="store_true")
    chosen = arguments.parse_args()
    measure(chosen.rows, chosen.pages, chosen.persian)
