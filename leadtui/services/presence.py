"""Who is here: each running terminal says so every few seconds, and which customer it has open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from leadtui.services.session import Session
from leadtui.store import changes, presence

BEAT_EVERY = timedelta(seconds=15)
"""How often a terminal says that it is still here."""

GONE_AFTER = timedelta(seconds=45)
"""A terminal that has said nothing for so long is gone, however it ended."""


@dataclass(frozen=True, slots=True)
class Company:
    """The other terminals that are here: of whom the ones are that have each customer open."""

    people: Mapping[int, tuple[int, ...]] = field(default_factory=dict[int, tuple[int, ...]])

    def at(self, lead_id: int | None) -> tuple[int, ...]:
        """The ids of the people who have this customer open in another terminal, each once."""
        return self.people.get(lead_id, ()) if lead_id is not None else ()


def arrive(session: Session, terminal: str) -> None:
    """A terminal has been opened; `terminal` is its own name, like no other's."""
    with session.write() as tx:
        presence.forget_unseen(tx, gone_before(tx.now))
        presence.note(tx, tx.actor.id, terminal, None, tx.now)
        # Whoever was away for long reads everything anew, so that what moved need not be kept for ever.
        changes.prune(tx)


def beat(session: Session, terminal: str, lead_id: int | None) -> None:
    """The terminal is still here, with this customer open or none."""
    with session.write() as tx:
        presence.note(tx, tx.actor.id, terminal, lead_id, tx.now)


def leave(session: Session, terminal: str) -> None:
    """The terminal is being closed."""
    with session.write() as tx:
        presence.forget(tx, terminal)


def company(session: Session, terminal: str) -> Company:
    """Who else is here besides this terminal, and with which customers."""
    with session.read() as tx:
        others = presence.others(tx, terminal, gone_before(tx.now))
    people: dict[int, tuple[int, ...]] = {}
    for each in others:
        if each.lead_id is not None and each.user_id not in people.get(each.lead_id, ()):
            people[each.lead_id] = (*people.get(each.lead_id, ()), each.user_id)
    return Company(people)


def gone_before(now: datetime) -> datetime:
    """Terminals that were last seen before this are gone. Both are aware UTC."""
    return now - GONE_AFTER
