"""Overdue reminders go to a supervisor and their customers to nobody: when, once, told, and taken back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest
from session_making import MovingClock, add_lead, hire

from leadtui.domain.escalation import Escalated
from leadtui.domain.lead import ActivityKind, Lead
from leadtui.domain.permission import SUPERVISOR_PROFILE, Permission, Profile
from leadtui.domain.status import EscalationRule
from leadtui.errors import InvalidAnswers, NotFound, Refused
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.timeline import Timeline
from leadtui.services import bulk, defining, presence, reminders
from leadtui.services.escalating import escalate, is_anything_overdue
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.leads import add_note, open_lead
from leadtui.services.profiles import save_profile
from leadtui.services.session import Session
from leadtui.services.undo import last_undoable, undo_escalation
from leadtui.services.workspace import change_workspace


def rule_of(session: Session, key: str, supervisor_after: int = 0, pool_after: int = 0) -> None:
    """Let overdue reminders of customers in a status go on."""
    before = next(each for each in session.definitions.statuses if each.key == key)
    wanted = replace(before, escalation=EscalationRule(supervisor_after, pool_after))
    defining.save_status(session, wanted, before)


@dataclass(frozen=True, slots=True)
class Team:
    """Neda supervises; Reza, an agent, has promised Mina a call in an hour."""

    neda: Session
    reza: Session
    mina: Lead
    reminder_id: int


@pytest.fixture
def team(session: Session, clock: MovingClock) -> Team:
    rule_of(session, "call_back", 30, 120)
    reza = hire(session, "Reza Amini", "reza@example.com", clock)
    lead = add_lead(reza, "Mina Sadeghi", mine=True)
    status = next(each for each in reza.definitions.statuses if each.key == "call_back")
    due = clock.now + timedelta(hours=1)
    set_status(reza, SetStatus(lead.id, lead.version, status.id, remind_at=due, promised=True))
    opened = open_lead(session, lead.id)
    clock.now = due
    return Team(session, reza, opened.lead, opened.pending[0].id)


def test_whoever_does_it_is_told_of_customers_whom_they_see(team: Team, clock: MovingClock) -> None:
    save_profile(team.neda, Profile(0, "", "Own", frozenset({Permission.SEE_CARTABLE})))
    lea = hire(team.neda, "Lea Haddad", "lea@example.com", clock, "own")
    clock.move(minutes=30)
    assert escalate(team.reza, dry_run=True)
    assert escalate(lea, dry_run=True) == escalate(lea) == ()
    assert not is_anything_overdue(team.neda)
    assert "overdue  to Neda Karimi" in told(team.neda, team.mina.id)
    lea.close()


def told(session: Session, lead_id: int) -> str:
    return Timeline(Formatter(session)).line(open_lead(session, lead_id).timeline[0])


def test_first_to_the_supervisor_then_to_nobody(team: Team, clock: MovingClock) -> None:
    """Each once, by whichever desk is open, and told in the timeline as the program's own doing."""
    clock.move(minutes=29)
    assert not is_anything_overdue(team.reza)
    (listed,) = reminders.due_reminders(team.reza)
    assert listed.going is not None
    assert (listed.going.to, listed.going.at) == (
        Escalated.TO_SUPERVISOR,
        listed.reminder.due + timedelta(minutes=30),
    )
    assert escalate(team.reza) == ()

    clock.move(minutes=1)
    assert is_anything_overdue(team.reza)
    assert [each.to for each in escalate(team.neda, dry_run=True)] == [Escalated.TO_SUPERVISOR]
    (passed,) = escalate(team.reza)
    assert (passed.to, passed.owner_id, passed.lead_name) == (
        Escalated.TO_SUPERVISOR,
        team.neda.actor.id,
        "Mina Sadeghi",
    )
    assert escalate(team.neda) == ()
    assert reminders.due_reminders(team.reza) == ()
    (now_hers,) = reminders.due_reminders(team.neda)
    assert now_hers.reminder.id == team.reminder_id
    assert now_hers.reminder.rung_at is None
    assert now_hers.going is not None
    assert now_hers.going.to is Escalated.TO_NOBODY
    assert open_lead(team.neda, team.mina.id).lead.owner_id == team.reza.actor.id
    assert "leadtui  reminder of today" in told(team.neda, team.mina.id)
    assert "overdue  to Neda Karimi" in told(team.neda, team.mina.id)

    clock.move(minutes=90)
    (passed,) = escalate(team.neda)
    assert passed.to is Escalated.TO_NOBODY
    assert open_lead(team.neda, team.mina.id).lead.owner_id is None
    assert "left the cartable" in told(team.neda, team.mina.id)
    (hers,) = reminders.due_reminders(team.neda)
    assert (hers.reminder.id, hers.going) == (team.reminder_id, None)
    clock.move(days=1)
    assert escalate(team.neda) == ()


def test_only_minutes_of_work_count(team: Team, clock: MovingClock) -> None:
    """What is missed when everybody leaves goes on in the morning, and over a day off and a holiday."""
    zone = ZoneInfo(team.neda.workspace.zone)
    due = clock.now.astimezone(zone)
    leaving = (due + timedelta(minutes=5)).strftime("%H:%M")
    tomorrow, day_after = due + timedelta(days=1), due + timedelta(days=2)
    wanted = replace(
        team.neda.workspace,
        hours=f"{due:%a} 04:00-{leaving}; {tomorrow:%a}, {day_after:%a} 04:00-12:00",
        holidays=(f"gregorian {tomorrow:%Y-%m-%d}",),
    )
    change_workspace(team.neda, wanted)
    team.reza.reload_definitions()
    morning = day_after.replace(hour=4, minute=0)
    (listed,) = reminders.due_reminders(team.reza)
    assert listed.going is not None
    assert listed.going.at == morning + timedelta(minutes=25)
    for moment in (due + timedelta(hours=3), tomorrow.replace(hour=11), morning + timedelta(minutes=24)):
        clock.now = moment.astimezone(UTC)
        assert not is_anything_overdue(team.reza)
    clock.move(minutes=1)
    assert [each.to for each in escalate(team.reza)] == [Escalated.TO_SUPERVISOR]
    clock.move(minutes=89)
    assert escalate(team.reza) == ()
    clock.move(minutes=1)
    assert [each.to for each in escalate(team.reza)] == [Escalated.TO_NOBODY]


def test_where_no_desk_was_open_it_goes_the_whole_way_at_once(team: Team, clock: MovingClock) -> None:
    clock.move(hours=14)
    (passed,) = escalate(team.reza)
    assert (passed.to, passed.owner_id) == (Escalated.TO_NOBODY, team.neda.actor.id)


def test_a_supervisor_takes_it_back_and_it_does_not_go_again(team: Team, clock: MovingClock) -> None:
    """What the program did is no person's last step: `undo` leaves it, and takes back what the person did."""
    clock.move(minutes=30)
    add_note(team.neda, team.mina.id, "on it")
    newest = last_undoable(team.neda)
    assert newest is not None
    escalate(team.neda)
    still = last_undoable(team.neda)
    assert still is not None
    assert still.step_id == newest.step_id
    undone = undo_escalation(team.neda, team.mina.id)
    assert [each.activity.kind for each in undone.taken] == [ActivityKind.ESCALATED]
    assert [each.reminder.id for each in reminders.due_reminders(team.reza)] == [team.reminder_id]
    assert open_lead(team.neda, team.mina.id).timeline[1].undone
    assert escalate(team.neda) == ()
    clock.move(minutes=90)
    escalate(team.reza)
    undo_escalation(team.neda, team.mina.id)
    assert open_lead(team.neda, team.mina.id).lead.owner_id == team.reza.actor.id
    clock.move(days=1)
    assert escalate(team.neda) == ()
    with pytest.raises(NotFound):
        undo_escalation(team.neda, team.mina.id)


def test_whoever_answers_in_time_keeps_it(team: Team, clock: MovingClock) -> None:
    clock.move(minutes=20)
    reminders.snooze(team.reza, team.reminder_id, clock.now + timedelta(minutes=15))
    clock.move(minutes=20)
    assert escalate(team.neda) == ()
    clock.move(minutes=30)
    assert len(escalate(team.neda)) == 1


def test_whoever_gets_the_customer_has_the_whole_time(team: Team, clock: MovingClock) -> None:
    """Minutes count from when the customer came to them, also where the reminder was overdue by then."""
    omid = hire(team.neda, "Omid Rezaei", "omid@example.com", clock)
    clock.move(minutes=40)
    escalate(team.neda)
    bulk.assign(team.neda, [team.mina.id], omid.actor.id)
    assert escalate(team.neda) == ()
    clock.move(minutes=29)
    assert escalate(team.neda) == ()
    clock.move(minutes=1)
    (passed,) = escalate(team.neda)
    assert (passed.reminder.owner_id, passed.to) == (omid.actor.id, Escalated.TO_SUPERVISOR)


def test_what_goes_nowhere(team: Team, clock: MovingClock) -> None:
    """A supervisor's own, one of somebody else's customer, one in a status without a rule, and the attempts of a status."""
    own = add_lead(team.neda, "Mona", mine=True)
    reminders.set_reminder(team.neda, own.id, clock.now + timedelta(minutes=1))
    reminders.set_reminder(team.neda, team.mina.id, clock.now + timedelta(minutes=1))
    reminders.acknowledge(team.reza, team.reminder_id)
    unruled = add_lead(team.reza, "Lea", mine=True)
    reminders.set_reminder(team.reza, unruled.id, clock.now + timedelta(minutes=1))
    clock.move(minutes=100)
    assert escalate(team.neda) == ()


def test_the_supervisor_whose_desk_is_open_gets_it_and_several_share(team: Team, clock: MovingClock) -> None:
    sara = hire(team.neda, "Sara Tavakoli", "sara@example.com", clock, SUPERVISOR_PROFILE)
    team.reza.reload_definitions()
    status = next(each for each in team.reza.definitions.statuses if each.key == "call_back")
    others = [add_lead(team.reza, f"Customer {number}", mine=True) for number in range(3)]
    for each in others:
        set_status(
            team.reza,
            SetStatus(each.id, each.version, status.id, remind_at=clock.now + timedelta(minutes=1)),
        )
    clock.move(minutes=31)
    assert [each.owner_id for each in escalate(team.reza)] == [
        team.neda.actor.id, sara.actor.id, team.neda.actor.id, sara.actor.id,
    ]  # fmt: skip
    omid = hire(team.neda, "Omid Rezaei", "omid@example.com", clock)
    bulk.assign(team.neda, [each.id for each in others], omid.actor.id)
    clock.move(minutes=30)
    presence.beat(sara, "hers", None)
    assert {each.owner_id for each in escalate(omid)} == {sara.actor.id}


def test_without_a_supervisor_the_customer_alone_goes(team: Team, clock: MovingClock) -> None:
    rule_of(team.neda, "call_back", 0, 60)
    clock.move(minutes=60)
    (passed,) = escalate(team.reza)
    assert passed.to is Escalated.TO_NOBODY
    assert open_lead(team.neda, team.mina.id).lead.owner_id is None


@pytest.mark.parametrize(
    ("key", "rule", "field"),
    [
        ("call_back", (-1, 0), "escalation.supervisor_after"),
        ("call_back", (0, 10**6), "escalation.pool_after"),
        ("call_back", (60, 60), "escalation.pool_after"),
        ("won", (60, 0), "escalation.supervisor_after"),
        ("won", (0, 60), "escalation.pool_after"),
    ],
)
def test_rules_that_are_none(session: Session, key: str, rule: tuple[int, int], field: str) -> None:
    with pytest.raises(InvalidAnswers) as refused:
        rule_of(session, key, *rule)
    assert [each.field for each in refused.value.problems] == [field]


def test_only_who_defines_statuses_sets_a_rule(team: Team) -> None:
    with pytest.raises(Refused):
        rule_of(team.reza, "call_back", 5, 10)
