"""Working a lead from ringing to the next, through the real program: what the screen shows and what the store holds."""

from __future__ import annotations

import shlex
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from desk_driving import NARROW, driven, refusing_disk
from session_making import MovingClock, add_lead, hire, make_session, status_of

from leadtui.domain.lead import ActivityKind, Lead
from leadtui.domain.reminder import ReminderKind
from leadtui.domain.retry import RetryPace, RetryRule
from leadtui.services import drafts, reminders
from leadtui.services.calls import calls_without_outcome
from leadtui.services.cartable import open_cartable
from leadtui.services.defining import save_status
from leadtui.services.drafts import NOTE_DRAFT, STATUS_DRAFT, open_drafts
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.leads import add_note, open_lead
from leadtui.services.session import Session
from leadtui.settings import Settings
from leadtui.tui import due_reminders
from leadtui.tui.dialogs.conflict_dialog import ConflictDialog
from leadtui.tui.dialogs.number_dialog import scan_code
from leadtui.tui.dialogs.status_dialog import StatusDialog
from leadtui.tui.widgets import draft_autosave


@pytest.fixture
def three(session: Session, clock: MovingClock) -> list[Lead]:
    """Three customers of mine; the first came in first and stands first in the cartable."""
    leads: list[Lead] = []
    for place, name in enumerate(("Adam Price", "Beth Stone", "Carl Meyer"), 1):
        clock.move(minutes=1)
        leads.append(add_lead(session, name, f"(212) 555-010{place}", mine=True))
    return leads


def now_of(session: Session, lead: Lead) -> Lead:
    return open_lead(session, lead.id).lead


# The worked example: an in-person meeting


@pytest.mark.parametrize("size", [NARROW, (140, 40)])
async def test_from_a_number_to_the_alert_in_the_holders_program(
    tmp_path: Path, clock: MovingClock, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due_reminders, "REMINDERS_EVERY", 0.05)
    session = make_session(tmp_path, "hesin-haseb", clock)
    holder = hire(session, "رضا امینی", "reza@example.com", clock)
    names = ("مینا صادقی", "بهرام نوری", "شیرین ملکی")
    mina, bahram, _shirin = (
        add_lead(session, name, f"0914300908{place}", mine=True) for place, name in enumerate(names, 7)
    )
    meeting = status_of(session, "in_person_meeting")
    async with driven(session, size=size) as driver:
        await driver.press("/")
        await driver.type("۰۹۱۴ ۳۰۰ ۹۰۸۷")
        await driver.press("enter")
        assert driver.open_name == mina.name
        await driver.press("s", "2")
        assert driver.shows("روز جلسه")
        await driver.type("شن")
        await driver.press("enter")
        await driver.type("۱۴۰۳/۰۷/۱۴")
        await driver.press("enter")
        await driver.type("10")
        await driver.press("enter")
        await driver.type("رضا")
        await driver.press("enter")
        await driver.type("1403/07/14 9:30")
        assert open_lead(session, mina.id).lead == mina
        await driver.press("ctrl+s")

        opened = open_lead(session, mina.id)
        due = datetime(2024, 10, 5, 6, 0, tzinfo=UTC)
        assert opened.lead.status_id == meeting.id
        assert (opened.lead.owner_id, opened.lead.next_at) == (holder.actor.id, due)
        (reminder,) = opened.pending
        assert (reminder.owner_id, reminder.due, reminder.zone) == (holder.actor.id, due, "Asia/Tehran")
        step = opened.timeline[0]
        assert (step.kind, step.actor_id) == (ActivityKind.STATUS_SET, session.actor.id)
        assert [(each.key, each.value) for each in step.detail.answers] == [
            ("day", 5),
            ("date", "2024-10-05"),
            ("time", "10:00"),
        ]
        assert drafts.find_draft(session, STATUS_DRAFT, mina.id) is None

        # The next one is open by itself, and the queue no longer has her.
        assert (driver.open_name, driver.focused) == (bahram.name, "cartable")
        await driver.until(lambda: driver.screen.cartable.table.row_count == 2)
        assert driver.alert is None
    async with driven(holder, size=size) as driver:
        assert driver.open_name == mina.name
        assert driver.screen.cartable.table.row_count == 1
        assert driver.alert is None
        clock.now = due - timedelta(seconds=1)
        driver.app.due_reminders.look()
        await driver.settled()
        assert driver.alert is None
        clock.move(seconds=1)
        await driver.until(lambda: driver.alert is not None, "the alert")
        assert driver.shows(f"{mina.name}   دیرکرد ◷")
        assert driver.app.rung == 1
        assert driver.focused == "cartable"
    for each in (session, holder):
        each.close()


# Saving


async def test_a_status_in_two_keys_and_the_next_one_opens(session: Session, three: list[Lead]) -> None:
    no_answer = status_of(session, "no_answer")
    async with driven(session) as driver:
        await driver.press("s", "1")
        assert driver.app.screen is driver.screen
        assert driver.open_name == "Beth Stone"
        assert driver.told() == [
            "Adam Price: ○ No answer, attempt 1 of 5, next today 13:00. Now open: Beth Stone; u takes the step back."
        ]
        assert now_of(session, three[0]).status_id == no_answer.id
        await driver.press("s", "1")
        assert driver.open_name == "Carl Meyer"
        await driver.press("s", "1")
        assert now_of(session, three[2]).status_id == no_answer.id
        assert driver.open_name != "Carl Meyer"


@pytest.mark.parametrize("size", [NARROW, (140, 40)])
async def test_next_stays_with_who_came_by_itself(
    session: Session, three: list[Lead], size: tuple[int, int]
) -> None:
    async with driven(session, size=size) as driver:
        await driver.press("s", "1")
        assert driver.lines()[-1].strip().startswith("Now open: Beth Stone  u takes back")
        await driver.press("n")
        assert driver.open_name == "Beth Stone"
        assert driver.told()[-1].startswith("Beth Stone is the next one, opened by itself")
        assert "Now open" not in driver.lines()[-1]
        await driver.press("n")
        assert driver.open_name == "Carl Meyer"
        # Whoever the person has turned to did not merely come by itself.
        await driver.press("s", "1", "r", "escape")
        came = driver.open_name
        await driver.press("n")
        assert driver.open_name != came


async def test_no_answer_in_one_key_plans_the_next_attempt(
    session: Session, three: list[Lead], clock: MovingClock
) -> None:
    no_answer = status_of(session, "no_answer")
    rule = RetryRule(RetryPace.OTHER_TIME, after_minutes=60)
    save_status(session, replace(no_answer, retry=rule), no_answer)
    async with driven(session) as driver:
        await driver.press("s", "1", "N")
        assert driver.open_name == "Adam Price"
        assert driver.shows("next: next attempt")
        assert driver.shows("1 attempt, the last today")
        assert driver.shows("○ No answer  attempt 1")
        clock.now = now_of(session, three[0]).next_at or clock.now
        clock.move(minutes=30)
        driver.screen.cartable.load()
        await driver.settled()
        assert driver.shows("↻ try again")
        assert driver.shows("2 overdue 0")
        await driver.press("s", "1", "N")
        assert driver.shows("No answer ×2")
        assert driver.alert is None


async def test_the_key_of_the_footer_takes_the_step_back(session: Session, three: list[Lead]) -> None:
    async with driven(session) as driver:
        await driver.press("s", "1")
        await driver.click_words("takes back", line=-1)
        assert driver.open_name == "Adam Price"
        assert now_of(session, three[0]).status_id == three[0].status_id
        assert "Now open" not in driver.lines()[-1]


async def test_a_promise_that_was_gone_past_comes_again_first(
    session: Session, three: list[Lead], clock: MovingClock
) -> None:
    for lead in three[:2]:
        reminders.set_reminder(session, lead.id, clock() + timedelta(minutes=5), promised=True)
        clock.move(minutes=1)
    clock.move(hours=1)
    async with driven(session) as driver:
        await driver.press("s", "1", "n", "n")
        assert driver.open_name == "Carl Meyer"
        await driver.press("s", "1")
        assert driver.open_name == "Beth Stone"
        await driver.press("s", "1")
        # Nothing is promised any more.
        assert driver.open_name != "Beth Stone"


async def test_next_free_stays_with_who_came_by_itself(session: Session) -> None:
    leads = [add_lead(session, name) for name in ("Dora Bell", "Emil Kahn", "Fay Ross")]
    async with driven(session) as driver:
        await driver.press("home", "s", "1")
        came = driver.screen.current_lead
        await driver.press(";")
        assert driver.screen.current_lead == came
        await driver.press(";")
        assert driver.screen.current_lead not in (came, leads[-1].id)


async def test_keys_typed_ahead_reach_the_dialog_they_are_meant_for(
    session: Session, three: list[Lead]
) -> None:
    async with driven(session) as driver:
        driver.send("s", "1")
        await driver.settled()
        assert now_of(session, three[0]).status_id == status_of(session, "no_answer").id
        driver.send("m", "n", "1", "b")
        await driver.settled()
        assert driver.shows("Beth Stone · note")
        assert driver.shows(" n1b ")


@pytest.mark.usefixtures("three")
async def test_keys_that_waited_come_before_those_behind_them(session: Session) -> None:
    async with driven(session) as driver:
        with driver.app.input_queue.held():
            driver.send("m", "x")
            await driver.pilot.pause()
            assert driver.app.screen is driver.screen
            driver.send("y", "z")
        await driver.settled()
        assert driver.shows(" xyz ")


async def test_keys_typed_while_a_step_is_saved_wait_for_the_next_customer(
    session: Session, three: list[Lead]
) -> None:
    async with driven(session) as driver:
        await driver.press("s")
        with session.store.write():
            # Somebody else is writing: the step has to wait.
            driver.send("1")
            await driver.reached(lambda: driver.app.screen is driver.screen)
            driver.send("s", "2")
            await driver.pilot.pause()
            assert driver.app.screen is driver.screen
            assert driver.open_name in ("Adam Price", "Carl Meyer"), "as the table stood when it was saved"
        await driver.settled()
        assert now_of(session, three[0]).status_id == status_of(session, "no_answer").id
        assert now_of(session, three[1]).status_id == status_of(session, "voicemail").id
        assert driver.open_name == "Carl Meyer"


async def test_a_colleague_changes_the_lead_meanwhile(
    session: Session, three: list[Lead], clock: MovingClock
) -> None:
    reza = hire(session, "Reza Amini", "reza@example.com", clock)
    async with driven(session) as driver:
        await driver.press("s", "3")
        await driver.type("tomorrow 10")
        await driver.press("enter")
        await driver.type("after the fair")
        # A note of his is news of nothing that this step rests on.
        add_note(reza, three[0].id, "rang in")
        await driver.press("ctrl+s")
        after = open_lead(session, three[0].id)
        assert after.lead.status_id == status_of(session, "call_back").id
        assert after.timeline[0].detail.text == "after the fair"
        assert driver.open_name == "Beth Stone"
        # A status of his is: both stand side by side, and what was typed is there on the way back.
        await driver.press("s", "3")
        await driver.type("tomorrow 10")
        await driver.press("enter")
        await driver.type("rings back")
        clock.move(minutes=4)
        set_status(reza, SetStatus(three[1].id, None, status_of(reza, "no_answer").id))
        driver.app.look_again()
        await driver.settled()
        await driver.press("ctrl+s")
        assert isinstance(driver.app.screen, ConflictDialog)
        assert driver.shows("Reza Amini set No answer on Beth Stone at 03:")
        assert driver.shows("Call back")
        await driver.press("escape")
        assert isinstance(driver.app.screen, StatusDialog)
        assert driver.shows("rings back")
        # It was told: now it may be saved over his.
        await driver.press("ctrl+s")
        assert now_of(session, three[1]).status_id == status_of(session, "call_back").id
        # His attempt was planned for today, so that whoever comes tomorrow stood below her.
        assert driver.open_name == "Adam Price"
        await driver.press("home")
        # And here his status stays with the attempt that it plans, and my note beside it.
        assert driver.open_name == "Carl Meyer"
        await driver.press("s", "3")
        await driver.type("tomorrow 10")
        await driver.press("enter")
        await driver.type("my note")
        clock.move(minutes=4)
        set_status(reza, SetStatus(three[2].id, None, status_of(reza, "no_answer").id))
        await driver.press("ctrl+s")
        await driver.press("right", "down", "right", "enter")
        opened = open_lead(session, three[2].id)
        assert opened.lead.status_id == status_of(session, "no_answer").id
        assert opened.timeline[0].detail.text == "my note"
        assert [each.kind for each in opened.pending] == [ReminderKind.ATTEMPT]
        assert open_drafts(session) == ()
    reza.close()


async def test_a_disk_that_refuses_brings_the_dialog_back(session: Session, three: list[Lead]) -> None:
    before = open_lead(session, three[0].id)
    async with driven(session) as driver:
        await driver.press("s", "3")
        await driver.type("tomorrow 10")
        await driver.press("enter")
        await driver.type("after the fair")
        with refusing_disk():
            await driver.press("ctrl+s")
            assert isinstance(driver.app.screen, StatusDialog)
            assert driver.shows_wrapped("nothing was saved")
            assert driver.shows("tomorrow 10")
            assert driver.shows("after the fair")
            assert open_lead(session, three[0].id) == before
        await driver.press("ctrl+s")
        assert open_lead(session, three[0].id).timeline[0].detail.text == "after the fair"
        assert driver.open_name == "Beth Stone"


async def test_keys_behind_a_refused_save_are_dropped(session: Session, three: list[Lead]) -> None:
    async with driven(session) as driver:
        await driver.press("s", "down", "enter")
        await driver.type("one")
        with refusing_disk():
            with session.store.write():
                driver.send("ctrl+s")
                await driver.reached(lambda: driver.app.screen is driver.screen)
                driver.send("n", "s", "9")
                await driver.pilot.pause()
            await driver.settled()
        assert isinstance(driver.app.screen, StatusDialog)
        assert driver.shows("Adam Price · status")
        assert driver.shows(" one ")
        assert not driver.shows("one9")
        assert now_of(session, three[0]).status_id is None


async def test_what_is_typed_into_the_status_dialog_comes_back(session: Session, three: list[Lead]) -> None:
    async with driven(session) as driver:
        await driver.press("s", "3")
        await driver.type("tomorrow 10")
        await driver.press("escape")
        assert now_of(session, three[0]) == three[0]
        await driver.press("n", "s")
        assert driver.shows("Beth Stone · status")
        assert not driver.shows(" tomorrow 10 ")
        await driver.press("escape", "N", "s")
        assert driver.shows(" tomorrow 10 ")
    async with driven(session) as driver:
        await driver.press("s")
        assert driver.shows(" tomorrow 10 ")


async def test_work_goes_on_where_the_table_was_left(session: Session, three: list[Lead]) -> None:
    other = add_lead(session, "Zoe Quick", "(212) 555-0177")
    async with driven(session) as driver:
        await driver.press("n", "ctrl+p")
        await driver.type("zoe")
        await driver.until(lambda: driver.shows("Zoe Quick  (212) 555-0177"))
        await driver.press("enter")
        assert driver.open_name == "Zoe Quick"
        await driver.press("s", "1")
        assert now_of(session, other).status_id == status_of(session, "no_answer").id
        assert driver.open_name == "Beth Stone"


# Notes


async def test_a_note(session: Session, three: list[Lead]) -> None:
    async with driven(session) as driver:
        await driver.press("m")
        await driver.type("می\u200cخواهد")
        await driver.press("enter")
        await driver.type("two lines")
        await driver.press("ctrl+s")
        entry = open_lead(session, three[0].id).timeline[0]
        assert (entry.kind, entry.detail.text) == (ActivityKind.NOTE, "می\u200cخواهد\ntwo lines")
        assert driver.open_name == "Adam Price"
        await driver.until(lambda: driver.shows("two lines”"))
        assert drafts.find_draft(session, NOTE_DRAFT, three[0].id) is None


async def test_what_is_typed_into_the_status_dialog_outlives_the_program(
    session: Session, three: list[Lead], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft_autosave, "KEEP_AFTER", 3600)
    async with driven(session) as driver:
        await driver.press("s", "3")
        await driver.type("tomorrow 10")
        await driver.pilot.press("ctrl+q")
    draft = drafts.find_draft(session, STATUS_DRAFT, three[0].id)
    assert draft is not None
    assert draft.texts["remind"] == "tomorrow 10"
    async with driven(session) as driver:
        assert driver.shows("Adam Price · status · at ")
        await driver.press("enter")
        assert driver.shows(" tomorrow 10 ")


async def test_an_empty_note_is_refused(session: Session, three: list[Lead]) -> None:
    async with driven(session) as driver:
        await driver.press("m", "space", "ctrl+s")
        assert driver.shows("The note is empty.")
        await driver.press("escape")
        assert len(open_lead(session, three[0].id).timeline) == 1


async def test_a_note_left_with_escape_is_kept_as_a_draft(session: Session, three: list[Lead]) -> None:
    async with driven(session) as driver:
        await driver.press("m")
        await driver.type("half a")
        await driver.press("escape")
        assert draft_of(session, three[0]) == "half a"
        await driver.press("n", "m")
        assert not driver.shows("half a")
        await driver.press("escape", "N", "m")
        assert driver.shows("half a")
        await driver.type(" note")
        await driver.press("ctrl+s")
        assert open_lead(session, three[0].id).timeline[0].detail.text == "half a note"


async def test_a_note_outlives_the_program(
    session: Session, three: list[Lead], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft_autosave, "KEEP_AFTER", 3600)
    async with driven(session) as driver:
        await driver.press("m")
        await driver.pilot.press(*"half", "space", "a", "ctrl+q")
    assert draft_of(session, three[0]) == "half a"
    async with driven(session) as driver:
        await driver.press("enter")
        assert driver.shows("half a")
        await driver.press(*["backspace"] * len("half a"), "escape")
        assert drafts.find_draft(session, NOTE_DRAFT, three[0].id) is None


async def test_a_refused_note_comes_back(session: Session, three: list[Lead]) -> None:
    async with driven(session) as driver:
        await driver.press("m")
        await driver.type("asked for papers")
        with refusing_disk():
            await driver.press("ctrl+s")
            assert driver.shows("Adam Price · note")
            assert driver.shows_wrapped("nothing was saved")
            assert driver.shows("asked for papers")
        await driver.press("ctrl+s")
        assert open_lead(session, three[0].id).timeline[0].detail.text == "asked for papers"


# Calls


async def test_a_call_goes_on_above_the_desk_and_ends_in_the_status(
    session: Session, three: list[Lead], clock: MovingClock
) -> None:
    begun = session.now()
    async with driven(session) as driver:
        await driver.press("c")
        assert driver.app.screen is driver.screen
        assert driver.shows("☎ 0:00  Adam Price  (212) 555-0101")
        clock.move(seconds=72)
        await driver.until(lambda: driver.shows("☎ 1:12"))
        # Every key does what it does otherwise: none of them ends the call.
        await driver.press("space", "enter", "escape", "escape", "n", "l", "escape", "tab", "tab")
        assert driver.open_name != "Adam Price"
        assert driver.screen.call is not None
        assert not driver.shows("while you talk")
        await driver.press("c")
        assert isinstance(driver.app.screen, StatusDialog)
        assert driver.shows("the call took 1:12")
        entry = open_lead(session, three[0].id).timeline[0]
        assert (entry.kind, entry.detail.text, entry.detail.seconds) == (
            ActivityKind.CALL,
            "+12125550101",
            72,
        )
        assert (entry.at, now_of(session, three[0]).contacted_at) == (begun, begun)
        await driver.press("1")
        assert now_of(session, three[0]).status_id == status_of(session, "no_answer").id
        assert driver.screen.call is None
        assert not driver.shows("☎ 1:12  Adam")


async def test_what_is_noted_while_one_talks_is_the_note_of_the_status(
    session: Session, three: list[Lead], clock: MovingClock
) -> None:
    async with driven(session, size=NARROW) as driver:
        await driver.press("c")
        assert driver.shows("Note, while you talk")
        assert driver.shows("came in by Website form")
        await driver.press("m")
        await driver.type("drives, c and Y")
        assert driver.screen.call is not None
        await driver.press("escape", "s")
        assert driver.shows("drives, c and Y")
        # The person wrote it a moment ago: nothing is told of a draft.
        assert not driver.shows("◔ draft")
        await driver.press("escape")
        # The status was left, the call goes on.
        assert driver.screen.call is not None
        await driver.press("m", "end")
        await driver.type("!")
        await driver.press("f8", "1")
        assert [each.detail.text for each in open_lead(session, three[0].id).timeline[:2]] == [
            "drives, c and Y!",
            "+12125550101",
        ]
        assert open_drafts(session) == ()


async def test_a_status_that_is_saved_while_one_talks_ends_the_call(
    session: Session, three: list[Lead], clock: MovingClock
) -> None:
    async with driven(session) as driver:
        await driver.press("c")
        clock.move(seconds=30)
        await driver.press("s", "1")
        assert driver.screen.call is None
        kinds = {each.kind: each.detail.seconds for each in open_lead(session, three[0].id).timeline}
        assert kinds[ActivityKind.CALL] == 30
        assert calls_without_outcome(session) == ()


async def test_a_call_without_an_outcome_is_counted_and_asked_for_again(
    session: Session, three: list[Lead], clock: MovingClock
) -> None:
    async with driven(session) as driver:
        await driver.press("c")
        clock.move(seconds=5)
        await driver.press("c", "escape")
        assert driver.told()[-1] == "Adam Price: no outcome yet. h asks for it again."
        assert driver.shows("h ☎ 1 no outcome")
        assert driver.shows("☎ no outcome yet")
        assert open_lead(session, three[0].id).timeline[0].detail.seconds == 5
    async with driven(session) as driver:
        assert driver.shows("Adam Price · no outcome yet")
        await driver.press("escape")
        driver.app.open_lead(three[1].id)
        await driver.press("h")
        assert driver.shows("Adam Price · status · no outcome yet")
        await driver.press("1")
        assert not driver.shows("no outcome")
        await driver.press("h")
        assert driver.told()[-1] == "Every call of yours has an outcome."
        # A step that is taken back said nothing of it.
        await driver.press("u")
        assert driver.shows("1 no outcome")


async def test_a_customer_without_a_number_cannot_be_rung(session: Session) -> None:
    add_lead(session, "By Mail", email="mail@example.com", mine=True)
    async with driven(session) as driver:
        await driver.press("c", "y", "Y")
        assert driver.told() == ["This customer has no number to ring."] * 3
        await driver.press("m")
        assert driver.shows("By Mail · note")


async def test_the_other_number_is_shown_and_rung(session: Session, clock: MovingClock) -> None:
    lead = add_lead(session, "Two Phones", "(212) 555-0111", "(212) 555-0112 ext. 7", mine=True)
    async with driven(session) as driver:
        await driver.press("y")
        assert driver.app.clipboard == "+12125550111"
        await driver.press("c")
        clock.move(seconds=9)
        await driver.press("Y")
        code = "\n".join(line.strip(" │") for line in driver.lines())
        assert all(row.strip() in code for row in scan_code("tel:+12125550111").splitlines())
        await driver.press("n")
        assert driver.shows("(212) 555-0112  ext. 7")
        await driver.press("enter")
        assert driver.shows("☎ 0:00  Two Phones  (212) 555-0112 ext. 7")
        await driver.press("y")
        assert driver.app.clipboard == "+12125550112"
        await driver.press("c", "escape")
        calls = [each.detail for each in open_lead(session, lead.id).timeline[:2]]
        assert {each.text: each.seconds for each in calls} == {"+12125550111": 9, "+12125550112": 0}


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ('printf "%s" "$*" > {file}', "The telephone rings."),
        ('printf "%s" "$*" > {file}; exit 3', "not dialled"),
    ],
)
async def test_the_dial_command(
    session: Session, three: list[Lead], tmp_path: Path, script: str, says: str
) -> None:
    rung, dial = tmp_path / "rung file", tmp_path / "dial it"
    dial.write_text("#!/bin/sh\n" + script.format(file=shlex.quote(str(rung))) + "\n")
    dial.chmod(0o755)
    async with driven(session, settings=Settings(dial=f"{shlex.quote(str(dial))} --to {{number}}")) as driver:
        await driver.press("c")
        await driver.until(lambda: driver.shows(says))
        assert rung.read_text() == "--to +12125550101"
        await driver.press("c")
        assert open_lead(session, three[0].id).timeline[0].kind is ActivityKind.CALL


async def test_a_dial_command_that_is_not_there(session: Session, three: list[Lead], tmp_path: Path) -> None:
    async with driven(session, settings=Settings(dial=str(tmp_path / "none"))) as driver:
        await driver.press("c")
        await driver.until(lambda: driver.shows("not dialled"))
        assert driver.told()[-1].startswith("The dial command cannot be run")
        assert driver.open_name == three[0].name


async def test_a_call_that_cannot_be_noted_still_leads_to_the_status(
    session: Session, three: list[Lead]
) -> None:
    async with driven(session) as driver:
        await driver.press("c")
        with refusing_disk():
            await driver.press("c")
            assert isinstance(driver.app.screen, StatusDialog)
            assert driver.shows_wrapped("nothing was saved")
        assert len(open_lead(session, three[0].id).timeline) == 1


# The status, with the history in view


@pytest.mark.parametrize("size", [NARROW, (120, 40), (160, 50)])
async def test_the_timeline_stays_in_view_while_one_sets_a_status(
    session: Session, three: list[Lead], size: tuple[int, int]
) -> None:
    add_note(session, three[0].id, "asked for papers")
    async with driven(session, size=size) as driver:
        await driver.press("s")
        empty = size[1] - driver.app.screen.query_one("#dialog").region.height
        assert driver.shows("asked for papers")
        await driver.press("3")
        assert driver.shows("asked for papers")
        assert driver.shows("promised to the customer")
        assert empty >= size[1] // 2 or size == NARROW


async def test_a_kept_draft_is_offered_and_takes_no_key(session: Session, three: list[Lead]) -> None:
    async with driven(session) as driver:
        await driver.press("s", "3")
        await driver.type("tomorrow 10")
        await driver.press("escape", "s")
        assert driver.shows("◔ draft of")
        await driver.press("3")
        await driver.press("escape", "s", "enter")
        assert driver.shows("tomorrow 10")
        await driver.press("ctrl+s")
        assert now_of(session, three[0]).next_at is not None


async def test_what_is_undone_is_offered_again(session: Session, three: list[Lead]) -> None:
    async with driven(session) as driver:
        await driver.press("s", "3")
        await driver.type("tomorrow 10")
        await driver.press("enter")
        await driver.type("after his exams")
        await driver.press("ctrl+s")
        due = now_of(session, three[0]).next_at
        assert due is not None
        await driver.press("u", "s")
        assert driver.shows("after his exams")
        await driver.press("ctrl+s")
        assert now_of(session, three[0]).next_at == due
        assert open_lead(session, three[0].id).timeline[0].detail.text == "after his exams"
        assert open_drafts(session) == ()


async def test_an_offered_reminder_is_saved_unless_it_is_taken_out(
    session: Session, three: list[Lead]
) -> None:
    async with driven(session) as driver:
        await driver.press("s", "5")
        await driver.type("tomorrow\t10:30\t\tNeda\t")
        await driver.press("ctrl+s")
        due = now_of(session, three[0]).next_at
        assert due is not None
        assert due.astimezone(UTC).minute == 0


# Reminders


async def test_a_reminder_is_set(session: Session, three: list[Lead]) -> None:
    async with driven(session) as driver:
        await driver.press("r")
        await driver.type("+2d")
        assert driver.shows("▲ Mon 30 Sep 2024 03:15")
        await driver.press("tab")
        await driver.type("the contract")
        await driver.press("tab", "space")
        assert driver.shows("■ promised to the customer")
        await driver.press("enter")
        (pending,) = open_lead(session, three[0].id).pending
        assert (pending.due, pending.note) == (session.now() + timedelta(days=2), "the contract")
        assert pending.kind is ReminderKind.CALLBACK
        assert driver.told() == ["You will be reminded Mon 30 Sep 03:15."]
        assert driver.open_name == "Adam Price"


@pytest.mark.parametrize(
    ("typed", "says"),
    [("", "Type when, such as tomorrow 10."), ("whenever", "Not understood"), ("yesterday", "has passed")],
)
async def test_a_time_that_is_none_is_refused(
    session: Session, three: list[Lead], typed: str, says: str
) -> None:
    async with driven(session) as driver:
        await driver.press("r")
        await driver.type(typed)
        await driver.press("enter")
        assert driver.shows(says)
        assert driver.focused == "when"
        await driver.press("escape")
        assert open_lead(session, three[0].id).pending == ()


async def test_a_refused_reminder_comes_back(session: Session, three: list[Lead]) -> None:
    async with driven(session) as driver:
        await driver.press("r")
        await driver.type("tomorrow 10")
        await driver.press("tab")
        await driver.type("papers")
        with refusing_disk():
            await driver.press("enter")
            assert driver.shows_wrapped("nothing was saved")
            assert driver.shows("tomorrow 10")
            assert driver.shows("papers")
        await driver.press("enter")
        assert [each.note for each in open_lead(session, three[0].id).pending] == ["papers"]


async def test_a_final_status_takes_the_customer_out_of_the_cartable(
    session: Session, three: list[Lead]
) -> None:
    reminders.set_reminder(session, three[0].id, session.now() + timedelta(hours=3))
    async with driven(session) as driver:
        while driver.open_name != "Adam Price":
            await driver.press("down")
        await driver.press("s", "9")
        await driver.type("asked us to stop")
        await driver.press("ctrl+s")
        await driver.until(lambda: driver.screen.cartable.table.row_count == 2)
    assert open_cartable(session).order.count(three[0].id) == 0
    assert open_lead(session, three[0].id).pending == ()


def draft_of(session: Session, lead: Lead) -> str | None:
    """What the note dialog has kept."""
    draft = drafts.find_draft(session, NOTE_DRAFT, lead.id)
    return draft.texts[NOTE_DRAFT] if draft else None
