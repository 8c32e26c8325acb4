"""A person's own desk: columns, saved views, and everything as it was left after the program ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk_driving import driven
from session_making import MovingClock, add_lead, hire, make_session
from sqlalchemy import delete, update
from textual.widgets import Input

from leadtui.domain.field import Field, FieldKind
from leadtui.domain.view import Arrangement, FieldFilter, LeadFilter, View
from leadtui.services import defining, views
from leadtui.services.desk_states import load_state
from leadtui.services.session import Session
from leadtui.store import tables
from leadtui.tui.widgets.marked_lists import CheckList


@pytest.fixture
def session(tmp_path: Path, clock: MovingClock) -> Session:
    session = make_session(tmp_path, clock=clock)
    for name, city in (("Anna", "Rome"), ("Berta", "Oslo"), ("Cyrus", "Rome"), ("Dara", "Oslo")):
        add_lead(session, name, city=city, email=f"{name.casefold()}@example.com")
        clock.move(minutes=1)
    return session


async def test_columns_are_chosen_before_the_table_that_shows_them(session: Session) -> None:
    async with driven(session, size=(160, 40)) as driver:
        pane = driver.screen.customers
        await driver.press("z", ",")
        # Off with the phone, the e-mail far forward and 30 cells wide.
        await driver.press("down", "down", "space")
        assert "phone" not in [column.key for column in pane.table.columns]
        await driver.press(*["down"] * 6, *["shift+up"] * 7, "3", "0")
        assert [column.key for column in pane.table.columns][:3] == ["name", "email", "city"]
        assert next(column.width for column in pane.table.shown_columns if column.key == "email") == 30
        await driver.press("left")
        assert pane.arrangement.columns[1].width == 29
        await driver.press("escape")
        assert pane.arrangement.columns == ()

        await driver.press(",", "down", "space", "backspace", "right", "enter")
        assert "city" not in [column.key for column in pane.table.columns]
        assert pane.arrangement.columns[1].width == 13
        # A field that is defined now is a column at once, also for who has chosen columns; and one can sort by it.
        defining.save_field(session, Field(0, "", "Shoe size", FieldKind.NUMBER))
        driver.app.look_again()
        await driver.settled()
        shoe = next(each for each in session.definitions.open_fields if each.title == "Shoe size")
        assert pane.table.columns[-1].title == "Shoe size"
        pane.sort_by(f"custom:{shoe.key}")
        await driver.settled()
        assert driver.shows("by shoe size")
        defining.retire(session, defining.FIELD, shoe.id)
        driver.app.look_again()
        await driver.settled()
        assert all(column.title != "Shoe size" for column in pane.table.columns)
        assert pane.view.sort == "entered_at"
        await driver.press(",", "delete", "enter")
        assert pane.arrangement.columns == ()


async def test_a_view_is_saved_opened_changed_and_forgotten(session: Session, clock: MovingClock) -> None:
    reza = hire(session, "Reza Amini", "reza@example.com", clock)
    async with driven(session) as driver:
        pane = driver.screen.customers
        await driver.press("/")
        await driver.type("rome")
        await driver.press("enter", "v", "w")
        assert driver.shows("All customers, as they come")
        await driver.press("f2")
        await driver.type("Romans")
        await driver.press("tab", "space", "enter")
        assert driver.shows("· Romans  2")
        await driver.press("v")
        assert driver.shows("· Romans *")
        await driver.press("w", "0")
        assert pane.title.view == ""
        assert pane.find.value == ""
        await driver.press("w")
        await driver.type("1")
        assert driver.shows("· Romans  2")
        assert pane.find.value == "rome"
        await driver.press("w", "f4")
        await driver.press("home", *["delete"] * 6)
        await driver.press("enter")
        assert driver.shows("A title is needed.")
        await driver.type("In Rome")
        await driver.press("enter")
        assert driver.shows("· In Rome  2")
        (team,) = views.list_views(reza)
        assert (team.title, team.shared, team.arrangement) == ("In Rome", True, pane.arrangement)
        await driver.press("v", "w", "f3")
        assert views.list_views(session)[0].arrangement.view.descending is True
        assert pane.title.view == "· In Rome"
        await driver.press("w", "f8")
        assert driver.shows("F8 again")
        await driver.press("f8")
        assert views.list_views(session) == ()
        assert pane.title.view == ""
    async with driven(reza) as driver:
        views.save_view(session, "The boss's", pane.arrangement, shared=True)
        await driver.press("w", "down", "f3")
        assert driver.shows("is the team's")
    reza.close()


async def test_the_desk_opens_as_it_was_left(session: Session, clock: MovingClock) -> None:
    for number in range(3):
        add_lead(session, f"Mine {number}", mine=True)
    async with driven(session) as driver:
        await driver.press("tab", "v", "z", "down", "down", ",", "down", "space", "enter")
        opened = driver.open_name
        assert opened == "Cyrus"
    assert session.store.path is not None
    again = Session.open(session.store.path, "neda@example.com", clock)
    async with driven(again) as driver:
        screen = driver.screen
        assert driver.open_name == opened
        assert screen.customers.table.has_focus
        assert screen.has_class("-zoomed")
        assert screen.customers.view.descending is False
        assert "city" not in [column.key for column in screen.customers.table.columns]
        await driver.press("1")
    # Whoever was open is gone, and the part of the cartable is empty: the desk opens all the same.
    lead_id = load_state(again).lead_id
    assert load_state(again).part is not None
    with again.store.write() as connection:
        connection.execute(delete(tables.lead).where(tables.lead.c.id == lead_id))
    async with driven(again) as driver:
        assert driver.open_name != opened
        await driver.press("0", "down")
        assert driver.open_name.startswith("Mine")
    again.close()


async def test_the_filter_knows_needs_grades_and_own_fields(session: Session) -> None:
    for title, kind, options in (
        ("Shoe size", FieldKind.NUMBER, ()),
        ("Level", FieldKind.CHOICE, ("low", "high")),
        ("Keen", FieldKind.YES_NO, ()),
    ):
        defining.save_field(session, Field(0, "", title, kind, options))
    keys = {each.title: each.key for each in session.definitions.open_fields}
    given = {
        1: {"Shoe size": "38", "Level": "low", "Keen": True},
        2: {"Shoe size": "41.5", "Level": "high", "Keen": True},
        3: {"Shoe size": "44", "Level": "high", "Keen": False},
    }
    with session.store.write() as connection:
        for lead_id, answers in given.items():
            custom = {keys[title]: value for title, value in answers.items()}
            connection.execute(update(tables.lead).where(tables.lead.c.id == lead_id).values(custom=custom))
    ids = {each.title: f"#own-{each.id}" for each in session.definitions.open_fields}
    async with driven(session, size=(80, 24)) as driver:
        await driver.press("f")
        dialog = driver.app.screen
        dialog.query_one(ids["Shoe size"] + "-least", Input).value = "many"
        await driver.press("ctrl+s")
        assert driver.shows("takes a number")
        dialog.query_one(ids["Shoe size"] + "-least", Input).value = "۴۰"
        dialog.query_one(ids["Level"], CheckList).select(2)
        dialog.query_one(ids["Keen"], CheckList).select(1)
        await driver.press("ctrl+s")
        assert list(driver.screen.customers.table.visible_ids()) == [2]
        assert driver.screen.customers.view.filter.fields == (
            FieldFilter(keys["Shoe size"], least="40"),
            FieldFilter(keys["Level"], options=frozenset({"high"})),
            FieldFilter(keys["Keen"], options=frozenset({"yes"})),
        )
        await driver.press("f")
        again = driver.app.screen
        assert again.query_one(ids["Shoe size"] + "-least", Input).value == "40"
        assert again.query_one(ids["Level"], CheckList).selected == [2]
        await driver.press("ctrl+s")
        defining.retire(
            session, defining.FIELD, next(e.id for e in session.definitions.open_fields if e.title == "Keen")
        )
        driver.app.look_again()
        await driver.settled()
        assert len(driver.screen.customers.view.filter.fields) == 2


async def test_that_a_view_goes_without_a_field_is_said(session: Session) -> None:
    seats = next(each for each in session.definitions.open_fields if each.key == "seats")
    many = LeadFilter(fields=(FieldFilter("seats", least="5"),))
    views.save_view(session, "Many seats", Arrangement(View(filter=many)))
    defining.retire(session, defining.FIELD, seats.id)
    async with driven(session) as driver:
        await driver.press("w")
        await driver.type("1")
        assert any("is not in use any more" in each for each in driver.told())
