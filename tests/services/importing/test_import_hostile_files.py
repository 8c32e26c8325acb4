"""A file that cannot be read, or should not be, gets one clear sentence that names it and the way out."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pytest
from amounts import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import load_workbook  # pyright: ignore[reportUnknownVariableType] : a bare PathLike in its stub

from leadtui.errors import Unreadable
from leadtui.services.importing import spreadsheet_child
from leadtui.services.importing.delimited import MAXIMUM_LINE
from leadtui.services.importing.encoding import find_bad_byte
from leadtui.services.importing.rows import MAXIMUM_CELL
from leadtui.services.importing.sheet import FileKind, Reading, open_sheet
from leadtui.services.importing.spreadsheet_child import NO_ROOM, MergedCells, Unacceptable, filled_rows

Write = Callable[..., Path]
RowsXml = Callable[[Sequence[Sequence[str]]], str]


class BuildWorkbook(Protocol):
    def __call__(self, *sheet_data: str, name: str = "book.xlsx", shared: str = "") -> Path: ...


def refused(path: Path, encoding: str | None = None) -> str:
    """Read the whole file and return the sentence that refuses it."""
    with pytest.raises(Unreadable) as error:
        open_sheet(path, Reading(encoding=encoding or "")).check()
    sentence = str(error.value)
    assert path.name in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


PLAIN: list[tuple[str, bytes, str]] = [
    ("empty.csv", b"", "is empty"),
    ("blank.csv", b"\n\r\n  \n,,,\n , \n", "no row that is not blank"),
    ("mark.csv", b"\xef\xbb\xbf\n", "no row that is not blank"),
    ("page.xls", b"<html><body><table><tr><td>Ali</td></tr></table>", "is a web page"),
    ("page.csv", b"\xef\xbb\xbf\n <!DOCTYPE html><html>", "is a web page"),
    ("data.csv", b'[{"name": "Ali"', "is JSON that holds no list"),
    ("paper.csv", b"%PDF-1.7\n1 0 obj", "is a PDF document"),
    ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "is a picture"),
    ("packed.csv", b"\x1f\x8b\x08\x00abcdef", "is a compressed archive"),
    ("zeros.csv", bytes(4096), "neither text nor a spreadsheet"),
    ("noise.csv", bytes(range(256)) * 40, "neither text nor a spreadsheet"),
    (
        "old.xls",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook".encode("utf-16-le"),
        "cut short or damaged",
    ),
    (
        "locked.xlsx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "protected by a password",
    ),
    ("letter.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "neither text nor a spreadsheet"),
    ("cut.xlsx", b"PK\x03\x04" + bytes(200), "cut short or damaged"),
]


@pytest.mark.parametrize(("name", "content", "words"), PLAIN, ids=[name for name, _content, _words in PLAIN])
def test_the_sentence_says_what_the_file_is(write: Write, name: str, content: bytes, words: str) -> None:
    assert words in refused(write(content, name))


def test_what_is_not_a_file_is_refused(tmp_path: Path) -> None:
    assert "does not exist" in refused(tmp_path / "missing.csv")
    (tmp_path / "folder.csv").mkdir()
    assert "is a folder" in refused(tmp_path / "folder.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    assert "Save it to disk first" in refused(tmp_path / "pipe.csv")
    with pytest.raises(Unreadable, match="not a name that a file can have"):
        open_sheet(tmp_path / "a\0b.csv")
    with pytest.raises(Unreadable, match="cannot be read"):
        open_sheet(tmp_path / ("x" * 300))


def test_a_file_without_permission_is_refused() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = Path(folder) / "sheet.csv"
        path.write_text("name\nAli\n")
        path.chmod(0)
        with _as_nobody():
            assert "may not be read by you" in refused(path)


@contextmanager
def _as_nobody() -> Generator[None]:
    """Root may read everything: for a moment this process is somebody else."""
    root = getattr(os, "geteuid", lambda: 1)() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def test_a_hostile_name_is_harmless_in_the_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m\u202eb.csv"
    with pytest.raises(Unreadable) as error:
        open_sheet(path)
    assert "\x1b" not in str(error.value)
    assert "\u202e" not in str(error.value)


def test_enormous_cells_and_lines_cost_their_row(write: Write) -> None:
    almost = open_sheet(write(f"name,note\nAli,{'x' * (MAXIMUM_CELL - 1)}\n"))
    assert len(next(iter(almost.rows)).cells[1]) == MAXIMUM_CELL - 1
    for enormous in (
        f"Ali,{'x' * (MAXIMUM_CELL + 1)}",
        "x," * MAXIMUM_LINE,
        "," * 20_000 + "x",
        'A,"' + "x" * MAXIMUM_LINE,
    ):
        rows = list(open_sheet(write(f"name,note\nReza,1\n{enormous}\nMina,2\n")).rows)
        assert [row.cells for row in rows if not row.damage] == [("Reza", "1"), ("Mina", "2")]
        (damaged,) = (row for row in rows if row.damage)
        assert (damaged.line, "far too large" in damaged.damage) == (3, True)
        assert sum(map(len, damaged.cells)) <= 1_000


def test_a_named_encoding_that_does_not_fit_is_said(write: Write) -> None:
    path = write("نام\nعلي\n", encoding="cp1256")
    assert "byte 1, on line 1, is 0xE4" in refused(path, encoding="utf-8")
    assert find_bad_byte(path, "utf-8").position == 1


@settings(
    max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"PK\x03\x04", b"name,phone\n", b"\xff\xfe", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]),
)
def test_any_bytes_are_read_or_refused_with_a_sentence(tmp_path: Path, content: bytes, start: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(start + content)
    sentence = ""
    try:
        open_sheet(path).check()
    except Unreadable as error:
        sentence = str(error)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f]", sentence)


def archive(*parts: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for part in parts:
            file.writestr(part, "<x/>")
    return content.getvalue()


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (("a.csv", "b.csv"), "zip archive without a workbook"),
        ((), "zip archive without a workbook"),
        (("word/document.xml",), "is a text document"),
        (("mimetype", "content.xml"), "is a text document"),
        (("Index/Document.iwa", "Index/Tables/Tile.iwa"), "Apple's Numbers"),
        (("xl/workbook.bin",), "damaged"),
        (("xl/workbook.xml",), "damaged"),
    ],
)
def test_other_archives_are_told_apart(write: Write, parts: tuple[str, ...], words: str) -> None:
    assert words in refused(write(archive(*parts), "book.xlsx"))


def test_a_workbook_that_was_cut_short_is_refused(
    build_workbook: BuildWorkbook, rows_xml: RowsXml, write: Write
) -> None:
    content = build_workbook(rows_xml([["name", "phone"], ["Ali", "0912"]])).read_bytes()
    for length in (len(content) // 2, len(content) - 30):
        assert "cut short or damaged" in refused(write(content[:length], "cut.xlsx"))
    hurt = bytearray(content)
    at = content.index(b"xl/worksheets/sheet1.xml") + 40
    hurt[at : at + 20] = bytes(20)
    assert "damaged" in refused(write(bytes(hurt), "hurt.xlsx"))


def test_a_cell_at_the_far_corner_takes_nothing_down(build_workbook: BuildWorkbook) -> None:
    row = '<row r="1"><c r="A1"><v>1</v></c></row>'
    corner = f'{row}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "as far as cell XFD1048576" in refused(build_workbook(corner))
    beyond = f'{row}<row r="4294967295"><c r="A4294967295"><v>1</v></c></row>'
    assert "4294967295" in refused(build_workbook(beyond))
    # hidden from the look at the references, it meets the limit of memory
    disguised = f'{row}<row r="&#49;048576"><c r="&#88;FD1048576"><v>1</v></c></row>'
    assert re.search("more memory or time|damaged", refused(build_workbook(disguised)))


def test_a_workbook_that_unpacks_to_far_too_much_is_refused(
    build_workbook: BuildWorkbook, rows_xml: RowsXml
) -> None:
    path = build_workbook(rows_xml([["name", "phone"], ["Ali", "0912"]]))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/media/zeros.bin", bytes(100 * 1024**2))
    assert "unpacks to 100 MB" in refused(path)


def test_an_enormous_cell_of_a_workbook_is_refused(build_workbook: BuildWorkbook) -> None:
    shared = f"<si><t>{'x' * (MAXIMUM_CELL + 1)}</t></si>"
    path = build_workbook('<row r="7"><c r="A7" t="s"><v>0</v></c></row>', shared=shared)
    assert "cell in row 7" in refused(path)


def test_a_long_text_that_many_cells_share_is_not_written_without_end(build_workbook: BuildWorkbook) -> None:
    shared = f"<si><t>{'x' * 900}</t></si>"
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 101))
    sheet = load_workbook(str(build_workbook(rows, shared=shared))).get_sheet_by_index(0)
    assert sum(1 for _row in filled_rows(sheet, MergedCells(sheet), most=90_000)) == 100
    with pytest.raises(Unacceptable) as reason:
        list(filled_rows(sheet, MergedCells(sheet), most=89_999))
    assert reason.value.code == "large"


def test_a_workbook_without_a_filled_sheet_is_refused(build_workbook: BuildWorkbook) -> None:
    assert "no row that is not blank" in refused(build_workbook("", '<row r="1"><c r="A1"/></row>'))


def test_names_that_lie_are_read_by_what_the_file_is(
    build_workbook: BuildWorkbook, rows_xml: RowsXml, write: Write
) -> None:
    book = open_sheet(build_workbook(rows_xml([["name", "phone"], ["Ali", "0912"]]), name="people.csv"))
    assert book.kind is FileKind.XLSX
    assert book.notes == ("people.csv is a workbook in spite of its name.",)
    text = open_sheet(write("name,phone\nAli,0912\n", "people.xlsx"))
    assert text.kind is FileKind.CSV
    assert text.notes == ("people.xlsx is text in spite of its name.",)
    assert [row.cells for row in text.rows] == [row.cells for row in book.rows]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no disk that is always full")
def test_a_full_disk_is_not_taken_for_a_damaged_workbook(
    build_workbook: BuildWorkbook, rows_xml: RowsXml
) -> None:
    path = build_workbook(rows_xml([["name", "phone"]] * 5_000))
    command = [sys.executable, "-P", "-m", spreadsheet_child.__name__, str(path)]
    with Path("/dev/full").open("wb") as full:
        assert (
            subprocess.run(command, stdout=full, stderr=subprocess.DEVNULL, check=False).returncode == NO_ROOM
        )


def test_without_a_place_to_unpack_to_a_workbook_is_refused(
    build_workbook: BuildWorkbook, rows_xml: RowsXml, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    assert "no room on the disk" in refused(build_workbook(rows_xml([["name", "phone"]])))
