"""Arrays of ids are read and narrowed without losing one."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.store.id_arrays import Members, Ranks, among, ids_from

_ids = st.lists(st.integers(1, 200), unique=True).map(lambda ids: array("q", ids))


@pytest.mark.parametrize("count", [0, 1, 2, 40_000, 120_000])
def test_joined_ids_come_back_whole(count: int) -> None:
    ids = array("q", range(1, count + 1))
    assert ids_from(",".join(map(str, ids)) or None) == ids


def test_the_largest_id_of_a_database_is_one_too() -> None:
    assert ids_from(f"1,{2**63 - 1}") == array("q", [1, 2**63 - 1])


@given(ids=_ids, members=_ids, limit=st.one_of(st.none(), st.integers(1, 20)))
def test_what_is_kept_stands_in_its_order(ids: array[int], members: array[int], limit: int | None) -> None:
    expected = [one for one in ids if one in set(members)]
    assert list(among(ids, members, limit)) == expected[:limit]


@given(ids=_ids, members=_ids, far=st.booleans())
def test_ranks_and_members_agree_with_a_plain_search(ids: array[int], members: array[int], far: bool) -> None:
    """Also where ids lie so far apart that no array has room for them."""
    if far:
        ids, members = (array("q", [one**8 for one in some]) for some in (ids, members))
    assert list(Ranks(ids).places(members)) == [place for place, one in enumerate(ids) if one in members]
    assert list(Members(members).among(ids)) == [one for one in ids if one in members]


@pytest.mark.parametrize("step", [1, 3, 40, 40_000])
def test_places_among_many(step: int) -> None:
    ids = array("q", range(100_000, 0, -1))
    members = array("q", [*range(step, 100_001, step), 100_001, 10**7])
    assert list(Ranks(ids).places(members)) == [100_000 - one for one in reversed(members[:-2])]


def test_large_arrays_are_kept_in_parts() -> None:
    ids = array("q", range(100_000, 0, -1))
    members = array("q", range(3, 100_001, 3))
    assert list(among(ids, members)) == sorted(members, reverse=True)
    assert list(among(ids, members, 5)) == [99_999, 99_996, 99_993, 99_990, 99_987]


def test_ids_far_apart_cost_no_more_memory_than_they_are_many() -> None:
    far = array("q", [2**60, 7, 2**61])
    assert list(among(far, array("q", [7, 2**61, 5]))) == [7, 2**61]
