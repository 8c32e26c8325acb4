"""Drafts: what was typed into a dialog is kept, so that nothing typed is ever lost."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace

from leadtui.domain.lead import Lead
from leadtui.errors import NotFound
from leadtui.language.text import safe_multiline
from leadtui.services.desk import Desk
from leadtui.store import drafts
from leadtui.store.drafts import Draft

_LEFT = "left"
"""Stands in a draft whose dialog the person left by themselves."""


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


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A dialog or form that was open when the program ended; `lead` is None where it was about none that is there."""

    draft: Draft
    lead: Lead | None


def unfinished(desk: Desk) -> tuple[Unfinished, ...]:
    """What the person had open when the program ended, newest first. What they left by themselves is not in it."""
    found: list[Unfinished] = []
    with desk.store.read() as connection:
        for draft in drafts.all_of(connection, desk.workspace.id, desk.actor.id):
            if _LEFT in draft.content:
                continue
            try:
                lead = None if draft.lead_id is None else desk.lead_in_sight(connection, draft.lead_id)
            except NotFound:
                continue  # out of the person's sight by now
            found.append(Unfinished(draft, lead if lead is None else desk.sight().shown(lead)))
    return tuple(found)


def leave_draft(desk: Desk, kind: str, lead_id: int | None) -> None:
    """Note that the person left the dialog by themselves: what they typed is kept, and not offered at the start."""
    with desk.store.write() as connection:
        draft = drafts.find(connection, desk.workspace.id, desk.actor.id, kind, lead_id)
        if draft is not None and _LEFT not in draft.content:
            left = replace(draft, content={**draft.content, _LEFT: "yes"})
            drafts.save(connection, desk.workspace.id, desk.actor.id, left)


def discard_draft(desk: Desk, kind: str, lead_id: int | None) -> None:
    """Forget the draft of that dialog, because the person said so."""
    with desk.store.write() as connection:
        drafts.discard(connection, desk.workspace.id, desk.actor.id, kind, lead_id)
