"""All customers, as a list: ordered, filtered and found, as light with a million as with ten."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Collection, Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Lock
from typing import Generic, TypeVar

from leadtui.domain.board import Listing
from leadtui.domain.lead import Lead
from leadtui.domain.lead_fields import statuses_asked
from leadtui.domain.permission import SEE_LEADS, Permission, Scope
from leadtui.domain.view import LeadFilter, View
from leadtui.domain.visibility import Visibility
from leadtui.domain.workspace import Definitions
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.store import filters, leads, order
from leadtui.store.engine import Interrupted, Interruption
from leadtui.store.id_arrays import Members, among
from leadtui.store.near_names import near_names
from leadtui.store.order import Narrowed, Permutation
from leadtui.store.search import Find

PAGE = 100
"""So many rows at most leave the desk at once for who may not export."""

_ORDERS_KEPT = 4
_NARROWINGS_KEPT = 2

_FEW_OF = 40
"""Going to a customer takes as long as looking at so many in an order."""

_LOOKED_AT = 20_000
"""So many customers of an order are looked at for the first that fit, before the whole order is built."""


_JUDGED, _JUDGED_AT_ONCE = 4_000, 1_000
"""So many customers of an order, and so many together, are judged by themselves before all are."""


class LeadList:
    """Gives the ids of a view in order, and the customers of the ids that are on the screen: all as the person sees them.

    Every method may be called from any thread. Orders are kept until something changes, so that
    turning one round or narrowing it costs little. Each raises Refused where the person may see
    no customers at all, StoreError, and Interrupted where its `interruption` asked for that. Arrays that are
    handed out may be shared: nobody changes them.
    """

    def __init__(self, session: Session) -> None:
        """Nothing is read yet."""
        self._session = session
        self._orders: _Kept[str, Permutation] = _Kept(_ORDERS_KEPT)
        self._narrowed_orders: _Kept[View, Narrowed] = _Kept(1)
        self._narrowings: _Kept[View, array[int] | None] = _Kept(_NARROWINGS_KEPT)
        self._fitting: _Kept[LeadFilter, Members] = _Kept(1)
        self._counts: _Kept[None, int] = _Kept(1)
        self._lock = Lock()
        self._changes = 0

    def first_window(self, view: View, limit: int, interruption: Interruption | None = None) -> array[int]:
        """The first `limit` ids of the view, for the first paint: quick before its order was ever built."""
        with self._read(interruption) as reading:
            view = reading.now(view)
            fitting = self._first_fitting(reading, view, limit)
            if fitting is not None:
                return fitting
            members = self._members(reading, view)
            if members is None or not self._are_few(reading, view, members):
                quick = self._quick_window(reading, view, members, limit)
                if quick is not None:
                    return quick
            return self._in_order(reading, view, members, limit)

    def order(self, view: View, interruption: Interruption | None = None) -> array[int]:
        """All ids of the view, in order."""
        with self._read(interruption) as reading:
            view = reading.now(view)
            return self._in_order(reading, view, self._members(reading, view), None)

    def listed(self, view: View, limit: int = 0) -> array[int]:
        """The first `limit` ids of the view, all for 0, for output that leaves the desk.

        Without the permission to export there are PAGE at most. Raises Refused where more are asked for by number.
        """
        with self._read() as reading:
            if limit > PAGE:
                reading.tx.require_all(Permission.EXPORT)
            exports = reading.tx.actor.scope(Permission.EXPORT) is Scope.ALL
        if exports and not limit:
            return self.order(view)
        return self.first_window(view, limit or PAGE)

    def rows(self, ids: Collection[int], columns: Iterable[str] = ()) -> dict[int, Lead]:
        """The customers with these ids, without their further numbers; deleted ones are left out.

        Of what statuses ask for they have the answers that `columns` show.
        """
        with self._read() as reading:
            return leads.rows(reading.tx, ids, reading.tx.visibility, statuses_asked(columns))

    def matches(self, view: View, ids: Collection[int]) -> set[int]:
        """Those of `ids` that are in the view now."""
        with self._read() as reading:
            view = reading.now(view)
            fitting = filters.fitting_among(
                reading.tx, view.filter, Find.read(view.find), ids, reading.tx.visibility
            )
            return fitting if view.listing is None else fitting & {*_counted(reading.tx, view.listing)}

    def count(self) -> int:
        """How many customers the person sees."""
        with self._read() as reading:
            return self._counts.get(
                None, reading.state, lambda: leads.count(reading.tx, reading.tx.visibility)
            )

    def cities(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Cities that begin with what was typed, each with how many customers, most first."""
        with self._read() as reading:
            return leads.distinct_cities(reading.tx, prefix, limit, reading.tx.visibility)

    def nearest(self, find: str) -> list[str]:
        """What can be typed in place of a find that finds nobody, the nearest names first."""
        with self._read() as reading:
            return near_names(reading.tx, find, reading.tx.visibility)

    def counts_by_status(self) -> dict[int | None, int]:
        """How many customers stand in each status, and how many are new (None)."""
        with self._read() as reading:
            return leads.counts_by_status(reading.tx, reading.tx.visibility)

    def note_change(self) -> None:
        """Customers changed, so orders are built anew when they are next asked for.

        What was handed out stays usable: `rows` leaves out who is gone.
        """
        with self._lock:
            self._changes += 1

    @contextmanager
    def _read(self, interruption: Interruption | None = None) -> Generator[_Reading]:
        # Before the reading begins, so that what it finds is never told newer than it is.
        with self._lock:
            changes = self._changes
        with self._session.read(SEE_LEADS, interruption=interruption) as tx:
            yield _Reading(tx, _State(changes, tx.definitions, tx.visibility), interruption)

    def _members(self, reading: _Reading, view: View) -> array[int] | None:
        """The ids that filter and find let through, in no order; None for everybody whom the person sees."""
        narrowed = View(filter=view.filter, find=view.find, listing=view.listing)
        if narrowed == View():
            return None
        members = self._narrowings.get(
            narrowed,
            reading.state,
            lambda: self._narrowed(reading, view),
        )
        reading.check()
        return members

    def _narrowed(self, reading: _Reading, view: View) -> array[int] | None:
        """What fits the filter is kept while one types into the find line."""
        tx, state, find = reading.tx, reading.state, Find.read(view.find)
        listed = None if view.listing is None else _counted(tx, view.listing)
        reading.check()
        if find.empty:
            return filters.fitting_ids(tx, view.filter, state.visibility, listed)
        found = filters.found_ids(tx, find, state.visibility)
        if listed is not None:
            found = among(found, listed)
        reading.check()
        fitting = self._fitting.kept(view.filter, state)
        if fitting is None and len(found) <= filters.FEW:
            return filters.fitting_ids(tx, view.filter, state.visibility, found)
        fitting = fitting or self._fitting.get(
            view.filter, state, lambda: Members(filters.fitting_ids(tx, view.filter, state.visibility))
        )
        return fitting.among(found)

    def _first_fitting(self, reading: _Reading, view: View, limit: int) -> array[int] | None:
        """The first ids of a view for whose filter each customer has to be looked at: enough of them mostly come soon."""
        filtered = replace(view, find="", listing=None)
        if filtered != view or not filters.looks(reading.tx, view.filter):
            return None
        if self._narrowings.kept(View(filter=view.filter), reading.state) is not None:
            return None
        fitting = array("q")
        first = self._first_in_order(reading, view, _JUDGED)
        for start in range(0, len(first), _JUDGED_AT_ONCE):
            some = first[start : start + _JUDGED_AT_ONCE]
            let_through = filters.fitting_among(
                reading.tx, view.filter, Find.read(""), some, reading.state.visibility
            )
            fitting.extend(each for each in some if each in let_through)
            reading.check()
            if len(fitting) >= limit:
                return fitting[:limit]
        return None

    def _first_in_order(self, reading: _Reading, view: View, most: int) -> array[int]:
        """The first ids of everybody in the order of the view; none where that would have to be built."""
        kept = self._orders.kept(view.sort, reading.state)
        if kept is not None:
            return kept.ids(view.descending)[:most]
        if not order.has_index(view.sort) or reading.state.visibility.hides_sort(view.sort):
            return array("q")
        return order.first_ids(reading.tx, view.sort, view.descending, most)

    def _quick_window(
        self, reading: _Reading, view: View, members: array[int] | None, limit: int
    ) -> array[int] | None:
        """The first ids by an index alone, where that is quicker than what is kept or must be built."""
        quick = order.has_index(view.sort) and not reading.state.visibility.hides_sort(view.sort)
        if self._orders.kept(view.sort, reading.state) or not quick:
            return None
        everybody = members is None and reading.state.visibility.all_customers
        for looked_at in (limit,) if everybody else (4 * limit, _LOOKED_AT):
            first = order.first_ids(reading.tx, view.sort, view.descending, looked_at)
            reading.check()
            window = first if everybody else self._seen_window(reading, first, members, limit)
            if len(window) == limit or len(first) < looked_at:
                return window
        return None

    def _seen_window(
        self, reading: _Reading, first: array[int], members: array[int] | None, limit: int
    ) -> array[int]:
        """The first of these ids that are members, or where everybody is one, that the person sees."""
        if members is not None:
            return among(first, members, limit)
        window = array("q")
        for start in range(0, len(first), 4 * limit):
            some = first[start : start + 4 * limit]
            window.extend(leads.versions(reading.tx, some, reading.state.visibility)[0])
            reading.check()
            if len(window) >= limit:
                break
        return window[:limit]

    def _are_few(self, reading: _Reading, view: View, members: array[int]) -> bool:
        """Whether it is quicker to go to each of them than to look through the whole order."""
        whole = self._orders.kept(view.sort, reading.state)
        if whole and whole.is_ranked:
            return False
        worth_it = len(whole.ascending) // _FEW_OF if whole else 0
        return len(members) <= max(filters.FEW, min(worth_it, leads.AT_ONCE))

    def _in_order(
        self, reading: _Reading, view: View, members: array[int] | None, limit: int | None
    ) -> array[int]:
        if members is not None and self._are_few(reading, view, members):
            ids = order.few_ordered(
                reading.tx,
                view.sort,
                view.descending,
                members,
                reading.state.visibility,
            )
        else:
            whole = self._orders.get(
                view.sort,
                reading.state,
                lambda: order.permutation(reading.tx, view.sort, reading.state.visibility),
            )
            reading.check()
            ids = (
                whole.ids(view.descending)
                if members is None
                else self._narrowed_orders.get(
                    replace(view, descending=False), reading.state, lambda: whole.among(members)
                ).ids(view.descending, limit)
            )
        reading.check()
        return ids if limit is None else ids[:limit]


def _counted(tx: Transaction, listing: Listing) -> array[int]:
    # The board is much to import, and most lists are none of its numbers.
    from leadtui.services import board

    return board.listed(tx, listing)


def at_once(session: Session, rows: Sequence[Row]) -> Sequence[Row]:
    """Those of the rows that may leave the desk at once: all, or without the permission to export the first PAGE."""
    with session.read() as tx:
        return rows if tx.actor.scope(Permission.EXPORT) is Scope.ALL else rows[:PAGE]


@dataclass(frozen=True, slots=True)
class _State:
    """What kept things were read from: as long as all are the same, they are true."""

    changes: int
    definitions: Definitions
    visibility: Visibility


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reading of the store, and the state of the leads that it sees."""

    tx: Transaction
    state: _State
    interruption: Interruption | None

    def now(self, view: View) -> View:
        """The view as it is at the moment of the reading."""
        return replace(view, filter=view.filter.at(self.tx.now))

    def check(self) -> None:
        """Between two steps the engine has nothing to interrupt. Raises Interrupted."""
        if self.interruption is not None and self.interruption.asked:
            raise Interrupted


Key = TypeVar("Key")
Row = TypeVar("Row")
Value = TypeVar("Value")


class _Kept(Generic[Key, Value]):
    """The few results that were used last, each with the state that it was read from."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._results: OrderedDict[Key, tuple[_State, Value]] = OrderedDict()
        self._lock = Lock()

    def kept(self, key: Key, state: _State) -> Value | None:
        """The result, where it is here and still true."""
        with self._lock:
            result = self._result(key, state)
        return None if result is None else result[1]

    def get(self, key: Key, state: _State, build: Callable[[], Value]) -> Value:
        """The result, built where there is none that is true. Two threads may build the same at once."""
        with self._lock:
            result = self._result(key, state)
        if result is not None:
            return result[1]
        built = build()
        with self._lock:
            self._results[key] = (state, built)
            self._results.move_to_end(key)
            while len(self._results) > self._most:
                self._results.popitem(last=False)
        return built

    def _result(self, key: Key, state: _State) -> tuple[_State, Value] | None:
        result = self._results.get(key)
        if (
            result is None
            or result[0].changes != state.changes
            or result[0].definitions is not state.definitions
            or result[0].visibility != state.visibility
        ):
            return None
        self._results.move_to_end(key)
        return result
