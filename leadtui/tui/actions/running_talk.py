"""The talk by a playbook beside the customer: begun, saved with what was learnt, or left for later."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from leadtui.domain.draft import FormDraft
from leadtui.domain.lead import Lead
from leadtui.domain.lead_entry import entry_texts
from leadtui.domain.playbook import OPENING
from leadtui.errors import Conflict, Invalid, LeadtuiError
from leadtui.language.text import brief
from leadtui.language.translate import _
from leadtui.services import drafts, leads
from leadtui.services.colleagues import leads_per_colleague
from leadtui.services.drafts import PLAYBOOK_DRAFT
from leadtui.services.playbooks import TalkAnswers, save_answers
from leadtui.services.session import Session
from leadtui.tui.actions.desk import Desk
from leadtui.tui.actions.drafts import NOTHING_REFUSED, Retry, leave_draft
from leadtui.tui.dialogs.playbook_entry import TalkSnapshot
from leadtui.tui.dialogs.talk_pane import TalkPane


def talk_with(desk: Desk, lead_id: int) -> TalkPane | None:
    """The talk that goes on, where it is with this lead."""
    talk = desk.talk
    return talk if talk is not None and talk.lead_id == lead_id else None


async def begin_talk(desk: Desk, lead_id: int, retry: Retry = NOTHING_REFUSED) -> bool:
    """Show the talk with a lead beside it, beginning with its draft; one with another lead is left.

    False where there is no playbook to talk by.
    """
    snapshot = await desk.actions.read(partial(_snapshot, desk, lead_id, retry))
    if snapshot is None:
        return False
    if desk.talk is not None and desk.talk.lead_id != lead_id:
        await leave_talk(desk, desk.talk)
    await desk.show_talk(snapshot)
    return True


async def leave_talk(desk: Desk, talk: TalkPane) -> None:
    """Leave the talk; its draft is kept, and not offered at the next start."""
    talk.keep_now()
    await desk.show_talk(None)
    leave_draft(desk, PLAYBOOK_DRAFT, talk.lead_id)


async def save_talk(desk: Desk, talk: TalkPane) -> FormDraft | None:
    """Save what was answered, which ends the talk, and return what was learnt for the status.

    None where it is refused: then the talk goes on, with what is wrong beside its question.
    """
    result = talk.result()
    if result is None:
        desk.open_lead(talk.lead_id)
        return None
    answers = TalkAnswers(talk.lead_id, result.typed, result.seen)
    try:
        await desk.actions.write(partial(save_answers, desk.session, answers))
    except LeadtuiError as error:
        retry = Retry.after(error, talk.draft, desk.formatter)
        if isinstance(error, Conflict):
            retry = await desk.actions.read(partial(_beside_theirs, desk, talk.draft))
        desk.open_lead(talk.lead_id)
        await begin_talk(desk, talk.lead_id, retry)
        if desk.talk is not None:
            desk.talk.enter()
        return None
    await desk.show_talk(None)
    return result.learnt


def _beside_theirs(desk: Desk, draft: FormDraft) -> Retry:
    """What others answered meanwhile, beside what is typed: saved once more, that takes its place."""
    session = desk.session
    lead = leads.open_lead(session, talked_with(draft)).lead
    now = entry_texts(lead, session.definitions, session.format_context())
    words = _("“{theirs}” was written here meanwhile; saving once more puts yours in its place.")
    problems = tuple(
        Invalid(words.format(theirs=brief(now.get(key, ""), 40)), key)
        for key, seen in draft.base.items()
        if now.get(key, "") not in (seen, draft.texts.get(key, ""))
    )
    return Retry(replace(draft, base={key: now.get(key, "") for key in draft.base}), problems)


def talked_with(draft: FormDraft) -> int:
    """The lead that the draft of a talk is about."""
    assert draft.lead_id is not None
    return draft.lead_id


def has_playbook(session: Session, lead: Lead) -> bool:
    """Whether there is something to say and ask about what the lead needs."""
    definitions = session.definitions
    need = definitions.need(lead.need_id)
    return bool(definitions.playbook(need.key if need else OPENING))


def _snapshot(desk: Desk, lead_id: int, retry: Retry) -> TalkSnapshot | None:
    session = desk.session
    definitions = session.definitions
    opened = leads.open_lead(session, lead_id)
    if not has_playbook(session, opened.lead) and not definitions.opening:
        return None
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
