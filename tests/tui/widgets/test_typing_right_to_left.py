"""Typing in scripts of both directions: what is seen, and where the keys and the mouse take the cursor."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from test_editing_keys import OneField
from textual import events
from textual.filter import LineFilter
from textual.pilot import Pilot

from leadtui.language import translate
from leadtui.presentation.drawn_text import Drawing
from leadtui.settings import TerminalProfile
from leadtui.tui.direction import DirectionFilter
from leadtui.tui.widgets.inputs import LineInput, TextInput

Kind = type[LineInput] | type[TextInput]

KINDS = pytest.mark.parametrize("kind", [LineInput, TextInput])


class Turning(OneField):
    """Shows a field as in a terminal that draws one cell after the other."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        """As the program does."""
        return [*super().get_line_filters(), DirectionFilter(Drawing(TerminalProfile.PLAIN))]


async def type_into(pilot: Pilot[None], text: str) -> None:
    for letter in text:
        pilot.app.post_message(events.Key("space" if letter == " " else letter, letter))
    await pilot.pause()
    await pilot.pause()


def rows(field: LineInput | TextInput, at: int = 0, count: int = 1) -> list[str]:
    return [field.render_line(y).text for y in range(at, at + count)]


def cursor(field: LineInput | TextInput) -> tuple[int, int]:
    """The cell of the field that the cursor stands on."""
    x, y = field.cursor_screen_offset
    return x - field.content_region.x, y - field.content_region.y


@KINDS
async def test_persian_begins_at_the_right_and_the_cursor_is_left_of_it(kind: Kind) -> None:
    field = kind()
    async with Turning(field).run_test(size=(22, 5)) as pilot:
        await type_into(pilot, "سلام")
        assert rows(field) == [" " * 16 + "ﻡﺎﻠﺳ"]
        assert cursor(field) == (15, 0)
        await type_into(pilot, " ab")
        assert rows(field) == [" " * 13 + "ab ﻡﺎﻠﺳ"]
        assert cursor(field) == (12, 0)


@KINDS
async def test_arrows_go_by_what_is_seen_and_home_and_end_by_what_is_read(kind: Kind) -> None:
    field = kind()
    async with Turning(field).run_test(size=(22, 5)) as pilot:
        field.text = "سلام abc"
        await pilot.pause()
        passed: list[int] = []
        await pilot.press("end")
        for _letter in range(9):
            passed.append(cursor(field)[0])
            await pilot.press("right")
        assert passed == [*range(11, 20)]
        await pilot.press("home")
        assert cursor(field) == (19, 0)
        await pilot.press("left", "left")
        assert cursor(field) == (17, 0)
        await type_into(pilot, "X")
        assert field.text == "سلXام abc"


@KINDS
async def test_a_letter_is_rubbed_out_with_its_marks_and_what_parts_it(kind: Kind) -> None:
    field = kind()
    async with Turning(field).run_test(size=(30, 5)) as pilot:
        field.text = "خانهٔ می\u200cر"
        await pilot.pause()
        await pilot.press("end")
        left: list[str] = []
        while field.text:
            await pilot.press("backspace")
            left.append(field.text)
        assert left == ["خانهٔ می\u200c", "خانهٔ م", "خانهٔ ", "خانهٔ", "خان", "خا", "خ", ""]
        await pilot.press("ctrl+z")
        field.text = "می\u200cر"
        await pilot.press("home", "delete", "delete")
        assert field.text == "ر"


@KINDS
@pytest.mark.parametrize(
    ("keys", "left"),
    [
        (["end", "ctrl+w"], "سلام خانهٔ "),
        (["end", "ctrl+right", "ctrl+right", "X"], "سلام Xخانهٔ می\u200cروم"),
        (["home", "ctrl+left", "X"], "سلامX خانهٔ می\u200cروم"),
        (["home", "ctrl+shift+left", "ctrl+shift+left", "X"], "X می\u200cروم"),
        (["end", "ctrl+backspace"], "سلام خانهٔ "),
        (["home", "shift+left", "delete"], "لام خانهٔ می\u200cروم"),
        (["home", "shift+left", "shift+left", "left", "X"], "سلXام خانهٔ می\u200cروم"),
        (["home", "shift+left", "shift+left", "right", "X"], "Xسلام خانهٔ می\u200cروم"),
    ],
)
async def test_words_and_selections(kind: Kind, keys: list[str], left: str) -> None:
    field = kind()
    async with Turning(field).run_test(size=(40, 5)) as pilot:
        field.text = "سلام خانهٔ می\u200cروم"
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
        assert field.text == left


@KINDS
async def test_what_is_copied_is_what_is_read(kind: Kind) -> None:
    field = kind()
    async with Turning(field).run_test(size=(40, 5)) as pilot:
        field.text = "سلام (می\u200cروم) 0912"
        await pilot.pause()
        await pilot.press("end" if kind is LineInput else "ctrl+end", "home", "shift+end", "ctrl+c")
        assert pilot.app.clipboard == "سلام (می\u200cروم) 0912"


@KINDS
async def test_the_mouse_finds_the_letter_that_is_seen(kind: Kind) -> None:
    field = kind()
    app = Turning(field)
    async with app.run_test(size=(22, 5)) as pilot:
        field.text = "سلام abc"
        await pilot.pause()
        await pilot.click(offset=(1 + 17, 0))
        await type_into(pilot, "X")
        assert field.text == "سلXام abc"
        await pilot.click(offset=(1, 0))
        await type_into(pilot, "Y")
        assert field.text == "سلXام abcY"
        await pilot.mouse_down(offset=(1 + 19, 0))
        await pilot.hover(offset=(1 + 16, 0))
        await pilot.mouse_up(offset=(1 + 16, 0))
        assert field.selected_text == "سلX"


async def test_a_long_line_is_scrolled_from_the_side_at_which_it_begins() -> None:
    field = LineInput()
    async with Turning(field).run_test(size=(14, 3)) as pilot:
        field.text = "این یک نوشتهٔ بسیار دراز است"
        await pilot.pause()
        await pilot.press("end")
        assert rows(field) == [" ﺖﺳﺍ ﺯﺍﺭﺩ ﺭﺎ"]
        assert cursor(field) == (0, 0)
        await pilot.press("home")
        assert rows(field) == ["ﻪٔﺘﺷﻮﻧ ﮏﯾ ﻦﯾﺍ"]
        assert cursor(field) == (11, 0)
        await pilot.press(*["left"] * 14)
        assert rows(field) == ["ﺴﺑ ﻪٔﺘﺷﻮﻧ ﮏﯾ "]
        assert cursor(field) == (0, 0)


async def test_a_wrapped_text_goes_on_at_the_right_of_the_row_below() -> None:
    field = TextInput()
    async with Turning(field).run_test(size=(14, 8)) as pilot:
        field.text = "این یک نوشتهٔ دراز\nand Latin words"
        await pilot.pause()
        assert rows(field, 0, 4) == ["      ﮏﯾ ﻦﯾﺍ", "  ﺯﺍﺭﺩ ﻪٔﺘﺷﻮﻧ", "and Latin   ", "words       "]
        field.move_cursor((0, 0))
        places: list[tuple[int, int]] = []
        for _letter in range(18):
            places.append(cursor(field))
            await pilot.press("left")
        assert places == [*((x, 0) for x in range(11, 4, -1)), *((x, 1) for x in range(11, 0, -1))]
        await pilot.press(*["right"] * 18)
        assert cursor(field) == places[0]
        await pilot.press("down", "down")
        assert cursor(field)[1] == 2


@pytest.mark.parametrize(
    "text", ["سارا زنگ زد\nand Latin words\nباز هم فارسی", "Latin\nسارا زنگ زد و رفت\n\nend"]
)
@pytest.mark.parametrize(("key", "back"), [("left", "right"), ("right", "left")])
async def test_lines_of_both_directions_are_passed_whole(text: str, key: str, back: str) -> None:
    field = TextInput()
    async with Turning(field).run_test(size=(14, 12)) as pilot:
        field.text = text
        await pilot.pause()
        for _letter in range(len(text) + 1):
            await pilot.press(back)
        places = {field.cursor_location}
        for _letter in range(len(text)):
            await pilot.press(key)
            places.add(field.cursor_location)
        assert len(places) == len(text) + 1
        stops = {field.cursor_location}
        for _word in range(len(text)):
            await pilot.press(f"ctrl+{back}")
            stops.add(field.cursor_location)
        assert {line for line, _column in stops} == {*range(text.count("\n") + 1)}


@KINDS
async def test_an_empty_field_waits_at_the_side_of_the_interface(kind: Kind) -> None:
    translate.use("fa")
    field = kind()
    async with Turning(field).run_test(size=(22, 5)) as pilot:
        assert cursor(field) == (19, 0)
        await type_into(pilot, "0912")
        assert rows(field) == [" " * 15 + "0912 "]
        assert cursor(field) == (19, 0)
        await type_into(pilot, "a")
        assert cursor(field) == (5, 0)


async def test_a_hint_is_drawn_as_the_interface_runs() -> None:
    translate.use("fa")
    field = LineInput(placeholder="نام (کامل)")
    field.offer = ""
    async with Turning(field).run_test(size=(22, 3)) as pilot:
        assert rows(field) == [" " * 10 + "(ﻞﻣﺎﮐ) ﻡﺎﻧ"]
        field.offer = "سارا"
        await pilot.pause()
        assert rows(field) == [" " * 13 + "←  ﺍﺭﺎﺳ"]
        await pilot.press("right")
        assert field.text == ""
        await pilot.press("left")
        assert field.text == "سارا"
