"""The record table as a person meets it: a million rows, keys, the mouse, and an order that changes under the cursor."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import chain

import pytest
from record_table_app import COLUMNS, Source, TableApp, cells_of, numbers, settled
from textual import events
from textual.color import Color

from leadtui.errors import LeadtuiError
from leadtui.tui.widgets.record_table import Cell, Column, RecordTable

MILLION = 1_000_000
SIZE = (60, 21)
BODY = 20


def lead_of(line: str) -> int:
    return int(line.split("Lead ")[1].split()[0])


async def test_the_first_and_the_last_of_a_million_rows() -> None:
    source = Source()
    app = TableApp(source, ids=numbers(MILLION))
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        lines = app.lines()
        assert lines[0].split() == ["Name", "Phone", "Status"]
        assert lines[1].split() == ["Lead", "0", "09120000000", "◐", "Follow-up"]
        assert [lead_of(line) for line in lines[1:]] == list(range(BODY))
        await pilot.press("end")
        await settled(pilot)
        assert [lead_of(line) for line in app.lines()[1:]] == list(range(MILLION - BODY, MILLION))
        assert app.table.cursor_id == app.table.cursor_index == MILLION - 1
        assert sum(map(len, source.readings)) < 10 * BODY


async def test_the_cursor_moves_by_keys_and_is_said() -> None:
    app = TableApp(Source(), ids=numbers(MILLION))
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press(
            "down", "down", "up", "pagedown", "pagedown", "pageup", "ctrl+end", "ctrl+home", "up"
        )
        await settled(pilot)
        page = BODY - 1
        assert app.highlighted() == [0, 1, 2, 1, 1 + page, 1 + 2 * page, 1 + page, MILLION - 1, 0]
        assert all(getattr(message, "control", None) is app.table for message in app.said)


async def test_letters_are_left_to_the_screen() -> None:
    app = TableApp(Source(), ids=numbers(10))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("j", "k")
        await settled(pilot)
        assert app.table.cursor_index == 0


async def test_a_page_keeps_the_cursor_on_its_line() -> None:
    app = TableApp(Source(), ids=numbers(MILLION))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*["down"] * 5, "pagedown")
        await settled(pilot)
        assert app.table.cursor_index == 5 + BODY - 1
        assert app.table.scroll_offset.y == BODY - 1
        await pilot.press(*["pageup"] * 3)
        assert (app.table.cursor_index, app.table.scroll_offset.y) == (0, 0)


async def test_rows_that_are_not_read_yet_are_dots_and_nothing_waits_for_them() -> None:
    source = Source()
    source.open.clear()
    app = TableApp(source, ids=numbers(MILLION))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert app.lines()[1].split() == ["·", "·", "·"]
        await pilot.press("pagedown", "down")
        assert app.table.cursor_index == BODY
        source.open.set()
        await settled(pilot)
        assert lead_of(app.lines()[1]) == app.table.scroll_offset.y


async def test_rows_are_read_around_those_in_view_and_once() -> None:
    source = Source()
    app = TableApp(source, ids=numbers(MILLION))
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert app.table.move_cursor(index=500_000)
        await settled(pilot)
        last = source.readings[-1]
        assert set(app.table.visible_ids()) <= set(last)
        assert 60 <= len(last) <= 120
        read = len(source.readings)
        await pilot.press("up", "up", "down", "down")
        await settled(pilot)
        assert len(source.readings) == read
        for _ in range(10):
            await pilot.press("pagedown")
            await settled(pilot)
        read_ids = list(chain.from_iterable(source.readings))
        assert len(set(read_ids)) == len(read_ids)


async def test_only_the_lines_that_the_cursor_leaves_and_reaches_are_drawn_again() -> None:
    app = TableApp(Source(), ids=numbers(MILLION))
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        app.table.drawn.clear()
        await pilot.press("down")
        await settled(pilot)
        assert set(app.table.drawn) == {1, 2}


async def test_the_cursor_is_seen_strongly_with_focus_and_faintly_without() -> None:
    app = TableApp(Source(), ids=numbers(5))
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        theme = app.theme_variables
        assert backgrounds(app, 1) == {Color.parse(theme["cursor"]).hex}
        assert backgrounds(app, 2) == {Color.parse(theme["pane"]).hex}
        app.set_focus(None)
        await settled(pilot)
        assert backgrounds(app, 1) == {Color.parse(theme["cursor-blurred"]).hex}
        assert backgrounds(app, 2) == {Color.parse(theme["pane"]).hex}


def backgrounds(app: TableApp, y: int) -> set[str]:
    """The colours that a line stands on."""
    styles = [segment.style for segment in app.strips()[y]]
    return {Color.from_rich_color(style.bgcolor).hex for style in styles if style and style.bgcolor}


@pytest.mark.parametrize("theme", ["leadtui-night", "leadtui-contrast", "textual-light"])
async def test_without_colours_the_cursor_is_the_line_turned_round(
    monkeypatch: pytest.MonkeyPatch, theme: str
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = TableApp(Source(), ids=numbers(5))
    app.theme = theme
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert all(segment.style and segment.style.reverse for segment in app.strips()[1])
        assert not any(segment.style and segment.style.reverse for segment in app.strips()[2])


async def test_in_the_terminals_own_colours_the_cursor_is_the_line_turned_round() -> None:
    app = TableApp(Source(), ids=numbers(5))
    async with app.run_test(size=SIZE) as pilot:
        app.theme = "ansi-dark"
        await settled(pilot)
        cursor_line = [segment.style for segment in app.strips()[1]]
        assert all(style and style.reverse for style in cursor_line)
        assert len({style.color for style in cursor_line if style}) == 1


async def test_cells_follow_the_theme() -> None:
    app = TableApp(
        Source(lambda _: (Cell("x", "late"), Cell("y", "$status-teal bold"), Cell("z", "nonsense")))
    )
    async with app.run_test(size=SIZE) as pilot:
        app.table.set_order([1, 2])
        for theme in ("leadtui-night", "leadtui-day", "nord"):
            app.theme = theme
            await settled(pilot)
            inks = {
                segment.text.strip(): segment.style
                for segment in app.strips()[2]
                if segment.text.strip() and segment.style
            }
            colours = {words: style.color for words, style in inks.items()}
            assert colours["x"] == Color.parse(app.theme_variables["late"]).rich_color
            assert colours["y"] == Color.parse(app.theme_variables["status-teal"]).rich_color
            assert colours["z"] == Color.parse(app.theme_variables["foreground"]).rich_color
            assert inks["y"].bold


async def test_every_segment_of_a_row_says_its_row_and_column() -> None:
    app = TableApp(Source(), ids=array("q", [70, 71]))
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        metas = [segment.style.meta for segment in app.strips()[2] if segment.style]
        assert {meta["row"] for meta in metas} == {71}
        assert [meta["column"] for meta in metas] == ["", "name", "", "phone", "", "status", ""]
        assert {segment.style.meta["row"] for segment in app.strips()[0] if segment.style} == {None}


async def test_numbers_stand_at_the_end_of_their_column() -> None:
    app = TableApp(Source(lambda _: (Cell("x"), Cell("7"), Cell("y"))), ids=numbers(3))
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        head, row = app.lines()[:2]
        assert head.index("Phone") + len("Phone") == row.index("7") + 1


async def test_an_arrow_stands_beside_the_column_that_is_sorted_by() -> None:
    app = TableApp(Source(), ids=numbers(3))
    async with app.run_test(size=SIZE) as pilot:
        for sort, expected in [(("name", False), "Name ▲"), (("phone", True), "Phone ▼"), (None, "Name ")]:
            app.table.sort = sort
            await settled(pilot)
            assert expected in app.lines()[0]
            assert sum(app.lines()[0].count(arrow) for arrow in "▲▼") == (1 if sort else 0)


async def test_a_narrow_table_leaves_out_the_least_column_and_cuts_with_an_ellipsis() -> None:
    app = TableApp(Source(), ids=numbers(300_000))
    async with app.run_test(size=(29, 10)) as pilot:
        assert app.table.move_cursor(index=299_999)
        await settled(pilot)
        assert app.lines()[0].split() == ["Name", "Phone"]
        await pilot.resize_terminal(12, 10)
        await settled(pilot)
        assert app.lines()[-1].split() == ["Lead", "299…"]


# The order changes


async def cursor_on(app: TableApp, row_id: int) -> int:
    """Put the cursor on a row; returns its line on the screen."""
    assert app.table.move_cursor(id=row_id)
    assert app.table.cursor_index is not None
    return app.table.cursor_index - app.table.scroll_offset.y


async def test_a_new_order_keeps_the_row_under_the_cursor_on_its_line() -> None:
    app = TableApp(Source(), ids=numbers(MILLION))
    async with app.run_test(size=SIZE) as pilot:
        await cursor_on(app, 600_000)
        await pilot.press("up", "up", "up")
        table = app.table
        assert table.cursor_index is not None
        line = table.cursor_index - table.scroll_offset.y
        table.set_order(array("q", reversed(range(MILLION))), 1)
        await settled(pilot)
        assert table.cursor_id == 599_997
        assert table.cursor_index - table.scroll_offset.y == line
        assert lead_of(app.lines()[1 + line]) == 599_997
        assert app.highlighted()[-1] == 599_997


async def test_a_new_order_that_says_so_begins_at_its_top() -> None:
    app = TableApp(Source(), ids=numbers(1000))
    async with app.run_test(size=SIZE) as pilot:
        await cursor_on(app, 600)
        app.table.set_order(array("q", range(500, 900)), 1, keep_cursor=False)
        await settled(pilot)
        assert (app.table.cursor_id, app.table.scroll_offset.y) == (500, 0)


async def test_the_row_that_took_the_place_of_one_that_has_gone() -> None:
    app = TableApp(Source(), ids=numbers(1000))
    async with app.run_test(size=SIZE) as pilot:
        line = await cursor_on(app, 600)
        app.table.set_order(array("q", [each for each in range(1000) if each not in {10, 600, 601}]), 1)
        await settled(pilot)
        assert app.table.cursor_id == 602
        assert app.table.cursor_index == 599
        assert app.table.cursor_index - app.table.scroll_offset.y == line
        app.table.set_order(array("q", range(300)), 2)
        await settled(pilot)
        assert app.table.cursor_id == 299
        assert lead_of(app.lines()[-1]) == 299


async def test_where_the_cursor_is_out_of_view_the_view_keeps_its_top_row() -> None:
    app = TableApp(Source(), ids=numbers(1000))
    async with app.run_test(size=SIZE) as pilot:
        app.table.scroll_to(y=400, animate=False)
        app.table.set_order(array("q", range(100, 1000)), 1)
        await settled(pilot)
        assert lead_of(app.lines()[1]) == 400
        assert app.table.cursor_id == 100


async def test_an_order_of_an_older_generation_is_dropped() -> None:
    app = TableApp(Source())
    async with app.run_test(size=SIZE) as pilot:
        assert app.table.set_order(numbers(10), 5)
        assert not app.table.set_order(numbers(20), 4)
        assert not app.table.set_first_window([1, 2], 50, 5)
        assert app.table.set_order(numbers(30), 5)
        await settled(pilot)
        assert app.table.row_count == 30


async def test_the_first_window_is_shown_before_the_order_is_there() -> None:
    app = TableApp(Source())
    async with app.run_test(size=SIZE) as pilot:
        assert app.table.set_first_window(numbers(60), MILLION, 1)
        await settled(pilot)
        assert [lead_of(line) for line in app.lines()[1:]] == list(range(BODY))
        assert app.table.row_count == MILLION
        await pilot.press("end")
        await settled(pilot)
        assert app.lines()[-1].split() == ["·", "·", "·"]
        assert (app.table.cursor_id, app.table.cursor_index) == (None, MILLION - 1)
        await pilot.press("enter")
        assert not app.table.move_cursor(id=MILLION - 1)
        app.table.set_order(numbers(MILLION - 7), 1)
        await settled(pilot)
        assert app.table.cursor_id == MILLION - 8
        assert lead_of(app.lines()[-1]) == MILLION - 8
        assert app.highlighted() == [0, MILLION - 8]
        assert not any(isinstance(message, RecordTable.RowActivated) for message in app.said)


async def test_loading_then_empty_then_rows() -> None:
    app = TableApp(Source())
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert [line.strip() for line in app.lines()[1:] if line.strip()] == ["Loading…"]
        await pilot.press("down", "pagedown", "end", "enter")
        app.table.set_order([], 1)
        await settled(pilot)
        assert [line.strip() for line in app.lines()[1:] if line.strip()] == ["Nobody here."]
        assert app.table.cursor_index is app.table.cursor_id is None
        app.table.empty_message = "Nobody \x1b[31m[/b] at all.\nEsc clears the search."
        await settled(pilot)
        assert [line.strip() for line in app.lines()[BODY // 2 : BODY // 2 + 2]] == [
            "Nobody [/b] at all.",
            "Esc clears the search.",
        ]
        app.table.set_order([4], 2)
        await settled(pilot)
        assert lead_of(app.lines()[1]) == 4
        assert app.said[0].__class__ is RecordTable.RowHighlighted


# Rows change


async def test_refreshed_rows_in_view_are_read_at_once_and_others_when_they_come_into_view() -> None:
    words = {"all": "old"}
    source = Source(lambda row_id: (Cell(f"{words['all']} {row_id}"), Cell(""), Cell("")))
    app = TableApp(source, ids=numbers(1000))
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        words["all"] = "new"
        app.table.refresh_rows([3, 25, 900])
        await settled(pilot)
        assert [line.split()[0] for line in app.lines()[1:6]] == ["old", "old", "old", "new", "old"]
        assert set(source.readings[-1]) == {3, 25}
        await pilot.press("pagedown")
        await settled(pilot)
        shown = {line.split()[1]: line.split()[0] for line in app.lines()[1:]}
        assert shown["25"] == "new"
        assert shown["24"] == "old"


async def test_refetch_shows_the_old_until_the_new_is_there() -> None:
    words = {"all": "old"}
    source = Source(lambda row_id: (Cell(f"{words['all']} {row_id}"), Cell(""), Cell("")))
    app = TableApp(source, ids=numbers(1000))
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        words["all"] = "new"
        source.open.clear()
        app.table.refetch()
        await pilot.pause()
        assert {line.split()[0] for line in app.lines()[1:]} == {"old"}
        source.open.set()
        await settled(pilot)
        assert {line.split()[0] for line in app.lines()[1:]} == {"new"}


async def test_a_refreshed_row_is_tinted() -> None:
    app = TableApp(Source(), ids=numbers(10), flash_seconds=3600)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        app.table.refresh_rows([3])
        await settled(pilot)
        flash, pane = (Color.parse(app.theme_variables[name]).hex for name in ("flash", "pane"))
        assert [backgrounds(app, line) for line in (3, 4, 5)] == [{pane}, {flash}, {pane}]


async def test_the_tint_goes_by_itself_and_can_be_left_out() -> None:
    app = TableApp(Source(), ids=numbers(10), flash_seconds=0.001)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        pane = {Color.parse(app.theme_variables["pane"]).hex}
        app.table.refresh_rows([3])
        await settled(pilot)
        for _ in range(100):
            if backgrounds(app, 4) == pane:
                break
            await pilot.pause(0.01)
        assert backgrounds(app, 4) == pane
        app.table.refresh_rows([4], flash=False)
        await settled(pilot)
        assert backgrounds(app, 5) == pane


async def test_a_row_that_is_gone_is_said_to_be_until_the_next_order() -> None:
    source = Source()
    source.gone = {2}
    app = TableApp(source, ids=numbers(5))
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert app.lines()[3].strip() == "removed"
        source.gone = set()
        app.table.set_order(numbers(5), 1)
        await settled(pilot)
        assert lead_of(app.lines()[3]) == 2


async def test_a_reading_that_fails_is_said_and_can_be_tried_again() -> None:
    source = Source()
    source.failing = True
    app = TableApp(source, ids=numbers(5))
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        failures = [message for message in app.said if isinstance(message, RecordTable.FetchFailed)]
        assert [str(message.error) for message in failures] == ["The store is away. Try again."]
        assert all(isinstance(message.error, LeadtuiError) for message in failures)
        assert app.lines()[1].split() == ["·", "·", "·"]
        source.failing = False
        app.table.refetch()
        await settled(pilot)
        assert lead_of(app.lines()[1]) == 0


async def test_new_columns_forget_the_cells_of_the_old_ones() -> None:
    columns: dict[str, Sequence[Column]] = {"now": COLUMNS}

    def make(row_id: int) -> list[Cell]:
        return [Cell(f"{column.key}{row_id}") for column in columns["now"]]

    app = TableApp(Source(make), ids=numbers(5))
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert app.lines()[1].split() == ["name0", "phone0", "status0"]
        columns["now"] = app.table.columns = (Column("city", "City", 10, 5, 0), COLUMNS[0])
        await settled(pilot)
        assert app.lines()[0].split() == ["City", "Name"]
        assert app.lines()[1].split() == ["city0", "name0"]


async def test_a_row_with_too_few_or_too_many_cells_does_no_harm() -> None:
    app = TableApp(Source(lambda row_id: cells_of(row_id)[:row_id] if row_id < 3 else cells_of(row_id) * 2))
    async with app.run_test(size=SIZE) as pilot:
        app.table.set_order(numbers(4))
        await settled(pilot)
        assert [line.split() for line in app.lines()[1:5]] == [
            [],
            ["Lead", "1"],
            ["Lead", "2", "09120000002"],
            ["Lead", "3", "09120000003", "◐", "Follow-up"],
        ]


# The mouse, and the size of the screen


async def test_a_click_selects_a_second_one_activates() -> None:
    app = TableApp(Source(), ids=numbers(100))
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        app.said.clear()
        await pilot.click(RecordTable, offset=(20, 4))
        assert [type(message) for message in app.said] == [RecordTable.RowHighlighted]
        assert app.table.cursor_id == 3
        await pilot.double_click(RecordTable, offset=(20, 6))
        await pilot.press("enter")
        await settled(pilot)
        activated = [message for message in app.said if isinstance(message, RecordTable.RowActivated)]
        assert [(message.row_id, message.index) for message in activated] == [(5, 5), (5, 5)]


async def test_a_click_on_the_row_under_the_cursor_is_said_again() -> None:
    app = TableApp(Source(), ids=numbers(100))
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.click(RecordTable, offset=(20, 1))
        await settled(pilot)
        assert app.highlighted() == [0, 0]


async def test_a_click_below_the_last_row_changes_nothing() -> None:
    app = TableApp(Source(), ids=numbers(3))
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.click(RecordTable, offset=(20, 15))
        assert app.table.cursor_id == 0
        assert app.highlighted() == [0]


async def test_a_click_on_a_head_asks_for_its_order() -> None:
    app = TableApp(Source(), ids=numbers(100))
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        head = app.lines()[0]
        app.said.clear()
        for title in ("Name", "Phone", "Status"):
            await pilot.click(RecordTable, offset=(head.index(title) + 1, 0))
        await pilot.click(RecordTable, offset=(0, 0))
        await settled(pilot)
        clicked = [message for message in app.said if isinstance(message, RecordTable.HeaderClicked)]
        assert [message.column for message in clicked] == ["name", "phone"]
        assert all(message.control is app.table for message in clicked)
        assert len(app.said) == 2


async def test_the_wheel_moves_the_view_and_not_the_cursor() -> None:
    app = TableApp(Source(), ids=numbers(MILLION))
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        wheel = events.MouseScrollDown(app.table, 5, 5, 0, 0, 0, False, False, False)
        for _ in range(20):
            app.table.post_message(wheel)
            await pilot.pause()
        await settled(pilot)
        top = app.table.scroll_offset.y
        assert top >= 20
        assert lead_of(app.lines()[1]) == top
        assert app.table.cursor_index == 0
        await pilot.press("down")
        assert app.table.cursor_index == 1
        assert app.table.scroll_offset.y == 1


async def test_a_change_of_size_keeps_the_place_and_the_cursor_in_view() -> None:
    app = TableApp(Source(), ids=numbers(MILLION))
    async with app.run_test(size=SIZE) as pilot:
        await cursor_on(app, 500_000)
        top = app.table.scroll_offset.y
        await pilot.resize_terminal(100, 41)
        await settled(pilot)
        assert app.table.scroll_offset.y == top
        await pilot.resize_terminal(40, 11)
        await settled(pilot)
        assert 500_000 in app.table.visible_ids()
        assert lead_of(app.lines()[-1]) == 500_000
        app.table.scroll_to(y=10, animate=False)
        await pilot.resize_terminal(40, 8)
        await settled(pilot)
        assert lead_of(app.lines()[1]) == 10


async def test_a_cursor_set_before_the_first_drawing_is_in_view() -> None:
    app = TableApp(Source())
    app.table.set_order(numbers(MILLION))
    assert app.table.move_cursor(index=123_456)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert 123_456 in app.table.visible_ids()
        assert 123_456 in [lead_of(line) for line in app.lines()[1:]]


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (3, 1), (4, 3), (1, 30), (200, 2)])
async def test_no_size_is_too_small(size: tuple[int, int]) -> None:
    app = TableApp(Source(), ids=numbers(100))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("down", "pagedown", "end", "pageup", "home")
        await settled(pilot)
        assert all(strip.cell_length == size[0] for strip in app.strips())
        assert app.table.cursor_index == 0


async def test_an_order_that_comes_while_the_table_is_hidden_is_there_when_it_is_shown() -> None:
    app = TableApp(Source(), ids=numbers(1000))
    async with app.run_test(size=SIZE) as pilot:
        line = await cursor_on(app, 600)
        await settled(pilot)
        app.table.display = False
        await settled(pilot)
        app.table.refresh_rows([600, 601])
        app.table.set_order(array("q", range(90, 5000)), 1)
        await settled(pilot)
        app.table.display = True
        await settled(pilot)
        assert app.table.cursor_id == 600
        assert lead_of(app.lines()[1 + line]) == 600
        assert len([lead_of(row) for row in app.lines()[1:]]) == BODY


async def test_an_order_may_come_before_the_table_is_in_an_application() -> None:
    table = RecordTable(COLUMNS, Source())
    table.refresh_rows([1])
    assert table.set_order(numbers(10))
    assert table.cursor_id == 0


async def test_what_reads_as_before_is_not_drawn_again() -> None:
    source = Source()
    app = TableApp(source, ids=numbers(1000))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("pagedown", "down")
        await settled(pilot)
        app.table.drawn.clear()
        app.table.refresh_rows(range(1000))
        app.table.set_order(numbers(1000), 1)
        await settled(pilot)
        assert app.table.drawn == []
        # One reads otherwise, one is new in the order.

        def with_another(row_id: int) -> tuple[Cell, ...]:
            return cells_of(row_id if row_id != 25 else 77)

        source.make = with_another
        app.table.refresh_rows(range(1000))
        await settled(pilot)
        assert {lead_of(app.lines()[line]) for line in app.table.drawn} == {77}
        app.table.set_order(numbers(1001), 2)
        await settled(pilot)
        assert len(set(app.table.drawn)) == BODY + 1
