"""The questions of the first time."""

from __future__ import annotations

import pytest
from desk_driving import keys_of, settled
from textual.widgets import Input

from leadtui.domain.workspace import Workspace
from leadtui.language.calendar import Calendar
from leadtui.language.translate import base_language, use
from leadtui.services.templates import list_templates
from leadtui.tui.first_run import LANGUAGES, FirstRunApp


@pytest.fixture(autouse=True)
def in_vienna(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine stands there."""
    monkeypatch.setenv("TZ", "Europe/Vienna")


def asking() -> FirstRunApp:
    return FirstRunApp(list_templates(), "desk.db")


async def test_every_answer_by_enter() -> None:
    app = asking()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys_of("Neda Karimi"), "enter", *keys_of("Karimi GmbH"), "enter")
        await pilot.press("end", "ctrl+u", *keys_of("iran"), "enter", "down", "enter")
        await pilot.press("end", "enter")
        await settled(pilot)
    answers = app.return_value
    assert answers is not None
    assert (answers.name, answers.language) == ("Neda Karimi", "fa")
    assert answers.template.statuses == list_templates()[-1].statuses
    assert answers.template.workspace == Workspace(
        0, "Karimi GmbH", "fa", Calendar.JALALI, "IR", "Asia/Tehran", "IRR"
    )


async def test_the_machine_says_the_country_and_nothing_else() -> None:
    app = asking()
    async with app.run_test(size=(80, 24)) as pilot:
        assert [app.query_one(f"#{each}", Input).value for each in ("name", "title", "region")] == [
            *("", "", "Austria"),
        ]
        await pilot.press(*keys_of("Neda"), "enter", *keys_of("Firm"), "ctrl+s")
        await settled(pilot)
    answers = app.return_value
    assert answers is not None
    assert (answers.name, answers.language) == ("Neda", "en")
    there = answers.template.workspace
    assert (there.title, there.region, there.zone, there.currency) == ("Firm", "AT", "Europe/Vienna", "EUR")


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        (("", "Firm", "Austria"), "name", "A name is needed"),
        (("Neda", "", "Austria"), "title", "A name is needed"),
        (("Neda", "Firm", "Atlantis"), "region", "is no country"),
    ],
)
async def test_what_is_missing_is_asked_again(typed: tuple[str, str, str], field: str, sentence: str) -> None:
    app = asking()
    async with app.run_test(size=(80, 24)) as pilot:
        for name, text in zip(("name", "title", "region"), typed, strict=True):
            app.query_one(f"#{name}", Input).value = text
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert app.focused is not None
        assert app.focused.id == field
        assert sentence in app.export_screenshot().replace("&#160;", " ")
        await pilot.press("escape")
    assert app.return_value is None


@pytest.mark.parametrize("spoken", [*(key for key, _title in LANGUAGES), "fa_IR", "ar-EG"])
async def test_the_language_that_asks_is_suggested(spoken: str) -> None:
    use(spoken)
    app = asking()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys_of("Neda"), "enter", *keys_of("Firm"), "ctrl+s")
        await settled(pilot)
    answers = app.return_value
    assert answers is not None
    assert answers.language == base_language(spoken)
