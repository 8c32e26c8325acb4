"""Tables keep their columns, lines stay lines, and nothing that data holds reaches the terminal as a command."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from command_running import Run
from hostile_store import HostileStore
from hostile_texts import HOSTILE, harm_in
from hypothesis import given
from hypothesis import strategies as st
from session_making import make_session

from leadtui.cli.output import (
    write_fields,
    write_json,
    write_json_list,
    write_line,
    write_table,
)
from leadtui.language.text import cell_width, safe
from leadtui.presentation.table import GAP, TextColumn, aligned, fitted

UNSAFE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What no line on a terminal may hold; the end of a line aside."""


def written(write: Callable[..., None], *arguments: Any) -> str:
    """What is written to standard output."""
    stream, sys.stdout = sys.stdout, io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
    try:
        write(*arguments)
        sys.stdout.flush()
        return sys.stdout.buffer.getvalue().decode()  # type: ignore[attr-defined]
    finally:
        sys.stdout = stream


@given(st.text())
def test_a_line_is_one_line(text: str) -> None:
    line = written(write_line, text)
    assert line.count("\n") == 1
    assert not UNSAFE.search(line)


@given(st.lists(st.lists(st.text(), min_size=3, max_size=3), min_size=1, max_size=8))
def test_a_table_has_a_line_for_each_row_and_its_columns_stay_in_place(rows: list[list[str]]) -> None:
    columns = [TextColumn("First"), TextColumn("Second", right=True), TextColumn("|")]
    table = written(write_table, columns, [[*row[:2], "|"] for row in rows])
    lines = table.splitlines()
    assert table.count("\n") == len(rows) + 1
    assert not UNSAFE.search(table)
    assert len({cell_width(line[: line.rindex("|")]) for line in lines}) == 1


@given(st.lists(st.tuples(st.text(), st.text()), max_size=6))
def test_fields_have_a_line_each(fields: list[tuple[str, str]]) -> None:
    shown = written(write_fields, fields)
    assert shown.count("\n") == len(fields)
    assert not UNSAFE.search(shown)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(VALUES)
def test_json_is_read_back_whole_and_cannot_harm_a_terminal(value: Any) -> None:
    document = written(write_json, value)
    assert json.loads(document) == value
    assert not UNSAFE.search(document)


@given(st.lists(VALUES, max_size=5))
def test_a_json_list_is_read_back_whole(values: list[Any]) -> None:
    document = written(write_json_list, iter(values))
    assert json.loads(document) == values
    assert document.count("\n") == len(values) + (2 if values else 1)


def test_an_encoding_without_the_letters_still_gets_json() -> None:
    stream, sys.stdout = sys.stdout, io.TextIOWrapper(io.BytesIO(), encoding="latin-1")
    try:
        write_json({"name": "سارا 😀"})
        sys.stdout.flush()
        said = sys.stdout.buffer.getvalue()  # type: ignore[attr-defined]
    finally:
        sys.stdout = stream
    assert json.loads(said.decode("ascii")) == {"name": "سارا 😀"}


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9)), min_size=1, max_size=8), st.integers(20, 200)
)
def test_a_line_fits_as_far_as_columns_yield(shapes: list[tuple[int, int]], room: int) -> None:
    columns = [TextColumn("", yields=yields) for _width, yields in shapes]
    widths = [width for width, _yields in shapes]
    shown = fitted(columns, widths, room)
    total = sum(shown.values()) + len(GAP) * (len(shown) - 1)
    left_out = set(range(len(columns))) - set(shown)
    assert all(min(widths[place], 6) <= width <= widths[place] for place, width in shown.items())
    assert all(shown.get(place) == widths[place] for place, each in enumerate(columns) if not each.yields)
    assert total <= room or not any(columns[place].yields for place in shown)
    if left_out:
        most = max((columns[place].yields for place in shown), default=0)
        assert all(columns[place].yields >= most for place in left_out)
    if sum(widths) + len(GAP) * (len(widths) - 1) <= room:
        assert shown == dict(enumerate(widths))


def test_the_column_that_yields_most_is_cut_first_and_left_out_first() -> None:
    columns = [TextColumn("a", yields=1, least=8), TextColumn("b", yields=2), TextColumn("c")]
    assert fitted(columns, [20, 20, 20], 54) == {0: 20, 1: 10, 2: 20}
    assert fitted(columns, [20, 20, 20], 40) == {0: 10, 1: 6, 2: 20}
    assert fitted(columns, [20, 20, 20], 37) == {0: 15, 2: 20}
    assert fitted(columns, [20, 20, 20], 20) == {2: 20}


@given(st.text().map(safe), st.integers(0, 30), st.booleans())
def test_a_cell_has_the_width_of_its_column(cell: str, width: int, right: bool) -> None:
    assert cell_width(aligned(cell, width, right=right, cut=True)) == width


@pytest.mark.parametrize(
    "command",
    [
        ("leads", "list"),
        ("leads", "show", "1"),
        ("reminders",),
        ("statuses", "list", "--retired"),
        ("imports", "list"),
        ("follow-up", "1", "--status", "no_answer"),
        ("leads", "show", "nonsense"),
        ("leads", "list", "--status", "nonsense"),
        ("leads", "list", "--owner", "nonsense"),
    ],
)
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_store_full_of_hostile_text_is_harmless(
    run: Run, tmp_path: Path, noon: Any, command: tuple[str, ...], form: tuple[str, ...]
) -> None:
    del noon
    session = make_session(tmp_path)
    HostileStore(session, HOSTILE).fill()
    session.close()
    said = run(*command, *form, "--store", tmp_path / "desk.db", "--as", "neda@example.com")
    assert said.code in (0, 1)
    assert not UNSAFE.search(said.out)
    assert not UNSAFE.search(said.err)
    if not form or said.code:
        assert harm_in((said.out + said.err).replace("\n", "")) == []
    else:
        assert json.loads(said.out)
