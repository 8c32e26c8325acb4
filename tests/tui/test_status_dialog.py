"""The status dialog by keyboard: choosing, filling in, what is said on the way, saving, drafts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from dialog_app import (
    COLLEAGUES,
    LEAD,
    NEDA,
    NOW,
    REZA,
    REZVAN,
    STATUSES,
    opened,
    pending,
    persian_snapshot,
    snapshot,
)
from textual import events
from textual.content import Content

from leadtui.domain.draft import FormDraft
from leadtui.domain.retry import RetryPace, RetryRule
from leadtui.domain.status import ReminderRule, Status
from leadtui.errors import Invalid
from leadtui.services.drafts import STATUS_DRAFT
from leadtui.services.follow_up import SetStatus
from leadtui.tui.widgets import draft_autosave

SIZES = [(80, 24), (120, 40), (160, 50)]
MEETING_AT = datetime(2024, 10, 5, 6, 0, tzinfo=UTC)
"""Half an hour before 10:00 in Tehran on Saturday 14 Mehr 1403."""


TOMORROW_AT_TEN = datetime(2024, 9, 29, 6, 30, tzinfo=UTC)

WHY = "Left without a next step because"

# The worked example


@pytest.mark.parametrize("size", SIZES)
async def test_an_in_person_meeting_by_keyboard(size: tuple[int, int]) -> None:
    async with opened(size=size) as person:
        await person.press("2")
        assert person.titles == [
            "Day of the meeting",
            "Date",
            "Time",
            "Who holds the meeting",
            "Remind",
            "Note",
        ]
        assert person.at == "Day of the meeting"
        await person.type("sat")
        await person.press("enter", "right")
        assert person.field("Date").text == "1403/07/14"
        assert person.said("Date") == "✓ Saturday 14 Mehr 1403 · 5 Oct 2024"
        await person.press("enter")
        await person.type("10")
        await person.press("enter")
        await person.type("rez")
        await person.press("enter", "right")
        assert person.said("Remind") == "✓ Saturday 14 Mehr 1403, 09:30 · 5 Oct 2024 · in 7 days"
        assert person.line("outcome") == (
            "Moves to Reza Karimi's cartable with a reminder on Sat 14 Mehr 09:30. Leaves yours."
        )
        await person.press("enter", "enter")
        assert person.step == SetStatus(
            lead_id=LEAD.id,
            version=LEAD.version,
            status_id=2,
            answers={"day": "Saturday", "date": "1403/07/14", "time": "10"},
            owner_id=REZA.id,
            remind_at=MEETING_AT,
        )
        # The status, the day, its date, the hour, the holder and the reminder.
        assert person.pressed == 17


async def test_all_of_it_typed_in_one_breath() -> None:
    async with opened() as person:
        letters = [
            *"sat",
            "tab",
            *"1403/07/14",
            "enter",
            *"10",
            "enter",
            *"rezv",
            "enter",
            *"sat 9:30",
            "enter",
        ]
        for key in ["2", *letters, *"diploma", "enter"]:
            person.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await person.settled()
        assert person.step.answers == {"day": "Saturday", "date": "1403/07/14", "time": "10"}
        assert person.step.owner_id == REZVAN.id
        assert person.step.remind_at == MEETING_AT
        assert person.step.note == "diploma"


async def test_the_same_on_a_persian_keyboard_in_persian() -> None:
    async with opened(persian_snapshot()) as person:
        await person.press("۲")
        await person.type("شن")
        await person.press("enter")
        await person.type("۱۴۰۳/۰۷/۱۴")
        await person.press("enter")
        await person.type("۱۰")
        await person.press("enter")
        await person.type("رضا ک")
        await person.press("enter")
        await person.type("فردا ساعت ۱۰")
        assert person.said("Remind").startswith("✓ یکشنبه ۸ مهر ۱۴۰۳, ۱۰:۰۰, not ۲۲:۰۰ · ۲۹ سپتامبر ۲۰۲۴")
        await person.press("enter")
        await person.type("مدرک می\u200cآورد")
        await person.press("enter")
        assert person.step.answers == {"day": "شنبه", "date": "۱۴۰۳/۰۷/۱۴", "time": "۱۰"}
        assert person.step.owner_id == 2
        assert person.step.remind_at == datetime(2024, 9, 29, 6, 30, tzinfo=UTC)
        assert person.step.note == "مدرک می\u200cآورد"


# Choosing a status


@pytest.mark.parametrize("key", ["7", "۷", "٧"])
async def test_a_status_that_asks_nothing_is_set_by_its_key(key: str) -> None:
    async with opened() as person:
        await person.press(key)
        assert person.step == SetStatus(lead_id=LEAD.id, version=LEAD.version, status_id=7)
        assert person.app.drafts == []


async def test_a_note_can_be_added_to_a_status_that_asks_nothing() -> None:
    async with opened() as person:
        await person.press("down", "down", "enter")
        assert person.titles == ["Note"]
        await person.type("too dear")
        await person.press("enter")
        assert (person.step.status_id, person.step.note) == (7, "too dear")


async def test_a_note_that_is_typed_already_goes_with_the_key() -> None:
    async with opened() as person:
        await person.press("down", "down", "enter")
        await person.type("too dear")
        await person.press("up", "8")
        assert (person.step.status_id, person.step.note) == (8, "too dear")


async def test_asking_only_for_a_reminder_is_asking_something() -> None:
    async with opened() as person:
        await person.press("6")
        assert person.still_open
        assert person.at == "Remind"
        # The next working day is proposed, and taken with no key more.
        await person.press("enter", "enter")
        assert (person.step.status_id, person.step.remind_at) == (6, TOMORROW_AT_TEN)
        assert person.step.no_next_step == ""


async def test_who_wants_no_reminder_says_why() -> None:
    async with opened() as person:
        await person.press("6", "delete")
        assert person.titles == ["Remind", WHY, "Note"]
        await person.press("ctrl+s")
        assert person.still_open
        assert person.at == WHY
        assert person.said(WHY) == (
            "✕ Nothing would be planned: give a reminder, or say why there is no next step."
        )
        await person.type("rings us")
        assert person.line("outcome") == "Stays in your cartable. It is left without a next step."
        await person.press("enter", "enter")
        assert (person.step.remind_at, person.step.no_next_step) == (None, "rings us")


async def test_what_was_said_before_is_a_key_away() -> None:
    before = ((6, "rings us"), (5, "is abroad"), (6, "is ill"))
    async with opened(replace(snapshot(), reasons=before)) as person:
        await person.press("6", "delete", "enter")
        await person.press("right")
        assert person.line("outcome") == "Stays in your cartable. It is left without a next step."
        await person.press("right", "right", "right", "right", "ctrl+s")
        assert person.step.no_next_step == "is ill"
    async with opened(replace(snapshot(), reasons=before)) as person:
        await person.press("6", "delete", "enter", "right")
        await person.type(" on Monday")
        await person.press("right", "ctrl+s")
        assert person.step.no_next_step == "rings us on Monday"


async def test_a_time_takes_the_place_of_the_reason() -> None:
    async with opened() as person:
        await person.press("6", "delete")
        await person.type("+2h")
        assert person.titles == ["Remind", "Note"]
        await person.press("enter", "enter")
        assert person.step.remind_at == NOW + timedelta(hours=2)


async def test_nothing_is_proposed_where_a_reminder_is_to_come() -> None:
    async with opened(snapshot(reminders=(pending(1, NOW + timedelta(days=2)),))) as person:
        await person.press("6", "enter", "enter")
        assert (person.step.remind_at, person.step.no_next_step) == (None, "")


async def test_a_status_that_plans_nothing_is_not_given_by_its_key_alone() -> None:
    thinking = Status(1, "thinking", "Thinks about it")
    async with opened(snapshot(statuses=(thinking,))) as person:
        await person.press("1")
        assert person.still_open
        assert (person.titles, person.at) == ([WHY, "Note"], WHY)
        assert "say why the customer is left without a next step" in person.said(WHY)
        await person.type("is abroad")
        await person.press("enter", "enter")
        assert person.step == SetStatus(LEAD.id, LEAD.version, 1, no_next_step="is abroad")


async def test_a_status_that_tries_again_is_given_by_its_key_alone() -> None:
    no_answer = Status(1, "no_answer", "No answer", retry=RetryRule(RetryPace.FIXED))
    async with opened(snapshot(statuses=(no_answer,))) as person:
        await person.press("1")
        assert person.step == SetStatus(LEAD.id, LEAD.version, 1)
        assert person.pressed == 1


async def test_arrows_preview_what_a_status_asks() -> None:
    async with opened() as person:
        assert person.titles == ["Remind", "Note"]
        await person.press("up")
        assert person.titles == ["Next owner", "Note"]
        await person.press("home")
        assert person.titles == ["Note"]
        assert person.line("outcome") == "Leaves every cartable."
        await person.press("end", "right")
        assert person.at == "Amount (rials)"


@pytest.mark.parametrize(
    "keys", [("/", "m", "e", "e"), ("m", "e", "e"), ("/", "m", "x", "backspace", "e", "e")]
)
async def test_the_filter_finds_by_title(keys: tuple[str, ...]) -> None:
    async with opened() as person:
        await person.press(*keys)
        assert person.dialog.statuses.status == STATUSES[1]
        await person.press("down", "enter")
        assert person.at == "Date"
        assert person.titles[2] == "Link"
        assert person.dialog.statuses.filter is None


async def test_escape_ends_the_filter_before_it_closes() -> None:
    async with opened() as person:
        await person.press("x", "y", "escape")
        assert person.still_open
        await person.press("escape")
        assert person.app.closed_with == [None]


async def test_a_filter_that_finds_nothing_chooses_nothing() -> None:
    async with opened() as person:
        await person.press("z", "z", "enter", "down")
        assert person.still_open
        assert person.at == "statuses"


MANY = tuple(
    Status(100 + place, f"s{place}", f"Status {place}", reminder=ReminderRule.ASK) for place in range(40)
)


@pytest.mark.parametrize(("key", "place"), [("a", 9), ("ش", 9), ("z", 34), ("ق", 26), ("9", 8), ("۹", 8)])
async def test_more_than_nine_statuses_go_by_letters_of_any_keyboard(key: str, place: int) -> None:
    async with opened(snapshot(statuses=MANY)) as person:
        await person.press(key)
        assert person.dialog.statuses.status == MANY[place]
        assert person.at == "Remind"


@pytest.mark.parametrize("size", SIZES)
async def test_a_click_chooses_and_saves_nothing(size: tuple[int, int]) -> None:
    async with opened(size=size) as person:
        await person.click("#statuses", (8, 6))
        await person.settled()
        assert person.still_open
        assert person.dialog.statuses.status == STATUSES[6]
        assert person.at == "Note"


async def test_no_status_at_all() -> None:
    async with opened(snapshot(statuses=(replace(STATUSES[0], retired=True),))) as person:
        await person.press("1", "enter", "ctrl+s", "down")
        assert person.still_open
        await person.press("escape", "escape")
        assert person.app.closed_with == [None]


# On the way


async def test_an_error_stands_beside_its_field_once_that_was_left() -> None:
    async with opened() as person:
        await person.press("3")
        await person.type("someday")
        assert person.said("Date") == ""
        await person.press("enter")
        assert person.said("Date") == "✕ Date takes a day, such as 1403/07/14 or tomorrow."
        assert person.said("Time") == ""
        await person.press("up", "end", *["backspace"] * 7)
        await person.type("tomorrow")
        assert person.said("Date") == "✓ Sunday 8 Mehr 1403 · 29 Sep 2024"


@pytest.mark.parametrize("key", ["ctrl+s", "f12"])
@pytest.mark.parametrize("size", SIZES)
async def test_saving_too_early_shows_everything_that_is_missing(key: str, size: tuple[int, int]) -> None:
    async with opened(size=size) as person:
        await person.press("2")
        await person.type("sat")
        await person.press(key)
        assert person.still_open
        assert person.at == "Date"
        assert person.said("Day of the meeting") == ""
        assert person.said("Date") == "✕ Date is needed."
        assert person.said("Time") == "✕ Time is needed."
        assert person.said("Who holds the meeting") == "✕ Who holds the meeting is needed."
        assert person.said("Remind") == "✕ A reminder is needed, such as tomorrow 10."


async def test_a_time_that_has_passed_is_doubtful_and_then_wrong() -> None:
    async with opened() as person:
        await person.press("5")
        await person.type("yesterday")
        assert person.said("Remind") == "▲ Friday 6 Mehr 1403, 09:00 · 27 Sep 2024 · 1 day ago"
        await person.press("enter")
        assert person.said("Remind") == "✕ That time has passed; a reminder needs a time to come."
        await person.press("enter")
        assert person.still_open
        assert person.at == "Remind"


async def test_a_time_that_is_not_understood() -> None:
    async with opened() as person:
        await person.press("5")
        await person.type("soonish")
        assert person.said("Remind") == "not understood yet"
        await person.press("enter")
        assert person.said("Remind") == "✕ Not understood; type such as tomorrow 10, +2d or 1403/07/14 16:00."
        assert person.line("outcome") == "Stays in your cartable."


async def test_a_promised_time_is_a_callback() -> None:
    async with opened() as person:
        await person.press("5")
        assert person.dialog.form.fields[1].disabled
        await person.type("tomorrow 10")
        await person.press("tab", "space")
        assert person.line("outcome") == "Stays in your cartable with a call promised for tomorrow 10:00."
        await person.press("ctrl+s")
        assert person.step.promised
        assert person.step.remind_at == datetime(2024, 9, 29, 6, 30, tzinfo=UTC)


async def test_enter_passes_over_the_promise() -> None:
    async with opened() as person:
        await person.press("5")
        await person.type("+2d")
        await person.press("enter")
        assert person.at == "Note"
        await person.press("enter")
        assert not person.step.promised


async def test_a_date_brings_its_weekday() -> None:
    async with opened() as person:
        await person.press("2", "enter")
        assert person.said("Day of the meeting") == ""
        await person.type("1403/07/14")
        assert person.field("Day of the meeting").text == "Saturday"
        await person.press("backspace", "5")
        assert person.field("Day of the meeting").text == "Sunday"


async def test_a_weekday_that_the_person_chose_stays_and_is_doubted() -> None:
    async with opened() as person:
        await person.press("2")
        await person.type("mon")
        await person.press("enter")
        await person.type("1403/07/14")
        assert person.field("Day of the meeting").text == "Monday"
        assert person.said("Day of the meeting") == "▲ The date is a Saturday."


async def test_enter_agrees_to_a_proposed_answer_that_is_needed() -> None:
    async with opened() as person:
        await person.press("2")
        await person.type("sat")
        await person.press("enter", "enter")
        assert person.field("Date").text == "1403/07/14"
        assert person.at == "Time"


async def test_what_is_pasted_behind_a_tab_stays_in_the_last_field() -> None:
    async with opened() as person:
        await person.press("2")
        await person.press(*["tab"] * 5)
        assert person.at == "Note"
        await person.type("half")
        await person.press("tab")
        await person.type("more")
        assert person.field("Note").text == "halfmore"


async def test_up_goes_back_through_the_fields_to_the_statuses() -> None:
    async with opened() as person:
        await person.press("3", "enter", "enter")
        assert person.at == "Link"
        await person.press("up", "up")
        assert person.at == "Date"
        await person.press("up")
        assert person.at == "statuses"
        await person.press("tab")
        assert person.at == "Date"
        await person.press("shift+tab")
        assert person.at == "statuses"


async def test_another_status_keeps_what_it_asks_too() -> None:
    async with opened() as person:
        await person.press("2", "enter")
        await person.type("1403/07/14")
        await person.press("ctrl+s")
        await person.type("11")
        await person.press("up", "up", "up", "3")
        assert (person.field("Date").text, person.field("Time").text) == ("1403/07/14", "11")
        assert person.said("Remind") == ""


async def test_what_is_foreseen_counts_the_other_reminders() -> None:
    reminders = (pending(1, NOW - timedelta(hours=1)), pending(2, NOW + timedelta(days=1)))
    async with opened(snapshot(reminders=reminders)) as person:
        await person.press("home")
        assert person.line("outcome") == (
            "Leaves every cartable. The reminder that was due is done. 1 reminder is cancelled."
        )
        await person.press("4")
        await person.type("reza")
        await person.press("tab")
        assert person.line("outcome").endswith(
            "Leaves yours. The reminder that was due is done. 1 reminder moves along."
        )


async def test_a_customer_of_nobody_comes_to_whoever_works_on_it() -> None:
    async with opened(snapshot(lead=replace(LEAD, owner_id=None))) as person:
        assert person.line("outcome") == "Comes into your cartable."


# Drafts


async def test_what_is_typed_is_kept_a_moment_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft_autosave, "KEEP_AFTER", 0.001)
    async with opened() as person:
        await person.press("5")
        await person.type("+2d")
        while not person.app.drafts or person.app.drafts[-1].texts.get("remind") != "+2d":
            await person.settled()
        assert person.still_open
        assert person.app.drafts[-1] == FormDraft(
            STATUS_DRAFT,
            LEAD.id,
            {"status": "5", "remind": "+2d"},
            focus="remind",
            saved_at=NOW.astimezone(UTC),
        )


@pytest.mark.parametrize("key", ["escape", "ctrl+s"])
async def test_what_is_typed_is_kept_before_the_dialog_closes(key: str) -> None:
    async with opened() as person:
        await person.press("5")
        await person.type("+2d")
        await person.press(key)
        assert not person.still_open
        assert person.app.drafts[-1].texts["remind"] == "+2d"


async def test_looking_at_statuses_is_no_draft() -> None:
    async with opened() as person:
        await person.press("down", "up", "2", "escape")
        assert person.app.drafts == []


async def test_a_draft_opens_as_it_was_left() -> None:
    async with opened() as person:
        await person.press("2")
        await person.type("sat")
        await person.press("enter", "right", "enter", "enter")
        await person.type("rezvan")
        await person.press("enter", "up", "escape")
        draft = person.app.drafts[-1]
    async with opened(snapshot(draft=draft)) as person:
        assert person.dialog.statuses.status == STATUSES[1]
        assert person.field("Day of the meeting").text == "Saturday"
        assert person.field("Date").text == "1403/07/14"
        assert person.field("Who holds the meeting").text == REZVAN.email
        # A key chooses a status as ever; Enter goes on where the cursor was.
        assert person.at == "statuses"
        assert person.line("notice") == "◔ draft of 10:42 kept  ·  F9 start afresh  ·  Enter go on with it"
        await person.press("enter")
        assert person.at == "Who holds the meeting"
        assert person.said("Time") == ""
        await person.press("escape")
        assert person.app.drafts == []


async def test_a_draft_of_another_day_says_which() -> None:
    kept = FormDraft(STATUS_DRAFT, LEAD.id, {"note": "a"}, saved_at=NOW - timedelta(days=1))
    async with opened(snapshot(draft=kept)) as person:
        assert "draft of yesterday 10:42 kept" in person.line("notice")


@pytest.mark.parametrize("by", ["key", "mouse"])
async def test_starting_afresh_throws_the_draft_away(by: str) -> None:
    async with opened(snapshot(draft={"status": "5", "remind": "+2d", "note": "a"})) as person:
        if by == "key":
            await person.press("f9")
        else:
            await person.click("#notice")
            await person.settled()
        assert [each.texts for each in person.app.drafts] == [{}]
        assert person.field("Remind").text == person.field("Note").text == ""
        assert person.at == "statuses"
        assert not person.dialog.query_one("#notice").display


async def test_a_draft_of_a_status_that_is_gone_loses_nothing() -> None:
    async with opened(snapshot(draft={"status": "99", "note": "a", "answer.text.x": "b"})) as person:
        assert person.dialog.statuses.status == STATUSES[4]
        assert person.field("Note").text == "a"
        await person.press("escape")
        assert person.app.drafts[-1].texts["answer.text.x"] == "b"


async def test_a_refused_save_comes_back_with_its_reasons() -> None:
    draft = {"status": "3", "answer.date.date": "tomorrow", "answer.time.time": "10", "note": "a"}
    refused = replace(
        snapshot(draft=draft),
        problems=(Invalid("The office is closed then.", "time"),),
        reason="Nothing was saved.",
    )
    async with opened(refused) as person:
        assert person.at == "Time"
        assert person.said("Time") == "✕ The office is closed then."
        assert person.line("reason") == "✕ Nothing was saved."
        await person.type("1")
        assert person.said("Time") == "✕ Time takes a time, such as 10:30."
        await person.press("backspace")
        assert person.said("Time") == "✓ 10:00, not 22:00"


async def test_a_problem_without_a_field_stands_at_the_bottom() -> None:
    refused = replace(
        snapshot(draft={"status": "5", "note": "a"}), problems=(Invalid("It is gone.", "status"),)
    )
    async with opened(refused) as person:
        assert person.line("reason") == "✕ It is gone."


# The person and the moment


async def test_naming_a_colleague_by_any_part_of_the_name() -> None:
    async with opened() as person:
        await person.press("4")
        await person.type("مري")
        await person.press("enter", "enter")
        assert person.step.owner_id == 5


async def test_down_points_at_the_next_candidate() -> None:
    async with opened() as person:
        await person.press("4")
        await person.type("rez")
        await person.press("down", "enter", "enter")
        assert person.step.owner_id == REZVAN.id


async def test_whoever_has_least_to_do_comes_first() -> None:
    async with opened() as person:
        await person.press("4", "down", "down", "enter", "enter")
        assert person.step.owner_id == REZVAN.id


async def test_a_name_that_several_have_is_told_apart_by_pointing() -> None:
    twins = (*COLLEAGUES, replace(REZA, id=9, email="reza2@example.com"))
    async with opened(snapshot(colleagues=twins)) as person:
        await person.press("4")
        await person.type("Reza Karimi")
        await person.press("down", "enter", "enter")
        assert person.step.owner_id == 9


async def test_nobody_of_that_name() -> None:
    async with opened() as person:
        await person.press("4")
        await person.type("gone")
        await person.press("enter", "enter")
        assert person.still_open
        assert person.said("Next owner") == "✕ Next owner: nobody here is called gone."


async def test_one_may_name_oneself() -> None:
    async with opened() as person:
        await person.press("4")
        await person.type("neda@")
        await person.press("enter")
        assert person.line("outcome") == "Stays in your cartable."
        assert person.at == WHY
        await person.type("mine to ring")
        assert person.line("outcome") == "Stays in your cartable. It is left without a next step."
        await person.press("enter", "enter")
        assert (person.step.owner_id, person.step.no_next_step) == (NEDA.id, "mine to ring")


async def test_time_goes_on_while_the_dialog_is_open() -> None:
    now = NOW

    def clock() -> datetime:
        return now

    async with opened(clock=clock) as person:
        await person.press("5")
        await person.type("10:50")
        assert person.said("Remind").endswith("in 8 min")
        now = NOW + timedelta(hours=1)
        await person.press("backspace", "0", "ctrl+s")
        assert person.step.remind_at == datetime(2024, 9, 29, 7, 20, tzinfo=UTC)


# The borders


def plain(words: str | None) -> str:
    """What a border says: Textual gives it back as markup."""
    return Content.from_markup(words or "").plain


@pytest.mark.parametrize(
    ("count", "keys"),
    [
        *((0, "1 "), (1, "1 "), (2, "1 2 "), (5, "1–5 "), (9, "1–9 ")),
        *((10, "1–9 a "), (11, "1–9 a b "), (12, "1–9 a–c "), (40, "1–9 a–z ")),
    ],
)
async def test_the_border_tells_the_keys_of_the_statuses(count: int, keys: str) -> None:
    async with opened(snapshot(statuses=MANY[:count])) as person:
        assert plain(person.dialog.box.border_subtitle).strip().startswith(f"{keys}choose")


@pytest.mark.parametrize("size", SIZES)
async def test_the_keys_in_the_border_can_be_clicked(size: tuple[int, int]) -> None:
    async with opened(size=size) as person:
        await person.press("6")
        box = person.dialog.box
        words = plain(box.border_subtitle)
        # The subtitle ends two cells before the corner.
        save = box.region.width - 2 - len(words) + words.index("Ctrl+S")
        await person.click("#dialog", (save + 1, box.region.height - 1))
        await person.settled()
        assert person.step.status_id == 6


async def test_the_call_that_ended_here_is_told() -> None:
    async with opened(replace(snapshot(), called_for="the call took 3:12")) as person:
        assert plain(person.dialog.box.border_title) == " Mina Sadeghi · status · the call took 3:12 "


async def test_a_customer_without_a_name_is_called_by_number() -> None:
    async with opened(snapshot(lead=replace(LEAD, name=""))) as person:
        assert "0914 300 9087" in plain(person.dialog.box.border_title)
