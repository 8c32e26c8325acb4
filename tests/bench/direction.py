"""Measures what lines from right to left cost: PageDown from the key to the last byte, the same table in Latin and in Persian.

Run on demand: `uv run python -m tests.bench.direction [--pages 60]`. Each of the three tables has a real terminal of its own,
and they take turns, so that a busy machine is as busy for each: names in Latin letters; Persian ones of which each word
was seen before; and Persian ones in which every word is new.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import statistics
import struct
import termios
import time
from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path

from textual.app import App, ComposeResult
from textual.driver import Driver
from textual.filter import LineFilter

from leadtui.presentation.drawn_text import Drawing
from leadtui.settings import Profile
from leadtui.tui.direction import DirectionFilter
from leadtui.tui.terminal_driver import terminal_driver
from leadtui.tui.theme_colours import variables_for
from leadtui.tui.theming import load_themes
from leadtui.tui.widgets.record_table import Cell, Column, RecordTable

THEMES = Path(__file__).parents[2] / "themes"
COLUMNS, LINES = 120, 40
WARM_UP = 5
SILENCE = 0.05
"""Seconds without a byte after which a page is taken to be drawn whole."""

LATIN, SEEN, NEW = "Latin", "Persian, words seen before", "Persian, every word new"

_LATIN_LETTERS, _PERSIAN_LETTERS = "abcdefghijklmnopqrstuvwxyz", "ابپتثجچحخدذرزژسشصطعغفقکگلمنوهی"


class Bench(App[None]):
    """Nothing but the table, drawn for a terminal that turns lines itself: the dearest kind."""

    def __init__(self, kind: str, rows: int) -> None:
        self._kind, self._rows = kind, rows
        self._drawing = Drawing(Profile.MARKS)
        self._filter = DirectionFilter(self._drawing)
        super().__init__()
        for theme in load_themes([THEMES])[0]:
            self.register_theme(theme)
        self.theme = "leadtui-night"

    def get_driver_class(self) -> type[Driver]:
        return terminal_driver(super().get_driver_class(), self._drawing, asks=False)

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), self._filter]

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
        name, city, entry, owner, grade, major = (self._word(row_id * 6 + each) for each in range(6))
        return (
            Cell(f"{row_id:07d}"),
            Cell(name),
            Cell(city, "dim"),
            Cell(f"0912{row_id:06d}"),
            Cell(entry, "dim"),
            Cell("Follow-up", "status-amber", "◐"),
            Cell(owner, "dim"),
            Cell("10:30", "late", "▲"),
            Cell(grade),
            Cell(major),
        )

    def _word(self, number: int) -> str:
        letters = _LATIN_LETTERS if self._kind == LATIN else _PERSIAN_LETTERS
        number = number if self._kind == NEW else number % 200
        word = ""
        for _letter in range(8):
            number, place = divmod(number * 7 + 3, len(letters))
            word += letters[place]
        return word


class Terminal:
    """The other end of the pseudo-terminal that one table runs in."""

    def __init__(self, kind: str, rows: int) -> None:
        self.process, self._screen = pty.fork()
        if self.process == 0:
            os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
            Bench(kind, rows).run()
            os._exit(0)
        self._last_byte()

    def page(self) -> float:
        """Milliseconds from PageDown to the last byte of the page."""
        pressed = time.perf_counter()
        os.write(self._screen, b"\x1b[6~")
        return (self._last_byte() - pressed) * 1000

    def close(self) -> None:
        os.write(self._screen, b"\x11")
        while self._read(5):
            pass
        os.waitpid(self.process, 0)

    def _last_byte(self) -> float:
        last = time.perf_counter()
        patience = 10.0
        while self._read(patience):
            last, patience = time.perf_counter(), SILENCE
        return last

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._screen], [], [], seconds)
        try:
            return bool(ready and os.read(self._screen, 1 << 16))
        except OSError:  # on Linux the end of the other side is an input error
            return False


def measure(pages: int) -> None:
    """Print the median of each table, and how many times that of the Latin one it is."""
    rows = (pages + WARM_UP + 2) * LINES
    terminals = {kind: Terminal(kind, rows) for kind in (LATIN, SEEN, NEW)}
    times: dict[str, list[float]] = {kind: [] for kind in terminals}
    for page in range(pages + WARM_UP):
        for kind, terminal in terminals.items():
            taken = terminal.page()
            if page >= WARM_UP:
                times[kind].append(taken)
    for terminal in terminals.values():
        terminal.close()
    latin = statistics.median(times[LATIN])
    print(f"PageDown to the last byte, {COLUMNS}x{LINES}, median of {pages}:")
    for kind, taken in times.items():
        median = statistics.median(taken)
        print(f"  {kind:<28} {median:6.1f} ms   {median / latin:.2f} of Latin")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pages", type=int, default=60)
    measure(arguments.parse_args().pages)
