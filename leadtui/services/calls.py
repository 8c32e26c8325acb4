"""Calls that ended and that nobody has said the outcome of: no status was given since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from leadtui.domain.permission import Permission
from leadtui.errors import NotFound
from leadtui.services.session import Session
from leadtui.store import follow_ups

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
        for lead_id, at in follow_ups.without_outcome(tx, tx.actor.id, tx.now - ASKED_FOR):
            try:
                lead = tx.lead(lead_id)
            except NotFound:
                continue  # out of the person's sight by now
            found.append(CallWithoutOutcome(lead_id, tx.show(lead).name, at))
    return tuple(found)
