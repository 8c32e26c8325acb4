"""Whatever is wrong with a store's file, the sentence says what to do, and nothing is changed or lost."""

from __future__ import annotations

import hashlib
import os
import socket
import sqlite3
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from leadtui.errors import StoreError
from leadtui.store import tables
from leadtui.store.column_types import moment
from leadtui.store.engine import Store, open_store
from leadtui.store.files import file_system_of
from leadtui.store.sqlite import files
from leadtui.store.sqlite.driver import sqlite_driver

Child = Callable[[str, Path], Any]
Held = Callable[[str, Path], AbstractContextManager[None]]

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")


def _add_person(store: Store, email: str, name: str = "Sara") -> None:
    with store.write() as connection:
        connection.execute(insert(tables.user).values(name=name, email=email, created_at=moment(0)))


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
        files.check_file(home / "desk.db", create=True, mounts=mounts)
    assert not (home / "desk.db").exists()
    assert files.on_network(tmp_path / "desk.db", mounts) == ""


@needs_posix
def test_a_link_into_a_network_file_system(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "home")
    mounts = tmp_path / "mounts"
    mounts.write_text(_MOUNTS.format(point=(tmp_path / "home").resolve(), kind="nfs"))
    assert files.on_network(tmp_path / "link" / "desk.db", mounts) == "nfs"


def test_what_is_mounted_later_hides_what_was_there(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text("a / ext4 rw 0 0\nb /home nfs rw 0 0\nc /home ext4 rw 0 0\n")
    assert file_system_of(Path("/home/desk.db"), mounts)[0] == "ext4"
    assert file_system_of(Path("/homes/desk.db"), mounts) == ("ext4", "/")
    assert file_system_of(Path("/home/desk.db"), tmp_path / "none") == ("", "")


def test_a_virtual_machines_own_root_is_no_network(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text("none / 9p rw 0 0\n")
    assert files.on_network(Path("/home/desk.db"), mounts) == ""


@needs_posix
def test_a_store_of_somebody_else_is_left_as_it_is(store_file: Path) -> None:
    if os.getuid() == 0:
        os.chown(store_file, 65534, 65534)
        store_file.chmod(0o666)
        files.protect(store_file)
        assert store_file.stat().st_mode & 0o777 == 0o666
    store_file.chmod(0o600)
    files.protect(store_file)
    assert store_file.stat().st_mode & 0o777 == 0o600
