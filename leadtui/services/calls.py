"""Calls: those that nobody has said the outcome of, and whether a number was rung a moment ago."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from leadtui.domain.permission import Permission
from leadtui.errors import NotFound, Refused
from leadtui.services.session import Session
from leadtui.store import follow_ups, leads

ASKED_FOR = timedelta(days=7)
"""How long after a call its outcome is asked for: who it was about is not remembered for longer."""


@dataclass(frozen=True, slots=True)
class CallWithoutOutcome:
    """Whom the person rang, as far as they may see them, and when (aware UTC), without giving them a status since."""

    lead_id: int
    lead_name: str
    at: datetime


def calls_without_outcome(session: Session) -> tuple[CallWithoutOutcome, ...]:
    """The customers whom the person who acts rang and gave no status since, whoever's step it would be; oldest first.

    A step that was taken back gave none.
    """
    found: list[CallWithoutOutcome] = []
    with session.read(Permission.FOLLOW_UP) as tx:
        for lead_id, at in follow_ups.without_outcome(tx, tx.desk_of, tx.now - ASKED_FOR):
            try:
                lead = tx.lead(lead_id, Permission.FOLLOW_UP)
            except (NotFound, Refused):
                continue  # out of the person's reach by now
            found.append(CallWithoutOutcome(lead_id, tx.show(lead).name, at))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class RecentCall:
    """A call to a number after which the workspace wants some time to pass: when it was, by whom, and until when.

    Times are aware UTC; `actor_id` is None where a telephone log does not say who rang.
    """

    at: datetime
    actor_id: int | None
    until: datetime


def rung_just_now(session: Session, number: str) -> RecentCall | None:
    """The last call to that number (E.164), by anybody and to whichever customer has it, within the workspace's gap.

    None where it may be rung without asking: nobody rang it, or the workspace wants no gap.
    """
    with session.read(Permission.FOLLOW_UP) as tx:
        gap = timedelta(minutes=tx.workspace.call_gap)
        if not gap or not number:
            return None
        holders = leads.holders_of_numbers(tx, [number]).get(number, [])
        call = follow_ups.latest_call(tx, holders, number, tx.now - gap)
    if call is None:
        return None
    at, actor_id = call
    return RecentCall(at, actor_id, at + gap)
