"""Keys that come faster than they are dealt with: each does its work before the letters behind it."""

from __future__ import annotations

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Input, TextArea

from leadtui.tui.theme_colours import variables_for
from leadtui.tui.widgets.inputs import LineInput, TextInput


class OneField(App[None]):
    """Shows a single field."""

    def __init__(self, field: Input | TextArea) -> None:
        super().__init__()
        self.field = field

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colours that the fields name."""
        return variables_for(self.current_theme)

    def compose(self) -> ComposeResult:
        """The field."""
        yield self.field


@pytest.mark.parametrize("kind", [LineInput, TextInput])
async def test_letters_typed_behind_an_editing_key_stay_behind_it(
    kind: type[LineInput | TextInput],
) -> None:
    field = kind()
    app = OneField(field)
    async with app.run_test() as pilot:
        typed = [
            "o",
            "l",
            "d",
            "ctrl+u",
            "l",
            "i",
            "home",
            "A",
            "end",
            "a",
            "left",
            "ctrl+w",
            "X",
            "delete",
            "Y",
        ]
        for key in typed:
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await pilot.pause()
        await pilot.pause()
        assert (field.value if isinstance(field, Input) else field.text) == "XY"


async def test_no_line_of_what_is_pasted_is_lost() -> None:
    field = LineInput()
    app = OneField(field)
    async with app.run_test() as pilot:
        app.post_message(events.Paste("12 Main Street\nBoston\n"))
        await pilot.pause()
        assert field.text == "12 Main Street Boston"


@pytest.mark.parametrize("kind", [LineInput, TextInput])
async def test_copying_where_nothing_is_marked_leaves_what_is_typed(
    kind: type[LineInput | TextInput],
) -> None:
    field = kind()
    async with OneField(field).run_test() as pilot:
        await pilot.press("a", "ctrl+c", "b")
        assert (field.value if isinstance(field, Input) else field.text) == "ab"
