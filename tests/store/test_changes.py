"""How a terminal learns what moved: the watch that costs nothing, and a log that does not grow for ever."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk_making import MovingClock, make_desk

from leadtui.services.desk import Desk, open_desk
from leadtui.store import changes


def record(desk: Desk, count: int) -> int:
    """Note that some leads moved, and return the sequence of the newest change."""
    with desk.store.write() as connection:
        changes.record(connection, desk.workspace.id, "lead", range(1, count + 1))
    return desk.latest_change()


def prune(desk: Desk, keep: int) -> None:
    """Keep only so many changes."""
    with desk.store.write() as connection:
        changes.prune(connection, desk.workspace.id, keep)


def since(desk: Desk, sequence: int, limit: int = 10_000) -> list[changes.Change]:
    """What moved since."""
    with desk.store.read() as connection:
        return changes.since(connection, desk.workspace.id, sequence, limit)


def test_a_watch_tells_that_another_process_or_thread_has_written(tmp_path: Path, clock: MovingClock) -> None:
    desk = make_desk(tmp_path, clock=clock)
    other = open_desk(desk.store.path, "neda@example.com", clock)
    watch = desk.watch()
    assert watch.moved()
    assert not watch.moved()
    record(other, 1)
    assert watch.moved()
    assert not watch.moved()
    record(desk, 1)  # by another connection of the same terminal
    assert watch.moved()
    with other.store.read() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM lead").scalar()
    assert not watch.moved()
    watch.close()
    other.close()
    desk.close()


def test_the_newest_changes_are_kept(desk: Desk) -> None:
    newest = record(desk, 50)
    before = since(desk, newest - 10)
    prune(desk, 10)
    assert since(desk, newest - 10) == before
    assert [each.row_id for each in before] == list(range(41, 51))
    assert desk.latest_change() == newest


@pytest.mark.parametrize("seen", [0, 1, 38])
def test_who_slept_through_changes_that_are_gone_reads_everything(desk: Desk, seen: int) -> None:
    first = desk.latest_change()
    newest = record(desk, 50)
    prune(desk, 10)
    missed = since(desk, 0 if seen == 0 else first + seen)
    assert {(each.table, each.row_id) for each in missed} == {
        ("lead", changes.WHOLE_TABLE),
        ("reminder", changes.WHOLE_TABLE),
        ("workspace", changes.WHOLE_TABLE),
    }
    assert {each.sequence for each in missed} == {newest}
    assert since(desk, newest) == []


def test_more_changes_than_can_be_told_one_by_one_are_everything(desk: Desk) -> None:
    first = desk.latest_change()
    record(desk, 11)
    assert [each.row_id for each in since(desk, first, 11)] == list(range(1, 12))
    assert {each.row_id for each in since(desk, first, 10)} == {changes.WHOLE_TABLE}
