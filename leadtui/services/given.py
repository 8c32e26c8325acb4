"""What came to a person from others: customers that were given to them, and whose hand changed what they see."""

from __future__ import annotations

from collections.abc import Collection

from leadtui.domain.permission import Permission
from leadtui.services.session import Session
from leadtui.store import given
from leadtui.store.given import Given

__all__ = ["Given", "changed_by_others", "given_to_me", "mark_seen"]

_MOST_LOOKED_AT = 500
"""Where more customers changed at once, it was one step on all of them, of which no row is told apart."""


def given_to_me(session: Session) -> tuple[Given, ...]:
    """The customers that others gave to the person and that they have not opened or worked on since; newest first."""
    with session.read(Permission.SEE_CARTABLE) as tx:
        return given.unseen(tx, tx.actor.id)


def mark_seen(session: Session, lead_id: int) -> None:
    """The person has opened a customer that was given to them. That changes nothing for anybody else."""
    with session.write() as tx:
        given.mark_seen(tx, tx.actor.id, lead_id, tx.now)


def changed_by_others(session: Session, lead_ids: Collection[int]) -> frozenset[int]:
    """Those of the customers to whom the newest thing was done by somebody else than the person."""
    if not lead_ids or len(lead_ids) > _MOST_LOOKED_AT:
        return frozenset()
    with session.read() as tx:
        actors = given.last_actors(tx, lead_ids)
    return frozenset(lead_id for lead_id, actor_id in actors.items() if actor_id != tx.actor.id)
