"""Making one customer of the open one and another."""

from __future__ import annotations

from functools import partial

from leadtui.domain.lead import Lead
from leadtui.errors import Conflict, LeadtuiError
from leadtui.language.text import brief
from leadtui.language.translate import _, pgettext
from leadtui.presentation.errors import sentence
from leadtui.services import lead_merge, leads
from leadtui.services.drafts import MERGE_DRAFT
from leadtui.services.lead_merge import Candidate
from leadtui.services.session import Interruption
from leadtui.tui.actions.desk import Desk, required_lead
from leadtui.tui.actions.drafts import discard_draft, draft_about, keep_draft
from leadtui.tui.dialogs.merge_dialogs import MergeDialog, MergeWithDialog


async def merge_lead(desk: Desk) -> None:
    """Find the same person among the other customers, and merge the two."""
    session, lead_id = desk.session, required_lead(desk)

    def read() -> tuple[Lead, tuple[Candidate, ...]]:
        return leads.open_lead(session, lead_id).lead, lead_merge.candidates(session, lead_id)

    def search(typed: str, interruption: Interruption) -> tuple[Candidate, ...]:
        return lead_merge.candidates(session, lead_id, typed, interruption)

    lead, proposed = await desk.actions.read(read)
    other_id = await desk.actions.ask(MergeWithDialog(lead, proposed, search, desk.formatter))
    if other_id is not None:
        await merge(desk, lead_id, other_id)


async def merge(desk: Desk, kept_id: int, lost_id: int) -> None:
    """Ask whose values stay, beginning with the draft, until the two are merged or the person leaves."""
    draft = await desk.actions.read(partial(draft_about, desk.session, MERGE_DRAFT, kept_id, (lost_id,)))
    keep, reason = partial(keep_draft, desk), ""
    while True:
        try:
            comparison = await desk.actions.read(partial(lead_merge.compare, desk.session, kept_id, lost_id))
        except LeadtuiError:
            discard_draft(desk, MERGE_DRAFT, kept_id)
            raise
        dialog = MergeDialog(desk.session, comparison, desk.formatter, draft, reason, keep)
        wanted = await desk.actions.ask(dialog)
        if wanted is None:
            discard_draft(desk, MERGE_DRAFT, kept_id)
            return
        kept, lost = comparison.kept, comparison.lost
        versions = kept.version, lost.version
        try:
            lead = await desk.actions.write(
                partial(lead_merge.merge, desk.session, kept_id, lost_id, versions, wanted)
            )
        except Conflict as error:
            # What was chosen stays chosen, beside what the two say by now.
            draft, reason = dialog.draft, sentence(error, desk.formatter)
        else:
            break
    names = [brief(each.name, 30) or pgettext("customer", "no name") for each in (lost, kept)]
    words = _("{lost} and {kept} are one customer now; {key} takes it back.")
    desk.tell(words.format(lost=names[0], kept=names[1], key=desk.program.key_of("undo")), timeout=6)
    await desk.lead_saved(lead.id)
    desk.program.open_lead(lead.id)
