"""The team's board: what each did, what is left, and what needs somebody."""

from __future__ import annotations

from datetime import date, timedelta

from session_making import Office, add_lead, status_of

from leadtui.services import presence
from leadtui.services.board import Concern, open_board
from leadtui.services.day import open_day
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.leads import log_call, open_lead
from leadtui.services.reminders import set_reminder
from leadtui.store import definitions


def test_a_line_for_each_and_one_for_all(office: Office) -> None:
    neda, sara, clock = office.neda, office.sara, office.clock
    rung, worked, left = (
        add_lead(sara, f"Customer {number}", "+1 212 555 0101", mine=True)
        if number == 0
        else add_lead(sara, f"Customer {number}", mine=True)
        for number in range(3)
    )
    for number in range(4):
        add_lead(neda, f"New {number}")
    presence.beat(sara, "sara's", left.id)
    clock.move(minutes=2)
    log_call(sara, rung.id, rung.phone, clock.now, 125)
    clock.move(minutes=8)
    set_status(sara, SetStatus(worked.id, None, status_of(sara, "no_answer").id))
    presence.beat(sara, "sara's", left.id)
    told = open_board(neda)
    (mine,) = [each for each in told.agents if each.person_id == neda.actor.id]
    (hers,) = [each for each in told.agents if each.person_id == sara.actor.id]
    assert (mine.on_shift, hers.on_shift, hers.lead_id) == (False, True, left.id)
    figures = hers.figures
    assert (figures.calls, figures.reached, figures.worked) == (1, 1, 1)
    assert (figures.contact_median, figures.contact_p90) == (360.0, 552.0)
    assert figures.untouched == 0
    assert told.team == figures
    assert [(each.concern, each.count) for each in told.concerns] == [(Concern.NOBODYS, 4)]
    # The board and a person's own day say the same.
    day = open_day(neda, person_id=sara.actor.id)
    assert (day.calls, day.reached, day.worked, day.left) == (1, 1, 1, figures.left)
    clock.move(hours=1)
    assert {each.person_id: each.figures.untouched for each in open_board(neda).agents}[sara.actor.id] == 1
    yesterday = date(2024, 9, 27)
    assert open_board(neda, yesterday, yesterday).team.calls == 0
    assert open_board(neda, yesterday).team.calls == 1


def test_what_needs_somebody(office: Office) -> None:
    neda, sara, clock = office.neda, office.sara, office.clock
    promised, forgotten = (add_lead(sara, f"Customer {number}", mine=True) for number in range(2))
    set_reminder(sara, promised.id, clock.now + timedelta(hours=1), promised=True)
    set_status(sara, SetStatus(forgotten.id, None, status_of(sara, "no_answer").id))
    for each in open_lead(sara, forgotten.id).pending:
        assert each.due is None, "no answer plans nothing"
    clock.move(days=15)
    assert {each.concern: each.count for each in open_board(neda).concerns} == {
        Concern.PROMISED: 1,
        Concern.STALLED: 1,
    }
    # As a store of an earlier version may have it: nobody could leave so by now.
    with neda.write() as tx:
        definitions.set_membership(tx, sara.actor.id, "Sara Amini", "agent", active=False)
    told = {each.concern: each for each in open_board(neda).concerns}
    assert {name: each.count for name, each in told.items()} == {
        Concern.UNHEARD: 1,
        Concern.PROMISED: 1,
        Concern.LEFT_BEHIND: 2,
        Concern.STALLED: 1,
    }
    assert told[Concern.UNHEARD].by_person == {sara.actor.id: 1}
    assert told[Concern.UNHEARD].oldest == clock.now - timedelta(days=15) + timedelta(hours=1)
