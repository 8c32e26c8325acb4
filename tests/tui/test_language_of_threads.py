"""One program speaks one language, in its screens and in every thread that works for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from leadtui.language import translate
from leadtui.services.session import Session
from leadtui.settings import Settings
from leadtui.tui.app import LeadtuiApp


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = translate.language()
    yield
    translate.use(before)


async def _languages_of_threads(app: LeadtuiApp) -> list[str]:
    """The language of the screens' tasks, of a reading thread and of the writing thread."""
    heard: list[str] = []
    worker = app.run_worker(lambda: heard.append(translate.language()), thread=True, group="test")
    await worker.wait()
    written = await app.writer.run(translate.language)
    return [translate.language(), *heard, written]


async def test_every_thread_of_a_program_speaks_its_language(session: Session) -> None:
    translate.use("fa")
    app = LeadtuiApp(session, Settings())
    async with app.run_test():
        assert await _languages_of_threads(app) == ["fa", "fa", "fa"]
        translate.use("ar")
        assert await _languages_of_threads(app) == ["ar", "ar", "ar"]
