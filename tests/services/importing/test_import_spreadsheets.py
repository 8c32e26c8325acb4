"""The cells of a workbook come as a person would have typed them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from leadtui.services.importing.sheet import open_sheet
from leadtui.services.importing.spreadsheet_child import column_number, written, written_number

RowsXml = Callable[[Sequence[Sequence[str]]], str]


class BuildWorkbook(Protocol):
    def __call__(self, *sheet_data: str, name: str = "book.xlsx", shared: str = "") -> Path: ...


def saved(path: Path, *sheets: Sequence[Sequence[object]]) -> Path:
    """Save sheets with the library that many exports are made with."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, table in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in table:
            sheet.append(list(row))
    book.save(path)
    return path


def test_cells_are_written_as_a_person_would(tmp_path: Path) -> None:
    path = saved(
        tmp_path / "book.xlsx",
        [
            ["name", "phone", "when", "day", "at", "long", "rate", "big", "yes", "wrong"],
            [
                "Ali",
                9121423915,
                datetime(2024, 9, 20, 8, 8, 1),
                date(2024, 9, 20),
                time(8, 8),
                timedelta(hours=30, minutes=5),
                0.1,
                98912142391512.0,
                True,
                "#N/A",
            ],
            ["+98912", -5, None, None, None, None, 1e-7, 1e22, False, "=1/0"],
        ],
    )
    rows = [row.cells for row in open_sheet(path).rows]
    assert rows[0] == (
        "Ali",
        "9121423915",
        "2024-09-20T08:08:01",
        "2024-09-20",
        "08:08:00",
        "30:05:00",
        "0.1",
        "98912142391512",
        "true",
        "",
    )
    assert rows[1] == ("+98912", "-5", "", "", "", "", "0.0000001", "1" + "0" * 22, "false", "")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_has_all_its_digits_and_no_exponent(number: float) -> None:
    text = written_number(number)
    assert float(text) == number
    assert not set(text) & set("eE")
    assert not text.endswith(".0")


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_blank(number: float) -> None:
    assert written_number(number) == ""


def test_a_second_that_a_sheet_rounded_is_whole_again() -> None:
    assert written(datetime(2024, 9, 20, 8, 7, 59, 999_999)) == "2024-09-20T08:08:00"


def test_rows_keep_their_numbers_and_blank_ones_are_dropped(build_workbook: BuildWorkbook) -> None:
    data = (
        '<row r="3"><c r="B3" t="str"><v>name</v></c><c r="C3" t="str"><v>phone</v></c></row>'
        '<row r="5"><c r="B5" t="str"><v>Ali</v></c><c r="C5"><v>9121423915</v></c></row>'
        '<row r="6"><c r="B6" t="str"><v>  </v></c><c r="C6"/></row>'
        '<row r="9"><c r="C9"><v>9121423916</v></c></row>'
    )
    sheet = open_sheet(build_workbook(data))
    assert sheet.titles == ("name", "phone")
    assert [(row.line, row.cells) for row in sheet.rows] == [
        (5, ("Ali", "9121423915")),
        (9, ("", "9121423916")),
    ]


def test_the_first_sheet_with_rows_is_read_and_said(build_workbook: BuildWorkbook, rows_xml: RowsXml) -> None:
    people = rows_xml([["name", "phone"], ["Ali", "09121234567"]])
    sheet = open_sheet(build_workbook("", people, rows_xml([["other"]])))
    assert sheet.sheet_name == "Sheet2"
    assert sheet.notes == (
        "Only the sheet “Sheet2” is read, not “Sheet1”, “Sheet3”; name another with --sheet, or all with "
        "--sheet all.",
    )
    assert "sheet “Sheet2”" in sheet.recognised().words()


def test_two_readings_at_once_do_not_disturb_each_other(
    build_workbook: BuildWorkbook, rows_xml: RowsXml
) -> None:
    table = [["name", "phone"], *([f"Person {number}", str(number)] for number in range(1_000))]
    sheet = open_sheet(build_workbook(rows_xml(table)))
    assert sheet.check() == 1_000
    for one, other in zip(sheet.rows, sheet.rows, strict=True):
        assert one == other
    assert [row.position for row in sheet.rows] == list(range(2, sheet.size + 1))


def test_columns_are_numbered_as_spreadsheets_do() -> None:
    assert [column_number(name) for name in (b"A", b"Z", b"AA", b"XFD")] == [1, 26, 27, 16_384]
