"""Measures imports, and taking them back, beside the `sqlite3` shell's `.import` of the same file."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from .acts import Act, Costs, command, in_turn, together
from .costs import Cost, apart, cost_of_command
from .ground import Ground, leadtui, remove

FURTHER = 20
"""The rows of a smaller file that comes later are this part of the store."""

WORKBOOK_ROWS = 50_000
TEMPLATE = ("--template", "hesin-haseb")

SHELL = shutil.which("sqlite3")


def costs(ground: Ground) -> Costs:
    """What imports take."""
    export, further = ground.place("export.csv"), ground.place("further.csv")
    rows = min(ground.rows, WORKBOOK_ROWS)
    short, workbook = ground.place("short.csv"), ground.place("short.xlsx")
    apart(_write_files, ground.rows, rows, (export, further, short, workbook))
    large = ground.store(ground.rows)
    taken = [in_turn(_of_file(ground, export, large), ground.import_times)]
    taken.append(in_turn(_of_smaller(ground, further, large), ground.fewer_times))
    taken.append(in_turn(_of_workbook(ground, short, workbook), ground.fewer_times))
    remove([ground.folder / "imported.db", ground.folder / "others.db"])
    return together(taken)


def _write_files(rows: int, workbook_rows: int, paths: Sequence[Path]) -> None:
    from .export_files import write_file, write_workbook

    export, further, short, workbook = paths
    write_file(export, rows)
    write_file(further, max(rows // FURTHER, 1), seed=2)
    write_file(short, workbook_rows, seed=3)
    write_workbook(workbook, workbook_rows, seed=3)


def _of_file(ground: Ground, export: Path, large: Path) -> list[Act]:
    """The reference first; then what is done with one new store, in this order."""
    made = ground.folder / "imported.db"

    def first() -> Cost:
        remove([made])
        cost = cost_of_command(leadtui(made, "import", *TEMPLATE, str(export)))
        return replace(cost, size=made.stat().st_size)

    return [
        shell_import(ground, export),
        Act("the file", lambda: Cost(size=export.stat().st_size)),
        Act("import", first),
        command("import again", *leadtui(made, "import", str(export))),
        command("imports undo", *leadtui(made, "imports", "undo", "1")),
        Act("import into others", lambda: _into_others(ground, large, export)),
    ]


def shell_import(ground: Ground, file: Path) -> Act:
    """What the `sqlite3` shell takes to import a file as it is."""

    def run() -> Cost:
        return cost_of_command((str(SHELL), str(ground.place("shell.db"))), f".mode csv\n.import {file} t\n")

    def insert() -> Cost:
        arguments = (sys.executable, "-m", "tests.bench.programs.insert_rows", str(ground.place("shell.db")))
        return cost_of_command((*arguments, str(file)))

    # Where there is no shell, Python's sqlite3 inserts the same; the figures then say so by their name's program.
    return Act("sqlite3 .import", run if SHELL else insert)


def _of_smaller(ground: Ground, further: Path, large: Path) -> list[Act]:
    return [
        Act("import of a twentieth", lambda: _into_new(ground, further)),
        Act("import of a twentieth into others", lambda: _into_others(ground, large, further)),
    ]


def _of_workbook(ground: Ground, short: Path, workbook: Path) -> list[Act]:
    return [
        command("calamine reads", sys.executable, "-m", "tests.bench.programs.read_workbook", str(workbook)),
        Act("import of the same as CSV", lambda: _into_new(ground, short)),
        Act("import of a workbook", lambda: _into_new(ground, workbook)),
    ]


def _into_new(ground: Ground, file: Path) -> Cost:
    return cost_of_command(leadtui(ground.place("new.db"), "import", *TEMPLATE, str(file)))


def _into_others(ground: Ground, large: Path, file: Path) -> Cost:
    """Into a store that has customers of its own."""
    others = ground.place("others.db")
    shutil.copyfile(large, others)
    return cost_of_command(leadtui(others, "import", str(file)))
