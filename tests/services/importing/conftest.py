"""What the tests of importing share: the sample exports, workbooks built part by part, and a desk to import into."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import pytest
from import_making import ImportDesk

SAMPLES = Path(__file__).parents[2] / "data"

_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


class BuildWorkbook(Protocol):
    """Writes a workbook from the XML of its sheets' data."""

    def __call__(self, *sheet_data: str, name: str = "book.xlsx", shared: str = "") -> Path: ...


WriteText = Callable[..., Path]


@pytest.fixture(scope="session")
def sample() -> Callable[[str], Path]:
    """The path of a sample export."""
    return lambda name: SAMPLES / name


@pytest.fixture
def write(tmp_path: Path) -> WriteText:
    """Write a text in an encoding, or bytes as they are, and return the path."""

    def write_file(content: str | bytes, name: str = "table.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write_file


@pytest.fixture
def build_workbook(tmp_path: Path) -> BuildWorkbook:
    """Build a workbook of the smallest possible parts around the `<row>` elements of each sheet."""

    def build(*sheet_data: str, name: str = "book.xlsx", shared: str = "") -> Path:
        path = tmp_path / name
        numbers = range(1, len(sheet_data) + 1)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", _content_types())
            archive.writestr("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
            sheets = "".join(f'<sheet name="Sheet{n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
            archive.writestr(
                "xl/workbook.xml",
                f'<workbook xmlns="{_NAMESPACE}" xmlns:r="{_RELATIONS}"><sheets>{sheets}</sheets></workbook>',
            )
            targets = [("worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
            archive.writestr(
                "xl/_rels/workbook.xml.rels", _relations([*targets, ("sharedStrings", "sharedStrings.xml")])
            )
            archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{_NAMESPACE}">{shared}</sst>')
            for number, data in zip(numbers, sheet_data, strict=True):
                archive.writestr(
                    f"xl/worksheets/sheet{number}.xml",
                    f'<worksheet xmlns="{_NAMESPACE}"><sheetData>{data}</sheetData></worksheet>',
                )
        return path

    return build


def text_row(number: int, cells: Sequence[str]) -> str:
    """The XML of a row whose cells are text."""
    inner = "".join(
        f'<c r="{chr(65 + column)}{number}" t="inlineStr"><is><t>{cell}</t></is></c>'
        for column, cell in enumerate(cells)
    )
    return f'<row r="{number}">{inner}</row>'


@pytest.fixture
def rows_xml() -> Callable[[Sequence[Sequence[str]]], str]:
    """Turn a table of text into the XML of a sheet's data."""
    return lambda table: "".join(text_row(number, cells) for number, cells in enumerate(table, start=1))


def _content_types() -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="{kind}.worksheet+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/></Types>'
    )


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


@pytest.fixture
def office(tmp_path: Path) -> ImportDesk:
    """A Persian desk with nobody in it, and a folder for the files that it imports."""
    return ImportDesk(tmp_path)
