"""What a person sees of the program in terminals that treat right-to-left lines each in its own way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, cast

import pyte
from pyte.modes import LNM
from textual.drivers.headless_driver import HeadlessDriver
from turning_words import Sign, as_kitty_shows, joined_to_lam

from leadtui.language.bidi import Direction, visual_order
from leadtui.language.shaping import JOINERS
from leadtui.settings import TerminalProfile
from leadtui.tui.app import LeadtuiApp
from leadtui.tui.terminal_driver import terminal_driver

MARK = "\u200e"


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


def received(app: LeadtuiApp) -> list[list[Sign]]:
    """The cells of each line once a terminal has taken what was sent, in the order in which they were sent."""
    columns, lines = app.size
    screen = MarkedScreen(columns, lines)
    screen.set_mode(LNM)
    pyte.Stream(screen).feed(sent(app))
    return [
        [(screen.buffer[y][x].data, screen.buffer[y][x].italics) for x in range(columns)]
        for y in range(lines)
    ]


def rows_of(app: LeadtuiApp) -> list[list[str]]:
    """What was sent for each cell of each line."""
    return [[text for text, _leans in row] for row in received(app)]


def by_line(row: Sequence[str]) -> list[str]:
    """As a terminal shows it that takes the whole line for a paragraph, as GNOME Terminal does."""
    text = "".join(row)
    cell_of = [column for column, cell in enumerate(row) for _letter in cell]
    order = visual_order(text, Direction.LEFT_TO_RIGHT)
    return [row[column] for column in dict.fromkeys(cell_of[place] for place in order.indices)]


def seen(app: LeadtuiApp) -> list[str]:
    """The lines as a person sees them in the terminal that the program draws for."""
    return shown(received(app), app.drawing.profile)


def shown(rows: Iterable[Sequence[Sign]], profile: TerminalProfile) -> list[str]:
    """The lines that a terminal makes of these."""
    show = {TerminalProfile.MARKS: _by_line, TerminalProfile.KITTY: _by_word}.get(profile, _by_cell)
    return ["".join(show(row)).replace(MARK, "") for row in rows]


def _by_cell(row: Sequence[Sign]) -> list[str]:
    return [text for text, _leans in row]


def _by_line(row: Sequence[Sign]) -> list[str]:
    return by_line(_by_cell(row))


def _by_word(row: Sequence[Sign]) -> str:
    whole, parted = (as_kitty_shows(row, font_has_letters=has) for has in (True, False))
    assert whole == parted, row
    return joined_to_lam("".join(whole))


def draw_for(app: LeadtuiApp, profile: TerminalProfile) -> None:
    """Draw everything anew for another terminal."""
    app.drawing.profile = profile
    app.draw_anew()
