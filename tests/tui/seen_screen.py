"""What a person sees of the program in terminals that treat right-to-left lines each in its own way."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, cast

import pyte
from pyte.modes import LNM
from textual.drivers.headless_driver import HeadlessDriver

from leadtui.language.bidi import Direction, needs_order, visual_order
from leadtui.language.shaping import JOINERS, shape
from leadtui.settings import Profile
from leadtui.tui.app import LeadtuiApp
from leadtui.tui.terminal_driver import terminal_driver

MARK = "\u200e"
_ZERO_WIDTH = dict.fromkeys(map(ord, MARK + JOINERS))


class MarkedScreen(pyte.Screen):
    """Keeps marks of direction and joiners with the letter before them; the columns are those of a terminal that knows it has no width."""

    def draw(self, data: str) -> None:
        """Draw letters, and put what has no width into the cell that was drawn last."""
        for letters, mark in re.findall(f"([^{MARK}{JOINERS}]*)([{MARK}{JOINERS}]?)", data):
            super().draw(letters)
            before = self.buffer[self.cursor.y][self.cursor.x - 1]
            self.buffer[self.cursor.y][self.cursor.x - 1] = before._replace(data=before.data + mark)


def sent(app: LeadtuiApp) -> str:
    """All that goes out to the terminal for the screen as it is."""
    written: list[str] = []

    class Kept(HeadlessDriver):
        def write(self, data: str) -> None:
            written.append(data)

    update = cast("Any", app.screen)._compositor.render_full_update()
    driver = terminal_driver(Kept, app.drawing, asks=False)
    driver.write(object.__new__(driver), update.render_segments(app.console))
    return "".join(written)


def rows_of(app: LeadtuiApp) -> list[list[str]]:
    """The cells of each line once a terminal has taken what was sent, in the order in which they were sent."""
    columns, lines = app.size
    screen = MarkedScreen(columns, lines)
    screen.set_mode(LNM)
    pyte.Stream(screen).feed(sent(app))
    return [[screen.buffer[y][x].data for x in range(columns)] for y in range(lines)]


def by_cell(row: Sequence[str]) -> list[str]:
    """As xterm shows it."""
    return [*row]


def by_line(row: Sequence[str]) -> list[str]:
    """As a terminal shows it that takes the whole line for a paragraph, as GNOME Terminal does."""
    text = "".join(row)
    cell_of = [column for column, cell in enumerate(row) for _letter in cell]
    order = visual_order(text, Direction.LEFT_TO_RIGHT)
    return [row[column] for column in dict.fromkeys(cell_of[place] for place in order.indices)]


def by_word(row: Sequence[str]) -> list[str]:
    """As kitty shows it: runs of right-to-left letters and their digits turned and joined."""
    shown: list[str] = []
    run: list[str] = []
    for cell in [*row, " "]:
        if cell[:1].isalnum() and needs_order(cell):
            run.append(cell)
            continue
        shaped = shape("".join(run))
        at = 0
        joined: list[str] = []
        for letter in run:
            joined.append(shaped[at : at + len(letter)])
            at += len(letter)
        shown += [*reversed(joined), cell]
        run = []
    return shown[: len(row)]


SHOWN_BY: dict[Profile, Callable[[Sequence[str]], list[str]]] = {
    Profile.PLAIN: by_cell,
    Profile.MARKS: by_line,
    Profile.KONSOLE: by_cell,
    Profile.KITTY: by_word,
}
"""How the terminals of each profile show a line."""


def seen(app: LeadtuiApp) -> list[str]:
    """The lines as a person sees them in the terminal that the program draws for."""
    show = SHOWN_BY[app.drawing.profile]
    return ["".join(show(row)).translate(_ZERO_WIDTH) for row in rows_of(app)]


def draw_for(app: LeadtuiApp, profile: Profile) -> None:
    """Draw everything anew for another terminal."""
    app.drawing.profile = profile
    app.draw_anew()
