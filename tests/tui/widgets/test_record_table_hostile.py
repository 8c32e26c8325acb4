"""Whatever text comes out of a store, a line of the table is as wide as the table and carries no control."""

from __future__ import annotations

import asyncio
import unicodedata

import pytest
from amounts import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from record_table_app import Source, TableApp, numbers, settled
from rich.cells import cell_len
from rich.style import Style
from textual.content import Content
from textual.strip import Strip

from leadtui.language.bidi import without_isolates
from leadtui.language.text import safe
from leadtui.tui.widgets.record_table import Cell, Column
from leadtui.tui.widgets.record_table_columns import fit
from leadtui.tui.widgets.record_table_drawing import LineStyles, Look, draw_header, draw_removed, draw_row
from leadtui.tui.widgets.record_table_model import made_safe

HOSTILE = (
    "[/b] Ali",
    "[TODO] x",
    "[bold red]Ali[/]",
    "\x1b[31mAli\x1b[0m",
    "\x1b]52;c;cGF5bG9hZA==\x07Ali",
    "\x1b]8;;https://example.com\x1b\\Ali\x1b]8;;\x1b\\",
    "\x9b31mAli\x84\x85\x90",
    "Ali\u202emoc.elpmaxe\u202c",
    "\u2066Ali\u2069\u200e\u200f\u061c",
    "Ali\x00\x07\x08\x7f",
    "line\nline\r\nline\u2028line\tend",
    "e" + "\u0301" * 500,
    "\u0301\u0489 alone",
    "漢字とカナの名前はとても長い",
    "👩‍👩‍👧‍👦 family 👍🏽 🏳️‍🌈 🇮🇷🇩🇪",
    "❤️ ☎︎ 1️⃣",
    "زهرا\u200cسادات موسوی",
    "ab\u200dcd",
    "\ud800 \udfff",
    "\ue000\U000f0000",
    "ﷺ ﷽",
    "🇮🇷" * 40,
    "x" * 10_000,
    "漢" * 10_000,
    "ا" * 10_000,
    "",
    " ",
    "   spaces   ",
)

BIDI_CONTROLS = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

TEXTS = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(alphabet=st.characters(blacklist_categories=[]), max_size=40),
    st.text(
        alphabet=st.sampled_from("a[/]\\ \x1b\x9b\u202e\u200d\u200c\u0301\ufe0f👩👍🏽🇮🇷漢ｱا\u0651ے1"),
        max_size=40,
    ),
    st.lists(st.sampled_from(HOSTILE), max_size=3).map("".join),
)
CELLS = st.builds(
    Cell,
    text=TEXTS,
    style=st.sampled_from(["", "late", "$status-blue bold", "nonsense", "[/b]"]) | TEXTS,
    glyph=st.sampled_from(["", "●", "◐"]) | st.text(max_size=2) | st.sampled_from(HOSTILE),
)
COLUMNS = st.lists(
    st.builds(
        Column,
        key=st.uuids().map(str),
        title=TEXTS,
        width=st.integers(1, 40),
        min_width=st.integers(0, 20),
        priority=st.integers(0, 3),
        align=st.sampled_from(["start", "end"]),
    ),
    max_size=6,
)


def assert_fits(strip: Strip, width: int) -> None:
    """The line is exactly this wide, and nothing in it is a control of any kind."""
    text = "".join(segment.text for segment in strip)
    assert cell_len(text) == sum(cell_len(segment.text) for segment in strip) == width
    for letter in text:
        assert unicodedata.category(letter) not in {"Cc", "Cs", "Zl", "Zp"}
        assert letter not in BIDI_CONTROLS


def palette() -> LineStyles:
    return LineStyles(dict.fromkeys(Look, Style(color="white", bgcolor="black")), {"late": "#ff0000"})


@given(columns=COLUMNS, cells=st.lists(CELLS, max_size=6), width=st.integers(1, 120))
@settings(deadline=None)
def test_a_row_is_as_wide_as_the_table_whatever_it_holds(
    columns: list[Column], cells: list[Cell], width: int
) -> None:
    placed = fit(columns, 1, width - 2)
    assert_fits(draw_row(7, made_safe(cells), placed, width, Look.ROW, palette()), width)


@given(columns=COLUMNS, words=TEXTS, width=st.integers(1, 120))
@settings(deadline=None)
def test_heads_are_as_wide_as_the_table_whatever_they_say(
    columns: list[Column], words: str, width: int
) -> None:
    placed = fit(columns, 1, width - 2)
    for sort in (None, *((column.key, True) for column in columns)):
        assert_fits(draw_header(placed, sort, width, palette()), width)
    assert_fits(draw_removed(7, safe(words), placed, width, Look.ROW, palette()), width)


@given(cell=CELLS, width=st.integers(2, 40))
@settings(deadline=None)
def test_what_was_cut_ends_in_an_ellipsis(cell: Cell, width: int) -> None:
    (safe_cell,) = made_safe([cell])
    placed = fit([Column("only", "", width, width, 0)], 0, width)
    drawn = draw_row(1, [safe_cell], placed, width, Look.ROW, palette()).text.rstrip()
    whole = without_isolates(safe_cell.text).rstrip()
    if whole and whole not in drawn:
        assert "…" in drawn or cell_len(drawn) <= 2


@pytest.mark.parametrize("size", [(200, 32), (80, 24), (33, 24), (9, 24)])
async def test_the_whole_table_draws_what_is_known_to_be_hostile(size: tuple[int, int]) -> None:
    rows = [
        (Cell(text), Cell(text, "late", text), Cell("Ali", text, "●"), Cell(text, "dim", "◐"))
        for text in HOSTILE
    ]
    columns = [Column(str(place), HOSTILE[place], 20, 5, place) for place in range(4)]
    app = TableApp(Source(lambda row_id: rows[row_id]), columns=columns, ids=numbers(len(rows)))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("pagedown", "down")
        await settled(pilot)
        for strip in app.strips():
            assert_fits(strip, size[0])
        assert app.export_screenshot()


@pytest.mark.parametrize("text", HOSTILE)
async def test_an_empty_message_does_no_harm_whatever_it_says(text: str) -> None:
    for message in (text, Content(text)):
        app = TableApp(Source(), ids=[])
        app.table.set_reactive(type(app.table).empty_message, message)
        async with app.run_test(size=(40, 8)) as pilot:
            await settled(pilot)
            for strip in app.strips():
                assert_fits(strip, 40)


@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=20), width=st.integers(1, 100))
@settings(
    max_examples=examples(15),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_the_whole_table_draws_anything_at_any_width(rows: list[tuple[Cell, Cell, Cell]], width: int) -> None:
    async def draw() -> None:
        app = TableApp(Source(lambda row_id: rows[row_id]), ids=numbers(len(rows)))
        async with app.run_test(size=(width, 24)) as pilot:
            await settled(pilot)
            for strip in app.strips():
                assert_fits(strip, width)

    asyncio.run(draw())
