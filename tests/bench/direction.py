"""Measures what lines from right to left cost: PageDown from the key to the last byte, the same table in Latin and in Persian.

Run on demand: `uv run python -m tests.bench.direction [--pages 60]`. Each of the three tables has a real terminal of its own,
and they take turns, so that a busy machine is as busy for each: names in Latin letters; Persian ones of which each word
was seen before; and Persian ones in which every word is new.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Sequence

from textual.driver import Driver
from textual.filter import LineFilter

from leadtui.presentation.drawn_text import Drawing
from leadtui.settings import TerminalProfile
from leadtui.tui.direction import DirectionFilter
from leadtui.tui.terminal_driver import terminal_driver
from tests.bench.table_terminal import COLUMNS, LINES, PAGE_DOWN, QUIT, TableProgram, Terminal

WARM_UP = 5
SILENCE = 0.05
"""Seconds without a byte after which a page is taken to be drawn whole."""

LATIN, SEEN, NEW = "Latin", "Persian, words seen before", "Persian, every word new"

_LATIN_LETTERS, _PERSIAN_LETTERS = "abcdefghijklmnopqrstuvwxyz", "ابپتثجچحخدذرزژسشصطعغفقکگلمنوهی"


class TurningProgram(TableProgram):
    """The table, drawn for a terminal that turns lines itself: the dearest kind."""

    def __init__(self, kind: str, rows: int) -> None:
        self._kind = kind
        self._drawing = Drawing(TerminalProfile.MARKS)
        self._filter = DirectionFilter(self._drawing)
        super().__init__(rows, self._row_words)

    def get_driver_class(self) -> type[Driver]:
        return terminal_driver(super().get_driver_class(), self._drawing, asks=False)

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), self._filter]

    def _row_words(self, row_id: int) -> Sequence[str]:
        return f"{row_id:07d}", *(self._word(row_id * 6 + each) for each in range(6))

    def _word(self, number: int) -> str:
        letters = _LATIN_LETTERS if self._kind == LATIN else _PERSIAN_LETTERS
        number = number if self._kind == NEW else number % 200
        word = ""
        for _letter in range(8):
            number, place = divmod(number * 7 + 3, len(letters))
            word += letters[place]
        return word


class Screen:
    """Waits for the end of what a table draws."""

    def __init__(self, kind: str, rows: int) -> None:
        self._terminal = Terminal(lambda: TurningProgram(kind, rows))
        self._last_byte()

    def page(self) -> float:
        """Milliseconds from PageDown to the last byte of the page."""
        pressed = time.perf_counter()
        self._terminal.press(PAGE_DOWN)
        return (self._last_byte() - pressed) * 1000

    def close(self) -> None:
        self._terminal.press(QUIT)
        while self._terminal.read(5):
            pass
        os.waitpid(self._terminal.process, 0)

    def _last_byte(self) -> float:
        last = time.perf_counter()
        patience = 10.0
        while self._terminal.read(patience):
            last, patience = time.perf_counter(), SILENCE
        return last


def measure(pages: int) -> None:
    """Print the median of each table, and how many times that of the Latin one it is."""
    rows = (pages + WARM_UP + 2) * LINES
    screens = {kind: Screen(kind, rows) for kind in (LATIN, SEEN, NEW)}
    times: dict[str, list[float]] = {kind: [] for kind in screens}
    for page in range(pages + WARM_UP):
        for kind, screen in screens.items():
            taken = screen.page()
            if page >= WARM_UP:
                times[kind].append(taken)
    for screen in screens.values():
        screen.close()
    latin = statistics.median(times[LATIN])
    print(f"PageDown to the last byte, {COLUMNS}x{LINES}, median of {pages}:")
    for kind, taken in times.items():
        median = statistics.median(taken)
        print(f"  {kind:<28} {median:6.1f} ms   {median / latin:.2f} of Latin")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pages", type=int, default=60)
    measure(arguments.parse_args().pages)
