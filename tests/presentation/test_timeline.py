"""Every kind of entry of a timeline says the same on screen and by the command line, as does its taking back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from session_making import NOON, make_session

from leadtui.domain.field import Answer, FieldKind
from leadtui.domain.lead import Activity, ActivityDetail, ActivityKind
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.timeline import Timeline
from leadtui.services.session import Session
from leadtui.services.undo import ASKED
from leadtui.tui.widgets.lead_panel import draw_timeline

TOMORROW = NOON + timedelta(days=1)
NEDA = 1

DONE: dict[ActivityKind, tuple[ActivityDetail, tuple[str, ...]]] = {
    ActivityKind.CREATED: (
        ActivityDetail(channel="Referral", source="a.csv", text="rang twice"),
        ("came in by Referral", "a.csv", "“rang twice”"),
    ),
    ActivityKind.TOUCHED: (
        ActivityDetail(channel="Referral", changes=(("city", "", "Boston"),)),
        ("came again by Referral", "City", "– → Boston"),
    ),
    ActivityKind.EDITED: (
        ActivityDetail(changes=(("name", "Mina S.", "Mina Sadeghi"),)),
        ("Name", "Mina S. → Mina Sadeghi"),
    ),
    ActivityKind.MERGED: (
        ActivityDetail(kept_name="Mina", lost_name="Mina S."),
        ("Mina S. was merged into Mina",),
    ),
    ActivityKind.STATUS_SET: (
        ActivityDetail(
            status_to="Call back",
            text="likes tea",
            owner_to_id=NEDA,
            reminder_at=TOMORROW,
            answers=(Answer(1, "seats", "Seats", FieldKind.NUMBER, "12"),),
        ),
        ("New →", "Call back", "Seats", "12", "to Neda Karimi", "reminder tomorrow 03:12", "“likes tea”"),
    ),
    ActivityKind.TRANSFERRED: (
        ActivityDetail(owner_to_id=NEDA, text="speaks Farsi"),
        ("to Neda Karimi", "“speaks Farsi”"),
    ),
    ActivityKind.RETURNED: (
        ActivityDetail(owner_to_id=NEDA, text="not my region"),
        ("returned", "to Neda Karimi", "“not my region”"),
    ),
    ActivityKind.NOTE: (ActivityDetail(text="likes tea"), ("“likes tea”",)),
    ActivityKind.CALL: (ActivityDetail(text="+12125550101", seconds=65), ("rang (212) 555-0101", "1:05")),
    ActivityKind.MESSAGE: (ActivityDetail(text="Greeting", source="sms"), ("SMS Greeting",)),
    ActivityKind.CONSENT: (ActivityDetail(text="refused", source="whatsapp"), ("WhatsApp", "refused")),
    ActivityKind.CASE: (
        ActivityDetail(case_kind="Résumé", case_act="moved", case_move="Approve", case_state="Approved"),
        ("Résumé", "Approve", "Approved"),
    ),
    ActivityKind.CALL_IN: (ActivityDetail(seconds=65), ("rang us", "1:05")),
    ActivityKind.CALL_OUT: (ActivityDetail(answered=False), ("was rung, no answer",)),
    ActivityKind.REMINDER_SET: (
        ActivityDetail(reminder_at=TOMORROW, text="papers"),
        ("reminder tomorrow 03:12", "“papers”"),
    ),
    ActivityKind.REMINDER_DONE: (
        ActivityDetail(reminder_was=TOMORROW),
        ("reminder of tomorrow 03:12 done",),
    ),
    ActivityKind.REMINDER_MOVED: (
        ActivityDetail(reminder_at=TOMORROW),
        ("reminder moved to tomorrow 03:12",),
    ),
    ActivityKind.REMINDER_CANCELLED: (
        ActivityDetail(reminder_was=TOMORROW),
        ("reminder of tomorrow 03:12 cancelled",),
    ),
    ActivityKind.REMINDER_SKIPPED: (
        ActivityDetail(
            reminder_was=TOMORROW,
            reminder_at=TOMORROW + timedelta(days=1),
            repeats="DTSTART:20240929T031200\nRRULE:FREQ=DAILY",
        ),
        ("reminder of tomorrow 03:12 skipped", "again Mon 30 Sep 03:12", "↻ every day 03:12"),
    ),
    ActivityKind.REMINDER_PASSED: (
        ActivityDetail(owner_to_id=NEDA),
        ("reminders passed on", "to Neda Karimi"),
    ),
    ActivityKind.ESCALATED: (
        ActivityDetail(reminder_was=TOMORROW, owner_to_id=NEDA),
        ("reminder of tomorrow 03:12 overdue", "to Neda Karimi"),
    ),
    ActivityKind.UNDONE: (ActivityDetail(), ("took back",)),
    ActivityKind.CALLS_FORBIDDEN: (
        ActivityDetail(text="asked us", source="+12125550101"),
        ("calls forbidden", "(212) 555-0101", "“asked us”"),
    ),
    ActivityKind.CALLS_ALLOWED: (
        ActivityDetail(status_from="Do not call", status_to="New"),
        ("calls allowed again", "Do not call → New"),
    ),
    ActivityKind.REPAIRED: (
        ActivityDetail(changes=(("phone", "+12125550102", "+12125550101"),), reminder_at=TOMORROW),
        ("put right what did not agree", "+12125550102 → +12125550101", "next reminder tomorrow 03:12"),
    ),
}
"""What each kind tells, and which words say it, whatever the front."""

TAKEN_BACK: dict[ActivityKind, tuple[ActivityDetail, tuple[str, ...]]] = {
    ActivityKind.EDITED: (
        ActivityDetail(changes=(("name", "Mina Sadeghi", "Mina S."),)),
        ("Name", "Mina Sadeghi → Mina S."),
    ),
    ActivityKind.MERGED: (
        ActivityDetail(lost_name="Mina S."),
        ("Mina S. is a customer of their own again",),
    ),
    ActivityKind.STATUS_SET: (
        ActivityDetail(status_from="Call back", owner_from_id=NEDA, reminder_was=TOMORROW),
        ("Call back →", "New", "left the cartable", "reminder of tomorrow 03:12 cancelled"),
    ),
    ActivityKind.TRANSFERRED: (ActivityDetail(owner_to_id=NEDA), ("to Neda Karimi",)),
    ActivityKind.NOTE: (ActivityDetail(), ("the note",)),
    ActivityKind.REMINDER_SET: (
        ActivityDetail(reminder_was=TOMORROW),
        ("reminder of tomorrow 03:12 cancelled",),
    ),
    ActivityKind.REMINDER_DONE: (
        ActivityDetail(reminder_at=TOMORROW),
        ("reminder tomorrow 03:12 is back",),
    ),
    ActivityKind.REMINDER_MOVED: (
        ActivityDetail(reminder_was=TOMORROW, reminder_at=TOMORROW + timedelta(days=9)),
        ("reminder of tomorrow 03:12 cancelled", "is back"),
    ),
    ActivityKind.REMINDER_CANCELLED: (
        ActivityDetail(reminder_at=TOMORROW),
        ("reminder tomorrow 03:12 is back",),
    ),
    ActivityKind.REMINDER_SKIPPED: (
        ActivityDetail(reminder_at=TOMORROW, reminder_was=TOMORROW + timedelta(days=1)),
        ("reminder tomorrow 03:12 is back", "cancelled"),
    ),
    ActivityKind.REMINDER_PASSED: (ActivityDetail(owner_to_id=NEDA), ("to Neda Karimi",)),
    ActivityKind.ESCALATED: (ActivityDetail(owner_to_id=NEDA), ("to Neda Karimi",)),
    ActivityKind.MESSAGE: (ActivityDetail(), ("the message",)),
    ActivityKind.CASE: (ActivityDetail(case_kind="Résumé"), ("Résumé",)),
    ActivityKind.CONSENT: (ActivityDetail(), ("what the customer said to messages",)),
    ActivityKind.CALLS_FORBIDDEN: (ActivityDetail(), ("calls are allowed again",)),
    ActivityKind.CALLS_ALLOWED: (ActivityDetail(), ("calls are forbidden again",)),
}
"""What the taking back of each kind tells beside *took back*, and which words say it."""


def on_screen(session: Session, activity: Activity) -> str:
    """The line of the open customer's timeline."""
    return "\n".join(line.plain for line in draw_timeline((activity,), Formatter(session), 300))


def by_command(session: Session, activity: Activity) -> str:
    """The line that `leadtui leads show` writes."""
    return Timeline(Formatter(session)).line(activity)


FRONTS = pytest.mark.parametrize("told", [on_screen, by_command])
Told = Callable[[Session, Activity], str]


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """A desk in English; nothing is written to it."""
    return make_session(tmp_path_factory.mktemp("desk"))


def entry(kind: ActivityKind, detail: ActivityDetail) -> Activity:
    """One thing that Neda did at noon."""
    return Activity(7, 1, kind, NOON, NEDA, detail)


@FRONTS
@pytest.mark.parametrize("kind", ActivityKind)
def test_what_was_done(kind: ActivityKind, told: Told, session: Session) -> None:
    detail, words = DONE[kind]
    line = told(session, entry(kind, detail))
    assert [each for each in words if each not in line] == [], line
    assert "Neda Karimi" in line
    taken_back = told(session, replace(entry(kind, detail), undone=True))
    assert [each for each in (*words, "taken back") if each not in taken_back] == [], taken_back


@FRONTS
@pytest.mark.parametrize("kind", TAKEN_BACK)
def test_what_was_taken_back(kind: ActivityKind, told: Told, session: Session) -> None:
    detail, words = TAKEN_BACK[kind]
    line = told(session, entry(ActivityKind.UNDONE, replace(detail, undoes_id=6, undoes_kind=kind.value)))
    assert [each for each in ("took back", *words) if each not in line] == [], line
    contrary = "calls allowed again", "calls forbidden"
    assert not any(each in line for each in contrary), line


@FRONTS
@pytest.mark.parametrize(
    "kind", [ActivityKind.REMINDER_DONE, ActivityKind.REMINDER_MOVED, ActivityKind.REMINDER_CANCELLED]
)
def test_what_a_reminder_is_about_is_told_once_when_it_is_set(
    kind: ActivityKind, told: Told, session: Session
) -> None:
    detail = replace(DONE[kind][0], text="papers")
    assert "papers" not in told(session, entry(kind, detail))


def test_every_step_that_can_be_taken_back_has_words() -> None:
    assert {*ASKED, ActivityKind.STATUS_SET, ActivityKind.NOTE} <= TAKEN_BACK.keys()
