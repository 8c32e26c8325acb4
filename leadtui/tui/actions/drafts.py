"""What is typed into the dialog of an action: kept as it is typed, left for later, brought back after a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from leadtui.domain.draft import FormDraft
from leadtui.errors import Invalid, InvalidAnswers, LeadtuiError
from leadtui.presentation.errors import sentence
from leadtui.presentation.formatter import Formatter
from leadtui.services import drafts
from leadtui.services.leads import OpenLead, open_lead
from leadtui.services.session import Session
from leadtui.tui.actions.desk import Desk
from leadtui.tui.widgets.draft_autosave import Keep

MOST_KEPT = 1_000
"""Customers with whom a draft about several is kept: it is written whole while one types."""


@dataclass(frozen=True, slots=True)
class Retry:
    """How a refused dialog comes back: what was typed, and why it was refused."""

    draft: FormDraft | None = None
    problems: tuple[Invalid, ...] = ()
    reason: str = ""

    @classmethod
    def after(cls, error: LeadtuiError, draft: FormDraft | None, formatter: Formatter) -> Retry:
        """With what `error` says beside the fields that it names, or at the bottom."""
        problems = error.problems if isinstance(error, InvalidAnswers) else ()
        if isinstance(error, Invalid) and not problems:
            problems = (error,)
        return cls(draft, problems, "" if problems else sentence(error, formatter))


NOTHING_REFUSED = Retry()
"""It is asked for the first time."""


def draft_about(session: Session, kind: str, lead_id: int | None, lead_ids: Sequence[int] = ()) -> FormDraft:
    """The draft that is kept of a dialog about one lead, or about `lead_ids`; a blank one where there is none."""
    several = tuple(lead_ids) if len(lead_ids) <= MOST_KEPT else ()
    found = drafts.find_draft(session, kind, lead_id)
    if found is None or found.other_lead_ids != several:
        return FormDraft(kind, lead_id, other_lead_ids=several)
    return found


async def read_with_draft(desk: Desk, kind: str, lead_id: int) -> tuple[OpenLead, FormDraft]:
    """A lead as it is now, and the draft that is kept of a dialog about it."""

    def read() -> tuple[OpenLead, FormDraft]:
        return open_lead(desk.session, lead_id), draft_about(desk.session, kind, lead_id)

    return await desk.actions.read(read)


def keep_draft(desk: Desk, draft: FormDraft) -> None:
    """Keep what is typed, without a word; where that fails, it is told once and not at every letter."""
    desk.program.save_quietly(partial(drafts.save_draft, desk.session, draft))


def keep_several(desk: Desk, lead_ids: Sequence[int]) -> Keep | None:
    """What keeps the draft of a dialog about several customers; None where those are too many."""
    return None if len(lead_ids) > MOST_KEPT else partial(keep_draft, desk)


def leave_draft(desk: Desk, kind: str, lead_id: int | None) -> None:
    """The person left the dialog by themselves: its draft is kept, and not offered at the next start."""
    desk.program.save_quietly(partial(drafts.leave_draft, desk.session, kind, lead_id))


def discard_draft(desk: Desk, kind: str, lead_id: int | None) -> None:
    """There is nothing to go on with any more."""
    desk.program.save_quietly(partial(drafts.discard_draft, desk.session, kind, lead_id))
