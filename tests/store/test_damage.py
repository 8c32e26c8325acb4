"""A damaged file and a full disk: a sentence that says what to do, and nothing that was saved is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from leadtui.errors import StoreError
from leadtui.store import tables
from leadtui.store.column_types import EARLIEST, LATEST, moment
from leadtui.store.engine import Store, open_store, store_exists

Child = Callable[[str, Path], Any]

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")


def _people(store: Store) -> int:
    with store.read() as connection:
        return connection.execute(select(func.count()).select_from(tables.user)).scalar_one()


@pytest.fixture
def full_store(tmp_path: Path) -> Path:
    """A closed store of some hundred pages."""
    path = tmp_path / "desk.db"
    store = open_store(path, create=True)
    with store.write() as connection:
        for number in range(400):
            connection.execute(
                insert(tables.user).values(name="n" * 900, email=f"{number}@b.co", created_at=moment(0))
            )
    store.close()
    return path


def _everything(store: Store) -> None:
    with store.read() as connection:
        for table in tables.metadata.sorted_tables:
            connection.execute(select(table)).all()


def test_a_file_that_was_cut_off(full_store: Path) -> None:
    with full_store.open("r+b") as file:
        file.truncate(full_store.stat().st_size // 2)
    with pytest.raises(StoreError, match=r"damaged\. Run `leadtui doctor`, and restore a backup"):
        _everything(open_store(full_store))


def test_a_file_cut_off_in_its_first_page(full_store: Path) -> None:
    with full_store.open("r+b") as file:
        file.truncate(2000)
    with pytest.raises(StoreError, match="damaged"):
        open_store(full_store)


def test_pages_that_were_overwritten(full_store: Path) -> None:
    size = full_store.stat().st_size
    with full_store.open("r+b") as file:
        file.seek(size // 4)
        file.write(b"\xff" * (size // 2))
    with pytest.raises(StoreError, match="damaged"):
        _everything(open_store(full_store))


def test_values_that_cannot_be_read(store_file: Path) -> None:
    store = open_store(store_file)
    with store.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO user (name, email, created_at) VALUES (CAST(x'ff' AS TEXT), 'a', 0)"
        )
    with pytest.raises(StoreError, match="damaged"):
        _everything(store)
    store.close()


@pytest.mark.parametrize(
    "value", [2**62, -(2**62), LATEST + 1, EARLIEST - 1, "tomorrow", 1.5, b"\0"], ids=repr
)
def test_a_moment_that_is_none(store_file: Path, value: object) -> None:
    store = open_store(store_file)
    with store.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO user (name, email, created_at) VALUES ('a', 'a', ?)", (value,)
        )
    with pytest.raises(StoreError, match="damaged"):
        _everything(store)
    store.close()


def test_lists_that_cannot_be_read(store_file: Path) -> None:
    store = open_store(store_file)
    with store.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO workspace (title, language, calendar, region, zone, currency, created_at) "
            "VALUES ('', '', '', '', '', '', 0)"
        )
        connection.exec_driver_sql(
            "INSERT INTO profile (workspace_id, key, title, permissions) VALUES (1, 'a', 'a', '[\"cut o')"
        )
    with pytest.raises(StoreError, match="damaged"):
        _everything(store)
    store.close()


@pytest.mark.parametrize("offset", [16, 18, 20, 28, 44, 56, 100, 105])
def test_a_damaged_head(full_store: Path, offset: int) -> None:
    """Whatever byte of the head is wrong: all is read as it was, or a sentence; nothing else."""
    with full_store.open("r+b") as file:
        file.seek(offset)
        was = file.read(1)
        file.seek(offset)
        file.write(bytes([was[0] ^ 0xFF]))
    assert _people_or_sentence(full_store) in (400, "damaged")


def _people_or_sentence(path: Path) -> int | str:
    try:
        store = open_store(path)
        _everything(store)
        return _people(store)
    except StoreError as error:
        known = {"damaged": "damaged", "not a leadtui store": "damaged", "another program": "damaged"}
        return next((kind for words, kind in known.items() if words in str(error)), str(error))


_DISK_FILLS = """
from sqlalchemy import insert, select, func
from leadtui.store import tables
from leadtui.store.column_types import moment

def add(number):
    with store.write() as connection:
        for part in range(20):
            connection.execute(
                insert(tables.user).values(name="x" * 900, email=f"{number} {part}", created_at=moment(0))
            )

def people():
    with store.read() as connection:
        return connection.execute(select(func.count()).select_from(tables.user)).scalar_one()

store = open_store(where)
fill()
kept, refused = 0, ""
for number in range(1000):
    try:
        add(number)
        kept += 1
    except StoreError as error:
        refused = str(error)
        break
seen = people()
make_room()
add("after")
said = [kept, refused, seen, people()]
store.close()
"""

_BY_LIMIT = """
import resource
def fill():
    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, resource.RLIM_INFINITY))
def make_room():
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
"""

_BY_DISK = """
ballast = os.path.join(os.path.dirname(where), "ballast")
def fill():
    with open(ballast, "wb") as file:
        file.write(bytes(1_000_000))
def make_room():
    os.unlink(ballast)
"""


def _check_refused_and_whole(said: Any, path: Path) -> None:
    kept, refused, seen, after = said
    assert kept > 0
    assert "nothing was saved. Free some space" in refused
    assert seen == kept * 20
    assert after == seen + 20
    store = open_store(path)
    assert _people(store) == after
    with store.read() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    store.close()


@needs_posix
def test_a_disk_that_fills_while_saving(store_file: Path, child: Child) -> None:
    """The largest size that a file may have stands for the end of the disk: it needs no rights to set."""
    _check_refused_and_whole(child(_BY_LIMIT + _DISK_FILLS, store_file), store_file)


@pytest.fixture
def small_disk(tmp_path: Path) -> Generator[Path]:
    """A disk of 3 MB in memory, where this person may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)]
    if (
        sys.platform != "linux"
        or os.getuid()
        or subprocess.run(mount, check=False, capture_output=True).returncode
    ):
        pytest.skip("only root on Linux may mount; the test with a limit has run all the same")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_real_disk_that_fills_while_saving(small_disk: Path, child: Child) -> None:
    path = small_disk / "desk.db"
    open_store(path, create=True).close()
    _check_refused_and_whole(child(_BY_DISK + _DISK_FILLS, path), path)


_FULL_WHILE_MAKING = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
try:
    open_store(where, create=True)
    said = "opened"
except StoreError as error:
    said = str(error)
"""


@needs_posix
def test_a_disk_that_fills_while_the_store_is_made(tmp_path: Path, child: Child) -> None:
    path = tmp_path / "desk.db"
    assert "nothing was saved. Free some space" in child(_FULL_WHILE_MAKING, path)
    assert not store_exists(path)
    store = open_store(path, create=True)
    with store.write() as connection:
        connection.execute(insert(tables.user).values(name="Sara", email="a", created_at=moment(0)))
    assert _people(store) == 1
    store.close()
