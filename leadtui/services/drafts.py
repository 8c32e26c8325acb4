"""Drafts: what was typed into a dialog is kept, so that nothing typed is ever lost."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from leadtui.domain.draft import FormDraft
from leadtui.language.text import safe_multiline
from leadtui.services.session import Session
from leadtui.store import drafts

ASSIGN_DRAFT = "assign"
DO_NOT_CALL_DRAFT = "do-not-call"
ERASE_DRAFT = "erase"
MERGE_DRAFT = "merge"
VIEW_DRAFT = "view"
"""The kinds under which these dialogs keep their drafts; others stand beside the use case that ends them."""

SETTINGS_DRAFT = "settings:"
"""How the kinds begin under which the settings keep what is typed into a definition; they are about no lead."""


def save_draft(session: Session, draft: FormDraft) -> None:
    """Keep what is typed, its letters and spaces and no controls, in place of what was kept of that form before.

    Where nothing is typed, what was kept is forgotten.
    """
    if draft.blank:
        discard_draft(session, draft.kind, draft.lead_id)
        return
    kept = replace(draft, texts=_clean(draft.texts), base=_clean(draft.base), left=False)
    with session.write() as tx:
        drafts.save(tx, tx.actor.id, replace(kept, saved_at=tx.now))


def find_draft(session: Session, kind: str, lead_id: int | None) -> FormDraft | None:
    """What the person had typed into that dialog for that lead and not finished."""
    with session.read() as tx:
        return drafts.find(tx, tx.actor.id, kind, lead_id)


def drafts_of(session: Session, kind_start: str) -> tuple[FormDraft, ...]:
    """The person's drafts of all kinds that begin so, newest first; those that they left themselves included."""
    with session.read() as tx:
        found = drafts.all_of(tx, tx.actor.id)
    return tuple(each for each in found if each.kind.startswith(kind_start))


def leave_draft(session: Session, kind: str, lead_id: int | None) -> None:
    """Note that the person left the dialog by themselves: what they typed is kept, and not offered at the start."""
    with session.write() as tx:
        draft = drafts.find(tx, tx.actor.id, kind, lead_id)
        if draft is not None and not draft.left:
            drafts.save(tx, tx.actor.id, replace(draft, left=True))


def discard_draft(session: Session, kind: str, lead_id: int | None) -> None:
    """Forget the draft of that dialog, because the person said so."""
    with session.write() as tx:
        drafts.discard(tx, tx.actor.id, kind, lead_id)


def _clean(texts: Mapping[str, str]) -> dict[str, str]:
    return {
        key: unicodedata.normalize("NFC", safe_multiline(text, to_edit=True)) for key, text in texts.items()
    }
