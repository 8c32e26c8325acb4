"""Who gets the next lead, by each rule."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.domain.distribution import Distributor, Rule, Share, Sharing
from leadtui.domain.workspace import Channel, Definitions, Need, Workspace

DEFINED = Definitions(
    Workspace(1, "Desk"), channels=(Channel(4, "web", "Website"),), needs=(Need(5, "loan", "Loan"),)
)
A, B, C = Share(1), Share(2), Share(3)


def turns(rule: Rule, count: int, loads: dict[int, int] | None = None, last_id: int | None = None) -> str:
    """Who gets so many leads, one after the other."""
    distributor = Distributor(rule, DEFINED, loads or {}, last_id)
    return " ".join(str(distributor.next_for({}, {}) or "-") for _ in range(count))


@pytest.mark.parametrize(
    ("rule", "loads", "last_id", "expected"),
    [
        (Rule(Sharing.EVENLY, [A, B, C]), {1: 50}, 2, "1 2 3 1 2 3"),
        (Rule(Sharing.ROUND_ROBIN, [A, B, C]), {1: 50}, 2, "3 1 2 3 1 2"),
        (Rule(Sharing.ROUND_ROBIN, [A, B, C]), {}, 9, "1 2 3 1 2 3"),
        (Rule(Sharing.LEAST_LOADED, [A, B, C]), {1: 3, 2: 1}, None, "3 2 3 2 3 1"),
        (Rule(Sharing.WEIGHTED, [Share(1, 2), B]), {}, None, "1 1 2 1 1 2"),
        (Rule(Sharing.EVENLY, [A, B], cap=2), {1: 1}, None, "1 2 2 - - -"),
        (Rule(Sharing.EVENLY, [A]), {}, None, "1 1 1 1 1 1"),
    ],
)
def test_turns(rule: Rule, loads: dict[int, int], last_id: int | None, expected: str) -> None:
    assert turns(rule, 6, loads, last_id) == expected


@pytest.mark.parametrize(
    ("by", "value", "columns", "custom"),
    [
        ("city", "rome", {"city": "Rome"}, {}),
        ("channel", "web", {"channel_latest_id": 4}, {}),
        ("channel", "web", {"channel_first_id": 4}, {}),
        ("need", "loan", {"need_id": 5}, {}),
        ("speaks", "persian", {}, {"speaks": "Persian"}),
    ],
)
def test_a_lead_goes_to_who_takes_its_value(
    by: str, value: str, columns: dict[str, object], custom: dict[str, str]
) -> None:
    distributor = Distributor(
        Rule(Sharing.EVENLY, [Share(1, takes=frozenset({value})), B, C], by), DEFINED, {}
    )
    assert [distributor.next_for(columns, dict(custom)) for _ in range(2)] == [1, 1]
    assert {distributor.next_for({}, {}) for _ in range(4)} == {2, 3}


@given(
    st.sampled_from(Sharing),
    st.lists(st.integers(1, 5), min_size=1, max_size=6),
    st.integers(0, 60),
    st.none() | st.integers(1, 20),
)
def test_shares_are_fair_and_nobody_gets_above_the_cap(
    sharing: Sharing, weights: list[int], count: int, cap: int | None
) -> None:
    shares = [Share(place, weight) for place, weight in enumerate(weights)]
    distributor = Distributor(Rule(sharing, shares, cap=cap), DEFINED, {})
    given_to = [distributor.next_for({}, {}) for _ in range(count)]
    got = Counter(given_to)
    room = count if cap is None else cap * len(shares)
    assert got[None] == max(0, count - room)
    assert cap is None or max((got[each.person_id] for each in shares), default=0) <= cap
    if sharing is not Sharing.WEIGHTED:
        numbers = [got[each.person_id] for each in shares]
        assert max(numbers) - min(numbers) <= 1
