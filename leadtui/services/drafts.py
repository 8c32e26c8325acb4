"""Drafts: what was typed into a dialog is kept, so that nothing typed is ever lost."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from leadtui.language.text import safe_multiline
from leadtui.services.desk import Desk
from leadtui.store import drafts
from leadtui.store.drafts import Draft


def save_draft(desk: Desk, kind: str, lead_id: int | None, content: Mapping[str, str]) -> None:
    """Keep what is typed into the person's dialog of that kind for that lead (None: a new one): its letters and spaces, no controls."""
    kept = {key: unicodedata.normalize("NFC", safe_multiline(text)) for key, text in content.items()}
    draft = Draft(kind, lead_id, kept, desk.now())
    with desk.store.write() as connection:
        drafts.save(connection, desk.workspace.id, desk.actor.id, draft)


def find_draft(desk: Desk, kind: str, lead_id: int | None) -> Draft | None:
    """What the person had typed into that dialog for that lead and not finished."""
    with desk.store.read() as connection:
        return drafts.find(connection, desk.workspace.id, desk.actor.id, kind, lead_id)


def newest_draft(desk: Desk) -> Draft | None:
    """The person's latest unfinished dialog."""
    with desk.store.read() as connection:
        return drafts.newest(connection, desk.workspace.id, desk.actor.id)


def discard_draft(desk: Desk, kind: str, lead_id: int | None) -> None:
    """Forget the draft of that dialog, because the person said so."""
    with desk.store.write() as connection:
        drafts.discard(connection, desk.workspace.id, desk.actor.id, kind, lead_id)
