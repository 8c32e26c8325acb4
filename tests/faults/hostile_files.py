"""Files that are not what they ought to be: pipes, devices, links, nested or broken ones, in every place that reads or writes one."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.main import get_command

from faults.child import run_command
from faults.commands import Found, place
from faults.trials import Choice, Tally
from leadtui.cli.main import app
from leadtui.store.sqlite.driver import sqlite_driver

LISTING = ("leads", "list", "--json", "--store", "desk.db")


@dataclass(frozen=True, slots=True)
class Case:
    """What is put where, what is run then, and whether it may go on all the same."""

    name: str
    put: Callable[[Path], object]
    arguments: tuple[str, ...]
    goes_on: bool = False


def run(choice: Choice) -> Tally:
    """Try every case; with one place, only one kind of file in each place, another one in the next."""
    tally = Tally("hostile files")
    every = _every_path()
    generated = every if choice.places > 1 else every[:: len(_OF_NO_USE) + 1]
    for case in (
        each for each in (*_cases(all_kinds=choice.places > 1), *generated) if choice.wants(each.name)
    ):
        with tally.trial(case.name, " ".join(case.arguments[:3])), place() as folder:
            victim = folder / "victim.txt"
            victim.write_text("mine\n")
            case.put(folder)
            ended = run_command(case.arguments, folder, be_anybody)
            told = ended.err + ended.out
            if ended.hung:
                raise Found("it hangs")
            if "Traceback" in told:
                raise Found(f"a traceback: {told.strip().splitlines()[-1][:200]}")
            if ended.code != (0 if case.goes_on else 1):
                raise Found(f"exit code {ended.code}: {told.strip()[-200:]}")
            if not case.goes_on and not told.strip():  # a doctor's findings are its answer
                raise Found("refused without a word")
            if victim.read_text() != "mine\n":
                raise Found("it has overwritten a file that it was not given")
    return tally


def _cases(*, all_kinds: bool) -> list[Case]:
    """The kinds of files in each place, or one of them, then what a store may hold, then what lies where something is written."""
    return [
        *(
            Case(f"{kind} for {place}", _putting(put, path), arguments, goes_on)
            for number, (place, (path, arguments, goes_on)) in enumerate(_PLACES.items())
            for turn, (kind, put) in enumerate(_KINDS.items())
            if all_kinds or turn == number % len(_KINDS)
        ),
        *(
            Case(f"a store with {what}", _spoiling(sql), LISTING, goes_on=goes_on)
            for goes_on, values in ((True, _VALUES), (False, _DAMAGES))
            for what, sql in values.items()
        ),
        *(
            Case(
                f"a backup with {what}",
                _spoiling(sql, "backup.db"),
                ("restore", "backup.db", "--store", "desk.db"),
            )
            for what, sql in _SCHEMA.items()
        ),
        *(
            Case(f"a link in the place of {name}", _linking(name), arguments)
            for name, arguments in _WRITTEN.items()
        ),
        *(
            Case(f"a file in the place of {name}", _occupying(name), arguments)
            for name, arguments in _WRITTEN.items()
        ),
    ]


_PLACES: dict[str, tuple[str, tuple[str, ...], bool]] = {
    "the settings": ("home/leadtui/settings.toml", LISTING, True),
    "a template": ("given.toml", ("template", "import", "given.toml", "--yes", "--store", "desk.db"), False),
    "what a store begins with": (
        "given.toml",
        ("import", "sheet.csv", "--template", "given.toml", "--store", "new.db"),
        False,
    ),
    "a sheet": ("given.csv", ("import", "given.csv", "--store", "desk.db"), False),
    "a workbook": ("given.xlsx", ("import", "given.xlsx", "--store", "desk.db"), False),
    "a backup": ("given.db", ("restore", "given.db", "--store", "desk.db"), False),
    "the store": ("given.db", ("leads", "list", "--store", "given.db"), False),
}


FILE, STORE = "FILE", "STORE"


def _every_path() -> list[Case]:
    """Each command with each kind of file in the place of each of its files, as its own options name them."""
    return [
        Case(
            f"{kind} for {name} of {' '.join(names)}",
            _putting(put, "given"),
            arguments,
            goes_on=names == ("doctor",) and name != "head" and kind == "a link to nothing",
        )
        for names, command in _commands(get_command(app))
        for name, arguments in _with_path(names, command)
        for kind, put in _OF_NO_USE.items()
    ]


def _commands(command: Any, names: tuple[str, ...] = ()) -> Generator[tuple[tuple[str, ...], Any]]:
    below = getattr(command, "commands", {})
    for name, each in below.items():
        yield from _commands(each, (*names, name))
    if not below:
        yield names, command


def _with_path(names: tuple[str, ...], command: Any) -> Generator[tuple[str, tuple[str, ...]]]:
    """Each of the command's options and arguments that name a file, and a call with `given` there."""
    for tried in command.params:
        if not (tried.metavar or "").endswith((FILE, STORE)):
            continue
        words = list(names)
        for each in command.params:
            # Of many, one at least is given.
            needed = each.required or each.nargs == -1 or (names, each.name) in _ASKED_FOR
            value = "given" if each is tried else _usable(each) if needed else None
            if each.name == "store" and each is not tried:
                value = "new.db" if tried.name == "template" else "desk.db"
            if value is not None:
                words += [value] if each.param_type_name == "argument" else [each.opts[0], value]
        yield (
            tried.name,
            (*words, *(("--format", "csv") if names[-1] == "export" and names[0] == "leads" else ())),
        )


def _usable(asked: Any) -> str:
    """What can be given for an option or an argument: the first of few words, else a number."""
    few = getattr(asked.type, "choices", ())
    first = next(iter(few), _OTHERS.get(asked.name, "1"))
    return str(getattr(first, "value", first))


_ASKED_FOR = {(("sign-ins", "end"), "sign_in")}
"""What a command wants without another option, though it can do without."""

_OTHERS = {"files": "sheet.csv", "sort": "status"}
"""What stands where another file than the one that is tried is needed, or one word of few."""


def _nested(path: Path) -> None:
    path.write_text("a = " + "[" * 100_000 + "]" * 100_000 + "\n")


def _noise(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 64)


def _link_in_a_circle(path: Path) -> None:
    path.symlink_to(path.name)


def _closed(path: Path) -> None:
    path.write_text("name,phone\n")
    path.chmod(0)


def _behind_a_closed_folder(path: Path) -> None:
    folder = path.with_name("closed")
    folder.mkdir()
    (folder / path.name).write_text("name,phone\n")
    folder.chmod(0)
    path.symlink_to(folder / path.name)


def be_anybody() -> None:
    """Be kept out by permissions from now on, as root is not: Linux lets it give up what lets it pass."""
    if os.geteuid() or sys.platform != "linux":
        return
    library = ctypes.CDLL(None, use_errno=True)
    head, sets = (ctypes.c_uint32 * 2)(_CAPABILITIES_3, 0), (ctypes.c_uint32 * 6)()
    if library.capget(head, sets) == 0:
        sets[0] &= ~_PASSING
        sets[3] &= ~_PASSING
        library.capset(head, sets)


_CAPABILITIES_3 = 0x20080522
_PASSING = 0b110
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH: https://man7.org/linux/man-pages/man7/capabilities.7.html"""

_KINDS: dict[str, Callable[[Path], object]] = {
    "a pipe": os.mkfifo,
    "a device without end": lambda path: path.symlink_to("/dev/zero"),
    "a folder": Path.mkdir,
    "a link in a circle": _link_in_a_circle,
    "noise": _noise,
    "what may not be read": _closed,
    "a link behind a closed folder": _behind_a_closed_folder,
    "brackets in brackets": _nested,
}

_OF_NO_USE: dict[str, Callable[[Path], object]] = {
    **{kind: put for kind, put in _KINDS.items() if kind != "brackets in brackets"},
    "a link to nothing": lambda path: path.symlink_to("nowhere/at all"),
}

_VALUES = {
    "a saved view that is no JSON": "UPDATE saved_view SET content = '{'",
    "a desk that is no JSON": "UPDATE desk_state SET content = '['",
    "a draft that is no JSON": "UPDATE draft SET content = '{'",
    "a detail that is no JSON": "UPDATE activity SET detail = '{' WHERE id = 1",
    "a status that there is not": "PRAGMA foreign_keys = OFF; UPDATE lead SET status_id = 999 WHERE id = 2",
    "presence from the future": "UPDATE presence SET seen_at = 9000000000000000",
}

_DAMAGES = {
    "a moment beyond all years": "UPDATE lead SET entered_at = 9223372036854775807 WHERE id = 2",
    "a number that is a word": "UPDATE lead SET owner_at = 'tomorrow' WHERE id = 2",
    "answers that are no JSON": "UPDATE lead SET custom = '{' WHERE id = 2",
}

_SCHEMA = {
    "a trigger more": "CREATE TRIGGER more AFTER INSERT ON activity BEGIN DELETE FROM lead WHERE id % 2; END",
    "a view more": "CREATE VIEW more AS SELECT * FROM lead",
    "a table more": "CREATE TABLE more (id INTEGER)",
    "an index less": "DROP INDEX {index}",
    "a view in the place of a table": "ALTER TABLE draft RENAME TO other; CREATE VIEW draft AS SELECT * FROM other",
}

_WRITTEN: dict[str, tuple[str, ...]] = {
    "customers.csv": ("leads", "export", "customers.csv", "--store", "desk.db"),
    "template.toml": ("template", "export", "template.toml", "--store", "desk.db"),
    "saved.db": ("backup", "saved.db", "--store", "desk.db"),
    "rejects.csv": ("import", "sheet.csv", "--rejects", "rejects.csv", "--store", "desk.db"),
}


def _putting(put: Callable[[Path], object], name: str) -> Callable[[Path], None]:
    def arrange(folder: Path) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        put(path)

    return arrange


def _linking(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).symlink_to("victim.txt")


def _occupying(name: str) -> Callable[[Path], None]:
    def arrange(folder: Path) -> None:
        os.link(folder / "victim.txt", folder / name)

    return arrange


def _spoiling(sql: str, name: str = "desk.db") -> Callable[[Path], None]:
    def arrange(folder: Path) -> None:
        with closing(sqlite_driver().connect(str(folder / name), isolation_level=None)) as raw:
            (index,) = raw.execute(
                "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"
            ).fetchone()
            raw.executescript(sql.format(index=index) if "{index}" in sql else sql)

    return arrange
