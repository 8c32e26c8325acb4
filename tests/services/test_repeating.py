"""Reminders that come again: by whom they are done, skipped, moved and ended, and what taking that back leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from session_making import MovingClock, add_lead, hire

from leadtui.domain.lead import ActivityKind
from leadtui.domain.reminder import Reminder, ReminderState
from leadtui.errors import Refused
from leadtui.language.repetition import Repetition
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.repetition import read_reminder_time
from leadtui.presentation.timeline import Timeline
from leadtui.services import reminders
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.leads import open_lead
from leadtui.services.session import Session
from leadtui.services.undo import NotTakenBack, undo
from leadtui.services.workspace import change_workspace


def set_rule(session: Session, lead_id: int, typed: str) -> int:
    time = read_reminder_time(typed, session.format_context())
    assert time is not None
    assert isinstance(time.repeats, Repetition)
    return reminders.set_reminder(session, lead_id, time.due, "the list", promised=True, repeats=time.repeats)


def pending(session: Session, lead_id: int) -> tuple[Reminder, ...]:
    return open_lead(session, lead_id).pending


def local(reminder: Reminder) -> datetime:
    return reminder.wall


def told(session: Session, lead_id: int) -> str:
    return Timeline(Formatter(session)).entry(open_lead(session, lead_id).timeline[0]).text


def status_id(session: Session, key: str) -> int:
    return next(each.id for each in session.definitions.statuses if each.key == key)


def test_a_week_of_one_that_comes_every_day(session: Session, clock: MovingClock) -> None:
    """Done, snoozed, skipped and done early, each plans the next one at its own hour; cancelled, it comes no more."""
    lead = add_lead(session, mine=True)
    first = set_rule(session, lead.id, "every day 11")
    assert "↻ every day 11:00" in told(session, lead.id)
    (today,) = pending(session, lead.id)
    begin = today.wall
    assert (today.id, begin.hour, open_lead(session, lead.id).lead.next_at) == (first, 11, today.due)

    clock.now = today.due + timedelta(minutes=20)
    following = reminders.acknowledge(session, first)
    (tomorrow,) = pending(session, lead.id)
    assert following == tomorrow
    assert (tomorrow.wall, tomorrow.replaces_id, tomorrow.kind, tomorrow.note) == (
        begin + timedelta(days=1),
        first,
        today.kind,
        "the list",
    )
    assert open_lead(session, lead.id).lead.next_at == tomorrow.due
    assert "done" in told(session, lead.id)
    assert "again tomorrow 11:00" in told(session, lead.id)

    clock.now = tomorrow.due
    reminders.snooze(session, tomorrow.id, clock.now + timedelta(hours=5))
    (later,) = pending(session, lead.id)
    clock.now = later.due
    reminders.skip(session, later.id)
    (third,) = pending(session, lead.id)
    assert third.wall == begin + timedelta(days=2)
    assert open_lead(session, lead.id).timeline[0].kind is ActivityKind.REMINDER_SKIPPED
    assert "skipped" in told(session, lead.id)

    reminders.acknowledge(session, third.id)  # the evening before
    assert [local(each) for each in pending(session, lead.id)] == [begin + timedelta(days=3)]
    clock.move(days=10)  # nobody was here: what was missed is one, and the next one is to come
    (missed,) = pending(session, lead.id)
    reminders.acknowledge(session, missed.id)
    (ahead,) = pending(session, lead.id)
    assert clock.now < ahead.due <= clock.now + timedelta(days=1)

    reminders.cancel(session, ahead.id)
    assert pending(session, lead.id) == ()
    assert open_lead(session, lead.id).lead.next_at is None
    assert "↻ every day 11:00" in told(session, lead.id)
    with pytest.raises(Refused):
        reminders.skip(session, ahead.id)


def test_what_does_not_come_again_is_not_skipped(session: Session, clock: MovingClock) -> None:
    lead = add_lead(session, mine=True)
    once = reminders.set_reminder(session, lead.id, clock.now + timedelta(hours=1))
    with pytest.raises(Refused, match="does not come again"):
        reminders.skip(session, once)
    assert [each.id for each in pending(session, lead.id)] == [once]


def test_taking_back_brings_the_same_one_back(session: Session, clock: MovingClock) -> None:
    lead = add_lead(session, mine=True)
    first = set_rule(session, lead.id, "every saturday 11")
    clock.move(hours=9)
    for end in (reminders.acknowledge, reminders.skip, reminders.cancel):
        end(session, first)
        undo(session)
        (back,) = pending(session, lead.id)
        assert back.id == first
        assert back.repeats is not None
    undo(session)
    assert pending(session, lead.id) == ()


def test_whoever_set_it_cannot_take_that_back_once_it_has_gone_on(
    session: Session, clock: MovingClock
) -> None:
    """Another one waits by then, which would stay behind."""
    reza = hire(session, "Reza Amini", "reza@example.com", clock)
    lead = add_lead(session, mine=True)
    first = set_rule(session, lead.id, "every saturday 11")
    with session.write() as tx:
        reminders.reminders.move(tx, [first], reza.actor.id)
    clock.move(hours=9)
    reminders.acknowledge(reza, first)
    with pytest.raises(NotTakenBack):
        undo(session)
    assert len(pending(session, lead.id)) == 1


def test_a_step_does_what_is_due_and_plans_it_again_unless_it_ends_the_work(
    session: Session, clock: MovingClock
) -> None:
    lead = add_lead(session, mine=True)
    first = set_rule(session, lead.id, "every saturday 11")
    clock.move(hours=9)
    lead = open_lead(session, lead.id).lead
    set_status(session, SetStatus(lead.id, lead.version, status_id(session, "no_answer")))
    again = [each for each in pending(session, lead.id) if each.repeats]
    assert [each.replaces_id for each in again] == [first]
    undo(session)
    assert [each.id for each in pending(session, lead.id)] == [first]

    lead = open_lead(session, lead.id).lead
    set_status(session, SetStatus(lead.id, lead.version, status_id(session, "lost"), {"reason": "price"}))
    assert pending(session, lead.id) == ()
    assert reminders.find_reminder(session, first).state is ReminderState.ACKNOWLEDGED


def test_a_step_sets_one_that_comes_again(session: Session, clock: MovingClock) -> None:
    lead = add_lead(session, mine=True)
    time = read_reminder_time("every 15th at 10", session.format_context())
    assert time is not None
    called = SetStatus(
        lead.id, lead.version, status_id(session, "call_back"), remind_at=time.due, repeats=time.repeats
    )
    set_status(session, called)
    (set_,) = pending(session, lead.id)
    assert "↻ every month on day 15 10:00" in told(session, lead.id)
    clock.now = set_.due
    following = reminders.acknowledge(session, set_.id)
    assert following is not None
    assert (following.wall.day, following.wall.hour, following.follow_up_id) == (15, 10, set_.follow_up_id)


def test_what_comes_on_working_days_follows_the_week_of_the_workspace(
    session: Session, clock: MovingClock
) -> None:
    """As it is when the next time is worked out, over days off and holidays; done by itself, or by a step."""

    def define(hours: str, *holidays: str) -> None:
        change_workspace(session, replace(session.workspace, hours=hours, holidays=holidays))

    clock.now = datetime(2024, 9, 26, 13, tzinfo=UTC)  # Thursday at nine in New York
    define("Mon-Fri 9-17", "30 September Founders' Day")
    lead = add_lead(session, mine=True)
    reminder_id = set_rule(session, lead.id, "every working day 11")
    days: list[str] = []
    for hours in ("Mon-Fri 9-17", "Mon-Fri 9-17", "Mon-Wed 9-17; Sat 9-12"):
        (due,) = pending(session, lead.id)
        days.append(f"{due.wall:%a %d %H:%M}")
        define(hours, "30 September Founders' Day")
        clock.now = due.due + timedelta(minutes=5)
        reminders.acknowledge(session, due.id)
    assert days == ["Thu 26 11:00", "Fri 27 11:00", "Tue 01 11:00"]
    (due,) = pending(session, lead.id)
    assert (f"{due.wall:%a %d %H:%M}", due.id > reminder_id) == ("Wed 02 11:00", True)
    clock.now = due.due + timedelta(minutes=5)
    set_status(session, SetStatus(lead.id, None, status_id(session, "voicemail")))
    # An attempt is planned beside it.
    repeating = [each for each in pending(session, lead.id) if each.note == "the list"]
    assert [f"{each.wall:%a %d %H:%M}" for each in repeating] == ["Sat 05 11:00"]
