"""An id is given once, whatever became of the row that had it."""

from __future__ import annotations

from session_making import add_lead
from sqlalchemy import func, select

from leadtui.domain.lead import ActivityKind
from leadtui.services.session import Session
from leadtui.store import activities, lead_writing, tables


def test_no_id_is_reserved_twice(session: Session) -> None:
    given: list[int] = []
    for count in (1, 0, 3, 2):
        with session.write() as tx:
            given += tx.backend.reserve_ids(tx.connection, tx.workspace_id, tables.lead, count)
    assert given == list(range(given[0], given[0] + 6))


def test_the_id_of_a_customer_who_is_gone_stays_theirs(session: Session) -> None:
    first, last = add_lead(session, "Mina").id, add_lead(session, "Sara").id
    with session.write() as tx:
        lead_writing.delete_leads(tx, [last])
    assert add_lead(session, "Reza").id > last > first


def test_rows_that_took_their_id_by_themselves_are_passed_over(session: Session) -> None:
    lead = add_lead(session, "Mina")
    with session.write() as tx:
        reserved = tx.backend.reserve_ids(tx.connection, tx.workspace_id, tables.activity, 5)
        for _ in range(8):
            activities.add(tx, lead.id, ActivityKind.NOTE, session.now(), None)
        newest = tx.connection.execute(select(func.max(tables.activity.c.id))).scalar_one()
        (next_id,) = tx.backend.reserve_ids(tx.connection, tx.workspace_id, tables.activity, 1)
    assert next_id > max(newest, reserved[-1])
