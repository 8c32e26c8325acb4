"""When somebody who was not reached is tried again, and what becomes of them after the last attempt."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.domain.cartable import CartableEntry, CartablePart, Urgency, part_of, urgency
from leadtui.domain.defining import clean_status, retry_problem
from leadtui.domain.field import Field, FieldKind, FormatContext
from leadtui.domain.follow_up import StatusChange, plan
from leadtui.domain.holiday import read_holiday
from leadtui.domain.lead import Lead
from leadtui.domain.opening import Opening
from leadtui.domain.retry import EARLIEST, LATEST, LONGEST_WAIT, MOST_ATTEMPTS, RetryPace, RetryRule
from leadtui.domain.status import CartableRule, ReminderRule, Status, StatusKind
from leadtui.domain.week import read_week
from leadtui.domain.workspace import Colleague
from leadtui.errors import InvalidAnswers
from leadtui.language.calendar import Calendar

TEHRAN = ZoneInfo("Asia/Tehran")
NOW = datetime(2024, 9, 28, 10, 42, tzinfo=TEHRAN)
ME = Colleague(1, "Neda Karimi", "neda@example.com")
LEAD = Lead(id=7, version=3, name="Mina", entered_at=NOW, owner_id=ME.id)
UNREACHABLE = Status(2, "unreachable", "Unreachable", kind=StatusKind.LOST, cartable=CartableRule.NONE)
FIXED = RetryRule(RetryPace.FIXED, after_minutes=120, most=3, then_status="unreachable")
NO_ANSWER = Status(1, "no_answer", "No answer", retry=FIXED)
CONTEXT = FormatContext(
    now=NOW, zone="Asia/Tehran", region="IR", calendar=Calendar.JALALI, language="en", people=(ME,)
)


@pytest.mark.parametrize(
    ("pace", "after", "attempts", "at", "expected"),
    [
        (RetryPace.FIXED, 120, 1, (28, 10, 42), (28, 12, 42)),
        (RetryPace.FIXED, 120, 3, (28, 10, 42), (28, 12, 42)),
        (RetryPace.FIXED, 120, 1, (28, 19, 0), (29, 8, 0)),
        (RetryPace.FIXED, 600, 1, (28, 19, 0), (29, 8, 0)),
        (RetryPace.GROWING, 120, 1, (28, 10, 42), (28, 12, 42)),
        (RetryPace.GROWING, 120, 2, (28, 10, 42), (28, 14, 42)),
        (RetryPace.GROWING, 120, 4, (28, 10, 42), (29, 8, 0)),
        (RetryPace.OTHER_TIME, 60, 1, (28, 10, 42), (28, 13, 0)),
        (RetryPace.OTHER_TIME, 240, 1, (28, 10, 42), (28, 16, 0)),
        (RetryPace.OTHER_TIME, 60, 2, (28, 13, 0), (28, 16, 0)),
        (RetryPace.OTHER_TIME, 60, 3, (28, 16, 10), (29, 10, 0)),
        (RetryPace.OTHER_TIME, 1440, 1, (28, 10, 42), (29, 13, 0)),
        (RetryPace.NO, 120, 1, (28, 10, 42), None),
        (RetryPace.FIXED, 120, 5, (28, 10, 42), None),
    ],
)
def test_the_next_attempt(
    pace: RetryPace,
    after: int,
    attempts: int,
    at: tuple[int, int, int],
    expected: tuple[int, int, int] | None,
) -> None:
    now = datetime(2024, 9, *at, tzinfo=TEHRAN)
    following = RetryRule(pace, after, most=5).next_attempt(attempts, now.astimezone(UTC), "Asia/Tehran")
    assert following == (None if expected is None else datetime(2024, 9, *expected, tzinfo=TEHRAN))


@given(
    st.sampled_from([each for each in RetryPace if each is not RetryPace.NO]),
    st.integers(1, LONGEST_WAIT),
    st.integers(1, MOST_ATTEMPTS - 1),
    st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
    st.sampled_from(["Asia/Tehran", "America/New_York", "Pacific/Auckland"]),
)
def test_every_attempt_lies_ahead_and_by_day(
    pace: RetryPace, after: int, attempts: int, now: datetime, zone: str
) -> None:
    following = RetryRule(pace, after, MOST_ATTEMPTS).next_attempt(attempts, now, zone)
    assert following is not None
    assert now < following <= now + timedelta(minutes=LONGEST_WAIT) + timedelta(days=2)
    assert EARLIEST <= following.astimezone(ZoneInfo(zone)).time() <= LATEST


CALLS = Opening(read_week("Sat-Wed 9-13, 16-18"), (read_holiday("2024-09-29", Calendar.GREGORIAN, "IR"),))
"""Saturday the 28th is worked, Sunday the 29th is a holiday."""

NIGHTLY = Opening(read_week("every day 22-2"))


@pytest.mark.parametrize(
    ("pace", "after", "at", "calls", "expected"),
    [
        (RetryPace.FIXED, 60, (28, 10, 42), CALLS, (28, 11, 42)),
        (RetryPace.FIXED, 120, (28, 11, 0), CALLS, (28, 16, 0)),
        (RetryPace.FIXED, 120, (28, 16, 30), CALLS, (30, 9, 0)),
        (RetryPace.GROWING, 30, (28, 17, 0), CALLS, (28, 17, 30)),
        (RetryPace.OTHER_TIME, 60, (28, 10, 42), CALLS, (28, 16, 0)),
        (RetryPace.OTHER_TIME, 60, (28, 16, 10), CALLS, (30, 10, 0)),
        (RetryPace.FIXED, 60, (28, 23, 0), NIGHTLY, (29, 0, 0)),
        (RetryPace.FIXED, 240, (28, 23, 0), NIGHTLY, (29, 22, 0)),
        (RetryPace.OTHER_TIME, 60, (28, 23, 0), NIGHTLY, (29, 22, 0)),
        (RetryPace.FIXED, 120, (28, 19, 0), Opening(read_week("")), (29, 8, 0)),
    ],
)
def test_an_attempt_waits_until_the_call_windows_are_open(
    pace: RetryPace, after: int, at: tuple[int, int, int], calls: Opening, expected: tuple[int, int, int]
) -> None:
    now = datetime(2024, 9, *at, tzinfo=TEHRAN).astimezone(UTC)
    following = RetryRule(pace, after, most=5).next_attempt(1, now, "Asia/Tehran", calls)
    assert following == datetime(2024, 9, *expected, tzinfo=TEHRAN)


def test_the_windows_are_those_of_the_customers_clock() -> None:
    """Two hours after 10:42 in Tehran it is 11:12 in Berlin: outside of 14 to 16 there, and within it here at 14:00."""
    afternoons = replace(CONTEXT, calls=Opening(read_week("every day 14-16")), their_zone="Europe/Berlin")
    there = plan(LEAD, StatusChange(NO_ANSWER, {}), ME, afternoons, (ME,), ())
    assert there.remind_at == datetime(2024, 9, 28, 14, tzinfo=ZoneInfo("Europe/Berlin"))
    here = plan(LEAD, StatusChange(NO_ANSWER, {}), ME, replace(afternoons, their_zone=""), (ME,), ())
    assert here.remind_at == datetime(2024, 9, 28, 14, tzinfo=TEHRAN)


def test_attempts_are_planned_until_the_last_one() -> None:
    step = StatusChange(NO_ANSWER, {}, then=UNREACHABLE)
    first = plan(LEAD, step, ME, CONTEXT, (ME,), ())
    assert (first.attempts, first.planned, first.remind_at) == (1, True, NOW + timedelta(hours=2))
    assert (first.reminder_owner_id, first.detail(None).attempt) == (ME.id, 1)
    third = plan(replace(LEAD, attempts=2), step, ME, CONTEXT, (ME,), ())
    assert (third.attempts, third.planned, third.remind_at) == (3, False, None)
    assert (third.status_to, third.owner_to_id) == (UNREACHABLE, None)
    # Nothing is named for then: the status stays, and the lead where it is, or leaves the cartable.
    alone = replace(step, then=None, no_next_step="is abroad")
    stays = plan(replace(LEAD, attempts=2), alone, ME, CONTEXT, (ME,), ())
    assert (stays.status_to, stays.owner_to_id, stays.remind_at) == (NO_ANSWER, ME.id, None)
    released = replace(NO_ANSWER, retry=replace(FIXED, then_status="", releases=True))
    gone = plan(replace(LEAD, attempts=2), StatusChange(released, {}), ME, CONTEXT, (ME,), ())
    assert (gone.status_to, gone.owner_to_id) == (released, None)


def test_what_the_person_says_comes_first_and_reaching_somebody_ends_the_count() -> None:
    asking = replace(NO_ANSWER, reminder=ReminderRule.ASK)
    later = NOW + timedelta(days=3)
    said = plan(LEAD, StatusChange(asking, {}, remind_at=later), ME, CONTEXT, (ME,), ())
    assert (said.remind_at, said.planned, said.attempts) == (later, False, 1)
    talked = StatusChange(Status(3, "talked", "Talked"), {}, no_next_step="rings us")
    reached = plan(replace(LEAD, attempts=2), talked, ME, CONTEXT, (ME,), ())
    assert (reached.attempts, reached.remind_at) == (0, None)


def test_an_attempt_comes_due_and_is_never_overdue() -> None:
    entry = CartableEntry(1, NOW, promised=False, contacted=True, owner_at=NOW, attempt=True)
    assert urgency(entry, NOW + timedelta(hours=3), "Asia/Tehran") is Urgency.ATTEMPT_DUE
    assert part_of(Urgency.ATTEMPT_DUE) is CartablePart.TODAY
    assert urgency(entry, NOW - timedelta(minutes=30), "Asia/Tehran") is Urgency.TODAY


ASKING = Status(4, "asking", "Asking", fields=(Field(1, "why", "Why", FieldKind.TEXT),))


@pytest.mark.parametrize(
    ("status", "field"),
    [
        (NO_ANSWER, None),
        (replace(NO_ANSWER, kind=StatusKind.LOST), "retry.pace"),
        (replace(NO_ANSWER, retry=replace(FIXED, after_minutes=0)), "retry.after_minutes"),
        (replace(NO_ANSWER, retry=replace(FIXED, most=100)), "retry.most"),
        (replace(NO_ANSWER, retry=replace(FIXED, then_status="asking")), "retry.then_status"),
        (replace(NO_ANSWER, retry=replace(FIXED, then_status="nobody")), "retry.then_status"),
        (replace(NO_ANSWER, retry=replace(FIXED, pace=RetryPace.NO, most=0)), None),
    ],
)
def test_a_rule_that_cannot_be_kept(status: Status, field: str | None) -> None:
    others = (UNREACHABLE, ASKING)
    problem = retry_problem(status, others)
    assert (problem and problem.field) == field
    if field is None:
        assert bool(clean_status(status, others).retry) == bool(status.retry)
    else:
        with pytest.raises(InvalidAnswers):
            clean_status(status, others)
