"""Whoever sees the cartables of several people finds, counts and sorts what is in these, and nothing of the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from session_making import MovingClock, add_lead, hire

from leadtui.domain.view import LeadFilter
from leadtui.domain.visibility import Visibility, common
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.store import filters, leads, order
from leadtui.store.search import Find, find_by_name

ME, COLLEAGUE, STRANGER = 1, 2, 3
TEAM = frozenset({ME, COLLEAGUE})


def test_those_in_both_are_common() -> None:
    assert common(None, None) is None
    assert common(None, TEAM) == common(TEAM, None) == TEAM
    assert common(TEAM, frozenset({COLLEAGUE, STRANGER})) == {COLLEAGUE}


@pytest.mark.parametrize(
    ("visibility", "seen", "reached"),
    [
        (Visibility(ME), {ME, COLLEAGUE, STRANGER, None}, {ME, COLLEAGUE, STRANGER, None}),
        (Visibility(ME, TEAM), TEAM, TEAM),
        (Visibility(ME, None, TEAM), {ME, COLLEAGUE, STRANGER, None}, TEAM),
        (Visibility(ME, TEAM, frozenset({ME, STRANGER})), TEAM, {ME}),
        (Visibility(ME, frozenset()), set[int](), set[int]()),
    ],
)
def test_numbers_are_seen_of_customers_who_are_seen(
    visibility: Visibility, seen: set[int | None], reached: set[int | None]
) -> None:
    everybody = (ME, COLLEAGUE, STRANGER, None)
    assert {each for each in everybody if visibility.can_see(each)} == seen
    assert {each for each in everybody if visibility.can_see_numbers(each)} == reached
    assert visibility.hides_among_seen == (seen != reached)


NAMES = ("mina", "sara", "omid")

Learn = Callable[[Transaction, Visibility], object]

LEARNT: dict[str, Learn] = {
    "count": leads.count,
    "statuses": leads.counts_by_status,
    "cities": lambda tx, seen: leads.distinct_cities(tx, "", 10, seen),
    "name": lambda tx, seen: find_by_name(tx, NAMES, 9, seen),
    "filter": lambda tx, seen: sorted(filters.fitting_ids(tx, LeadFilter(), seen) or ()),
    "number": lambda tx, seen: [leads.find_by_number(tx, f"+1212555010{each}", seen) for each in range(4)],
    "email": lambda tx, seen: [
        leads.find_by_email(tx, f"{each}@example.com", seen) for each in ("sara", "omid")
    ],
}
"""What each says of three customers, by a visibility."""


@pytest.mark.parametrize("door", LEARNT)
def test_the_rest_is_as_if_it_did_not_exist(session: Session, clock: MovingClock, door: str) -> None:
    reza = hire(session, "Reza Amini", "reza@example.com", clock)
    omid = hire(session, "Omid Azar", "omid@example.com", clock)
    mine = add_lead(session, "Mina", "+1 212 555 0101", mine=True, city="Rome")
    theirs = add_lead(reza, "Sara", "+1 212 555 0102", mine=True, city="Oslo", email="sara@example.com")
    team = Visibility(session.actor.id, frozenset({session.actor.id, reza.actor.id}))
    with session.read() as tx:
        alone = LEARNT[door](tx, replace(team, customers=None))
        if door == "filter":  # everybody is told as None there
            alone = [mine.id, theirs.id]
    add_lead(omid, "Omid", "+1 212 555 0103", mine=True, city="Kyiv", email="omid@example.com")
    with session.read() as tx:
        assert LEARNT[door](tx, team) == alone
        if door in {"count", "statuses", "cities", "name", "number", "email"}:
            assert LEARNT[door](tx, replace(team, customers=None)) != alone
    reza.close()
    omid.close()


def test_an_order_by_number_tells_only_of_those_who_are_reached(session: Session, clock: MovingClock) -> None:
    reza = hire(session, "Reza Amini", "reza@example.com", clock)
    omid = hire(session, "Omid Azar", "omid@example.com", clock)
    hidden = add_lead(omid, "Omid", "+1 212 555 0101", mine=True)
    later = add_lead(reza, "Sara", "+1 212 555 0103", mine=True)
    sooner = add_lead(session, "Mina", "+1 212 555 0102", mine=True)
    seen = Visibility(session.actor.id, numbers=frozenset({session.actor.id, reza.actor.id}))
    with session.read() as tx:
        assert list(order.permutation(tx, "phone", seen).ascending) == [sooner.id, later.id, hidden.id]
        assert filters.fitting_among(tx, LeadFilter(), Find.read("5550103"), [1, 2, 3], seen) == {later.id}
        assert list(filters.found_ids(tx, Find.read("5550101"), seen)) == []
    reza.close()
    omid.close()
