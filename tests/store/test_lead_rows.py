"""The rows of a list: customers by their ids, and how many there are of what."""

from __future__ import annotations

from collections.abc import Generator
from datetime import timedelta

import pytest
from list_model import ELSEWHERE, NOW, Customer, define, here, put_customers

from leadtui.domain.lead import Lead
from leadtui.store import leads
from leadtui.store.engine import Store, open_store

CUSTOMERS = [
    Customer(1, name="رضا احمدی", city="تهران", numbers=("+989121234567",), status_id=1, owner_id=2),
    Customer(2, city="Tehran", status_id=1, next_at=NOW + timedelta(hours=1), custom={"tags": ["low"]}),
    Customer(3, city="تهران"),
    Customer(4, workspace_id=ELSEWHERE, city="تهران", status_id=2, owner_id=1),
    Customer(5, city="آبادان"),
    Customer(6, city="خرم آباد", email="a@b.ir", grade="دیپلم", need_id=1, channel_latest_id=2),
    Customer(7, city="تهـران"),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Generator[Store]:
    opened = open_store(tmp_path_factory.mktemp("rows") / "desk.db", create=True)
    with opened.write() as connection:
        define(connection)
        put_customers(connection, CUSTOMERS)
    yield opened
    opened.close()


def test_rows_are_customers_of_this_workspace_only(store: Store) -> None:
    with store.read() as connection:
        found = leads.rows(here(connection), [6, 2, 4, 99])
    assert found == {
        2: Lead(
            id=2,
            version=1,
            name="",
            entered_at=NOW,
            city="Tehran",
            status_id=1,
            next_at=NOW + timedelta(hours=1),
            custom={"tags": ["low"]},
        ),
        6: Lead(
            id=6,
            version=1,
            name="",
            entered_at=NOW,
            city="خرم آباد",
            email="a@b.ir",
            grade="دیپلم",
            need_id=1,
            channel_latest_id=2,
        ),
    }


def test_any_number_of_ids_may_be_asked_for(store: Store) -> None:
    with store.read() as connection:
        found = leads.rows(here(connection), range(3 * leads.AT_ONCE))
        assert leads.rows(here(connection), []) == {}
    assert sorted(found) == [1, 2, 3, 5, 6, 7]


def test_customers_are_counted_by_owner_and_status(store: Store) -> None:
    with store.read() as connection:
        assert leads.count(here(connection)) == 6
        assert leads.counts_by_owner(here(connection)) == {None: 5, 2: 1}
        assert leads.counts_by_status(here(connection)) == {None: 4, 1: 2}


@pytest.mark.parametrize(
    ("typed", "cities"),
    [
        ("", [("تهـران", 3), ("آبادان", 1), ("خرم آباد", 1), ("Tehran", 1)]),
        ("ته", [("تهـران", 3)]),
        ("TEH", [("Tehran", 1)]),
        ("ابا", [("آبادان", 1), ("خرم آباد", 1)]),
        ("ران", []),
    ],
)
def test_cities_are_offered_by_a_beginning(store: Store, typed: str, cities: list[tuple[str, int]]) -> None:
    with store.read() as connection:
        assert leads.distinct_cities(here(connection), typed, 10) == cities
        assert leads.distinct_cities(here(connection), typed, 1) == cities[:1]
