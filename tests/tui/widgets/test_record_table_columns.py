"""How columns share the width: wishes first, then by priority, and never more than there is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leadtui.tui.widgets.record_table_columns import GAP, Column, Placed, fit

NAME = Column("name", "Name", 20, 10, 0)
PHONE = Column("phone", "Phone", 14, 14, 1)
STATUS = Column("status", "Status", 16, 6, 2)
ENTRY = Column("entry", "Entry", 12, 4, 3)
ALL = (NAME, PHONE, STATUS, ENTRY)
WISHED = 20 + 14 + 16 + 12 + 3 * GAP


def widths(placed: tuple[Placed, ...]) -> dict[str, int]:
    return {place.column.key: place.width for place in placed}


def test_every_column_has_its_wish_where_there_is_room() -> None:
    placed = fit(ALL, 1, WISHED)
    assert widths(placed) == {"name": 20, "phone": 14, "status": 16, "entry": 12}
    assert [place.left for place in placed] == [1, 23, 39, 57]


def test_what_is_left_over_goes_to_the_flexible_columns_by_their_wishes() -> None:
    assert widths(fit(ALL, 0, WISHED + 48)) == {"name": 40, "phone": 14, "status": 32, "entry": 24}


def test_the_highest_priority_shrinks_first() -> None:
    assert widths(fit(ALL, 0, WISHED - 8)) == {"name": 20, "phone": 14, "status": 16, "entry": 4}
    assert widths(fit(ALL, 0, WISHED - 10)) == {"name": 20, "phone": 14, "status": 14, "entry": 4}
    assert widths(fit(ALL, 0, WISHED - 28)) == {"name": 10, "phone": 14, "status": 6, "entry": 4}


def test_columns_of_one_priority_shrink_together() -> None:
    two = (Column("a", "A", 20, 10, 1), Column("b", "B", 30, 10, 1))
    assert widths(fit(two, 0, 37)) == {"a": 15, "b": 20}


def test_the_highest_priority_goes_first_and_its_room_is_given_back() -> None:
    assert widths(fit(ALL, 0, WISHED - 29)) == {"name": 15, "phone": 14, "status": 6}
    assert widths(fit(ALL, 0, 26)) == {"name": 10, "phone": 14}
    assert widths(fit(ALL, 0, 25)) == {"name": 25}


def test_cells_keep_their_place_in_the_row_when_a_column_between_is_left_out() -> None:
    columns = (NAME, Column("entry", "Entry", 12, 12, 9), PHONE)
    assert [(place.column.key, place.cell) for place in fit(columns, 0, 26)] == [("name", 0), ("phone", 2)]


def test_the_last_column_is_cut_and_no_room_has_none() -> None:
    assert widths(fit(ALL, 0, 3)) == {"name": 3}
    assert fit(ALL, 0, 0) == ()
    assert fit((), 0, 80) == ()


COLUMNS = st.lists(
    st.builds(
        Column,
        key=st.uuids().map(str),
        title=st.just("Title"),
        width=st.integers(1, 60),
        min_width=st.integers(0, 60),
        priority=st.integers(0, 5),
    ),
    max_size=12,
)


@given(COLUMNS, st.integers(-5, 300))
def test_columns_never_overlap_or_leave_the_room(columns: list[Column], room: int) -> None:
    end = 1
    for place in fit(columns, 1, room):
        assert place.left == end or place.left == end + GAP
        assert place.width >= 1
        assert columns[place.cell] is place.column
        end = place.left + place.width
    assert end <= 1 + max(room, 0)


@given(COLUMNS, st.integers(1, 300))
def test_a_column_is_left_out_only_when_it_must_be(columns: list[Column], room: int) -> None:
    shown = fit(columns, 0, room)
    left_out = [column for column in columns if all(place.column is not column for place in shown)]
    least = [min(column.width, max(1, column.min_width)) for column in columns]
    if sum(least) + GAP * (len(columns) - 1) <= room:
        assert not left_out
    if left_out:
        assert max(place.column.priority for place in shown) <= min(column.priority for column in left_out)


@given(COLUMNS, st.integers(1, 300))
def test_a_column_that_is_flexible_takes_all_that_is_left(columns: list[Column], room: int) -> None:
    shown = fit(columns, 0, room)
    if any(place.column.min_width < place.column.width for place in shown):
        assert shown[-1].left + shown[-1].width == room
