"""A day in figures: what counts as worked, reached and a meeting, in the workspace's zone, and for whom."""

from __future__ import annotations

from collections.abc import Generator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from session_making import MovingClock, add_lead, hire, make_session, status_of

from leadtui.domain.cartable import CartablePart
from leadtui.domain.lead import Lead
from leadtui.errors import NotFound, Refused
from leadtui.services import leads
from leadtui.services.cartable import open_cartable
from leadtui.services.day import EVERYBODY, HourOfDay, Left, is_meeting, open_day, people_of_days, reaches
from leadtui.services.follow_up import SetStatus, reasons_given, set_status
from leadtui.services.session import Session
from leadtui.services.templates import load_template
from leadtui.services.undo import undo

TODAY = date(2024, 9, 28)


@pytest.fixture
def neda(tmp_path: Path, clock: MovingClock) -> Generator[Session]:
    session = make_session(tmp_path, "hesin-haseb", clock)
    yield session
    session.close()


@pytest.fixture
def reza(neda: Session, clock: MovingClock) -> Generator[Session]:
    session = hire(neda, "Reza Amini", "reza@example.com", clock)
    neda.reload_definitions()
    yield session
    session.close()


def give(session: Session, lead: Lead, key: str, **more: object) -> None:
    lead = leads.open_lead(session, lead.id).lead
    set_status(session, SetStatus(lead.id, lead.version, status_of(session, key).id, **more))  # pyright: ignore


def test_a_day_counts_what_the_person_did(neda: Session, reza: Session, clock: MovingClock) -> None:
    first, second, third, fourth = (
        add_lead(reza, f"Customer {place}", f"0912345678{place}", mine=True) for place in range(4)
    )
    soon = clock.now + timedelta(days=2)
    # A minute before midnight of the workspace's zone, and one after it: the same day by UTC.
    late = clock.now
    clock.now = datetime(2024, 9, 27, 20, 29, tzinfo=UTC)
    leads.log_call(reza, first.id, first.phone, clock.now, 300)
    clock.now = datetime(2024, 9, 27, 20, 31, tzinfo=UTC)
    leads.log_call(reza, first.id, first.phone, clock.now, 10)
    clock.now = late
    leads.log_call(reza, first.id, first.phone, clock.now, 59)
    give(reza, first, "awaiting_follow_up", remind_at=soon)
    clock.move(hours=2)
    leads.log_call(reza, second.id, second.phone, clock.now, 60)
    give(
        reza,
        third,
        "in_person_meeting",
        answers={"date": "2024-10-01", "time": "16:00", "day": "سه‌شنبه"},
        owner_id=neda.actor.id,
        remind_at=soon,
    )
    give(reza, third, "referred", owner_id=neda.actor.id, answers={"reason": "knows the product"})
    give(reza, fourth, "awaiting_follow_up", remind_at=soon)
    undo(reza)
    day = open_day(reza)
    waiting = open_cartable(reza).counts
    assert (day.date, day.person_id, day.calls, day.talked_seconds) == (TODAY, reza.actor.id, 3, 129)
    # The first was not reached: a call of less than a minute, and a status that anybody can be given.
    assert (day.follow_ups, day.worked, day.reached, day.meetings) == (3, 2, 2, 1)
    keys = {status_of(reza, key).id for key in ("awaiting_follow_up", "in_person_meeting", "referred")}
    assert day.by_status == tuple((each, 1) for each in sorted(keys, key=lambda each: each))
    assert (day.hours[0], len(day.hours)) == (HourOfDay(0, 1, 0), 13)
    assert day.hours[-3:] == (HourOfDay(10, 1, 1), HourOfDay(11, 0, 0), HourOfDay(12, 1, 2))
    assert day.unplanned == 0
    assert day.left is not None
    assert (day.left.today, day.left.overdue) == (waiting[CartablePart.TODAY], waiting[CartablePart.OVERDUE])
    assert day.left.never_called == waiting[CartablePart.NEVER_CALLED]
    assert day.left.nothing_planned == waiting[CartablePart.NOTHING_PLANNED]
    assert day.left != Left(0, 0, 0, 0)
    before = open_day(reza, TODAY - timedelta(days=1))
    assert (before.calls, before.talked_seconds, before.follow_ups, before.left) == (1, 300, 0, None)
    assert before.hours == (HourOfDay(23, 1, 0),)


def test_whom_a_day_left_without_a_next_step(neda: Session, reza: Session) -> None:
    first, second = (add_lead(reza, name, mine=True) for name in ("First", "Second"))
    for lead, reason in ((first, "rings us"), (first, "is abroad"), (second, "rings us")):
        give(reza, lead, "awaiting_exam", answers={"exam_date": "2024-10-05"}, no_next_step=reason)
    assert open_day(reza).unplanned == 2
    assert open_day(neda).unplanned == 0
    assert open_day(neda, person_id=EVERYBODY).unplanned == 2
    status_id = status_of(reza, "awaiting_exam").id
    assert reasons_given(reza) == ((status_id, "rings us"), (status_id, "is abroad"))
    assert reasons_given(neda) == ()
    undo(reza)
    assert open_day(reza).unplanned == 1


def test_whose_days_one_sees(neda: Session, reza: Session) -> None:
    lead = add_lead(reza, "Customer", "09123456789", mine=True)
    leads.log_call(reza, lead.id, lead.phone, reza.now(), 100)
    leads.log_call(neda, lead.id, lead.phone, neda.now(), 100)
    assert open_day(neda).calls == 1
    assert open_day(neda, person_id=reza.actor.id).calls == 1
    everybody = open_day(neda, person_id=EVERYBODY)
    assert (everybody.calls, everybody.reached, everybody.person_id) == (2, 1, None)
    assert everybody.left == open_day(reza).left
    assert people_of_days(neda)[:2] == (neda.actor, None)
    assert people_of_days(reza) == (reza.actor,)
    with pytest.raises(NotFound):
        open_day(neda, person_id=99)
    for person_id in (EVERYBODY, neda.actor.id):
        with pytest.raises(Refused, match="reports:all-days"):
            open_day(reza, person_id=person_id)


@pytest.mark.parametrize(
    ("template", "meetings", "not_reached"),
    [
        ("hesin-haseb", {"in_person_meeting", "online_meeting"}, {"awaiting_follow_up"}),
        ("sales", {"demo_booked"}, {"no_answer", "voicemail", "call_back"}),
    ],
)
def test_statuses_say_by_what_they_ask(
    tmp_path: Path, template: str, meetings: set[str], not_reached: set[str]
) -> None:
    assert load_template(template)
    session = make_session(tmp_path, template)
    statuses = session.definitions.statuses
    session.close()
    assert {each.key for each in statuses if is_meeting(each)} == meetings
    assert {each.key for each in statuses if not reaches(each)} == not_reached


def test_a_day_is_read_from_indexes(neda: Session) -> None:
    with neda.store.read() as connection:
        for table, where in (("follow_up", ""), ("activity", "kind = 'call' AND ")):
            plan = connection.exec_driver_sql(
                f"EXPLAIN QUERY PLAN SELECT lead_id FROM {table} "
                f"WHERE {where}workspace_id = 1 AND actor_id IN (1, 2) AND at >= 0 AND at < 9"
            ).all()
            assert all("actor_id=? AND at>? AND at<?" in row[3] for row in plan)
