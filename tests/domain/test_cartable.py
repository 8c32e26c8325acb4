"""Which customer of a cartable comes first, and why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.domain.cartable import CartableEntry, CartablePart, Urgency, in_order, moves_at, part_of, urgency

NOW = datetime(2024, 9, 28, 7, 12, tzinfo=UTC)  # 10:42 in Tehran
ZONE = "Asia/Tehran"


def entry(lead_id: int = 1, minutes: float | None = None, *, contacted: bool = True) -> CartableEntry:
    next_at = None if minutes is None else NOW + timedelta(minutes=minutes)
    return CartableEntry(
        lead_id, next_at, promised=False, contacted=contacted, owner_at=NOW - timedelta(days=1)
    )


@pytest.mark.parametrize(
    ("minutes", "contacted", "expected"),
    [
        (-12, True, Urgency.OVERDUE),
        (0, True, Urgency.OVERDUE),
        (1, True, Urgency.SOON),
        (60, True, Urgency.SOON),
        (61, True, Urgency.TODAY),
        (13 * 60 + 17, True, Urgency.TODAY),  # 23:59 in Tehran
        (13 * 60 + 18, True, Urgency.LATER),  # midnight there
        (None, False, Urgency.NEVER_CONTACTED),
        (None, True, Urgency.WAITING),
        (-12, False, Urgency.OVERDUE),
        (5000, False, Urgency.LATER),
    ],
)
def test_urgency(minutes: float | None, contacted: bool, expected: Urgency) -> None:
    assert urgency(entry(minutes=minutes, contacted=contacted), NOW, ZONE) is expected


def test_order() -> None:
    entries = [
        entry(1),
        entry(2, 5000),
        entry(3, 300),
        entry(4, contacted=False),
        entry(5, 20),
        entry(6, -5),
        entry(7, -90),
        entry(8, 10),
    ]
    assert [each.lead_id for each, _rank in in_order(entries, NOW, ZONE)] == [7, 6, 8, 5, 4, 3, 2, 1]


def test_the_longest_wait_comes_first_among_equals() -> None:
    long_wait = CartableEntry(9, None, promised=False, contacted=False, owner_at=NOW - timedelta(days=3))
    assert [each.lead_id for each, _ in in_order([entry(1, contacted=False), long_wait], NOW, ZONE)] == [9, 1]


@given(st.lists(st.tuples(st.none() | st.integers(-5000, 5000), st.booleans())))
def test_nobody_is_lost_and_groups_stay_together(drawn: list[tuple[int | None, bool]]) -> None:
    entries = [entry(number, minutes, contacted=known) for number, (minutes, known) in enumerate(drawn)]
    ranked = in_order(entries, NOW, ZONE)
    assert sorted(each.lead_id for each, _ in ranked) == [each.lead_id for each in entries]
    assert [rank for _, rank in ranked] == sorted(rank for _, rank in ranked)


def test_every_urgency_is_counted_where_its_key_leads() -> None:
    assert {rank: part_of(rank) for rank in Urgency} == {
        Urgency.OVERDUE: CartablePart.OVERDUE,
        Urgency.SOON: CartablePart.TODAY,
        Urgency.ATTEMPT_DUE: CartablePart.TODAY,
        Urgency.NEVER_CONTACTED: CartablePart.NEVER_CALLED,
        Urgency.TODAY: CartablePart.TODAY,
        Urgency.LATER: CartablePart.UPCOMING,
        Urgency.WAITING: CartablePart.NOTHING_PLANNED,
    }
    assert {part_of(rank) for rank in Urgency} == set(CartablePart)


@given(
    st.lists(st.tuples(st.none() | st.integers(-3000, 3000), st.booleans())),
    st.floats(0, 1, exclude_max=True),
    st.sampled_from(("UTC", "Asia/Tehran", "America/New_York", "Pacific/Apia")),
)
def test_time_alone_moves_nobody_before_it_is_said_to(
    drawn: list[tuple[int | None, bool]], part: float, zone: str
) -> None:
    entries = [entry(place, minutes, contacted=contacted) for place, (minutes, contacted) in enumerate(drawn)]
    until = moves_at(entries, NOW, zone)
    assert NOW < until <= NOW + timedelta(days=1, hours=1)
    later = NOW + (until - NOW) * part
    assert in_order(entries, later, zone) == in_order(entries, NOW, zone)
