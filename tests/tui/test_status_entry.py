"""What is typed into the status dialog becomes a draft and a command, and means what the domain says it means."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from dialog_app import EVERY_KIND, LEAD, NEDA, NOW, REZA, STATUSES, snapshot
from hypothesis import given, settings
from hypothesis import strategies as st

from leadtui.domain import follow_up
from leadtui.domain.draft import FormDraft
from leadtui.domain.field import Field, FieldKind
from leadtui.domain.follow_up import StatusChange
from leadtui.domain.status import CartableRule, ReminderRule, Status
from leadtui.errors import Invalid, InvalidAnswers
from leadtui.services.drafts import STATUS_DRAFT
from leadtui.tui.dialogs.status_entry import (
    NOTE,
    OWNER,
    PROMISED,
    REMIND,
    StatusEntry,
    answer_key,
    entry_of,
    form_key,
    read_entry,
)

MEETING = STATUSES[1]
FILLED_IN = StatusEntry(
    MEETING.id,
    {
        "answer.weekday.day": "Saturday",
        "answer.date.date": "1403/07/14",
        "answer.time.time": "10",
        OWNER: "reza@example.com",
        REMIND: "sat 9:30",
        NOTE: "brings her diploma",
    },
    "answer.time.time",
)


def with_text(entry: StatusEntry, key: str, text: str) -> StatusEntry:
    return replace(entry, typed={**entry.typed, key: text})


def test_a_draft_brings_back_what_was_typed() -> None:
    draft = FILLED_IN.to_draft(FormDraft(STATUS_DRAFT), NOW)
    assert entry_of(draft) == FILLED_IN
    assert draft.saved_at == NOW


def test_a_draft_of_nothing_is_empty() -> None:
    assert StatusEntry(2, {NOTE: "  ", OWNER: ""}, NOTE).to_draft(FormDraft(STATUS_DRAFT), NOW).blank


@pytest.mark.parametrize(
    "texts", [{}, {"status": "x"}, {"status": "²"}, {"kept_at": "2024-09-28T10:00"}, {"a": "b"}]
)
def test_a_draft_that_says_nothing_usable_is_harmless(texts: dict[str, str]) -> None:
    assert entry_of(FormDraft(STATUS_DRAFT, texts=texts)) == StatusEntry()


def test_fields_of_one_key_and_kind_share_what_is_typed() -> None:
    online = STATUSES[2]
    assert FILLED_IN.answers(online) == {"date": "1403/07/14", "time": "10"}


def test_fields_of_another_kind_do_not() -> None:
    text = Field(9, "date", "Date", FieldKind.TEXT)
    assert FILLED_IN.text(answer_key(text)) == ""


def test_the_worked_example_is_read() -> None:
    reading = read_entry(FILLED_IN, MEETING, snapshot(), NOW)
    assert reading.problems == {}
    assert reading.command.answers == {"day": "Saturday", "date": "1403/07/14", "time": "10"}
    assert reading.command.owner_id == REZA.id
    assert reading.command.remind_at == datetime(2024, 10, 5, 6, 0, tzinfo=UTC)
    assert reading.command.version == LEAD.version
    assert reading.plan is not None
    assert reading.plan.owner_to_id == REZA.id


def test_what_is_missing_is_told_by_form_key() -> None:
    reading = read_entry(StatusEntry(MEETING.id), MEETING, snapshot(), NOW)
    assert reading.problems == {
        "answer.weekday.day": "Day of the meeting is needed.",
        "answer.date.date": "Date is needed.",
        "answer.time.time": "Time is needed.",
        OWNER: "Who holds the meeting is needed.",
        REMIND: "A reminder is needed, such as tomorrow 10.",
    }
    assert reading.plan is None


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("yesterday", "That time has passed; a reminder needs a time to come."),
        ("soonish", "Not understood; type such as tomorrow 10, +2d or 1403/07/14 16:00."),
    ],
)
def test_a_time_that_cannot_be_used(typed: str, told: str) -> None:
    reading = read_entry(with_text(FILLED_IN, REMIND, typed), MEETING, snapshot(), NOW)
    assert reading.problems == {REMIND: told}
    assert reading.plan is not None
    assert reading.plan.remind_at is None


def test_the_time_is_read_as_of_the_moment_of_saving() -> None:
    later = NOW + timedelta(hours=3)
    reading = read_entry(with_text(FILLED_IN, REMIND, "+2h"), MEETING, snapshot(), later)
    assert reading.command.remind_at == later + timedelta(hours=2)


def test_a_promise_without_a_time_is_none() -> None:
    ask = STATUSES[5]
    entry = StatusEntry(ask.id, {PROMISED: "yes"})
    assert not read_entry(entry, ask, snapshot(), NOW).command.promised
    assert read_entry(with_text(entry, REMIND, "+1d"), ask, snapshot(), NOW).command.promised


def test_a_field_may_be_called_like_a_part_of_the_step() -> None:
    status = replace(MEETING, fields=(Field(1, "owner", "House owner", FieldKind.TEXT, required=True),))
    reading = read_entry(StatusEntry(status.id, {REMIND: "+1d"}), status, snapshot(), NOW)
    assert reading.problems == {
        "answer.text.owner": "House owner is needed.",
        OWNER: "Who holds the meeting is needed.",
    }


def test_a_colleague_who_left_cannot_be_named() -> None:
    reading = read_entry(with_text(FILLED_IN, OWNER, "gone@example.com"), MEETING, snapshot(), NOW)
    assert reading.problems == {OWNER: "Who holds the meeting: nobody here is called gone@example.com."}


def test_problems_of_the_service_find_their_place() -> None:
    assert form_key(Invalid("wrong", "date"), MEETING) == "answer.date.date"
    assert form_key(Invalid("wrong", "remind"), MEETING) == REMIND
    assert form_key(Invalid("wrong", "status"), MEETING) == ""


statuses = st.builds(
    replace,
    st.just(EVERY_KIND),
    cartable=st.sampled_from(CartableRule),
    reminder=st.sampled_from(ReminderRule),
    retired=st.booleans(),
)
typed = st.sampled_from(
    [
        "",
        " ",
        "x",
        "yes",
        "12",
        "1403/07/14",
        "+1d",
        "yesterday",
        "reza@example.com",
        "low",
        "Tax\nAudit",
        "09121234567",
    ]
)
keys = [answer_key(each) for each in EVERY_KIND.fields] + [OWNER, REMIND, PROMISED, NOTE]


@settings(deadline=None)
@given(statuses, st.dictionaries(st.sampled_from(keys), typed))
def test_nothing_is_wrong_exactly_where_the_domain_finds_nothing_wrong(
    status: Status, texts: dict[str, str]
) -> None:
    opened = snapshot()
    reading = read_entry(StatusEntry(status.id, texts), status, opened, NOW)
    command = reading.command
    step = StatusChange(status, command.answers, command.owner_id, command.remind_at, command.note)
    try:
        plan = follow_up.plan(LEAD, step, NEDA, opened.context, opened.definitions.colleagues, opened.pending)
    except InvalidAnswers:
        assert reading.problems
    else:
        # A time that is not understood is no time to the domain, but the person must hear of it.
        assert set(reading.problems) <= {REMIND}
        assert reading.plan is not None
        assert reading.plan.owner_to_id == plan.owner_to_id
