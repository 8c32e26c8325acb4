"""Whether a step can still be taken back: what was done to the lead since, and what of it stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from leadtui.domain.lead import ActivityKind

FACTS = frozenset(
    {
        ActivityKind.NOTE,
        ActivityKind.CALL,
        ActivityKind.CALL_IN,
        ActivityKind.CALL_OUT,
        ActivityKind.UNDONE,
        ActivityKind.MESSAGE,
        ActivityKind.CONSENT,
    }
)
"""What happened and moved nothing, or what only put back what was: it stands in nobody's way."""

CALLS = frozenset({ActivityKind.CALL, ActivityKind.CALL_IN, ActivityKind.CALL_OUT})

_WORK = frozenset({"status_id", "status_at", "owner_id", "owner_at", "contacted_at", "attempts"})
"""Columns that tell where the work on a lead stands: whoever changes one has moved it on as a whole."""

_MOVES = frozenset(
    {ActivityKind.STATUS_SET, ActivityKind.TRANSFERRED, ActivityKind.RETURNED, ActivityKind.MERGED}
)
_ENDINGS = frozenset({ActivityKind.REMINDER_DONE, ActivityKind.REMINDER_CANCELLED})


@dataclass(frozen=True, slots=True)
class Touched:
    """What a step changed: columns of the lead, its numbers, and reminders by id."""

    columns: frozenset[str] = frozenset()
    numbers: bool = False
    reminders: frozenset[int] = frozenset()

    @property
    def nothing(self) -> bool:
        """Whether it left the lead itself and its numbers as they were."""
        return not self.columns and not self.numbers


@dataclass(frozen=True, slots=True)
class Later:
    """What happened to the lead after the step. `touched` is None where nobody kept what it changed."""

    activity_id: int
    kind: ActivityKind
    at: datetime
    touched: Touched | None = None
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """`blocked_by` is the activity that stands in the way, if any.

    `leaving` are reminders of the step that somebody has ended since: they stay ended. `rung_since` says that the
    customer was spoken with after the step, so that the lead's last contact is not the step's any more.
    """

    blocked_by: int | None = None
    leaving: frozenset[int] = frozenset()
    rung_since: bool = False


def judge(step: Touched, later: Sequence[Later]) -> Verdict:
    """Whether a step that touched `step` can be taken back after what came `later`, oldest first.

    A note, a call, a reminder of somebody's own, a change of another field do not move the lead on. What is not
    known in detail (an import) stands in the way of whatever changed the lead itself. A reminder of the step that
    somebody has done or cancelled stays ended; one that somebody moved is that person's now.
    """
    leaving: set[int] = set()
    rung = False
    for each in later:
        if each.undone or each.kind is ActivityKind.UNDONE:
            continue
        rung = rung or each.kind in CALLS
        if each.touched is None:
            if each.kind not in FACTS and not step.nothing:
                return Verdict(blocked_by=each.activity_id)
            continue
        # Whoever gives the same status once more has worked on the lead, too.
        changed = each.touched.columns | (_WORK if each.kind in _MOVES else frozenset[str]())
        shared = step.reminders & each.touched.reminders
        clash = _of_one_piece(step.columns) & _of_one_piece(changed) or (
            step.numbers and each.touched.numbers
        )
        # Whoever ends one that comes again has set the next one.
        ended = each.kind in _ENDINGS and each.touched.reminders <= step.reminders
        if clash or (shared and not ended):
            return Verdict(blocked_by=each.activity_id)
        leaving |= shared
    return Verdict(leaving=frozenset(leaving), rung_since=rung)


def _of_one_piece(columns: frozenset[str]) -> frozenset[str]:
    return columns | _WORK if columns & _WORK else columns
