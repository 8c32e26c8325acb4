"""The program's table alone, drawn for a terminal that turns lines itself, which is the dearest kind.

`python -m tests.bench.programs.turning_table latin|seen|new ROWS`: names in Latin letters; Persian ones of which each word was
seen before; and Persian ones in which every word is new.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from textual.app import App, ComposeResult
from textual.driver import Driver
from textual.filter import LineFilter

from leadtui.presentation.drawn_text import Drawing
from leadtui.settings import TerminalProfile
from leadtui.tui.direction import DirectionFilter
from leadtui.tui.terminal_driver import terminal_driver
from leadtui.tui.theme_colours import variables_for
from leadtui.tui.theming import load_themes
from leadtui.tui.widgets.record_table import Cell, Column, RecordTable

THEMES = Path(__file__).parents[3] / "themes"

LATIN, NEW = "latin", "new"

_LATIN_LETTERS, _PERSIAN_LETTERS = "abcdefghijklmnopqrstuvwxyz", "ابپتثجچحخدذرزژسشصطعغفقکگلمنوهی"


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


if __name__ == "__main__":
    TurningProgram(sys.argv[1], int(sys.argv[2])).run()
