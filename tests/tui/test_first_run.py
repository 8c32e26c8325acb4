"""The three questions of the first time."""

from __future__ import annotations

import pytest
from desk_driving import keys_of, settled

from leadtui.language.translate import base_language, use
from leadtui.services.templates import list_templates
from leadtui.tui.first_run import LANGUAGES, FirstRunApp


def asking(name: str = "") -> FirstRunApp:
    return FirstRunApp(list_templates(), name, "desk.db")


async def test_three_answers_by_enter() -> None:
    app = asking()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys_of("Neda Karimi"), "enter", "down", "enter")
        await pilot.press("end", "enter")
        await settled(pilot)
    answers = app.return_value
    assert answers is not None
    assert (answers.name, answers.language) == ("Neda Karimi", "fa")
    assert answers.template == list_templates()[-1]


async def test_what_is_suggested_can_be_taken() -> None:
    app = asking("Neda")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+s")
        await settled(pilot)
    answers = app.return_value
    assert answers is not None
    assert (answers.name, answers.language) == ("Neda", "en")
    assert answers.template == list_templates()[0]


@pytest.mark.parametrize("spoken", [*(key for key, _title in LANGUAGES), "fa_IR", "ar-EG"])
async def test_the_language_that_asks_is_suggested(spoken: str) -> None:
    use(spoken)
    app = asking("Neda")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+s")
        await settled(pilot)
    answers = app.return_value
    assert answers is not None
    assert answers.language == base_language(spoken)


async def test_a_name_is_needed() -> None:
    app = asking()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "ctrl+s")
        await settled(pilot)
        assert app.focused is not None
        assert app.focused.id == "name"
        assert "A name is needed" in app.export_screenshot().replace("&#160;", " ")
        await pilot.press("escape")
    assert app.return_value is None
