"""Cases: moved as their kind says, with all that this does, or nothing; seen, conflicted, taken back, erased and merged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from session_making import MovingClock, Office, add_lead, hire
from test_permissions import grant
from visits import define_visits

from leadtui.domain.case import CaseAct, CaseLead, NotMet
from leadtui.domain.case_kind import CaseKind
from leadtui.domain.case_kind_table import kind_of
from leadtui.domain.permission import AGENT_PROFILE, Permission
from leadtui.errors import Conflict, InvalidAnswers, NotFound, Refused
from leadtui.services import cases, erasing, lead_merge, leads, undo
from leadtui.services.case_kinds import save_case_kind
from leadtui.services.case_limits import pass_time
from leadtui.services.cases import AnswerCase, CaseFilter, MoveCase, OpenCase
from leadtui.services.profiles import save_profile
from leadtui.services.session import Session

VIEWING = {
    "key": "viewing",
    "title": "Viewing",
    "roles": [
        {"key": "buyer", "title": "Buyer"},
        {"key": "seller", "title": "Seller", "least": 0, "most": 2},
    ],
    "fields": [
        {"key": "address", "title": "Address", "required": True},
        {"key": "price", "title": "Price", "kind": "money"},
        {"key": "fee", "title": "Fee", "kind": "money"},
        {"key": "rate", "title": "Rate", "kind": "number"},
        {"key": "seen_on", "title": "Seen on", "kind": "date"},
    ],
    "states": [
        {
            "key": "planned",
            "title": "Planned",
            "limits": [
                {"after": 60, "then": "remind", "note": "Ask when"},
                {"after": 120, "then": "escalate"},
                {"after": 180, "then": "move", "to": "lost"},
            ],
        },
        {"key": "seen", "title": "Seen", "review": True},
        {"key": "sold", "title": "Sold", "final": True},
        {"key": "lost", "title": "Lost", "final": True},
    ],
    "moves": [
        {
            "key": "see",
            "title": "Was seen",
            "from": ["planned"],
            "to": "seen",
            "needs": ["price"],
            "person": "Who rings",
            "effects": [
                {"do": "stamp", "field": "seen_on"},
                {"do": "status", "role": "buyer", "status": "interested", "to": "asked"},
                {"do": "give", "role": "buyer", "to": "asked"},
                {"do": "remind", "role": "buyer", "to": "asked", "after": 0, "note": "Ring again"},
                {"do": "own", "to": "asked"},
            ],
        },
        {
            "key": "sell",
            "title": "Sell",
            "from": ["seen"],
            "to": "sold",
            "by": ["cases:approve"],
            "needs": ["rate"],
            "requires": [
                {"any": [{"field": "price", "least": 1000}], "reason": "Too cheap.", "override": True},
                {
                    "any": [{"role": "buyer", "kind": "viewing", "states": ["lost"], "most": 0}],
                    "reason": "The buyer has lost one before.",
                },
            ],
            "effects": [{"do": "percent", "field": "fee", "of": "price", "by": "rate"}],
        },
    ],
}


@pytest.fixture(autouse=True)
def defined(session: Session) -> None:
    """Property viewings, defined by settings alone."""
    save_case_kind(session, viewing())


def viewing() -> CaseKind:
    """A kind of case as a form or a file gives it."""
    return kind_of(VIEWING)


def opened(session: Session, lead_id: int, title: str = "") -> cases.ShownCase:
    people = (CaseLead("buyer", lead_id),)
    return cases.open_case(session, OpenCase("viewing", people, title, {"address": "Elm Street 4"}))


def seen(session: Session, case: cases.ShownCase, price: str = "2000") -> cases.ShownCase:
    step = MoveCase(case.case.id, "see", case.case.version, {"price": price}, session.actor.id)
    return cases.move_case(session, step)


def test_a_case_goes_its_way_and_takes_its_leads_along(office: Office) -> None:
    session, agent = office.neda, office.sara.actor.id
    lead = add_lead(session, "Mina Sadeghi")
    case = opened(session, lead.id)
    assert (case.state_title, case.names()) == ("Planned", ("Mina Sadeghi",))
    step = MoveCase(case.case.id, "see", case.case.version, {"price": "2000"}, agent)
    case = cases.move_case(session, step)
    assert (case.state_title, case.case.owner_id) == ("Seen", agent)
    assert case.case.answers["seen_on"] == "2024-09-28"
    after = leads.open_lead(session, lead.id)
    status = session.definitions.status(after.lead.status_id)
    assert (status.key if status else "", after.lead.owner_id) == ("interested", agent)
    assert [(each.note, each.owner_id) for each in after.pending] == [("Ring again", agent)]
    with pytest.raises(Refused, match="does not allow"):
        cases.move_case(office.sara, MoveCase(case.case.id, "sell", answers={"rate": "3"}))
    case = cases.move_case(session, MoveCase(case.case.id, "sell", answers={"rate": "2.5"}))
    assert (case.state_title, case.case.answers["fee"]) == ("Sold", "50")
    told = cases.show_case(session, case.case.id)
    assert [each.act for each in told.timeline] == [CaseAct.MOVED, CaseAct.MOVED, CaseAct.OPENED]
    assert not told.moves


@pytest.mark.parametrize(
    ("step", "error"),
    [
        (MoveCase(1, "see"), InvalidAnswers),
        (MoveCase(1, "see", answers={"price": "much"}, person_id=1), InvalidAnswers),
        (MoveCase(1, "see", answers={"price": "2", "rate": "3"}, person_id=1), InvalidAnswers),
        (MoveCase(1, "see", 7, {"price": "2"}, 1), Conflict),
        (MoveCase(1, "sell", answers={"rate": "3"}), Refused),
        (MoveCase(2, "see"), NotFound),
    ],
)
def test_what_is_refused_changes_nothing(session: Session, step: MoveCase, error: type[Exception]) -> None:
    before = opened(session, add_lead(session, "Mina Sadeghi").id)
    with pytest.raises(error):
        cases.move_case(session, step)
    assert cases.show_case(session, 1).shown == before


def test_a_move_that_begins_elsewhere_is_refused_with_those_that_there_are(session: Session) -> None:
    case = opened(session, add_lead(session, "Mina Sadeghi").id)
    with pytest.raises(Refused, match=r"“Sell” does not begin at “Planned”\. There you can make: Was seen"):
        cases.move_case(session, MoveCase(case.case.id, "sell", answers={"rate": "3"}))


def test_what_a_move_requires_is_overridden_with_a_reason_or_not_at_all(session: Session) -> None:
    lead = add_lead(session, "Mina Sadeghi")
    case = seen(session, opened(session, lead.id), "999")
    sell = MoveCase(case.case.id, "sell", answers={"rate": "2"})
    with pytest.raises(NotMet, match="Too cheap") as refused:
        cases.move_case(session, sell)
    assert refused.value.overridable
    why = MoveCase(case.case.id, "sell", answers={"rate": "2"}, override="An old friend")
    assert cases.plan_move(session, why).override == "An old friend"
    with pytest.raises(InvalidAnswers, match="too long"):
        cases.move_case(session, replace(why, override="x" * 501))
    case = cases.move_case(session, why)
    assert cases.show_case(session, case.case.id).timeline[0].detail.override == "An old friend"


def test_an_earlier_case_of_the_lead_stands_in_the_way(session: Session, clock: MovingClock) -> None:
    lead = add_lead(session, "Mina Sadeghi")
    opened(session, lead.id)
    clock.move(days=30)
    pass_time(session)
    later = seen(session, opened(session, lead.id))
    with pytest.raises(NotMet, match="lost one before") as refused:
        cases.move_case(
            session, MoveCase(later.case.id, "sell", answers={"rate": "2"}, override="All the same")
        )
    assert not refused.value.overridable


def test_time_in_a_state_is_passed_once(session: Session, clock: MovingClock) -> None:
    lead = add_lead(session, "Mina Sadeghi", mine=True)
    case = opened(session, lead.id)
    for minutes, then in ((61, "remind"), (60, "escalate"), (60, "move")):
        assert pass_time(session) == ()
        clock.move(minutes=minutes)
        assert [each.limit.then for each in pass_time(session, dry_run=True)] == [then]
        assert [each.limit.then for each in pass_time(session)] == [then]
    assert [each.note for each in leads.open_lead(session, lead.id).pending] == ["Ask when"]
    assert cases.show_case(session, case.case.id).shown.state_title == "Lost"


def test_a_step_is_taken_back_whole_from_the_lead_and_from_the_case(session: Session) -> None:
    lead = add_lead(session, "Mina Sadeghi")
    before = opened(session, lead.id)
    was = leads.open_lead(session, lead.id)
    for take_back in (lambda: undo.undo(session), lambda: cases.undo_case(session, before.case.id)):
        moved = seen(session, cases.show_case(session, before.case.id).shown)
        assert moved.state_title == "Seen"
        take_back()
        again = cases.show_case(session, before.case.id)
        assert (again.shown.state_title, again.shown.case.answers) == ("Planned", before.case.answers)
        now = leads.open_lead(session, lead.id)
        assert (now.lead.status_id, now.lead.owner_id, now.pending) == (was.lead.status_id, None, ())
    assert cases.undo_case(session, before.case.id) is None
    with pytest.raises(NotFound):
        cases.show_case(session, before.case.id)


def test_a_step_that_somebody_built_upon_stays(office: Office) -> None:
    session = office.neda
    case = seen(session, opened(session, add_lead(session, "Mina Sadeghi").id))
    with pytest.raises(InvalidAnswers):  # what a review decides
        cases.answer_case(office.sara, AnswerCase(case.case.id, {"rate": "2"}))
    cases.answer_case(office.sara, AnswerCase(case.case.id, {"address": "Elm Street 5"}))
    with pytest.raises(Refused, match="worked on this case since"):
        cases.undo_case(session, case.case.id)
    assert cases.show_case(session, case.case.id).shown.case.answers["address"] == "Elm Street 5"


def test_who_sees_only_the_own_cartable_knows_nothing_of_others_in_a_case(
    session: Session, clock: MovingClock
) -> None:
    agent = session.definitions.profile(AGENT_PROFILE)
    assert agent is not None
    hiding = agent.permissions - {Permission.SEE_CUSTOMERS, Permission.SEE_NUMBERS}
    save_profile(session, replace(agent, permissions=hiding))
    sara = hire(session, "Sara Amini", "sara@example.com", clock)
    own = add_lead(sara, "Mina Sadeghi", mine=True)
    hidden = add_lead(session, "Reza Karimi")
    case = opened(session, own.id, title="Call 09121234567")
    cases.link_lead(session, case.case.id, "seller", hidden.id)
    other = opened(session, hidden.id)
    shown = cases.find_cases(sara)
    assert [each.case.id for each in shown] == [case.case.id]
    assert shown[0].names() == ("Mina Sadeghi",)
    assert [each.lead_id for each in shown[0].case.leads] == [own.id, 0]
    assert "0912" not in shown[0].case.title
    assert cases.find_cases(sara, CaseFilter(text="Karimi")) == ()
    for look in (lambda: cases.show_case(sara, other.case.id), lambda: opened(sara, hidden.id)):
        with pytest.raises(NotFound):
            look()
    cases.give_case(session, other.case.id, sara.actor.id)
    assert cases.give_case(sara, other.case.id, None).case.owner_id is None
    with pytest.raises(NotFound):
        cases.show_case(sara, other.case.id)
    taken = cases.undo_case(sara, other.case.id)
    assert taken is not None, "her own step is taken back, though she saw it no more"
    assert taken.case.owner_id == sara.actor.id
    sara.close()


def test_nobody_opens_for_a_colleague_to_whom_they_may_give_nothing(office: Office) -> None:
    mina = add_lead(office.neda, "Mina Sadeghi")
    to_sara = OpenCase("visit", (CaseLead("who", mina.id),), owner_id=office.sara.actor.id)
    define_visits(office.neda)
    grant(office.sara, frozenset(Permission) - {Permission.TRANSFER})
    assert cases.open_case(office.sara, to_sara).case.owner_id == office.sara.actor.id
    with pytest.raises(Refused, match="follow-ups:transfer"):
        cases.open_case(office.sara, replace(to_sara, owner_id=office.neda.actor.id))


def test_erasing_one_leaves_the_others_history_and_takes_what_was_theirs_alone(session: Session) -> None:
    mina, sara = add_lead(session, "Mina Sadeghi"), add_lead(session, "Sara Karimi")
    alone = opened(session, mina.id, title="The house of Mina Sadeghi on the hill")
    both = opened(session, mina.id, title="For Mina Sadeghi")
    cases.link_lead(session, both.case.id, "seller", sara.id)
    erasing.erase(session, mina.id, "She asked for it", "Mina Sadeghi")
    left = cases.find_cases(session)
    assert [each.case.id for each in left] == [both.case.id]
    assert (left[0].names(), left[0].case.title) == (("Sara Karimi",), "For …")
    with pytest.raises(NotFound):
        cases.show_case(session, alone.case.id)
    session.store.close()
    assert b"on the hill" not in Path(str(session.store.path)).read_bytes()


def test_a_merge_moves_the_roles_and_gives_them_back(session: Session) -> None:
    mina, twin = add_lead(session, "Mina Sadeghi"), add_lead(session, "Mina S.")
    case = opened(session, twin.id)
    versions = [leads.open_lead(session, each.id).lead.version for each in (mina, twin)]
    lead_merge.merge(session, mina.id, twin.id, (versions[0], versions[1]))
    assert cases.show_case(session, case.case.id).shown.case.lead_ids("buyer") == (mina.id,)
    undo.undo(session)
    assert cases.show_case(session, case.case.id).shown.case.lead_ids("buyer") == (twin.id,)


def test_two_at_one_case_do_not_overwrite_each_other(session: Session) -> None:
    case = opened(session, add_lead(session, "Mina Sadeghi").id)
    cases.answer_case(session, AnswerCase(case.case.id, {"rate": "2"}, case.case.version))
    with pytest.raises(Conflict):
        cases.answer_case(session, AnswerCase(case.case.id, {"rate": "3"}, case.case.version))
    sold = seen(session, cases.show_case(session, case.case.id).shown)
    sold = cases.move_case(session, MoveCase(sold.case.id, "sell", answers={}))
    with pytest.raises(Refused, match="by a move alone"):
        cases.answer_case(session, AnswerCase(case.case.id, {"rate": "9"}))
