"""Who else is at work: what each terminal has open, what others changed, and the next customer whom nobody has."""

from __future__ import annotations

import os
import platform
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from leadtui.domain.permission import SEE_LEADS, Permission
from leadtui.domain.visibility import is_within
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.store import changes, given, leads, presence, workspaces
from leadtui.store.leads import Free
from leadtui.whole_file import is_gone

BEAT_EVERY = timedelta(seconds=15)
"""How often a terminal says that it is still here."""

GONE_AFTER = timedelta(seconds=45)
"""A terminal that has said nothing for so long is gone, however it ended."""

LEASE = timedelta(minutes=5)
"""For so long nobody else is given a customer as next whom somebody has open; it begins anew while they stay in view."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Somebody's open desk: since when it is, since when they are on a break, which customer is open and since when.

    Times are aware UTC, None where that is not known. `break_at` is None for who is not on a break.
    """

    since: datetime | None = None
    break_at: datetime | None = None
    lead_id: int | None = None
    opened_at: datetime | None = None

    @classmethod
    def joined(cls, one: Shift | None, other: Shift) -> Shift:
        """That of a person with two terminals: from the earlier one on, with the customer of the later."""
        if one is None:
            return other
        since = min((each.since for each in (one, other) if each.since is not None), default=None)
        has_lead = one if other.lead_id is None else other
        return cls(since, one.break_at or other.break_at, has_lead.lead_id, has_lead.opened_at)


@dataclass(frozen=True, slots=True)
class Company:
    """The other terminals that are here: of whom the ones are that have each customer open, and by that leased.

    `on_break` are their people who are on a break, and `own_break` is since when the person is, who asks.
    """

    people: Mapping[int, tuple[int, ...]] = field(default_factory=dict[int, tuple[int, ...]])
    on_break: frozenset[int] = frozenset()
    own_break: datetime | None = None

    def at(self, lead_id: int | None) -> tuple[int, ...]:
        """The ids of the people who have this customer open in another terminal, each once."""
        return self.people.get(lead_id, ()) if lead_id is not None else ()


def terminal_name() -> str:
    """A name for this terminal, like no other's: where it runs, as which process, and something by chance."""
    return f"{_machine()} {os.getpid()} {uuid4().hex}"


def arrive(session: Session, terminal: str) -> None:
    """A terminal has been opened; `terminal` is its `terminal_name`. Those of this machine that have died are gone."""
    with session.write() as tx:
        for name in presence.terminals(tx):
            if _has_died(name):
                presence.forget(tx, name)
        presence.forget_unseen(tx, _gone_before(tx.now))
        presence.note(tx, tx.actor.id, terminal, None, tx.now)
        workspaces.entered(tx, tx.actor.id, tx.now)
        # Whoever was away for long reads everything anew, so that what moved need not be kept for ever.
        changes.prune(tx)


def beat(session: Session, terminal: str, lead_id: int | None, *, in_view: bool = True) -> None:
    """The terminal is still here, with this customer open or none.

    While the customer is `in_view` the lease begins anew; where the person has gone to another screen it runs out.
    """
    with session.write() as tx:
        presence.note(tx, tx.actor.id, terminal, lead_id, tx.now, tx.now + LEASE if in_view else None)


def leave(session: Session, terminal: str) -> None:
    """The terminal is being closed."""
    with session.write() as tx:
        presence.forget(tx, terminal)


def company(session: Session, terminal: str) -> Company:
    """Who else is here besides this terminal, and with which customers."""
    with session.read() as tx:
        here = presence.others(tx, "", _gone_before(tx.now))
        # A terminal whose machine has slept is still on its break.
        mine = presence.break_of(tx, tx.actor.id)
        seen = _seen_among(tx, [each.lead_id for each in here if each.lead_id is not None])
    people: dict[int, tuple[int, ...]] = {}
    for each in here:
        if (
            each.terminal != terminal
            and each.lead_id is not None
            and each.lead_id in seen
            and each.leases(tx.now)
            and each.user_id not in people.get(each.lead_id, ())
        ):
            people[each.lead_id] = (*people.get(each.lead_id, ()), each.user_id)
    return Company(people, frozenset(each.user_id for each in here if each.break_at is not None), mine)


def set_break(session: Session, *, on_break: bool) -> datetime | None:
    """The person goes on a break, or is back from it; returns since when they are on one, None for not.

    Who is on a break has their desk open and is not on shift: no rule gives them customers. Closing the last desk ends it.
    """
    with session.write() as tx:
        since = (presence.break_of(tx, tx.actor.id) or tx.now) if on_break else None
        presence.note_break(tx, tx.actor.id, since)
        return since


def on_shift(tx: Transaction) -> frozenset[int]:
    """Whose desk is open and who is not on a break."""
    return frozenset(person_id for person_id, shift in shifts(tx).items() if shift.break_at is None)


def shifts(tx: Transaction) -> Mapping[int, Shift]:
    """By whose desk is open, since when, and what is open there."""
    found: dict[int, Shift] = {}
    for each in presence.others(tx, "", _gone_before(tx.now)):
        found[each.user_id] = Shift.joined(
            found.get(each.user_id), Shift(each.arrived_at, each.break_at, each.lead_id, each.opened_at)
        )
    return found


def at_work(session: Session) -> Mapping[int, Shift]:
    """By whose desk is open, their shift: for whoever gives something to a colleague."""
    with session.read() as tx:
        return shifts(tx)


def is_anybody_here(session: Session) -> bool:
    """Whether a desk is open at the store, whoever's."""
    with session.read() as tx:
        return bool(presence.others(tx, "", _gone_before(tx.now)))


def changed_by_others(session: Session, lead_ids: Collection[int]) -> frozenset[int]:
    """Those of the customers to whom the newest thing was done by somebody else than the person."""
    if not lead_ids or len(lead_ids) > _MOST_CHANGED:
        return frozenset()
    with session.read() as tx:
        actors = given.last_actors(tx, _seen_among(tx, lead_ids))
    return frozenset(lead_id for lead_id, actor_id in actors.items() if actor_id != tx.actor.id)


def take_next(session: Session, terminal: str, candidates: Sequence[int]) -> int | None:
    """Open the first free customer of `candidates` for this terminal and return its id; None where none is free.

    Free is who has no final status, may be rung and followed up, and is leased to no other terminal; this one has a lease
    then. Those in nobody's cartable go first, then one's own, then those of colleagues. It is taken in one transaction, so
    that of all terminals only this one gets it.
    """
    while True:
        with session.read(SEE_LEADS, Permission.FOLLOW_UP) as tx:
            listed = _short_list(tx, terminal, candidates)
        if not listed:
            return None
        with session.write(SEE_LEADS, Permission.FOLLOW_UP) as tx:
            # What was free a moment ago may be taken by now.
            for free in _in_order(tx, terminal, listed):
                presence.note(tx, tx.actor.id, terminal, free.id, tx.now, tx.now + LEASE)
                return free.id


def _seen_among(tx: Transaction, lead_ids: Collection[int]) -> Collection[int]:
    """Those of the customers whom the person sees; of others not even that they are there is told."""
    if tx.visibility.all_customers:
        return lead_ids
    return frozenset(leads.versions(tx, list(lead_ids), tx.visibility)[0])


_MOST_CHANGED = 500
"""Where more customers changed at once, it was one step on all of them, of which no row is told apart."""

_LOOKED_AT = 500
"""So many customers of the list are looked at in one reading."""

_SHORT_LIST = 50
"""So many that were free when they were read are tried before the list is read again."""


def _machine() -> str:
    """The machine and, in containers of one name, which of them counts its processes by itself."""
    try:
        counted = str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        counted = ""
    return f"{platform.node()}{counted}".replace(" ", "-")


def _has_died(terminal: str) -> bool:
    """Whether a terminal has run on this machine and its process does not any more."""
    machine, _space, rest = terminal.partition(" ")
    process = rest.partition(" ")[0]
    return machine == _machine() and process.isdecimal() and is_gone(int(process))


def _gone_before(now: datetime) -> datetime:
    """Terminals that were last seen before this are gone. Both are aware UTC."""
    return now - GONE_AFTER


def _short_list(tx: Transaction, terminal: str, candidates: Sequence[int]) -> list[int]:
    """The first free ones of the list, the best to take first."""
    ranked: dict[int, list[int]] = {0: [], 1: [], 2: []}
    for start in range(0, len(candidates), _LOOKED_AT):
        some = candidates[start : start + _LOOKED_AT]
        for free in _in_order(tx, terminal, some):
            rank = ranked[_rank(free, tx.actor.id)]
            if len(rank) < _SHORT_LIST:
                rank.append(free.id)
        if len(ranked[0]) >= _SHORT_LIST:
            break
    return [each for rank in ranked.values() for each in rank][:_SHORT_LIST]


def _in_order(tx: Transaction, terminal: str, ids: Sequence[int]) -> Iterator[Free]:
    followed = tx.reach(Permission.FOLLOW_UP)
    free = leads.free_among(tx, ids)
    taken = presence.taken_among(tx, terminal, _gone_before(tx.now), tx.now, ids)
    return (
        free[each]
        for each in ids
        if each in free
        and each not in taken
        and tx.visibility.can_see(free[each].owner_id)
        and is_within((free[each].owner_id,), followed)
    )


def _rank(free: Free, actor_id: int) -> int:
    """Whose cartable to take from first."""
    if free.owner_id is None:
        return 0
    return 1 if free.owner_id == actor_id else 2
