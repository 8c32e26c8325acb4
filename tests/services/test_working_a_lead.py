"""Statuses, notes, calls, reminders and drafts as a person meets them, on a real store."""

from __future__ import annotations

from datetime import timedelta

import pytest
from session_making import MovingClock, add_lead, hire, status_of

from leadtui.domain.cartable import CartablePart, Urgency
from leadtui.domain.draft import FormDraft
from leadtui.domain.lead import ActivityKind
from leadtui.domain.reminder import ReminderKind, ReminderState
from leadtui.errors import Conflict, Invalid, InvalidAnswers, NotFound, Refused
from leadtui.presentation.errors import sentence
from leadtui.presentation.formatter import Formatter
from leadtui.services import drafts, reminders
from leadtui.services.cartable import open_cartable
from leadtui.services.drafts import STATUS_DRAFT, open_drafts
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.leads import add_note, find_lead, log_call, open_lead
from leadtui.services.reminders import ReminderGroup
from leadtui.services.session import Session
from leadtui.store.reminders import add as add_reminder


def call_back(session: Session, lead_id: int, version: int, **after: float) -> None:
    due = session.now() + timedelta(**after)
    set_status(
        session, SetStatus(lead_id, version, status_of(session, "call_back").id, remind_at=due, promised=True)
    )


def test_a_status_with_a_reminder(session: Session) -> None:
    lead = add_lead(session, "Mina Sadeghi", "(212) 555-0142", mine=True)
    drafts.save_draft(session, FormDraft(STATUS_DRAFT, lead.id, {"note": "half"}))
    due = session.now() + timedelta(hours=2)
    status = status_of(session, "call_back")
    after = set_status(
        session,
        SetStatus(lead.id, lead.version, status.id, remind_at=due, promised=True, note="after\nlunch"),
    )
    assert (after.status_id, after.next_at, after.version) == (status.id, due, lead.version + 1)
    assert after.contacted_at == session.now()
    opened = open_lead(session, lead.id)
    entry = opened.timeline[0]
    assert (entry.kind, entry.actor_id, entry.detail.text) == (
        ActivityKind.STATUS_SET,
        session.actor.id,
        "after\nlunch",
    )
    assert entry.detail.reminder_at == due
    (reminder,) = opened.pending
    assert (reminder.due, reminder.owner_id, reminder.zone) == (due, session.actor.id, "America/New_York")
    assert reminder.wall.isoformat() == "2024-09-28T05:12:00"
    assert drafts.find_draft(session, STATUS_DRAFT, lead.id) is None


def test_a_refused_step_changes_nothing(session: Session) -> None:
    lead = add_lead(session)
    before = open_lead(session, lead.id)
    with pytest.raises(InvalidAnswers):
        set_status(session, SetStatus(lead.id, lead.version, status_of(session, "call_back").id))
    assert open_lead(session, lead.id) == before


def test_the_second_of_two_steps_on_one_version_is_refused(session: Session) -> None:
    lead = add_lead(session)
    add_note(session, lead.id, "first")
    no_answer = status_of(session, "no_answer").id
    with pytest.raises(Conflict) as told:
        set_status(session, SetStatus(lead.id, lead.version, no_answer))
    assert "You changed Mina Sadeghi at 03:12." in sentence(told.value, Formatter(session))
    assert (told.value.lead_id, told.value.actor_id, told.value.at) == (
        lead.id,
        session.actor.id,
        session.now(),
    )
    assert open_lead(session, lead.id).lead.status_id is None
    # As it was seen, nothing that the step rests on is another by now; and without a version the newest serves.
    assert set_status(session, SetStatus(lead.id, lead.version, no_answer, seen=lead)).status_id == no_answer
    assert set_status(session, SetStatus(lead.id, None, status_of(session, "voicemail").id)).version == 4
    with pytest.raises(Conflict) as told:
        set_status(session, SetStatus(lead.id, lead.version, no_answer, seen=lead))
    assert "You set Voicemail left on Mina Sadeghi at 03:12." in sentence(told.value, Formatter(session))


def test_a_meeting_goes_to_its_holder_with_its_reminders(session: Session, clock: MovingClock) -> None:
    reza = hire(session, "Reza Amini", "reza@example.com", clock)
    lead = add_lead(session, mine=True)
    reminders.set_reminder(session, lead.id, session.now() + timedelta(days=3), "papers")
    lead = open_lead(session, lead.id).lead
    demo = status_of(session, "demo_booked")
    answers = {"date": "2024-10-05", "time": "10:00", "link": "example.com/meet"}
    set_status(
        session,
        SetStatus(
            lead.id, lead.version, demo.id, {key: answers[key] for key in (each.key for each in demo.open_fields)},
            owner_id=reza.actor.id, remind_at=session.now() + timedelta(days=6),
        ),
    )  # fmt: skip
    assert list(open_cartable(session).order) == []
    cartable = open_cartable(reza)
    assert list(cartable.order) == [lead.id]
    assert cartable.counts[CartablePart.UPCOMING] == 1
    assert {each.owner_id for each in open_lead(reza, lead.id).pending} == {reza.actor.id}
    assert len(reminders.list_reminders(reza)) == 2
    assert reminders.list_reminders(session) == ()


def test_a_final_status_cancels_its_reminders(session: Session) -> None:
    lead = add_lead(session, mine=True)
    reminders.set_reminder(session, lead.id, session.now() + timedelta(days=3))
    lead = open_lead(session, lead.id).lead
    do_not_call = status_of(session, "do_not_call")
    answers = {each.key: "asked us to stop" for each in do_not_call.open_fields if each.required}
    after = set_status(session, SetStatus(lead.id, lead.version, do_not_call.id, answers))
    assert (after.owner_id, after.next_at) == (None, None)
    (ended,) = reminders.list_reminders(session)
    assert ended.reminder.state is ReminderState.CANCELLED


def test_nobodys_lead_comes_to_whoever_works_it(session: Session) -> None:
    lead = add_lead(session)
    interested = status_of(session, "interested").id
    after = set_status(session, SetStatus(lead.id, lead.version, interested, no_next_step="rings us"))
    assert after.owner_id == session.actor.id
    assert open_cartable(session).reasons[lead.id].urgency is Urgency.WAITING


def test_notes_and_calls(session: Session) -> None:
    lead = add_lead(session, "Mina", "(212) 555-0142")
    assert add_note(session, lead.id, " asked\r\nfor papers ").contacted_at is None
    begun = session.now() - timedelta(minutes=3)
    assert log_call(session, lead.id, lead.phone, begun, 180).contacted_at == begun
    kinds = [
        (each.kind, each.detail.text, each.detail.seconds) for each in open_lead(session, lead.id).timeline
    ]
    assert kinds[0] == (ActivityKind.NOTE, "asked\nfor papers", None)
    assert (ActivityKind.CALL, "+12125550142", 180) in kinds
    with pytest.raises(Invalid, match="empty"):
        add_note(session, lead.id, " \u200b ")
    with pytest.raises(Invalid, match="too long"):
        add_note(session, lead.id, "x" * 10_001)


@pytest.mark.parametrize(
    "reference", ["2125550142", "+1 212 555 0142", "٢١٢٥٥٥٠١٤٢", "Mina@Example.com", "1"]
)
def test_a_lead_is_found_by_any_name_it_has(session: Session, reference: str) -> None:
    lead = add_lead(session, "Mina", "(212) 555-0142", email="mina@example.com")
    assert find_lead(session, reference) == lead


@pytest.mark.parametrize("reference", ["", "99", "nobody@example.com", "Mina", "9" * 40, "+982188776655"])
def test_a_lead_that_is_not_there(session: Session, reference: str) -> None:
    add_lead(session, "Mina")
    with pytest.raises(NotFound):
        find_lead(session, reference)


@pytest.mark.parametrize("reference", ["09121234567", "0912 123 4567", "۰۹۱۲۱۲۳۴۵۶۷", "9121234567"])
def test_a_number_from_another_country_is_found_in_its_national_writing(
    session: Session, reference: str
) -> None:
    lead = add_lead(session, "Mina", "+98 912 123 4567")
    add_lead(session, "Reza", "+98 912 123 4568")
    assert find_lead(session, reference) == lead


@pytest.mark.parametrize("reference", ["+1 912 123 4567", "0019121234567", "1234567", "21234567"])
def test_a_part_of_a_number_and_another_countrys_number_mean_nobody(session: Session, reference: str) -> None:
    add_lead(session, "Mina", "+98 912 123 4567")
    with pytest.raises(NotFound):
        find_lead(session, reference)


def test_a_number_that_two_countries_have_needs_its_country_code(session: Session) -> None:
    iranian, german = (
        add_lead(session, "Mina", number).id for number in ("+98 17 1234 5678", "+49 171 2345678")
    )
    with pytest.raises(Invalid, match=f"country code, or name one by id: {iranian}, {german}"):
        find_lead(session, "0171 2345678")
    assert find_lead(session, "+49 171 2345678").id == german


def test_the_workspaces_own_country_comes_first(session: Session) -> None:
    add_lead(session, "Mina", "+98 21 8877 6655")
    assert find_lead(session, "2188776655").name == "Mina"
    add_lead(session, "Ann", "+1 218 877 6655")
    assert find_lead(session, "2188776655").name == "Ann"


@pytest.mark.parametrize("reference", ["09999999999", "0000000012"])
def test_a_number_with_a_leading_zero_is_no_id(session: Session, reference: str) -> None:
    with pytest.raises(NotFound, match=f"number, e-mail or id “{reference}”"):
        find_lead(session, reference)


def test_a_shared_address_names_the_ids(session: Session) -> None:
    ids = [add_lead(session, name, email="family@example.com").id for name in ("Ali", "Sara")]
    with pytest.raises(Invalid, match=f"{ids[0]}, {ids[1]}"):
        find_lead(session, "family@example.com")


def test_a_reminder_stays_pending_until_a_person_ends_it(session: Session, clock: MovingClock) -> None:
    lead = add_lead(session, mine=True)
    reminder_id = reminders.set_reminder(session, lead.id, session.now() + timedelta(minutes=30), "papers")
    assert reminders.due_reminders(session) == ()
    clock.move(minutes=30)
    for _look in range(3):
        (due,) = reminders.due_reminders(session)
        assert (due.reminder.id, due.group, due.lead_name) == (reminder_id, ReminderGroup.DUE, "Mina Sadeghi")
        reminders.mark_shown(session, [reminder_id])
        clock.move(days=1)
    assert reminders.due_reminders(session)[0].group is ReminderGroup.DUE
    reminders.acknowledge(session, reminder_id)
    assert reminders.due_reminders(session) == ()
    assert open_lead(session, lead.id).lead.next_at is None
    for end in (reminders.acknowledge, reminders.cancel):
        with pytest.raises(Refused, match="ended already"):
            end(session, reminder_id)


def test_what_comes_due_rings_whatever_lies_behind(session: Session, clock: MovingClock) -> None:
    lead = add_lead(session, mine=True)
    with session.write() as tx:
        for minutes in range(1, 251):
            add_reminder(
                tx,
                lead_id=lead.id,
                owner_id=session.actor.id,
                due=session.now() + timedelta(minutes=minutes),
                zone="UTC",
                kind=ReminderKind.REMINDER,
                note="",
                created_at=session.now(),
                created_by=None,
            )
    newest = reminders.set_reminder(session, lead.id, session.now() + timedelta(minutes=300))
    clock.move(minutes=300)
    due_now = reminders.due_reminders(session)
    assert due_now[-1].reminder.id == newest
    assert [each.reminder.due for each in due_now] == sorted(each.reminder.due for each in due_now)


def test_what_no_terminal_showed_in_time_was_missed(session: Session, clock: MovingClock) -> None:
    lead = add_lead(session, mine=True)
    reminder_id = reminders.set_reminder(session, lead.id, session.now() + timedelta(minutes=1))
    clock.move(minutes=10)
    assert reminders.due_reminders(session)[0].group is ReminderGroup.MISSED
    reminders.mark_shown(session, [reminder_id])
    clock.move(minutes=10)
    assert reminders.due_reminders(session)[0].group is ReminderGroup.MISSED


def test_snoozing_replaces_a_reminder(session: Session, clock: MovingClock) -> None:
    lead = add_lead(session, mine=True)
    old_id = reminders.set_reminder(
        session, lead.id, session.now() + timedelta(minutes=1), "papers", promised=True
    )
    clock.move(minutes=5)
    until = session.now() + timedelta(minutes=15)
    new_id = reminders.snooze(session, old_id, until)
    (pending,) = open_lead(session, lead.id).pending
    assert (pending.id, pending.due, pending.replaces_id, pending.note) == (new_id, until, old_id, "papers")
    assert open_lead(session, lead.id).lead.next_at == until
    assert open_lead(session, lead.id).timeline[0].kind is ActivityKind.REMINDER_MOVED
    with pytest.raises(Invalid, match="has passed"):
        reminders.snooze(session, new_id, session.now())


def test_a_colleagues_reminder_is_not_mine_to_end(session: Session, clock: MovingClock) -> None:
    reza = hire(session, "Reza Amini", "reza@example.com", clock)
    lead = add_lead(session, mine=True)
    reminder_id = reminders.set_reminder(session, lead.id, session.now() + timedelta(minutes=1))
    with pytest.raises(NotFound):
        reminders.acknowledge(reza, reminder_id)


def test_the_list_of_reminders_is_in_groups(session: Session, clock: MovingClock) -> None:
    lead = add_lead(session, mine=True)
    now = session.now()
    for minutes in (5, 9, 200, 60 * 24 * 2):
        reminders.set_reminder(session, lead.id, now + timedelta(minutes=minutes))
    done = reminders.set_reminder(session, lead.id, now + timedelta(minutes=1))
    reminders.acknowledge(session, done)
    clock.move(minutes=10)
    groups = [each.group for each in reminders.list_reminders(session)]
    assert groups == [
        ReminderGroup.MISSED, ReminderGroup.DUE, ReminderGroup.TODAY, ReminderGroup.LATER, ReminderGroup.DONE,
    ]  # fmt: skip


def test_the_cartable_is_in_order_and_counts(session: Session, clock: MovingClock) -> None:
    leads = [add_lead(session, f"Customer {number}", mine=True) for number in range(5)]
    for lead, minutes in zip(leads[:4], (5, 40, 300, 60 * 48), strict=True):
        call_back(session, lead.id, lead.version, minutes=minutes)
    clock.move(minutes=10)
    cartable = open_cartable(session)
    assert list(cartable.order) == [leads[0].id, leads[1].id, leads[4].id, leads[2].id, leads[3].id]
    assert dict(cartable.counts) == {
        CartablePart.TODAY: 2,
        CartablePart.OVERDUE: 1,
        CartablePart.UPCOMING: 1,
        CartablePart.NEVER_CALLED: 1,
        CartablePart.NOTHING_PLANNED: 0,
    }
    assert sum(cartable.counts.values()) == len(cartable.order)
    assert list(cartable.part(CartablePart.OVERDUE)) == [leads[0].id]
    assert cartable.reasons[leads[0].id].entry.promised


def test_a_draft_is_kept_for_each_person_and_dialog(session: Session, clock: MovingClock) -> None:
    reza = hire(session, "Reza Amini", "reza@example.com", clock)
    lead = add_lead(session)
    drafts.save_draft(session, FormDraft(STATUS_DRAFT, lead.id, {"note": "one"}))
    clock.move(seconds=1)
    drafts.save_draft(session, FormDraft(STATUS_DRAFT, lead.id, {"note": "two"}))
    drafts.save_draft(session, FormDraft("note", lead.id, {"note": "other"}))
    found = drafts.find_draft(session, STATUS_DRAFT, lead.id)
    assert found is not None
    assert found.texts == {"note": "two"}
    assert drafts.find_draft(reza, STATUS_DRAFT, lead.id) is None
    drafts.discard_draft(session, STATUS_DRAFT, lead.id)
    assert drafts.find_draft(session, STATUS_DRAFT, lead.id) is None
    (other,) = open_drafts(session)
    assert (other.draft.kind, other.lead) == ("note", open_lead(session, lead.id).lead)
    # What the person left by themselves is kept, and offered no more at the start.
    drafts.leave_draft(session, "note", lead.id)
    assert open_drafts(session) == ()
    left = drafts.find_draft(session, "note", lead.id)
    assert left is not None
    assert left.texts["note"] == "other"
