"""The cartable: why each of my customers waits, and which comes first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import IntEnum, StrEnum
from zoneinfo import ZoneInfo

SOON = timedelta(hours=1)
"""A reminder due within this time counts as due soon."""


class Urgency(IntEnum):
    """The groups of a cartable in the order in which they are worked."""

    OVERDUE = 0
    SOON = 1
    ATTEMPT_DUE = 2
    NEVER_CONTACTED = 3
    TODAY = 4
    LATER = 5
    WAITING = 6


class CartablePart(StrEnum):
    """What a cartable can be narrowed to: each customer is in one part, so that together they are the cartable."""

    TODAY = "today"
    OVERDUE = "overdue"
    UPCOMING = "upcoming"
    NEVER_CALLED = "never-called"
    NOTHING_PLANNED = "nothing-planned"


@dataclass(frozen=True, slots=True)
class CartableEntry:
    """One customer of a cartable. Times are aware UTC; `promised` is whether a callback is the reason.

    `attempt` is whether `next_at` is an attempt that a status planned: it comes due, but it is never overdue.
    """

    lead_id: int
    next_at: datetime | None
    promised: bool
    contacted: bool
    owner_at: datetime | None
    attempt: bool = False


def urgency(entry: CartableEntry, now: datetime, zone: str) -> Urgency:
    """Why the customer waits, as of `now` (aware) and the day of the IANA `zone`."""
    if entry.next_at is not None:
        if entry.next_at <= now:
            return Urgency.ATTEMPT_DUE if entry.attempt else Urgency.OVERDUE
        if entry.next_at <= now + SOON and not entry.attempt:
            return Urgency.SOON
    if not entry.contacted and entry.next_at is None:
        return Urgency.NEVER_CONTACTED
    if entry.next_at is None:
        return Urgency.WAITING
    local = ZoneInfo(zone)
    same_day = entry.next_at.astimezone(local).date() == now.astimezone(local).date()
    return Urgency.TODAY if same_day else Urgency.LATER


def moves_at(entries: Iterable[CartableEntry], now: datetime, zone: str) -> datetime:
    """The first moment after `now` (aware) at which time alone may put a customer into another group.

    Until then, or until the local midnight of the IANA `zone`, each has the urgency that it has now.
    """
    local = now.astimezone(ZoneInfo(zone))
    midnight = datetime.combine(local.date() + timedelta(days=1), time(), local.tzinfo).astimezone(now.tzinfo)
    planned = (each.next_at for each in entries if each.next_at is not None)
    coming = (moment for at in planned for moment in (at - SOON, at) if moment > now)
    return min(midnight, min(coming, default=midnight))


WORKABLE = frozenset({Urgency.OVERDUE, Urgency.ATTEMPT_DUE, Urgency.NEVER_CONTACTED})
"""Whoever is in these groups is to be rung as soon as somebody can."""


def in_order(
    entries: list[CartableEntry], now: datetime, zone: str, later: Collection[int] = ()
) -> list[tuple[CartableEntry, Urgency]]:
    """The entries as they are to be worked: by urgency, then by time, then by who waits longest.

    Those of the ids `later` wait for an hour at which they are rung: they come after those who can be rung now.
    """
    ranked = [(entry, urgency(entry, now, zone)) for entry in entries]
    far = datetime.max.replace(tzinfo=now.tzinfo)

    def place(pair: tuple[CartableEntry, Urgency]) -> tuple[object, ...]:
        entry, rank = pair
        waits = rank in WORKABLE and entry.lead_id in later
        group = Urgency.NEVER_CONTACTED if waits else rank
        return (group, waits, rank, entry.next_at or far, entry.owner_at or far, entry.lead_id)

    ranked.sort(key=place)
    return ranked


def part_of(rank: Urgency) -> CartablePart:
    """The part of the cartable that this urgency is counted in."""
    match rank:
        case Urgency.OVERDUE:
            return CartablePart.OVERDUE
        case Urgency.SOON | Urgency.ATTEMPT_DUE | Urgency.TODAY:
            return CartablePart.TODAY
        case Urgency.NEVER_CONTACTED:
            return CartablePart.NEVER_CALLED
        case Urgency.LATER:
            return CartablePart.UPCOMING
        case Urgency.WAITING:
            return CartablePart.NOTHING_PLANNED
