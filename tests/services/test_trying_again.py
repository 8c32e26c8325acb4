"""Who was not reached comes back: the rule of a status, from its definition to the cartable, and through undo."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from session_making import MovingClock, add_lead, status_of

from leadtui.domain.cartable import CartablePart, Urgency
from leadtui.domain.reminder import ReminderKind
from leadtui.domain.retry import NO_RETRY, RetryPace, RetryRule
from leadtui.services.bulk import assign
from leadtui.services.cartable import open_cartable
from leadtui.services.defining import save_status
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.leads import open_lead
from leadtui.services.reminders import due_reminders, next_due
from leadtui.services.session import Session
from leadtui.services.template_exchange import import_template, read_template, template_text
from leadtui.services.undo import undo

RULE = RetryRule(RetryPace.FIXED, after_minutes=60, most=2, then_status="voicemail", releases=True)


def with_rule(session: Session) -> int:
    """Let *No answer* try again and *Voicemail left* end that, and return the id of the first."""
    voicemail = status_of(session, "voicemail")
    save_status(session, replace(voicemail, retry=NO_RETRY), voicemail)
    no_answer = status_of(session, "no_answer")
    return save_status(session, replace(no_answer, retry=RULE), no_answer).id


def test_from_no_answer_to_the_last_attempt(session: Session, clock: MovingClock) -> None:
    no_answer, lead = with_rule(session), add_lead(session, "Mina Sadeghi", mine=True)
    clock.now = clock.now.replace(hour=16)
    first = set_status(session, SetStatus(lead.id, None, no_answer))
    planned = clock.now + timedelta(hours=1)
    assert (first.attempts, first.next_at) == (1, planned)
    (pending,) = open_lead(session, lead.id).pending
    assert (pending.kind, pending.owner_id) == (ReminderKind.ATTEMPT, session.actor.id)
    assert next_due(session) is None
    clock.move(minutes=90)
    # It shows as due, and neither rings nor is overdue.
    cartable = open_cartable(session)
    assert cartable.reasons[lead.id].urgency is Urgency.ATTEMPT_DUE
    assert (cartable.counts[CartablePart.TODAY], cartable.counts[CartablePart.OVERDUE]) == (1, 0)
    assert due_reminders(session) == ()
    last = set_status(session, SetStatus(lead.id, None, no_answer))
    voicemail = status_of(session, "voicemail").id
    assert (last.attempts, last.next_at, last.status_id, last.owner_id) == (2, None, voicemail, None)
    assert open_lead(session, lead.id).timeline[0].detail.attempt == 2
    undo(session)
    back = open_lead(session, lead.id)
    assert (back.lead.attempts, back.lead.next_at, back.lead.status_id) == (1, planned, no_answer)
    reached = set_status(session, SetStatus(lead.id, None, voicemail, no_next_step="rings us"))
    assert (reached.attempts, reached.next_at) == (0, None)


def test_who_was_given_up_and_is_taken_up_again_is_tried_from_anew(
    session: Session, clock: MovingClock
) -> None:
    no_answer, lead = with_rule(session), add_lead(session, "Mina Sadeghi", mine=True)
    for _attempt in range(RULE.most - 1):
        set_status(session, SetStatus(lead.id, None, no_answer))
        clock.move(hours=2)
    given_up = set_status(session, SetStatus(lead.id, None, no_answer))
    clock.move(hours=2)
    assert (given_up.attempts, given_up.owner_id, given_up.next_at) == (RULE.most, None, None)
    assign(session, [lead.id], session.actor.id)
    clock.move(days=3)
    for attempt in range(1, RULE.most):
        again = set_status(session, SetStatus(lead.id, None, no_answer))
        assert (again.attempts, again.status_id) == (attempt, no_answer)
        assert again.next_at == clock.now + timedelta(minutes=RULE.after_minutes)
        clock.move(hours=2)
    assert set_status(session, SetStatus(lead.id, None, no_answer)).owner_id is None


def test_a_rule_goes_out_and_comes_in(session: Session, tmp_path: Path) -> None:
    with_rule(session)
    file = tmp_path / "desk.toml"
    file.write_bytes(template_text(session))
    no_answer = status_of(session, "no_answer")
    save_status(session, replace(no_answer, retry=NO_RETRY), no_answer)
    (difference,) = import_template(session, read_template(str(file)))
    assert [part[0] for part in difference.parts] == ["retry"]
    assert status_of(session, "no_answer").retry == RULE


def test_whoever_is_reached_is_tried_no_more(session: Session, clock: MovingClock) -> None:
    no_answer, lead = with_rule(session), add_lead(session, "Mina Sadeghi", mine=True)
    missed = set_status(session, SetStatus(lead.id, None, no_answer))
    assert (missed.attempts, missed.last_attempt_at) == (1, clock.now)
    clock.move(minutes=10)
    interested = status_of(session, "interested").id
    reached = set_status(session, SetStatus(lead.id, None, interested, no_next_step="rings us"))
    assert (reached.attempts, reached.last_attempt_at, reached.next_at) == (0, None, None)
    undo(session)
    assert open_lead(session, lead.id).lead.next_at == missed.next_at
