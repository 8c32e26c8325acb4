"""My cartable: the leads I own, in the order in which they are to be worked, and those that others gave me."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from leadtui.domain.call_window import OutsideWindow, outside_window, zone_of_customer
from leadtui.domain.cartable import (
    SOON,
    WORKABLE,
    CartableEntry,
    CartablePart,
    Urgency,
    in_order,
    moves_at,
    part_of,
)
from leadtui.domain.permission import Permission
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.store import given, leads
from leadtui.store.given import Given

__all__ = ["Cartable", "CartableReason", "Given", "given_to_me", "mark_seen", "open_cartable"]


@dataclass(frozen=True, slots=True)
class CartableReason:
    """Why one customer waits: its group and what that was worked out from."""

    urgency: Urgency
    entry: CartableEntry
    outside: OutsideWindow | None = None
    """Why the customer, who would be rung now, is not."""


@dataclass(frozen=True, slots=True)
class Cartable:
    """A person's cartable as of `at` (aware UTC): all lead ids in order, each with its reason, and the head's counts.

    Where nobody changes anything it is the same until `moves_at` (aware UTC).
    """

    at: datetime
    moves_at: datetime
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
        entries = leads.cartable(tx, tx.desk_of) if tx.sees_desk else []
        outside = _outside(tx, entries)
    # In the evening all of them wait, in the order in which they would be rung.
    later = outside if tx.workspace.calls.is_open(tx.now, tx.workspace.zone) else ()
    ranked = in_order(entries, tx.now, tx.workspace.zone, later)
    parts = [part_of(rank) for _entry, rank in ranked]
    return Cartable(
        at=tx.now,
        # Where customers are rung, opens and closes in their own zones.
        moves_at=tx.now if tx.workspace.calls.week else moves_at(entries, tx.now, tx.workspace.zone),
        order=array("q", [entry.lead_id for entry, _rank in ranked]),
        reasons={
            entry.lead_id: CartableReason(
                rank, entry, outside.get(entry.lead_id) if rank in WORKABLE else None
            )
            for entry, rank in ranked
        },
        counts={part: parts.count(part) for part in CartablePart},
    )


def _outside(tx: Transaction, entries: Sequence[CartableEntry]) -> dict[int, OutsideWindow]:
    """Those who are not rung now where they are. A call that was promised for about now is made all the same."""
    if not tx.workspace.calls.week:
        return {}
    by_zone: dict[str, OutsideWindow | None] = {}
    found: dict[int, OutsideWindow] = {}
    places = leads.places(tx, tx.desk_of)
    for entry in entries:
        promised = entry.promised and entry.next_at is not None and abs(tx.now - entry.next_at) <= SOON
        zone = zone_of_customer(*places[entry.lead_id], tx.workspace)
        if zone not in by_zone:
            by_zone[zone] = outside_window(tx.workspace, zone, tx.now)
        outside = by_zone[zone]
        if outside is not None and not promised:
            found[entry.lead_id] = outside
    return found


def given_to_me(session: Session) -> tuple[Given, ...]:
    """The customers that others gave to the person and that they have not opened or worked on since; newest first."""
    with session.read(Permission.SEE_CARTABLE) as tx:
        return given.unseen(tx, tx.desk_of) if tx.sees_desk else ()


def mark_seen(session: Session, lead_id: int) -> None:
    """The person has opened a customer that was given to them. That changes nothing for anybody else."""
    with session.write() as tx:
        given.mark_seen(tx, tx.actor.id, lead_id, tx.now)
