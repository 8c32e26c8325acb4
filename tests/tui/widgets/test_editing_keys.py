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


def text_of(field: LineInput | TextInput) -> str:
    return field.value if isinstance(field, Input) else field.text


@pytest.mark.parametrize("kind", [LineInput, TextInput])
@pytest.mark.parametrize("redo", ["ctrl+y", "ctrl+shift+z"])
@pytest.mark.parametrize(
    "typed",
    [
        ("M", "i", "n", "a", "space", "S", "a"),
        ("M", "i", "n", "a", "backspace", "backspace", "o"),
        ("a", "b", "c", "home", "delete", "X", "end", "ctrl+w"),
        ("“12 Main Street", "!", "ctrl+u"),
        ("a", "b", "shift+left", "shift+left", "“pasted over it"),
        ("م", "ی", "space", "ن", "ا", "left", "left", "backspace"),
    ],
    ids=lambda keys: "".join(key[0] for key in keys),
)
async def test_what_was_typed_is_taken_back_step_by_step_and_done_again(
    kind: type[LineInput | TextInput], redo: str, typed: tuple[str, ...]
) -> None:
    field = kind()
    app = OneField(field)
    async with app.run_test() as pilot:
        stood = [""]
        for key in typed:
            if key.startswith("“"):
                app.post_message(events.Paste(key[1:]))
                await pilot.pause()
            else:
                await pilot.press(key)
            stood.append(text_of(field))
        taken_back = [text_of(field)]
        while True:
            await pilot.press("ctrl+z")
            if text_of(field) == taken_back[-1]:
                break
            taken_back.append(text_of(field))
        assert taken_back[-1] == ""
        assert set(taken_back) <= set(stood)
        for text in taken_back[-2::-1]:
            await pilot.press(redo)
            assert text_of(field) == text
        await pilot.press(redo)
        assert text_of(field) == taken_back[0]


@pytest.mark.parametrize("kind", [LineInput, TextInput])
async def test_what_the_program_has_put_into_a_field_is_not_taken_back(
    kind: type[LineInput | TextInput],
) -> None:
    field = kind()
    async with OneField(field).run_test() as pilot:
        await pilot.press(*"Mina")
        field.text = "Reza"
        await pilot.press("ctrl+z")
        assert text_of(field) == "Reza"
        await pilot.press("X", "ctrl+z", "ctrl+z")
        assert text_of(field) == "Reza"


async def test_a_word_is_a_step_and_the_cursor_stands_where_it_was_taken_back() -> None:
    field = LineInput()
    async with OneField(field).run_test() as pilot:
        await pilot.press(*"Mina", "space", *"Sadeghi")
        await pilot.press("ctrl+z")
        assert field.value == "Mina "
        await pilot.press("home", "X", "ctrl+z")
        assert (field.value, field.cursor_position) == ("Mina ", 0)
        await pilot.press("A", "ctrl+y")
        assert field.value == "AMina "
