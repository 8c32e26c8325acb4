"""Moments spread over the working time of a span."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from leadtui.domain.opening import Opening
from leadtui.domain.spreading import hours_of, span_to_come, spread
from leadtui.domain.week import read_week
from leadtui.domain.workspace import AS_HOURS, Workspace
from leadtui.errors import Invalid

BERLIN = "Europe/Berlin"
NINE_TO_SEVENTEEN = Opening(read_week("Mon–Sun 9–17"))


def berlin(day: int, hour: int, minute: int = 0, month: int = 10) -> datetime:
    """A moment of 2024 in Berlin, as UTC."""
    return datetime(2024, month, day, hour, minute, tzinfo=ZoneInfo(BERLIN)).astimezone(UTC)


def test_moments_are_spread_evenly_over_the_hours_of_work() -> None:
    moments = spread(4, berlin(8, 9), berlin(9, 17), BERLIN, NINE_TO_SEVENTEEN)
    assert moments == [berlin(8, 9), berlin(8, 13), berlin(9, 9), berlin(9, 13)]
    # What is before and after the work of a day does not count, nor does a day on which nobody works.
    assert spread(2, berlin(8, 6), berlin(8, 23), BERLIN, NINE_TO_SEVENTEEN) == [berlin(8, 9), berlin(8, 13)]

    but_wednesday = Opening(read_week("Mon–Tue 9–12, 14–17; Thu–Sun 9–12, 14–17"))
    moments = spread(12, berlin(8, 9), berlin(10, 17), BERLIN, but_wednesday)
    assert [each.astimezone(ZoneInfo(BERLIN)).strftime("%d %H") for each in moments] == [
        *("08 09", "08 10", "08 11", "08 14", "08 15", "08 16"),
        *("10 09", "10 10", "10 11", "10 14", "10 15", "10 16"),
    ]


def test_a_span_without_any_work_is_meant_as_it_was_said() -> None:
    begin, end = berlin(8, 20), berlin(8, 22)
    assert spread(2, begin, end, BERLIN, NINE_TO_SEVENTEEN) == [begin, begin + timedelta(hours=1)]
    assert spread(3, begin, begin, BERLIN, NINE_TO_SEVENTEEN) == [begin] * 3
    assert spread(0, begin, end, BERLIN, NINE_TO_SEVENTEEN) == []


def test_more_than_there_are_minutes_share_them_in_their_order() -> None:
    moments = spread(1_000, berlin(8, 16, 50), berlin(9, 9, 10), BERLIN, NINE_TO_SEVENTEEN)
    assert moments == sorted(moments)
    assert (moments[0], moments[-1]) == (berlin(8, 16, 50), berlin(9, 9, 9))
    assert {each.second for each in moments} == {0}
    assert not [each for each in moments if berlin(8, 17) <= each < berlin(9, 9)]


def test_where_the_clock_is_put_back_the_day_is_as_long_as_it_is() -> None:
    moments = spread(25, berlin(27, 0), berlin(28, 0), BERLIN, Opening(read_week("Mon–Sun 0–24")))
    assert moments[0] == berlin(27, 0)
    assert all(timedelta(minutes=58) < b - a < timedelta(minutes=62) for a, b in pairwise(moments))


def test_the_hours_are_those_of_the_workspace() -> None:
    begin, end = berlin(8, 0), berlin(10, 0)
    work = Workspace(1, "Desk", hours="Tue 10-12", windows="Tue 9-12", zone=BERLIN)
    assert spread(1, begin, end, BERLIN, hours_of(work)) == [berlin(8, 10)]
    only_windows = Workspace(1, "Desk", windows="Tue 9-12", zone=BERLIN)
    assert spread(1, begin, end, BERLIN, hours_of(only_windows)) == [berlin(8, 9)]
    assert hours_of(Workspace(1, "Desk", windows=AS_HOURS)) == hours_of(Workspace(1, "Desk"))
    assert spread(2, begin, end, BERLIN, hours_of(Workspace(1, "Desk"))) == [berlin(8, 8), berlin(9, 8)]


def test_a_span_begins_where_it_is_still_to_come() -> None:
    now = berlin(8, 10)
    assert span_to_come(berlin(8, 9), berlin(8, 17), now) == (now + timedelta(minutes=2), berlin(8, 17))
    assert span_to_come(berlin(8, 11), berlin(8, 17), now) == (berlin(8, 11), berlin(8, 17))
    for begin, end in ((berlin(8, 12), berlin(8, 11)), (berlin(7, 9), berlin(7, 17))):
        with pytest.raises(Invalid):
            span_to_come(begin, end, now)
