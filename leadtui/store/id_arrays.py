"""Arrays of a million ids: read from one text, and intersected, without long stops.

Each step works on a part of the array, so that other threads, the screen's above all, get their turn.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import compress, count, islice, repeat

_LETTERS_AT_ONCE = 200_000
_IDS_AT_ONCE = 32_768

_SORTED_OF = 16
"""Of more than one in so many, marking the places and walking through all of them is quicker than sorting them."""

_SPARSE = 16
"""Above this many possible ids for each real one, a set is smaller than a mask."""


def ids_from(joined: str | None) -> array[int]:
    """The ids that `group_concat` or `string_agg` joined with commas; None stands for none."""
    ids = array("q")
    start, length = 0, len(joined or "")
    while joined and start < length:
        end = joined.find(",", start + _LETTERS_AT_ONCE)
        end = length if end < 0 else end
        # JSON is the quickest reader of many numbers that Python has: twice as quick as split and int.
        ids.extend(array("q", json.loads(f"[{joined[start:end]}]")))
        start = end + 1
    return ids


def among(ids: array[int], members: Collection[int], limit: int | None = None) -> array[int]:
    """Those of `ids`, in their order, that are among `members`; at most `limit` of them."""
    result = array("q")
    if not members:
        return result
    largest = max(members)
    is_member = _membership(members, max(largest, max(ids, default=0)))
    for start in range(0, len(ids), _IDS_AT_ONCE):
        some = ids[start : start + _IDS_AT_ONCE]
        result.extend(compress(some, map(is_member, some)))
        if limit is not None and len(result) >= limit:
            return result[:limit]
    return result


def among_parts(ids: array[int], parted_at: int, members: array[int]) -> tuple[array[int], int]:
    """Those of `ids`, in their order, that are among `members`, and how many of them stand before the place `parted_at`."""
    result = array("q")
    is_member = _membership(members, max(max(members, default=0), max(ids, default=0)))
    before = 0
    for first, end in ((0, parted_at), (parted_at, len(ids))):
        before = len(result)
        for start in range(first, end, _IDS_AT_ONCE):
            some = ids[start : min(start + _IDS_AT_ONCE, end)]
            result.extend(compress(some, map(is_member, some)))
    return result, before


class Ranks:
    """At which place of an array each id stands."""

    def __init__(self, ids: array[int]) -> None:
        """Takes as long as looking at all of them once."""
        self._count = len(ids)
        self._table = _Table(ids, count(1), "i")

    def places(self, members: Collection[int]) -> array[int]:
        """The places, ascending, of those of the members that are in the array."""
        if len(members) * _SORTED_OF < self._count:
            places = array("i", sorted(place for some in self._table.of(members) for place in some))
            return array("i", (place - 1 for place in places[places.count(0) :]))
        is_there = bytearray(self._count + 1)
        for some in self._table.of(members):
            for place in some:
                is_there[place] = 1
        places = array("i")
        for start in range(0, self._count, _IDS_AT_ONCE):
            end = min(start + _IDS_AT_ONCE, self._count)
            places.extend(compress(range(start, end), is_there[start + 1 : end + 1]))
        return places


class Members:
    """A set of ids, to be asked about many at a time; None stands for all ids."""

    def __init__(self, ids: Collection[int] | None) -> None:
        """Takes as long as looking at all of them once."""
        self._table = None if ids is None else _Table(ids, repeat(1), "b")

    def among(self, ids: array[int]) -> array[int]:
        """Those of `ids` that are members, in their order."""
        if self._table is None:
            return ids
        result = array("q")
        for start, are_there in zip(count(0, _IDS_AT_ONCE), self._table.of(ids), strict=False):
            result.extend(compress(ids[start : start + _IDS_AT_ONCE], are_there))
        return result


class _Table:
    """A number above zero for each of some ids: an array of numbers, where ids lie close enough for one."""

    def __init__(self, ids: Collection[int], numbers: Iterable[int], code: str) -> None:
        top = max(ids, default=0)
        self._numbers: array[int] | dict[int, int]
        if top > _SPARSE * len(ids) + 1_000_000:
            self._numbers = dict(zip(ids, numbers, strict=False))
            return
        self._numbers = array(code, bytes(array(code).itemsize * (top + 1)))
        for one, number in zip(ids, numbers, strict=False):
            self._numbers[one] = number

    def of(self, ids: Collection[int]) -> Iterator[Collection[int]]:
        """The number of each id, 0 where it has none; some at a time."""
        numbers = self._numbers
        asked = iter(ids)
        while some := list(islice(asked, _IDS_AT_ONCE)):
            if isinstance(numbers, dict):
                yield [numbers.get(one, 0) for one in some]
                continue
            try:
                yield list(map(numbers.__getitem__, some))
            except IndexError:  # some are newer than the array
                top = len(numbers)
                yield [numbers[one] if one < top else 0 for one in some]


def _membership(members: Collection[int], top: int) -> Callable[[int], object]:
    if top > _SPARSE * len(members) + 1_000_000:
        return frozenset(members).__contains__
    mask = bytearray(top + 1)
    for one in members:
        mask[one] = 1
    return mask.__getitem__
