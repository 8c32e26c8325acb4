"""How a terminal learns what moved: the watch that costs nothing, and a log that does not grow for ever."""

from __future__ import annotations

from pathlib import Path

import pytest
from session_making import MovingClock, make_session
from sqlalchemy import delete

from leadtui.services.session import Session
from leadtui.store import changes, tables


def record(session: Session, count: int) -> int:
    """Note that some leads moved, and return the sequence of the newest change."""
    with session.write() as tx:
        changes.record(tx, "lead", range(1, count + 1))
    return session.latest_change()


def prune(session: Session, keep: int) -> None:
    """Keep only so many changes."""
    with session.write() as tx:
        changes.prune(tx, keep)


def since(session: Session, sequence: int, limit: int = 10_000) -> list[changes.Change]:
    """What moved since."""
    with session.read() as tx:
        return changes.since(tx, sequence, limit)


def test_a_watch_tells_that_another_process_or_thread_has_written(tmp_path: Path, clock: MovingClock) -> None:
    session = make_session(tmp_path, clock=clock)
    other = Session.open(session.store.path, "neda@example.com", clock)
    watch = session.watch()
    assert watch.moved()
    assert not watch.moved()
    record(other, 1)
    assert watch.moved()
    assert not watch.moved()
    record(session, 1)  # by another connection of the same terminal
    assert watch.moved()
    with other.store.read() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM lead").scalar()
    assert not watch.moved()
    watch.close()
    other.close()
    session.close()


def test_a_store_in_which_nothing_has_moved_yet_is_read(session: Session) -> None:
    with session.store.write() as connection:
        connection.execute(delete(tables.change))
    with session.read() as tx:
        assert not changes.redefined(tx, 0)
        assert changes.since(tx, 0) == []


def test_the_newest_changes_are_kept(session: Session) -> None:
    newest = record(session, 50)
    before = since(session, newest - 10)
    prune(session, 10)
    assert since(session, newest - 10) == before
    assert [each.row_id for each in before] == list(range(41, 51))
    assert session.latest_change() == newest


@pytest.mark.parametrize("seen", [0, 1, 38])
def test_who_slept_through_changes_that_are_gone_reads_everything(session: Session, seen: int) -> None:
    first = session.latest_change()
    newest = record(session, 50)
    prune(session, 10)
    missed = since(session, 0 if seen == 0 else first + seen)
    assert {(each.table, each.row_id) for each in missed} == {
        ("case_record", changes.WHOLE_TABLE),
        ("lead", changes.WHOLE_TABLE),
        ("reminder", changes.WHOLE_TABLE),
        ("workspace", changes.WHOLE_TABLE),
    }
    assert {each.sequence for each in missed} == {newest}
    assert since(session, newest) == []


def test_more_changes_than_can_be_told_one_by_one_are_everything(session: Session) -> None:
    first = session.latest_change()
    record(session, 11)
    assert [each.row_id for each in since(session, first, 11)] == list(range(1, 12))
    assert {each.row_id for each in since(session, first, 10)} == {changes.WHOLE_TABLE}


def test_a_watch_that_was_closed_tells_late_askers_of_nothing(session: Session) -> None:
    watch = session.watch()
    assert watch.moved()
    watch.close()
    watch.look_again()
    assert not watch.moved()
