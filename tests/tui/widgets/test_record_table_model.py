"""The rows read last, and where a row goes when the order changes."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from leadtui.language.text import cell_width, safe
from leadtui.tui.widgets.record_table_model import LONGEST_DRAWN, REMOVED, Cell, RowCache, follow, made_safe

OLD, NEW = (Cell("old"),), (Cell("new"),)


def test_what_was_not_read_or_has_expired_is_missing() -> None:
    cache = RowCache(10)
    assert cache.missing([1, 2]) == [1, 2]
    assert cache.store([1, 2], {1: OLD, 2: OLD}, cache.new_ticket()) == [1, 2]
    assert cache.missing([1, 2, 3]) == [3]
    cache.expire([1, 2], keep={1}.__contains__)
    assert cache.missing([1, 2]) == [1, 2]
    assert cache.get(1) == OLD
    assert cache.get(2) is None


def test_a_row_that_was_asked_for_and_not_found_is_removed_until_forgotten() -> None:
    cache = RowCache(10)
    cache.store([1, 2], {2: OLD}, cache.new_ticket())
    assert cache.get(1) is REMOVED
    assert cache.missing([1, 2]) == []
    cache.forget_removed()
    assert cache.missing([1, 2]) == [1]


def test_a_reading_that_began_before_a_row_changed_does_not_count() -> None:
    cache = RowCache(10)
    early = cache.new_ticket()
    cache.expire([1], keep=bool)
    late = cache.new_ticket()
    assert cache.store([1], {1: NEW}, late) == [1]
    assert cache.store([1], {1: OLD}, early) == []
    assert cache.get(1) == NEW


def test_an_older_reading_never_replaces_a_newer() -> None:
    cache = RowCache(10)
    early, late = cache.new_ticket(), cache.new_ticket()
    cache.store([1], {1: NEW}, late)
    assert cache.store([1, 2], {1: OLD, 2: OLD}, early) == [2]
    assert cache.get(1) == NEW


def test_a_reading_that_is_under_way_does_not_outlive_a_clearing() -> None:
    cache = RowCache(10)
    early = cache.new_ticket()
    cache.clear()
    assert cache.store([1], {1: OLD}, early) == []
    assert cache.get(1) is None


def test_expire_all_keeps_what_is_known_until_the_new_is_there() -> None:
    cache = RowCache(10)
    cache.store([1], {1: OLD}, cache.new_ticket())
    cache.expire_all()
    assert cache.get(1) == OLD
    assert cache.missing([1]) == [1]
    cache.store([1], {1: NEW}, cache.new_ticket())
    assert cache.missing([1]) == []


def test_the_rows_used_longest_ago_are_dropped() -> None:
    cache = RowCache(3)
    cache.store([1, 2, 3], {1: OLD, 2: OLD, 3: OLD}, cache.new_ticket())
    cache.get(1)
    cache.store([4], {4: OLD}, cache.new_ticket())
    assert cache.missing([1, 2, 3, 4]) == [2]


def test_a_bulk_change_expires_everything_with_one_mark() -> None:
    cache = RowCache(3)
    cache.store([1], {1: OLD}, cache.new_ticket())
    cache.expire(range(100, 200), keep=bool)
    assert cache.missing([1]) == [1]
    cache.store([1], {1: NEW}, cache.new_ticket())
    assert cache.missing([1]) == []


def test_cells_are_made_safe_and_bounded() -> None:
    long, plain = made_safe((Cell("ا" * 10_000, "late"), Cell("Ali", "", "●")))
    assert cell_width(long.text) == LONGEST_DRAWN
    assert long.text.endswith("…")
    assert long.style == "late"
    assert plain == Cell("Ali", "", "●")
    assert made_safe((Cell("\x1b[31mAli\x07", "", "\x9b"),)) == (Cell(safe("\x1b[31mAli\x07"), "", ""),)


def test_a_row_is_followed_to_its_new_place() -> None:
    assert follow(array("q", [1, 2, 3]), array("q", [3, 1, 2]), 0) == 1
    assert follow([5, 6, 7], [5, 6, 7], 1) == 1


def test_a_row_that_has_gone_is_followed_by_the_one_that_took_its_place() -> None:
    assert follow([1, 2, 3, 4], [1, 3, 4], 1) == 1
    assert follow([1, 2, 3, 4], [9, 4, 1], 1) == 1
    assert follow([1, 2, 3, 4], [9, 8, 1], 2) == 2
    assert follow([1, 2, 3], [7, 8], 2) == 1
    assert follow([1, 2], [7, 8, 9, 10], 3) == 3


@given(
    st.lists(st.integers(0, 40), unique=True, min_size=1),
    st.lists(st.integers(0, 40), unique=True, min_size=1),
)
def test_follow_always_leads_to_a_row_and_to_the_same_one_if_it_is_there(
    old: list[int], new: list[int]
) -> None:
    for index, row_id in enumerate(old):
        place = follow(array("q", old), array("q", new), index)
        assert 0 <= place < len(new)
        if row_id in new:
            assert new[place] == row_id
