"""Measures starting: short commands beside a Python that does nothing, and the desk beside programs of Textual."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from .acts import Act, Costs, command, in_turn, together
from .costs import Cost, apart
from .ground import SUPERVISOR, Ground, leadtui
from .terminals import Terminal

HEAD = "Phone"
"""A title of the table's head, which the desk draws first."""

STOCK_ROWS = 10_000
"""So many rows Textual's own table is given."""


def costs(ground: Ground) -> Costs:
    """What each takes."""
    for warm_up in (_commands(ground), _desks(ground)):
        in_turn(warm_up, 1)  # compiles what was not, and brings files into memory
    return together((in_turn(_commands(ground), ground.times), in_turn(_desks(ground), ground.times)))


def stock_table(ground: Ground) -> tuple[str, ...]:
    """The command that opens Textual's own table."""
    rows = min(STOCK_ROWS, ground.rows)
    return (sys.executable, "-m", "tests.bench.programs.stock_table", str(rows))


def desk(store: Path) -> tuple[str, ...]:
    """The command that opens the desk, in English."""
    return leadtui(store, "--language", "en")


def _commands(ground: Ground) -> list[Act]:
    listed = ("leads", "list", "--limit", "20")
    return [
        command("python -c pass", sys.executable, "-c", "pass"),
        command("--version", sys.executable, "-m", "leadtui", "--version"),
        command("--help", sys.executable, "-m", "leadtui", "--help"),
        command("leads list, small", *leadtui(ground.store(ground.small), *listed)),
        command("leads list", *leadtui(ground.store(ground.rows), *listed)),
    ]


def _desks(ground: Ground) -> list[Act]:
    small, large = ground.store(ground.small), ground.store(ground.rows)
    newest = {store: apart(newest_number, store) for store in (small, large)}
    hello = (sys.executable, "-m", "tests.bench.programs.hello_world")
    opened = partial(_opened, ground.folder)
    return [
        Act("hello-world", lambda: opened(hello, "Hello-world")),
        Act("stock table, first rows", lambda: opened(stock_table(ground), "#0000000")),
        Act("desk, head, small", lambda: opened(desk(small), HEAD)),
        Act("desk, first rows, small", lambda: opened(desk(small), newest[small])),
        Act("desk, first rows", lambda: opened(desk(large), newest[large])),
        Act("desk, first rows, cold", lambda: opened(desk(large), newest[large], out_of_memory=[large])),
    ]


def _opened(home: Path, arguments: Sequence[str], words: str, out_of_memory: Iterable[Path] = ()) -> Cost:
    for file in out_of_memory:
        _forget(file)
    terminal = Terminal(arguments, home)
    cost = terminal.wait_for(words)
    terminal.settle()
    terminal.leave()
    return cost


def _forget(file: Path) -> None:
    """Have the system read the file from the disk when it is next opened."""
    assert sys.platform == "linux"
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(descriptor)


def newest_number(store: Path) -> str:
    """The number of the newest customer, as the table shows it in its first row."""
    from leadtui.domain.view import View
    from leadtui.language.phone import show_phone
    from leadtui.services.lead_list import LeadList
    from leadtui.services.session import Session

    session = Session.open(store, SUPERVISOR)
    try:
        customers = LeadList(session)
        (newest,) = customers.first_window(View(), 1)
        return show_phone(customers.rows([newest])[newest].phone, session.workspace.region)
    finally:
        session.close()
