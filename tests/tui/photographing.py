"""Takes pictures of the program on a story, and compares each with the one that is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from desk_driving import DrivenApp, Driver, make_app, stilled
from desk_story import ENGLISH, PERSIAN, Story, open_story
from session_making import MovingClock, make_session
from textual.pilot import Pilot

from leadtui.settings import Settings

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
            session, clock = open_story(
                self._made(STORIES[look.language]), self._folder, STORIES[look.language]
            )
            clock.move(minutes=later)
        else:
            template = STORIES[look.language].template
            session = make_session(self._folder, template, MovingClock(STORIES[look.language].morning))
        app = make_app(session, Settings(theme=f"leadtui-{look.theme}"))
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
            app.session.close()


def in_language(look: Look, english: tuple[str, ...], persian: tuple[str, ...]) -> tuple[str, ...]:
    return english if look.language == "en" else persian
