"""Processes are killed at random moments: nothing that was acknowledged is lost, and nothing is half done."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from amounts import small_and_large
from invariants import broken_invariants
from session_making import add_lead, make_session

from kills.workers import BACKUP, LOG, SHEET, STORE
from leadtui.services.backing_up import back_up
from leadtui.services.session import Session
from leadtui.store.sqlite.driver import sqlite_driver

PATIENCE = 60
"""Seconds after which what has not come is taken never to come."""

some_kills = small_and_large("kills", 8, 100, "LEADTUI_KILLS")

SHARES = {"save": 0.45, "import": 0.25, "undo": 0.15, "back up": 0.15}
"""How the kills are divided among what the processes do."""

IMPORTED = 2_000


class Zygote:
    """Kills workers, one after the other."""

    def __init__(self) -> None:
        tests = Path(__file__).parents[1]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "kills.zygote"],
            cwd=tests,
            env={**os.environ, "PYTHONPATH": str(tests)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def kill(self, kind: str, folder: Path, seed: int, seconds: float) -> str:
        """Start a worker, kill it so many seconds after it has the store open, and say how it ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(kind, folder, seed, seconds, sep="\t", file=self._process.stdin, flush=True)
        return self._process.stdout.readline().strip()

    def close(self) -> None:
        """No more."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=10)


@pytest.fixture(scope="module")
def zygote() -> Generator[Zygote]:
    made = Zygote()
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with ten customers."""
    with closing(make_session(tmp_path)) as session:
        for number in range(1, 11):
            add_lead(session, f"Customer {number}", f"+1 212 555 {number:04}", mine=number % 2 == 0)
    return tmp_path


def share(amount: int, kind: str) -> int:
    """How many of all the kills this kind has."""
    return max(1, round(amount * SHARES[kind]))


def acknowledged(folder: Path, *, undone: bool = False) -> set[tuple[int, str]]:
    """What persons were told is saved, or taken back: customers and the texts of the steps."""
    log = folder / LOG
    lines = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
    return {(each["lead"], each["text"]) for each in lines if each["undone"] or not undone}


def told(folder: Path, *, undone: bool = False) -> set[tuple[int, str]]:
    """What the timelines tell, or of it what was taken back."""
    statement = "SELECT activity.lead_id, json_extract(detail, '$.text') FROM activity"
    if undone:
        statement += " JOIN step ON activity_id = activity.id AND undone_at IS NOT NULL"
    with closing(sqlite_driver().connect(str(folder / STORE))) as raw:
        return set(raw.execute(statement).fetchall())


@some_kills
@pytest.mark.parametrize("kind", ["save", "undo"])
def test_no_acknowledged_step_is_lost_and_none_is_half_done(
    zygote: Zygote, folder: Path, kind: str, amount: int
) -> None:
    chance = Random(kind)
    for seed in range(share(amount, kind)):
        assert zygote.kill(kind, folder, seed, chance.uniform(0, 0.1)) == "killed"
        assert acknowledged(folder) <= told(folder)
        assert acknowledged(folder, undone=True) <= told(folder, undone=True)
        assert broken_invariants(folder / STORE) == []
    assert len(acknowledged(folder)) >= share(amount, kind)


@some_kills
def test_a_backup_that_is_killed_leaves_a_whole_one_or_none(
    zygote: Zygote, folder: Path, amount: int
) -> None:
    chance = Random("back up")
    before = told(folder)
    for seed in range(share(amount, "back up")):
        assert zygote.kill("back up", folder, seed, chance.uniform(0, 0.2)) == "killed"
        assert broken_invariants(folder / STORE) == []
        if (folder / BACKUP).exists():
            assert broken_invariants(folder / BACKUP) == []
    longest = 0.2
    while not (folder / BACKUP).exists():  # each was killed before its first one was whole
        longest *= 2
        assert longest < PATIENCE
        zygote.kill("back up", folder, 0, longest)
    assert broken_invariants(folder / BACKUP) == []
    assert told(folder) == before
    # What they left goes with the next whole one; one process' number may be another's by now.
    with closing(Session.open(folder / STORE, "neda@example.com")) as session:
        back_up(session, folder / BACKUP, force=True)
    assert len({each.name.partition(".part")[0] for each in folder.glob(".*.part*")}) <= 1


@some_kills
def test_an_import_that_is_killed_again_and_again_ends_as_one_that_was_not(
    zygote: Zygote, folder: Path, amount: int
) -> None:
    chance = Random(2)
    rows = [f"Newcomer {number},+1646555{number:04},City {number % 7}" for number in range(IMPORTED)]
    (folder / SHEET).write_text("\n".join(["Name,Phone,City", *rows]))
    ended = [
        zygote.kill("import", folder, seed, chance.uniform(0, 0.5)) for seed in range(share(amount, "import"))
    ]
    assert "failed" not in ended
    assert zygote.kill("import", folder, 0, 60) == "ended"
    assert broken_invariants(folder / STORE) == []
    with closing(sqlite_driver().connect(folder / STORE)) as raw:
        new = raw.execute("SELECT count(*), count(DISTINCT phone) FROM lead WHERE name LIKE 'Newcomer %'")
        assert new.fetchone() == (IMPORTED, IMPORTED)
        entries = raw.execute("SELECT kind, count(*) FROM activity WHERE lead_id > 10 GROUP BY kind")
        assert entries.fetchall() == [("created", IMPORTED)]
