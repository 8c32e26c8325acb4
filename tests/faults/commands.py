"""The commands that make, copy, change or shrink a store, what they begin with, and what their end has to be."""

from __future__ import annotations

import gzip
import hashlib
import re
import shutil
from collections.abc import Generator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from invariants import broken_invariants
from released import RELEASED
from session_making import MovingClock, add_lead, make_session

from faults.child import Ended, import_everything, run_command
from leadtui.domain.importing import ImportOptions
from leadtui.services.backing_up import back_up
from leadtui.services.importing.running import import_files
from leadtui.services.leads import add_note
from leadtui.services.template_exchange import template_text
from leadtui.store.files import LOG_ENDINGS
from leadtui.store.sqlite.driver import sqlite_driver

PERSON = "Mina Sadeghi"
NUMBER = "+1 212 555 0101"

ROWS = 300
"""How many customers a sheet has: a file of some hundred kilobytes."""


@dataclass(frozen=True, slots=True)
class Command:
    """What is run, and in which of the files that it writes to something stays even where it fails."""

    name: str
    arguments: tuple[str, ...]
    by_parts: bool = False
    """Saves what it does part by part and goes on when it is run again."""


_STORE = ("--store", "desk.db")

COMMANDS = (
    Command("import into a new store", ("import", "sheet.csv", "--store", "new.db")),
    Command("import", ("import", "sheet.csv", *_STORE), by_parts=True),
    Command("imports undo", ("imports", "undo", "1", *_STORE), by_parts=True),
    Command("backup", ("backup", "saved.db", *_STORE)),
    Command("restore", ("restore", "backup.db", *_STORE)),
    Command("restore where there is none", ("restore", "backup.db", "--store", "gone.db")),
    Command("doctor --repair", ("doctor", "--repair", "--store", "ill.db"), by_parts=True),
    Command(
        "leads erase",
        ("leads", "erase", NUMBER, "--reason", "asked for it", "--confirm", PERSON, *_STORE),
    ),
    Command("leads export", ("leads", "export", "customers.csv", *_STORE)),
    Command("leads export, a workbook", ("leads", "export", "customers.xlsx", *_STORE)),
    Command("template export", ("template", "export", "template.toml", *_STORE)),
    Command("template import", ("template", "import", "changed.toml", "--yes", *_STORE)),
    Command("follow-up", ("follow-up", NUMBER, "--status", "no_answer", "--note", "rang", *_STORE)),
    Command("demo", ("demo", "--customers", "20")),
    Command("a step on an older store", ("leads", "add", "--field", "name=New", "--store", "old.db")),
)

_UNTOUCHED = frozenset({"presence", "change", "last_id", "desk_state", "audit"})
"""Tables that say nothing of what was saved, or how often it was begun."""


Content = dict[str, int] | str | bool
"""What a file says: a store the number of rows of each table, another one the digest of what it holds."""


class Found(Exception):
    """Something that may not be after a fault."""


@contextmanager
def place() -> Generator[Path]:
    """A folder with all that commands begin with."""
    folder = Path(mkdtemp(prefix="leadtui-faults-"))
    try:
        shutil.copytree(beginning(), folder, dirs_exist_ok=True)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@cache
def beginning() -> Path:
    """Neda's store with customers of two imports, a backup of it, one that is ill, a released one, and files to read."""
    import_everything()
    folder = Path(mkdtemp(prefix="leadtui-faults-"))
    _write_sheet(folder / "first.csv", 100, 20)
    _write_sheet(folder / "sheet.csv", 500, ROWS)
    session = make_session(folder, clock=MovingClock())
    with closing(session):
        lead = add_lead(session, PERSON, NUMBER, mine=True, email="mina@example.com")
        import_files(session, [folder / "first.csv"], ImportOptions())
        add_note(session, lead.id, "Likes tea " * 200)
        back_up(session, folder / "backup.db")
        add_note(session, lead.id, "A second note")
        text = template_text(session).decode()
    (folder / "changed.toml").write_text(text.replace('title = "No answer"', 'title = "Nobody there"'))
    shutil.copy(folder / "desk.db", folder / "ill.db")
    with closing(sqlite_driver().connect(str(folder / "ill.db"), isolation_level=None)) as raw:
        raw.execute("UPDATE lead SET next_at = 5 WHERE id = 1")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (folder / "old.db").write_bytes(gzip.decompress((RELEASED / "store.db.gz").read_bytes()))
    (folder / "home").mkdir()
    return folder


def _write_sheet(path: Path, first: int, rows: int) -> None:
    lines = (f"Person {each},+1 212 555 {first + each:04},City {each}" for each in range(rows))
    path.write_text("\n".join(("Name,Phone,City", *lines)) + "\n")


def contents(folder: Path) -> Mapping[str, Content]:
    """What lies in a folder, by what it says: stores by the number of their rows, other files by what they hold.

    Raises Found where a store is not whole.
    """
    return {
        path.name: _content(path)
        for path in sorted(folder.iterdir())
        if path.is_file() and not path.name.startswith(".") and not path.name.endswith(LOG_ENDINGS)
    }


def _content(path: Path) -> Content:
    if path.suffix == ".db":
        return _rows(path)
    # A workbook says when it was made.
    return (
        path.stat().st_size > 0 if path.suffix == ".xlsx" else hashlib.sha256(path.read_bytes()).hexdigest()
    )


def _rows(path: Path) -> Content:
    driver = sqlite_driver()
    if not path.stat().st_size:
        return "empty"
    try:
        with closing(driver.connect(str(path), isolation_level=None)) as raw:
            wrong = raw.execute("PRAGMA integrity_check").fetchall()
            if wrong != [("ok",)]:
                raise Found(f"{path.name} is malformed: {' '.join(wrong[0][0].split())[:80]}")
            return _counted(raw)
    except driver.Error as error:
        raise Found(f"{path.name} cannot be read: {error}") from error


def _counted(raw: Any) -> dict[str, int]:
    tables = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    rows = {
        name: raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        for (name,) in tables
        if name not in _UNTOUCHED and not name.startswith(("lead_search", "sqlite_"))
    }
    undone = raw.execute("SELECT count(*) FROM import_batch WHERE undone_at IS NOT NULL").fetchone()
    # A table that an upgrade has made, and that is empty, says nothing.
    return {name: count for name, count in {**rows, "undone": undone[0]}.items() if count}


@cache
def undisturbed(command: Command) -> tuple[Ended, Mapping[str, Content]]:
    """How the command ends where nothing goes wrong, and what lies in its folder then."""
    with place() as folder:
        ended = run_command(command.arguments, folder)
        if ended.code != 0:
            raise AssertionError(f"{command.name} fails by itself: {ended.err}{ended.out}")
        return ended, contents(folder)


def goal(command: Command) -> Mapping[str, Content]:
    """What lies in the folder after the command."""
    return undisturbed(command)[1]


@cache
def origin() -> Mapping[str, Content]:
    """What lies in the folder before any command."""
    return contents(beginning())


def check_end(command: Command, ended: Ended, folder: Path) -> None:
    """What must be so after any fault: said in a sentence, and in the folder what the exit code says. Raises Found."""
    told = ended.err + ended.out
    if ended.hung:
        raise Found("it hangs")
    if "Traceback" in told:
        data = [each for each in (PERSON, NUMBER.replace(" ", ""), "mina@") if each in told]
        where = re.findall(r"File \".*/(leadtui/[^\"]*)\", line (\d+)", told)[-1:]
        last = told.strip().splitlines()[-1]
        raise Found(f"a traceback{f' that prints {data}' if data else ''} {where}: {last[:160]}")
    if ended.code not in (None, 0, 1, 3):
        raise Found(f"exit code {ended.code}: {ended.err[-200:]}")
    if ended.code == 1 and not ended.err.strip():
        raise Found("refused without a word")
    before, after, now = origin(), goal(command), contents(folder)
    if ended.code in (0, 3):
        _same(after, now, "it says that all is done")
    elif ended.code == 1 and not command.by_parts:
        _same(before, now, "it says that nothing was done")
    for path in sorted(folder.glob("*.db")):
        # What was wrong from the beginning on is what `doctor` is for.
        if path.stat().st_size and path.name not in ("ill.db", "old.db") and not _dated(path.name):
            broken = broken_invariants(path)
            if broken:
                raise Found(f"{path.name}: {broken[0]}")


def check_again(command: Command, ended: Ended, folder: Path) -> None:
    """Run once more, where nothing goes wrong now: everything is as if nothing had been, and nothing is left over.

    Raises Found.
    """
    leaves_nothing = goal(command) == origin()
    killed_when_done = ended.code is None and differs(goal(command), contents(folder)) is None
    again = ended.code not in (0, 3) and (leaves_nothing or not killed_when_done)
    if again:
        ended = run_command(command.arguments, folder)
        if ended.code != 0:
            raise Found(f"once all is well, it still fails: {(ended.err + ended.out).strip()[-200:]}")
    _same(goal(command), contents(folder), "after another run")
    left = [
        each.name
        for each in folder.iterdir()
        # What was needed for a while goes with the next program that needs something.
        if each.name.startswith(".") or (again and each.is_dir() and each.name != "home")
    ]
    if left:
        raise Found(f"left over: {', '.join(left)}")


def _same(expected: Mapping[str, Content], found: Mapping[str, Content], when: str) -> None:
    difference = differs(expected, found)
    if difference:
        raise Found(f"{when}, but {difference}")


def differs(expected: Mapping[str, Content], found: Mapping[str, Content]) -> str | None:
    """How a folder is not as expected; None where it is."""
    for name in sorted(expected.keys() | found.keys()):
        wanted, there = expected.get(name), found.get(name)
        if wanted != there and not _dated(name):
            return f"{name} is {_short(there, wanted)}, not {_short(wanted, there)}"
    return None


def _dated(name: str) -> bool:
    """Whether the name tells the moment: what was there before is kept under such a name."""
    return ".before-" in name


def _short(one: Content | None, other: Content | None) -> str:
    if isinstance(one, dict) and isinstance(other, dict):
        return str({key: value for key, value in one.items() if other.get(key) != value})
    return "a store" if isinstance(one, dict) else "not there" if one is None else str(one)[:20]
