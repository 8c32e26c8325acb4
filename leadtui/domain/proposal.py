"""Proposals: what somebody at work missed and asks for – a status, a field, a channel, a need – until supervisors decide."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from leadtui.domain.defining import LONGEST_TITLE, TITLE
from leadtui.errors import Invalid, InvalidAnswers
from leadtui.language.text import clean, clean_multiline, search_key
from leadtui.language.translate import P_, _, counted

WHY = "why"
EXAMPLE = "example"
STATUS = "status_id"
NEED_KEY = "need"
"""The names under which problems of a proposal are reported, beside that of its title."""

LONGEST_REASON = 1_000
"""The most letters that a reason or an example may have."""


class ProposalSort(StrEnum):
    """What is asked for. An answer is a field that one status asks, a question belongs to one playbook."""

    STATUS = "status"
    ANSWER = "answer"
    FIELD = "field"
    CHANNEL = "channel"
    NEED = "need"
    QUESTION = "question"


SORT_TITLES: dict[ProposalSort, str] = {
    ProposalSort.STATUS: P_("proposal", "Status"),
    ProposalSort.ANSWER: P_("proposal", "Field of a status"),
    ProposalSort.FIELD: P_("proposal", "Field of customers"),
    ProposalSort.CHANNEL: P_("proposal", "Entry channel"),
    ProposalSort.NEED: P_("proposal", "Need"),
    ProposalSort.QUESTION: P_("proposal", "Question of a playbook"),
}


class ProposalState(StrEnum):
    """What has become of a proposal. One that was merged waits, and ends, with another."""

    OPEN = "open"
    APPROVED = "approved"
    DECLINED = "declined"
    MERGED = "merged"


STATE_TITLES: dict[ProposalState, str] = {
    ProposalState.OPEN: P_("proposal", "open"),
    ProposalState.APPROVED: P_("proposal", "approved"),
    ProposalState.DECLINED: P_("proposal", "declined"),
    ProposalState.MERGED: P_("proposal", "merged"),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody asks for. Moments are aware UTC; `status_id` says which status asks the field, of an answer.

    Once it is approved `definition_id` is what came of it; `into_id` is the proposal that it was merged with. `told` says
    whether its proposer has seen how it ended.
    """

    id: int
    sort: ProposalSort
    title: str
    why: str = ""
    example: str = ""
    status_id: int | None = None
    proposer_id: int = 0
    proposed_at: datetime | None = None
    state: ProposalState = ProposalState.OPEN
    decided_by: int | None = None
    decided_at: datetime | None = None
    reason: str = ""
    definition_id: int | None = None
    into_id: int | None = None
    told: bool = False
    need: str = ""
    """Of a question whose playbook asks it: the key of the need, or `playbook.OPENING`."""

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided yet."""
        return self.state is ProposalState.OPEN


def clean_proposal(proposal: Proposal) -> Proposal:
    """The proposal as it may be kept. Raises InvalidAnswers with a problem beside each part that is wrong."""
    cleaned = replace(
        proposal,
        title=clean(proposal.title),
        why=clean_multiline(proposal.why),
        example=clean_multiline(proposal.example),
    )
    problems: list[Invalid] = []
    if not cleaned.title:
        problems.append(Invalid(_("A title is needed."), TITLE))
    elif len(cleaned.title) > LONGEST_TITLE:
        words = _("The title is too long; {limit} letters fit.")
        problems.append(Invalid(words.format(limit=counted(LONGEST_TITLE)), TITLE))
    if not cleaned.why:
        problems.append(Invalid(_("Say why it is missed; whoever decides was not there."), WHY))
    for name, text in ((WHY, cleaned.why), (EXAMPLE, cleaned.example)):
        if len(text) > LONGEST_REASON:
            words = _("That is too long; {limit} letters fit.")
            problems.append(Invalid(words.format(limit=counted(LONGEST_REASON)), name))
    if (cleaned.sort is ProposalSort.ANSWER) != (cleaned.status_id is not None):
        problems.append(Invalid(_("Say which status asks it."), STATUS))
    if (cleaned.sort is ProposalSort.QUESTION) != bool(cleaned.need):
        problems.append(Invalid(_("Say in the talk about which need it is asked."), NEED_KEY))
    if problems:
        raise InvalidAnswers(tuple(problems))
    return cleaned


def alike(one: Proposal, other: Proposal) -> bool:
    """Whether two ask for the same, however it is written."""
    return (
        one.sort is other.sort
        and one.status_id == other.status_id
        and one.need == other.need
        and search_key(one.title) == search_key(other.title)
    )
