"""Measures the table of all customers: its keys in a real terminal, what it holds and does at rest; and its lists."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path

from .acts import Act, Costs, in_turn, together
from .costs import Cost, apart, peak_of
from .ground import Ground
from .start import desk, stock_table
from .terminals import COLUMNS, LINES, Terminal

DOWN, PAGE_DOWN, HOME, END = "\x1b[B", "\x1b[6~", "\x1b[H", "\x1b[F"
KEYS = {"Down": DOWN, "PageDown": PAGE_DOWN}
PRESSED = 20
"""How often each key is pressed."""

LETTERS = ("latin", "seen", "new")
"""Tables whose words are in Latin letters; Persian and seen before; and Persian and new each time."""

BAR, TOP, MIDDLE = 64, 5, 15
"""The column of the table's scroll bar, its first line, and the line in its middle."""


def costs(ground: Ground) -> Costs:
    """What each takes."""
    return together(
        (_keys(ground), _letters(ground), apart(_lists, ground.store(ground.rows), ground.fewer_times))
    )


def _keys(ground: Ground) -> Costs:
    """Keys, in three tables that are open at once; then each desk at rest."""
    programs = {
        "stock table": stock_table(ground),
        "desk, small": desk(ground.store(ground.small)),
        "desk": desk(ground.store(ground.rows)),
    }
    with ExitStack() as stack:
        opened: dict[str, Terminal] = {}
        for name, arguments in programs.items():
            terminal = opened[name] = Terminal(arguments, ground.folder)
            stack.callback(terminal.leave)
            terminal.settle(0.9)
        desks = {name: opened[name] for name in ("desk, small", "desk")}
        for terminal in desks.values():
            # Into the find line and out again: that leads to all customers, whichever side it began at.
            for key in ("/", "\x1b"):
                terminal.press(key)
                terminal.settle()
        pressed = 2 if ground.once else PRESSED
        keys = [in_turn(_presses(opened, name, key), pressed) for name, key in KEYS.items()]
        far = (in_turn(_far(desks), ground.times * 2),)
        at_rest = {
            f"{name}, a minute's rest": [terminal.rest(ground.resting)] for name, terminal in desks.items()
        }
        held = {f"{name}, memory": [Cost(peak=peak_of(each.process))] for name, each in opened.items()}
        return together((*keys, *far, at_rest, held))


def _letters(ground: Ground) -> Costs:
    """Pages of the program's table alone, in Latin letters and in Persian ones, which are turned and joined."""
    pressed = 2 if ground.once else PRESSED
    program = (sys.executable, "-m", "tests.bench.programs.turning_table")
    with ExitStack() as stack:
        opened: dict[str, Terminal] = {}
        for kind in LETTERS:
            rows = str((pressed + 2) * LINES)
            terminal = opened[kind] = Terminal((*program, kind, rows), ground.folder)
            stack.callback(terminal.leave)
            terminal.settle(0.9)
        return in_turn(_presses(opened, "PageDown", PAGE_DOWN), pressed)


def _presses(opened: dict[str, Terminal], name: str, key: str) -> list[Act]:
    return [
        Act(f"{where}, {name}", lambda terminal=terminal: terminal.take(key))
        for where, terminal in opened.items()
    ]


def _far(desks: dict[str, Terminal]) -> list[Act]:
    """To the end, the beginning and the middle."""
    ways = {"End": END, "Home": HOME, "drag": _click(0, TOP) + _click(32, MIDDLE) + _click(0, MIDDLE, "m")}
    return [
        Act(f"{where}, {name}", lambda terminal=terminal, keys=keys: terminal.take(keys))
        for name, keys in ways.items()
        for where, terminal in desks.items()
    ]


def _click(button: int, line: int, end: str = "M") -> str:
    """What a terminal sends of the mouse at the scroll bar: 0 for pressed, 32 for moved meanwhile, `m` for let go."""
    assert BAR < COLUMNS
    return f"\x1b[<{button};{BAR};{line}{end}"


def _lists(store: Path, times: int) -> Costs:
    from . import lists

    return lists.costs(store, times)
