"""Ordering, filtering and finding agree with the naive model on any customers."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from amounts import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from list_model import (
    ELSEWHERE,
    SORTS,
    Customer,
    customer_lists,
    define,
    filters,
    finds,
    fits,
    here,
    in_order,
    is_found,
    of_workspace,
    put_customers,
)
from sqlalchemy import delete, update

from leadtui.domain.view import LeadFilter
from leadtui.store import filters as lead_filters
from leadtui.store import order, tables
from leadtui.store.engine import Interrupted, Interruption, Store, open_store
from leadtui.store.id_arrays import Members
from leadtui.store.search import Find, find_ids, search_text

CUSTOMERS = [
    Customer(1, name="رضا احمدی", city="تهران", numbers=("+989121234567", "+982188776655")),
    Customer(2, name="Reza Ahmadi", city="Tehran", email="reza.1985@example.com", status_id=1),
    Customer(3, name="آرش کیانی", city="آبادان", numbers=("+989351112233",), status_id=2),
    Customer(4, workspace_id=ELSEWHERE, name="رضا احمدی", numbers=("+989121234568",)),
    Customer(5),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Generator[Store]:
    """A store with two workspaces and their definitions."""
    opened = open_store(tmp_path_factory.mktemp("lists") / "desk.db", create=True)
    with opened.write() as connection:
        define(connection)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def store_of_one(tmp_path_factory: pytest.TempPathFactory) -> Generator[Store]:
    """A store with one workspace only, where finding need not ask whose a customer is."""
    opened = open_store(tmp_path_factory.mktemp("lists") / "desk.db", create=True)
    with opened.write() as connection:
        define(connection)
        connection.execute(delete(tables.workspace).where(tables.workspace.c.id == ELSEWHERE))
    yield opened
    opened.close()


# Each example replaces all customers of the module's store.
many = settings(
    max_examples=examples(20), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@many
@given(customers=customer_lists(), descending=st.booleans())
def test_customers_stand_in_order(store: Store, customers: list[Customer], descending: bool) -> None:
    with store.write() as connection:
        put_customers(connection, customers)
        for sort in SORTS:
            expected = in_order(of_workspace(customers), sort, descending)
            assert list(order.permutation(here(connection), sort).ids(descending)) == expected, sort
            for limit in (1, 3, 20):
                first = order.first_ids(here(connection), sort, descending, limit)
                assert list(first) == expected[:limit], sort
            some = expected[::2]
            others = [one.id for one in customers if one.id not in expected]
            among = order.permutation(here(connection), sort).among([*sorted(some), *others]).ids(descending)
            assert list(among) == some, sort
            few = order.few_ordered(here(connection), sort, descending, sorted(some))
            assert list(few) == some, sort


@many
@given(customers=customer_lists(), lead_filter=filters)
def test_a_filter_lets_through_what_it_says(
    store: Store, customers: list[Customer], lead_filter: LeadFilter
) -> None:
    expected = {one.id for one in of_workspace(customers) if fits(one, lead_filter)}
    ids = [one.id for one in customers]
    with store.write() as connection:
        put_customers(connection, customers)
        everybody = Find.read("")
        filtered = lead_filters.fitting_ids(here(connection), lead_filter)
        assert filtered is not None or len(expected) == len(of_workspace(customers))
        assert filtered is None or sorted(filtered) == sorted(expected)
        assert lead_filters.fitting_among(here(connection), lead_filter, everybody, ids) == expected


@many
@given(data=st.data())
def test_what_is_typed_finds_what_it_says(store: Store, data: st.DataObject) -> None:
    customers = data.draw(customer_lists())
    typed = data.draw(finds(customers))
    _check_find(store, customers, typed, data.draw(filters))


@many
@given(data=st.data())
def test_it_finds_the_same_where_there_is_one_workspace(store_of_one: Store, data: st.DataObject) -> None:
    customers = of_workspace(data.draw(customer_lists()))
    typed = data.draw(finds(customers))
    _check_find(store_of_one, customers, typed, data.draw(filters))


def _check_find(store: Store, customers: list[Customer], typed: str, lead_filter: LeadFilter) -> None:
    found = {one.id for one in of_workspace(customers) if is_found(one, typed)}
    fitting = {one.id for one in of_workspace(customers) if one.id in found and fits(one, lead_filter)}
    find = Find.read(typed)
    ids = [one.id for one in customers]
    with store.write() as connection:
        put_customers(connection, customers)
        assert sorted(find_ids(here(connection), find)) == sorted(found)
        assert set(find_ids(here(connection), find, limit=2)) <= found
        if not find.empty:
            some = lead_filters.found_ids(here(connection), find)
            narrowed = lead_filters.fitting_ids(here(connection), lead_filter, members=some)
            assert narrowed is not None
            assert sorted(narrowed) == sorted(fitting)
            kept = Members(lead_filters.fitting_ids(here(connection), lead_filter))
            assert sorted(kept.among(some)) == sorted(fitting)
        assert lead_filters.fitting_among(here(connection), lead_filter, find, ids) == fitting


@many
@given(typed=st.text())
def test_nothing_that_is_typed_is_taken_for_syntax(store: Store, typed: str) -> None:
    with store.write() as connection:
        put_customers(connection, CUSTOMERS)
        expected = [one.id for one in of_workspace(CUSTOMERS) if is_found(one, typed)]
        assert sorted(find_ids(here(connection), Find.read(typed))) == expected


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", [1, 2, 3, 5]),
        ("   ", [1, 2, 3, 5]),
        ("رضا", [1]),
        ("رضااحمدی", [1]),
        ("احمدي رضا", [1]),
        ("ضا", []),
        ("اح", [1]),
        ("ر", [1]),
        ("R", [2]),
        ("REZA", [2]),
        ("ahm tehran", [2]),
        ("ارش", [3]),
        ("اباد", [3]),
        ("reza.1985@example.com", [2]),
        ("1985", [2]),
        ("۱۹۸۵", [2]),
        ("@example", [2]),
        ("0", [1, 2, 3, 5]),
        ("09", [1, 2, 3, 5]),
        ("091", [1]),
        ("0912", [1]),
        ("۰۹۱۲", [1]),
        ("0912 123 4567", [1]),
        ("+98 912 123 4567", [1]),
        ("00989121234567", [1]),
        ("989121234567", [1]),
        ("9121234567", [1]),
        ("4567", [1]),
        ("67", [1]),
        ("21", [1]),
        ("Level 7", []),
        ("021-88776655", [1]),
        ("(021) 8877", [1]),
        ("رضا 0912", [1]),
        ("reza 0912", []),
        ("رضا*", [1]),
        ('"رضا" NEAR(احمدی)', []),
        ('رضا" OR "کیانی', []),
        ("رضا\x00احمدی", [1]),
        ("\ud800رضا", [1]),
        ("search_key:رضا", []),
        ("رضا " * 80, [1]),
        ("12 34 " * 40, [1]),
    ],
)
def test_finding_by_examples(store: Store, typed: str, found: list[int]) -> None:
    with store.write() as connection:
        put_customers(connection, CUSTOMERS)
        assert sorted(find_ids(here(connection), Find.read(typed))) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("%", [1]),
        ("_", [2, 3]),
        ("50%", [1]),
        ("50", [1, 4]),
        ("R_D", [2]),
        ("r_d", [2]),
        ("r%d", []),
        ("sara_k@", [3]),
        ("sarak@", [3, 5]),
        ("رضا_", [3]),
        ("% _", []),
        ("0912_123_4567", [5]),
    ],
)
def test_percent_and_underscore_are_letters(store: Store, typed: str, found: list[int]) -> None:
    customers = [
        Customer(1, name="50% Off"),
        Customer(2, name="R_D Ltd"),
        Customer(3, name="رضا", city="X_Y", email="sara_k@example.com"),
        Customer(4, name="50 Off RD"),
        Customer(5, name="رضا", email="sarak@example.com", numbers=("+989121234567",)),
    ]
    with store.write() as connection:
        put_customers(connection, customers)
        tx, find, everybody = here(connection), Find.read(typed), [each.id for each in customers]
        assert sorted(find_ids(tx, find)) == found
        assert sorted(lead_filters.fitting_among(tx, LeadFilter(), find, everybody)) == found


def test_a_page_of_text_in_the_find_box_is_no_burden(store: Store) -> None:
    page = "".join(chr(0x4E00 + place) for place in range(10_000))
    with store.write() as connection:
        put_customers(connection, [Customer(1, name=page), Customer(2, name="Reza")])
        assert list(find_ids(here(connection), Find.read(page))) == [1]


def test_finding_follows_every_change(store: Store) -> None:
    lead = tables.lead
    with store.write() as connection:
        put_customers(connection, CUSTOMERS)
        changed = search_text("Sara Kim", "", "", ("+442071234567",))
        connection.execute(update(lead).where(lead.c.id == 2).values(search_key=changed))
        connection.execute(delete(lead).where(lead.c.id == 3))
        assert list(find_ids(here(connection), Find.read("reza"))) == []
        assert list(find_ids(here(connection), Find.read("kim 020 7123"))) == [2]
        assert list(find_ids(here(connection), Find.read("آرش"))) == []


def test_two_filters_and_a_find_agree_among_thousands(store: Store) -> None:
    # Above lead_filters.FEW the ids are read from the indexes instead of going to each customer.
    count = 2 * lead_filters.FEW + 500
    customers = [
        Customer(one, name="Reza" if one % 5 else "Sara", status_id=one % 3 + 1, owner_id=one % 2 + 1)
        for one in range(1, count)
    ]
    lead_filter = LeadFilter(status_ids=frozenset({1, 2}), owner_ids=frozenset({1}), without_owner=True)
    with store.write() as connection:
        put_customers(connection, customers)
        for typed in ("", "reza", "sara"):
            expected = [one.id for one in customers if is_found(one, typed) and fits(one, lead_filter)]
            found = lead_filters.found_ids(here(connection), Find.read(typed)) if typed else None
            narrowed = lead_filters.fitting_ids(here(connection), lead_filter, members=found)
            assert narrowed is not None
            assert sorted(narrowed) == expected


def test_nothing_to_narrow_by_is_no_list_of_everybody(store: Store) -> None:
    assert Find.read(" 0 ").empty
    with store.read() as connection:
        assert lead_filters.fitting_ids(here(connection), LeadFilter()) is None


def test_an_unknown_column_is_a_fault_of_the_program(store: Store) -> None:
    with store.read() as connection, pytest.raises(ValueError, match="shoe_size"):
        order.permutation(here(connection), "shoe_size")


@pytest.mark.parametrize("sort", ["name", "status", "grade", "custom:budget"])
def test_an_order_that_is_superseded_ends_in_the_middle(store: Store, sort: str) -> None:
    with store.write() as connection:
        put_customers(connection, [Customer(one, name=str(one)) for one in range(1, 500)])
    interruption = Interruption()
    steps = 0

    def stop_at_the_third_step() -> int:
        nonlocal steps
        steps += 1
        if steps == 3:
            interruption.stop()
        return 0

    def read() -> None:
        with store.read(interruption) as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.set_progress_handler(stop_at_the_third_step, 1_000)
            try:
                order.permutation(here(connection), sort)
            finally:
                raw.set_progress_handler(None, 0)

    with pytest.raises(Interrupted):
        read()
    assert steps == 3
