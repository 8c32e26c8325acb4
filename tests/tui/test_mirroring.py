"""In Persian everything stands the other way round: places, lines, keys and what the pointer hits."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from desk_driving import Driver, driven
from desk_story import PERSIAN, Story, open_story
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Input, TextArea

from leadtui.domain.difference import Difference, Side
from leadtui.language import translate
from leadtui.language.bidi import without_isolates
from leadtui.language.shaping import shape
from leadtui.language.text import cell_width
from leadtui.services.session import Session
from leadtui.settings import Settings, TerminalProfile
from leadtui.tui.screens.audit import AuditScreen
from leadtui.tui.screens.settings.screen import SettingsScreen, TabLine
from leadtui.tui.widgets.inputs import LineInput, TextInput
from leadtui.tui.widgets.lead_panel import LeadPanel
from leadtui.tui.widgets.option_row import OptionRow
from leadtui.tui.widgets.person_editor import Candidates, PersonEditor, PersonLine
from leadtui.tui.widgets.record_table import RecordTable
from leadtui.tui.widgets.side_by_side import SideBySide

WIDE, NARROW = (140, 40), (80, 24)


@pytest.fixture
def session(made: Callable[[Story], Path], tmp_path: Path) -> Generator[Session]:
    """The Persian desk on its morning."""
    opened, _clock = open_story(made(PERSIAN), tmp_path, PERSIAN)
    yield opened
    opened.close()


@asynccontextmanager
async def in_english(driver: Driver) -> AsyncGenerator[None]:
    """The same screen as the language of the running program becomes English, and back."""
    translate.use("en")
    driver.app.draw_anew()
    await driver.settled()
    yield
    translate.use("fa")
    driver.app.draw_anew()
    await driver.settled()


# Tables


def places_of(driver: Driver, table: RecordTable) -> list[int]:
    """The cells at which the heads of a table's columns stand, in the order of the columns."""
    area = table.content_region
    head = driver.strips()[area.y].crop(area.x, area.right).text
    return [head.index(column.title[:3]) for column in table.shown_columns]


async def test_columns_stand_from_the_right(session: Session) -> None:
    async with driven(session, size=WIDE) as driver:
        for table in (driver.screen.customers.table, driver.screen.cartable.table):
            there = places_of(driver, table)
            assert there == sorted(there, reverse=True)
        desk = driver.screen
        assert desk.customers.region.x > desk.cartable.region.right
        async with in_english(driver):
            for table in (desk.customers.table, desk.cartable.table):
                there = places_of(driver, table)
                assert there == sorted(there)
            assert desk.cartable.region.x > desk.customers.region.right


async def test_a_click_sorts_by_the_column_under_the_pointer(session: Session) -> None:
    async with driven(session, size=WIDE) as driver:
        table = driver.screen.customers.table
        asked: list[str] = []
        for column, x in zip(table.shown_columns, places_of(driver, table), strict=True):
            if column.sortable:
                area = table.content_region
                await driver.pilot.click(offset=(area.x + x, area.y))
                await driver.settled()
                asked.append(column.key)
                assert table.sort is not None
                assert table.sort[0] == column.key
        assert len(asked) > 2


async def test_a_chosen_row_has_its_mark_at_the_right_of_its_first_column(session: Session) -> None:
    async with driven(session, size=WIDE) as driver:
        await driver.press("tab", "space")
        table = driver.screen.current_table
        line = table.render_line(1).text.rstrip()
        assert line.endswith("▐")
        assert len(line) >= table.size.width - 2


async def test_left_brings_the_next_columns_into_view(session: Session) -> None:
    async with driven(session, size=NARROW) as driver:
        if driver.screen.on_cartable_side:
            await driver.press("tab")
        table = driver.screen.customers.table
        first = table.shown_columns
        await driver.press("left", "left", "left")
        assert table.shown_columns != first
        await driver.press("right", "right", "right")
        assert table.shown_columns == first


async def test_what_is_marked_with_the_mouse_is_what_is_seen(session: Session) -> None:
    async with driven(session, size=WIDE) as driver:
        lines = driver.lines()
        panel = driver.screen.query_one(LeadPanel).region
        address = next(found for each in lines[panel.y :] if (found := re.search(r"\S+@\S+", each)))
        y, name = lines.index(address.string), driver.open_name
        heading = next(each for each in lines[panel.y :] if name in each)
        for words, line, row in (
            (address[0], address.string, y),
            (name, heading, lines.index(heading)),
        ):
            left = cell_width(line[: line.index(words)])
            right = left + cell_width(words) - 1
            for start, end in ((left, right), (right, left)):
                await driver.pilot.mouse_down(offset=(start, row))
                await driver.pilot.hover(offset=(end, row))
                await driver.pilot.mouse_up(offset=(end, row))
                await driver.settled()
                assert without_isolates(driver.app.screen.get_selected_text() or "").strip() == words


async def test_a_click_on_a_key_does_what_the_key_does(session: Session) -> None:
    async with driven(session, size=WIDE) as driver:
        for words, opened in (("یادداشت", TextInput), ("یادآوری", LineInput)):
            await driver.click_words(words, line=-1)
            assert isinstance(driver.app.focused, opened)
            await driver.press("escape")


async def test_what_is_typed_into_the_palette_stands_at_the_right(session: Session) -> None:
    async with driven(session, size=NARROW, settings=Settings(direction=TerminalProfile.PLAIN)) as driver:
        await driver.press("ctrl+p")
        await driver.type("علی")
        line = driver.app.focused
        assert isinstance(line, LineInput)
        shown = line.render_line(0).text
        assert shown.rstrip().endswith(shape("علی")[::-1])
        assert line.cursor_screen_offset.x == line.region.right - 4
        await driver.press("enter")
        assert driver.app.screen is driver.screen


@pytest.mark.parametrize("titles_above", [False, True])
async def test_values_beside_each_other_stay_on_their_sides(session: Session, titles_above: bool) -> None:
    mine, theirs = "m" * 60 + "@example.com", "t" * 60 + "@example.com"
    async with driven(session, size=NARROW) as driver:
        both = SideBySide(
            [Difference("email", "ایمیل", mine, theirs)], ("I", "They"), titles_above=titles_above
        )
        await driver.screen.mount(both)
        both.focus()
        await driver.settled()
        line = next(each for each in driver.lines() if "mmm" in each)
        assert line.index("ttt") < line.index("mmm")
        for words, side in (("ttt", Side.LOST), ("mmm", Side.KEPT)):
            await driver.click_words(words)
            assert both.chosen == {"email": side}


async def test_arrows_lead_from_a_name_to_those_that_it_can_mean(session: Session) -> None:
    people = session.definitions.active_colleagues
    async with driven(session, size=WIDE) as driver:
        editor = PersonEditor(people, {}, session.actor, "fa")
        await driver.screen.mount(editor)
        line, candidates = editor.query_one(PersonLine), editor.query_one(Candidates)
        line.focus()
        await driver.press("left", "left")
        assert candidates.pointed == 1
        await driver.press("right")
        assert candidates.pointed == 0
        line.text = "e"  # Latin: its end is at the right, where nobody stands
        await driver.press("left")
        assert (line.cursor_position, candidates.pointed) == (0, 0)
        await driver.press("left")
        assert candidates.pointed == 1


# Tabs, options, keys


async def test_the_first_tab_stands_at_the_right_and_left_goes_on(session: Session) -> None:
    async with driven(session, size=WIDE) as driver:
        await driver.press("f2")
        screen = driver.app.screen
        assert isinstance(screen, SettingsScreen)
        assert screen.at == 0
        await driver.press("left")
        assert screen.at == 1
        await driver.press("right")
        assert screen.at == 0
        line = screen.query_one(TabLine)
        await driver.click(TabLine, (line.size.width - 3, 0))
        assert screen.at == 0
        words = driver.lines()[line.region.y]
        await driver.click(TabLine, (len(words) - len(words.lstrip()) + 1 - line.region.x, 0))
        assert isinstance(driver.app.screen, AuditScreen)


async def test_options_are_chosen_as_they_are_seen(session: Session) -> None:
    async with driven(session, size=WIDE) as driver:
        await driver.press("f2", "tab")
        row = next(
            each for each in driver.app.screen.query(OptionRow) if len(each.choices) > 2 and each.region
        )
        row.scroll_visible(animate=False)
        row.focus()
        await driver.settled()
        row.text = row.choices[0].text
        await driver.press("left")
        assert row.text == row.choices[1].text
        await driver.press("right")
        assert row.text == row.choices[0].text
        for choice in (row.choices[2], row.choices[1]):
            area = row.region
            lines = enumerate(driver.lines()[area.y : area.bottom], area.y)
            x, y = next((line.index(choice.label), y) for y, line in lines if choice.label in line)
            await driver.pilot.click(offset=(x, y))
            await driver.settled()
            assert row.text == choice.text


FORMS = {
    "a": "new customer",
    "e": "edit",
    "s 3": "status",
    "f": "filter",
    "f2": "settings",
    "f2 1": "statuses",
}
"""Keys that open what has several fields in a row, or parts beside each other."""


@pytest.mark.parametrize("keys", FORMS, ids=FORMS.values())
async def test_tab_goes_through_the_fields_as_it_does_in_english(session: Session, keys: str) -> None:
    async with driven(session, size=WIDE) as driver:
        await driver.press(*keys.split())
        here = [(type(each), each.id) for each in driver.app.screen.focus_chain]
        assert len(here) > 1
        async with in_english(driver):
            assert [(type(each), each.id) for each in driver.app.screen.focus_chain] == here


async def test_arrows_are_shown_as_they_are_pressed(session: Session) -> None:
    async with driven(session, size=WIDE) as driver:
        await driver.app.run_named("my-day")
        await driver.settled()
        assert driver.shows("روز بعد ←"), driver.text()
        assert driver.shows("→ روز قبل") or driver.shows("روز قبل →"), driver.text()
        await driver.press("right")
        assert driver.shows("۶ مهر ۱۴۰۳"), driver.text()


# Every screen


def in_line(widget: Widget) -> tuple[int, int] | None:
    """How many cells of a widget are blank in all its lines, at the left and at the right; None where all are."""
    width = widget.outer_size.width - widget.scrollbar_size_vertical
    lines = widget.render_lines(Region(0, 0, width, widget.outer_size.height))
    words = [line.crop(0, width).text for line in lines if line.text.strip()]
    if not words:
        return None
    return (
        min(len(each) - len(each.lstrip()) for each in words),
        min(len(each) - len(each.rstrip()) for each in words),
    )


def looked_at(driver: Driver) -> dict[Widget, tuple[Region, Region, tuple[int, int] | None]]:
    """Of what is on the screen on top: where it stands, in what, and where its words begin and end."""
    found: dict[Widget, tuple[Region, Region, tuple[int, int] | None]] = {}
    for widget in driver.app.screen.walk_children(Widget):
        parent = widget.parent
        if widget.is_on_screen and isinstance(parent, Widget) and parent.region.size:
            inside = parent.scrollable_content_region
            typed = isinstance(widget, Input | TextArea | RecordTable) or widget.children
            found[widget] = (widget.region, inside, None if typed else in_line(widget))
    return found


SCREENS: tuple[tuple[str, ...], ...] = (
    (), ("s",), ("s", "2"), ("e",), ("m",), ("c",), ("r",), ("d",), ("f",), ("w",), ("b",), ("p",), ("?",),
    ("ctrl+p",), ("t",), ("f2",), ("f2", "left"), ("f2", "left", "left", "left", "left"), ("o",), ("x",), ("delete",),
)  # fmt: skip


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("keys", SCREENS, ids="-".join)
async def test_the_right_is_used_as_the_left_is_in_english(
    session: Session, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    async with driven(session, size=size) as driver:
        for key in keys:
            await driver.press("question_mark" if key == "?" else key)
        from_the_right = looked_at(driver)
        async with in_english(driver):
            from_the_left = looked_at(driver)
        compared = 0
        for widget, (place, inside, words) in from_the_left.items():
            if widget not in from_the_right or widget.styles.overlay == "screen":
                continue
            mirrored, around, mirrored_words = from_the_right[widget]
            if (place.width, inside) != (mirrored.width, around):
                continue  # as wide as its words, which are others
            assert mirrored.x - around.x == inside.right - place.right, widget
            if words is not None and mirrored_words is not None and min(words) < 3 and place == mirrored:
                assert mirrored_words[1] == words[0], (widget, words, mirrored_words)
            compared += 1
        assert compared
