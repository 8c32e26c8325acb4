"""Offering at the start what was open when the program ended, also by a crash, and going on with it."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from leadtui.domain.draft import FormDraft
from leadtui.domain.permission import Permission
from leadtui.domain.proposal import Proposal, ProposalSort
from leadtui.errors import LeadtuiError
from leadtui.language.text import brief
from leadtui.language.translate import P_, pgettext
from leadtui.presentation.activity_sentence import when
from leadtui.services.calls import calls_without_outcome
from leadtui.services.colleagues import COLLEAGUE
from leadtui.services.defining import CHANNEL, FIELD, NEED, STATUS
from leadtui.services.drafts import (
    ASSIGN_DRAFT,
    CALL_DRAFT,
    CUSTOMER_DRAFT,
    DO_NOT_CALL_DRAFT,
    ERASE_DRAFT,
    MERGE_DRAFT,
    NOTE_DRAFT,
    PLAYBOOK_DRAFT,
    PROPOSE_DRAFT,
    REMIND_DRAFT,
    RETURN_DRAFT,
    SETTINGS_DRAFT,
    STATUS_DRAFT,
    VIEW_DRAFT,
    OpenDraft,
    open_drafts,
)
from leadtui.services.leads import open_lead
from leadtui.services.own_preferences import ME
from leadtui.services.profiles import PROFILE
from leadtui.services.session import Session
from leadtui.services.teams import TEAM
from leadtui.tui.actions.bulk import assign_to_colleague, set_status_of_several, whom_words
from leadtui.tui.actions.call import go_on
from leadtui.tui.actions.desk import Desk
from leadtui.tui.actions.do_not_call import change_do_not_call_of
from leadtui.tui.actions.erase import erase_one, erase_several
from leadtui.tui.actions.lead_form import fill_in
from leadtui.tui.actions.merge import merge
from leadtui.tui.actions.note import write_note_about
from leadtui.tui.actions.playbook import go_on_talking
from leadtui.tui.actions.propose import propose_missing
from leadtui.tui.actions.remind import set_reminder_on
from leadtui.tui.actions.returning import return_this_lead
from leadtui.tui.actions.status import set_status_of
from leadtui.tui.actions.views import resume_view
from leadtui.tui.dialogs.choose_dialog import ChooseDialog


@dataclass(frozen=True, slots=True)
class DraftHandler:
    """How a kind of draft is gone on with: what its dialog is called (marked for translation), and what opens it.

    `about` says whom or what the draft is about where that is no single lead.
    """

    title: str
    resume: Callable[[Desk, FormDraft], Awaitable[object]]
    about: Callable[[Desk, FormDraft], str] = lambda _desk, _draft: ""


async def offer_unfinished(desk: Desk) -> None:
    """See whether something was left unfinished, and go on with what the person chooses of it."""
    try:
        found = await asyncio.to_thread(_unfinished, desk.session)
    except LeadtuiError:
        return  # the desk itself will tell what is wrong with the store
    known = [(each, handler) for each in found if (handler := _handler(each.draft)) is not None]
    if not known:
        return
    lines = [
        pgettext("pattern", "{name} · {what} · {when}").format(
            name=_about(desk, each, handler),
            what=pgettext("draft", handler.title),
            when=when(each.draft.saved_at or desk.session.now(), desk.formatter),
        )
        for each, handler in known
    ]
    place = await desk.actions.ask(UnfinishedDialog(lines))
    if place is None:
        return
    chosen, handler = known[place]
    if chosen.draft.lead_id is not None:
        desk.program.open_lead(chosen.draft.lead_id)
    await handler.resume(desk, chosen.draft)


def _unfinished(session: Session) -> list[OpenDraft]:
    """What was open when the program ended, and the calls that nobody has said the outcome of, as if they were."""
    found = list(open_drafts(session))
    drafted = {each.draft.lead_id for each in found if each.draft.kind in (STATUS_DRAFT, CALL_DRAFT)}
    if session.actor.may(Permission.FOLLOW_UP):
        found += [
            OpenDraft(
                FormDraft(NO_OUTCOME, each.lead_id, saved_at=each.at), open_lead(session, each.lead_id).lead
            )
            for each in calls_without_outcome(session)
            if each.lead_id not in drafted
        ]
    return found


def _handler(draft: FormDraft) -> DraftHandler | None:
    """By its kind, or by how its kind begins where every definition has its own."""
    start, colon, _id = draft.kind.rpartition(":")
    return HANDLERS.get(draft.kind) or HANDLERS.get(start + colon)


def _about(desk: Desk, each: OpenDraft, handler: DraftHandler) -> str:
    """Whom or what it is about."""
    if each.lead is not None:
        return brief(desk.formatter.name(each.lead), 30)
    return handler.about(desk, each.draft)


def _lead(draft: FormDraft) -> int:
    """The one lead that a draft of its kind is always about."""
    assert draft.lead_id is not None
    return draft.lead_id


async def _erase(desk: Desk, draft: FormDraft) -> None:
    if draft.lead_id is None:
        await erase_several(desk, draft.other_lead_ids)
    else:
        await erase_one(desk, draft.lead_id)


async def _merge(desk: Desk, draft: FormDraft) -> None:
    (lost_id,) = draft.other_lead_ids
    await merge(desk, _lead(draft), lost_id)


async def _status(desk: Desk, draft: FormDraft) -> None:
    if draft.lead_id is None:
        await set_status_of_several(desk, array("q", draft.other_lead_ids))
    else:
        await set_status_of(desk, draft.lead_id)


async def _assign(desk: Desk, draft: FormDraft) -> None:
    ids = array("q", draft.other_lead_ids or (_lead(draft),))
    await assign_to_colleague(desk, ids, chosen=draft.lead_id is None)


def _several(desk: Desk, draft: FormDraft) -> str:
    return whom_words(desk, len(draft.other_lead_ids))


def _definition(_desk: Desk, draft: FormDraft) -> str:
    title = draft.texts.get("title") or draft.texts.get("name", "")
    return brief(title, 30) or pgettext("draft", "no name")


NO_OUTCOME = "no-outcome"
"""Stands for the kind of a draft where nothing was typed yet: a call that ended without a status."""

HANDLERS: Mapping[str, DraftHandler] = {
    STATUS_DRAFT: DraftHandler(P_("draft", "status"), _status, _several),
    PLAYBOOK_DRAFT: DraftHandler(P_("draft", "talk"), lambda desk, draft: go_on_talking(desk, _lead(draft))),
    NOTE_DRAFT: DraftHandler(P_("draft", "note"), lambda desk, draft: write_note_about(desk, _lead(draft))),
    CALL_DRAFT: DraftHandler(P_("draft", "call"), lambda desk, draft: go_on(desk, _lead(draft))),
    NO_OUTCOME: DraftHandler(
        P_("draft", "no outcome yet"),
        lambda desk, draft: set_status_of(desk, _lead(draft), called_for=pgettext("call", "no outcome yet")),
    ),
    REMIND_DRAFT: DraftHandler(
        P_("draft", "reminder"), lambda desk, draft: set_reminder_on(desk, _lead(draft))
    ),
    DO_NOT_CALL_DRAFT: DraftHandler(
        P_("draft", "do not call"), lambda desk, draft: change_do_not_call_of(desk, _lead(draft))
    ),
    RETURN_DRAFT: DraftHandler(
        P_("draft", "return"), lambda desk, draft: return_this_lead(desk, _lead(draft))
    ),
    CUSTOMER_DRAFT: DraftHandler(
        P_("draft", "fields"),
        lambda desk, draft: fill_in(desk, draft.lead_id),
        lambda _desk, _draft: pgettext("draft", "new customer"),
    ),
    ERASE_DRAFT: DraftHandler(P_("draft", "erasing"), _erase, _several),
    MERGE_DRAFT: DraftHandler(P_("draft", "merge"), _merge),
    ASSIGN_DRAFT: DraftHandler(P_("draft", "give to a colleague"), _assign, _several),
    PROPOSE_DRAFT: DraftHandler(
        P_("draft", "proposal"),
        lambda desk, _draft: propose_missing(desk, Proposal(0, ProposalSort.STATUS, "")),
        lambda _desk, draft: brief(draft.texts.get("title", ""), 30) or pgettext("draft", "no name"),
    ),
    VIEW_DRAFT: DraftHandler(
        P_("draft", "view"),
        resume_view,
        lambda _desk, draft: brief(draft.texts.get("title", ""), 30),
    ),
    **{
        f"{SETTINGS_DRAFT}{sort}:": DraftHandler(
            title, lambda desk, draft: desk.open_settings(draft.kind), _definition
        )
        for sort, title in {
            ME: P_("draft", "settings, me"),
            STATUS: P_("draft", "settings, status"),
            FIELD: P_("draft", "settings, field"),
            CHANNEL: P_("draft", "settings, channel"),
            NEED: P_("draft", "settings, need"),
            COLLEAGUE: P_("draft", "settings, colleague"),
            PROFILE: P_("draft", "settings, profile"),
            TEAM: P_("draft", "settings, team"),
        }.items()
    },
}
"""By the kinds of the drafts, or how those begin."""


class UnfinishedDialog(ChooseDialog[int]):
    """Closes with the place of what the person goes on with; with nothing where it is kept for later."""

    DEFAULT_CSS = "UnfinishedDialog RadioList { max-height: 8; }"

    def __init__(self, lines: Sequence[str]) -> None:
        """`lines` say what was open, the newest first; they are plain words."""
        keys = [("Enter", pgettext("key", "go on with it")), ("Esc", pgettext("key", "later, it stays kept"))]
        super().__init__(
            pgettext("title", "Unfinished"), keys, [(line, place) for place, line in enumerate(lines)]
        )
