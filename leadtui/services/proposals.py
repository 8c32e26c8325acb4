"""Whoever misses something at work proposes it; supervisors approve it, decline it with a reason, or merge it with another.

A proposal is approved by defining what it asks for: `defining` is told which proposal a definition answers (`approve`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from leadtui.domain.follow_up import check_reason
from leadtui.domain.permission import Permission, Scope
from leadtui.domain.playbook import OPENING
from leadtui.domain.proposal import (
    LONGEST_REASON,
    NEED_KEY,
    Proposal,
    ProposalSort,
    ProposalState,
    alike,
    clean_proposal,
)
from leadtui.domain.visibility import without_numbers
from leadtui.errors import Conflict, Invalid, NotFound
from leadtui.language.text import clean_multiline, search_key
from leadtui.language.translate import _
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.store import proposals
from leadtui.store.proposals import PROPOSAL

__all__ = [
    "DECIDED_BY",
    "DECIDING",
    "PROPOSAL",
    "REASON",
    "AlreadyDecided",
    "OpenProposal",
    "approve",
    "count_open",
    "decline",
    "ended_proposals",
    "merge",
    "open_proposals",
    "own_proposals",
    "propose",
    "take_answers",
]

REASON = "reason"
"""The name under which a problem of the reason of a refusal is reported."""

DECIDED_BY: Mapping[ProposalSort, Permission] = {
    ProposalSort.STATUS: Permission.DEFINE_STATUSES,
    ProposalSort.ANSWER: Permission.DEFINE_STATUSES,
    ProposalSort.FIELD: Permission.DEFINE_FIELDS,
    ProposalSort.CHANNEL: Permission.DEFINE_CHANNELS,
    ProposalSort.NEED: Permission.DEFINE_NEEDS,
    ProposalSort.QUESTION: Permission.DEFINE_NEEDS,
}
"""What one needs to decide about a proposal: to define what it asks for."""

DECIDING = frozenset(DECIDED_BY.values())
"""Whoever holds one of them decides about some."""


class AlreadyDecided(Conflict):
    """Somebody has decided about a proposal in the meantime."""


@dataclass(frozen=True, slots=True)
class OpenProposal:
    """A proposal that waits, with those that were merged with it, the oldest first."""

    proposal: Proposal
    merged: tuple[Proposal, ...] = ()


def propose(session: Session, proposal: Proposal) -> Proposal:
    """Ask for something that is missed, and return the proposal as kept.

    Raises InvalidAnswers beside what is wrong with it; Invalid where it is defined already, and where the person has proposed it.
    """
    with session.write(Permission.PROPOSE) as tx:
        cleaned = replace(clean_proposal(proposal), id=0, proposer_id=tx.actor.id)
        _require_missing(tx, cleaned)
        own = proposals.of_proposer(tx, tx.actor.id)
        if any(each.is_open and alike(each, cleaned) for each in own):
            raise Invalid(
                _("You have proposed “{title}” already; it waits.").format(title=cleaned.title), "title"
            )
        return _stored(tx, proposals.add(tx, cleaned, tx.now))


def open_proposals(session: Session) -> tuple[OpenProposal, ...]:
    """What waits for a decision, the oldest first."""
    with session.read(DECIDING) as tx:
        waiting = _shown(tx, proposals.in_state(tx, ProposalState.OPEN))
        merged = _shown(tx, proposals.in_state(tx, ProposalState.MERGED))
        return tuple(
            OpenProposal(each, tuple(other for other in merged if other.into_id == each.id))
            for each in waiting
        )


def count_open(session: Session) -> int:
    """How many wait for a decision."""
    with session.read(DECIDING) as tx:
        return proposals.count_open(tx, _decides(tx))


def ended_proposals(session: Session) -> tuple[Proposal, ...]:
    """What was approved or declined, the newest first."""
    with session.read(DECIDING) as tx:
        return _shown(tx, proposals.in_state(tx, ProposalState.APPROVED, ProposalState.DECLINED))[::-1]


def own_proposals(session: Session) -> tuple[Proposal, ...]:
    """What the person has proposed, the newest first."""
    with session.read() as tx:
        return proposals.of_proposer(tx, tx.actor.id)[::-1]


def decline(session: Session, proposal_id: int, reason: str) -> Proposal:
    """Do without it, for a reason that its proposers are told. Raises Invalid without one, AlreadyDecided where somebody was quicker."""
    with session.write(DECIDING) as tx:
        proposal = _require_open(tx, proposal_id)
        said = clean_multiline(reason)
        if not said:
            raise Invalid(_("Say why; whoever proposed it is told."), REASON)
        check_reason(said, REASON, LONGEST_REASON)
        _decide(tx, proposal, ProposalState.DECLINED, reason=said)
        return _stored(tx, proposal_id)


def merge(session: Session, proposal_id: int, into_id: int) -> Proposal:
    """Let it wait, and end, with another one that asks for the same; return that one. Raises as `decline`."""
    with session.write(DECIDING) as tx:
        proposal, into = _require_open(tx, proposal_id), _require_open(tx, into_id)
        alike_ones = (proposal.sort, proposal.need) == (into.sort, into.need)
        if proposal.id == into.id or not alike_ones:
            raise Invalid(_("Only proposals of one kind can be merged; choose another one."), "into")
        with_it = [each.id for each in proposals.merged_into(tx, proposal.id)]
        proposals.decide(
            tx, [proposal.id, *with_it], ProposalState.MERGED, by=tx.actor.id, at=tx.now, into_id=into.id
        )
        return into


def take_answers(session: Session) -> tuple[Proposal, ...]:
    """What became of the person's own proposals, each once."""
    with session.read() as tx:
        if not proposals.answered(tx, tx.actor.id):
            return ()
    with session.write() as tx:
        answers = proposals.answered(tx, tx.actor.id)
        proposals.mark_told(tx, [each.id for each in answers])
        return answers


def approve(
    tx: Transaction, proposal_id: int, sort: ProposalSort, definition_id: int | None, need: str = ""
) -> None:
    """Within the transaction that defines what a proposal asks for: its proposers are told. Raises AlreadyDecided.

    `need` is whose playbook was written, where that answers a question.
    """
    proposal = _require_open(tx, proposal_id)
    if proposal.sort is not sort or proposal.need != need:
        raise NotFound(_("That proposal asks for something else."))
    _decide(tx, proposal, ProposalState.APPROVED, definition_id=definition_id)


def _decide(
    tx: Transaction,
    proposal: Proposal,
    state: ProposalState,
    reason: str = "",
    definition_id: int | None = None,
) -> None:
    for each, into in (
        (proposal, None),
        *((other, proposal.id) for other in proposals.merged_into(tx, proposal.id)),
    ):
        proposals.decide(
            tx,
            [each.id],
            state,
            by=tx.actor.id,
            at=tx.now,
            reason=reason,
            definition_id=definition_id,
            into_id=into,
        )


def _shown(tx: Transaction, found: tuple[Proposal, ...]) -> tuple[Proposal, ...]:
    """Those about which the person decides, as they may see them: an example may quote a customer's number."""
    found = tuple(each for each in found if each.sort in _decides(tx))
    if tx.actor.scope(Permission.SEE_NUMBERS) is Scope.ALL:
        return found
    return tuple(
        replace(
            each,
            title=without_numbers(each.title),
            why=without_numbers(each.why),
            example=without_numbers(each.example),
            reason=without_numbers(each.reason),
        )
        for each in found
    )


def _decides(tx: Transaction) -> frozenset[ProposalSort]:
    """The sorts that the person may define."""
    return frozenset(sort for sort, needed in DECIDED_BY.items() if tx.actor.may(needed))


def _require_open(tx: Transaction, proposal_id: int) -> Proposal:
    """The proposal, about which the person decides. Raises NotFound, Refused, and AlreadyDecided where somebody was quicker."""
    proposal = _stored(tx, proposal_id)
    tx.require(DECIDED_BY[proposal.sort])
    if not proposal.is_open:
        raise AlreadyDecided(
            _("“{title}” has been decided in the meantime; look at the list again.").format(
                title=proposal.title
            )
        )
    return proposal


def _stored(tx: Transaction, proposal_id: int) -> Proposal:
    proposal = proposals.find(tx, proposal_id)
    if proposal is None:
        raise NotFound(_("There is no such proposal."))
    return proposal


def _require_missing(tx: Transaction, proposal: Proposal) -> None:
    """Raises Invalid where what is asked for can be given already."""
    known = tx.definitions
    status = known.status(proposal.status_id)
    if proposal.status_id is not None and (status is None or status.retired):
        raise Invalid(_("That status does not exist any more."), "status_id")
    owners = {OPENING, *(each.key for each in known.needs if not each.retired)}
    if proposal.need and proposal.need not in owners:
        raise Invalid(_("That need does not exist any more."), NEED_KEY)
    asked = known.playbook(proposal.need).questions
    titles = {
        ProposalSort.QUESTION: [each.title for each in asked],
        ProposalSort.STATUS: [each.title for each in known.open_statuses],
        ProposalSort.FIELD: [each.title for each in known.open_fields],
        ProposalSort.CHANNEL: [each.title for each in known.channels if not each.retired],
        ProposalSort.NEED: [each.title for each in known.needs if not each.retired],
        ProposalSort.ANSWER: [each.title for each in (status.fields if status else ()) if not each.retired],
    }[proposal.sort]
    twin = next((each for each in titles if search_key(each) == search_key(proposal.title)), None)
    if twin is not None:
        raise Invalid(_("There is “{title}” already.").format(title=twin), "title")
