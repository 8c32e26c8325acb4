"""A program with nothing but a record table, in a terminal of its own: what the measures of the table share."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import termios
from array import array
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from textual.app import App, ComposeResult

from leadtui.tui.theme_colours import variables_for
from leadtui.tui.theming import load_themes
from leadtui.tui.widgets.record_table import Cell, Column, RecordTable

THEMES = Path(__file__).parents[2] / "themes"
COLUMNS, LINES = 120, 40
PAGE_DOWN, END, QUIT = b"\x1b[6~", b"\x1b[F", b"\x11"


class TableProgram(App[None]):
    """Ten columns, of which four are coloured."""

    def __init__(self, rows: int, words: Callable[[int], Sequence[str]]) -> None:
        """`words` gives number, name, city, entry, owner, grade and major of a row."""
        super().__init__()
        self._rows, self._words = rows, words
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
        number, name, city, entry, owner, grade, major = self._words(row_id)
        return (
            Cell(number),
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


class Terminal:
    """The other end of the pseudo-terminal that a program runs in."""

    def __init__(self, program: Callable[[], App[None]]) -> None:
        """`program` is made in the process that runs it."""
        self.process, self._screen = pty.fork()
        if self.process == 0:
            os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
            program().run()
            os._exit(0)

    def press(self, keys: bytes) -> None:
        """Type."""
        os.write(self._screen, keys)

    def read(self, seconds: float) -> bytes:
        """Return what the program writes within so many seconds; nothing where it is silent or has ended."""
        ready, _, _ = select.select([self._screen], [], [], seconds)
        try:
            return os.read(self._screen, 1 << 16) if ready else b""
        except OSError:  # on Linux the end of the other side is an input error
            return b""
