"""The status dialog by keyboard: choosing, filling in, what is said on the way, saving, drafts."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
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
    DialogApp,
    pending,
    persian_snapshot,
    snapshot,
)
from textual import events
from textual.pilot import Pilot
from textual.widgets import Static

from leadtui.domain.status import ReminderRule, Status
from leadtui.errors import Invalid
from leadtui.services.desk import Clock
from leadtui.services.follow_up import SetStatus
from leadtui.tui.screens import status_dialog
from leadtui.tui.screens.status_dialog import StatusDialog, StatusSnapshot
from leadtui.tui.widgets.form_field import FormField

SIZES = [(80, 24), (120, 40), (160, 50)]
MEETING_AT = datetime(2024, 10, 5, 6, 0, tzinfo=UTC)
"""Half an hour before 10:00 in Tehran on Saturday 14 Mehr 1403."""


class Desk:
    """A person at the dialog."""

    def __init__(self, app: DialogApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.pressed = 0

    @property
    def dialog(self) -> StatusDialog:
        return self.app.dialog

    async def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        self.pressed += len(keys)
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type letters."""
        await self.press(*text)

    def field(self, title: str) -> FormField:
        """The field under that label."""
        return next(each for each in self.dialog.form.fields if each.title == title)

    def said(self, title: str) -> str:
        """What stands under a field."""
        said = self.field(title).said
        return said.content().plain if said else ""

    def line(self, name: str) -> str:
        """What a line of the dialog says."""
        return str(self.dialog.query_one(f"#{name}", Static).render())

    @property
    def titles(self) -> list[str]:
        return [each.title for each in self.dialog.form.fields if each.title]

    @property
    def at(self) -> str:
        """The label of the field that the cursor stands in, or "statuses"."""
        focused = self.dialog.focused
        if focused is self.dialog.statuses:
            return "statuses"
        ancestors = focused.ancestors if focused else []
        return next((each.title for each in self.dialog.form.fields if each in ancestors), "")

    @property
    def step(self) -> SetStatus:
        """What the dialog closed with."""
        (command,) = self.app.closed_with
        assert command is not None
        return command

    @property
    def still_open(self) -> bool:
        return not self.app.closed_with


@asynccontextmanager
async def opened(
    opened_with: StatusSnapshot | None = None, size: tuple[int, int] = (120, 40), clock: Clock | None = None
) -> AsyncGenerator[Desk]:
    app = DialogApp(opened_with, clock=clock)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Desk(app, pilot)


# The worked example


@pytest.mark.parametrize("size", SIZES)
async def test_an_in_person_meeting_by_keyboard(size: tuple[int, int]) -> None:
    async with opened(size=size) as desk:
        await desk.press("2")
        assert desk.titles == [
            "Day of the meeting",
            "Date",
            "Time",
            "Who holds the meeting",
            "Remind",
            "Note",
        ]
        assert desk.at == "Day of the meeting"
        await desk.type("sat")
        await desk.press("enter", "right")
        assert desk.field("Date").text == "1403/07/14"
        assert desk.said("Date") == "✓ Saturday 14 Mehr 1403 · 5 Oct 2024"
        await desk.press("enter")
        await desk.type("10")
        await desk.press("enter")
        await desk.type("rez")
        await desk.press("enter", "right")
        assert desk.said("Remind") == "✓ Saturday 14 Mehr 1403, 09:30 · 5 Oct 2024 · in 7 days"
        assert desk.line("outcome") == (
            "Moves to Reza Karimi's cartable with a reminder on Sat 14 Mehr 09:30. Leaves yours."
        )
        await desk.press("enter", "enter")
        assert desk.step == SetStatus(
            lead_id=LEAD.id,
            version=LEAD.version,
            status_id=2,
            answers={"day": "Saturday", "date": "1403/07/14", "time": "10"},
            owner_id=REZA.id,
            remind_at=MEETING_AT,
        )
        # The status, the day, its date, the hour, the holder and the reminder.
        assert desk.pressed == 17


async def test_all_of_it_typed_in_one_breath() -> None:
    async with opened() as desk:
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
            desk.app.post_message(events.Key(key, key if len(key) == 1 else None))
        for _ in range(6):
            await desk.pilot.pause()
        assert desk.step.answers == {"day": "Saturday", "date": "1403/07/14", "time": "10"}
        assert desk.step.owner_id == REZVAN.id
        assert desk.step.remind_at == MEETING_AT
        assert desk.step.note == "diploma"


async def test_the_same_on_a_persian_keyboard_in_persian() -> None:
    async with opened(persian_snapshot()) as desk:
        await desk.press("۲")
        await desk.type("شن")
        await desk.press("enter")
        await desk.type("۱۴۰۳/۰۷/۱۴")
        await desk.press("enter")
        await desk.type("۱۰")
        await desk.press("enter")
        await desk.type("رضا ک")
        await desk.press("enter")
        await desk.type("فردا ساعت ۱۰")
        assert desk.said("Remind").startswith("✓ یکشنبه ۸ مهر ۱۴۰۳, ۱۰:۰۰ · ۲۹ سپتامبر ۲۰۲۴")
        await desk.press("enter")
        await desk.type("مدرک می")
        desk.app.post_message(events.Key("zero_width_non-joiner", "\u200c"))
        await desk.pilot.pause()
        await desk.type("آورد")
        await desk.press("enter")
        assert desk.step.answers == {"day": "شنبه", "date": "۱۴۰۳/۰۷/۱۴", "time": "۱۰"}
        assert desk.step.owner_id == 2
        assert desk.step.remind_at == datetime(2024, 9, 29, 6, 30, tzinfo=UTC)
        assert desk.step.note == "مدرک می\u200cآورد"


# Choosing a status


@pytest.mark.parametrize("key", ["7", "۷", "٧"])
async def test_a_status_that_asks_nothing_is_set_by_its_key(key: str) -> None:
    async with opened() as desk:
        await desk.press(key)
        assert desk.step == SetStatus(lead_id=LEAD.id, version=LEAD.version, status_id=7)
        assert desk.app.drafts == []


async def test_a_note_can_be_added_to_a_status_that_asks_nothing() -> None:
    async with opened() as desk:
        await desk.press("down", "down", "enter")
        assert desk.titles == ["Note"]
        await desk.type("too dear")
        await desk.press("enter")
        assert (desk.step.status_id, desk.step.note) == (7, "too dear")


async def test_a_note_that_is_typed_already_goes_with_the_key() -> None:
    async with opened() as desk:
        await desk.press("down", "down", "enter")
        await desk.type("too dear")
        await desk.press("up", "8")
        assert (desk.step.status_id, desk.step.note) == (8, "too dear")


async def test_asking_only_for_a_reminder_is_asking_something() -> None:
    async with opened() as desk:
        await desk.press("6")
        assert desk.still_open
        assert desk.at == "Remind"
        await desk.press("enter", "enter")
        assert (desk.step.status_id, desk.step.remind_at) == (6, None)


async def test_arrows_preview_what_a_status_asks() -> None:
    async with opened() as desk:
        assert desk.titles == ["Remind", "Note"]
        await desk.press("up")
        assert desk.titles == ["Next owner", "Note"]
        await desk.press("home")
        assert desk.titles == ["Note"]
        assert desk.line("outcome") == "Leaves every cartable."
        await desk.press("end", "right")
        assert desk.at == "Amount (IRR)"


@pytest.mark.parametrize(
    "keys", [("/", "m", "e", "e"), ("m", "e", "e"), ("/", "m", "x", "backspace", "e", "e")]
)
async def test_the_filter_finds_by_title(keys: tuple[str, ...]) -> None:
    async with opened() as desk:
        await desk.press(*keys)
        assert desk.dialog.statuses.status == STATUSES[1]
        await desk.press("down", "enter")
        assert desk.at == "Date"
        assert desk.titles[2] == "Link"
        assert desk.dialog.statuses.filter is None


async def test_escape_ends_the_filter_before_it_closes() -> None:
    async with opened() as desk:
        await desk.press("x", "y", "escape")
        assert desk.still_open
        await desk.press("escape")
        assert desk.app.closed_with == [None]


async def test_a_filter_that_finds_nothing_chooses_nothing() -> None:
    async with opened() as desk:
        await desk.press("z", "z", "enter", "down")
        assert desk.still_open
        assert desk.at == "statuses"


MANY = tuple(
    Status(100 + place, f"s{place}", f"Status {place}", reminder=ReminderRule.ASK) for place in range(40)
)


@pytest.mark.parametrize(("key", "place"), [("a", 9), ("ش", 9), ("z", 34), ("ظ", 34), ("9", 8), ("۹", 8)])
async def test_more_than_nine_statuses_go_by_letters_of_any_keyboard(key: str, place: int) -> None:
    async with opened(snapshot(statuses=MANY)) as desk:
        await desk.press(key)
        assert desk.dialog.statuses.status == MANY[place]
        assert desk.at == "Remind"


@pytest.mark.parametrize("size", SIZES)
async def test_a_click_chooses_and_saves_nothing(size: tuple[int, int]) -> None:
    async with opened(size=size) as desk:
        await desk.pilot.click("#statuses", offset=(8, 6))
        await desk.pilot.pause()
        assert desk.still_open
        assert desk.dialog.statuses.status == STATUSES[6]
        assert desk.at == "Note"


async def test_no_status_at_all() -> None:
    async with opened(snapshot(statuses=(replace(STATUSES[0], retired=True),))) as desk:
        await desk.press("1", "enter", "ctrl+s", "down")
        assert desk.still_open
        await desk.press("escape", "escape")
        assert desk.app.closed_with == [None]


# On the way


async def test_an_error_stands_beside_its_field_once_that_was_left() -> None:
    async with opened() as desk:
        await desk.press("3")
        await desk.type("someday")
        assert desk.said("Date") == ""
        await desk.press("enter")
        assert desk.said("Date") == "✕ Date takes a day, such as 1403/07/08 or tomorrow."
        assert desk.said("Time") == ""
        await desk.press("up", "end", *["backspace"] * 7)
        await desk.type("tomorrow")
        assert desk.said("Date") == "✓ Sunday 8 Mehr 1403 · 29 Sep 2024"


@pytest.mark.parametrize("key", ["ctrl+s", "f12"])
@pytest.mark.parametrize("size", SIZES)
async def test_saving_too_early_shows_everything_that_is_missing(key: str, size: tuple[int, int]) -> None:
    async with opened(size=size) as desk:
        await desk.press("2")
        await desk.type("sat")
        await desk.press(key)
        assert desk.still_open
        assert desk.at == "Date"
        assert desk.said("Day of the meeting") == ""
        assert desk.said("Date") == "✕ Date is needed."
        assert desk.said("Time") == "✕ Time is needed."
        assert desk.said("Who holds the meeting") == "✕ Who holds the meeting is needed."
        assert desk.said("Remind") == "✕ A reminder is needed, such as tomorrow 10."


async def test_a_time_that_has_passed_is_doubtful_and_then_wrong() -> None:
    async with opened() as desk:
        await desk.press("5")
        await desk.type("yesterday")
        assert desk.said("Remind") == "▲ Friday 6 Mehr 1403, 09:00 · 27 Sep 2024 · 1 day ago"
        await desk.press("enter")
        assert desk.said("Remind") == "✕ That time has passed; a reminder needs a time to come."
        await desk.press("enter")
        assert desk.still_open
        assert desk.at == "Remind"


async def test_a_time_that_is_not_understood() -> None:
    async with opened() as desk:
        await desk.press("5")
        await desk.type("soonish")
        assert desk.said("Remind") == "not understood yet"
        await desk.press("enter")
        assert desk.said("Remind") == "✕ That is no time that is understood; type one such as tomorrow 10."
        assert desk.line("outcome") == "Stays in your cartable."


async def test_a_promised_time_is_a_callback() -> None:
    async with opened() as desk:
        await desk.press("5")
        assert desk.dialog.form.fields[1].disabled
        await desk.type("tomorrow 10")
        await desk.press("tab", "space")
        assert desk.line("outcome") == "Stays in your cartable with a call promised for tomorrow 10:00."
        await desk.press("ctrl+s")
        assert desk.step.promised
        assert desk.step.remind_at == datetime(2024, 9, 29, 6, 30, tzinfo=UTC)


async def test_enter_passes_over_the_promise() -> None:
    async with opened() as desk:
        await desk.press("5")
        await desk.type("+2d")
        await desk.press("enter")
        assert desk.at == "Note"
        await desk.press("enter")
        assert not desk.step.promised


async def test_a_date_brings_its_weekday() -> None:
    async with opened() as desk:
        await desk.press("2", "enter")
        assert desk.said("Day of the meeting") == ""
        await desk.type("1403/07/14")
        assert desk.field("Day of the meeting").text == "Saturday"
        await desk.press("backspace", "5")
        assert desk.field("Day of the meeting").text == "Sunday"


async def test_a_weekday_that_the_person_chose_stays_and_is_doubted() -> None:
    async with opened() as desk:
        await desk.press("2")
        await desk.type("mon")
        await desk.press("enter")
        await desk.type("1403/07/14")
        assert desk.field("Day of the meeting").text == "Monday"
        assert desk.said("Day of the meeting") == "▲ The date is a Saturday."


async def test_up_goes_back_through_the_fields_to_the_statuses() -> None:
    async with opened() as desk:
        await desk.press("3", "enter", "enter")
        assert desk.at == "Link"
        await desk.press("up", "up")
        assert desk.at == "Date"
        await desk.press("up")
        assert desk.at == "statuses"
        await desk.press("tab")
        assert desk.at == "Date"
        await desk.press("shift+tab")
        assert desk.at == "statuses"


async def test_another_status_keeps_what_it_asks_too() -> None:
    async with opened() as desk:
        await desk.press("2", "enter")
        await desk.type("1403/07/14")
        await desk.press("ctrl+s")
        await desk.type("11")
        await desk.press("up", "up", "up", "3")
        assert (desk.field("Date").text, desk.field("Time").text) == ("1403/07/14", "11")
        assert desk.said("Remind") == ""


async def test_what_is_foreseen_counts_the_other_reminders() -> None:
    reminders = (pending(1, NOW - timedelta(hours=1)), pending(2, NOW + timedelta(days=1)))
    async with opened(snapshot(reminders=reminders)) as desk:
        await desk.press("home")
        assert desk.line("outcome") == (
            "Leaves every cartable. The reminder that was due is done. 1 reminder is cancelled."
        )
        await desk.press("4")
        await desk.type("reza")
        await desk.press("tab")
        assert desk.line("outcome").endswith(
            "Leaves yours. The reminder that was due is done. 1 reminder moves along."
        )


async def test_a_customer_of_nobody_comes_to_whoever_works_on_it() -> None:
    async with opened(snapshot(lead=replace(LEAD, owner_id=None))) as desk:
        assert desk.line("outcome") == "Comes into your cartable."


# Drafts


async def test_what_is_typed_is_kept_a_moment_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status_dialog, "DRAFT_PAUSE", 0.001)
    async with opened() as desk:
        await desk.press("5")
        await desk.type("+2d")
        while not desk.app.drafts or desk.app.drafts[-1].get("remind") != "+2d":
            await desk.pilot.pause()
        assert desk.still_open
        assert desk.app.drafts[-1] == {
            "status": "5",
            "remind": "+2d",
            "at": "remind",
            "kept_at": NOW.isoformat(),
        }


@pytest.mark.parametrize("key", ["escape", "ctrl+s"])
async def test_what_is_typed_is_kept_before_the_dialog_closes(key: str) -> None:
    async with opened() as desk:
        await desk.press("5")
        await desk.type("+2d")
        await desk.press(key)
        assert not desk.still_open
        assert desk.app.drafts[-1]["remind"] == "+2d"


async def test_looking_at_statuses_is_no_draft() -> None:
    async with opened() as desk:
        await desk.press("down", "up", "2", "escape")
        assert desk.app.drafts == []


async def test_a_draft_opens_as_it_was_left() -> None:
    async with opened() as desk:
        await desk.press("2")
        await desk.type("sat")
        await desk.press("enter", "right", "enter", "enter")
        await desk.type("rezvan")
        await desk.press("enter", "up", "escape")
        draft = desk.app.drafts[-1]
    async with opened(snapshot(draft=draft)) as desk:
        assert desk.dialog.statuses.status == STATUSES[1]
        assert desk.field("Day of the meeting").text == "Saturday"
        assert desk.field("Date").text == "1403/07/14"
        assert desk.field("Who holds the meeting").text == REZVAN.email
        assert desk.at == "Who holds the meeting"
        assert desk.said("Time") == ""
        assert desk.line("kept") == "◔ draft of 10:42 kept  ·  F9 start afresh"
        await desk.press("escape")
        assert desk.app.drafts == []


async def test_a_draft_of_another_day_says_which() -> None:
    kept = (NOW - timedelta(days=1)).isoformat()
    async with opened(snapshot(draft={"note": "a", "kept_at": kept})) as desk:
        assert "draft of yesterday 10:42 kept" in desk.line("kept")


@pytest.mark.parametrize("by", ["key", "mouse"])
async def test_starting_afresh_throws_the_draft_away(by: str) -> None:
    async with opened(snapshot(draft={"status": "5", "remind": "+2d", "note": "a"})) as desk:
        if by == "key":
            await desk.press("f9")
        else:
            await desk.pilot.click("#kept")
            await desk.pilot.pause()
        assert desk.app.drafts == [{}]
        assert desk.field("Remind").text == desk.field("Note").text == ""
        assert desk.at == "statuses"
        assert not desk.dialog.query_one("#kept").display


async def test_a_draft_of_a_status_that_is_gone_loses_nothing() -> None:
    async with opened(snapshot(draft={"status": "99", "note": "a", "answer.text.x": "b"})) as desk:
        assert desk.dialog.statuses.status == STATUSES[4]
        assert desk.field("Note").text == "a"
        await desk.press("escape")
        assert desk.app.drafts[-1]["answer.text.x"] == "b"


async def test_a_refused_save_comes_back_with_its_reasons() -> None:
    draft = {"status": "3", "answer.date.date": "tomorrow", "answer.time.time": "10", "note": "a"}
    refused = replace(
        snapshot(draft=draft),
        problems=(Invalid("The office is closed then.", "time"),),
        reason="Nothing was saved.",
    )
    async with opened(refused) as desk:
        assert desk.at == "Time"
        assert desk.said("Time") == "✕ The office is closed then."
        assert desk.line("reason") == "✕ Nothing was saved."
        await desk.type("1")
        assert desk.said("Time") == "✕ Time takes a time, such as 10:30."
        await desk.press("backspace")
        assert desk.said("Time") == "✓ 10:00"


async def test_a_problem_without_a_field_stands_at_the_bottom() -> None:
    refused = replace(
        snapshot(draft={"status": "5", "note": "a"}), problems=(Invalid("It is gone.", "status"),)
    )
    async with opened(refused) as desk:
        assert desk.line("reason") == "✕ It is gone."


# The person and the moment


async def test_naming_a_colleague_by_any_part_of_the_name() -> None:
    async with opened() as desk:
        await desk.press("4")
        await desk.type("مري")
        await desk.press("enter", "enter")
        assert desk.step.owner_id == 5


async def test_down_points_at_the_next_candidate() -> None:
    async with opened() as desk:
        await desk.press("4")
        await desk.type("rez")
        await desk.press("down", "enter", "enter")
        assert desk.step.owner_id == REZVAN.id


async def test_whoever_has_least_to_do_comes_first() -> None:
    async with opened() as desk:
        await desk.press("4", "down", "down", "enter", "enter")
        assert desk.step.owner_id == REZVAN.id


async def test_a_name_that_several_have_is_told_apart_by_pointing() -> None:
    twins = (*COLLEAGUES, replace(REZA, id=9, email="reza2@example.com"))
    async with opened(snapshot(colleagues=twins)) as desk:
        await desk.press("4")
        await desk.type("Reza Karimi")
        await desk.press("down", "enter", "enter")
        assert desk.step.owner_id == 9


async def test_nobody_of_that_name() -> None:
    async with opened() as desk:
        await desk.press("4")
        await desk.type("gone")
        await desk.press("enter", "enter")
        assert desk.still_open
        assert desk.said("Next owner") == "✕ Next owner: nobody here is called gone."


async def test_one_may_name_oneself() -> None:
    async with opened() as desk:
        await desk.press("4")
        await desk.type("neda@")
        await desk.press("enter")
        assert desk.line("outcome") == "Stays in your cartable."
        await desk.press("enter")
        assert desk.step.owner_id == NEDA.id


async def test_time_goes_on_while_the_dialog_is_open() -> None:
    now = NOW

    def clock() -> datetime:
        return now

    async with opened(clock=clock) as desk:
        await desk.press("5")
        await desk.type("10:50")
        assert desk.said("Remind").endswith("in 8 min")
        now = NOW + timedelta(hours=1)
        await desk.press("backspace", "0", "ctrl+s")
        assert desk.step.remind_at == datetime(2024, 9, 29, 7, 20, tzinfo=UTC)
