"""What the tests of the screens share: somebody who takes pictures, and two people at one store."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from desk_story import Story, make_story
from parsing_once import parse_once
from photographing import Photographer, SnapCompare
from session_making import MovingClock, Office, hire
from stillness import wait_by_stillness

from leadtui.services.session import Session

wait_by_stillness()
parse_once()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Story], Path]:
    """The store of a story, made when it is first wanted."""
    known: dict[str, Path] = {}

    def get(story: Story) -> Path:
        if story.template not in known:
            known[story.template] = make_story(tmp_path_factory.mktemp("story"), story)
        return known[story.template]

    return get


@pytest.fixture
def photo(
    snap_compare: SnapCompare, made: Callable[[Story], Path], tmp_path: Path
) -> Generator[Photographer]:
    photographer = Photographer(snap_compare, made, tmp_path)
    yield photographer
    photographer.close()


@pytest.fixture
def office(session: Session, clock: MovingClock) -> Generator[Office]:
    """Neda's desk and Sara's."""
    sara = hire(session, "Sara Amini", "sara@example.com", clock)
    session.reload_definitions()
    yield Office(session, sara, clock)
    sara.close()
