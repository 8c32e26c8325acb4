"""Delimited text of any encoding, delimiter and shape comes back as it was written."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from leadtui.errors import Invalid, Unreadable
from leadtui.services.importing.delimited import DELIMITERS, DelimitedRows
from leadtui.services.importing.encoding import recognise_encoding
from leadtui.services.importing.rows import is_blank
from leadtui.services.importing.sheet import FileKind, Reading, open_sheet

Write = Callable[..., Path]

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256", "cp1252")

ANYTHING = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)
USUAL = st.text("abcXYZ 019@.+-/:,;|\t\"'\n\r", max_size=12)


@st.composite
def tables(draw: st.DrawFn, cells: st.SearchStrategy[str]) -> list[list[str]]:
    width = draw(st.integers(2, 6))
    return draw(st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=12))


def written(table: list[list[str]], delimiter: str, line_end: str = "\r\n") -> str:
    text = io.StringIO(newline="")
    # the writer quotes only the line end of its own, but the reader knows all three
    quoting = csv.QUOTE_MINIMAL if line_end == "\r\n" else csv.QUOTE_ALL
    csv.writer(text, delimiter=delimiter, lineterminator=line_end, quoting=quoting).writerows(table)
    return text.getvalue()


def could_be_rows(cell: str, delimiter: str) -> bool:
    """Whether a cell of several lines looks like rows behind an open quotation mark, as no cell of a person does."""
    return (
        len(cell.splitlines()) > 1 and delimiter in cell and ("@" in cell or sum(map(str.isdigit, cell)) > 5)
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@example([["\r0@0.00", ""]], "utf-8", ",", "\n")
@given(
    tables(ANYTHING | USUAL),
    st.sampled_from(ENCODINGS[:6]),
    st.sampled_from(DELIMITERS),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_any_table_is_read_back_whole(
    tmp_path: Path, table: list[list[str]], encoding: str, delimiter: str, line_end: str
) -> None:
    assume(any(not is_blank(cell) for cells in table for cell in cells))
    # without its mark UTF-16 would take a leading U+FEFF for one
    assume(not table[0][0].startswith("\ufeff"))
    assume(not any(could_be_rows(cell, delimiter) for cells in table for cell in cells))
    path = tmp_path / "table.csv"
    path.write_bytes(written(table, delimiter, line_end).encode(encoding))
    rows = DelimitedRows(path, encoding, delimiter, width=len(table[0]))
    expected = [tuple(cells) for cells in table if not all(map(is_blank, cells))]
    assert [row.cells for row in rows] == expected
    assert [row.cells for row in rows] == expected


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(tables(USUAL), st.sampled_from(ENCODINGS), st.sampled_from(DELIMITERS[:4]))
def test_an_opened_table_has_as_many_titles_as_filled_columns(
    tmp_path: Path, table: list[list[str]], encoding: str, delimiter: str
) -> None:
    filled = [cells for cells in table if not all(map(is_blank, cells))]
    assume(filled)
    path = tmp_path / "table.csv"
    path.write_bytes(written(table, delimiter).encode(encoding))
    sheet = open_sheet(path, Reading(encoding=encoding, delimiter=delimiter, header=False))
    width = max(index for cells in filled for index, cell in enumerate(cells, start=1) if not is_blank(cell))
    assert len(sheet.titles) == width
    assert [row.cells for row in sheet.rows] == [tuple(cells[:width]) for cells in filled]
    assert sheet.sample == tuple(sheet.rows)


NAMES = st.sampled_from(
    ["سارا بهمنی", "علی رضایی", "نرگس فرجی", "مهدی تهرانی", "کیان محمدی", "Ali Rezaei", "Sara, O'Neil"]
)
PHONES = st.integers(9_120_000_000, 9_199_999_999).map(lambda number: f"0{number}")
NOTES = st.sampled_from(["", "قیمت؟ زنگ بزنید", "two\nlines", 'said "yes"', "a,b;c", "بعد از ظهر"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.tuples(NAMES, PHONES, st.sampled_from(["تهران", "قم", "Shiraz"]), NOTES), min_size=3, max_size=30
    ),
    st.sampled_from(ENCODINGS[:7]),
    st.sampled_from(DELIMITERS),
    st.booleans(),
)
def test_encoding_delimiter_and_titles_are_recognised(
    tmp_path: Path, people: list[tuple[str, str, str, str]], encoding: str, delimiter: str, titled: bool
) -> None:
    titles = ["نام", "شماره تماس", "شهر", "توضیحات"]
    # Windows-1256 has no Persian ی, as in the files of old spreadsheet programs
    text = written([*([titles] if titled else []), *map(list, people)], delimiter)
    text = text.replace("ی", "ي") if encoding == "cp1256" else text
    path = tmp_path / "people.csv"
    path.write_bytes(text.encode(encoding))
    sheet = open_sheet(path)
    assert sheet.delimiter == delimiter
    assert sheet.has_header is titled
    assert sheet.kind is (FileKind.TSV if delimiter == "\t" else FileKind.CSV)
    assert [(row.cells[0], row.cells[1]) for row in sheet.rows] == [
        (name.replace("ی", "ي") if encoding == "cp1256" else name, phone)
        for name, phone, _city, _note in people
    ]


def test_windows_1256_is_recognised_from_any_slice_of_a_sheet(
    sample: Callable[[str], Path], tmp_path: Path
) -> None:
    content = sample("old-excel.csv").read_bytes()
    piece = tmp_path / "piece.csv"
    lines = content.splitlines(keepends=True)
    cells = {cell for line in lines for cell in line.split(b";")}
    slices = [content[start : start + 40] for start in range(0, len(content), 61)]
    for part in (*lines[::7], *sorted(cells)[::5], *slices):
        if not part.isascii():
            piece.write_bytes(part)
            recognised = recognise_encoding(piece)
            assert recognised.codec == "cp1256" or recognised.doubt, part.decode("cp1256")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("الاسم;المدينة\nأحمد علي;القاهرة\nمحمود درويش;حيفا\n", "cp1256"),
        ("الاسم;المدينة\nأحمد علي;القاهرة\nمحمود درويش;حيفا\n", "iso8859-6"),
        ("Prénom;Ville\nJosé Müller;Besançon\nÀngel;Orléans\n", "cp1252"),
        ("Name;Straße\nJürgen Schäfer;Große Allee\nÄnne Öz;Köln\n", "cp1252"),
        ("Имя;Город\nИван Петров;Москва\nСергей Кузнецов;Санкт-Петербург\n", "cp1251"),
        ("Όνομα;Πόλη\nΓιώργος Παπαδόπουλος;Αθήνα\nΜαρία;Θεσσαλονίκη\n", "cp1253"),
    ],
)
def test_other_alphabets_are_told_apart(write: Write, text: str, encoding: str) -> None:
    path = write(text, encoding=encoding)
    assert path.read_bytes().decode(recognise_encoding(path).codec) == text


def test_letters_that_come_late_still_decide_the_encoding(write: Write) -> None:
    head = "name,phone\n" + "Ali,09121234567\n" * 20_000
    assert recognise_encoding(write(head + "سارا,0912\n")).codec == "utf-8"
    assert recognise_encoding(write(head + "ساره,0912\n", encoding="cp1256")).codec == "cp1256"


def test_an_announced_delimiter_is_obeyed_and_not_read(write: Write) -> None:
    sheet = open_sheet(write("sep=|\nname|phone\nA,b|0912 1234567\nC,d|0912 7654321\n"))
    assert sheet.delimiter == "|"
    assert sheet.titles == ("name", "phone")
    assert [row.line for row in sheet.rows] == [3, 4]
    announced_as_read = open_sheet(write("sep=;\nname;phone\nA;09121234567\n"))
    assert announced_as_read.titles == ("name", "phone")


def test_commas_inside_cells_do_not_hide_the_delimiter(write: Write) -> None:
    text = "نام;نشانی;تلفن\nعلی;تهران، خیابان ولیعصر, پلاک ۱;0912\nسارا;قم, صفائیه, کوی ۳;0913\n"
    assert open_sheet(write(text)).delimiter == ";"


def test_two_delimiters_that_may_both_be_meant_are_a_doubt(write: Write) -> None:
    path = write("a;b,c;d\nx;y,z;w\np;q,r;s\n")
    (doubt,) = open_sheet(path).doubts
    assert [choice.value for choice in doubt.choices] == [";", ","]
    assert doubt.examples == ("a;b,c;d", "x;y,z;w")
    assert doubt.sentence().endswith("--delimiter , would read it as “a;b”, “c;d”.")
    assert open_sheet(path, Reading(delimiter=",")).doubts == ()
    assert open_sheet(write("name,phone\nA,0912\nB;C,0913\n")).doubts == ()


def test_a_list_of_phones_is_a_table_of_one_column(write: Write) -> None:
    sheet = open_sheet(write("09121234567\n09127654321\n"))
    assert (sheet.titles, sheet.has_header, sheet.check()) == (("Column 1",), False, 2)


def test_ragged_rows_are_filled_and_what_is_too_much_stays(write: Write) -> None:
    text = "name,phone,city\nA,0912\nB,0913,Qom\n" + "C,0914,Ray,,,\n" * 300 + "D,0915,Ray,extra,\n"
    rows = list(open_sheet(write(text)).rows)
    assert [row.cells for row in (rows[0], rows[2], rows[-1])] == [
        ("A", "0912", ""),
        ("C", "0914", "Ray"),
        ("D", "0915", "Ray", "extra"),
    ]
    assert [row.damage for row in rows if row.damage] == ["it has 4 cells under 3 titles"]
    assert open_sheet(write("name,phone\nA,0912,extra\n")).titles == ("name", "phone", "Column 3")


def test_blank_rows_and_trailing_columns_are_dropped(write: Write) -> None:
    sheet = open_sheet(write("\n\nname,phone,,\n,,,\nA,0912,,\n  ,\u200f,,\n\nB,0913,,\n\x1a"))
    assert sheet.titles == ("name", "phone")
    assert [(row.line, row.cells) for row in sheet.rows] == [(5, ("A", "0912")), (8, ("B", "0913"))]


def test_repeated_and_missing_titles_become_distinct(write: Write) -> None:
    sheet = open_sheet(write("phone,Phone,,phone\n0912,0913,x,0914\n"))
    assert sheet.titles == ("phone", "Phone (2)", "Column 3", "phone (3)")


@pytest.mark.parametrize("named", ["utf-16", "UTF16", "utf-32"])
@pytest.mark.parametrize("order", ["le", "be"])
def test_a_named_encoding_needs_no_mark(write: Write, named: str, order: str) -> None:
    content = "نام,تلفن\nعلی,09121234567\n".encode(f"{named}-{order}".lower().replace("utf16", "utf-16"))
    sheet = open_sheet(write(content), Reading(encoding=named))
    assert sheet.titles == ("نام", "تلفن")
    assert sheet.recognised().encoding == named.upper().replace("UTF16", "UTF-16")


@pytest.mark.parametrize("named", ["utf-16", "utf-32"])
@pytest.mark.parametrize("content", ["نام,تلفن\nعلی,09121234567\n", "name,phone\nAli,0912\n", "x"])
def test_a_wrong_named_encoding_never_crashes(write: Write, named: str, content: str) -> None:
    with suppress(Unreadable):  # as UTF-16 most bytes are letters of some script
        assert "تلفن" not in open_sheet(write(content), Reading(encoding=named)).titles


def test_lines_above_the_titles_are_looked_past(write: Write) -> None:
    sheet = open_sheet(write("فهرست مشتریان ۱۴۰۳,,\n\nنام,تلفن,شهر\nعلی,09121234567,قم\n"))
    assert sheet.titles == ("نام", "تلفن", "شهر")
    assert [row.cells for row in sheet.rows] == [("علی", "09121234567", "قم")]
    assert sheet.notes == ("The first line stands above the titles and is not read.",)


@pytest.mark.parametrize(
    "above",
    [
        "Leads by owner\nGenerated 2026-11-20\n\n",
        "2026-11-20\n",
        "Report date,2026-11-20\nTelephone,021-88776655\n",
        "Leads,,\nGenerated,2026-11-20,\n,,\n",
    ],
)
def test_dates_and_numbers_above_the_titles_are_no_rows(write: Write, above: str) -> None:
    sheet = open_sheet(write(above + "Name,Phone,City\nAli,09121234567,Qom\nSara,09121234568,Ray\n"))
    assert sheet.titles == ("Name", "Phone", "City")
    assert [row.cells[0] for row in sheet.rows] == ["Ali", "Sara"]


def test_words_of_titles_among_rows_are_no_titles(write: Write) -> None:
    sheet = open_sheet(write("09121234567,Ali\n09121234568,Sara\nPhone,Name\n"))
    assert [row.cells[0] for row in sheet.rows] == ["09121234567", "09121234568", "Phone"]


@pytest.mark.parametrize(
    ("text", "titled"),
    [
        ("foo,bar\nAli Rezaei,09121234567\n", True),
        ("Ali Rezaei,09121234567\nSara Ahmadi,09127654321\n", False),
        ("name,city\nAli,Qom\n", True),
        ("Ali,Qom\nSara,Ray\n", False),
        ("x,y\n2024-09-20,a@example.com\n", True),
        ("2024-09-20,a@example.com\n2024-09-21,b@example.com\n", False),
        ("نام,موبایل\n", True),
    ],
)
def test_titles_differ_in_kind_from_what_is_under_them(write: Write, text: str, titled: bool) -> None:
    path = write(text)
    assert open_sheet(path).has_header is titled
    assert open_sheet(path, Reading(header=True)).has_header
    untitled = open_sheet(path, Reading(header=False))
    assert untitled.titles == ("Column 1", "Column 2")
    assert untitled.check() == text.count("\n")


def test_one_wrong_quotation_mark_in_a_line_costs_nothing(write: Write) -> None:
    sheet = open_sheet(write('name,note\n"Ali" Rezaei,"the "best" one"\nSara,5" pipe\n'))
    assert [row.cells[0] for row in sheet.rows] == ["Ali Rezaei", "Sara"]
    assert sheet.check() == 2


def test_positions_grow_to_the_size_of_the_file(write: Write) -> None:
    sheet = open_sheet(write("name,phone\n" + "Ali,09121234567\n" * 5_000))
    positions = [row.position for row in sheet.rows]
    assert positions == sorted(positions)
    assert positions[0] < positions[-1] == sheet.size


def test_encoding_and_delimiter_can_be_named(write: Write) -> None:
    path = write("نام|تلفن\nعلي|0912,0913\n", encoding="cp1256")
    sheet = open_sheet(path, Reading(encoding="windows-1256", delimiter="|"))
    assert [row.cells for row in sheet.rows] == [("علي", "0912,0913")]
    assert (
        open_sheet(write("name\tphone\nA\t1\n"), Reading(delimiter="tab", encoding="UTF8")).delimiter == "\t"
    )


@pytest.mark.parametrize("name", ["klingon", "base64", "idna", "undefined", "", "a\0b"])
def test_an_unknown_encoding_is_refused(write: Write, name: str) -> None:
    path = write("name\nA\n")
    if not name:
        assert open_sheet(path, Reading(encoding=name)).encoding == "utf-8"
        return
    with pytest.raises(Invalid, match="windows-1256") as refused:
        open_sheet(path, Reading(encoding=name))
    assert refused.value.field == "encoding"


@pytest.mark.parametrize("name", [";;", '"', "\n", "a", " "])
def test_a_delimiter_that_cannot_be_is_refused(write: Write, name: str) -> None:
    with pytest.raises(Invalid, match="tab") as refused:
        open_sheet(write("name\nA\n"), Reading(delimiter=name))
    assert refused.value.field == "delimiter"


def test_a_file_that_changes_between_two_readings_is_read_as_it_is(write: Write) -> None:
    sheet = open_sheet(write("name,phone\nA,0912\n"))
    sheet.path.write_text("name,phone\nB,0913\nC,0914\n")
    assert [row.cells[0] for row in sheet.rows] == ["B", "C"]
    sheet.path.unlink()
    with pytest.raises(Unreadable, match="cannot be read"):
        sheet.check()
