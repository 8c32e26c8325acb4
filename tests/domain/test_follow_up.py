"""What one step changes, case by case: owner, answers, reminder, and what becomes of the reminders there are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.domain.field import Field, FieldKind, FormatContext
from leadtui.domain.follow_up import FollowUp, StatusChange, owner_after, plan
from leadtui.domain.lead import Lead
from leadtui.domain.reminder import Reminder, wall_clock
from leadtui.domain.status import CartableRule, ReminderRule, Status, StatusKind
from leadtui.domain.workspace import Colleague, MemberState
from leadtui.errors import InvalidAnswers
from leadtui.language.calendar import Calendar

NOW = datetime(2024, 9, 28, 7, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
ME = Colleague(1, "Neda Karimi", "neda@example.com")
REZA = Colleague(2, "Reza Amini", "reza@example.com")
GONE = Colleague(3, "Ali Rostami", "ali@example.com", state=MemberState.GONE)
LEAD = Lead(id=7, version=3, name="Mina", entered_at=NOW, owner_id=ME.id)
SURROUNDINGS = FormatContext(
    now=NOW, zone="Asia/Tehran", region="IR", calendar=Calendar.JALALI, language="en", people=(ME, REZA)
)
CALL_BACK = Status(1, "call-back", "Call back", reminder=ReminderRule.MUST)
MEETING = Status(
    2,
    "meeting",
    "In-person meeting",
    cartable=CartableRule.NEXT,
    reminder=ReminderRule.MUST,
    fields=(
        Field(1, "day", "Day", FieldKind.WEEKDAY, required=True),
        Field(2, "date", "Date", FieldKind.DATE, required=True),
        Field(3, "time", "Time", FieldKind.TIME, required=True),
        Field(4, "room", "Room", FieldKind.TEXT),
        Field(5, "old", "Old question", FieldKind.TEXT, required=True, retired=True),
    ),
)
WON = Status(3, "won", "Won", kind=StatusKind.WON, cartable=CartableRule.NONE)
NO_ANSWER = Status(4, "no-answer", "No answer")


def make_plan(step: StatusChange, lead: Lead = LEAD, pending: tuple[Reminder, ...] = ()) -> FollowUp:
    return plan(lead, step, ME, SURROUNDINGS, (ME, REZA, GONE), pending)


def problems_of(step: StatusChange, lead: Lead = LEAD) -> dict[str, str]:
    with pytest.raises(InvalidAnswers) as caught:
        make_plan(step, lead)
    return {problem.field: str(problem) for problem in caught.value.problems}


def reminder(reminder_id: int, due: datetime, owner: Colleague = ME) -> Reminder:
    return Reminder(reminder_id, LEAD.id, owner.id, due, wall_clock(due, "UTC"), "UTC")


def test_the_worked_example_of_a_meeting() -> None:
    step = StatusChange(
        MEETING,
        {"day": "شنبه", "date": "۱۴۰۳/۰۷/۱۴", "time": "۱۰:۰۰"},
        owner_id=REZA.id,
        remind_at=LATER,
        note="brings her diploma",
    )
    follow_up = make_plan(step)
    assert [(answer.key, answer.value) for answer in follow_up.answers] == [
        ("day", 5),
        ("date", "2024-10-05"),
        ("time", "10:00"),
    ]
    assert (follow_up.owner_from_id, follow_up.owner_to_id) == (ME.id, REZA.id)
    assert follow_up.transferred
    assert (follow_up.remind_at, follow_up.reminder_owner_id) == (LATER, REZA.id)
    assert follow_up.note == "brings her diploma"


def test_every_missing_part_is_named_at_once() -> None:
    assert problems_of(StatusChange(MEETING, {"day": "someday"})) == {
        "day": "Day takes a day of the week, such as Saturday.",
        "date": "Date is needed.",
        "time": "Time is needed.",
        "owner": "Next owner is needed.",
        "remind": "A reminder is needed, such as tomorrow 10.",
    }


@pytest.mark.parametrize(
    ("step", "field", "words"),
    [
        (StatusChange(NO_ANSWER, {"x": "1"}), "x", "does not ask for"),
        (StatusChange(NO_ANSWER, {}, owner_id=REZA.id), "owner", "does not hand the customer on"),
        (StatusChange(NO_ANSWER, {}, remind_at=LATER), "remind", "sets no reminder"),
        (StatusChange(CALL_BACK, {}, remind_at=NOW), "remind", "has passed"),
        (StatusChange(CALL_BACK, {}, remind_at=NOW - timedelta(days=1)), "remind", "has passed"),
        (StatusChange(replace(NO_ANSWER, retired=True), {}), "status", "no longer in use"),
        (
            StatusChange(replace(MEETING, fields=()), {}, owner_id=GONE.id, remind_at=LATER),
            "owner",
            "no longer works",
        ),
        (
            StatusChange(replace(MEETING, fields=()), {}, owner_id=99, remind_at=LATER),
            "owner",
            "no longer works",
        ),
        (StatusChange(NO_ANSWER, {}, note="x" * 10_001), "note", "too long"),
        (StatusChange(MEETING, {"old": "x"}), "old", "does not ask for"),
    ],
)
def test_refusals(step: StatusChange, field: str, words: str) -> None:
    assert words in problems_of(step)[field]


@pytest.mark.parametrize(
    ("rule", "owner", "chosen", "after"),
    [
        (CartableRule.NONE, ME.id, None, None),
        (CartableRule.NEXT, ME.id, REZA.id, REZA.id),
        (CartableRule.NEXT, None, REZA.id, REZA.id),
        (CartableRule.STAY, REZA.id, None, REZA.id),
        (CartableRule.STAY, None, None, ME.id),
    ],
)
def test_whose_cartable(rule: CartableRule, owner: int | None, chosen: int | None, after: int | None) -> None:
    assert owner_after(replace(NO_ANSWER, cartable=rule), owner, chosen, ME.id) == after


def test_a_step_deals_with_what_had_come_due_and_leaves_the_rest() -> None:
    pending = (reminder(1, NOW - timedelta(minutes=12)), reminder(2, NOW), reminder(3, LATER))
    follow_up = make_plan(StatusChange(NO_ANSWER, {}), pending=pending)
    assert (follow_up.acknowledges, follow_up.cancels, follow_up.moves) == ((1, 2), (), ())


def test_a_final_status_cancels_what_is_to_come() -> None:
    pending = (reminder(1, NOW - timedelta(minutes=12)), reminder(3, LATER), reminder(4, LATER, REZA))
    follow_up = make_plan(StatusChange(WON, {}), pending=pending)
    assert (follow_up.acknowledges, follow_up.cancels, follow_up.moves) == ((1,), (3, 4), ())
    assert follow_up.owner_to_id is None


def test_a_transfer_moves_what_is_to_come() -> None:
    pending = (reminder(3, LATER), reminder(4, LATER, REZA))
    step = StatusChange(replace(MEETING, fields=()), {}, owner_id=REZA.id, remind_at=LATER)
    assert make_plan(step, pending=pending).moves == (3,)


def test_a_reminder_of_a_lead_that_leaves_every_cartable_is_the_actors() -> None:
    leaves = replace(NO_ANSWER, cartable=CartableRule.NONE, reminder=ReminderRule.ASK)
    assert make_plan(StatusChange(leaves, {}, remind_at=LATER)).reminder_owner_id == ME.id


statuses = st.builds(
    Status,
    id=st.just(9),
    key=st.just("any"),
    title=st.just("Any"),
    kind=st.sampled_from(StatusKind),
    cartable=st.sampled_from(CartableRule),
    reminder=st.sampled_from(ReminderRule),
)


@given(
    status=statuses,
    owner=st.sampled_from([None, ME.id, REZA.id]),
    chosen=st.sampled_from([None, ME.id, REZA.id, GONE.id]),
    remind=st.sampled_from([None, LATER, NOW - timedelta(hours=1)]),
    due=st.lists(st.sampled_from([NOW - timedelta(days=1), NOW, LATER]), max_size=4),
)
def test_no_reminder_is_forgotten_or_dealt_with_twice(
    status: Status, owner: int | None, chosen: int | None, remind: datetime | None, due: list[datetime]
) -> None:
    pending = tuple(reminder(number, when) for number, when in enumerate(due, 1))
    step = StatusChange(status, {}, owner_id=chosen, remind_at=remind)
    try:
        follow_up = make_plan(step, replace(LEAD, owner_id=owner), pending)
    except InvalidAnswers:
        return
    touched = [*follow_up.acknowledges, *follow_up.cancels, *follow_up.moves]
    assert len(touched) == len(set(touched))
    assert set(follow_up.acknowledges) == {each.id for each in pending if each.due <= NOW}
    if status.final:
        assert set(touched) == {each.id for each in pending}
    else:
        assert not follow_up.cancels
    assert (follow_up.reminder_owner_id is None) == (follow_up.remind_at is None)
