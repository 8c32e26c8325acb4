"""The team's board: what each did, what is left, and what needs somebody."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from session_making import Office, add_lead, book_demo, status_of

from leadtui.domain.board import Concern, Figure
from leadtui.domain.lead import Lead
from leadtui.domain.status import StatusKind
from leadtui.domain.view import View
from leadtui.domain.workspace import MemberState
from leadtui.errors import InvalidAnswers, Refused
from leadtui.services import bulk, presence
from leadtui.services.board import open_board
from leadtui.services.day import open_day
from leadtui.services.follow_up import SetStatus, StatusOfSeveral, set_status, set_status_of
from leadtui.services.handing_over import return_lead
from leadtui.services.lead_list import LeadList
from leadtui.services.leads import log_call, open_lead
from leadtui.services.reminders import set_reminder
from leadtui.services.undo import undo
from leadtui.store import definitions, leads
from leadtui.store.board import CameBy


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
    assert [(each.concern, each.count) for each in told.concerns] == [
        (Concern.NOBODYS, 4),
        (Concern.NO_OUTCOME, 1),
    ]
    assert told.names == {left.id: "Customer 2"}
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
    interested = status_of(sara, "interested").id
    set_status(sara, SetStatus(forgotten.id, None, interested, no_next_step="waits for money"))
    clock.move(days=15)
    before = {each.concern: each for each in open_board(neda).concerns}
    assert {name: each.count for name, each in before.items()} == {
        Concern.PROMISED: 1,
        Concern.STALLED: 1,
        Concern.UNPLANNED: 1,
    }
    assert before[Concern.UNPLANNED].reasons == {"waits for money": 1}
    # As it is where somebody was removed, and what they have was not given to others yet.
    with neda.write() as tx:
        definitions.set_state(tx, sara.actor.id, MemberState.GONE, tx.now, None)
    told = {each.concern: each for each in open_board(neda).concerns}
    assert {name: each.count for name, each in told.items()} == {
        Concern.UNHEARD: 1,
        Concern.PROMISED: 1,
        Concern.LEFT_BEHIND: 2,
        Concern.STALLED: 1,
        Concern.UNPLANNED: 1,
    }
    assert told[Concern.UNHEARD].by_person == {sara.actor.id: 1}
    assert told[Concern.UNHEARD].oldest == clock.now - timedelta(days=15) + timedelta(hours=1)


def test_every_number_has_its_list(office: Office) -> None:
    neda, sara, clock = office.neda, office.sara, office.clock
    people = [
        add_lead(sara, f"Customer {number}", f"+1 212 555 01{number:02}", mine=True) for number in range(8)
    ]
    for number in range(3):
        add_lead(neda, f"New {number}")
    rung, met, reminded, tried, soon = people[:5]
    clock.move(minutes=3)
    log_call(sara, rung.id, rung.phone, clock.now, 90)
    log_call(sara, rung.id, rung.phone, clock.now, 5)
    book_demo(sara, met.id, neda.actor.id)
    set_reminder(sara, reminded.id, clock.now + timedelta(minutes=30), promised=True)
    set_status(sara, SetStatus(tried.id, None, status_of(sara, "no_answer").id))
    set_reminder(sara, soon.id, clock.now + timedelta(hours=2, minutes=30))
    bulk.assign(neda, [people[5].id], neda.actor.id)
    bulk.assign(neda, [people[5].id], sara.actor.id)
    return_lead(sara, people[5].id, "not my region")
    clock.move(hours=2)
    told = open_board(neda)
    customers = LeadList(neda)

    def names(what: Figure | Concern, person_id: int | None = None) -> set[str]:
        rows = customers.rows(customers.order(View(listing=told.listing(what, person_id))))
        return {each.name for each in rows.values()}

    for agent in told.agents:
        day = open_day(neda, person_id=agent.person_id)
        assert (day.left, day.worked, day.reached) == (
            agent.figures.left,
            agent.figures.worked,
            agent.figures.reached,
        )
    (hers,) = [each for each in told.agents if each.person_id == sara.actor.id]
    mine = sara.actor.id
    assert hers.figures.calls == 2
    assert names(Figure.CALLS, mine) == {"Customer 0"}
    assert names(Figure.REACHED, mine) == {"Customer 0", "Customer 1"}
    assert names(Figure.WORKED, mine) == {"Customer 1", "Customer 3"}
    assert names(Figure.MEETINGS, mine) == {"Customer 1"}
    assert names(Figure.LEFT, mine) == {"Customer 3", "Customer 4"}
    assert names(Figure.OVERDUE, mine) == {"Customer 2"}
    assert names(Figure.MISSED, mine) == {"Customer 2"}
    assert names(Figure.UNTOUCHED, mine) == {"Customer 4", "Customer 2", "Customer 6", "Customer 7"}
    assert names(Figure.FIRST_CONTACT, mine) == {"Customer 0", "Customer 1", "Customer 3"}
    for what in (Figure.LEFT, Figure.OVERDUE, Figure.MISSED, Figure.UNTOUCHED):
        counted = {
            Figure.LEFT: told.team.left.today,
            Figure.OVERDUE: told.team.left.overdue,
            Figure.MISSED: told.team.missed,
            Figure.UNTOUCHED: told.team.untouched,
        }
        assert len(names(what)) == counted[what]
    for line in told.concerns:
        assert len(names(line.concern)) == line.count, line.concern
    lines = {each.concern: each for each in told.concerns}
    assert set(lines) == {Concern.PROMISED, Concern.NOBODYS, Concern.RETURNED, Concern.NO_OUTCOME}
    assert lines[Concern.NOBODYS].within == [0, 3, 3]
    assert (names(Concern.RETURNED), lines[Concern.RETURNED].reasons) == (
        {"Customer 5"},
        {"not my region": 1},
    )
    # It is narrowed and found in as every list.
    found = View(find="5550106", listing=told.listing(Figure.UNTOUCHED, mine))
    assert len(customers.order(found)) == 1
    assert customers.matches(found, [each.id for each in people]) == {people[6].id}
    with pytest.raises(Refused):
        LeadList(sara).order(found)


def test_who_is_left_without_a_next_step_is_counted_until_something_is_planned(office: Office) -> None:
    neda, sara, clock = office.neda, office.sara, office.clock
    interested = status_of(sara, "interested").id

    def left() -> set[int]:
        told = open_board(neda)
        listed = LeadList(neda).order(View(listing=told.listing(Concern.UNPLANNED)))
        counted = sum(each.count for each in told.concerns if each.concern is Concern.UNPLANNED)
        assert counted == len(listed)
        return set(listed)

    people = [add_lead(sara, f"Customer {number}", mine=True) for number in range(3)]
    ids = [each.id for each in people]
    with pytest.raises(InvalidAnswers, match="Nothing would be planned"):
        set_status_of(sara, ids, StatusOfSeveral(interested))
    assert left() == set()
    set_reminder(sara, ids[0], clock.now + timedelta(hours=1))
    some = set_status_of(sara, ids, StatusOfSeveral(interested))
    assert (some.done, some.unplanned) == (1, 2)
    clock.move(minutes=1)
    assert set_status_of(sara, ids, StatusOfSeveral(interested, no_next_step="wait")).done == 3
    assert left() == {*ids[1:]}
    assert open_lead(sara, ids[1]).timeline[0].detail.no_next_step == "wait"
    set_reminder(sara, ids[1], clock.now + timedelta(hours=1))
    assert left() == {ids[2]}
    clock.move(minutes=1)
    set_status(sara, SetStatus(ids[2], None, status_of(sara, "no_answer").id))
    assert left() == set()
    undo(sara)
    assert left() == {ids[2]}
    set_status(neda, SetStatus(ids[2], None, interested, no_next_step="still"))
    undo(neda)
    assert left() == {ids[2]}


def test_who_came_in_is_told_by_entry_channel(office: Office) -> None:
    neda, clock = office.neda, office.clock
    first, second = neda.definitions.channels[:2]
    won = next(each for each in neda.definitions.open_statuses if each.kind is StatusKind.WON)

    def came(name: str, number: str, **values: int) -> Lead:
        lead = add_lead(neda, name, number, mine=True)
        with neda.write() as tx:
            leads.change(tx, lead, **values)
        return open_lead(neda, lead.id).lead

    came("Before", "+1 212 555 0100", channel_latest_id=first.id)
    clock.move(days=1)
    talked = came("Talked", "+1 212 555 0101", channel_latest_id=first.id)
    came("Won", "+1 212 555 0102", channel_latest_id=first.id, status_id=won.id)
    rung = came("Rung", "+1 212 555 0103", channel_latest_id=first.id)
    told = came("Told", "+1 212 555 0104", channel_latest_id=second.id)
    clock.move(minutes=5)
    log_call(neda, talked.id, talked.phone, clock.now, 90)
    log_call(neda, rung.id, rung.phone, clock.now, 5)
    book_demo(neda, told.id, office.sara.actor.id)
    board = open_board(neda)
    assert board.channels == (
        CameBy(first.id, came=3, reached=1, won=1),
        CameBy(second.id, came=1, reached=1, won=0),
    )
    before = open_board(neda, board.first - timedelta(days=1), board.last)
    assert before.channels[0] == CameBy(first.id, came=4, reached=1, won=1)
    undo(neda)
    assert open_board(neda).channels[1] == CameBy(second.id, came=1, reached=0, won=0)
