"""Taking back the person's last step, whoever is open."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from leadtui.domain.lead import ActivityKind
from leadtui.errors import LeadtuiError
from leadtui.language.translate import _, ngettext, show_number
from leadtui.presentation.errors import sentence
from leadtui.presentation.undo import undone_sentence
from leadtui.services import undo as services
from leadtui.services.drafts import STATUS_DRAFT, save_draft
from leadtui.services.undo import NotTakenBack, TakenBack, Undone, settled, undo_part, undo_rest
from leadtui.tui.actions.desk import Desk, required_lead
from leadtui.tui.actions.drafts import draft_about, leave_draft
from leadtui.tui.dialogs.progress_dialog import ProgressDialog
from leadtui.tui.dialogs.status_entry import entry_of_step

MOST_TOLD = 2
"""So many of those that could not be taken back are told one by one."""


async def undo(desk: Desk) -> None:
    """Take back the last step, and open its lead."""
    refused = desk.steps_refused
    begin = partial(undo_part, desk.session, passing=refused.passed_over, confirmed=refused.asked_about)
    refusal: LeadtuiError | None = None
    try:
        undone = await desk.actions.write(begin)
        if undone.rest:
            undone, refusal = await _undo_rest(desk, undone)
        lead_id = settled(undone).taken[0].lead.id
    except LeadtuiError as error:
        _tell_refused(desk, error)
    else:
        refused.asked_about = None
        _tell_undone(desk, undone)
        if len(undone.taken) == 1:
            await _offer_again(desk, undone.taken[0])
        await desk.lead_saved(lead_id)
        desk.program.open_lead(lead_id)
    if refusal is not None:
        _tell_refused(desk, refusal)


async def undo_escalation(desk: Desk) -> None:
    """Take back what was last passed on of the open customer because it was overdue."""
    lead_id = required_lead(desk)
    undone = await desk.actions.write(partial(services.undo_escalation, desk.session, lead_id))
    _tell_undone(desk, undone)
    await desk.lead_saved(lead_id)


async def _undo_rest(desk: Desk, undone: Undone) -> tuple[Undone, LeadtuiError | None]:
    """Take back the other parts, each in its turn among everything else that is saved.

    It ends where the person stops it, or with what stood in the way of a part.
    """
    total = undone.through + len(undone.rest)
    async with desk.actions.shown(ProgressDialog(_("Taking back"), total, desk.session.language)) as progress:
        progress.show(undone.through)
        while undone.rest and not progress.stopped:
            try:
                undone += await desk.actions.write(partial(undo_rest, desk.session, undone.rest))
            except LeadtuiError as error:
                return undone, error
            progress.show(undone.through)
    return undone, None


async def _offer_again(desk: Desk, taken: TakenBack) -> None:
    """The answers of a status that was taken back are the draft of the next one, unless something was typed since."""
    session, detail = desk.session, taken.activity.detail
    status = session.definitions.status(detail.status_to_id)
    if taken.activity.kind is not ActivityKind.STATUS_SET or status is None:
        return
    draft = await desk.actions.read(partial(draft_about, session, STATUS_DRAFT, taken.lead.id))
    if draft.blank:
        context = replace(session.format_context(), people=session.definitions.active_colleagues)
        typed = entry_of_step(detail, status, context).to_draft(draft, context.now)
        await desk.actions.write(partial(save_draft, session, typed))
        leave_draft(desk, STATUS_DRAFT, taken.lead.id)


def _tell_undone(desk: Desk, undone: Undone) -> None:
    language = desk.session.language
    desk.tell(undone_sentence(undone, desk.formatter), timeout=8)
    for error in undone.refused[:MOST_TOLD]:
        desk.tell(sentence(error, desk.formatter), severity="warning", timeout=10)
    more = len(undone.refused) - MOST_TOLD
    if more > 0:
        words = ngettext(
            "{count} more could not be taken back.", "{count} more could not be taken back.", more
        )
        desk.tell(words.format(count=show_number(more, language)), severity="warning", timeout=10)
    if undone.rest:
        words = ngettext(
            "{count} is not taken back yet; {key} goes on.",
            "{count} are not taken back yet; {key} goes on.",
            len(undone.rest),
        )
        count = show_number(len(undone.rest), language)
        desk.tell(words.format(count=count, key=desk.program.key_of("undo")), severity="warning", timeout=10)


def _tell_refused(desk: Desk, error: LeadtuiError) -> None:
    """Say why, and what the next press does: take the step back all the same, or go on to the one before it."""
    reason, refused = sentence(error, desk.formatter), desk.steps_refused
    if isinstance(error, NotTakenBack):
        if error.asks:
            refused.asked_about = error.step_id
            words = _("{step} Press {key} once more to take it back.")
            reason = words.format(step=reason, key=desk.program.key_of("undo"))
        else:
            refused.passed_over |= {error.step_id}
            desk.program.open_lead(error.lead.id)
    desk.tell(reason, severity="warning", timeout=10)
