"""What is typed into the dialog of an action: kept as it is typed, left for later, brought back after a refusal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from leadtui.errors import Invalid, InvalidAnswers, LeadtuiError
from leadtui.presentation.errors import sentence
from leadtui.presentation.formatter import Formatter
from leadtui.services import drafts
from leadtui.services.drafts import LEADS
from leadtui.tui.actions.desk import Desk

MOST_KEPT = 1_000
"""Customers with whom a draft about several is kept: it is written whole while one types."""


@dataclass(frozen=True, slots=True)
class Retry:
    """How a refused dialog comes back: what was typed, and why it was refused."""

    draft: Mapping[str, str] = field(default_factory=dict[str, str])
    problems: tuple[Invalid, ...] = ()
    reason: str = ""

    @classmethod
    def after(cls, error: LeadtuiError, typed: Mapping[str, str], formatter: Formatter) -> Retry:
        """With what `error` says beside the fields that it names, or at the bottom."""
        problems = error.problems if isinstance(error, InvalidAnswers) else ()
        if isinstance(error, Invalid) and not problems:
            problems = (error,)
        return cls(dict(typed), problems, "" if problems else sentence(error, formatter))


NOTHING_REFUSED = Retry()
"""It is asked for the first time."""


class TypedSoFar(dict[str, str]):
    """What stands in a dialog while it is open; every change is kept as the draft of that kind about that lead."""

    def __init__(self, desk: Desk, kind: str, lead_id: int | None, begun_with: Mapping[str, str]) -> None:
        super().__init__(begun_with)
        self._keep = partial(keep_draft, desk, kind, lead_id)

    def keep(self, content: Mapping[str, str]) -> None:
        """It was changed to this."""
        self.clear()
        self.update(content)
        self._keep(dict(content))


def keep_draft(desk: Desk, kind: str, lead_id: int | None, content: Mapping[str, str]) -> None:
    """Keep what is typed, without a word; where that fails, it is told once and not at every letter."""
    if not content:
        desk.program.save_quietly(partial(drafts.discard_draft, desk.session, kind, lead_id))
    else:
        desk.program.save_quietly(partial(drafts.save_draft, desk.session, kind, lead_id, content))


def leave_draft(desk: Desk, kind: str, lead_id: int | None) -> None:
    """The person left the dialog by themselves: its draft is kept, and not offered at the next start."""
    desk.program.save_quietly(partial(drafts.leave_draft, desk.session, kind, lead_id))


def discard_draft(desk: Desk, kind: str, lead_id: int | None) -> None:
    """There is nothing to go on with any more."""
    keep_draft(desk, kind, lead_id, {})


def keeper(
    desk: Desk, kind: str, lead_id: int | None, lead_ids: Sequence[int] = ()
) -> Callable[[Mapping[str, str]], None] | None:
    """What keeps the draft of a dialog about one customer, or about `lead_ids`; None where those are too many."""
    if len(lead_ids) > MOST_KEPT:
        return None
    whom = {LEADS: " ".join(map(str, lead_ids))} if lead_ids else {}
    return lambda content: keep_draft(desk, kind, lead_id, {**content, **whom} if content else {})
