"""Whoever shows, asks, finds or moves leads has exactly the fields that `domain.lead_fields` names for that."""

from __future__ import annotations

import csv
import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from desk_driving import driven
from session_making import texts_of
from typer.testing import CliRunner

from leadtui.cli.main import app
from leadtui.cli.options import CommandOptions
from leadtui.cli.records import lead_record
from leadtui.cli.view_options import ViewOptions, chosen_view
from leadtui.domain.field import Field, FieldKind
from leadtui.domain.lead import Lead
from leadtui.domain.lead_entry import change_title, hidden_entries
from leadtui.domain.lead_fields import (
    BUILT_IN,
    SORT_KEYS,
    BuiltInKind,
    FilterPlace,
    LeadField,
    export_fields,
    filtered_words,
    find_field,
    form_fields,
    import_fields,
    is_built_in_title,
    lead_fields,
    panel_fields,
    table_fields,
)
from leadtui.domain.view import LeadFilter, View, custom_sort
from leadtui.domain.visibility import Visibility
from leadtui.presentation.filters import filter_words
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.lead_details import lead_details
from leadtui.services.defining import save_field
from leadtui.services.editing import AddLead, EditLead, add_lead, edit_lead
from leadtui.services.importing.columns import recognise_columns
from leadtui.services.lead_list import LeadList
from leadtui.services.leads import open_lead
from leadtui.services.session import Session
from leadtui.store import tables
from leadtui.tui.dialogs.lead_form import LeadForm
from leadtui.tui.dialogs.lead_form_fields import CARTABLE

TYPED = {
    FieldKind.TEXT: "Something",
    FieldKind.PHONE: "(212) 555-0101",
    FieldKind.EMAIL: "mina@example.com",
    BuiltInKind.NUMBERS: "(212) 555-0102",
}
"""What can be typed into a field of a kind."""


def keys(of: list[LeadField] | tuple[LeadField, ...]) -> list[str]:
    return [each.key for each in of]


def typed_into(field: LeadField, session: Session) -> str:
    match field.kind:
        case BuiltInKind.CHANNEL:
            return session.definitions.channels[1].key
        case BuiltInKind.NEED:
            return session.definitions.needs[0].key
        case _:
            return TYPED[field.kind]


@pytest.fixture
def lead(session: Session) -> Lead:
    """A lead with something in every field that people type, one of the workspace's own among them."""
    save_field(session, Field(0, "", "Level"))
    typed = [each for each in form_fields(session.definitions) if each.own is None or each.title == "Level"]
    return add_lead(session, AddLead({each.key: typed_into(each, session) for each in typed}))


def test_every_field_is_kept() -> None:
    known = {each.name for each in fields(Lead)}
    assert {each.column for each in BUILT_IN} - {"touched_at"} <= known
    elsewhere = {"numbers", "do_not_call", "touched_at", "first_call_at", "last_call_at"}
    assert {each.column for each in BUILT_IN} - elsewhere <= set(tables.lead.c.keys())
    assert len({each.key for each in BUILT_IN}) == len(BUILT_IN)
    for places in (
        [each.form for each in BUILT_IN],
        [each.table for each in BUILT_IN],
        [each.panel for each in BUILT_IN],
        [each.export for each in BUILT_IN],
    ):
        stands = [place.at for place in places if place is not None]
        assert sorted(stands) == list(range(1, len(stands) + 1))


def test_an_own_field_is_in_the_same_places_behind_them(session: Session, lead: Lead) -> None:
    (own,) = [each for each in lead_fields(session.definitions) if each.own and each.title == "Level"]
    assert own.key == custom_sort(own.plain_key)
    assert find_field(own.key, session.definitions) == own
    assert own.value(lead) == "Something"
    for placed in (form_fields, table_fields, panel_fields, export_fields):
        assert [each for each in placed(session.definitions) if each.asked_by is None][-1] == own
    assert not is_built_in_title("Level")
    assert is_built_in_title(" city")


@pytest.mark.parametrize(
    "field", [each for each in BUILT_IN if each.form is not None], ids=lambda each: each.key
)
def test_what_is_typed_is_kept_told_and_read_back(field: LeadField, session: Session, lead: Lead) -> None:
    texts = texts_of(session, lead)
    assert texts[field.key] == typed_into(field, session)
    emptied = edit_lead(session, EditLead(lead.id, lead.version, {field.key: ""}))
    value = field.value(emptied)
    assert not value or field.kind is FieldKind.PHONE  # the further number is rung then
    (change,) = open_lead(session, lead.id).timeline[0].detail.changes
    assert change[0] in (field.key, "numbers")
    if change[0] == field.key:
        assert change_title(change[0], session.definitions) == field.title
    assert {key for key, text in texts_of(session, emptied).items() if text != texts[key]} <= {
        field.key,
        *(("phone_other",) if field.kind is FieldKind.PHONE else ()),
    }


def test_a_field_that_reaches_or_names_another_is_hidden(session: Session, lead: Lead) -> None:
    hidden = Visibility(session.actor.id + 1, numbers=frozenset({session.actor.id + 1})).redact(lead)
    for each in BUILT_IN:
        if each.reaches:
            assert not each.value(hidden)
            assert each.key in hidden_entries(session.definitions)
        if each.names_another:
            assert each.key in hidden_entries(session.definitions)
        if each.table and (each.reaches or each.names_another):
            assert Visibility(1, numbers=frozenset({1})).hides_sort(each.key)


@pytest.mark.parametrize("field", import_fields(), ids=lambda each: each.key)
def test_a_column_is_recognised_by_its_key(field: LeadField) -> None:
    assert recognise_columns(["?"], (), custom={}, overrides={"?": field.key}).targets == (field.key,)
    assert recognise_columns(["phone", field.key], (), custom={}).targets[-1] == (
        field.key if field.key != "phone" else "phone_other"
    )


def test_every_field_that_can_be_typed_can_be_imported() -> None:
    assert {each.key for each in BUILT_IN if each.form is not None} <= {each.key for each in import_fields()}


@pytest.mark.parametrize("sort", SORT_KEYS)
def test_leads_are_sorted_by_every_column(sort: str, session: Session, lead: Lead) -> None:
    assert [*LeadList(session).order(View(sort))] == [lead.id]


@pytest.mark.parametrize(("field", "place"), filtered_words(), ids=lambda each: getattr(each, "key", ""))
def test_leads_are_filtered_by_words(
    field: LeadField, place: FilterPlace, session: Session, lead: Lead
) -> None:
    words: dict[str, Any] = {place.part: frozenset({field.value(lead).upper()})}
    others: dict[str, Any] = {place.part: frozenset({"else"})}
    fitting, other = LeadFilter(**words), LeadFilter(**others)
    assert [*LeadList(session).order(View(filter=fitting))] == [lead.id]
    assert not LeadList(session).order(View(filter=other))
    assert filter_words(fitting, Formatter(session)) == field.value(lead).upper()
    option: dict[str, Any] = {field.key: [field.value(lead)]}
    asked = chosen_view(session, ViewOptions(**option)).filter
    assert asked.word_keys(place.part) == fitting.word_keys(place.part)


def test_records_and_pages_tell_what_they_are_to_tell(session: Session, lead: Lead) -> None:
    record = lead_record(lead, session.definitions)
    beside = {"id", "version", "numbers_hidden", "status_at", "custom"}
    assert record.keys() == {each.json_key for each in BUILT_IN if each.json_key} | beside
    told = [title for title, _value in lead_details(lead, Formatter(session))]
    nothing_yet = {"next_at", "do_not_call"}
    titles = [
        each.title
        for each in lead_fields(session.definitions)
        if each.on_page and each.key not in nothing_yet and (each.own is None or each.value(lead))
    ]
    assert [each for each in told if each in titles] == titles
    assert set(told) - set(titles) == {"Id", "Further number"}


def test_an_export_has_its_columns_and_is_read_again(
    session: Session, lead: Lead, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEADTUI_STORE", str(session.store.path))
    monkeypatch.setenv("LEADTUI_AS", "neda@example.com")

    def leadtui(*arguments: object) -> str:
        no_screens: Any = None
        options = CommandOptions(no_screens)
        result = CliRunner().invoke(
            app, [str(each) for each in arguments], obj=options, catch_exceptions=False
        )
        assert result.exit_code == 0, result.output
        return result.stdout

    exact, table = tmp_path / "exact.csv", tmp_path / "table.csv"
    leadtui("leads", "export", exact, "--exact")
    leadtui("leads", "export", table)
    shown = export_fields(session.definitions)
    with exact.open(encoding="utf-8-sig", newline="") as file:
        # Notes, and which numbers are shared, are no fields.
        no_fields = {"note", "shared_numbers"}
        assert set(titles := next(csv.reader(file))) >= no_fields
        assert [each for each in titles if each not in no_fields] == [
            each.plain_key for each in shown if each.export and not each.export.for_people
        ]
    with table.open(encoding="utf-8-sig", newline="") as file:
        usual = [each for each in shown if each.export and each.export.usual]
        assert len(next(csv.reader(file))) == len(usual)
    report = json.loads(leadtui("import", exact, "--dry-run", "--json"))
    mapped = {each["field"] for each in report["files"][0]["mapping"]}
    assert mapped >= {each.key for each in import_fields()}


async def test_form_and_table_show_their_fields(session: Session, lead: Lead) -> None:
    async with driven(session, size=(200, 44)) as driver:
        usual = [each for each in table_fields(session.definitions) if each.table and each.table.usual]
        assert [each.key for each in driver.screen.customers.table.columns] == keys(usual)
        for key, beside in (("e", []), ("a", [CARTABLE])):
            await driver.press(key)
            form = driver.app.screen
            assert isinstance(form, LeadForm)
            # The questions of a playbook stand there for customers of that need alone.
            asked = {each.own for each in form_fields(session.definitions) if each.own and each.own.playbook}
            expected = [each for each in form_fields(session.definitions) if each.own not in asked]
            assert [each.key for each in form.form.fields] == keys(expected) + beside
            await driver.press("escape")
        await driver.press("f")
        assert [len(driver.app.screen.query(f"#{place.part}")) for _field, place in filtered_words()] == [
            1,
            1,
        ]
