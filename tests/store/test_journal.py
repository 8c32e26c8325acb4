"""A step keeps what it replaced, and puts exactly that back."""

from __future__ import annotations

from collections.abc import Generator
from datetime import timedelta
from pathlib import Path

import pytest
from session_making import MovingClock, add_lead, book_demo, hire, make_session

from leadtui.domain.lead import Lead
from leadtui.domain.reminder import ReminderState
from leadtui.services import leads as lead_services
from leadtui.services import reminders as reminder_services
from leadtui.services.session import Session
from leadtui.store import journal, leads, reminders


@pytest.fixture
def session(tmp_path: Path) -> Generator[Session]:
    clock = MovingClock()
    session = make_session(tmp_path, clock=clock)
    hire(session, "Reza Amini", "reza@example.com", clock).close()
    session.reload_definitions()
    yield session
    session.close()


def _take_a_step(session: Session, lead: Lead) -> Lead:
    reza = next(each.id for each in session.definitions.colleagues if each.email == "reza@example.com")
    return book_demo(session, lead.id, reza)


def _put_back(session: Session, lead_id: int) -> None:
    with session.write() as tx:
        step = journal.latest_of(tx, session.actor.id)
        assert step is not None
        lead = leads.get(tx, lead_id)
        journal.put_back(tx, step, session.now(), session.actor.id)
        version = leads.change(tx, lead, **journal.lead_values(step))
        journal.mark_undone(tx, step, version, session.now(), session.actor.id)


def test_a_step_is_put_back_whole(session: Session) -> None:
    lead = add_lead(session, "Mina Sadeghi", "+1 212 555 0101", mine=True)
    first = reminder_services.set_reminder(session, lead.id, session.now() + timedelta(hours=2), "ring")
    before = lead_services.open_lead(session, lead.id)
    after = _take_a_step(session, before.lead)
    assert after.owner_id != before.lead.owner_id
    _put_back(session, lead.id)
    back = lead_services.open_lead(session, lead.id)
    assert back.pending == before.pending
    assert [each.id for each in back.pending] == [first]
    kept = ("status_id", "status_at", "owner_id", "owner_at", "contacted_at", "next_at", "name", "numbers")
    assert {name: getattr(back.lead, name) for name in kept} == {
        name: getattr(before.lead, name) for name in kept
    }
    assert back.lead.version == after.version + 1


def test_a_reminder_that_a_step_set_is_cancelled_not_forgotten(session: Session) -> None:
    lead = add_lead(session, "Mina Sadeghi", "+1 212 555 0101", mine=True)
    _take_a_step(session, lead)
    (set_by_it,) = lead_services.open_lead(session, lead.id).pending
    _put_back(session, lead.id)
    with session.read() as tx:
        kept = reminders.get(tx, set_by_it.id)
    assert kept is not None
    assert kept.state is ReminderState.CANCELLED


def test_the_step_before_an_undone_one_can_be_taken_back_next(session: Session) -> None:
    lead = add_lead(session, "Mina Sadeghi", "+1 212 555 0101", mine=True)
    once = _take_a_step(session, lead)
    _take_a_step(session, once)
    _put_back(session, lead.id)
    with session.read() as tx:
        step = journal.latest_of(tx, session.actor.id)
        assert step is not None
        assert step.version_after == leads.get(tx, lead.id).version
    _put_back(session, lead.id)
    assert lead_services.open_lead(session, lead.id).lead.status_id is None


def test_a_step_without_its_activity_is_a_fault(session: Session) -> None:
    lead = add_lead(session, "Mina Sadeghi", "+1 212 555 0101")
    with (
        pytest.raises(RuntimeError, match="activity"),
        session.write() as tx,
        journal.record(tx, lead.id, session.actor.id, session.now()),
    ):
        pass
