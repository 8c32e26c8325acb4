"""Workbooks as people keep them: several sheets, titles further down, merged cells, formulas, other formats."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

import pytest
from import_making import ImportDesk, outcomes
from openpyxl import Workbook

from leadtui.domain.importing import ImportOptions
from leadtui.errors import Invalid, Unreadable
from leadtui.services.importing.running import import_files
from leadtui.services.importing.sheet import FileKind, Reading, open_sheet, open_sheets

Sample = Callable[[str], Path]
Write = Callable[..., Path]
RowsXml = Callable[[Sequence[Sequence[str]]], str]


class BuildWorkbook(Protocol):
    def __call__(self, *sheet_data: str, name: str = "book.xlsx", shared: str = "") -> Path: ...


def test_a_sheet_is_read_by_its_name(office: ImportDesk, sample: Sample) -> None:
    path = sample("cases/x_sheets.xlsx")
    (report,) = import_files(office.session, [path], ImportOptions(region="US", sheet="february"))
    assert outcomes(report) == (1, 0, 0, 0, 0)
    assert office.lead("+12015550102").name == "Two B"


def test_all_sheets_are_read_one_after_the_other(office: ImportDesk, sample: Sample) -> None:
    path = sample("cases/x_sheets.xlsx")
    reports = import_files(office.session, [path], ImportOptions(region="US", sheet="all"))
    assert [outcomes(report) for report in reports] == [(1, 0, 0, 0, 0), (1, 0, 0, 0, 0)]
    assert ["sheet “Sheet”" in reports[0].recognised, "sheet “February”" in reports[1].recognised] == [
        True,
        True,
    ]
    assert (office.lead("+12015550101").name, office.lead("+12015550102").name) == ("One A", "Two B")
    again = import_files(office.session, [path], ImportOptions(region="US", sheet="all"))
    assert [outcomes(report) for report in again] == [(0, 0, 1, 0, 0), (0, 0, 1, 0, 0)]


def test_sheets_without_a_cell_are_left_out_of_all(build_workbook: BuildWorkbook, rows_xml: RowsXml) -> None:
    people = rows_xml([["name", "phone"], ["Ali", "0912"]])
    sheets = open_sheets(build_workbook(people, "", people), Reading(sheet="all"))
    assert [sheet.sheet_name for sheet in sheets] == ["Sheet1", "Sheet3"]
    assert [sheet.notes for sheet in sheets] == [(), ()]


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(sample: Sample, write: Write) -> None:
    with pytest.raises(Invalid, match="no sheet “March”; it has “Sheet”, “February”") as refused:
        open_sheet(sample("cases/x_sheets.xlsx"), Reading(sheet="March"))
    assert refused.value.field == "sheet"
    with pytest.raises(Invalid, match="no workbook"):
        open_sheet(write("name,phone\nA,0912\n"), Reading(sheet="March"))


@pytest.mark.parametrize("reading", [Reading(), Reading(header_line=2)], ids=["recognised", "named"])
def test_titles_on_the_second_line(sample: Sample, reading: Reading) -> None:
    sheet = open_sheet(sample("cases/x_twohead.xlsx"), reading)
    assert sheet.titles == ("Name", "Phone", "City")
    assert [row.cells for row in sheet.rows] == [("A", "+12015550114", "Oslo")]
    assert sheet.notes == ("The first line stands above the titles and is not read.",)


def test_the_line_of_the_titles_can_be_named(write: Write) -> None:
    text = "Our list,of,people\nmade,by,us\n\nfoo,bar,baz\nAli,0912,x\n"
    path = write(text)
    sheet = open_sheet(path, Reading(header_line=4))
    assert sheet.titles == ("foo", "bar", "baz")
    assert [row.line for row in sheet.rows] == [5]
    for reading in (Reading(header_line=3), Reading(header_line=400), Reading(header_line=4, header=False)):
        with pytest.raises(Invalid) as refused:
            open_sheet(path, reading)
        assert refused.value.field == "header_line"


def test_merged_cells_count_for_each_row(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["Customers 2024", None, None],
        ["Name", "Contact", None],
        [None, "Phone", "City"],
        ["A", "+12015550101", "Oslo"],
        ["B", "+12015550102", None],
        ["C", "+12015550103", None],
        ["D", "+12015550104", "Rome"],
    ):
        sheet.append(row)
    for area in ("A1:C1", "A2:A3", "B2:C2", "C4:C6"):
        sheet.merge_cells(area)
    book.save(tmp_path / "book.xlsx")
    opened = open_sheet(tmp_path / "book.xlsx")
    assert opened.titles == ("Name", "Phone", "City")
    assert [row.cells[2] for row in opened.rows] == ["Oslo", "Oslo", "Oslo", "Rome"]
    assert "3 cells are merged with the one above and have its value." in opened.notes


def test_a_formula_without_its_result_is_said(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["Name", "Phone"], ["A", '="+1201555"&"0101"'], ["B", "=A2"], ["C", "+12015550103"]):
        sheet.append(row)
    book.create_sheet("Other").append(["=1+1"])
    book.save(tmp_path / "book.xlsx")
    notes = open_sheet(tmp_path / "book.xlsx").notes
    assert any(note.startswith("2 cells on the sheet “Sheet”, B2 first, are formulas") for note in notes)


def test_numbers_and_days_come_as_they_are_shown(office: ImportDesk, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["Name", "Phone", "Entry date"],
        ["A", 12015550101, date(2024, 3, 5)],
        ["B", 2015550102.0, None],
    ):
        sheet.append(row)
    book.save(tmp_path / "book.xlsx")
    (report,) = import_files(office.session, [tmp_path / "book.xlsx"], ImportOptions(region="US"))
    assert outcomes(report) == (2, 0, 0, 0, 0)
    assert office.lead("+12015550102").name == "B"


ODS_CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:spreadsheet>
<table:table table:name="People">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"""


def open_document(path: Path, rows: str) -> Path:
    """Write a spreadsheet of OpenDocument around its rows."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", ODS_CONTENT.format(rows=rows))
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


def ods_row(*cells: str, repeated: str = "") -> str:
    inner = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        for cell in cells
    )
    return f"<table:table-row{repeated}>{inner}</table:table-row>"


def test_an_open_document_is_read(tmp_path: Path) -> None:
    empty = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    rows = ods_row("نام", "تلفن") + ods_row("علی", "09121234567") + empty
    sheet = open_sheet(open_document(tmp_path / "people.ods", rows))
    assert (sheet.kind, sheet.sheet_name, sheet.titles) == (FileKind.ODS, "People", ("نام", "تلفن"))
    assert [row.cells for row in sheet.rows] == [("علی", "09121234567")]


def test_a_workbook_of_old_excel_is_read(sample: Sample) -> None:
    sheet = open_sheet(sample("people.xls"))
    assert (sheet.kind, sheet.titles) == (FileKind.XLS, ("Name", "Phone", "City", "Entry date"))
    assert next(iter(sheet.rows)).cells == ("Łukasz Wiśniewski", "48221234567", "Łódź", "2024-03-05")


def test_a_binary_workbook_is_read(sample: Sample) -> None:
    """The sample is made by the tables of [MS-XLSB]."""
    sheet = open_sheet(sample("people.xlsb"))
    assert (sheet.kind, sheet.sheet_name) == (FileKind.XLSB, "افراد")
    assert sheet.titles == ("نام", "تلفن", "شهر", "تاریخ ثبت نام")
    assert [row.cells for row in sheet.rows] == [
        ("سارا کریمی", "9121423915", "کرج", "2024-09-20"),
        ("Ann Test", "+1 212 555 0143", "Tampa", "2024-09-21T12:00:00"),
    ]


def bounded(path: Path) -> str:
    """The sentence that refuses a file, which has to come soon."""
    begun = time.monotonic()
    with pytest.raises(Unreadable) as refused:
        open_sheet(path)
    assert time.monotonic() - begun < 60
    return str(refused.value)


def test_a_small_file_of_many_repeated_rows_is_refused(tmp_path: Path) -> None:
    row = ods_row(*["x" * 50] * 40, repeated=' table:number-rows-repeated="1048576"')
    assert "more memory or time" in bounded(open_document(tmp_path / "bomb.ods", row))


def test_a_small_file_that_reaches_far_is_refused(build_workbook: BuildWorkbook) -> None:
    row = '<row r="{0}"><c r="A{0}"><v>1</v></c><c r="AT{0}"><v>1</v></c></row>'
    path = build_workbook("".join(row.format(line) for line in range(1, 1_000_001, 100_000)))
    assert "as far as cell AT900001" in bounded(path)


def test_a_wide_table_is_no_far_corner(build_workbook: BuildWorkbook) -> None:
    cells = "".join(f'<c r="A{column}{{0}}"><v>1</v></c>' for column in "ABCDEFGHIJ")
    path = build_workbook("".join(f'<row r="{line}">{cells.format(line)}</row>' for line in range(1, 70_001)))
    assert open_sheet(path, Reading(header=False)).check() == 70_000


def test_a_child_that_does_not_end_is_ended(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leadtui.services.importing.spreadsheet._SLOWEST", 0)
    assert "more memory or time" in bounded(sample("cases/x_sheets.xlsx"))


def test_sheets_without_contacts_are_left_out_of_all(
    office: ImportDesk, build_workbook: BuildWorkbook, rows_xml: RowsXml
) -> None:
    """A sheet of sums, and one with titles alone, cost no other sheet; each is named."""
    people = [["name", "phone"], ["Mina", "09120000001"]]
    more = [["phone", "name"], ["09120000002", "Reza"]]
    sums = [["month", "sum"], ["March", "7"], ["April", "9"]]
    path = build_workbook(*map(rows_xml, (sums, people, [["name", "phone"]], more)))
    reports = import_files(office.session, [path], ImportOptions(sheet="all"))
    assert [outcomes(each) for each in reports] == [(1, 0, 0, 0, 0)] * 2
    said = (
        "The sheets “Sheet1”, “Sheet3” have no rows with phone numbers or e-mail addresses and are left out."
    )
    assert said in reports[0].notes
    with pytest.raises(Invalid, match="--region"):
        import_files(office.session, [build_workbook(rows_xml(sums))], ImportOptions(sheet="all"))


def test_every_kind_of_file_ends_in_the_store(
    office: ImportDesk, sample: Sample, write: Write, tmp_path: Path
) -> None:
    people = '{"name": "Mina", "phone": "09120000001", "shoe": {"size": 41}}'
    files = {
        "xls": sample("people.xls"),
        "xlsb": sample("people.xlsb"),
        "ods": open_document(tmp_path / "people.ods", ods_row("نام", "تلفن") + ods_row("علی", "09120000002")),
        "json": write(f"[{people}]", "people.json"),
        "lines": write(people.replace("01", "03") + "\nnothing\n" + people.replace("01", "04"), "lines.json"),
        "vcf": write("BEGIN:VCARD\nVERSION:3.0\nFN:Omid\nTEL:09120000005\nEND:VCARD\n", "people.vcf"),
    }
    counts = {kind: outcomes(import_files(office.session, [path])[0]) for kind, path in files.items()}
    assert counts == {
        "xls": (2, 0, 0, 0, 0),
        "xlsb": (2, 0, 0, 0, 0),
        "ods": (1, 0, 0, 0, 0),
        "json": (1, 0, 0, 0, 0),
        "lines": (2, 0, 0, 1, 0),
        "vcf": (1, 0, 0, 0, 0),
    }
    named = {f"0912000000{number}": office.lead(f"0912000000{number}").name for number in range(1, 6)}
    assert list(named.values()) == ["Mina", "علی", "Mina", "Mina", "Omid"]
    assert office.notes("09120000001") == ["Import: shoe.size: 41"]
    assert office.lead("+48221234567").name == "Łukasz Wiśniewski"
