"""Measures orders and filters of all customers, beside the statement that any program would send."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from leadtui.domain.view import FieldFilter, LeadFilter, View, custom_sort
from leadtui.services.lead_list import LeadList
from leadtui.services.session import Session
from leadtui.store.sqlite.driver import sqlite_driver
from leadtui.tui.widgets.record_table_model import IdSet

from .acts import Act, Costs, call, in_turn
from .costs import Cost, cost_of
from .ground import SUPERVISOR

FIRST_ROWS = 60

BUDGET = "CAST(custom ->> 'budget' AS INTEGER)"

SORTS = {
    "name": "name_sort",
    "city": "city_sort",
    "status": "status_id",
    "need": "need_id",
    "grade": "grade",
    "contacted_at": "contacted_at",
    custom_sort("budget"): BUDGET,
}
"""What is sorted by: keys of the program's columns, and what the store has of it."""

FILTERS = {
    "status": (LeadFilter(status_ids=frozenset({1})), "status_id = 1"),
    "owner and city": (
        LeadFilter(owner_ids=frozenset({7}), cities=frozenset({"تهران"})),
        "owner_id = 7 AND city = 'تهران'",
    ),
    "new": (LeadFilter(without_status=True), "status_id IS NULL"),
    "grade": (LeadFilter(grades=frozenset({"دکتری"})), "grade = 'دکتری'"),
    "need": (LeadFilter(need_ids=frozenset({1})), "need_id = 1"),
    "own field": (
        LeadFilter(fields=(FieldFilter("budget", least="100000000", most="200000000"),)),
        f"{BUDGET} BETWEEN 100000000 AND 200000000",
    ),
}
"""What is filtered by, and how a statement says it."""


def costs(store: Path, times: int) -> Costs:
    """What orders and filters take."""
    with closing(Session.open(store, SUPERVISOR)) as session, closing(plain_connection(store)) as plain:

        def select(rest: str) -> Callable[[], object]:
            return lambda: plain.execute(f"SELECT id FROM lead WHERE workspace_id = 1 {rest}").fetchall()

        acts = [*_orders(session, select), *_filters(session, select), *_choosing(session)]
        in_turn(acts[:2], 1)
        return in_turn(acts, times)


def plain_connection(store: Path) -> Any:
    """A connection of the same SQLite, by which statements are sent as they stand."""
    return sqlite_driver().connect(store)


Select = Callable[[str], Callable[[], object]]
"""A statement for the ids of customers, from what follows after their workspace."""


def _orders(session: Session, select: Select) -> Iterator[Act]:
    for sort, column in SORTS.items():
        view = View(sort, descending=False)
        yield call(f"order by {sort}", lambda view=view: LeadList(session).order(view))
        yield call(
            f"first rows by {sort}", lambda view=view: LeadList(session).first_window(view, FIRST_ROWS)
        )
        yield call(f"SELECT … ORDER BY {sort}", select(f"ORDER BY {column}, id"))
    kept = LeadList(session)
    kept.order(View("name"))
    yield call("order turned round", lambda: kept.order(View("name", descending=False)))


def _filters(session: Session, select: Select) -> Iterator[Act]:
    for name, (chosen, condition) in FILTERS.items():
        view = View(filter=chosen)
        yield Act(f"filter {name}", lambda view=view: _narrowing(session, view))
        yield call(
            f"first rows of {name}", lambda view=view: LeadList(session).first_window(view, FIRST_ROWS)
        )
        yield call(f"SELECT … WHERE {name}", select(f"AND {condition} ORDER BY entered_at DESC, id DESC"))


def _narrowing(session: Session, view: View) -> Cost:
    """A filter whose sort was built before."""
    customers = LeadList(session)
    customers.order(View(view.sort, view.descending))
    return cost_of(lambda: customers.order(view))


def _choosing(session: Session) -> Iterator[Act]:
    """Choosing customers, as the table does it."""
    order = LeadList(session).order(View())
    chosen = IdSet()
    yield call("all chosen", lambda: chosen.choose(order))
    yield call("ids of the chosen", chosen.ids)
    yield call("none chosen", chosen.clear)
