"""What the person had open when the program ended, as far as they may still do it."""

from __future__ import annotations

from dataclasses import dataclass

from leadtui.domain.draft import FormDraft
from leadtui.domain.lead import Lead
from leadtui.domain.permission import Permission
from leadtui.errors import NotFound
from leadtui.services.colleagues import COLLEAGUE
from leadtui.services.drafts import (
    ASSIGN_DRAFT,
    DO_NOT_CALL_DRAFT,
    ERASE_DRAFT,
    MERGE_DRAFT,
    SETTINGS_DRAFT,
)
from leadtui.services.editing import CUSTOMER_DRAFT
from leadtui.services.follow_up import STATUS_DRAFT
from leadtui.services.leads import CALL_DRAFT, NOTE_DRAFT
from leadtui.services.profiles import PROFILE
from leadtui.services.reminders import REMIND_DRAFT
from leadtui.services.session import Session
from leadtui.store import drafts


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A dialog or form that was open when the program ended; `lead` is None where it was about none that is there."""

    draft: FormDraft
    lead: Lead | None


def unfinished(session: Session) -> tuple[Unfinished, ...]:
    """What the person had open when the program ended, newest first. What they left by themselves is not in it."""
    found: list[Unfinished] = []
    with session.read() as tx:
        for draft in drafts.all_of(tx, tx.actor.id):
            needed = _needed(draft)
            if draft.left or (needed and not any(map(tx.actor.may, needed))):
                continue
            try:
                lead = None if draft.lead_id is None else tx.lead(draft.lead_id)
            except NotFound:
                continue  # out of the person's sight by now
            found.append(Unfinished(draft, lead if lead is None else tx.show(lead)))
    return tuple(found)


def _needed(draft: FormDraft) -> frozenset[Permission]:
    """What one needs to go on with it; of several permissions one is enough, without any everybody may."""
    if draft.kind.startswith(SETTINGS_DRAFT):
        sort = draft.kind.removeprefix(SETTINGS_DRAFT).partition(":")[0]
        people = sort in (COLLEAGUE, PROFILE)
        return frozenset({Permission.MANAGE_COLLEAGUES if people else Permission.DEFINE})
    if draft.kind == CUSTOMER_DRAFT:
        return frozenset({Permission.ADD_CUSTOMERS if draft.lead_id is None else Permission.EDIT_CUSTOMERS})
    return _NEEDED.get(draft.kind, frozenset())


_NEEDED = {
    STATUS_DRAFT: frozenset({Permission.FOLLOW_UP}),
    CALL_DRAFT: frozenset({Permission.FOLLOW_UP}),
    NOTE_DRAFT: frozenset({Permission.FOLLOW_UP}),
    REMIND_DRAFT: frozenset({Permission.REMIND}),
    ASSIGN_DRAFT: frozenset({Permission.TRANSFER}),
    MERGE_DRAFT: frozenset({Permission.MERGE_CUSTOMERS}),
    ERASE_DRAFT: frozenset({Permission.ERASE_CUSTOMERS}),
    DO_NOT_CALL_DRAFT: frozenset({Permission.FORBID_CALLS, Permission.ALLOW_CALLS}),
}
