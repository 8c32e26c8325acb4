"""Two changes of one lead: what clashes, what is taken over silently, and what the choice makes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.domain.difference import clashing, step_clashes, three_way_merge
from leadtui.domain.lead import Lead

AT = datetime(2024, 10, 1, tzinfo=UTC)
SEEN = Lead(1, 4, "Mina", AT, status_id=2, status_at=AT, owner_id=7, owner_at=AT)
LATER = AT + timedelta(minutes=5)


@pytest.mark.parametrize(
    ("change", "clashes"),
    [
        ({"version": 5}, False),
        ({"city": "Rome", "name": "Mina S."}, False),
        ({"next_at": LATER}, False),
        ({"contacted_at": LATER}, False),
        ({"channel_latest_id": 3}, False),
        ({"status_id": 3, "status_at": LATER}, True),
        ({"status_at": LATER}, True),
        ({"owner_id": 8, "owner_at": LATER}, True),
        ({"owner_id": None, "owner_at": None}, True),
    ],
)
def test_a_step_clashes_only_with_where_the_work_stands(change: dict[str, Any], clashes: bool) -> None:
    assert step_clashes(SEEN, replace(SEEN, **change)) is clashes


@pytest.mark.parametrize(
    ("was", "mine", "theirs", "clash", "kept"),
    [
        ({"a": 1}, {"a": 2}, {"a": 1}, (), {"a": 2}),
        ({"a": 1}, {"a": 1}, {"a": 2}, (), {"a": 2}),
        ({"a": 1}, {"a": 2}, {"a": 2}, (), {"a": 2}),
        ({"a": 1}, {"a": 2}, {"a": 3}, ("a",), {"a": 2}),
        ({"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 1, "b": 3}, (), {"a": 2, "b": 3}),
        ({}, {"a": 2}, {"b": 3}, (), {"a": 2, "b": 3}),
    ],
)
def test_what_clashes_and_what_both_make(
    was: dict[str, int],
    mine: dict[str, int],
    theirs: dict[str, int],
    clash: tuple[str, ...],
    kept: dict[str, int],
) -> None:
    assert clashing(was, mine, theirs) == clash
    assert three_way_merge(was, mine, theirs) == kept


KEYS = st.dictionaries(st.sampled_from("abc"), st.integers(0, 2))


@given(KEYS, KEYS, KEYS)
def test_nothing_that_somebody_changed_is_lost_unasked(
    was: dict[str, int], mine: dict[str, int], theirs: dict[str, int]
) -> None:
    clash = clashing(was, mine, theirs)
    both = three_way_merge(was, mine, theirs)
    for key, value in mine.items():
        if value != was.get(key):
            assert both[key] == value
    for key, value in theirs.items():
        if value != was.get(key) and key not in clash:
            assert both[key] == value
