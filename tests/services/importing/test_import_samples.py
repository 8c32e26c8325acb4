"""The sample exports are read whole, and what they are is recognised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from leadtui.services.importing.columns import (
    ColumnMapping,
    DefaultChannel,
    default_channel,
    is_test_row,
    recognise_columns,
)
from leadtui.services.importing.sheet import FileKind, Sheet, open_sheet
from leadtui.services.importing.telephone_log import CallDirection, find_call_log

Sample = Callable[[str], Path]


def recognised(sheet: Sheet) -> ColumnMapping:
    return recognise_columns(sheet.titles, [row.cells for row in sheet.sample], custom={})


def test_the_website_form_is_read_with_cells_of_several_lines(sample: Sample) -> None:
    sheet = open_sheet(sample("website-form.csv"))
    assert (sheet.kind, sheet.encoding, sheet.delimiter, sheet.has_header) == (
        FileKind.CSV,
        "utf-8-sig",
        ",",
        True,
    )
    rows = list(sheet.rows)
    assert len(rows) == sheet.check() == 420
    assert rows[1].line == 3
    assert rows[2].line == 5
    assert rows[1].cells[-1] == "گفت: «قیمت؟»\nدوباره زنگ بزنید"
    mapping = recognised(sheet)
    assert mapping.targets == (
        "name",
        "city",
        "phone",
        "email",
        "entered_at",
        "grade",
        "major",
        "channel",
        "note",
    )
    assert default_channel(sheet, mapping) is None


def test_the_lead_ads_are_recognised_with_their_test_row(sample: Sample) -> None:
    sheet = open_sheet(sample("meta-lead-ads.csv"))
    assert (sheet.kind, sheet.encoding, sheet.delimiter) == (FileKind.TSV, "utf-16", "\t")
    mapping = recognised(sheet)
    assert mapping.layout is not None
    assert mapping.layout.channel is DefaultChannel.ADVERTISING
    assert {target: title for title, target in zip(sheet.titles, mapping.targets, strict=True)} | {
        "ignore": ""
    } == {
        "external_id": "id",
        "ignore": "",
        "entered_at": "created_time",
        "grade": "مقطع_تحصیلی",
        "name": "full_name",
        "phone": "phone_number",
        "email": "email",
        "city": "city",
    }
    assert mapping.unused == ()
    assert default_channel(sheet, mapping) is DefaultChannel.ADVERTISING
    found = [mapping.cells_by_target(row.cells) for row in sheet.rows]
    assert len(found) == 180
    assert [number for number, cells in enumerate(found) if is_test_row(cells)] == [0]


def test_the_old_excel_file_is_windows_1256(sample: Sample) -> None:
    sheet = open_sheet(sample("old-excel.csv"))
    assert (sheet.encoding, sheet.delimiter, sheet.check()) == ("cp1256", ";", 150)
    mapping = recognised(sheet)
    assert mapping.targets == ("name", "phone", "city", "referrer", "need")
    assert default_channel(sheet, mapping) is DefaultChannel.IMPORT


def test_the_registrations_are_read_as_a_person_would_write_them(sample: Sample) -> None:
    sheet = open_sheet(sample("registrations.xlsx"))
    assert (sheet.kind, sheet.sheet_name, sheet.encoding) == (FileKind.XLSX, "ثبت نام", "")
    rows = list(sheet.rows)
    assert len(rows) == 260
    assert rows[0].cells == ("1000", "ستایش", "علیجانی", "9121423915", "", "کرج", "2024-09-20T08:08:00")
    assert (rows[0].line, rows[-1].line) == (2, 262)  # row 122 is blank
    assert rows[-1].position == sheet.size
    mapping = recognised(sheet)
    assert mapping.targets == (
        "external_id",
        "first_name",
        "last_name",
        "phone",
        "email",
        "city",
        "entered_at",
    )
    assert default_channel(sheet, mapping) is DefaultChannel.SIGN_UP


def test_the_telephone_log_has_no_titles_and_both_directions(sample: Sample) -> None:
    sheet = open_sheet(sample("asterisk-cdr.csv"))
    assert not sheet.has_header
    log = find_call_log(sheet)
    assert log is not None
    calls = [log.call(row.cells, "IR") for row in sheet.rows]
    assert Counter(call.direction for call in calls) == {
        CallDirection.INCOMING: 219,
        CallDirection.OUTGOING: 81,
    }
    assert {call.own for call in calls} == {"101"}
    assert all(call.number.startswith("09") and len(call.number) == 11 for call in calls)
    assert len({call.unique_id for call in calls}) == 300


@pytest.mark.parametrize(
    "name", ["website-form.csv", "meta-lead-ads.csv", "old-excel.csv", "registrations.xlsx"]
)
def test_no_other_sample_is_a_telephone_log(sample: Sample, name: str) -> None:
    sheet = open_sheet(sample(name))
    assert find_call_log(sheet) is None
    assert "phone" in recognised(sheet).targets


def test_what_was_recognised_is_said_in_words(sample: Sample) -> None:
    sheet = open_sheet(sample("website-form.csv"))
    assert ", ".join(sheet.recognised().words()) == "CSV, UTF-8, “,” between the cells, with titles"
