"""Proposing from where something is missed, and deciding: the form is filled in, and whoever proposed is told."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing

import pytest
from desk_driving import driven
from session_making import MovingClock, add_lead, hire, status_of

from leadtui.domain.playbook import OPENING, ItemKind, PlaybookItem
from leadtui.domain.proposal import Proposal, ProposalSort, ProposalState
from leadtui.services.proposals import decline, own_proposals, propose
from leadtui.services.session import Session
from leadtui.tui.dialogs.propose_dialog import ProposeDialog
from leadtui.tui.dialogs.status_dialog import StatusDialog


@pytest.fixture
def sara(session: Session, clock: MovingClock) -> Generator[Session]:
    """An agent at the same store."""
    with closing(hire(session, "Sara Holm", "sara@example.com", clock)) as agent:
        yield agent


async def test_a_status_that_is_not_found_is_proposed_in_place(session: Session, sara: Session) -> None:
    add_lead(sara, "Mina Sadeghi", mine=True)
    async with driven(sara, size=(80, 24)) as driver:
        await driver.press("s", "slash", *"sample")
        assert driver.shows("Ctrl+N propose it")
        await driver.press("ctrl+n")
        assert driver.shows("sample")
        await driver.press("tab", *"asked daily", "ctrl+s")
        assert any("“sample” is proposed" in each for each in driver.told())
        assert isinstance(driver.app.screen, StatusDialog)
        (kept,) = own_proposals(sara)
        assert (kept.sort, kept.title, kept.why) == (ProposalSort.STATUS, "sample", "asked daily")
        # It waits once: the same again is refused beside its title, and what is typed stays.
        await driver.press("ctrl+n", "tab", *"again", "ctrl+s")
        assert driver.shows("You have proposed “sample” already")
        await driver.press("escape")
        assert len(own_proposals(sara)) == 1


async def test_in_the_form_of_a_status_a_field_of_it_is_meant(session: Session, sara: Session) -> None:
    add_lead(sara, "Mina Sadeghi", mine=True)
    async with driven(sara) as driver:
        await driver.press("s", "4", "ctrl+n", *"Team", "tab", *"they all say it", "ctrl+s")
    (kept,) = own_proposals(sara)
    assert (kept.sort, kept.status_id) == (ProposalSort.ANSWER, status_of(sara, "interested").id)


async def test_a_supervisor_defines_what_is_proposed_and_its_proposer_is_told(
    session: Session, sara: Session
) -> None:
    propose(sara, Proposal(0, ProposalSort.NEED, "Training", "asked for daily"))
    async with driven(session) as driver:
        assert driver.shows("✎ 1 proposed")
        await driver.press("f2", "9")
        assert driver.shows("asked for daily")
        await driver.press("enter")
        assert driver.shows("Sara Holm: asked for daily")
        await driver.press("ctrl+s")
        assert driver.shows("“Training” is saved.")
        await driver.press("escape")
        await driver.until(lambda: not driver.shows("proposed"))
    assert "Training" in [each.title for each in sara.reload_definitions().needs]
    async with driven(sara) as driver:
        assert any("was approved" in each for each in driver.told())
    async with driven(sara) as driver:
        assert driver.told() == []


async def test_a_field_of_a_status_is_put_behind_those_it_asks(session: Session, sara: Session) -> None:
    interested = status_of(session, "interested")
    propose(sara, Proposal(0, ProposalSort.ANSWER, "Team", "they say it", status_id=interested.id))
    async with driven(session, size=(120, 40)) as driver:
        await driver.app.run_named("proposals")
        await driver.settled()
        await driver.press("enter")
        assert driver.shows("Team")
        await driver.press("ctrl+s")
    assert [each.title for each in status_of(session, "interested").fields] == ["Plan in mind", "Team"]
    assert [each.state for each in own_proposals(sara)] == [ProposalState.APPROVED]


async def test_one_is_declined_with_a_reason_and_one_merged(session: Session, sara: Session) -> None:
    for title in ("Training", "Courses", "Lessons"):
        propose(sara, Proposal(0, ProposalSort.NEED, title, "asked for"))
    async with driven(session) as driver:
        await driver.app.run_named("proposals")
        await driver.settled()
        await driver.press("g", "enter")
        assert not driver.shows("Lessons asked")
        await driver.press("x", "enter")
        assert driver.shows("Say why")
        await driver.press(*"no such thing", "enter")
    states = {each.title: each.state for each in own_proposals(sara)}
    assert sorted(states.values()) == [ProposalState.DECLINED, ProposalState.DECLINED, ProposalState.OPEN]


async def test_what_was_decided_meanwhile_is_told_and_what_is_typed_stays(
    session: Session, sara: Session
) -> None:
    kept = propose(sara, Proposal(0, ProposalSort.NEED, "Training", "asked for"))
    async with driven(session) as driver:
        await driver.press("f2", "9", "enter")
        decline(session, kept.id, "no")
        await driver.press("ctrl+s")
        assert driver.shows("has been decided in the meantime")
        await driver.press("ctrl+s")
        assert driver.shows("“Training” is saved.")


async def test_a_half_typed_proposal_is_kept(session: Session) -> None:
    async with driven(session) as driver:
        await driver.press("ctrl+n", *"Sample", "escape")
    async with driven(session) as driver:
        await driver.press("ctrl+n")
        assert isinstance(driver.app.screen, ProposeDialog)
        assert driver.shows("Sample")


async def test_a_question_is_missed_in_the_talk_and_comes_into_its_playbook(
    session: Session, sara: Session
) -> None:
    """One key in the talk; who decides sees it among the questions, and in the talk beside them."""
    add_lead(sara, "Mina Sadeghi", mine=True)
    async with driven(sara) as driver:
        await driver.press("B", "ctrl+n")
        assert driver.shows("Question of “Where the need is not known”")
        await driver.type("Branches")
        await driver.press("tab")
        await driver.type("prices differ by them")
        await driver.press("tab")
        await driver.type("How many branches have you?")
        await driver.press("ctrl+s")
    (kept,) = own_proposals(sara)
    assert (kept.sort, kept.need, kept.title) == (ProposalSort.QUESTION, OPENING, "Branches")
    before = session.definitions.opening.items
    async with driven(session) as driver:
        await driver.press("f2", "9", "enter")
        assert driver.shows("Sara Holm: prices differ by them")
        await driver.press("ctrl+s")
    asked = PlaybookItem(ItemKind.ASK, "branches", "Branches", "How many branches have you?")
    assert session.definitions.opening.items == (*before, asked)
    assert own_proposals(sara)[0].state is ProposalState.APPROVED
