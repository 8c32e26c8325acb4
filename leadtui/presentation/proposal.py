"""Proposals in words: what is asked for, by whom, and what became of it."""

from __future__ import annotations

from leadtui.domain.proposal import SORT_TITLES, Proposal, ProposalSort, ProposalState
from leadtui.domain.workspace import Definitions
from leadtui.language.text import brief
from leadtui.language.translate import _, pgettext
from leadtui.presentation.formatter import NAME_WIDTH
from leadtui.presentation.playbook_words import opening_need


def what(proposal: Proposal, definitions: Definitions) -> str:
    """What is asked for: `Entry channel`, or the status that would ask it: `Field of “In-person meeting”`."""
    status = definitions.status(proposal.status_id)
    if proposal.sort is ProposalSort.ANSWER and status is not None:
        return pgettext("proposal", "Field of “{status}”").format(status=brief(status.title, NAME_WIDTH))
    if proposal.sort is ProposalSort.QUESTION and proposal.need:
        asked = next((each.title for each in definitions.needs if each.key == proposal.need), "")
        title = asked or opening_need(definitions).title
        return pgettext("proposal", "Question of “{need}”").format(need=brief(title, NAME_WIDTH))
    return pgettext("proposal", SORT_TITLES[proposal.sort])


def answer_sentence(proposal: Proposal) -> str:
    """What its proposer is told once it was decided."""
    title = brief(proposal.title)
    if proposal.state is ProposalState.APPROVED:
        return _("Your proposal “{title}” was approved; you can use it now.").format(title=title)
    return _("Your proposal “{title}” was declined: {reason}").format(title=title, reason=proposal.reason)
