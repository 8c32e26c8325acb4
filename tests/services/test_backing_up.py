"""A backup is whole or not there, nobody else reads it, and what it replaces is kept."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from session_making import MovingClock, add_lead, hire, make_session

from leadtui.errors import LeadtuiError, Refused, StoreError
from leadtui.services.backing_up import back_up, restore
from leadtui.services.leads import add_note, open_lead
from leadtui.services.session import Session
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.lead_writing import NewLead, insert_leads
from leadtui.store.sqlite.driver import sqlite_driver

NEDA = "neda@example.com"


def as_neda(where: str) -> Session:
    return Session.open(where, NEDA)


@pytest.fixture
def session(tmp_path: Path) -> Generator[Session]:
    session = make_session(tmp_path)
    add_lead(session, "مینا صادقی", "+1 212 555 0101", mine=True)
    yield session
    session.close()


def contents(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    raw = sqlite_driver().connect(str(path))
    names = [
        row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    ]
    found = {
        name: raw.execute(f'SELECT * FROM "{name}"').fetchall()
        for name in names
        if not name.startswith(("lead_search_", "sqlite_"))
    }
    # What tells of backing up and restoring is not what was backed up.
    found["audit"] = raw.execute("SELECT * FROM audit WHERE kind NOT IN ('backup', 'restore')").fetchall()
    found["change"] = raw.execute("SELECT * FROM change WHERE table_name <> 'audit'").fetchall()
    raw.close()
    return found


def left_over(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir() if each.name.startswith(".")]


def test_what_is_backed_up_comes_back_whole(session: Session, tmp_path: Path) -> None:
    before = contents(session.store.path)
    report = back_up(session, tmp_path / "backup.db")
    backup = tmp_path / "backup.db"
    assert report.counts.customers == 1
    assert contents(backup) == before
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    add_note(session, 1, "after the backup")
    later = contents(session.store.path)
    session.close()
    done = restore(str(session.store.path), backup, as_neda, MovingClock())
    assert done.kept is not None
    assert done.kept.name == "desk.before-restore-20240928-071200.db"
    assert contents(done.kept) == later
    assert contents(session.store.path) == before
    assert stat.S_IMODE(session.store.path.stat().st_mode) & 0o077 == 0
    again = Session.open(session.store.path, NEDA)
    assert add_note(again, 1, "works").version == 2
    again.close()
    # The one that was kept is a store that can be restored in its turn.
    back = restore(str(session.store.path), done.kept, as_neda, MovingClock())
    assert back.kept is not None
    assert back.kept.name == "desk.before-restore-20240928-071200-2.db"
    assert contents(session.store.path) == later
    assert left_over(tmp_path) == []


def test_a_missing_store_comes_back(session: Session, tmp_path: Path) -> None:
    back_up(session, tmp_path / "backup.db")
    before = contents(session.store.path)
    session.close()
    elsewhere = tmp_path / "new" / "desk.db"
    assert restore(str(elsewhere), tmp_path / "backup.db", as_neda).kept is None
    assert contents(elsewhere) == before


def test_a_damaged_store_is_replaced_and_kept(session: Session, tmp_path: Path) -> None:
    back_up(session, tmp_path / "backup.db")
    before = contents(session.store.path)
    session.close()
    path = session.store.path
    path.write_bytes(b"SQLite format 3\x00" + path.read_bytes()[16:100] + b"\xff" * 5000)
    damaged = path.read_bytes()
    done = restore(str(path), tmp_path / "backup.db", as_neda)
    assert done.kept is not None
    assert done.kept.read_bytes() == damaged
    assert contents(path) == before


def _spoil(change: Callable[[bytearray], None]) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        data = bytearray(path.read_bytes())
        change(data)
        path.write_bytes(data)

    return spoil


def _fill(start: int, end: int) -> Callable[[bytearray], None]:
    def fill(data: bytearray) -> None:
        data[start:end] = b"\xff" * (end - start)

    return fill


def _sql(*statements: str) -> Callable[[Path], None]:
    def run(path: Path) -> None:
        raw = sqlite_driver().connect(str(path))
        for statement in statements:
            raw.execute(statement)
        raw.commit()
        raw.close()

    return run


UNSOUND: dict[str, tuple[Callable[[Path], None], str]] = {
    "no store": (_spoil(_fill(0, 20)), "is not a leadtui store"),
    "another program's": (_sql("PRAGMA application_id = 5"), "belongs to another program"),
    "half of it": (lambda path: os.truncate(path, path.stat().st_size // 2), "damaged|not sound"),
    "a newer leadtui's": (_sql("UPDATE alembic_version SET version_num = '9999'"), "newer leadtui"),
    "rows that point nowhere": (
        _sql(
            "PRAGMA foreign_keys = OFF",
            "INSERT INTO lead_number (workspace_id, lead_id, e164) VALUES (1, 99, '+1')",
        ),
        "not sound",
    ),
    "a trigger of somebody's": (
        _sql("CREATE TRIGGER gone AFTER INSERT ON follow_up BEGIN DELETE FROM lead; END"),
        "trigger gone",
    ),
    "a view of somebody's": (_sql("CREATE VIEW numbers AS SELECT phone FROM lead"), "view numbers"),
    "an index too few": (_sql("DROP INDEX ix_lead_workspace_id_id"), "not as leadtui makes them"),
    "a column too many": (_sql("ALTER TABLE lead ADD COLUMN nickname TEXT"), "table lead"),
    "nobody of that name": (_sql("UPDATE \"user\" SET email = 'x@example.com'"), "works here"),
    "somebody who may not": (
        _sql("UPDATE membership SET profile_id = (SELECT id FROM profile WHERE key = 'agent')"),
        "settings:back-up",
    ),
}


@pytest.mark.parametrize("fault", UNSOUND)
def test_what_is_not_sound_replaces_nothing(session: Session, tmp_path: Path, fault: str) -> None:
    backup = tmp_path / "backup.db"
    back_up(session, backup)
    spoil, words = UNSOUND[fault]
    spoil(backup)
    session.close()
    before = contents(session.store.path)
    with pytest.raises(LeadtuiError, match=words):
        restore(str(session.store.path), backup, as_neda)
    assert contents(session.store.path) == before
    assert left_over(tmp_path) == []
    assert not list(tmp_path.glob("*before-restore*"))


def test_while_somebody_has_it_open_it_is_not_replaced(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leadtui.store.sqlite.backup.WAIT_SECONDS", 0.1)
    backup = tmp_path / "backup.db"
    back_up(session, backup)
    colleague = Session.open(session.store.path, NEDA)
    open_lead(colleague, 1)
    session.close()
    with pytest.raises(StoreError, match="is open in another program"):
        restore(str(session.store.path), backup, as_neda)
    # Who has it open goes on working in the same file.
    assert add_note(colleague, 1, "still here").version == 2
    assert not list(tmp_path.glob("*before-restore*"))
    colleague.close()


@pytest.mark.proof  # for half a minute it waits to tell the audit
def test_a_backup_is_taken_while_somebody_saves(session: Session, tmp_path: Path) -> None:
    with session.store.write() as connection:
        connection.exec_driver_sql("UPDATE lead SET name = 'half a step'")
        back_up(session, tmp_path / "backup.db")
    (lead,) = contents(tmp_path / "backup.db")["lead"]
    assert "half a step" not in lead


def test_what_is_there_is_covered_only_on_demand(session: Session, tmp_path: Path) -> None:
    backup = tmp_path / "backup.db"
    backup.write_text("mine")
    with pytest.raises(Refused, match="--force"):
        back_up(session, backup)
    assert backup.read_text() == "mine"
    back_up(session, backup, force=True)
    assert contents(backup) == contents(session.store.path)
    for force in (True, False):
        with pytest.raises(Refused, match="the store itself"):
            back_up(session, session.store.path, force=force)
        with pytest.raises(Refused, match="is a folder"):
            back_up(session, tmp_path, force=force)
        with pytest.raises(Refused, match="cannot be written"):
            back_up(session, tmp_path / "no" / "folder.db", force=force)
        with pytest.raises(Refused, match="belongs to a store"):
            back_up(session, Path(f"{session.store.path}-wal"), force=force)
    # A device, a pipe: a file in its place would break whatever else works with it.
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Refused, match="no ordinary file"):
        back_up(session, tmp_path / "pipe", force=True)
    assert (tmp_path / "pipe").is_fifo()


def test_who_may_not_back_up_is_refused(session: Session, tmp_path: Path) -> None:
    back_up(session, tmp_path / "backup.db")
    agent = hire(session, "Sara", "sara@example.com", MovingClock())
    with pytest.raises(Refused, match="settings:back-up"):
        back_up(agent, tmp_path / "other.db")
    agent.close()
    session.close()
    with pytest.raises(Refused, match="settings:back-up"):
        restore(
            str(session.store.path),
            tmp_path / "backup.db",
            lambda where: Session.open(where, "sara@example.com"),
        )


SCRIPT = """
import resource, sys
from pathlib import Path
from session_making import add_lead, make_session
from leadtui.errors import StoreError
from leadtui.services.backing_up import back_up
from leadtui.services.session import Session

folder = Path(sys.argv[1])
desk = make_session(folder)
add_lead(desk, "Mina", "+1 212 555 0101")
(folder / "old.db").write_text("an older backup")
desk.close()

resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
desk = Session.open(folder / "desk.db", "neda@example.com")
for target, force in (("new.db", False), ("old.db", True)):
    try:
        back_up(desk, folder / target, force=force)
        print("written")
    except StoreError as error:
        print(error)
print(sorted(each.name for each in folder.iterdir() if "desk" not in each.name), (folder / "old.db").read_text())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no limits of a file's size")
def test_a_full_disk_leaves_no_half_backup(tmp_path: Path) -> None:
    tests = Path(__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, tmp_path], capture_output=True, text=True, check=False, cwd=tests
    )
    assert done.returncode == 0, done.stderr
    first, second, files = done.stdout.splitlines()
    # What is said is of the file that was asked for, neither of the store nor of what is half written.
    for said, name in ((first, "new.db"), (second, "old.db")):
        assert f"{os.sep}{name} " in said
        assert "Free some space" in said
    assert files == "['old.db'] an older backup"


def test_what_a_killed_process_left_goes_with_the_next_one(session: Session, tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    theirs, others = f".backup.db.{os.getppid()}.part", f".backup.db.old.{ended.pid}.part"
    for name in (f".backup.db.{ended.pid}.part", f".backup.db.{ended.pid}.part-journal", theirs, others):
        (tmp_path / name).write_bytes(b"half")
    back_up(session, tmp_path / "backup.db")
    # Who is still writing goes on, and what is of another target is none of its business.
    assert sorted(left_over(tmp_path)) == sorted([theirs, others])


@pytest.mark.skipif(sys.platform == "win32", reason="there a process cannot be asked after")
def test_what_was_left_of_a_backup_of_another_moment_goes_too(session: Session, tmp_path: Path) -> None:
    """Its name has the moment, so that nobody makes one of the same name again."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    (tmp_path / f".desk.db.{ended.pid}.0123456789abcdef.part").write_bytes(b"half")
    session.store.backend.back_up_beside("before-repair", session.now())
    assert left_over(tmp_path) == []
    assert len(list(tmp_path.glob("desk.before-repair-*.db"))) == 1


@pytest.mark.parametrize("refused", ["link", "replace", "rename"])
@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")
def test_where_the_folder_does_not_let_it_the_present_store_is_as_it_was(
    session: Session, tmp_path: Path, refused: str
) -> None:
    back_up(session, tmp_path / "backup.db")
    add_note(session, 1, "later")
    before = contents(session.store.path)
    session.close()
    script = (
        "import errno, sys\nfrom pathlib import Path\n"
        "def hook(event, arguments):\n"
        "    moves = event == 'os.rename' and str(arguments[1]).endswith('desk.db')\n"
        "    if {'link': event == 'os.link', 'rename': event in ('os.link', 'os.rename'), 'replace': moves}[sys.argv[1]]:\n"
        "        raise OSError(errno.EIO, 'Input/output error')\n"
        "from leadtui.services.session import Session\n"
        f"def opened(where): return Session.open(where, {NEDA!r})\n"
        "from leadtui.services.backing_up import restore\nfrom leadtui.errors import LeadtuiError\n"
        "sys.addaudithook(hook)\n"
        "try:\n"
        "    print('done', restore('desk.db', Path('backup.db'), opened).counts.customers)\n"
        "except LeadtuiError as error:\n"
        "    print(error)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, refused], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    kept = list(tmp_path.glob("desk.before-restore-*.db"))
    if refused == "link":  # it is moved where there are no links
        assert told == "done 1\n"
        assert [contents(each) for each in kept] == [before]
    else:
        assert "desk.db cannot be written: Input/output error" in told
        assert (kept, contents(session.store.path)) == ([], before)
    assert left_over(tmp_path) == []


def test_how_far_it_is_is_told(session: Session, tmp_path: Path) -> None:
    with session.store.write() as connection:
        tx = WorkspaceConnection(connection, session.workspace.id)
        rows = [
            NewLead({"name": f"Customer {number}", "entered_at": session.now(), "city": "Rome " * 40})
            for number in range(4_000)
        ]
        insert_leads(tx, rows, session.now(), None)
    told: list[tuple[int, int]] = []
    report = back_up(session, tmp_path / "copy.db", progress=lambda done, total: told.append((done, total)))
    written = [done for done, _total in told]
    (total,) = {total for _done, total in told}
    assert len(told) > 3
    assert written == sorted(written)
    assert all(done < total for done in written[:-1])
    assert written[-1] == total
    assert abs(report.size - total) < total / 10
