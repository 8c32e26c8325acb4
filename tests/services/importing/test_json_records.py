"""JSON of programs that export no tables comes in as one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from leadtui.errors import Unreadable
from leadtui.services.importing.sheet import FileKind, open_sheet

Write = Callable[..., Path]

PEOPLE = [
    {"name": "Ali", "phone": "0912", "address": {"city": "Qom"}, "tags": ["a", "b"], "age": 7, "ok": True},
    {"name": "سارا", "phone": 9121234567, "note": None},
]
CELLS = [("Ali", "0912", "Qom", "a, b", "7", "true", ""), ("سارا", "9121234567", "", "", "", "", "")]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(json.dumps(each) for each in PEOPLE) + "\n",
        json.dumps(PEOPLE),
        json.dumps(PEOPLE, indent=2, ensure_ascii=False),
        json.dumps({"total": 2, "contacts": PEOPLE}, indent=1),
        json.dumps({"total": 2, "contacts": PEOPLE}),
        json.dumps({"total": 2, "next": None, "links": [], "fields": ["name"], "data": PEOPLE}, indent=1),
        json.dumps(
            {"_page": 1, "_links": {"self": {"href": "https://crm/api"}}, "_embedded": {"contacts": PEOPLE}}
        ),
    ],
)
def test_objects_are_rows(write: Write, text: str) -> None:
    sheet = open_sheet(write(text, "people.json"))
    assert (sheet.kind, sheet.titles) == (
        FileKind.JSON,
        ("name", "phone", "address.city", "tags", "age", "ok", "note"),
    )
    assert [row.cells for row in sheet.rows] == CELLS


@pytest.mark.parametrize("indent", [None, 1])
def test_what_one_customer_bought_is_not_who_they_are(write: Write, indent: int | None) -> None:
    order = {
        "billing": {"name": "Ali", "phone": "+989121234567"},
        "tags": ["a"],
        "line_items": [{"sku": "course"}],
    }
    sheet = open_sheet(write(json.dumps(order, indent=indent), "order.json"))
    assert [row.cells[:2] for row in sheet.rows] == [("Ali", "+989121234567")]


def test_questions_with_their_answers_are_columns(write: Write) -> None:
    """As Meta answers: https://developers.facebook.com/docs/marketing-api/guides/lead-ads/retrieving"""
    answers = [
        {"name": "full_name", "values": ["Ali"]},
        {"name": "which?", "values": ["a", "b"]},
        {"name": "id", "values": ["8"]},
    ]
    leads: list[dict[str, object]] = [
        {"id": "7", "field_data": answers},
        {"id": "9", "field_data": [{"name": "phone", "values": []}]},
    ]
    sheet = open_sheet(write(json.dumps({"data": leads, "paging": {"cursors": {}}}), "leads.json"))
    assert sheet.titles == ("id", "full_name", "which?", "phone")
    assert [row.cells for row in sheet.rows] == [("7, 8", "Ali", "a, b", ""), ("9", "", "", "")]


def test_a_line_that_is_no_object_costs_itself(write: Write) -> None:
    path = write('{"name": "A", "phone": "1"}\n{"name": "B"\n\n{"name": "C", "phone": "3"}\n', "people.jsonl")
    assert [(row.line, bool(row.damage)) for row in open_sheet(path).rows] == [
        (1, False),
        (2, True),
        (4, False),
    ]


def test_what_is_nested_without_end_is_refused(write: Write) -> None:
    for text in ("[\n" * 200_000, '{"a":' * 200_000, '{"a": 1}'[:-1], "[\n1, 2\n]"):
        with pytest.raises(Unreadable, match="is JSON"):
            open_sheet(write(text, "people.json"))
