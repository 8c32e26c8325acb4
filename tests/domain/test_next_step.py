"""Which steps leave an open customer without a next one, and are refused unless a person says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from leadtui.domain.field import FormatContext
from leadtui.domain.follow_up import (
    NO_NEXT_STEP_FIELD,
    NO_NEXT_STEP_LIMIT,
    FollowUp,
    StatusChange,
    foresee,
    plan,
)
from leadtui.domain.lead import Lead
from leadtui.domain.reminder import Reminder, ReminderKind, wall_clock
from leadtui.domain.retry import NO_RETRY, RetryPace, RetryRule
from leadtui.domain.status import CartableRule, ReminderRule, Status, StatusKind
from leadtui.domain.workspace import Colleague
from leadtui.errors import InvalidAnswers
from leadtui.language.calendar import Calendar
from leadtui.language.repetition import Repetition
from leadtui.language.time_words import Unit

NOW = datetime(2024, 9, 28, 7, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
ME = Colleague(1, "Neda Karimi", "neda@example.com")
REZA = Colleague(2, "Reza Amini", "reza@example.com")
MINE = Lead(id=7, version=3, name="Mina", entered_at=NOW, owner_id=ME.id)
REZAS, NOBODYS = replace(MINE, owner_id=REZA.id), replace(MINE, owner_id=None)
CONTEXT = FormatContext(
    now=NOW, zone="Asia/Tehran", region="IR", calendar=Calendar.JALALI, language="en", people=(ME, REZA)
)
STAYS = Status(1, "thinking", "Thinks about it")
ASKS = replace(STAYS, reminder=ReminderRule.ASK)
GOES_ON = replace(STAYS, cartable=CartableRule.NEXT)
TWICE = RetryRule(RetryPace.FIXED, most=2)
LOST = Status(2, "lost", "Lost", kind=StatusKind.LOST, cartable=CartableRule.NONE)


def reminder(due: datetime = LATER, kind: ReminderKind = ReminderKind.REMINDER) -> Reminder:
    return Reminder(1, MINE.id, ME.id, due, wall_clock(due, "UTC"), "UTC", kind)


def take(step: StatusChange, lead: Lead = MINE, *pending: Reminder) -> FollowUp:
    return plan(lead, step, ME, CONTEXT, (ME, REZA), pending)


@pytest.mark.parametrize(
    ("step", "lead", "pending"),
    [
        (StatusChange(STAYS, {}), MINE, ()),
        (StatusChange(STAYS, {}), REZAS, ()),
        (StatusChange(STAYS, {}), NOBODYS, ()),  # it comes into mine
        (StatusChange(ASKS, {}), MINE, ()),
        (StatusChange(GOES_ON, {}, owner_id=ME.id), MINE, ()),
        (StatusChange(GOES_ON, {}, owner_id=ME.id), REZAS, ()),
        (StatusChange(GOES_ON, {}, owner_id=REZA.id), REZAS, ()),
        (StatusChange(STAYS, {}), MINE, (reminder(NOW),)),  # done by the step
        (StatusChange(STAYS, {}), MINE, (reminder(kind=ReminderKind.ATTEMPT),)),  # cancelled by it
        (StatusChange(replace(STAYS, retry=TWICE), {}), replace(MINE, attempts=1), ()),
    ],
)
def test_it_is_refused_without_a_reason(
    step: StatusChange, lead: Lead, pending: tuple[Reminder, ...]
) -> None:
    with pytest.raises(InvalidAnswers) as caught:
        take(step, lead, *pending)
    assert [each.field for each in caught.value.problems] == [NO_NEXT_STEP_FIELD]
    told = take(replace(step, no_next_step="waits for the budget"), lead, *pending)
    assert (told.unplanned, told.no_next_step) == (True, "waits for the budget")
    assert told.detail(None).no_next_step == "waits for the budget"
    foreseen = foresee(lead, step, ME, CONTEXT, (ME, REZA), pending)
    assert foreseen is not None
    assert (foreseen.unplanned, foreseen.no_next_step) == (True, "")


@pytest.mark.parametrize(
    ("step", "lead", "pending"),
    [
        (StatusChange(replace(STAYS, kind=StatusKind.WON), {}), MINE, ()),
        (StatusChange(LOST, {}), MINE, ()),
        (StatusChange(replace(STAYS, cartable=CartableRule.NONE), {}), MINE, ()),
        (StatusChange(GOES_ON, {}, owner_id=REZA.id), MINE, ()),  # new to the recipient
        (StatusChange(GOES_ON, {}, owner_id=REZA.id), NOBODYS, ()),
        (StatusChange(ASKS, {}, remind_at=LATER), MINE, ()),
        (StatusChange(STAYS, {}), MINE, (reminder(),)),
        (
            StatusChange(STAYS, {}),
            MINE,
            (replace(reminder(NOW), repeats=Repetition(Unit.DAY, datetime(2024, 9, 1, 9))),),
        ),
        (StatusChange(replace(STAYS, retry=TWICE), {}), MINE, ()),
        (
            StatusChange(replace(STAYS, retry=replace(TWICE, then_status="lost")), {}, then=LOST),
            replace(MINE, attempts=1),
            (),
        ),
        (
            StatusChange(replace(STAYS, retry=replace(TWICE, releases=True)), {}),
            replace(MINE, attempts=1),
            (),
        ),
    ],
)
def test_it_is_as_before_where_something_follows(
    step: StatusChange, lead: Lead, pending: tuple[Reminder, ...]
) -> None:
    assert not take(step, lead, *pending).unplanned
    assert take(replace(step, no_next_step="waits"), lead, *pending).no_next_step == ""


def test_the_reason_is_short() -> None:
    with pytest.raises(InvalidAnswers) as caught:
        take(StatusChange(STAYS, {}, no_next_step="x" * (NO_NEXT_STEP_LIMIT + 1)))
    assert [each.field for each in caught.value.problems] == [NO_NEXT_STEP_FIELD]


def test_an_attempt_says_how_many_there_are() -> None:
    first = take(StatusChange(replace(STAYS, retry=TWICE), {}))
    assert (first.attempts, first.most_attempts, first.used_up) == (1, 2, False)
    released = replace(STAYS, retry=replace(TWICE, releases=True))
    last = take(StatusChange(released, {}), replace(MINE, attempts=1))
    assert (last.attempts, last.most_attempts, last.used_up) == (2, 2, True)
    assert (last.detail(None).attempt, last.detail(None).most_attempts) == (2, 2)
    assert take(StatusChange(replace(STAYS, retry=NO_RETRY), {}, no_next_step="x")).most_attempts == 0
