"""Drafts: what was typed into a dialog is kept, so that nothing typed is ever lost."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from leadtui.language.text import safe_multiline
from leadtui.services.session import Session
from leadtui.store import drafts
from leadtui.store.drafts import LEADS, Draft

__all__ = [
    "ASSIGN_DRAFT",
    "DO_NOT_CALL_DRAFT",
    "ERASE_DRAFT",
    "LEADS",
    "LEFT",
    "MERGE_DRAFT",
    "SETTINGS_DRAFT",
    "VIEW_DRAFT",
    "Draft",
    "discard_draft",
    "drafts_of",
    "find_draft",
    "leave_draft",
    "save_draft",
]

ASSIGN_DRAFT = "assign"
DO_NOT_CALL_DRAFT = "do-not-call"
ERASE_DRAFT = "erase"
MERGE_DRAFT = "merge"
VIEW_DRAFT = "view"
"""The kinds under which these dialogs keep their drafts; others stand beside the use case that ends them."""

SETTINGS_DRAFT = "settings:"
"""How the kinds begin under which the settings keep what is typed into a definition; they are about no lead."""

LEFT = "left"
"""Stands in a draft whose dialog the person left by themselves."""


def save_draft(session: Session, kind: str, lead_id: int | None, content: Mapping[str, str]) -> None:
    """Keep what is typed into the person's dialog of that kind for that lead (None: a new one): its letters and spaces, no controls."""
    kept = {key: unicodedata.normalize("NFC", safe_multiline(text)) for key, text in content.items()}
    with session.write() as tx:
        drafts.save(tx, tx.actor.id, Draft(kind, lead_id, kept, tx.now))


def find_draft(session: Session, kind: str, lead_id: int | None) -> Draft | None:
    """What the person had typed into that dialog for that lead and not finished."""
    with session.read() as tx:
        return drafts.find(tx, tx.actor.id, kind, lead_id)


def drafts_of(session: Session, kind_start: str) -> tuple[Draft, ...]:
    """The person's drafts of all kinds that begin so, newest first; those that they left themselves included."""
    with session.read() as tx:
        found = drafts.all_of(tx, tx.actor.id)
    return tuple(each for each in found if each.kind.startswith(kind_start))


def leave_draft(session: Session, kind: str, lead_id: int | None) -> None:
    """Note that the person left the dialog by themselves: what they typed is kept, and not offered at the start."""
    with session.write() as tx:
        draft = drafts.find(tx, tx.actor.id, kind, lead_id)
        if draft is not None and LEFT not in draft.content:
            left = replace(draft, content={**draft.content, LEFT: "yes"})
            drafts.save(tx, tx.actor.id, left)


def discard_draft(session: Session, kind: str, lead_id: int | None) -> None:
    """Forget the draft of that dialog, because the person said so."""
    with session.write() as tx:
        drafts.discard(tx, tx.actor.id, kind, lead_id)
