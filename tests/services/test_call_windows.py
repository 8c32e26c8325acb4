"""Customers are rung in windows of their own day: whoever it is night for waits, and ringing or reminding then asks."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from session_making import MovingClock, add_lead, make_session, status_of

from leadtui.domain.cartable import CartablePart, Urgency
from leadtui.domain.retry import RetryPace, RetryRule
from leadtui.language.local_zone import zone_of
from leadtui.language.repetition import Repetition
from leadtui.language.time_words import Unit
from leadtui.presentation.cartable_reason import why
from leadtui.services import leads, reminders
from leadtui.services.call_windows import NotInWindow, outside_now
from leadtui.services.cartable import open_cartable
from leadtui.services.defining import save_status
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.session import Session
from leadtui.services.workspace import change_workspace

TEN = datetime(2024, 9, 30, 14, tzinfo=UTC)
"""Monday at 10 in New York, at 7 in Los Angeles."""

OPENS_THERE = datetime(2024, 9, 30, 16, tzinfo=UTC)
WEEK = "Mon-Fri 9-18"


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock(TEN)


@pytest.fixture
def session(tmp_path: Path, clock: MovingClock) -> Generator[Session]:
    session = make_session(tmp_path, clock=clock)
    change_workspace(session, replace(session.workspace, windows=WEEK, holidays=("14 October Columbus Day",)))
    yield session
    session.close()


@pytest.mark.parametrize(
    ("number", "city", "zone"),
    [
        ("+989121234567", "", "Asia/Tehran"),
        ("+493012345678", "", "Europe/Berlin"),  # Büsingen's clock shows the same
        ("+12125550101", "", "America/New_York"),
        ("+12125550101", "Phoenix", "America/Phoenix"),
        ("+16025550101", "", "America/Phoenix"),
        ("+12085550101", "", ""),  # Idaho has two
        ("+12085550101", "boise", "America/Boise"),
        ("+18005551234", "", ""),
        ("+61412345678", "", ""),
        ("+61412345678", "Perth", "Australia/Perth"),
        ("+34911234567", "", ""),
        ("+77011234567", "", "Asia/Almaty"),
        ("+88835551234", "", ""),
        ("", "Tehran", ""),
    ],
)
def test_the_number_or_the_city_tells_where_somebody_is(number: str, city: str, zone: str) -> None:
    assert zone_of(number, city) == zone


def test_whoever_it_is_night_for_comes_after_those_who_can_be_rung(
    session: Session, clock: MovingClock
) -> None:
    far = add_lead(session, "Lea", "+1 213 555 0101", mine=True)
    near = add_lead(session, "Nora", "+1 212 555 0102", mine=True)
    unknown = add_lead(session, "Uma", "+1 800 555 0103", mine=True)
    cartable = open_cartable(session)
    assert list(cartable.order) == [near.id, unknown.id, far.id]
    assert cartable.counts[CartablePart.NEVER_CALLED] == 3
    reason = cartable.reasons[far.id]
    assert reason.urgency is Urgency.NEVER_CONTACTED
    assert why(reason, session.format_context()) == "their 07:00"
    assert cartable.reasons[near.id].outside is None

    clock.now = TEN.replace(hour=11)  # 7 in New York: all of them wait as they would be rung
    cartable = open_cartable(session)
    assert list(cartable.order) == [far.id, near.id, unknown.id]
    assert why(cartable.reasons[unknown.id], session.format_context()) == "opens 09:00"

    clock.now = TEN + timedelta(hours=2)
    assert not any(each.outside for each in open_cartable(session).reasons.values())


def test_a_call_that_was_promised_for_now_is_made(session: Session, clock: MovingClock) -> None:
    far = add_lead(session, "Lea", "+1 213 555 0101", mine=True)
    reminders.set_reminder(session, far.id, TEN + timedelta(minutes=10), promised=True, asked=True)
    clock.move(minutes=11)
    reason = open_cartable(session).reasons[far.id]
    assert (reason.urgency, reason.outside) == (Urgency.OVERDUE, None)
    clock.move(minutes=80)
    assert open_cartable(session).reasons[far.id].outside is not None


def test_every_way_to_ring_or_to_remind_then_asks(session: Session) -> None:
    far = add_lead(session, "Lea", "+1 213 555 0101", mine=True)
    soon = TEN + timedelta(minutes=30)
    kept = reminders.set_reminder(session, far.id, OPENS_THERE)
    step = SetStatus(far.id, None, status_of(session, "call_back").id, remind_at=soon)
    daily = Repetition(Unit.DAY, datetime(2024, 9, 30, 10, 30))
    ways: tuple[Callable[[bool], object], ...] = (
        lambda asked: reminders.set_reminder(session, far.id, soon, asked=asked),
        lambda asked: reminders.snooze(session, kept, soon, asked=asked),
        lambda asked: reminders.set_reminder(session, far.id, soon, repeats=daily, asked=asked),
        lambda asked: set_status(session, replace(step, asked=asked)),
        lambda asked: set_status(session, replace(step, repeats=daily, asked=asked)),
        lambda asked: leads.log_call(session, far.id, far.phone, TEN, 60, asked=asked),
    )
    before = leads.open_lead(session, far.id)
    said = ""
    for way in ways:
        with pytest.raises(NotInWindow) as refused:
            way(False)
        assert refused.value.outside.opens == OPENS_THERE
        said = str(refused.value)
    assert said == (
        "For Lea that is today 07:00: outside the call windows, which open today 12:00, their 09:00."
    )
    assert leads.open_lead(session, far.id) == before
    for way in ways:
        way(True)


def test_a_holiday_is_told_by_its_name(session: Session) -> None:
    near = add_lead(session, "Nora", "+1 212 555 0102", mine=True)
    with pytest.raises(NotInWindow, match=r"Mon 14 Oct 11:00, Columbus Day: .* open Tue 15 Oct 09:00"):
        reminders.set_reminder(session, near.id, datetime(2024, 10, 14, 15, tzinfo=UTC))


def test_where_nothing_is_defined_nothing_asks(session: Session) -> None:
    far = add_lead(session, "Lea", "+1 213 555 0101", mine=True)
    change_workspace(session, replace(session.workspace, windows=""))
    reminders.set_reminder(session, far.id, TEN + timedelta(minutes=30))
    daily = Repetition(Unit.DAY, datetime(2024, 9, 30, 10, 30))
    kept = reminders.set_reminder(session, far.id, TEN + timedelta(minutes=30), repeats=daily)
    reminders.snooze(session, kept, TEN + timedelta(hours=12))
    leads.log_call(session, far.id, far.phone, TEN, 60)
    assert open_cartable(session).reasons[far.id].outside is None


def test_in_the_hours_of_work_means_them(session: Session) -> None:
    near = add_lead(session, "Nora", "+1 212 555 0102", mine=True)
    change_workspace(session, replace(session.workspace, hours="Mon-Fri 9-12", windows="="))
    with pytest.raises(NotInWindow):
        reminders.set_reminder(session, near.id, OPENS_THERE + timedelta(hours=1))


def test_a_holiday_that_is_added_later_holds_back_what_was_planned(
    session: Session, clock: MovingClock
) -> None:
    no_answer = status_of(session, "no_answer")
    rule = RetryRule(RetryPace.FIXED, after_minutes=24 * 60)
    no_answer_id = save_status(session, replace(no_answer, retry=rule), no_answer).id
    tried = add_lead(session, "Nora", "+1 212 555 0102", mine=True)
    promised, reminded = (
        add_lead(session, name, number, mine=True)
        for name, number in (("Lea", "+1 212 555 0103"), ("Uma", "+1 212 555 0104"))
    )
    tomorrow = TEN + timedelta(days=1)
    assert set_status(session, SetStatus(tried.id, None, no_answer_id)).next_at == tomorrow
    reminders.set_reminder(session, promised.id, tomorrow, promised=True)
    reminders.set_reminder(session, reminded.id, tomorrow)
    holidays = ("1 October Founder's Day", "14 October Columbus Day")
    change_workspace(session, replace(session.workspace, holidays=holidays))

    clock.now = tomorrow + timedelta(minutes=1)
    cartable = open_cartable(session)
    reason = cartable.reasons[tried.id]
    # What was planned by the program waits, and says for what; what a person chose is told at its hour.
    assert (reason.urgency, why(reason, session.format_context())) == (Urgency.ATTEMPT_DUE, "Founder's Day")
    assert why(cartable.reasons[reminded.id], session.format_context()) == "Founder's Day"
    assert cartable.reasons[promised.id].outside is None
    assert {each.reminder.lead_id for each in reminders.due_reminders(session)} == {promised.id, reminded.id}
    for each in (tried, promised, reminded):
        # Whoever rings is asked first, a promise or not.
        asked = outside_now(session, leads.open_lead(session, each.id).lead)
        assert asked is not None
        assert "Founder's Day" in str(asked)

    clock.now = tomorrow + timedelta(days=1)
    reason = open_cartable(session).reasons[tried.id]
    assert (reason.urgency, reason.outside) == (Urgency.ATTEMPT_DUE, None)
    assert reason.entry.next_at == tomorrow

    clock.now = tomorrow + timedelta(minutes=1)
    change_workspace(session, replace(session.workspace, holidays=holidays[1:]))
    assert not any(each.outside for each in open_cartable(session).reasons.values())


def test_windows_that_become_narrower_hold_back_what_was_planned(
    session: Session, clock: MovingClock
) -> None:
    tried = add_lead(session, "Nora", "+1 212 555 0102", mine=True)
    reminders.set_reminder(session, tried.id, TEN + timedelta(hours=1))
    change_workspace(session, replace(session.workspace, windows="Mon-Fri 13-18"))
    clock.now = TEN + timedelta(hours=1, minutes=1)
    reason = open_cartable(session).reasons[tried.id]
    assert why(reason, session.format_context()) == "opens 13:00"
    assert [each.reminder.lead_id for each in reminders.due_reminders(session)] == [tried.id]
