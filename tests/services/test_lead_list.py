"""The list of all customers: orders that are kept while they are true, windows, and what is on the screen."""

from __future__ import annotations

from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from amounts import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, event, update

from leadtui.domain.lead import LeadNumber
from leadtui.domain.lead_fields import SORT_KEYS
from leadtui.domain.status import Status
from leadtui.domain.view import LeadFilter, View
from leadtui.domain.workspace import Channel, Need, Template, Workspace
from leadtui.errors import Refused
from leadtui.services.lead_list import LeadList
from leadtui.services.session import Session
from leadtui.store import filters, tables
from leadtui.store.engine import Interrupted, Interruption
from leadtui.store.lead_writing import NewLead, insert_leads

NOW = datetime(2024, 9, 28, 7, 12, tzinfo=UTC)
TEMPLATE = Template(
    "test",
    "For tests",
    Workspace(0, "Desk", region="IR"),
    statuses=(Status(0, "later", "Later"), Status(0, "won", "Won")),
    channels=(Channel(0, "web", "Web"), Channel(0, "phone", "Phone")),
    needs=(Need(0, "course", "Course"), Need(0, "job", "Job")),
)
COUNT = filters.FEW + 500
"""Enough that narrowed lists are both long and short."""

FIRST, LAST = ("Reza", "رضا", "Zoë", "Sara"), ("Ahmadi", "احمدی", "Kim")


def _fill(session: Session, count: int) -> None:
    """Write customers 1 to `count`: a third without a name, three cities, two statuses or none."""
    new = [
        NewLead(
            {
                "name": f"{FIRST[one % 4]} {LAST[one % 5 % 3]}" if one % 3 else "",
                "entered_at": NOW + timedelta(minutes=one * 7919 % 1000),
                "city": ("تهران", "Tehran", "")[one % 3],
                "email": f"{one}@desk.test" if one % 4 else "",
                "grade": ("دیپلم", "", "Master")[one % 3],
                "channel_first_id": one % 2 + 1,
                "owner_id": 1 if one % 10 == 0 else None,
                "need_id": one % 3 or None,
                "contacted_at": NOW + timedelta(minutes=one % 97) if one % 5 > 2 else None,
            },
            numbers=(LeadNumber(f"+98912{one:07}", ""),),
        )
        for one in range(1, count + 1)
    ]
    lead = tables.lead
    with session.write() as tx:
        insert_leads(tx, new, NOW, 1)
        tx.connection.execute(update(lead).where(lead.c.id % 4 > 1).values(status_id=lead.c.id % 4 - 1))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Generator[Session]:
    """A desk with many customers that no test changes."""
    session = Session.create(
        tmp_path_factory.mktemp("customers") / "desk.db", TEMPLATE, "Mina", "mina@desk.test"
    )
    _fill(session, COUNT)
    yield session
    session.close()


@pytest.fixture
def session(tmp_path: Path) -> Generator[Session]:
    """A desk with ten customers for one test alone."""
    opened = Session.create(tmp_path / "desk.db", TEMPLATE, "Mina", "mina@desk.test")
    _fill(opened, 10)
    yield opened
    opened.close()


views = st.builds(
    View,
    sort=st.sampled_from(SORT_KEYS),
    descending=st.booleans(),
    find=st.sampled_from(["", "", "reza", "رضا", "ah kim", "0912", "۰۹۱۲ ۰۰۰", "nobody", "12"]),
    filter=st.builds(
        LeadFilter,
        status_ids=st.frozensets(st.integers(1, 2), max_size=2),
        without_status=st.booleans(),
        owner_ids=st.frozensets(st.just(1), max_size=1),
        without_owner=st.booleans(),
        cities=st.frozensets(st.sampled_from(["تهران", "tehran", ""]), max_size=2),
        grades=st.frozensets(st.sampled_from(["دیپلم", "master", "none"]), max_size=1),
        need_ids=st.frozensets(st.integers(1, 2), max_size=1),
        without_need=st.booleans(),
        least_attempts=st.sampled_from([0, 0, 1]),
    ),
)


@settings(max_examples=examples(40), deadline=None)
@given(view=views, limit=st.integers(1, 80))
def test_the_first_window_is_the_beginning_of_the_order(large: Session, view: View, limit: int) -> None:
    fresh, used = LeadList(large), LeadList(large)
    ordered = used.order(view)
    assert fresh.first_window(view, limit) == ordered[:limit]
    assert used.first_window(view, limit) == ordered[:limit]
    assert fresh.order(view) == ordered


@settings(max_examples=examples(20), deadline=None)
@given(view=views, typed=st.lists(st.text("رضا reza091", min_size=1, max_size=5), min_size=1, max_size=6))
def test_what_is_kept_between_keys_changes_nothing(large: Session, view: View, typed: list[str]) -> None:
    used = LeadList(large)
    used.order(replace(view, find="r"))  # enough are found that the filter's members and the places are kept
    everybody = list(LeadList(large).order(replace(view, find="")))
    for text in typed:
        narrowed = replace(view, find=text)
        found = used.matches(narrowed, everybody)
        expected = [one for one in everybody if one in found]
        assert list(used.order(narrowed)) == expected
        assert list(used.first_window(narrowed, 60)) == expected[:60]


@settings(max_examples=examples(20), deadline=None)
@given(view=views, start=st.integers(1, COUNT))
def test_what_matches_is_what_the_order_has(large: Session, view: View, start: int) -> None:
    customers = LeadList(large)
    some = range(start, start + 20)
    assert customers.matches(view, some) == set(customers.order(view)) & set(some)


@settings(max_examples=examples(20), deadline=None)
@given(view=views)
def test_narrowing_only_leaves_out(large: Session, view: View) -> None:
    customers = LeadList(large)
    everybody = list(customers.order(View(view.sort, view.descending)))
    ordered = customers.order(view)
    members = set(ordered)
    assert list(ordered) == [one for one in everybody if one in members]
    assert sorted(everybody) == list(range(1, COUNT + 1))


def test_the_order_is_of_newest_first_by_itself(session: Session) -> None:
    customers = LeadList(session)
    found = customers.rows(customers.order(View()))
    entered = [found[one].entered_at for one in customers.order(View())]
    assert entered == sorted(entered, reverse=True)
    assert len(entered) == customers.count() == 10


def test_an_order_is_kept_until_a_change_is_noted(session: Session) -> None:
    customers = LeadList(session)
    view = View("phone", descending=False)
    before = customers.order(view)
    assert customers.order(view) is before
    lead = tables.lead
    with session.store.write() as connection:
        connection.execute(update(lead).where(lead.c.id == 1).values(phone="+989999999999"))
        connection.execute(delete(lead).where(lead.c.id == 2))
    assert customers.order(view) is before
    assert sorted(customers.rows(before)) == [1, 3, 4, 5, 6, 7, 8, 9, 10]
    customers.note_change()
    assert list(customers.order(view)) == [3, 4, 5, 6, 7, 8, 9, 10, 1]
    assert customers.count() == 9


def test_narrowed_lists_follow_a_change_too(session: Session) -> None:
    customers = LeadList(session)
    won = View("phone", descending=False, filter=LeadFilter(status_ids=frozenset({2})))
    sara = View("phone", descending=False, find="sara")
    assert (list(customers.order(won)), list(customers.order(sara))) == ([3, 7], [7])
    lead = tables.lead
    with session.store.write() as connection:
        connection.execute(update(lead).where(lead.c.id == 3).values(status_id=1, search_key="\n\nsara\n"))
    customers.note_change()
    assert (list(customers.order(won)), list(customers.order(sara))) == ([7], [3, 7])


def test_an_order_by_definitions_follows_them(session: Session) -> None:
    customers = LeadList(session)
    view = View("status", descending=False)
    assert list(customers.order(view)) == [2, 6, 10, 3, 7, 1, 4, 5, 8, 9]
    with session.store.write() as connection:
        connection.execute(update(tables.status).where(tables.status.c.id == 2).values(position=-1))
    session.reload_definitions()
    assert list(customers.order(view)) == [3, 7, 2, 6, 10, 1, 4, 5, 8, 9]


def test_the_filter_is_offered_cities_and_counts(session: Session) -> None:
    customers = LeadList(session)
    assert customers.cities("", 10) == [("Tehran", 4), ("تهران", 3)]
    assert customers.cities("teh", 10) == [("Tehran", 4)]
    assert customers.counts_by_status() == {None: 5, 1: 3, 2: 2}


def test_threads_may_read_at_once(large: Session) -> None:
    customers = LeadList(large)
    chosen = [View(sort, down) for sort in SORT_KEYS for down in (True, False)] * 3

    def read(view: View) -> tuple[list[int], int]:
        customers.note_change()
        ids = customers.order(view)
        return list(ids), len(customers.rows(ids[:60]))

    expected = {view: list(LeadList(large).order(view)) for view in set(chosen)}
    with ThreadPoolExecutor(8) as threads:
        results = list(threads.map(read, chosen))
    assert results == [(expected[view], 60) for view in chosen]


def test_who_may_not_see_customers_is_refused(session: Session) -> None:
    with session.store.write() as connection:
        connection.execute(update(tables.profile).values(permissions=[]))
    session.reload_definitions()
    customers = LeadList(session)
    for call in (
        lambda: customers.first_window(View(), 10),
        lambda: customers.order(View()),
        lambda: customers.rows([1]),
        lambda: customers.matches(View(), [1]),
        lambda: customers.cities("", 10),
        customers.count,
        customers.counts_by_status,
    ):
        with pytest.raises(Refused):
            call()


@pytest.mark.parametrize("find", ["", "reza"])
def test_a_superseded_reading_ends(large: Session, find: str) -> None:
    customers = LeadList(large)
    interruption = Interruption()
    interruption.stop()
    view = View("name", find=find)
    with pytest.raises(Interrupted):
        customers.order(view, interruption)
    with pytest.raises(Interrupted):
        customers.first_window(view, 60, interruption)
    assert len(customers.first_window(view, 60)) == 60


@pytest.mark.parametrize("view", [View("name"), View(find="reza"), View("grade")])
def test_a_reading_that_is_superseded_between_two_steps_ends(large: Session, view: View) -> None:
    customers = LeadList(large)
    interruption = Interruption()

    # Before a statement runs the engine has nothing to interrupt: only the asking remains.
    def stop_before(*_given: Any) -> None:
        interruption.stop()

    event.listen(Engine, "before_cursor_execute", stop_before)
    try:
        with pytest.raises(Interrupted):
            customers.order(view, interruption)
    finally:
        event.remove(Engine, "before_cursor_execute", stop_before)
    assert len(customers.order(view)) > 0
