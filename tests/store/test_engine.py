"""A store opens, keeps its promises about transactions, and is made whole whatever happens meanwhile."""

from __future__ import annotations

import gc
import os
import stat
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from amounts import small_and_large
from sqlalchemy import Executable, func, insert, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from leadtui.errors import StoreError
from leadtui.store import tables
from leadtui.store.column_types import moment
from leadtui.store.engine import (
    Interrupted,
    Interruption,
    Store,
    open_store,
    store_exists,
    store_url,
)
from leadtui.store.sqlite.connections import READING_CACHE_KB, SAFE_SEARCH_INDEX, WRITING_CACHE_KB
from leadtui.store.sqlite.driver import sqlite_driver
from leadtui.store.sqlite.files import APPLICATION_ID

Child = Callable[[str, Path], Any]


def _add_person(store: Store, email: str) -> None:
    with store.write() as connection:
        connection.execute(insert(tables.user).values(name="Sara", email=email, created_at=_moment()))


def _moment() -> Any:
    return moment(0)


def _write_and_fail(store: Store, statement: Executable) -> None:
    with store.write() as connection:
        connection.execute(statement)
        raise RuntimeError("in the middle")


def _read_until_stopped(store: Store, interruption: Interruption, started: threading.Event) -> None:
    with store.read(interruption) as connection:
        started.set()
        while True:  # each round is short; the interruption may come between two
            connection.exec_driver_sql(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) "
                "SELECT count(*) FROM n"
            ).scalar()
            if interruption.asked:
                raise Interrupted


def _people(store: Store) -> int:
    with store.read() as connection:
        return connection.execute(select(func.count()).select_from(tables.user)).scalar_one()


def _pragma(store: Store, name: str) -> object:
    with store.read() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def test_a_connection_is_safe_and_strict(store_file: Path) -> None:
    store = open_store(store_file)
    assert _pragma(store, "journal_mode") == "wal"
    assert _pragma(store, "synchronous") == 2
    assert _pragma(store, "foreign_keys") == 1
    safe = sqlite_driver().sqlite_version_info >= SAFE_SEARCH_INDEX
    assert _pragma(store, "trusted_schema") == (0 if safe else 1)
    assert _pragma(store, "application_id") == APPLICATION_ID
    store.close()


def test_reading_keeps_few_pages_in_memory_also_after_much_was_written(store_file: Path) -> None:
    store = open_store(store_file)
    for _turn in range(2):
        with store.read() as connection:
            kept = [
                connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("cache_size", "mmap_size")
            ]
            assert kept == [-READING_CACHE_KB, 0]
        with store.write() as connection:
            assert connection.exec_driver_sql("PRAGMA cache_size").scalar() == -WRITING_CACHE_KB
    store.close()


def test_the_mark_is_in_the_file_while_the_store_is_open(tmp_path: Path) -> None:
    """A second terminal looks at the file's head while all else may still be in the write-ahead log."""
    path = tmp_path / "desk.db"
    first = open_store(path, create=True)
    _add_person(first, "a@example.com")
    second = open_store(path)
    assert _people(second) == 1
    second.close()
    first.close()


def test_a_transaction_is_whole_or_nothing(store_file: Path) -> None:
    store = open_store(store_file)
    with pytest.raises(RuntimeError, match="in the middle"):
        _write_and_fail(store, insert(tables.user).values(name="Sara", email="a@b.co", created_at=_moment()))
    assert _people(store) == 0
    _add_person(store, "a@b.co")
    assert _people(store) == 1
    store.close()


def test_making_tables_is_part_of_the_transaction(store_file: Path) -> None:
    store = open_store(store_file)
    with pytest.raises(RuntimeError, match="in the middle"):
        _write_and_fail(store, text("CREATE TABLE scratch (x)"))
    with pytest.raises(StoreError, match="damaged"), store.read() as connection:
        connection.exec_driver_sql("SELECT * FROM scratch")
    store.close()


def test_a_read_sees_one_moment(store_file: Path) -> None:
    store = open_store(store_file)
    with store.read() as connection:
        count = select(func.count()).select_from(tables.user)
        assert connection.execute(count).scalar_one() == 0
        _add_person(store, "later@example.com")
        assert connection.execute(count).scalar_one() == 0
    assert _people(store) == 1
    store.close()


def test_faults_of_the_program_stay_visible(store_file: Path) -> None:
    """Only what a person can do something about becomes a sentence."""
    store = open_store(store_file)
    _add_person(store, "same@example.com")
    with pytest.raises(IntegrityError):
        _add_person(store, "same@example.com")
    with pytest.raises(OperationalError), store.read() as connection:
        connection.exec_driver_sql("SELEKT 1")
    store.close()


def test_a_superseded_read_stops(store_file: Path) -> None:
    store = open_store(store_file)
    interruption = Interruption()
    started = threading.Event()

    def stop() -> None:
        started.wait()
        interruption.stop()

    thread = threading.Thread(target=stop)
    thread.start()
    with pytest.raises(Interrupted):
        _read_until_stopped(store, interruption, started)
    thread.join()
    assert _people(store) == 0
    store.close()


def test_an_interruption_asked_before_the_read_stops_it(store_file: Path) -> None:
    store = open_store(store_file)
    interruption = Interruption()
    interruption.stop()
    with pytest.raises(Interrupted), store.read(interruption) as connection:
        connection.exec_driver_sql("SELECT 1")
    store.close()


@pytest.mark.parametrize(
    "address",
    [
        *("sqlite://", "sqlite:///", "sqlite:///:memory:", "://", "sqlite+aiosqlite:///x.db"),
        *("sqlite:///desk.db?mode=ro", "", "sqlite:///a\0b", "a\0b"),
    ],
)
def test_what_is_no_address_is_said_so(address: str) -> None:
    with pytest.raises(StoreError, match="is not a store's address"):
        store_url(address)


def test_another_engine_is_refused_without_its_password() -> None:
    with pytest.raises(StoreError) as caught:
        store_url("postgresql://me:secret@host/desk")
    assert "postgresql" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_path_and_a_url_mean_the_same_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    whole = store_url(tmp_path / "desk.db")
    assert store_url("desk.db") == whole
    assert store_url("sqlite:///desk.db") == whole
    assert store_url(f"sqlite:///{tmp_path}/desk.db") == whole


def test_names_with_spaces_percent_signs_and_other_letters_work(tmp_path: Path) -> None:
    path = tmp_path / "میز کار 100%s" / "desk ?#.db"
    open_store(path, create=True).close()
    assert store_exists(path)
    open_store(path).close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_only_the_owner_may_read_a_new_store(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        path = tmp_path / "desk.db"
        store = open_store(path, create=True)
        _add_person(store, "a@b.co")
        beside = [each for each in tmp_path.iterdir() if each.name.startswith("desk.db")]
        assert len(beside) == 3
        assert all(stat.S_IMODE(each.stat().st_mode) & 0o077 == 0 for each in beside)
        store.close()
    finally:
        os.umask(before)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_a_store_that_everybody_could_read_is_closed_to_others(store_file: Path) -> None:
    store_file.chmod(0o664)
    open_store(store_file).close()
    assert stat.S_IMODE(store_file.stat().st_mode) == 0o660


def test_an_empty_file_is_no_store_until_one_is_made_in_it(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    path.touch()
    assert not store_exists(path)
    with pytest.raises(StoreError, match="There is no store"):
        open_store(path)
    open_store(path, create=True).close()
    assert store_exists(path)


_KILLED_WHILE_MAKING = """
said, last, killed = [], 1, True
while killed:
    path = os.path.join(where, f"{last}.db")
    killed = killed_at(last, lambda: open_store(path, create=True).close())
    said.append(path)
    last += every
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@small_and_large("statements from kill to kill", 61, 7, "LEADTUI_KILL_EVERY")
def test_a_crash_in_the_middle_of_making_a_store_leaves_one_that_opens(
    child: Child, tmp_path: Path, amount: int
) -> None:
    """The process is killed at every so-manieth statement of making the tables, then the file is used."""
    made = child(f"every = {amount}" + _KILLED_WHILE_MAKING, tmp_path)
    assert len(made) * amount > 100
    for path in made:
        store = open_store(path, create=True)
        _add_person(store, "a@b.co")
        assert _people(store) == 1
        assert _pragma(store, "integrity_check") == "ok"
        assert _pragma(store, "journal_mode") == "wal"
        store.close()


_KILLED_MID_SAVE = """
import signal
from sqlalchemy import insert
from leadtui.store import tables
from leadtui.store.column_types import moment
store = open_store(where)
with store.write() as connection:
    connection.execute(insert(tables.user).values(name="kept", email="kept", created_at=moment(0)))
if os.fork() == 0:
    inner = open_store(where)
    with inner.write() as connection:
        for number in range(5000):
            connection.execute(
                insert(tables.user).values(name="x" * 500, email=f"lost {number}", created_at=moment(0))
            )
        os.kill(os.getpid(), signal.SIGKILL)
said = os.waitstatus_to_exitcode(os.wait()[1])
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_crash_in_the_middle_of_saving_loses_only_what_was_not_saved(
    child: Child, store_file: Path
) -> None:
    assert child(_KILLED_MID_SAVE, store_file) == -9
    store = open_store(store_file)
    assert _people(store) == 1
    assert _pragma(store, "integrity_check") == "ok"
    store.close()


_ALL_AT_ONCE = """
from sqlalchemy import insert
from leadtui.store import tables
from leadtui.store.column_types import moment
go, gate = os.pipe()
for number in range(8):
    if os.fork() == 0:
        os.close(gate)
        os.read(go, 1)
        store = open_store(where, create=True, busy_seconds=60)
        with store.write() as connection:
            connection.execute(
                insert(tables.user).values(name="me", email=str(number), created_at=moment(0))
            )
        store.close()
        os._exit(0)
os.close(go); os.close(gate)
said = [os.waitstatus_to_exitcode(os.wait()[1]) for _ in range(8)]
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("beginning", ["nothing", "empty file", "tables without WAL"])
def test_processes_that_make_the_same_store_at_once_all_end_well(
    child: Child, tmp_path: Path, beginning: str
) -> None:
    path = tmp_path / "desk.db"
    if beginning == "empty file":
        path.touch()
    if beginning == "tables without WAL":
        open_store(path, create=True).close()
        raw = sqlite_driver().connect(path)
        assert raw.execute("PRAGMA journal_mode = DELETE").fetchone() == ("delete",)
        raw.close()
    assert child(_ALL_AT_ONCE, path) == [0] * 8
    store = open_store(path)
    assert _people(store) == 8
    assert _pragma(store, "integrity_check") == "ok"
    assert _pragma(store, "journal_mode") == "wal"
    store.close()


def test_a_reading_that_failed_half_way_doubles_no_later_one(tmp_path: Path) -> None:
    store = open_store(tmp_path / "desk.db", create=True)
    numbers = text(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :most) SELECT i FROM n"
    )
    left: list[object] = []

    def fail() -> None:
        with store.read() as connection:
            rows = connection.execute(numbers, {"most": 5})
            rows.fetchone()
            left.append(rows)  # as the traceback of an error keeps it, until memory is freed
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    with store.read() as connection:
        rows = connection.execute(numbers, {"most": 5})
        first = [row.i for row in (rows.fetchone(),) if row]
        left.clear()
        gc.collect()
        assert first + [row.i for row in rows] == [1, 2, 3, 4, 5]
    store.close()
