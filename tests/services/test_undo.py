"""Taking back: the last step goes whole, by a new entry, and not once somebody has moved the lead on."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Generator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from amounts import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from session_making import MovingClock, add_lead, book_demo, hire, make_session, status_of

from leadtui.domain.lead import ActivityKind, Lead
from leadtui.domain.permission import AGENT_PROFILE
from leadtui.domain.reminder import ReminderState
from leadtui.errors import NotFound, Refused
from leadtui.presentation.errors import sentence
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.undo import undone_sentence
from leadtui.services import do_not_call, leads, reminders
from leadtui.services.colleagues import change_colleague
from leadtui.services.editing import EditLead, edit_lead
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.importing.running import import_files
from leadtui.services.lead_merge import merge
from leadtui.services.session import Session
from leadtui.services.undo import NotTakenBack, Undone, last_undoable, undo
from leadtui.store import journal
from leadtui.store import reminders as reminder_rows
from leadtui.store.connection import WorkspaceConnection


@dataclass(slots=True)
class Office:
    """Neda's desk and Reza's on one store, with one customer of Neda's."""

    mine: Session
    his: Session
    clock: MovingClock
    lead_id: int
    folder: Path

    @property
    def lead(self) -> Lead:
        return leads.open_lead(self.mine, self.lead_id).lead

    def book(self, session: Session | None = None, to: Session | None = None) -> Lead:
        """A demo is booked, which gives the customer to Reza with a reminder in three days."""
        return book_demo(session or self.mine, self.lead_id, (to or self.his).actor.id)

    def call_back(self, session: Session | None = None, hours: float = 2) -> Lead:
        """To be rung again in two hours, which the customer was promised."""
        session = session or self.mine
        lead = leads.open_lead(session, self.lead_id).lead
        due = session.now() + timedelta(hours=hours)
        return set_status(
            session, SetStatus(lead.id, lead.version, status_of(session, "call_back").id, remind_at=due)
        )

    def state(self) -> tuple[Any, ...]:
        """Everything that a step can change: the lead but its version, and every pending reminder."""
        with self.mine.store.read() as connection:
            rows = connection.exec_driver_sql("SELECT * FROM lead WHERE id = ?", (self.lead_id,)).mappings()
            row = {key: value for key, value in rows.one().items() if key != "version"}
            pending = connection.exec_driver_sql(
                "SELECT id, owner_id, due, wall, zone, kind, note FROM reminder WHERE state = 'pending' ORDER BY id"
            )
            numbers = connection.exec_driver_sql("SELECT e164, position FROM lead_number ORDER BY e164")
            return row, [tuple(each) for each in pending], [tuple(each) for each in numbers]


def told(session: Session, undone: Undone) -> str:
    """The line that says what was taken back."""
    return undone_sentence(undone, Formatter(session))


def make_office(folder: Path) -> Office:
    clock = MovingClock()
    mine = make_session(folder, clock=clock)
    his = hire(mine, "Reza Amini", "reza@example.com", clock)
    mine.reload_definitions()
    lead = add_lead(mine, "Mina Sadeghi", "+1 212 555 0101", mine=True)
    return Office(mine, his, clock, lead.id, folder)


@pytest.fixture
def office(tmp_path: Path) -> Generator[Office]:
    made = make_office(tmp_path)
    yield made
    made.mine.close()
    made.his.close()


def test_a_step_goes_whole_by_a_new_entry(office: Office) -> None:
    office.call_back()
    before = office.state()
    office.clock.move(minutes=5)
    office.book()
    undone = undo(office.mine)
    assert office.state() == before
    assert told(office.mine, undone) == (
        "Taken back: Mina Sadeghi – Demo booked → Call back; owner Reza Amini → you; "
        "reminder Tue 1 Oct 03:17 cancelled; reminder today 05:12 is back"
    )
    newest, taken, _earlier = leads.open_lead(office.mine, office.lead_id).timeline[:3]
    assert (newest.kind, newest.detail.undoes_id) == (ActivityKind.UNDONE, taken.id)
    assert taken.undone
    assert not newest.undone
    assert taken.detail.answers
    with office.mine.store.read() as connection:
        marks = connection.exec_driver_sql("SELECT undone_at FROM follow_up ORDER BY id").scalars().all()
    assert [each is not None for each in marks] == [False, True]


def test_u_again_goes_one_further_back_until_nothing_is_left(office: Office) -> None:
    first = office.state()
    leads.add_note(office.mine, office.lead_id, "likes tea")
    office.call_back()
    reminders.set_reminder(office.mine, office.lead_id, office.clock.now + timedelta(days=1), "cake")
    for said in ("reminder tomorrow", "Call back → New", "note “likes tea”"):
        assert said in told(office.mine, undo(office.mine))
    assert office.state() == first
    with pytest.raises(NotFound, match="nothing of yours"):
        undo(office.mine)


def test_a_call_is_a_fact_and_stays(office: Office) -> None:
    office.call_back()
    office.clock.move(minutes=5)
    rung_at = office.clock.now
    leads.log_call(office.mine, office.lead_id, "+12125550101", rung_at, 42)
    undo(office.mine)
    after = leads.open_lead(office.mine, office.lead_id)
    assert after.lead.status_id is None
    assert after.lead.contacted_at == rung_at
    assert [each.undone for each in after.timeline if each.kind is ActivityKind.CALL] == [False]


def test_not_once_somebody_has_moved_the_lead_on(office: Office) -> None:
    office.book()
    office.clock.move(minutes=9)
    office.call_back(office.his)
    before = office.state()
    with pytest.raises(NotTakenBack) as refused:
        undo(office.mine)
    assert sentence(refused.value, Formatter(office.mine)) == (
        "Reza Amini set Call back on Mina Sadeghi at 03:21. Your step before it can no longer be taken back."
    )
    assert office.state() == before
    undo(office.his)
    undo(office.mine)
    assert office.lead.status_id is None


def test_not_once_an_import_has_changed_it(office: Office) -> None:
    office.call_back()
    sheet = office.folder / "fair.csv"
    sheet.write_text("Name,Phone,City\nMina Sadeghi,+1 212 555 0101,Boston\n")
    import_files(office.mine, [sheet])
    with pytest.raises(NotTakenBack) as refused:
        undo(office.mine)
    assert "The import of fair.csv changed Mina Sadeghi at 03:12." in sentence(
        refused.value, Formatter(office.mine)
    )


def test_what_others_only_added_is_in_nobodys_way(office: Office) -> None:
    office.book()
    leads.add_note(office.his, office.lead_id, "rang in")
    kept = reminders.set_reminder(office.his, office.lead_id, office.clock.now + timedelta(days=9))
    leads.log_call(office.his, office.lead_id, "+12125550101", office.clock.now, 3)
    undo(office.mine)
    opened = leads.open_lead(office.mine, office.lead_id)
    assert (opened.lead.status_id, opened.lead.owner_id) == (None, office.mine.actor.id)
    assert [each.id for each in opened.pending] == [kept]


def test_a_reminder_of_the_step_that_somebody_did_stays_done(office: Office) -> None:
    office.book()
    (told,) = leads.open_lead(office.his, office.lead_id).pending
    reminders.acknowledge(office.his, told.id)
    undo(office.mine)
    with office.mine.read() as tx:
        kept = reminder_rows.get(tx, told.id)
    assert kept is not None
    assert (kept.state, kept.ended_by) == (ReminderState.ACKNOWLEDGED, office.his.actor.id)
    assert office.lead.owner_id == office.mine.actor.id


def test_a_reminder_of_the_step_that_somebody_moved_is_theirs(office: Office) -> None:
    office.book()
    (told,) = leads.open_lead(office.his, office.lead_id).pending
    reminders.snooze(office.his, told.id, office.clock.now + timedelta(days=5))
    with pytest.raises(NotTakenBack) as refused:
        undo(office.mine)
    assert "Reza Amini moved the reminder of Mina Sadeghi at 03:12" in sentence(
        refused.value, Formatter(office.mine)
    )


def test_another_day_asks_first(office: Office) -> None:
    office.call_back()
    office.clock.move(days=1)
    with pytest.raises(NotTakenBack) as asked:
        undo(office.mine)
    assert "Your last step: Mina Sadeghi – Call back, on " in sentence(asked.value, Formatter(office.mine))
    assert asked.value.asks
    undo(office.mine, confirmed=asked.value.step_id)
    assert office.lead.status_id is None


def test_a_refused_step_is_passed_over_only_when_asked(office: Office) -> None:
    paul = add_lead(office.mine, "Paul Becker", "+1 212 555 0102")
    leads.add_note(office.mine, paul.id, "a note")
    office.book()
    office.call_back(office.his)
    with pytest.raises(NotTakenBack) as refused:
        undo(office.mine)
    passing = {refused.value.step_id}
    with pytest.raises(NotTakenBack) as asked:
        undo(office.mine, passing=passing)
    assert "Paul Becker – a note" in sentence(asked.value, Formatter(office.mine))
    assert asked.value.asks
    assert "note “a note”" in told(
        office.mine, undo(office.mine, passing=passing, confirmed=asked.value.step_id)
    )


def test_what_was_done_at_once_is_taken_back_at_once(office: Office) -> None:
    others = [add_lead(office.mine, f"Lead {n}", f"+1 212 555 011{n}") for n in range(3)]
    with office.mine.write() as tx:
        for lead in others:
            _give(tx, office, lead, group_id=7)
    other = leads.open_lead(office.his, others[1].id).lead
    set_status(office.his, SetStatus(other.id, other.version, status_of(office.his, "no_answer").id))
    assert last_undoable(office.mine) is not None
    undone = undo(office.mine)
    # Only what Reza has worked on since stays his.
    assert told(office.mine, undone).endswith("and the same of 1 other customer.")
    assert tuple(sentence(each, Formatter(office.mine)) for each in undone.refused) == (
        "Reza Amini set No answer on Lead 1 at 03:12. Your step before it can no longer be taken back.",
    )
    assert [leads.open_lead(office.mine, each.id).lead.owner_id for each in others] == [
        None,
        office.his.actor.id,
        None,
    ]


def _give(tx: WorkspaceConnection, office: Office, lead: Lead, group_id: int) -> None:
    from leadtui.domain.lead import ActivityDetail
    from leadtui.store import activities
    from leadtui.store import leads as lead_rows

    session = office.mine
    with journal.record(tx, lead.id, session.actor.id, session.now(), group_id=group_id) as step:
        detail = ActivityDetail(owner_to_id=office.his.actor.id)
        step.activity_id = activities.add(
            tx,
            lead.id,
            ActivityKind.TRANSFERRED,
            session.now(),
            session.actor.id,
            detail,
        )
        lead_rows.change(tx, lead, owner_id=office.his.actor.id, owner_at=session.now())


def test_a_dry_run_says_it_and_changes_nothing(office: Office) -> None:
    office.book()
    before = office.state()
    assert "Demo booked → New" in told(office.mine, undo(office.mine, dry_run=True))
    assert office.state() == before
    assert office.lead.status_id is not None


def test_not_back_to_somebody_who_has_left(office: Office) -> None:
    office.book()
    office.book(to=office.mine)
    change_colleague(office.mine, office.his.actor.id, "Reza Amini", AGENT_PROFILE, active=False)
    office.mine.reload_definitions()
    with pytest.raises(NotTakenBack, match="Reza Amini no longer works here"):
        undo(office.mine)
    assert office.lead.owner_id == office.mine.actor.id


STEPS = (
    "note",
    "remind",
    "call_back",
    "book",
    "book to me",
    "no answer",
    "won",
    "done",
    "moved",
    "call",
    "undo",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office, closed, of which copies are cheap."""
    office = make_office(tmp_path_factory.mktemp("office"))
    office.mine.close()
    office.his.close()
    return office.folder / "desk.db"


@settings(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(STEPS), max_size=12))
def test_any_steps_and_undos_leave_everything_as_it_was(made: Path, moves: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(made, folder))
        clock = MovingClock()
        mine, his = (Session.open(path, f"{name}@example.com", clock) for name in ("neda", "reza"))
        office = Office(mine, his, clock, 1, Path(folder))
        try:
            _live_through(office, moves)
        finally:
            office.mine.close()
            office.his.close()


def _live_through(office: Office, moves: list[str]) -> None:
    """After each undo everything is as before its step; a call in between stays, and with it the last contact."""
    states: list[tuple[Any, ...]] = []
    rung: list[Any] = []
    for move in moves:
        office.clock.move(minutes=1)
        if move == "undo":
            if states:
                undo(office.mine)
                assert _but_contact(office.state()) == _but_contact(states.pop())
            else:
                with pytest.raises(NotFound):
                    undo(office.mine)
        elif move == "call":
            leads.log_call(office.mine, office.lead_id, "+12125550101", office.clock.now, 5)
            rung.append(office.clock.now)
        else:
            before = office.state()
            if _take(office, move):
                states.append(before)
    while states:
        undo(office.mine)
        assert _but_contact(office.state()) == _but_contact(states.pop())
    assert office.lead.contacted_at == (rung[-1] if rung else None)
    timeline = leads.open_lead(office.mine, office.lead_id).timeline
    assert sum(each.kind is ActivityKind.UNDONE for each in timeline) == sum(each.undone for each in timeline)


def _but_contact(state: tuple[Any, ...]) -> tuple[Any, ...]:
    row, *rest = state
    return {key: value for key, value in row.items() if key != "contacted_at"}, *rest


def _take(office: Office, move: str) -> bool:
    """Take the step; False where it cannot be taken now."""
    session, pending = office.mine, leads.open_lead(office.mine, office.lead_id).pending
    own = [each.id for each in pending if each.owner_id == session.actor.id]
    match move:
        case "note":
            leads.add_note(session, office.lead_id, "a note")
        case "remind":
            reminders.set_reminder(session, office.lead_id, office.clock.now + timedelta(minutes=2))
        case "call_back":
            office.call_back(hours=0.1)
        case "book":
            office.book()
        case "book to me":
            office.book(to=session)
        case "no answer" | "won":
            status = status_of(session, "no_answer" if move == "no answer" else "won")
            lead = office.lead
            answers = {each.key: _answer(each.kind.value, each.options) for each in status.open_fields}
            owner = office.his.actor.id if status.cartable.value == "next" else None
            try:
                set_status(
                    session, SetStatus(lead.id, lead.version, status.id, answers=answers, owner_id=owner)
                )
            except Refused:
                return False
        case _:
            if not own:
                return False
            if move == "done":
                reminders.acknowledge(session, own[0])
            else:
                reminders.snooze(session, own[0], office.clock.now + timedelta(minutes=3))
    return True


def _answer(kind: str, options: tuple[str, ...]) -> str:
    return options[0] if options else {"money": "5", "number": "5"}.get(kind, "5")


def test_a_merge_is_taken_back(office: Office) -> None:
    twin = add_lead(office.mine, "Mina S.", "+1 212 555 0199")
    leads.add_note(office.mine, twin.id, "on the other one")
    before = office.state()
    versions = (office.lead.version, leads.open_lead(office.mine, twin.id).lead.version)
    merge(office.mine, office.lead_id, twin.id, versions)
    assert len(office.lead.numbers) == 2
    assert "Mina S. is a customer of their own again" in told(office.mine, undo(office.mine))
    assert office.state() == before
    assert "on the other one" in told(office.mine, undo(office.mine))
    assert leads.open_lead(office.mine, twin.id).timeline[0].kind is ActivityKind.UNDONE


def test_an_edit_is_taken_back(office: Office) -> None:
    before = office.state()
    edit_lead(office.mine, EditLead(office.lead_id, office.lead.version, {"name": "Mina S.", "city": "Rome"}))
    assert office.state() != before
    assert "Mina S. → Mina Sadeghi" in told(office.mine, undo(office.mine))
    assert office.state() == before


def test_forbidding_calls_is_taken_back_by_whom_it_is_allowed(office: Office) -> None:
    do_not_call.forbid(office.mine, office.lead_id, "asked us to stop")
    assert [each.ban.e164 for each in do_not_call.list_forbidden(office.mine)] == ["+12125550101"]
    assert "calls are allowed again" in told(office.mine, undo(office.mine))
    assert not do_not_call.list_forbidden(office.mine)
