"""Measures many at one store: agents' saves beside an import, and when a colleague's change appears at twenty desks."""

from __future__ import annotations

import select
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack, closing
from pathlib import Path

from .acts import Costs
from .costs import Cost, apart
from .ground import SUPERVISOR, Ground, leadtui
from .start import desk
from .terminals import PATIENCE, Terminal

AGENTS, DESKS = 20, 20
SECONDS = 40
"""So long the agents work without an import, and with it at the least."""

CHANGES = 5


def costs(ground: Ground) -> Costs:
    """What each takes."""
    export = ground.place("beside.csv")
    apart(_write_file, export, ground.rows)
    alone, _ = _saves(ground, None)
    beside, refused = _saves(ground, export)
    interval, appeared = _appearing(ground)
    return {
        "saves": alone,
        "saves beside an import": beside,
        "saves refused": [Cost(count=refused)],
        "polling interval": [Cost(interval)],
        "change appears": appeared,
    }


def _write_file(path: Path, rows: int) -> None:
    from .export_files import write_file

    write_file(path, rows, seed=4)


def _saves(ground: Ground, export: Path | None) -> tuple[list[Cost], int]:
    """Every save of the agents, and how many were refused; with a file, while it is imported."""
    store = ground.place("shared.db")
    shutil.copyfile(ground.store(ground.rows), store)
    program = (sys.executable, "-m", "tests.bench.programs.agent", str(store))
    agents = [
        subprocess.Popen((*program, str(number)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for number in range(2 if ground.once else AGENTS)
    ]
    try:
        for agent in agents:
            assert agent.stdout
            agent.stdout.readline()  # it has opened the store
        until = time.perf_counter() + (3 if ground.once else SECONDS)
        for agent in agents:
            assert agent.stdin
            agent.stdin.write("begin\n")
            agent.stdin.flush()
        if export:
            subprocess.run(
                leadtui(store, "import", str(export)),
                check=True,
                capture_output=True,
                stdin=subprocess.DEVNULL,
            )
        time.sleep(max(0, until - time.perf_counter()))
    finally:
        told = [agent.communicate()[0].split() for agent in agents]
    for agent in agents:
        if agent.returncode:
            raise subprocess.CalledProcessError(agent.returncode, agent.args)
    took = [word for words in told for word in words]
    return [Cost(float(each)) for each in took if each != "refused"], took.count("refused")


def _appearing(ground: Ground) -> tuple[float, list[Cost]]:
    """How often a desk looks for changes, and how long after a commit each desk has drawn it."""
    store = ground.place("watched.db")
    shutil.copyfile(ground.store(ground.rows), store)
    with ExitStack() as stack:
        terminals = [Terminal(desk(store), ground.folder) for _desk in range(2 if ground.once else DESKS)]
        for terminal in terminals:
            stack.callback(terminal.leave)
        for terminal in terminals:
            terminal.settle(0.9)
        appeared: list[Cost] = []
        for number in range(1 if ground.once else CHANGES):
            name = f"Zq{number}x"
            committed = apart(_rename_newest, store, name)
            appeared += [Cost(each - committed) for each in _drawn_at(terminals, name)]
    return apart(_polling_interval), appeared


def _drawn_at(terminals: list[Terminal], words: str) -> list[float]:
    """The moment of `time.perf_counter` at which each terminal had drawn these words. Raises TimeoutError."""
    waiting, drawn, end = (
        {each.screen: each for each in terminals},
        list[float](),
        time.perf_counter() + PATIENCE,
    )
    while waiting:
        ready, _, _ = select.select(list(waiting), [], [], max(0, end - time.perf_counter()))
        if not ready:
            raise TimeoutError(f"{words} did not appear at {len(waiting)} desks")
        for screen in ready:
            if waiting[screen].has_drawn(words):
                drawn.append(time.perf_counter())
                del waiting[screen]
    return drawn


def _rename_newest(store: Path, name: str) -> float:
    """Give the newest customer another name; the moment of the commit."""
    from leadtui.domain.view import View
    from leadtui.services.editing import EditLead, edit_lead
    from leadtui.services.lead_list import LeadList
    from leadtui.services.session import Session

    with closing(Session.open(store, SUPERVISOR)) as session:
        customers = LeadList(session)
        (newest,) = customers.first_window(View(), 1)
        edit_lead(session, EditLead(newest, customers.rows([newest])[newest].version, {"name": name}))
        # The same clock for every process of the machine.
        return time.perf_counter()


def _polling_interval() -> float:
    from leadtui.tui.watching import CHANGES_EVERY

    return CHANGES_EVERY
