"""Several customers at once: given to a colleague, or given a status with the same answers."""

from __future__ import annotations

from array import array
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from session_making import MovingClock, add_lead, hire, status_of

from leadtui.domain.lead import ActivityKind
from leadtui.domain.reminder import ReminderKind
from leadtui.errors import Invalid, InvalidAnswers
from leadtui.services.backing_up import back_up
from leadtui.services.bulk import Result, Selection, assign, select
from leadtui.services.follow_up import SetStatus, StatusOfSeveral, set_status, set_status_of
from leadtui.services.leads import add_note, open_lead
from leadtui.services.reminders import cancel, set_reminder
from leadtui.services.session import Session
from leadtui.services.undo import last_undoable, undo, undo_part, undo_rest
from leadtui.store import journal


def test_a_transfer_of_several_is_one_step_of_each(session: Session, clock: MovingClock) -> None:
    reza = hire(session, "Reza Amini", "reza@example.com", clock)
    session.reload_definitions()
    people = [add_lead(session, f"Customer {number}", mine=True) for number in range(4)]
    set_reminder(session, people[0].id, clock.now + timedelta(hours=1))
    seen = select(session, [*(each.id for each in people), 999])
    assert list(seen.ids) == [each.id for each in people]
    add_note(reza, people[3].id, "I know them")
    clock.move(minutes=5)

    first, second = seen.parts(2)
    told = assign(session, first, reza.actor.id, "Your region")
    told += assign(session, second, reza.actor.id, "Your region", group_id=told.group_id)
    assert (told.done, told.changed, told.same, told.gone) == (3, 1, 0, 0)
    assert assign(session, [people[0].id, 999], reza.actor.id) == Result(same=1, gone=1)

    opened = open_lead(session, people[0].id)
    assert (opened.lead.owner_id, opened.lead.owner_at) == (reza.actor.id, clock.now)
    assert [each.owner_id for each in opened.pending] == [reza.actor.id]
    entry = opened.timeline[0]
    assert (entry.kind, entry.detail.text) == (ActivityKind.TRANSFERRED, "Your region")
    assert (entry.detail.owner_from_id, entry.detail.owner_to_id) == (session.actor.id, reza.actor.id)
    assert open_lead(session, people[3].id).lead.owner_id == session.actor.id
    assert told.group_id is not None
    with session.read() as tx:
        ids = journal.ids_of_group(tx, session.actor.id, told.group_id)
        group = [journal.get(tx, each) for each in ids]
    assert [each.lead_id for each in group if each] == [each.id for each in people[:3]]

    again = assign(session, [people[0].id, people[1].id], None)
    assert again.done == 2
    assert again.group_id not in (None, told.group_id)
    assert open_lead(session, people[1].id).lead.owner_id is None
    assert open_lead(session, people[1].id).lead.owner_at is None
    reza.close()


def test_a_transfer_is_refused_as_a_whole(session: Session) -> None:
    lead = add_lead(session, mine=True)
    with pytest.raises(Invalid) as wrong:
        assign(session, [lead.id], 999)
    assert wrong.value.field == "owner"
    with pytest.raises(Invalid) as long:
        assign(session, [lead.id], None, "x" * 10_001)
    assert long.value.field == "note"
    assert open_lead(session, lead.id).lead == lead


def test_a_status_is_set_of_several_with_the_same_answers_and_a_time_for_each(
    session: Session, clock: MovingClock
) -> None:
    reza = hire(session, "Reza Amini", "reza@example.com", clock)
    session.reload_definitions()
    people = [add_lead(session, f"Customer {number}") for number in range(4)]
    stopped = add_lead(session, "Stopped")
    asked_to_stop = status_of(session, "do_not_call")
    set_status(session, SetStatus(stopped.id, stopped.version, asked_to_stop.id))
    seen = select(session, [*(each.id for each in people), stopped.id])
    clock.move(minutes=1)
    add_note(session, people[1].id, "Rang again")
    demo = status_of(session, "demo_booked")
    answers = {"date": "2024-10-21", "time": "16:00"}
    times = {each.id: clock.now + timedelta(hours=place + 1) for place, each in enumerate([*people, stopped])}
    wanted = StatusOfSeveral(demo.id, answers, reza.actor.id, times, promised=True, note="At the fair")

    with pytest.raises(Invalid, match="has passed"):
        set_status_of(session, seen, replace(wanted, remind_at={**times, people[3].id: clock.now}))

    first, second, third = seen.parts(2)
    told = set_status_of(session, first, wanted)
    clock.move(hours=3)  # it takes a while: the third one's time has just come
    for part in (second, third):
        told += set_status_of(session, part, wanted, group_id=told.group_id)
    assert told == Result(done=4, changed=1, group_id=told.group_id)
    for place in (0, 2, 3):
        opened = open_lead(session, people[place].id)
        assert (opened.lead.status_id, opened.lead.owner_id) == (demo.id, reza.actor.id)
        detail = opened.timeline[0].detail
        assert {each.key: each.value for each in detail.answers} == {"date": "2024-10-21", "time": "16:00"}
        assert detail.text == "At the fair"
        (reminder,) = opened.pending
        late = clock.now + timedelta(minutes=1)
        assert reminder.due == (late if place == 2 else times[people[place].id])
        assert reminder.kind is ReminderKind.CALLBACK
    assert open_lead(session, people[1].id).lead.status_id is None
    assert open_lead(session, stopped.id).lead.status_id == demo.id  # the note says why
    assert set_status_of(session, Selection(array("q"), array("q")), StatusOfSeveral(demo.id)) == Result()

    assert len(undo(session).taken) == 4
    assert not open_lead(session, people[0].id).pending
    reza.close()


def test_what_is_wrong_with_a_status_of_several_stops_it_whole(session: Session) -> None:
    lead, stopped = add_lead(session), add_lead(session, "Stopped", "+1 212 555 0199")
    set_status(session, SetStatus(stopped.id, stopped.version, status_of(session, "do_not_call").id))
    demo = status_of(session, "demo_booked").id
    with pytest.raises(InvalidAnswers) as wrong:
        set_status_of(session, [lead.id], StatusOfSeveral(demo))
    assert "date" in {each.field for each in wrong.value.problems}
    with pytest.raises(Invalid, match="no such status"):
        set_status_of(session, [lead.id], StatusOfSeveral(999))
    voicemail = StatusOfSeveral(status_of(session, "voicemail").id)
    told = set_status_of(session, [stopped.id, lead.id, 999], voicemail)
    assert (told.done, told.banned, told.gone) == (1, 1, 1)


def test_one_undoing_takes_back_all_that_was_given_at_once(session: Session, clock: MovingClock) -> None:
    reza = hire(session, "Reza Amini", "reza@example.com", clock)
    session.reload_definitions()
    people = [add_lead(session, f"Customer {number}", mine=True) for number in range(3)]
    first, second = select(session, [each.id for each in people]).parts(2)
    told = assign(session, first, reza.actor.id)
    told += assign(session, second, reza.actor.id, group_id=told.group_id)
    assign(reza, [people[1].id], None)
    last = last_undoable(session)
    assert last is not None
    assert last.count == 3
    undone = undo(session, confirmed=last.step_id)
    assert (len(undone.taken), len(undone.refused)) == (2, 1)
    owners = [open_lead(session, each.id).lead.owner_id for each in people]
    assert owners == [session.actor.id, None, session.actor.id]
    reza.close()


def test_between_two_parts_of_an_undoing_colleagues_save(
    session: Session, clock: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leadtui.services.undo.AT_ONCE", 2)
    reza = hire(session, "Reza Amini", "reza@example.com", clock)
    session.reload_definitions()
    people = [add_lead(session, f"Customer {number}", mine=True) for number in range(4)]
    assign(session, [each.id for each in people], reza.actor.id)
    undone = undo_part(session)
    assert (len(undone.taken), len(undone.rest)) == (2, 2)
    assign(reza, [people[1].id], None)
    last = last_undoable(session)
    assert last is not None
    assert last.count == 2, "what is left of it is the newest step still"
    undone += undo_rest(session, undone.rest)
    assert (len(undone.taken), len(undone.refused), undone.rest) == (3, 1, ())
    assert [open_lead(session, each.id).lead.owner_id for each in people] == [
        session.actor.id,
        None,
        session.actor.id,
        session.actor.id,
    ]
    reza.close()


def test_many_at_once_leave_the_rows_that_one_after_the_other_leave(
    session: Session, clock: MovingClock, tmp_path: Path
) -> None:
    reza = hire(session, "Reza Amini", "reza@example.com", clock)
    session.reload_definitions()
    people = [add_lead(session, f"Customer {number}", mine=number % 3 == 0) for number in range(12)]
    for each in people[::2]:
        for who in (session, reza):
            set_reminder(who, each.id, clock.now + timedelta(hours=1))
    ended = set_reminder(session, people[1].id, clock.now + timedelta(hours=2))
    cancel(session, ended)
    seen = select(session, [each.id for each in people])
    add_note(reza, people[5].id, "I know them")
    assign(session, [people[7].id], reza.actor.id)
    back_up(session, tmp_path / "other.db")
    other = Session.open(tmp_path / "other.db", "neda@example.com", clock)

    wanted = Selection(seen.ids + array("q", [seen.ids[0], 999]), seen.versions + array("q", [1, 1]))
    at_once, in_turn = assign(session, wanted, reza.actor.id, "Yours"), Result()
    for part in wanted.parts(1):
        in_turn += assign(other, part, reza.actor.id, "Yours", group_id=in_turn.group_id)
    assert (at_once.done, at_once.changed, at_once.gone) == (in_turn.done, in_turn.changed, in_turn.gone)
    for table in ("lead", "lead_number", "reminder", "activity", "step"):
        query = f"SELECT * FROM {table} ORDER BY id"
        rows: list[object] = []
        for each in (session, other):
            with each.store.read() as connection:
                rows.append(connection.exec_driver_sql(query).all())
        assert rows[0] == rows[1], table
    other.close()
    reza.close()
