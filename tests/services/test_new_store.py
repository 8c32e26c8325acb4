"""A new store is there whole or not at all, however full the disk is, and what a killed import left of one is cleared away."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX limits")

CUSTOMERS = 1_500
ENOUGH = 4_000_000
"""Bytes that a store of so many customers fits into, its log as well."""


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of customers."""
    path = tmp_path_factory.mktemp("sheet") / "customers.csv"
    rows = (f"Customer {n},+1201555{n:04d}\n" for n in range(CUSTOMERS))
    path.write_text("name,phone\n" + "".join(rows), encoding="utf-8")
    return path


def run_import(sheet: Path, store: Path, largest_file: int) -> subprocess.CompletedProcess[str]:
    """Import on a machine where no file may grow beyond so many bytes: what it says is what a full disk says."""
    return subprocess.run(
        [sys.executable, "-m", "leadtui", "import", str(sheet), "--store", str(store)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"XDG_CONFIG_HOME": str(store.parent), "XDG_STATE_HOME": str(store.parent)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, resource.RLIM_INFINITY)),
    )


@pytest.mark.parametrize("size", [700_000, 1_100_000, 1_300_000, 1_400_000, 1_420_000, ENOUGH])
def test_an_import_into_a_new_store_ends_whole_or_leaves_nothing(
    sheet: Path, tmp_path: Path, size: int
) -> None:
    store = tmp_path / "store" / "desk.db"
    store.parent.mkdir()
    done = run_import(sheet, store, size)
    assert (done.returncode == 0) is (size == ENOUGH)
    if done.returncode == 0:
        assert f"{CUSTOMERS:,}" in done.stdout
        assert customers_of(store) == CUSTOMERS
        assert sorted(each.name for each in store.parent.iterdir()) == ["desk.db"]
    else:
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert "Free some space" in done.stderr
        assert list(store.parent.iterdir()) == []


def test_what_a_killed_import_left_is_cleared_by_the_next(sheet: Path, tmp_path: Path) -> None:
    store = tmp_path / "desk.db"
    killed = subprocess.Popen([sys.executable, "-c", ""])
    killed.wait()
    left = [
        tmp_path / f".desk.db.{killed.pid}.0123456789abcdef.part{ending}" for ending in ("", "-wal", "-shm")
    ]
    for each in left:
        each.write_bytes(b"left")
    assert run_import(sheet, store, ENOUGH).returncode == 0
    assert not any(each.exists() for each in left)


def customers_of(store: Path) -> int:
    """How many customers the file itself holds, and that it is whole."""
    connection = sqlite3.connect(f"file:{store}?mode=ro&immutable=1", uri=True)
    try:
        count = connection.execute("SELECT count(*) FROM lead").fetchone()[0]
        assert connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        return int(count)
    finally:
        connection.close()
