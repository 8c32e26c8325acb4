"""What is typed from right to left stands at the right, with the cursor where the next letter will be."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.filter import LineFilter
from textual.strip import Strip

from leadtui.presentation.drawn_text import Drawing
from leadtui.settings import TerminalProfile
from leadtui.tui.direction import DirectionFilter
from leadtui.tui.theme_colours import variables_for
from leadtui.tui.widgets.inputs import LineInput, TextInput

WIDTH = 20


class Inputs(App[None]):
    """A line and a text, each twenty cells wide inside."""

    CSS = f"LineInput, TextInput {{ width: {WIDTH + 2}; padding: 0 1; }} TextInput {{ height: 3; }}"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variables_for(self.current_theme)

    def get_line_filters(self) -> list[LineFilter]:
        return [*super().get_line_filters(), DirectionFilter(Drawing(TerminalProfile.PLAIN))]

    def compose(self) -> ComposeResult:
        yield LineInput("", select_on_focus=False)
        yield TextInput("")


def cursor_in(line: Strip) -> int:
    """The column that is drawn otherwise than the end of the line."""
    styles = [segment.style for segment in line for _letter in segment.text]
    plain = max(set(styles), key=styles.count)
    return next(column for column, style in enumerate(styles) if style != plain)


CASES = [
    pytest.param("سلام", 4, "ﻡﺎﻠﺳ".rjust(WIDTH), WIDTH - 5, id="behind Persian: left of it"),
    pytest.param("سلام", 0, "ﻡﺎﻠﺳ".rjust(WIDTH), WIDTH - 1, id="at its beginning: at the right"),
    pytest.param("سلام", 2, "ﻡﺎﻠﺳ".rjust(WIDTH), WIDTH - 3, id="within"),
    pytest.param("Sara سلام", 9, "Sara ﻡﺎﻠﺳ".ljust(WIDTH), 9, id="begins in Latin"),
    pytest.param("سلام Sara", 5, "Sara ﻡﺎﻠﺳ".rjust(WIDTH), WIDTH - 9, id="Latin within: at its first letter"),
    pytest.param("Sara", 4, "Sara".ljust(WIDTH), 4, id="Latin"),
]


@pytest.mark.parametrize(("text", "place", "shown", "column"), CASES)
async def test_a_line_is_drawn_as_it_is_seen(text: str, place: int, shown: str, column: int) -> None:
    async with Inputs().run_test() as pilot:
        field = pilot.app.query_one(LineInput)
        field.cursor_blink = False
        field.text = text
        field.cursor_position = place
        field.focus()
        await pilot.pause()
        line = field.render_line(0)
        assert line.text[:WIDTH] == shown
        assert cursor_in(line) == column
        assert field.cursor_screen_offset.x - field.content_region.x == column
        await pilot.click(field, offset=(1 + column, 0))
        assert field.cursor_position == place


@pytest.mark.parametrize(("text", "place", "shown", "column"), CASES)
async def test_a_text_is_drawn_as_it_is_seen(text: str, place: int, shown: str, column: int) -> None:
    async with Inputs().run_test() as pilot:
        field = pilot.app.query_one(TextInput)
        field.cursor_blink = False
        field.text = text
        field.focus()
        field.move_cursor((0, place))
        await pilot.pause()
        line = field.render_line(0)
        assert line.text[:WIDTH] == shown
        assert cursor_in(line) == column


async def test_a_long_line_shows_where_the_cursor_is() -> None:
    async with Inputs().run_test() as pilot:
        field = pilot.app.query_one(LineInput)
        field.cursor_blink = False
        field.text = "سلام " * 10
        field.focus()
        for place in (0, 25, len(field.text)):
            field.cursor_position = place
            await pilot.pause()
            assert 0 <= cursor_in(field.render_line(0)) <= WIDTH
