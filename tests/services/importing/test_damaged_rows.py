"""What is damaged in a text file costs the rows that it stands in, and no other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from amounts import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from import_making import ImportDesk, outcomes

from leadtui.domain.importing import ImportOptions
from leadtui.errors import Unreadable
from leadtui.services.importing.rows import MAXIMUM_CELL
from leadtui.services.importing.running import import_files
from leadtui.services.importing.sheet import Reading, open_sheet

Write = Callable[..., Path]
Sample = Callable[[str], Path]


def damages(path: Path) -> dict[int, str]:
    """What is wrong with the damaged rows, by their lines."""
    return {row.line: row.damage for row in open_sheet(path).rows if row.damage}


def whole(path: Path) -> list[str]:
    """The first cells of the rows that are not damaged."""
    return [row.cells[0] for row in open_sheet(path).rows if not row.damage]


PEOPLE = [f"Person {number},Köln,+4930901820{number:02}" for number in range(40)]
OPEN_QUOTES = [
    '"Ali,Bonn,+493090182100',
    'Ali,"Bonn,+493090182100',
    'Ali,Bonn,"+493090182100',
]


@pytest.mark.parametrize("broken", OPEN_QUOTES)
@pytest.mark.parametrize("quoted", [False, True], ids=["plain", "quoted"])
@pytest.mark.parametrize("at", [0, 17, 40])
def test_an_open_quotation_mark_costs_its_row(write: Write, broken: str, quoted: bool, at: int) -> None:
    people = [",".join(f'"{cell}"' for cell in row.split(",")) if quoted else row for row in PEOPLE]
    path = write("\n".join(["name,city,phone", *people[:at], broken, *people[at:]]) + "\n")
    assert list(damages(path)) == [at + 2]
    assert "quotation mark" in damages(path)[at + 2]
    assert whole(path) == [f"Person {number}" for number in range(40)]
    assert open_sheet(path).check() == 41


def test_cells_of_several_lines_are_no_open_quotation_marks(write: Write) -> None:
    path = write(
        'name,phone,note\nAli,0912,"one, two\nthree, four, five\n"\nSara,"0913\n0914",x\nMina,0915,"a\nb"\n"Reza\n+493090182155",0916,c\n'
    )
    assert damages(path) == {}
    assert whole(path) == ["Ali", "Sara", "Mina", "Reza\n+493090182155"]


def test_an_open_quotation_mark_before_more_than_a_cell_can_hold(write: Write) -> None:
    rows = "Sara,0913\n" * (MAXIMUM_CELL // 10 + 10)
    path = write(f'name,phone\n"Ali,0912\n{rows}')
    assert list(damages(path)) == [2]
    assert open_sheet(path).check() == MAXIMUM_CELL // 10 + 11


@pytest.mark.parametrize("cells", [1, 9], ids=["a cell", "a row of cells that are not"])
def test_what_is_far_too_large_costs_its_row(
    write: Write, monkeypatch: pytest.MonkeyPatch, cells: int
) -> None:
    monkeypatch.setattr("leadtui.services.importing.delimited.MAXIMUM_CELL", 40_000)
    monkeypatch.setattr("leadtui.services.importing.delimited.MAXIMUM_RECORD", 200_000)
    large = ",".join(['"' + "said, and\n" * (36_000 // cells if cells == 1 else 3_900) + '"'] * cells)
    path = write("\n".join(["name,city,phone,note", *PEOPLE, f"Long,Bonn,0912,{large}", *PEOPLE, ""]))
    assert list(damages(path)) == [42]
    assert "far too large" in damages(path)[42]
    assert whole(path) == [f"Person {number}" for number in range(40)] * 2


def test_a_first_line_of_nothing_but_damage_is_read(write: Write) -> None:
    path = write("\0\nname,phone\nAli,+493090182100\n")
    assert [bool(row.damage) for row in open_sheet(path).rows] == [False]
    assert open_sheet(path).titles == ("name", "phone")


def test_quotation_marks_in_every_line_end_somewhere(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leadtui.services.importing.delimited._MOST_READ_AGAIN", 1_000_000)
    path = write("name,note,phone\n" + 'b",c,"d\n' * 3_000)
    with pytest.raises(Unreadable, match="many others"):
        open_sheet(path).check()


@pytest.mark.parametrize("at", [0, 17, 20_000])
@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (b"Ali\xff,Bonn,0912", "holds a byte that UTF-8 does not have"),
        (b"A\0li,Bonn,0912", "holds a NUL byte"),
    ],
)
def test_a_bad_byte_costs_its_row(write: Write, broken: bytes, words: str, at: int) -> None:
    people = [row.encode() for row in PEOPLE * (at // 40 + 1)]
    path = write(b"\n".join([b"name,city,phone", *people[:at], broken, *people[at:]]) + b"\n")
    assert damages(path) == {
        at + 2: f"line {at + 2} {words}" + (", which no text has" if b"\0" in broken else "")
    }
    assert len(whole(path)) == len(people)
    damaged = next(row for row in open_sheet(path).rows if row.damage)
    assert damaged.cells == ("A\ufffdli" if b"\0" in broken else "Ali\ufffd", "Bonn", "0912")


def test_lines_of_another_encoding_cost_themselves(write: Write) -> None:
    lines = [row.encode("cp1252" if number % 4 == 3 else "utf-8") for number, row in enumerate(PEOPLE)]
    path = write(b"\n".join([b"name,city,phone", *lines]))
    assert list(damages(path)) == [line + 2 for line in range(40) if line % 4 == 3]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_file_of_wide_letters_that_is_cut_short_loses_its_end_alone(write: Write, encoding: str) -> None:
    content = "\n".join(["name,city,phone", *PEOPLE]).encode(encoding)
    path = write(content[:-1])
    assert list(damages(path)) == [41]
    assert len(whole(path)) == 39


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_lost_byte_of_wide_letters_is_said(write: Write, encoding: str) -> None:
    content = "\n".join(["name,city,phone", *PEOPLE]).encode(encoding)
    with pytest.raises(Unreadable, match="bytes are missing"):
        open_sheet(write(content[:301] + content[302:]), Reading(encoding=encoding)).check()


def test_a_sign_too_many_costs_its_row(write: Write) -> None:
    path = write("\n".join(["name,city,phone", *PEOPLE[:5], "Smith, John,Bonn,+493090182100", *PEOPLE[5:]]))
    assert damages(path) == {7: "it has 4 cells under 3 titles"}
    assert len(whole(path)) == 40


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=examples(50)
)
@given(st.lists(st.sampled_from([0, 1, 2]), min_size=1, max_size=12), st.sampled_from(OPEN_QUOTES))
def test_rows_are_whole_or_damaged_and_none_is_lost(tmp_path: Path, kinds: list[int], broken: str) -> None:
    lines = [(PEOPLE[7].encode(), b"Ali\xff\xff,Bonn,0912", broken.encode())[kind] for kind in kinds]
    path = tmp_path / "table.csv"
    # enough that is right, so that the file is taken for what it is
    path.write_bytes(b"\n".join([b"name,city,phone", *(row.encode() for row in PEOPLE[:20]), *lines]))
    rows = list(open_sheet(path).rows)[20:]
    assert [row.line for row in rows] == [22 + number for number in range(len(kinds))]
    assert [bool(row.damage) for row in rows] == [kind != 0 for kind in kinds]


def take(office: ImportDesk, path: Path) -> tuple[int, ...]:
    (report,) = import_files(office.session, [path], ImportOptions(region="US"))
    return outcomes(report)


def test_the_damaged_last_line_is_rejected(office: ImportDesk, sample: Sample) -> None:
    assert take(office, sample("cases/open-quote-last-line.csv")) == (1, 0, 0, 1, 0)
    assert office.lead("+12125550143").name == "Ann Test"


def test_one_bad_byte_is_rejected(office: ImportDesk, sample: Sample) -> None:
    new, _updated, _unchanged, rejected, _skipped = take(office, sample("cases/enc_onebad.csv"))
    assert (new, rejected) == (203, 1)
    assert office.lead("+33142685300").name == "Hélène Lefèvre"
