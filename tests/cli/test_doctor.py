"""`leadtui doctor` finds what is wrong, says what to do, and changes nothing."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Any

import pytest
from command_running import Run

from leadtui import paths
from leadtui.presentation.doctor import fact_titles
from leadtui.store.engine import open_store
from leadtui.store.schema import HEAD
from leadtui.store.sqlite import driver
from leadtui.store.sqlite.driver import sqlite_driver


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _raw(path: Path, *statements: str) -> None:
    raw = sqlite_driver().connect(str(path))
    for statement in statements:
        raw.execute(statement)
    raw.commit()
    raw.close()


def test_a_healthy_store(run: Run, place: Any) -> None:
    before = _digest(place.path)
    said = run("doctor", "--json", "--store", place)
    assert said.code == 0
    assert said.data["ok"] is True
    assert said.data["problems"] == []
    facts = said.data["facts"]
    assert facts["whole"] is facts["references_whole"] is facts["search_agrees"] is True
    assert (facts["customers"], facts["pending_reminders"], facts["activities"]) == (1, 0, 1)
    assert facts["tables"] == HEAD
    assert facts["journal_mode"] == "wal"
    assert facts["textual"] == "8.2.8"
    assert facts["sqlite_version"] == sqlite_driver().sqlite_version
    assert set(facts) <= set(fact_titles())
    assert _digest(place.path) == before


def test_the_text_says_the_same(run: Run, place: Any) -> None:
    said = run("doctor", "--store", place)
    assert said.code == 0
    assert str(place) in said.out
    assert "✓ Nothing is wrong." in said.out


def test_no_store_is_no_fault(run: Run, tmp_path: Path) -> None:
    said = run("doctor", "--json", "--store", tmp_path / "none.db")
    assert said.code == 0
    assert said.data["facts"]["store_exists"] is False
    assert any("There is no store yet" in note for note in said.data["notes"])
    assert list(tmp_path.iterdir()) == []


def test_pages_that_were_overwritten(run: Run, place: Any) -> None:
    size = place.path.stat().st_size
    with place.path.open("r+b") as file:
        file.seek(size // 3)
        file.write(b"\xff" * (size // 3))
    said = run("doctor", "--json", "--store", place)
    assert said.code == 1
    assert said.data["ok"] is False
    assert said.data["facts"]["whole"] is False
    assert any("restore a backup" in problem for problem in said.data["problems"])


def test_one_flipped_page_in_the_middle(run: Run, place: Any) -> None:
    """Ordinary reading may never meet it; the doctor does."""
    with place.path.open("r+b") as file:
        for page in range(20, place.path.stat().st_size // 4096, 25):
            file.seek(page * 4096)
            file.write(b"\x00" * 200)
    said = run("doctor", "--json", "--store", place)
    assert (said.code, said.data["facts"]["whole"]) == (1, False)


def test_a_file_that_was_cut_off(run: Run, place: Any) -> None:
    with place.path.open("r+b") as file:
        file.truncate(place.path.stat().st_size // 2)
    assert run("doctor", "--store", place).code == 1


def test_rows_that_point_nowhere(run: Run, place: Any) -> None:
    _raw(place.path, "PRAGMA foreign_keys = OFF", "UPDATE lead SET owner_id = 999")
    said = run("doctor", "--json", "--store", place)
    assert said.code == 1
    assert said.data["facts"]["references_whole"] is False
    assert any("1 row points to a row that is gone" in problem for problem in said.data["problems"])


def test_a_search_index_that_lags_behind(run: Run, place: Any) -> None:
    _raw(place.path, "DROP TRIGGER lead_search_update", "UPDATE lead SET search_key = 'somebodyelse'")
    said = run("doctor", "--json", "--store", place)
    assert (said.code, said.data["facts"]["search_agrees"]) == (1, False)
    assert any("search index does not agree" in problem for problem in said.data["problems"])
    said = run("doctor", "--repair", "--store", place)
    assert said.code == 0
    assert "Put right: The search index does not agree with the customers" in said.err
    assert "The store from before is kept as" in said.err
    assert "There is nothing that can be put right." in run("doctor", "--repair", "--store", place).err


def test_a_store_of_a_newer_version(run: Run, place: Any) -> None:
    _raw(place.path, "UPDATE alembic_version SET version_num = '9001'")
    said = run("doctor", "--json", "--store", place)
    assert said.code == 1
    assert any("newer leadtui" in problem for problem in said.data["problems"])


def test_a_store_of_an_older_version_is_left_as_it_is(
    run: Run, place: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leadtui.services.doctor.HEAD", "0999")
    said = run("doctor", "--json", "--store", place)
    assert said.code == 0
    assert any("brings them to 0999" in note for note in said.data["notes"])


def test_another_journal_mode_is_noted(run: Run, place: Any) -> None:
    _raw(place.path, "PRAGMA journal_mode = DELETE")
    said = run("doctor", "--json", "--store", place)
    assert (said.code, said.data["facts"]["journal_mode"]) == (0, "delete")
    assert any("not wal" in note for note in said.data["notes"])
    open_store(place.path).close()
    assert run("doctor", "--json", "--store", place).data["facts"]["journal_mode"] == "wal"


def test_what_is_no_store(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear customer, " * 20)
    said = run("doctor", "--json", "--store", tmp_path / "letter.txt")
    assert said.code == 1
    assert "is not a leadtui store" in said.data["problems"][0]


def test_settings_that_cannot_be_used(run: Run, place: Any) -> None:
    paths.settings_file().parent.mkdir(parents=True)
    paths.settings_file().write_text("bell = 'loud'\n")
    said = run("doctor", "--json", "--store", place)
    assert said.code == 1
    assert any("“bell” has a value of the wrong kind" in problem for problem in said.data["problems"])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_a_store_that_everybody_can_read(run: Run, place: Any) -> None:
    place.path.chmod(0o644)
    said = run("doctor", "--json", "--store", place)
    assert said.code == 0
    assert said.data["facts"]["permissions"] == "-rw-r--r--"
    assert any("Others on this machine may read the store" in note for note in said.data["notes"])


@pytest.mark.parametrize(
    ("version", "faulty"),
    [
        ("3.6.23", False),
        ("3.7.0", True),
        ("3.40.1", True),
        ("3.44.5", True),
        ("3.44.6", False),
        ("3.45.0", True),
        ("3.50.6", True),
        ("3.50.7", False),
        ("3.51.0", True),
        ("3.51.2", True),
        ("3.51.3", False),
        ("3.53.4", False),
        ("4.0.0", False),
    ],
)
def test_versions_with_the_wal_reset_fault_are_known(version: str, faulty: bool) -> None:
    assert driver.has_wal_reset_fault(version) is faulty


def test_the_standard_module_with_its_fault_is_named(
    run: Run, place: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = driver.SqliteBuild("sqlite3", "3.40.1")
    monkeypatch.setattr("leadtui.services.doctor.sqlite_build", lambda: build)
    said = run("doctor", "--json", "--store", place)
    assert said.code == 0
    assert any("WAL-reset fault" in note and "3.40.1" in note for note in said.data["notes"])
    assert any("pysqlite3 is not installed" in note for note in said.data["notes"])
