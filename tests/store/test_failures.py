"""Whatever is wrong with a store's file, the sentence says what to do, and nothing is changed or lost."""

from __future__ import annotations

import hashlib
import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from leadtui.errors import StoreError
from leadtui.store import failures, tables
from leadtui.store.engine import Store, open_store, sqlite_driver, store_exists
from leadtui.store.schema import APPLICATION_ID

Child = Callable[[str, Path], Any]
Held = Callable[[str, Path], AbstractContextManager[None]]

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")


def _add_person(store: Store, email: str, name: str = "Sara") -> None:
    with store.write() as connection:
        connection.execute(insert(tables.user).values(name=name, email=email, created_at=tables.moment(0)))


def _people(store: Store) -> int:
    with store.read() as connection:
        return connection.execute(select(func.count()).select_from(tables.user)).scalar_one()


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _refusal(path: Path, *, create: bool = False) -> str:
    with pytest.raises(StoreError) as caught:
        open_store(path, create=create, busy_seconds=0.1)
    sentence = str(caught.value)
    assert str(path) in sentence
    assert sentence.endswith(".")
    return sentence


def test_a_store_that_does_not_exist(tmp_path: Path) -> None:
    path = tmp_path / "none" / "desk.db"
    assert "`leadtui` makes one, and so does `leadtui import FILE`" in _refusal(path)
    assert not path.parent.exists()


def test_a_folder(tmp_path: Path) -> None:
    assert "is a folder" in _refusal(tmp_path, create=True)


def test_a_file_whose_folder_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("words")
    assert "cannot be made" in _refusal(tmp_path / "file" / "desk.db", create=True)


@needs_posix
def test_a_pipe_and_a_socket(tmp_path: Path) -> None:
    """Opening them would wait for ever."""
    os.mkfifo(tmp_path / "pipe")
    assert "no ordinary file" in _refusal(tmp_path / "pipe", create=True)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
        assert "no ordinary file" in _refusal(tmp_path / "socket", create=True)


def test_a_name_that_no_file_can_have(tmp_path: Path) -> None:
    assert "cannot be looked at" in _refusal(tmp_path / ("x" * 5000), create=True)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear customer, " * 100)
    before = _digest(path)
    assert "is not a leadtui store" in _refusal(path, create=True)
    assert _digest(path) == before


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_another_programs_database(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "other.db"
    raw = sqlite_driver().connect(path)
    raw.execute(f"PRAGMA journal_mode = {mode}")
    raw.execute("CREATE TABLE lead (x)")
    raw.commit()
    raw.close()
    before = _digest(path)
    assert "belongs to another program" in _refusal(path, create=True)
    assert _digest(path) == before


@needs_posix
def test_another_programs_database_whose_program_was_killed(tmp_path: Path) -> None:
    """With its journal still there the head of the file may not be trusted; its tables tell."""
    path = tmp_path / "other.db"
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE theirs (x)")
    raw.commit()
    raw.close()
    Path(f"{path}-journal").write_bytes(b"")
    with pytest.raises(StoreError, match="belongs to another program"):
        open_store(path, create=True)
    raw = sqlite3.connect(path)
    assert [name for (name,) in raw.execute("SELECT name FROM sqlite_master")] == ["theirs"]
    raw.close()


def test_a_store_of_a_newer_version(store_file: Path) -> None:
    raw = sqlite_driver().connect(store_file)
    raw.execute("UPDATE alembic_version SET version_num = '9001'")
    raw.commit()
    raw.close()
    with pytest.raises(StoreError, match=r"newer leadtui \(tables 9001\); update leadtui"):
        open_store(store_file)


def test_a_store_without_its_tables(store_file: Path) -> None:
    raw = sqlite_driver().connect(store_file)
    raw.execute("DROP TABLE draft")
    raw.commit()
    raw.close()
    store = open_store(store_file)
    with pytest.raises(StoreError, match="damaged"), store.read() as connection:
        connection.execute(select(tables.draft))
    store.close()


def test_another_program_is_writing(store_file: Path, held: Held) -> None:
    """Reading goes on; writing is refused after the wait, and works once the other is done."""
    with held("BEGIN IMMEDIATE; DELETE FROM user", store_file):
        store = open_store(store_file, busy_seconds=0.1)
        assert _people(store) == 0
        with pytest.raises(StoreError, match="busy with another program; nothing was saved"):
            _add_person(store, "a@b.co")
    _add_person(store, "a@b.co")
    assert _people(store) == 1
    store.close()


def test_another_program_keeps_the_file_to_itself(store_file: Path, held: Held) -> None:
    with held("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; DELETE FROM user", store_file):
        assert "busy with another program" in _refusal(store_file)
    open_store(store_file).close()


def test_another_program_keeps_an_empty_file_to_itself(tmp_path: Path, held: Held) -> None:
    path = tmp_path / "desk.db"
    path.touch()
    with held("BEGIN EXCLUSIVE", path):
        assert "busy with another program" in _refusal(path, create=True)
    open_store(path, create=True).close()


_REFUSED = """
try:
    store = open_store(where, create=True)
    said = "opened"
except StoreError as error:
    said = str(error)
"""


@needs_posix
@pytest.mark.parametrize("mode", [0o444, 0o000])
def test_a_file_that_may_not_be_written(open_folder: Path, child_without_rights: Child, mode: int) -> None:
    path = open_folder / "desk.db"
    open_store(path, create=True).close()
    open_folder.chmod(0o777)
    path.chmod(mode)
    before = _digest_of(path)
    said = child_without_rights(_REFUSED, path)
    assert str(path) in said
    assert ("cannot be read" if mode == 0 else "make the file and its folder writable") in said
    path.chmod(0o600)
    assert _digest_of(path) == before


def _digest_of(path: Path) -> str:
    mode = path.stat().st_mode
    path.chmod(0o600)
    digest = _digest(path)
    path.chmod(mode)
    return digest


@needs_posix
def test_a_folder_that_may_not_be_written(open_folder: Path, child_without_rights: Child) -> None:
    path = open_folder / "desk.db"
    open_store(path, create=True).close()
    path.chmod(0o666)
    open_folder.chmod(0o555)
    assert "make the file and its folder writable" in child_without_rights(_REFUSED, path)
    assert "choose a folder that you may write to" in child_without_rights(_REFUSED, open_folder / "new.db")
    assert [each.name for each in open_folder.iterdir()] == ["desk.db"]


@needs_posix
def test_a_folder_that_may_not_be_looked_into(open_folder: Path, child_without_rights: Child) -> None:
    (open_folder / "shut").mkdir(mode=0o700)
    assert "cannot be looked at" in child_without_rights(_REFUSED, open_folder / "shut" / "desk.db")


@needs_posix
def test_a_file_that_is_taken_away_while_it_is_open(store_file: Path, tmp_path: Path) -> None:
    """Without a look SQLite goes on writing into a file without a name, and everything is lost."""
    store = open_store(store_file)
    store_file.rename(tmp_path / "elsewhere.db")
    with pytest.raises(StoreError, match="moved or deleted while it was open; nothing was saved"):
        _add_person(store, "a@b.co")
    (tmp_path / "elsewhere.db").rename(store_file)
    _add_person(store, "a@b.co")
    assert _people(store) == 1
    store.close()


_MOUNTS = """\
/dev/vda / ext4 rw 0 0
proc /proc proc rw 0 0
server:/home {point} {kind} rw 0 0
short line
"""


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs", "9p"])
def test_a_network_file_system(tmp_path: Path, kind: str) -> None:
    home = tmp_path / "at home"
    home.mkdir()
    mounts = tmp_path / "mounts"
    mounts.write_text(_MOUNTS.format(point=str(home.resolve()).replace(" ", "\\040"), kind=kind))
    with pytest.raises(StoreError, match=rf"network file system \({kind}\).* give a file on this machine"):
        failures.check_file(home / "desk.db", create=True, application_id=APPLICATION_ID, mounts=mounts)
    assert not (home / "desk.db").exists()
    assert failures.on_network(tmp_path / "desk.db", mounts) == ""


@needs_posix
def test_a_link_into_a_network_file_system(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "home")
    mounts = tmp_path / "mounts"
    mounts.write_text(_MOUNTS.format(point=(tmp_path / "home").resolve(), kind="nfs"))
    assert failures.on_network(tmp_path / "link" / "desk.db", mounts) == "nfs"


def test_what_is_mounted_later_hides_what_was_there(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text("a / ext4 rw 0 0\nb /home nfs rw 0 0\nc /home ext4 rw 0 0\n")
    assert failures.file_system_of(Path("/home/desk.db"), mounts)[0] == "ext4"
    assert failures.file_system_of(Path("/homes/desk.db"), mounts) == ("ext4", "/")
    assert failures.file_system_of(Path("/home/desk.db"), tmp_path / "none") == ("", "")


def test_a_virtual_machines_own_root_is_no_network(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text("none / 9p rw 0 0\n")
    assert failures.on_network(Path("/home/desk.db"), mounts) == ""


@pytest.fixture
def full_store(tmp_path: Path) -> Path:
    """A closed store of some hundred pages."""
    path = tmp_path / "desk.db"
    store = open_store(path, create=True)
    with store.write() as connection:
        for number in range(400):
            connection.execute(
                insert(tables.user).values(
                    name="n" * 900, email=f"{number}@b.co", created_at=tables.moment(0)
                )
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
    assert "damaged" in _refusal(full_store)


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

def add(number):
    with store.write() as connection:
        for part in range(20):
            connection.execute(
                insert(tables.user).values(name="x" * 900, email=f"{number} {part}", created_at=tables.moment(0))
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
    _add_person(store, "a@b.co")
    assert _people(store) == 1
    store.close()


@needs_posix
def test_a_store_of_somebody_else_is_left_as_it_is(store_file: Path) -> None:
    if os.getuid() == 0:
        os.chown(store_file, 65534, 65534)
        store_file.chmod(0o666)
        failures.protect(store_file)
        assert store_file.stat().st_mode & 0o777 == 0o666
    store_file.chmod(0o600)
    failures.protect(store_file)
    assert store_file.stat().st_mode & 0o777 == 0o600
