"""The chain of the audit: whatever is done to its table is found, and an erasing is no fault of it."""

from __future__ import annotations

import json
import multiprocessing
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from amounts import small_and_large
from hypothesis import given, settings
from hypothesis import strategies as st
from session_making import MovingClock, hire, make_session
from sqlalchemy import Connection

from leadtui.domain.audit import AuditKind, done
from leadtui.domain.audit_chain import ChainFault, ChainFinding, Head
from leadtui.domain.permission import SUPERVISOR_PROFILE
from leadtui.services import defining
from leadtui.services.session import Session
from leadtui.store import audit

ENTRIES = 12
COLUMNS = ("at", "actor_id", "kind", "act", "subject_id", "detail", "texts", "previous", "hash", "number")
VALUES = st.one_of(
    st.integers(-5, 10**15),
    st.text(max_size=9),
    st.none(),
    st.sampled_from(["{}", '{"text":"a"}', "[]", "export"]),
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Generator[Session]:
    """A desk whose audit has entries with and without texts, one of them about an erasing."""
    session = make_session(tmp_path_factory.mktemp("told"))
    with session.write() as tx:
        for number in range(ENTRIES - 2):
            tx.audit(done(AuditKind.EXPORT, find=f"Zoe {number}" if number % 3 else "", customers=number))
        wiped = audit.forget(tx, ["Zoe 4"])
        assert len(wiped) == 1
        tx.audit(replace(done(AuditKind.ERASURE, customers=1), wiped=wiped))
    yield session
    session.close()


class _TakenBack(Exception):
    pass


@contextmanager
def for_a_while(session: Session) -> Generator[Connection]:
    """What is done within is taken back."""
    try:
        with session.store.write() as connection:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            yield connection
            raise _TakenBack
    except _TakenBack:
        pass


def rows(connection: Connection) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.exec_driver_sql("SELECT * FROM audit ORDER BY number")]


def found(connection: Connection, session: Session, head: Head | None = None) -> list[ChainFinding]:
    return list(audit.check(connection, session.workspace.id, () if head is None else (head,)))


def head_of(session: Session) -> Head:
    with session.read() as tx:
        head = audit.head(tx)
    assert head is not None
    return head


def test_what_nobody_touched_is_whole_with_its_head(told: Session) -> None:
    with told.store.read() as connection:
        assert len(rows(connection)) == ENTRIES
        assert found(connection, told, head_of(told)) == []


@settings(max_examples=300, deadline=None)
@given(number=st.integers(1, ENTRIES), column=st.sampled_from(COLUMNS), value=VALUES)
def test_any_value_that_is_another_is_found(told: Session, number: int, column: str, value: Any) -> None:
    head = head_of(told)
    with for_a_while(told) as connection:
        before = rows(connection)
        if value is None and column != "subject_id":
            value = ""
        if column == "number" and any(row[1] == value for row in before):
            return
        connection.exec_driver_sql(f"UPDATE audit SET {column} = ? WHERE number = ?", (value, number))
        if rows(connection) != before:
            assert found(connection, told, head)


@settings(max_examples=100, deadline=None)
@given(number=st.integers(1, ENTRIES))
def test_an_entry_that_is_taken_out_is_named(told: Session, number: int) -> None:
    head = head_of(told)
    with for_a_while(told) as connection:
        connection.exec_driver_sql("DELETE FROM audit WHERE number = ?", (number,))
        wrong = found(connection, told, head)
        fault = ChainFault.CUT_OFF if number == ENTRIES else ChainFault.MISSING
        assert ChainFinding(fault, number, number) in wrong


def test_a_tail_that_is_cut_off_is_found_by_its_head_alone(told: Session) -> None:
    head = head_of(told)
    with for_a_while(told) as connection:
        connection.exec_driver_sql("DELETE FROM audit WHERE number > 5")
        assert found(connection, told) == []
        assert found(connection, told, head) == [ChainFinding(ChainFault.CUT_OFF, 6, ENTRIES)]


@settings(max_examples=100, deadline=None)
@given(pair=st.lists(st.integers(1, ENTRIES), min_size=2, max_size=2, unique=True))
def test_two_that_changed_places_are_named(told: Session, pair: list[int]) -> None:
    with for_a_while(told) as connection:
        for was, now in ((pair[0], 99), (pair[1], pair[0]), (99, pair[1])):
            connection.exec_driver_sql("UPDATE audit SET number = ? WHERE number = ?", (now, was))
        named = {each.first for each in found(connection, told)}
        assert named >= set(pair)


@settings(max_examples=100, deadline=None)
@given(copied=st.integers(1, ENTRIES), place=st.integers(1, ENTRIES))
def test_one_that_is_put_in_is_found(told: Session, copied: int, place: int) -> None:
    with for_a_while(told) as connection:
        connection.exec_driver_sql("UPDATE audit SET number = number + 100 WHERE number > ?", (place,))
        connection.exec_driver_sql("UPDATE audit SET number = number - 99 WHERE number > 100")
        connection.exec_driver_sql(
            "INSERT INTO audit SELECT workspace_id, ?, at, actor_id, kind, act, subject_id, detail, texts, previous, hash "
            "FROM audit WHERE number = ?",
            (place + 1, copied if copied <= place else copied + 1),
        )
        # Where the copy is of the very entry that stood there, that one stands too late.
        assert any(each.first in (place + 1, place + 2) for each in found(connection, told))


def test_a_text_is_gone_only_where_an_erasing_took_it(told: Session) -> None:
    with for_a_while(told) as connection:
        connection.exec_driver_sql("UPDATE audit SET texts = '{}' WHERE number = 3")
        assert found(connection, told) == [ChainFinding(ChainFault.TEXT_MISSING, 3, 3)]
    with for_a_while(told) as connection:
        (texts,) = connection.exec_driver_sql("SELECT texts FROM audit WHERE number = 3").scalars()
        said = json.loads(texts)
        for each in said.values():
            each[1] = "Ben"
        connection.exec_driver_sql(
            "UPDATE audit SET texts = ? WHERE number = 3",
            (json.dumps(said, separators=(",", ":"), sort_keys=True),),
        )
        assert found(connection, told) == [ChainFinding(ChainFault.TEXT_CHANGED, 3, 3)]


PROCESSES = 8
BORN = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")


def rename_often(path: Path, email: str, channel_id: int, begin: Any, changes: int) -> None:
    """What each process does: it gives its channel one title after the other."""
    session = Session.open(path, email)
    begin.wait()
    for number in range(changes):
        defining.rename(session, defining.CHANNEL, channel_id, f"{email} {number}")
    session.close()


@small_and_large("changes of each", 3, 200)
def test_processes_at_once_make_one_chain(tmp_path: Path, amount: int) -> None:
    session = make_session(tmp_path, clock=MovingClock())
    emails = [f"person{number}@example.com" for number in range(PROCESSES)]
    channels = [defining.add_titled(session, defining.CHANNEL, email) for email in emails]
    for email in emails:
        hire(session, email, email, MovingClock(), SUPERVISOR_PROFILE).close()
    before = head_of(session).number
    begin = BORN.Barrier(PROCESSES)
    target: Callable[..., None] = rename_often
    processes = [
        BORN.Process(target=target, args=(session.store.path, email, channel, begin, amount))
        for email, channel in zip(emails, channels, strict=True)
    ]
    for each in processes:
        each.start()
    for each in processes:
        each.join(300)
    assert [each.exitcode for each in processes] == [0] * PROCESSES
    head = head_of(session)
    with session.store.read() as connection:
        assert found(connection, session, head) == []
        numbers = [row[1] for row in rows(connection)]
    assert numbers == list(range(1, before + PROCESSES * amount + 1))
    session.close()
