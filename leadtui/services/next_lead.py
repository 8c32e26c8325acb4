"""The next customer to work, down a list that several people work at once: nobody is given whom another has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leadtui.domain.permission import SEE_LEADS, Permission
from leadtui.services.presence import gone_before
from leadtui.services.session import Session, Transaction
from leadtui.store import leads, presence
from leadtui.store.leads import Free

_LOOKED_AT = 500
"""So many customers of the list are looked at in one reading."""

_SHORT_LIST = 50
"""So many that were free when they were read are tried before the list is read again."""


def take_next(session: Session, terminal: str, candidates: Sequence[int]) -> int | None:
    """Open the first free customer of `candidates` for this terminal and return its id; None where none is free.

    Free is who has no final status, may be rung, and is open in no other terminal. Those in nobody's
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
                presence.note(tx, tx.actor.id, terminal, free.id, tx.now)
                return free.id


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
    taken = presence.taken_among(tx, terminal, gone_before(tx.now), ids)
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
