"""Talking with the open lead by the playbook of its need, until the status is asked for with what was learnt."""

from __future__ import annotations

from functools import partial

from leadtui.domain.playbook import OPENING
from leadtui.errors import LeadtuiError
from leadtui.language.translate import _
from leadtui.services import drafts, leads
from leadtui.services.colleagues import leads_per_colleague
from leadtui.services.drafts import PLAYBOOK_DRAFT, STATUS_DRAFT
from leadtui.services.playbooks import TalkAnswers, save_answers
from leadtui.tui.action_runner import NotPossible
from leadtui.tui.actions.desk import Desk, required_lead
from leadtui.tui.actions.drafts import NOTHING_REFUSED, Retry, keep_draft, leave_draft
from leadtui.tui.actions.status import set_status_of
from leadtui.tui.dialogs.playbook_dialog import PlaybookDialog, TalkResult
from leadtui.tui.dialogs.playbook_entry import TalkSnapshot, with_learnt


async def talk(desk: Desk) -> None:
    """Talk with the open lead."""
    await talk_with(desk, required_lead(desk))


async def talk_with(desk: Desk, lead_id: int, retry: Retry = NOTHING_REFUSED) -> None:
    """Ask by the playbook, beginning with the draft, until the answers are saved or the person leaves."""
    while True:
        snapshot = await desk.actions.read(partial(_snapshot, desk, lead_id, retry))
        dialog = PlaybookDialog(snapshot, partial(keep_draft, desk), desk.session.now)
        desk.make_room_for_talk(talking=True)
        await desk.drawn()
        try:
            result = await desk.actions.ask(dialog)
        finally:
            desk.make_room_for_talk(talking=False)
        if result is None:
            leave_draft(desk, PLAYBOOK_DRAFT, lead_id)
            return
        try:
            await _save(desk, lead_id, result)
        except LeadtuiError as error:
            retry = Retry.after(error, dialog.draft, desk.formatter)
        else:
            break
    await desk.lead_saved(lead_id)
    kept = await desk.actions.read(partial(drafts.find_draft, desk.session, STATUS_DRAFT, lead_id))
    begun = with_learnt(kept, result.learnt)
    keep_draft(desk, begun)  # what was learnt outlives the program, as what is typed does
    await set_status_of(desk, lead_id, Retry(begun))


async def _save(desk: Desk, lead_id: int, result: TalkResult) -> None:
    answers = TalkAnswers(lead_id, result.typed, result.seen)
    await desk.actions.write(partial(save_answers, desk.session, answers))


def _snapshot(desk: Desk, lead_id: int, retry: Retry) -> TalkSnapshot:
    session = desk.session
    definitions = session.definitions
    opened = leads.open_lead(session, lead_id)
    need = definitions.need(opened.lead.need_id)
    if not definitions.playbook(need.key if need else OPENING) and not definitions.opening:
        raise NotPossible(_("There is no playbook for this customer; leadtui needs playbook set takes one."))
    return TalkSnapshot(
        lead=opened.lead,
        definitions=definitions,
        context=session.format_context(),
        actor=session.actor,
        leads_per_colleague=leads_per_colleague(session),
        draft=retry.draft or drafts.find_draft(session, PLAYBOOK_DRAFT, lead_id),
        problems=retry.problems,
        reason=retry.reason,
    )
