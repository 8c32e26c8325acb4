"""A colleague leaves: others get the customers and reminders, nothing is dropped, and it is taken back as one step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

import pytest
from session_making import Office, add_lead, book_demo, hire, status_of
from visits import VISIT

from leadtui.domain.case import CaseLead
from leadtui.domain.case_kind_table import kind_of
from leadtui.domain.distribution import RuleWords
from leadtui.domain.lead import ActivityKind, Lead
from leadtui.domain.permission import AGENT_PROFILE
from leadtui.errors import Invalid, Refused
from leadtui.services import bulk
from leadtui.services.cartable import given_to_me
from leadtui.services.case_kinds import save_case_kind
from leadtui.services.cases import MoveCase, OpenCase, move_case, open_case, show_case
from leadtui.services.colleagues import change_colleague
from leadtui.services.distributing import distribute, plan
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.handing_over import HandedOver, LeftBehind, hand_over, left_behind, return_lead
from leadtui.services.leads import add_note, open_lead
from leadtui.services.reminders import set_reminder
from leadtui.services.session import Session
from leadtui.services.undo import undo, undo_rest
from leadtui.store import journal


def saras(office: Office, count: int) -> list[Lead]:
    """Customers in Sara's cartable, each with a reminder; the last one is nobody's."""
    people = [add_lead(office.sara, f"Customer {number}", mine=number < count - 1) for number in range(count)]
    for each in people:
        set_reminder(office.sara, each.id, office.clock.now + timedelta(hours=1))
    return people


def gone(office: Office, to: Sequence[int]) -> HandedOver:
    """Sara leaves."""
    begun = None
    while begun is None or not begun.through:
        begun = hand_over(office.neda, office.sara.actor.id, to, begun)
    return begun


def belongs(session: Session, lead_id: int) -> tuple[int | None, set[int]]:
    """Whose a customer is, and where its reminders ring."""
    opened = open_lead(session, lead_id)
    return opened.lead.owner_id, {each.owner_id for each in opened.pending}


def test_nobody_leaves_who_would_drop_something(office: Office) -> None:
    sara = office.sara.actor
    saras(office, 3)
    assert left_behind(office.neda, sara.id) == LeftBehind(customers=2, reminders=3)
    with pytest.raises(Invalid, match="Sara Amini has customers, reminders or cases") as refused:
        change_colleague(office.neda, sara.id, sara.name, AGENT_PROFILE, active=False)
    assert refused.value.field == "active"
    for wrong in (sara.id, 999):
        with pytest.raises(Invalid, match="no longer works here"):
            hand_over(office.neda, sara.id, [wrong])


def test_shared_out_evenly_in_parts_and_taken_back_as_one_step(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "GIVEN_AT_ONCE", 3)
    neda, sara = office.neda, office.sara.actor
    reza = hire(neda, "Reza Amini", "reza@example.com", office.clock)
    neda.reload_definitions()
    people = saras(office, 8)
    before = [belongs(neda, each.id) for each in people]
    told = gone(office, [neda.actor.id, reza.actor.id])
    assert (told.customers, told.reminded, told.through) == (7, 1, True)
    assert Counter(belongs(neda, each.id)[0] for each in people) == {
        neda.actor.id: 4,
        reza.actor.id: 3,
        None: 1,
    }
    for each in people[:-1]:
        owner, ringing = belongs(neda, each.id)
        assert ringing == {owner}
    assert belongs(neda, people[-1].id)[1] == {neda.actor.id}
    left = neda.definitions.colleague(sara.id)
    assert left is not None
    assert not left.active
    assert len(undo(neda).taken) == 8
    neda.reload_definitions()
    assert neda.definitions.colleague(sara.id) == sara
    assert [belongs(neda, each.id) for each in people] == before
    reza.close()


def test_what_nobody_gets_rings_at_whoever_decides_it(office: Office) -> None:
    people = saras(office, 2)
    gone(office, [])
    assert [belongs(office.neda, each.id) for each in people] == [(None, {office.neda.actor.id})] * 2
    assert left_behind(office.neda, office.sara.actor.id).nothing


def test_who_has_nothing_just_leaves(office: Office) -> None:
    assert gone(office, []) == HandedOver(through=True, left=True)
    assert [each.id for each in office.neda.definitions.active_colleagues] == [office.neda.actor.id]


def test_a_recipient_returns_a_customer_with_the_reason(office: Office) -> None:
    neda, sara = office.neda, office.sara
    lead = add_lead(neda, mine=True)
    with pytest.raises(Refused, match="Nobody has given you"):
        return_lead(neda, lead.id, "not mine")
    bulk.assign(neda, [lead.id], sara.actor.id)
    set_reminder(sara, lead.id, office.clock.now + timedelta(hours=1))
    with pytest.raises(Invalid, match="Say why") as refused:
        return_lead(sara, lead.id, "  ")
    assert refused.value.field == "note"
    assert return_lead(sara, lead.id, "Not my region") == neda.actor.id
    assert belongs(neda, lead.id) == (neda.actor.id, {neda.actor.id})
    (told,) = given_to_me(neda)
    assert (told.actor_id, told.detail.text) == (sara.actor.id, "Not my region")
    assert open_lead(neda, lead.id).timeline[0].kind is ActivityKind.RETURNED
    assert len(undo(sara).taken) == 1
    assert belongs(neda, lead.id) == (sara.actor.id, {sara.actor.id})


def test_what_a_rule_gave_is_returned_to_nobody(office: Office) -> None:
    lead = add_lead(office.neda)
    (part,) = plan(office.neda, RuleWords("evenly", ("sara",)), [lead.id]).parts()
    distribute(office.neda, part)
    assert return_lead(office.sara, lead.id, "Not my region") is None
    assert belongs(office.neda, lead.id)[0] is None


def test_what_is_taken_back_after_somebody_left_rings_where_the_customer_is(office: Office) -> None:
    neda, sara = office.neda, office.sara
    moved, ended = (add_lead(neda, name, mine=name == "Moved") for name in ("Moved", "Ended"))
    for each in (moved, ended):
        set_reminder(sara, each.id, office.clock.now + timedelta(hours=1))
    office.clock.move(minutes=1)
    wish = SetStatus(ended.id, ended.version + 1, status_of(neda, "do_not_call").id, {"reason": "Asked us"})
    set_status(neda, wish)
    assert not open_lead(neda, ended.id).pending
    book_demo(neda, moved.id, neda.actor.id)
    assert {each.owner_id for each in open_lead(neda, moved.id).pending} == {neda.actor.id}
    gone(office, [])
    undo(neda)
    assert belongs(neda, moved.id) == (neda.actor.id, {neda.actor.id})
    undo(neda)
    assert belongs(neda, ended.id) == (None, {neda.actor.id})


def test_the_rest_of_an_undoing_is_of_one_step_of_ones_own(office: Office) -> None:
    neda, sara = office.neda, office.sara
    lead = add_lead(neda, mine=True)
    add_note(sara, lead.id, "a note")
    add_note(neda, lead.id, "another")
    at_once = [add_lead(neda, f"Customer {number}").id for number in range(2)]
    for each in at_once:
        bulk.assign(neda, [each], sara.actor.id)
    with neda.read() as tx:
        steps = [step for each in (lead.id, *at_once) for step in journal.of_activities(tx, each, 0).values()]
    for going in ([steps[0].id], [each.id for each in steps[2:]]):
        with pytest.raises(Refused, match="rest of one step of your own"):
            undo_rest(neda, going)
    assert len(open_lead(neda, lead.id).timeline) == 3
    assert undo_rest(neda, [steps[2].id]).through == 1


def test_shared_out_by_a_rule_of_the_desk(office: Office) -> None:
    neda, sara = office.neda, office.sara.actor
    reza = hire(neda, "Reza Amini", "reza@example.com", office.clock)
    neda.reload_definitions()
    people = saras(office, 8)
    with pytest.raises(Refused, match="to the same person"):
        hand_over(neda, sara.id, [], by=RuleWords("one", ("sara@example.com",)), leaving=False)
    with pytest.raises(Invalid, match="There is no rule"):
        hand_over(neda, sara.id, [], by=RuleWords("whatever"))
    assert neda.reload_definitions().colleague(sara.id) == sara
    weights, done = RuleWords("weighted", ("neda@example.com=1", "reza@example.com=6")), None
    while done is None or not done.through:
        done = hand_over(neda, sara.id, [], done, by=weights)
    owners = Counter(belongs(neda, each.id)[0] for each in people[:-1])
    assert owners == {neda.actor.id: 1, reza.actor.id: 6}
    assert len(undo(neda).taken) == 8
    assert {belongs(neda, each.id)[0] for each in people[:-1]} == {sara.id}


def test_cases_go_with_their_customers_and_come_back_with_the_leaver(office: Office) -> None:
    neda, sara = office.neda, office.sara
    planned, over = VISIT["states"]
    save_case_kind(neda, kind_of({**VISIT, "states": [planned, {**over, "final": True}]}))
    third = hire(neda, "Omid Rad", "omid@example.com", office.clock)
    mine, other = add_lead(sara, "Mina", mine=True), add_lead(neda, "Reza", mine=True)
    add_lead(sara, "Ali", mine=True)
    about: tuple[tuple[CaseLead, ...], ...] = ((CaseLead("who", mine.id),), (CaseLead("who", other.id),), ())
    opened = [open_case(sara, OpenCase("visit", each)).case.id for each in about]
    ended = open_case(sara, OpenCase("visit", (CaseLead("who", mine.id),))).case.id
    move_case(sara, MoveCase(ended, "end"))
    assert left_behind(neda, sara.actor.id) == LeftBehind(2, 0, 3)
    to = [third.actor.id, neda.actor.id]
    assert gone(office, to).cases == 3
    owner = open_lead(neda, mine.id).lead.owner_id
    owners = [show_case(neda, each).shown.case.owner_id for each in (*opened, ended)]
    assert (owners[0], owners[1], owners[3]) == (owner, neda.actor.id, sara.actor.id)
    assert owners[2] in to
    undone = undo(neda)
    assert not undone.refused
    owners = [show_case(neda, each).shown.case.owner_id for each in opened[:2]]
    assert owners == [sara.actor.id] * 2
    assert open_lead(neda, mine.id).lead.owner_id == sara.actor.id
    third.close()
