"""`leadtui reminders`, and ending one."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from command_running import Run
from session_making import NOON, MovingClock, add_lead, make_session

from leadtui.services.reminders import acknowledge, mark_shown, set_reminder


@pytest.fixture
def waiting(tmp_path: Path, noon: None) -> Path:
    """One reminder of each group: done, missed, due, today, later."""
    del noon
    clock = MovingClock(NOON - timedelta(days=2))
    session = make_session(tmp_path, clock=clock)
    lead = add_lead(session, "Mina Sadeghi", "+1 212 555 0101", mine=True)
    done = set_reminder(session, lead.id, NOON - timedelta(days=1), "done")
    set_reminder(session, lead.id, NOON - timedelta(hours=3), "missed")
    due = set_reminder(session, lead.id, NOON - timedelta(minutes=5), "due", promised=True)
    set_reminder(session, lead.id, NOON + timedelta(hours=1), "today")
    set_reminder(session, lead.id, NOON + timedelta(days=3), "later")
    clock.now = NOON - timedelta(minutes=5)
    mark_shown(session, [due])
    acknowledge(session, done)
    session.close()
    return tmp_path / "desk.db"


def groups(said: Any) -> list[tuple[str, str]]:
    return [(each["group"], each["note"]) for each in said.data]


def test_they_are_grouped(run: Run, waiting: Path) -> None:
    assert groups(run("reminders", "--json", "--store", waiting)) == [
        ("missed", "missed"),
        ("due", "due"),
        ("today", "today"),
        ("later", "later"),
        ("done", "done"),
    ]


def test_the_text_has_a_title_for_each_group(run: Run, waiting: Path) -> None:
    said = run("reminders", "--store", waiting)
    lines = said.out.splitlines()
    titles = ("Overdue, came while leadtui was closed", "Overdue", "Today", "Later", "Done")
    assert [line for line in lines if line in titles] == list(titles)
    due = lines[lines.index("Overdue") + 2]
    assert "callback" in due
    assert "Mina Sadeghi" in due
    assert "(212) 555-0101" in due


def test_somebody_without_reminders_is_told_so(run: Run, place: Any) -> None:
    said = run("reminders", "--store", place, "--as", "reza@example.com")
    assert (said.code, said.out, said.err) == (0, "", "There are no reminders.\n")
    assert run("reminders", "--json", "--store", place, "--as", "reza@example.com").data == []


def test_one_is_done_one_cancelled_one_moved(run: Run, waiting: Path) -> None:
    ids = {each["note"]: each["id"] for each in run("reminders", "--json", "--store", waiting).data}
    assert run("reminders", "done", ids["missed"], "--store", waiting).code == 0
    assert run("reminders", "--store", waiting, "cancel", ids["due"]).code == 0
    moved = run("reminders", "snooze", ids["today"], "2024-10-05 9:30", "--store", waiting)
    assert moved.code == 0
    assert "Sat 5 Oct 2024 09:30 (America/New_York)" in moved.err
    after = run("reminders", "--json", "--store", waiting).data
    assert {each["note"]: each["state"] for each in after if each["group"] == "done"} == {
        "done": "acknowledged",
        "missed": "acknowledged",
        "due": "cancelled",
        "today": "rescheduled",
    }
    later = [(each["note"], each["due"]) for each in after if each["group"] == "later"]
    assert ("today", "2024-10-05T13:30:00Z") in later


def test_one_that_comes_again(run: Run, waiting: Path) -> None:
    """Set in either way, listed with its rule, done, skipped and ended."""
    store = ("--store", waiting)
    set_ = run("reminders", "add", "2125550101", "--every", "Saturday 9", "--note", "again", "--json", *store)
    assert set_.err == "Reminder 6: every Saturday 09:00, first Sat 28 Sep 2024 09:00 (America/New_York).\n"
    assert set_.data["repeats"] == "DTSTART:20240928T090000\nRRULE:FREQ=WEEKLY;WKST=SA;BYDAY=SA"
    assert "↻ every Saturday 09:00" in run("reminders", *store).out
    done = run("reminders", "done", "6", *store)
    assert done.err == "It comes again Sat 5 Oct 2024 09:00 (America/New_York), as reminder 7.\n"
    skipped = run("reminders", "skip", "7", "--json", *store)
    assert (skipped.data["id"], skipped.data["wall"]) == (8, "2024-10-12T09:00:00")
    assert run("reminders", "cancel", "8", *store).err == "Cancelled.\n"
    assert not [each for each in run("reminders", "--json", *store).data if each["id"] > 8]
    words = run("reminders", "add", "2125550101", "every 15th at 10", *store).err
    assert "every month on day 15 10:00" in words
    called = ("follow-up", "2125550101", "--status", "call_back", "--remind", "weekdays 9")
    assert "every working day 09:00" in run(*called, *store).err
    for wrong, sentence in (
        (("--every", "9"), "every Sunday 09:00"),
        (("monthly 9",), "every month on day 9 09:00 or every month on day 28 09:00"),
        ((), "either WHEN, or --every"),
        (("tomorrow", "--every", "day"), "either WHEN, or --every"),
    ):
        refused = run("reminders", "add", "2125550101", *wrong, *store)
        assert (refused.code, refused.out) == (1, ""), wrong
        assert sentence in refused.err
    assert "does not come again" in run("reminders", "skip", "5", *store).err


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (("done", "999"), "You have no reminder 999."),
        (("cancel", "1"), "That reminder has ended already."),
        (("snooze", "2", "some day"), "“some day” is no moment"),
        (("snooze", "2", "yesterday 10"), "That time has passed"),
    ],
)
def test_what_cannot_be_done_is_refused(
    run: Run, waiting: Path, command: tuple[str, ...], sentence: str
) -> None:
    said = run("reminders", *command, "--store", waiting)
    assert (said.code, said.out) == (1, "")
    assert sentence in said.err


def test_ending_one_answers_in_json(run: Run, waiting: Path) -> None:
    pending = run("reminders", "--json", "--store", waiting).data[:3]
    done, cancelled, moved = (each["id"] for each in pending)
    said = run("reminders", "done", done, "--json", "--store", waiting)
    assert (said.data["id"], said.data["state"]) == (done, "acknowledged")
    said = run("--store", waiting, "reminders", "--json", "cancel", cancelled)
    assert (said.data["id"], said.data["state"]) == (cancelled, "cancelled")
    said = run("reminders", "snooze", moved, "+2d", "--json", "--store", waiting)
    assert said.data["id"] not in (done, cancelled, moved)
    assert said.data["state"] == "pending"
    assert said.data["due"] > pending[2]["due"]
    assert run("reminders", "done", said.data["id"], "--store", waiting).out == ""


def test_outside_of_the_call_windows_it_is_refused_or_done_anyway(run: Run, waiting: Path) -> None:
    store = ("--store", waiting)
    run("workspace", "windows", "Mon-Fri 9-18", *store)
    number = "+12125550101"
    for command in (
        ("reminders", "add", number, "tomorrow 10"),  # a Sunday
        ("follow-up", number, "--status", "call_back", "--remind", "tomorrow 10"),
        ("leads", "call", number),
    ):
        refused = run(*command, *store)
        assert (refused.code, refused.out) == (1, "")
        assert "outside the call windows, which open Mon 30 Sep 09:00." in refused.err
        assert refused.err.endswith("--anyway does it all the same.\n")
        assert run(*command, "--anyway", *store).code == 0
