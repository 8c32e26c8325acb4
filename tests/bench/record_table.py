"""Measures the record table in a real terminal of its own: first rows, and PageDown from key to drawn row.

Run on demand: `uv run python tests/bench/record_table.py [--rows 1000000] [--pages 200] [--persian]`.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import resource
import select
import statistics
import struct
import sys
import termios
import time
from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path

from textual.app import App, ComposeResult

from leadtui.tui.theme_colours import variables_for
from leadtui.tui.theming import load_themes
from leadtui.tui.widgets.record_table import Cell, Column, RecordTable

THEMES = Path(__file__).parents[2] / "themes"
COLUMNS, LINES = 120, 40
PATIENCE = 60.0
"""Seconds to wait for a row before giving up."""


class Bench(App[None]):
    """Nothing but the table, with ten columns of which four are coloured."""

    def __init__(self, rows: int, persian: bool) -> None:
        super().__init__()
        self._rows = rows
        self._names = ("زهرا احمدی", "محمد رضایی") if persian else ("Sara Ahmadi", "Omid Rezaei")
        for theme in load_themes([THEMES])[0]:
            self.register_theme(theme)
        self.theme = "leadtui-night"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variables_for(self.current_theme)

    def compose(self) -> ComposeResult:
        titles = ("Number", "Name", "City", "Phone", "Entry", "Status", "Owner", "Next", "Grade", "Major")
        yield RecordTable([Column(title, title, 10, 8, 0) for title in titles], self._read)

    def on_mount(self) -> None:
        table = self.query_one(RecordTable)
        table.set_order(array("q", range(self._rows)))
        table.focus()

    def _read(self, ids: Sequence[int]) -> Mapping[int, Sequence[Cell]]:
        return {row_id: self._row(row_id) for row_id in ids}

    def _row(self, row_id: int) -> tuple[Cell, ...]:
        return (
            Cell(row_words(row_id)),
            Cell(self._names[row_id % 2]),
            Cell("Tehran", "dim"),
            Cell(f"0912{row_id:06d}"),
            Cell("Referral", "dim"),
            Cell("Follow-up", "status-amber", "◐"),
            Cell("Neda", "dim"),
            Cell("10:30", "late", "▲"),
            Cell("bachelor"),
            Cell("accounting"),
        )


def row_words(row_id: int) -> str:
    return f"#{row_id:07d}#"


class Terminal:
    """The other end of the pseudo-terminal that the program runs in."""

    def __init__(self, rows: int, persian: bool) -> None:
        self.process, self._screen = pty.fork()
        if self.process == 0:
            os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
            Bench(rows, persian).run()
            print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB", flush=True)
            os._exit(0)
        self._seen = b""

    def press(self, keys: bytes) -> None:
        os.write(self._screen, keys)

    def wait_for(self, words: str) -> None:
        """Until these words have been written to the terminal; what came before them is forgotten."""
        wanted, end = words.encode(), time.perf_counter() + PATIENCE
        while wanted not in self._seen:
            ready, _, _ = select.select([self._screen], [], [], end - time.perf_counter())
            if not ready:
                raise TimeoutError(f"{words} did not appear in {PATIENCE:.0f} s")
            self._seen += os.read(self._screen, 1 << 16)
        self._seen = self._seen[self._seen.index(wanted) + len(wanted) :]


def measure(rows: int, pages: int, persian: bool) -> None:
    """Print the figures: milliseconds from the key to the last row of the page, and what the process used."""
    begun = time.perf_counter()
    terminal = Terminal(rows, persian)
    body = LINES - 1
    terminal.wait_for(row_words(body - 1))
    first = time.perf_counter() - begun
    times: list[float] = []
    for page in range(1, min(pages, (rows - body) // (body - 1)) + 1):
        pressed = time.perf_counter()
        terminal.press(b"\x1b[6~")
        terminal.wait_for(row_words(page * (body - 1) + body - 1))
        times.append((time.perf_counter() - pressed) * 1000)
    times.sort()
    pressed = time.perf_counter()
    terminal.press(b"\x1b[F")
    terminal.wait_for(row_words(rows - 1))
    end_key = (time.perf_counter() - pressed) * 1000
    terminal.press(b"\x11")
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
