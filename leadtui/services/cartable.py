"""My cartable: the leads I own, in the order in which they are to be worked, and those that others gave me."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from leadtui.domain.cartable import CartableEntry, CartablePart, Urgency, in_order, part_of
from leadtui.domain.permission import Permission
from leadtui.services.session import Session
from leadtui.store import given, leads
from leadtui.store.given import Given

__all__ = ["Cartable", "CartableReason", "Given", "given_to_me", "mark_seen", "open_cartable"]


@dataclass(frozen=True, slots=True)
class CartableReason:
    """Why one customer waits: its group and what that was worked out from."""

    urgency: Urgency
    entry: CartableEntry


@dataclass(frozen=True, slots=True)
class Cartable:
    """A person's cartable as of `at` (aware UTC): all lead ids in order, each with its reason, and the head's counts."""

    at: datetime
    order: array[int]
    reasons: Mapping[int, CartableReason]
    counts: Mapping[CartablePart, int]

    def part(self, part: CartablePart | None) -> array[int]:
        """The ids of one part, in the same order; all of them for None."""
        if part is None:
            return self.order
        return array("q", [each for each in self.order if part_of(self.reasons[each].urgency) is part])


def open_cartable(session: Session) -> Cartable:
    """The cartable of the person who acts."""
    with session.read(Permission.SEE_CARTABLE) as tx:
        entries = leads.cartable(tx, tx.actor.id)
    ranked = in_order(entries, tx.now, tx.workspace.zone)
    parts = [part_of(rank) for _entry, rank in ranked]
    return Cartable(
        at=tx.now,
        order=array("q", [entry.lead_id for entry, _rank in ranked]),
        reasons={entry.lead_id: CartableReason(rank, entry) for entry, rank in ranked},
        counts={part: parts.count(part) for part in CartablePart},
    )


def given_to_me(session: Session) -> tuple[Given, ...]:
    """The customers that others gave to the person and that they have not opened or worked on since; newest first."""
    with session.read(Permission.SEE_CARTABLE) as tx:
        return given.unseen(tx, tx.actor.id)


def mark_seen(session: Session, lead_id: int) -> None:
    """The person has opened a customer that was given to them. That changes nothing for anybody else."""
    with session.write() as tx:
        given.mark_seen(tx, tx.actor.id, lead_id, tx.now)
