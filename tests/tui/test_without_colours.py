"""Without colours the cursor of every list, the reminder and the chosen part can still be told apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk_driving import Driver, driven
from desk_story import ENGLISH, make_story, open_story

from leadtui.services.leads import add_note
from leadtui.services.session import Session


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_story(tmp_path_factory.mktemp("story"), ENGLISH)


@pytest.fixture
def morning(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setenv("NO_COLOR", "1")
    session, clock = open_story(made, tmp_path, ENGLISH)
    clock.move(minutes=4)
    return session


def marked(driver: Driver) -> list[str]:
    """What is turned round or underlined on the screen, by its lines from the top."""
    return [
        "".join(
            segment.text
            for segment in line
            if segment.style is not None and (segment.style.reverse or segment.style.underline)
        )
        for line in driver.strips()
    ]


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ([], "Mina Sadeghi"),
        (["down"], "Paul Becker"),
        (["f", "down"], "No answer"),
        (["b"], "Mina Sadeghi"),
        (["b", "down"], "Paul Becker"),
        (["ctrl+p"], "Status"),
        (["r", "tab", "tab"], "promised to the customer"),
        (["2"], "overdue 1"),
    ],
)
async def test_the_cursor_can_be_told(morning: Session, keys: list[str], words: str) -> None:
    async with driven(morning) as driver:
        await driver.press(*keys)
        (_line,) = [line for line in marked(driver) if words in line and "overdue promise" not in line]
        assert any("overdue promise" in line for line in marked(driver))
    morning.close()


async def test_a_row_that_a_colleague_changes_flashes(morning: Session) -> None:
    reza = Session.open(morning.store.path, "reza@example.com", morning.now)
    async with driven(morning) as driver:
        driver.app.animation_level = "full"
        table = driver.screen.cartable.table
        table._flash_seconds = 3600  # pyright: ignore[reportPrivateUsage]  # however slow the machine is, it is seen
        line = next(place for place, text in enumerate(driver.lines()) if "Paul Becker" in text)
        paul = table.visible_ids()[1]

        def is_bold() -> bool:
            """Whether the name in the cartable stands out."""
            found = [each for each in driver.strips()[line] if "Paul Becker" in each.text]
            return all(each.style is not None and bool(each.style.bold) for each in found[-1:])

        assert not is_bold()
        add_note(reza, paul, "rang")
        await driver.until(is_bold, "the flash")
    reza.close()
    morning.close()
