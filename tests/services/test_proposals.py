"""What people at work miss is proposed, decided once, told to whoever asked, and hidden from whoever does not decide."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from dataclasses import replace

import pytest
from session_making import MovingClock, hire, status_of

from leadtui.domain.field import Field, FieldKind
from leadtui.domain.permission import Permission, Profile
from leadtui.domain.playbook import OPENING, ItemKind, Playbook, PlaybookItem
from leadtui.domain.playbook_writing import with_question
from leadtui.domain.proposal import Proposal, ProposalSort, ProposalState
from leadtui.domain.status import Status
from leadtui.errors import Conflict, Invalid, InvalidAnswers, NotFound, Refused
from leadtui.services.defining import add_titled, retire, save_field, save_status
from leadtui.services.playbooks import save_need, save_playbook
from leadtui.services.profiles import save_profile
from leadtui.services.proposals import (
    count_open,
    decline,
    ended_proposals,
    merge,
    open_proposals,
    own_proposals,
    propose,
    take_answers,
)
from leadtui.services.session import Session


@pytest.fixture
def agent(session: Session, clock: MovingClock) -> Generator[Session]:
    """Sara, who works leads at the same store."""
    with closing(hire(session, "Sara Holm", "sara@example.com", clock)) as sara:
        yield sara


def a_need(title: str = "Training", example: str = "") -> Proposal:
    return Proposal(0, ProposalSort.NEED, title, "many ask for it", example)


def test_what_was_approved_is_usable_at_once_and_told_once(session: Session, agent: Session) -> None:
    kept = propose(agent, a_need())
    (waiting,) = open_proposals(session)
    assert (waiting.proposal, count_open(session)) == (kept, 1)
    need_id = add_titled(session, "need", "Courses", approves=kept.id)
    assert [each.title for each in agent.reload_definitions().needs if each.id == need_id] == ["Courses"]
    (told,) = take_answers(agent)
    assert (told.state, told.definition_id, told.decided_by) == (
        ProposalState.APPROVED,
        need_id,
        session.actor.id,
    )
    assert take_answers(agent) == () == open_proposals(session)
    assert [each.id for each in ended_proposals(session)] == [kept.id]


SORTS: dict[ProposalSort, str] = {
    ProposalSort.STATUS: "Sample sent",
    ProposalSort.ANSWER: "Size of the team",
    ProposalSort.FIELD: "Shoe size",
    ProposalSort.CHANNEL: "Open day",
    ProposalSort.NEED: "Training",
    ProposalSort.QUESTION: "Branches",
}


@pytest.mark.parametrize("sort", ProposalSort)
def test_each_sort_is_approved_by_defining_it(session: Session, agent: Session, sort: ProposalSort) -> None:
    interested = status_of(session, "interested")
    asks = interested.id if sort is ProposalSort.ANSWER else None
    need = OPENING if sort is ProposalSort.QUESTION else ""
    kept = propose(agent, Proposal(0, sort, SORTS[sort], "missed", status_id=asks, need=need))
    match sort:
        case ProposalSort.STATUS:
            save_status(session, Status(0, "", kept.title), approves=kept.id)
        case ProposalSort.ANSWER:
            more = Field(0, "", kept.title, FieldKind.TEXT, status_id=interested.id)
            after = replace(interested, fields=(*interested.fields, more))
            save_status(session, after, interested, approves=kept.id)
        case ProposalSort.FIELD:
            save_field(session, Field(0, "", kept.title, FieldKind.TEXT), approves=kept.id)
        case ProposalSort.CHANNEL | ProposalSort.NEED:
            add_titled(session, sort.value, kept.title, approves=kept.id)
        case ProposalSort.QUESTION:
            asked = PlaybookItem(ItemKind.ASK, "branches", kept.title)
            save_playbook(session, OPENING, Playbook(items=(asked,)), approves=kept.id)
    assert [each.state for each in own_proposals(agent)] == [ProposalState.APPROVED]
    with pytest.raises(Invalid, match="already"):
        propose(agent, Proposal(0, sort, SORTS[sort], "missed", status_id=asks, need=need))


def test_a_definition_that_would_approve_what_was_decided_is_not_kept(
    session: Session, agent: Session
) -> None:
    kept = propose(agent, a_need())
    decline(session, kept.id, "the courses say it")
    with pytest.raises(Conflict):
        add_titled(session, "need", "Training", approves=kept.id)
    with pytest.raises(NotFound):
        add_titled(session, "need", "Training", approves=99)
    assert "Training" not in [each.title for each in session.reload_definitions().needs]
    (told,) = take_answers(agent)
    assert (told.state, told.reason) == (ProposalState.DECLINED, "the courses say it")


def test_what_is_merged_ends_with_the_other(session: Session, agent: Session, clock: MovingClock) -> None:
    with closing(hire(session, "Reza Amini", "reza@example.com", clock)) as reza:
        first, second, third = (
            propose(agent, a_need()),
            propose(reza, a_need("Courses")),
            propose(session, a_need("Lessons")),
        )
        merge(session, third.id, second.id)
        merge(session, second.id, first.id)
        (waiting,) = open_proposals(session)
        assert [each.id for each in waiting.merged] == [second.id, third.id]
        add_titled(session, "need", "Training", approves=first.id)
        assert [each.state for each in take_answers(reza)] == [ProposalState.APPROVED]
        assert [each.into_id for each in own_proposals(session)] == [first.id]


def test_what_is_wrong_is_said_beside_it(session: Session) -> None:
    with pytest.raises(InvalidAnswers) as wrong:
        propose(session, Proposal(0, ProposalSort.ANSWER, " ", "x" * 1_001))
    assert [each.field for each in wrong.value.problems] == ["title", "why", "status_id"]
    with pytest.raises(InvalidAnswers):
        propose(session, Proposal(0, ProposalSort.NEED, "Training"))
    propose(session, a_need())
    with pytest.raises(Invalid, match="waits"):
        propose(session, a_need("training"))
    other = propose(session, Proposal(0, ProposalSort.CHANNEL, "Open day", "we had one"))
    with pytest.raises(Invalid):
        merge(session, other.id, own_proposals(session)[-1].id)
    with pytest.raises(Invalid):
        merge(session, other.id, other.id)
    with pytest.raises(Invalid):
        decline(session, other.id, "  ")
    with pytest.raises(Invalid, match="too long"):
        decline(session, other.id, "x" * 1001)
    gone = status_of(session, "interested").id
    retire(session, "status", gone)
    with pytest.raises(Invalid, match="exist"):
        propose(session, Proposal(0, ProposalSort.ANSWER, "Size", "missed", status_id=gone))


def test_who_decides_about_needs_sees_needs_and_no_numbers_that_are_hidden(
    session: Session, clock: MovingClock
) -> None:
    granted = frozenset({Permission.DEFINE_NEEDS, Permission.SEE_CUSTOMERS})
    save_profile(session, Profile(0, "", "Trainer", granted))
    with closing(hire(session, "Leo Park", "leo@example.com", clock, "trainer")) as leo:
        need = propose(session, a_need(example="Mina, +1 212 555 0101, asked"))
        channel = propose(session, Proposal(0, ProposalSort.CHANNEL, "Open day", "we had one"))
        (seen,) = open_proposals(leo)
        assert (seen.proposal.id, seen.proposal.example) == (need.id, "Mina, hidden, asked")
        assert (count_open(leo), count_open(session)) == (1, 2)
        with pytest.raises(Refused):
            decline(leo, channel.id, "no")
        with pytest.raises(Refused):
            propose(leo, a_need("Lessons"))


def test_a_question_belongs_to_one_playbook(session: Session, agent: Session) -> None:
    """It is proposed for a need that there is, refused where it is asked already, and merged with one of the same playbook alone."""
    with pytest.raises(InvalidAnswers):
        propose(agent, Proposal(0, ProposalSort.QUESTION, "Branches", "prices differ"))
    with pytest.raises(Invalid):
        propose(agent, Proposal(0, ProposalSort.QUESTION, "Branches", "prices differ", need="nothing"))
    known = session.definitions.opening.questions[0].title
    with pytest.raises(Invalid, match="already"):
        propose(agent, Proposal(0, ProposalSort.QUESTION, known, "prices differ", need=OPENING))
    first = propose(agent, Proposal(0, ProposalSort.QUESTION, "Branches", "prices differ", need=OPENING))
    need = session.definitions.needs[0]
    other = propose(agent, Proposal(0, ProposalSort.QUESTION, "Branches", "prices differ", need=need.key))
    with pytest.raises(Invalid):
        merge(session, first.id, other.id)
    with pytest.raises(NotFound):
        save_need(session, with_question(need, other, session.definitions), need, approves=first.id)
    saved = save_need(session, with_question(need, other, session.definitions), need, approves=other.id)
    assert [each.title for each in saved.playbook.questions] == ["Branches"]
    assert [each.id for each in ended_proposals(session)] == [other.id]
