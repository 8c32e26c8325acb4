"""Saved views and the state of a desk: kept whole, told apart, and read tolerantly when definitions moved on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from session_making import NOON, MovingClock, add_lead, hire
from sqlalchemy import update

from leadtui.domain.cartable import CartablePart
from leadtui.domain.field import AnswerValue, Field, FieldKind
from leadtui.domain.view import Arrangement, Calls, ColumnChoice, FieldFilter, LeadFilter, Plan, View
from leadtui.errors import Invalid, NotFound, Refused
from leadtui.services import defining, views
from leadtui.services.desk_states import DeskState, load_state, save_state
from leadtui.services.session import Session
from leadtui.store import tables

WHOLE = Arrangement(
    View(
        sort="custom:seats",
        descending=True,
        find="mina",
        filter=LeadFilter(
            status_ids=frozenset({1}),
            without_owner=True,
            cities=frozenset({"تهران", ""}),
            entered_from=NOON - timedelta(days=7, microseconds=3),
            need_ids=frozenset({1}),
            grades=frozenset({"MSc"}),
            plans=frozenset({Plan.OVERDUE, Plan.NOTHING}),
            calls=frozenset({Calls.ALLOWED}),
            next_before=NOON,
            contacted_from=NOON - timedelta(days=9),
            untouched_since=NOON - timedelta(days=3),
            least_attempts=2,
            owner_left=True,
            fields=(FieldFilter("seats", least="5"), FieldFilter("company", contains="co")),
        ),
    ),
    (ColumnChoice("name", True, 30), ColumnChoice("custom:seats"), ColumnChoice("city", False)),
)


def test_a_view_comes_back_as_it_was_saved(session: Session, clock: MovingClock) -> None:
    reza = hire(session, "Reza Amini", "reza@example.com", clock)
    mine = views.save_view(session, "  Waiting in Tehran ", WHOLE)
    team = views.save_view(session, "Everybody new", Arrangement(), shared=True)
    assert views.list_views(session) == (mine, team)
    assert (mine.title, mine.arrangement) == ("Waiting in Tehran", WHOLE)
    assert views.list_views(reza) == (team,)
    assert views.find_view(reza, "everybody NEW") == views.find_view(reza, "every") == team
    with pytest.raises(NotFound, match="Everybody new"):
        views.find_view(reza, "Waiting")

    for title in ("", "waiting in tehran", "x" * 61):
        with pytest.raises(Invalid) as wrong:
            views.save_view(session, title, WHOLE)
        assert wrong.value.field == views.TITLE_FIELD
    with pytest.raises(Refused, match="settings:share-views"):
        views.save_view(reza, "For all", WHOLE, shared=True)
    with pytest.raises(Refused, match="settings:share-views"):
        views.delete_view(reza, team.id)
    with pytest.raises(NotFound):
        views.change_view(reza, mine.id, title="Mine now")

    renamed = views.change_view(session, mine.id, title="Tehran", arrangement=Arrangement(), shared=True)
    assert views.list_views(reza) == (renamed, team)
    views.delete_view(session, team.id)
    assert views.list_views(session) == (renamed,)
    reza.close()


def test_what_is_retired_falls_out_of_a_view(session: Session) -> None:
    views.save_view(session, "By seats", WHOLE)
    seats = next(each for each in session.definitions.open_fields if each.key == "seats")
    defining.retire(session, defining.FIELD, seats.id)
    (left,) = views.list_views(session)
    assert left.arrangement.view.sort == View().sort
    assert left.arrangement.view.filter.fields == (FieldFilter("company", contains="co"),)
    assert [each.key for each in left.arrangement.columns] == ["name", "city"]
    assert left.out_of_use == (seats.title,)
    renamed = views.change_view(session, left.id, title="In order of seats", shared=True)
    assert renamed.out_of_use == left.out_of_use
    defining.bring_back(session, defining.FIELD, seats.id)
    (back,) = views.list_views(session)
    assert (back.arrangement, back.out_of_use) == (WHOLE, ())


def test_a_desk_opens_as_it_was_left(session: Session, clock: MovingClock) -> None:
    assert load_state(session) == DeskState()
    lead = add_lead(session)
    state = DeskState(WHOLE, 7, False, True, CartablePart.OVERDUE, lead.id)
    save_state(session, DeskState(lead_id=3))
    save_state(session, state)
    assert load_state(session) == state
    reza = hire(session, "Reza Amini", "reza@example.com", clock)
    assert load_state(reza) == DeskState()
    reza.close()


@pytest.mark.parametrize(
    "kept",
    [
        [],
        "text",
        {"arrangement": 3, "part": "never", "lead_id": "x", "cartable_side": 1},
        {
            "arrangement": {
                "sort": "custom:gone",
                "filter": {"fields": [3], "status_ids": 4},
                "columns": [[1]],
            }
        },
        {"arrangement": {"columns": [["name", 1, -5], ["nothing", True, None]], "filter": []}},
    ],
)
def test_what_is_no_state_is_no_trouble(session: Session, kept: object) -> None:
    save_state(session, DeskState(zoomed=True))
    with session.store.write() as connection:
        connection.execute(update(tables.desk_state).values(content=kept))
    state = load_state(session)
    assert (state.arrangement.view, state.zoomed, state.lead_id) == (View(), False, None)


def test_a_new_kind_of_field_is_filtered_by_its_kind() -> None:
    new = Field(1, "since", "Since", FieldKind.DATE)
    between = FieldFilter("since", least="2024-01-01", most="2024-06-30")
    fitting = [
        each
        for each in ("2023-12-31", "2024-01-01", "2024-06-30", "2024-07-01")
        if between.fits(new.kind, each)
    ]
    assert fitting == ["2024-01-01", "2024-06-30"]
    assert not between.fits(new.kind, None)
    assert FieldFilter("since", options=frozenset({"no"})).fits(FieldKind.YES_NO, False)
    assert not FieldFilter("since", options=frozenset({"no"})).fits(FieldKind.YES_NO, None)
    assert not FieldFilter("price", least="10").fits(FieldKind.MONEY, "much")


@pytest.mark.parametrize("bounds", [("much", ""), ("", "much"), ("much", "100"), ("nan", ""), ("9", "3")])
def test_a_range_that_means_nothing_lets_nobody_through(bounds: tuple[str, str]) -> None:
    least, most = bounds
    assert not FieldFilter("price", least=least, most=most).fits(FieldKind.MONEY, "5")


@pytest.mark.parametrize("kind", FieldKind)
def test_nothing_in_a_field_is_what_a_filter_can_ask_for(kind: FieldKind) -> None:
    nothing = FieldFilter("it", none=True)
    assert not nothing.empty
    blank: tuple[AnswerValue | None, ...] = (None, "", [])
    for value in blank:
        assert nothing.fits(kind, value)
    filled: tuple[AnswerValue, ...] = ("x", "5", ["x"], "2024-01-01", True)
    for value in filled:
        assert not nothing.fits(kind, value)


def test_nothing_or_something_can_be_asked_for_together() -> None:
    few = FieldFilter("seats", least="5", none=True)
    assert [each for each in (None, "4", "5", "6") if few.fits(FieldKind.NUMBER, each)] == [None, "5", "6"]
    level = FieldFilter("level", options=frozenset({"A"}), none=True)
    assert [each for each in (None, "A", "B") if level.fits(FieldKind.CHOICE, each)] == [None, "A"]


@pytest.mark.parametrize(
    ("wanted", "fitting"),
    [
        ("%", ["100% Deals_Co"]),
        ("_", ["100% Deals_Co"]),
        ("100%", ["100% Deals_Co"]),
        ("100", ["100% Deals_Co", "1000 Deals"]),
        ("s_c", ["100% Deals_Co"]),
        ("d%s", []),
        ("DEALS", ["100% Deals_Co", "1000 Deals"]),
        ("!!", []),
    ],
)
def test_signs_are_letters_of_a_text(wanted: str, fitting: list[str]) -> None:
    texts = ["100% Deals_Co", "1000 Deals", "Other"]
    chosen = FieldFilter("company", contains=wanted)
    assert [text for text in texts if chosen.fits(FieldKind.TEXT, text)] == fitting


def test_a_filter_for_nothing_is_kept(session: Session) -> None:
    chosen = LeadFilter(
        without_channel=True, cities=frozenset({""}), fields=(FieldFilter("company", none=True),)
    )
    save_state(session, DeskState(arrangement=Arrangement(View(filter=chosen))))
    kept = load_state(session).arrangement.view.filter
    assert (kept.without_channel, kept.cities) == (True, frozenset({""}))
