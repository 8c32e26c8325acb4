"""A log that was torn, spoilt or deleted while nobody had the store open, and a file whose bytes have changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from random import Random
from tempfile import mkdtemp

from session_making import MovingClock, add_lead, make_session

from faults.child import Ended, run_command
from faults.commands import Found, contents
from faults.trials import Choice, Tally
from leadtui.services.leads import add_note
from leadtui.store.sqlite.driver import sqlite_driver

NOTES = 12

LOOKING = (
    ("leads", "list", "--json", "--store", "desk.db"),
    ("doctor", "--json", "--store", "desk.db"),
    ("backup", "saved.db", "--store", "desk.db"),
)
SAVING = ("follow-up", "1", "--status", "no_answer", "--note", "rang", "--store", "desk.db")


@cache
def _crashed() -> Path:
    """A folder as a crash leaves it: the store with the log in which its newest notes are."""
    folder, crashed = Path(mkdtemp(prefix="leadtui-faults-")), Path(mkdtemp(prefix="leadtui-faults-"))
    session = make_session(folder, clock=MovingClock())
    with closing(session):
        lead = add_lead(session, "Mina Sadeghi", "+1 212 555 0101", mine=True)
        for number in range(NOTES):
            add_note(session, lead.id, f"note {number}")
        for ending in ("", "-wal"):
            shutil.copy(folder / f"desk.db{ending}", crashed / f"desk.db{ending}")
    (crashed / "home").mkdir()
    return crashed


def run(choice: Choice) -> Tally:
    """Spoil the log and the file in each way at the chosen places."""
    tally = Tally("torn logs")
    chance = Random(20_240_928)
    for name, (ending, spoil) in _WAYS.items():
        if not choice.wants(name):
            continue
        size = (_crashed() / f"desk.db{ending}").stat().st_size
        for at in choice.spread(size):
            for arguments in (*LOOKING, SAVING):
                folder = Path(mkdtemp(prefix="leadtui-faults-"))
                with tally.trial(f"{name}", f"byte {at}, then {' '.join(arguments[:2])}"):
                    shutil.copytree(_crashed(), folder, dirs_exist_ok=True)
                    spoil(folder / f"desk.db{ending}", at, chance)
                    _judge(run_command(arguments, folder), folder, of_log=bool(ending))
                shutil.rmtree(folder, ignore_errors=True)
    return tally


def _judge(ended: Ended, folder: Path, *, of_log: bool) -> None:
    told = ended.err + ended.out
    if ended.hung:
        raise Found("it hangs")
    if "Traceback" in told:
        raise Found(f"a traceback: {told.strip().splitlines()[-1][:200]}")
    if ended.code not in (0, 1):
        raise Found(f"exit code {ended.code}: {told[-200:]}")
    if of_log:
        contents(folder)  # is whole
        notes = _notes(folder / "desk.db")
        if notes != [f"note {each}" for each in range(len(notes))]:
            raise Found(f"of the notes there are {notes}")


def _notes(path: Path) -> list[str]:
    with closing(sqlite_driver().connect(str(path))) as raw:
        found = raw.execute(
            "SELECT detail ->> 'text' FROM activity WHERE kind = 'note' ORDER BY id"
        ).fetchall()
        return [text for (text,) in found]


def _cut(path: Path, at: int, _chance: Random) -> None:
    with path.open("r+b") as file:
        file.truncate(at)


def _flip(path: Path, at: int, chance: Random) -> None:
    with path.open("r+b") as file:
        file.seek(min(at, path.stat().st_size - 1))
        (byte,) = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([byte ^ (1 << chance.randrange(8))]))


def _blank(path: Path, at: int, _chance: Random) -> None:
    with path.open("r+b") as file:
        file.seek(at // 4096 * 4096)
        file.write(bytes(4096))


_WAYS: dict[str, tuple[str, Callable[[Path, int, Random], None]]] = {
    "a log that is cut": ("-wal", _cut),
    "a log with a changed bit": ("-wal", _flip),
    "a log with a page of zeros": ("-wal", _blank),
    "a store with a changed bit": ("", _flip),
    "a store that is cut": ("", _cut),
    "a store with a page of zeros": ("", _blank),
}
