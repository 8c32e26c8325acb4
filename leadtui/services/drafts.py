"""Drafts: what is typed into a dialog is kept, and offered at the next start where the program ended on it.

Whoever looks around as somebody else has none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace

from leadtui.domain.draft import FormDraft
from leadtui.domain.lead import Lead
from leadtui.domain.lead_fields import BUILT_IN
from leadtui.domain.permission import DEFINING, Permission
from leadtui.domain.view import custom_sort
from leadtui.domain.visibility import hidden_words, without_numbers
from leadtui.language.text import safe_multiline
from leadtui.services.colleagues import COLLEAGUE
from leadtui.services.defining import DEFINED_BY
from leadtui.services.own_preferences import ME
from leadtui.services.profiles import PROFILE
from leadtui.services.session import Session
from leadtui.services.teams import TEAM
from leadtui.services.transaction import Transaction
from leadtui.services.workspace import WORKSPACE
from leadtui.store import drafts, leads

CUSTOMER_DRAFT = "customer"
"""That of a new customer is about no lead."""
STATUS_DRAFT = "status"
NOTE_DRAFT = "note"
CALL_DRAFT = "call"
"""A call that goes on: which number, and since when."""
REMIND_DRAFT = "remind"
ASSIGN_DRAFT = "assign"
DO_NOT_CALL_DRAFT = "do-not-call"
RETURN_DRAFT = "return"
ERASE_DRAFT = "erase"
MERGE_DRAFT = "merge"
VIEW_DRAFT = "view"
PROPOSE_DRAFT = "propose"
PLAYBOOK_DRAFT = "playbook"
"""The kinds under which the dialogs keep their drafts."""

_OF_FIELDS = frozenset({CUSTOMER_DRAFT, PLAYBOOK_DRAFT})
"""Those whose texts are fields of a customer, by their keys."""

_OF_WHOM_ONE_REACHES = frozenset({CALL_DRAFT, MERGE_DRAFT})
"""Those about somebody whose numbers one sees."""

SETTINGS_DRAFT = "settings:"
"""How the kinds begin under which the settings keep what is typed into a definition; they are about no lead."""

CHANGED_BY: Mapping[str, Permission] = {
    **DEFINED_BY,
    WORKSPACE: Permission.CHANGE_WORKSPACE,
    COLLEAGUE: Permission.MANAGE_COLLEAGUES,
    PROFILE: Permission.MANAGE_COLLEAGUES,
    TEAM: Permission.MANAGE_COLLEAGUES,
}
"""What one needs to change what a tab of the settings shows; one's own, of which it says nothing, needs nothing."""


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A dialog or form that was open when the program ended; `lead` is None where it was about none that is there."""

    draft: FormDraft
    lead: Lead | None


def save_draft(session: Session, draft: FormDraft) -> None:
    """Keep what is typed, its letters and spaces and no controls, in place of what was kept of that form before.

    Where nothing is typed, what was kept is forgotten.
    """
    if draft.blank:
        discard_draft(session, draft.kind, draft.lead_id)
        return
    kept = replace(draft, texts=_clean(draft.texts), base=_clean(draft.base), left=False)
    with session.write(keeps=True) as tx:
        drafts.save(tx, tx.actor.id, replace(kept, saved_at=tx.now))


def find_draft(session: Session, kind: str, lead_id: int | None) -> FormDraft | None:
    """What the person had typed into that dialog for that lead and not finished, as far as they may see it by now."""
    with session.read() as tx:
        draft = None if session.seen_as else drafts.find(tx, tx.actor.id, kind, lead_id)
        return None if draft is None else _as_seen(tx, draft)


def drafts_of(session: Session, kind_start: str) -> tuple[FormDraft, ...]:
    """The person's drafts of all kinds that begin so, newest first; those that they left themselves included."""
    with session.read() as tx:
        found = () if session.seen_as else drafts.all_of(tx, tx.actor.id)
    return tuple(each for each in found if each.kind.startswith(kind_start))


def leave_draft(session: Session, kind: str, lead_id: int | None) -> None:
    """Note that the person left the dialog by themselves: what they typed is kept, and not offered at the start."""
    with session.write(keeps=True) as tx:
        draft = drafts.find(tx, tx.actor.id, kind, lead_id)
        if draft is not None and not draft.left:
            drafts.save(tx, tx.actor.id, replace(draft, left=True))


def discard_draft(session: Session, kind: str, lead_id: int | None) -> None:
    """Forget the draft of that dialog, because the person said so."""
    with session.write(keeps=True) as tx:
        drafts.discard(tx, tx.actor.id, kind, lead_id)


def open_drafts(session: Session) -> tuple[OpenDraft, ...]:
    """What the person had open when the program ended, newest first. What they left by themselves is not in it."""
    found: list[OpenDraft] = []
    with session.read() as tx:
        for kept in () if session.seen_as else drafts.all_of(tx, tx.actor.id):
            draft = _as_seen(tx, kept)
            needed = None if draft is None else _needed(draft)
            if draft is None or draft.left or (needed and not any(map(tx.actor.may, needed))):
                continue
            lead = None if draft.lead_id is None else tx.show(tx.lead(draft.lead_id))
            found.append(OpenDraft(draft, lead))
    return tuple(found)


def _as_seen(tx: Transaction, draft: FormDraft) -> FormDraft | None:
    """The draft without what is hidden from the person by now; None where nothing else was typed, or they do not see whom it is about."""
    about = leads.rows(tx, [each for each in (draft.lead_id, *draft.other_lead_ids) if each is not None])
    if draft.lead_id is not None and (
        draft.lead_id not in about or not tx.visibility.can_see(about[draft.lead_id].owner_id)
    ):
        return None
    owners = [each.owner_id for each in about.values()]
    hidden = tx.definitions.sight.hidden if draft.kind in _OF_FIELDS else frozenset[str]()
    hides_numbers = not all(map(tx.visibility.can_see_numbers, owners))
    if hides_numbers and draft.kind in _OF_WHOM_ONE_REACHES:
        return None
    if hides_numbers and draft.kind in _OF_FIELDS:
        own = map(custom_sort, tx.visibility.reaching_keys)
        hidden |= {*(each.key for each in BUILT_IN if each.reaches), *own}
    texts, base = (_told(each, hidden, hides_numbers=hides_numbers) for each in (draft.texts, draft.base))
    if (texts, base) == (draft.texts, draft.base):
        return draft
    focus = "" if draft.focus in hidden else draft.focus
    return replace(draft, texts=texts, base=base, focus=focus) if texts else None


def _told(texts: Mapping[str, str], hidden: frozenset[str], *, hides_numbers: bool) -> dict[str, str]:
    """What of the texts of a form is no hidden field, nor a number or an address where `hides_numbers` says so."""
    told = {key: text for key, text in texts.items() if key not in hidden}
    if not hides_numbers:
        return told
    bare = {key: without_numbers(text) for key, text in told.items()}
    return {key: text for key, text in bare.items() if text == told[key] or text != hidden_words()}


def _clean(texts: Mapping[str, str]) -> dict[str, str]:
    return {
        key: unicodedata.normalize("NFC", safe_multiline(text, to_edit=True)) for key, text in texts.items()
    }


def _needed(draft: FormDraft) -> frozenset[Permission]:
    """What one needs to go on with it; of several permissions one is enough, without any everybody may."""
    if draft.kind.startswith(SETTINGS_DRAFT):
        sort = draft.kind.removeprefix(SETTINGS_DRAFT).partition(":")[0]
        if sort == ME:
            return frozenset()
        return frozenset({CHANGED_BY[sort]}) if sort in CHANGED_BY else DEFINING
    if draft.kind == CUSTOMER_DRAFT:
        return frozenset({Permission.ADD_CUSTOMERS if draft.lead_id is None else Permission.EDIT_CUSTOMERS})
    return _NEEDED.get(draft.kind, frozenset())


_NEEDED = {
    STATUS_DRAFT: frozenset({Permission.FOLLOW_UP}),
    CALL_DRAFT: frozenset({Permission.FOLLOW_UP}),
    PLAYBOOK_DRAFT: frozenset({Permission.FOLLOW_UP}),
    NOTE_DRAFT: frozenset({Permission.FOLLOW_UP}),
    RETURN_DRAFT: frozenset({Permission.FOLLOW_UP}),
    REMIND_DRAFT: frozenset({Permission.REMIND}),
    ASSIGN_DRAFT: frozenset({Permission.TRANSFER}),
    MERGE_DRAFT: frozenset({Permission.MERGE_CUSTOMERS}),
    ERASE_DRAFT: frozenset({Permission.ERASE_CUSTOMERS}),
    DO_NOT_CALL_DRAFT: frozenset({Permission.FORBID_CALLS, Permission.ALLOW_CALLS}),
}
