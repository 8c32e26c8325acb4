"""How every screen looks, at three sizes, dark and light, with English and with Persian customers.

Look at what changed in the report that a failing run writes, and take it over with `uv run pytest --snapshot-update
tests/tui/test_snapshots.py` once it is as it should be.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from desk_driving import DrivenApp, Driver, PhotographedApp, make_app, settled, stilled
from desk_making import MovingClock, make_desk
from desk_story import ENGLISH, PERSIAN, Story, make_story, open_story
from textual.pilot import Pilot

from leadtui.services.templates import list_templates
from leadtui.settings import Settings
from leadtui.tui.first_run import FirstRunApp

SnapCompare = Callable[..., bool]

SIZES = ((80, 24), (120, 40), (160, 50))
STORIES = {"en": ENGLISH, "fa": PERSIAN}


@dataclass(frozen=True, slots=True)
class Look:
    """One way of looking at a screen."""

    size: tuple[int, int]
    theme: str
    language: str

    @property
    def name(self) -> str:
        return f"{self.size[0]}x{self.size[1]}-{self.theme}-{self.language}"


def looks(first_theme: str = "night") -> list[Any]:
    """Each size once, so that both themes and both languages come up."""
    second = {"night": "day", "day": "night"}[first_theme]
    themes, languages = (first_theme, second, first_theme), ("en", "fa", "en")
    if first_theme == "day":
        languages = ("fa", "en", "fa")
    every = [Look(*each) for each in zip(SIZES, themes, languages, strict=True)]
    return [pytest.param(each, id=each.name) for each in every]


ALL_LOOKS = [
    pytest.param(look, id=look.name)
    for look in (
        Look(size, theme, language) for size in SIZES for theme in ("night", "day") for language in STORIES
    )
]
NIGHT_FIRST, DAY_FIRST = looks("night"), looks("day")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Story], Path]:
    """The store of a story, made when it is first wanted."""
    known: dict[str, Path] = {}

    def get(story: Story) -> Path:
        if story.template not in known:
            known[story.template] = make_story(tmp_path_factory.mktemp("story"), story)
        return known[story.template]

    return get


class Photographer:
    """Opens the program on a story, does what a test says, and compares the picture with the kept one."""

    def __init__(self, compare: SnapCompare, made: Callable[[Story], Path], folder: Path) -> None:
        self._compare = compare
        self._made = made
        self._folder = folder
        self._apps: list[DrivenApp] = []

    def __call__(
        self, look: Look, *steps: str, later: float = 0, story: bool = True, width: int = 0, height: int = 0
    ) -> bool:
        """Whether it looks as it did, `later` minutes after the morning of the story, after these steps.

        A step is a key, or `“text` to type.
        """
        if story:
            desk, clock = open_story(self._made(STORIES[look.language]), self._folder, STORIES[look.language])
            clock.move(minutes=later)
        else:
            template = STORIES[look.language].template
            desk = make_desk(self._folder, template, MovingClock(STORIES[look.language].morning))
        app = make_app(desk, Settings(theme=f"leadtui-{look.theme}"))
        self._apps.append(app)

        async def act(pilot: Pilot[None]) -> None:
            driver = Driver(app, pilot)
            await driver.settled()
            for step in steps:
                if step.startswith("“"):
                    await driver.type(step.removeprefix("“"))
                else:
                    await driver.press(step)
            await stilled(pilot)

        size = (width or look.size[0], height or look.size[1])
        return self._compare(app, terminal_size=size, run_before=act)

    def close(self) -> None:
        """Let go of the stores."""
        for app in self._apps:
            app.writer.close()
            app.desk.close()


@pytest.fixture
def photo(
    snap_compare: SnapCompare, made: Callable[[Story], Path], tmp_path: Path
) -> Generator[Photographer]:
    photographer = Photographer(snap_compare, made, tmp_path)
    yield photographer
    photographer.close()


def in_language(look: Look, english: tuple[str, ...], persian: tuple[str, ...]) -> tuple[str, ...]:
    return english if look.language == "en" else persian


@pytest.mark.parametrize("look", ALL_LOOKS)
def test_desk(photo: Photographer, look: Look) -> None:
    assert photo(look)


@pytest.mark.parametrize("look", DAY_FIRST)
def test_all_customers_found_and_filtered(photo: Photographer, look: Look) -> None:
    typed = in_language(look, ("“example.com",), ("“example",))
    assert photo(look, "f", "space", "tab", "space", "ctrl+s", ">", "v", "/", *typed)


@pytest.mark.parametrize("look", NIGHT_FIRST)
def test_all_customers_wide_with_other_columns(photo: Photographer, look: Look) -> None:
    assert photo(look, "tab", "z", "right", "right", "right", "down")


@pytest.mark.parametrize("look", NIGHT_FIRST)
def test_status_dialog(photo: Photographer, look: Look) -> None:
    english = ("5", "“2024-10-05", "enter", "“11", "enter", "enter", "“re", "enter", "right")
    persian = ("2", "“شن", "enter", "right", "enter", "“11", "enter", "“رض", "enter", "right")
    assert photo(look, "s", *in_language(look, english, persian))


@pytest.mark.parametrize("look", DAY_FIRST)
def test_status_dialog_with_what_is_missing(photo: Photographer, look: Look) -> None:
    assert photo(look, "s", *in_language(look, ("5",), ("2",)), "ctrl+s")


@pytest.mark.parametrize("look", DAY_FIRST)
def test_note(photo: Photographer, look: Look) -> None:
    english = "“Rang from the train; wants the offer by e-mail and will talk it over on Friday."
    persian = "“از قطار تماس گرفت؛ پیشنهاد را با ایمیل می\u200cخواهد و جمعه درباره\u200cاش صحبت می\u200cکند."
    assert photo(look, "m", *in_language(look, (english,), (persian,)))


@pytest.mark.parametrize("look", NIGHT_FIRST)
def test_call(photo: Photographer, look: Look) -> None:
    assert photo(look, "c")


@pytest.mark.parametrize("look", DAY_FIRST)
def test_remind(photo: Photographer, look: Look) -> None:
    assert photo(look, "r", *in_language(look, ("“tomorrow 10",), ("“فردا ساعت ۱۰",)), "tab", "tab", "space")


@pytest.mark.parametrize("look", NIGHT_FIRST)
def test_filter(photo: Photographer, look: Look) -> None:
    assert photo(look, "f", "down", "space", "down", "down", "space", "tab", "down", "space")


@pytest.mark.parametrize("look", DAY_FIRST)
def test_help(photo: Photographer, look: Look) -> None:
    assert photo(look, "?")


@pytest.mark.parametrize("look", NIGHT_FIRST)
def test_reminders(photo: Photographer, look: Look) -> None:
    assert photo(look, "b", "down", later=4)


@pytest.mark.parametrize("look", DAY_FIRST)
def test_alert_over_the_desk(photo: Photographer, look: Look) -> None:
    assert photo(look, later=4)


@pytest.mark.parametrize("look", NIGHT_FIRST)
def test_alert_with_the_keyboard(photo: Photographer, look: Look) -> None:
    assert photo(look, "down", "ctrl+r", later=30)


@pytest.mark.parametrize("look", DAY_FIRST)
def test_alert_with_a_moment_typed_over_a_dialog(photo: Photographer, look: Look) -> None:
    assert photo(look, "m", "“half", "ctrl+r", "5", "“tomorrow 10", later=4)


@pytest.mark.parametrize("look", NIGHT_FIRST)
def test_palette(photo: Photographer, look: Look) -> None:
    assert photo(look, "ctrl+p", *in_language(look, ("“re",), ("“۰۹۱",)))


@pytest.mark.parametrize("look", DAY_FIRST)
def test_nobody_yet(photo: Photographer, look: Look) -> None:
    assert photo(look, story=False)


@pytest.mark.parametrize(
    ("look", "size"),
    [
        pytest.param(look.values[0], size, id=f"{size[0]}x{size[1]}-{look.values[0].theme}")
        for look, size in zip(NIGHT_FIRST, ((79, 24), (160, 23), (30, 8)), strict=True)
    ],
)
def test_too_small(photo: Photographer, look: Look, size: tuple[int, int]) -> None:
    assert photo(look, width=size[0], height=size[1])


class PhotographedFirstRun(PhotographedApp, FirstRunApp):
    """The questions of the first time."""


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_first_run(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    app = PhotographedFirstRun(list_templates(), "ندا کریمی", "leadtui.db")

    async def act(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await pilot.press("enter", "down", "enter", "down")
        await stilled(pilot)

    assert snap_compare(app, terminal_size=size, run_before=act)


SETTINGS_LOOKS = [
    pytest.param(look, id=look.name) for look in (Look((80, 24), "night", "en"), Look((140, 36), "day", "fa"))
]


@pytest.mark.parametrize("tab", ["statuses", "fields", "colleagues", "profiles"])
@pytest.mark.parametrize("look", SETTINGS_LOOKS)
def test_settings(photo: Photographer, look: Look, tab: str) -> None:
    key = {"statuses": "1", "fields": "2", "colleagues": "5", "profiles": "6"}[tab]
    assert photo(look, "f2", key, "down")
