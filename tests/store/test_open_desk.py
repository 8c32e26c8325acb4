"""What happens to a store's files while a desk has it open is noticed before the next thing is said to be saved."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from released import ReleasedStore
from session_making import add_lead, make_session

from leadtui.errors import StoreError
from leadtui.services.erasing import erase
from leadtui.services.leads import add_note, open_lead
from leadtui.services.session import Session
from leadtui.store.engine import open_store
from leadtui.store.schema import HEAD
from leadtui.store.sqlite import search
from leadtui.store.sqlite.driver import sqlite_driver


@pytest.fixture
def session(tmp_path: Path) -> Generator[Session]:
    session = make_session(tmp_path)
    add_lead(session, "Mina Sadeghi", "+1 212 555 0101", mine=True)
    yield session
    session.close()


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be deleted there")
@pytest.mark.parametrize("ending", ["-wal", "-shm"])
def test_a_log_that_is_deleted_is_noticed_before_each_write(session: Session, ending: str) -> None:
    add_note(session, 1, "before")
    Path(f"{session.store.path}{ending}").unlink()
    for _again in range(2):
        with pytest.raises(StoreError, match="nothing more is saved"):
            add_note(session, 1, "after")
    assert [each.detail.text for each in open_lead(session, 1).timeline if each.detail.text] == ["before"]


def test_a_log_that_goes_with_the_last_connection_is_none_that_is_deleted(session: Session) -> None:
    add_note(session, 1, "before")
    session.store.close()
    assert not Path(f"{session.store.path}-wal").exists()
    add_note(session, 1, "after")
    assert len(open_lead(session, 1).timeline) == 3


def test_tables_that_a_newer_version_has_changed_are_noticed_in_the_transaction(session: Session) -> None:
    raw = sqlite_driver().connect(str(session.store.path), isolation_level=None)
    raw.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="A newer leadtui has changed the tables"):
        add_note(session, 1, "after")
    assert raw.execute("SELECT count(*) FROM activity WHERE kind = 'note'").fetchone() == (0,)
    raw.close()


def test_a_store_is_kept_as_it_was_before_its_tables_are_changed(released: ReleasedStore) -> None:
    path = released.path
    store = open_store(path)
    kept = store.kept
    store.close()
    assert kept is not None
    assert kept.parent == path.parent
    assert f"before-{HEAD}" in kept.name
    assert kept.stat().st_mode & 0o777 == 0o600
    old = sqlite3.connect(f"file:{kept}?immutable=1", uri=True)
    assert old.execute("SELECT version_num FROM alembic_version").fetchone() == ("0002",)
    old.close()
    again = open_store(path)
    assert again.kept is None
    again.close()


def test_an_index_that_this_sqlite_cannot_read_is_said_at_opening(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The form of the index changes as the first customer is deleted from it.
    erase(session, 1, "asked for it", "Mina Sadeghi")
    session.close()
    monkeypatch.setattr(search, "OVERWRITING", (99, 0, 0))
    with pytest.raises(StoreError, match="too old"):
        open_store(session.store.path)
