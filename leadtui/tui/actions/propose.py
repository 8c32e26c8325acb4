"""Proposing what one misses at work, and being told what became of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from leadtui.domain.draft import FormDraft
from leadtui.domain.proposal import Proposal
from leadtui.errors import LeadtuiError
from leadtui.language.text import brief
from leadtui.language.translate import _
from leadtui.services.drafts import PROPOSE_DRAFT
from leadtui.services.proposals import propose
from leadtui.tui.actions.desk import Desk
from leadtui.tui.actions.drafts import NOTHING_REFUSED, Retry, draft_about, keep_draft, leave_draft
from leadtui.tui.dialogs.propose_dialog import ProposeDialog, draft_texts


async def propose_missing(desk: Desk, about: Proposal) -> None:
    """Ask what is missed, beginning with `about` or with what was typed before, until it is proposed or the person leaves."""
    session = desk.session
    kept = await desk.actions.read(partial(draft_about, session, PROPOSE_DRAFT, None))
    draft = replace(kept, texts=draft_texts(about)) if kept.blank else kept
    keep, again = partial(keep_draft, desk), NOTHING_REFUSED
    while True:
        dialog = ProposeDialog(session.definitions, again.draft or draft, keep, again.problems, again.reason)
        proposal = await desk.actions.ask(dialog)
        if proposal is None:
            leave_draft(desk, PROPOSE_DRAFT, None)
            return
        try:
            made = await desk.actions.write(partial(propose, session, proposal))
        except LeadtuiError as error:
            again = Retry.after(error, dialog.draft, desk.formatter)
        else:
            keep_draft(desk, FormDraft(PROPOSE_DRAFT))
            words = _("“{title}” is proposed. You are told here what becomes of it.")
            desk.tell(words.format(title=brief(made.title)))
            return
