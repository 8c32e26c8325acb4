"""What saving will do is told in words that are true to the plan of the domain."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadtui.domain import follow_up
from leadtui.domain.field import Field, FormatContext
from leadtui.domain.follow_up import StatusChange
from leadtui.domain.lead import Lead
from leadtui.domain.reminder import Reminder
from leadtui.domain.status import CartableRule, ReminderRule, Status, StatusKind
from leadtui.domain.workspace import Colleague, Definitions, Workspace
from leadtui.errors import InvalidAnswers
from leadtui.language.calendar import Calendar
from leadtui.presentation.outcome import outcome_sentences

NOW = datetime(2024, 9, 28, 7, 12, tzinfo=UTC)
SATURDAY = datetime(2024, 10, 5, 6, 0, tzinfo=UTC)
WORKSPACE = Workspace(1, "Desk", "en", Calendar.JALALI, "IR", "Asia/Tehran")
NEDA, REZA, OMID = (
    Colleague(1, "Neda Karimi", "neda@example.com"),
    Colleague(2, "Reza Karimi", "reza@example.com"),
    Colleague(3, "Omid Rezaei", "omid@example.com"),
)
DEFINITIONS = Definitions(WORKSPACE, colleagues=(NEDA, REZA, OMID))
SURROUNDINGS = FormatContext(
    NOW, WORKSPACE.zone, WORKSPACE.region, WORKSPACE.calendar, "en", people=DEFINITIONS.colleagues
)

NEXT = Status(
    1,
    "meeting",
    "Meeting",
    cartable=CartableRule.NEXT,
    reminder=ReminderRule.MUST,
    owner_title="Who holds it",
)
STAY = Status(2, "waiting", "Waiting", reminder=ReminderRule.ASK)
NONE = Status(3, "withdrew", "Withdrew", kind=StatusKind.LOST, cartable=CartableRule.NONE)
NONE_REMINDED = Status(4, "later", "Later", cartable=CartableRule.NONE, reminder=ReminderRule.ASK)


def lead(owner_id: int | None) -> Lead:
    return Lead(7, 1, "Mina Sadeghi", NOW, owner_id=owner_id)


def reminder(number: int, due: datetime, owner_id: int = 1) -> Reminder:
    return Reminder(number, 7, owner_id, due, due.replace(tzinfo=None), WORKSPACE.zone)


def words(
    status: Status,
    *,
    owner_id: int | None = 1,
    to: int | None = None,
    at: datetime | None = None,
    promised: bool = False,
    pending: tuple[Reminder, ...] = (),
    actor: Colleague = NEDA,
) -> str:
    step = StatusChange(status, {}, to, at)
    plan = follow_up.foresee(lead(owner_id), step, actor, SURROUNDINGS, DEFINITIONS.colleagues, pending)
    return outcome_sentences(
        plan, DEFINITIONS, SURROUNDINGS, actor, promised=promised, owner_title=status.owner_title
    )


def test_a_meeting_moves_to_its_holder_with_the_reminder() -> None:
    assert words(NEXT, to=2, at=SATURDAY - timedelta(days=1)) == (
        "Moves to Reza Karimi's cartable with a reminder on Friday 09:30. Leaves yours."
    )


def test_a_reminder_beyond_the_week_is_told_with_its_date() -> None:
    assert "with a reminder on Sat 14 Mehr 09:30." in words(NEXT, to=2, at=SATURDAY)


def test_today_and_tomorrow_take_no_preposition() -> None:
    assert words(STAY, at=NOW + timedelta(hours=5)) == "Stays in your cartable with a reminder today 15:42."


def test_a_promised_call_is_told_as_such() -> None:
    assert words(STAY, at=NOW + timedelta(hours=5), promised=True) == (
        "Stays in your cartable with a call promised for today 15:42."
    )


@pytest.mark.parametrize(
    ("status", "owner_id", "to", "told"),
    [
        (STAY, 1, None, "Stays in your cartable."),
        (STAY, None, None, "Comes into your cartable."),
        (STAY, 2, None, "Stays in Reza Karimi's cartable."),
        (NEXT, 1, 1, "Stays in your cartable."),
        (NEXT, 2, 1, "Comes into your cartable. Leaves Reza Karimi's."),
        (NEXT, None, 1, "Comes into your cartable."),
        (NEXT, 2, 2, "Stays in Reza Karimi's cartable."),
        (NEXT, 2, 3, "Moves to Omid Rezaei's cartable. Leaves Reza Karimi's."),
        (NEXT, None, 3, "Moves to Omid Rezaei's cartable."),
        (NONE, 1, None, "Leaves every cartable."),
        (NONE, None, None, "Stays in nobody's cartable."),
    ],
)
def test_every_way_a_customer_can_go(status: Status, owner_id: int | None, to: int | None, told: str) -> None:
    assert words(status, owner_id=owner_id, to=to) == told


def test_while_nobody_is_named_the_form_is_pointed_at() -> None:
    assert words(NEXT) == "Moves to a colleague's cartable: say whose under “Who holds it”."
    assert "“Next owner”" in words(replace(NEXT, owner_title=""))


def test_a_final_status_tells_what_it_cancels_and_what_is_done() -> None:
    pending = (reminder(1, NOW - timedelta(hours=1)), reminder(2, SATURDAY), reminder(3, SATURDAY))
    assert words(NONE, pending=pending) == (
        "Leaves every cartable. The reminder that was due is done. 2 reminders are cancelled."
    )


def test_a_transfer_tells_that_reminders_move_along() -> None:
    assert words(NEXT, to=2, pending=(reminder(2, SATURDAY),)) == (
        "Moves to Reza Karimi's cartable. Leaves yours. 1 reminder moves along."
    )


def test_who_is_reminded_of_a_customer_in_nobodys_cartable() -> None:
    assert words(NONE_REMINDED, at=NOW + timedelta(days=1)) == (
        "Leaves every cartable. You are reminded tomorrow 10:42."
    )


def test_names_and_times_can_be_made_to_stand_out_and_are_harmless() -> None:
    hostile = replace(REZA, name="\x1b[31m[/b] {name} \x02Ali\x03")
    definitions = Definitions(WORKSPACE, colleagues=(NEDA, hostile))
    plan = follow_up.foresee(
        lead(1), StatusChange(NEXT, {}, 2), NEDA, SURROUNDINGS, definitions.colleagues, ()
    )
    told = outcome_sentences(plan, definitions, SURROUNDINGS, NEDA, emphasis=("<", ">"))
    assert told == "Moves to <[/b] {name} Ali>'s cartable. Leaves yours."


def test_figures_are_the_persons() -> None:
    persian = replace(SURROUNDINGS, language="fa")
    pending = tuple(reminder(place, SATURDAY) for place in range(12))
    plan = follow_up.foresee(lead(1), StatusChange(NONE, {}), NEDA, persian, DEFINITIONS.colleagues, pending)
    assert "۱۲ reminders are cancelled." in outcome_sentences(plan, DEFINITIONS, persian, NEDA)


steps = st.builds(
    StatusChange,
    status=st.builds(
        Status,
        id=st.just(9),
        key=st.just("any"),
        title=st.just("Any"),
        kind=st.sampled_from(StatusKind),
        cartable=st.sampled_from(CartableRule),
        reminder=st.sampled_from(ReminderRule),
        fields=st.sampled_from([(), (Field(1, "owner", "Owner", required=True),)]),
    ),
    answers=st.sampled_from([{}, {"owner": "anybody"}]),
    owner_id=st.sampled_from([None, 1, 2, 3, 99]),
    remind_at=st.sampled_from([None, NOW - timedelta(days=1), NOW + timedelta(minutes=1), SATURDAY]),
)
reminders = st.lists(
    st.builds(
        reminder, st.integers(1, 9), st.sampled_from([NOW - timedelta(1), SATURDAY]), st.integers(1, 3)
    ),
    max_size=3,
    unique_by=lambda each: each.id,
).map(tuple)


@settings(deadline=None)
@given(steps, st.sampled_from([None, 1, 2]), reminders)
def test_what_is_foreseen_of_a_whole_step_is_its_plan(
    step: StatusChange, owner_id: int | None, pending: tuple[Reminder, ...]
) -> None:
    foreseen = follow_up.foresee(lead(owner_id), step, NEDA, SURROUNDINGS, DEFINITIONS.colleagues, pending)
    try:
        plan = follow_up.plan(lead(owner_id), step, NEDA, SURROUNDINGS, DEFINITIONS.colleagues, pending)
    except InvalidAnswers:
        if foreseen is None:
            assert step.status.cartable is CartableRule.NEXT
            assert step.owner_id in (None, 99)
    else:
        assert foreseen is not None
        assert replace(plan, answers=(), note="") == foreseen


@settings(deadline=None)
@given(steps, st.sampled_from([None, 1, 2]), reminders)
def test_it_always_tells_something(
    step: StatusChange, owner_id: int | None, pending: tuple[Reminder, ...]
) -> None:
    foreseen = follow_up.foresee(lead(owner_id), step, NEDA, SURROUNDINGS, DEFINITIONS.colleagues, pending)
    told = outcome_sentences(foreseen, DEFINITIONS, SURROUNDINGS, NEDA)
    assert told.endswith((".", "”."))
    assert "{" not in told
