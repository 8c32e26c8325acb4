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
from leadtui.services.session import Session, Transaction
from leadtui.store import changes, given, leads, presence
from leadtui.store.leads import Free
from leadtui.whole_file import is_gone

BEAT_EVERY = timedelta(seconds=15)
"""How often a terminal says that it is still here."""

GONE_AFTER = timedelta(seconds=45)
"""A terminal that has said nothing for so long is gone, however it ended."""

LEASE = timedelta(minutes=5)
"""For so long nobody else is given a customer as next whom somebody has open; it begins anew while they stay in view."""


@dataclass(frozen=True, slots=True)
class Company:
    """The other terminals that are here: of whom the ones are that have each customer open, and by that leased."""

    people: Mapping[int, tuple[int, ...]] = field(default_factory=dict[int, tuple[int, ...]])

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
        others = presence.others(tx, terminal, _gone_before(tx.now))
    people: dict[int, tuple[int, ...]] = {}
    for each in others:
        if (
            each.lead_id is not None
            and each.leases(tx.now)
            and each.user_id not in people.get(each.lead_id, ())
        ):
            people[each.lead_id] = (*people.get(each.lead_id, ()), each.user_id)
    return Company(people)


def on_shift(tx: Transaction) -> frozenset[int]:
    """Whose desk is open."""
    return frozenset(open_desks(tx))


def open_desks(tx: Transaction) -> Mapping[int, int | None]:
    """By whose desk is open, the customer that is open there, None for none."""
    desks: dict[int, int | None] = {}
    for each in presence.others(tx, "", _gone_before(tx.now)):
        desks[each.user_id] = each.lead_id or desks.get(each.user_id)
    return desks


def is_anybody_here(session: Session) -> bool:
    """Whether a desk is open at the store, whoever's."""
    with session.read() as tx:
        return bool(presence.others(tx, "", _gone_before(tx.now)))


def changed_by_others(session: Session, lead_ids: Collection[int]) -> frozenset[int]:
    """Those of the customers to whom the newest thing was done by somebody else than the person."""
    if not lead_ids or len(lead_ids) > _MOST_CHANGED:
        return frozenset()
    with session.read() as tx:
        actors = given.last_actors(tx, lead_ids)
    return frozenset(lead_id for lead_id, actor_id in actors.items() if actor_id != tx.actor.id)


def take_next(session: Session, terminal: str, candidates: Sequence[int]) -> int | None:
    """Open the first free customer of `candidates` for this terminal and return its id; None where none is free.

    Free is who has no final status, may be rung, and is leased to no other terminal; this one has a lease then. Those in nobody's
    cartable go first, then one's own, then those of colleagues. It is taken in one transaction, so that of
    all terminals only this one gets it.
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
    free = leads.free_among(tx, ids)
    taken = presence.taken_among(tx, terminal, _gone_before(tx.now), tx.now, ids)
    return (
        free[each]
        for each in ids
        if each in free and each not in taken and tx.visibility.can_see(free[each].owner_id)
    )


def _rank(free: Free, actor_id: int) -> int:
    """Whose cartable to take from first."""
    if free.owner_id is None:
        return 0
    return 1 if free.owner_id == actor_id else 2
