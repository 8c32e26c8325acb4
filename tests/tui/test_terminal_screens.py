"""What terminals get of the main screens, and what a person sees of it there, in three languages.

The files beside it have each screen as it is read and as it is seen, and what a terminal is sent otherwise. Look at what
changed in them after `uv run pytest --snapshot-update tests/tui/test_terminal_screens.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pytest
from desk_driving import Driver, driven, stilled
from seen_screen import MARK, draw_for, received, sent, shown
from session_making import MovingClock
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from turning_words import Sign

from leadtui.demo.building import TEMPLATES, build_demo
from leadtui.domain.view import View
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.terminal_kind import STOPS_TURNING
from leadtui.services.lead_list import LeadList
from leadtui.services.leads import open_lead
from leadtui.services.session import Session
from leadtui.settings import Settings, TerminalProfile

SIZE = (120, 30)

NAMES = {"en": "Mina Sadeghi (مینا)", "fa": "مینا صادقی (Mina)", "ar": "محمد الشامي (Mo)"}

SCREENS: Mapping[str, tuple[Sequence[str], int]] = {
    "desk": ((), 0),
    "status over the desk": (("s", "3"), 2),
    "call": (("c",), 1),
    "customer form": (("e", "“", "tab"), 2),
    "reminders": (("b",), 1),
    "board": (("f12",), 1),
    "settings": (("f2", "1"), 1),
    "help": (("question_mark",), 1),
}
"""Keys by which one comes to a screen, “ for a name that is typed, and how often Escape leaves it."""

NUMBER = re.compile(r"(?<![0-9-])(?![0-9]{4}-[0-9]{2}-[0-9]{2})\+?[0-9(](?: ?[0-9()-]){7,}")
"""No date."""


class ScreenFile(SingleFileSnapshotExtension):
    """A screen as text."""

    _write_mode = WriteMode.TEXT
    _file_extension = "txt"


@pytest.fixture
def kept(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(ScreenFile)


LANGUAGES = [
    pytest.param(each, marks=() if each == "fa" else pytest.mark.proof, id=each) for each in TEMPLATES
]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_all_terminals_show(
    tmp_path: Path, clock: MovingClock, kept: SnapshotAssertion, language: str
) -> None:
    """A number that is seen is one of those that are stored, whatever the terminal does with lines."""
    session = build_demo(tmp_path / "demo.db", language, 25, clock)
    numbers = set(_stored(session))
    async with driven(session, size=SIZE, settings=Settings(direction=TerminalProfile.PLAIN)) as driver:
        for name, (keys, escapes) in SCREENS.items():
            for key in keys:
                await (driver.type(NAMES[language]) if key == "“" else driver.press(key))
            driver.app.clear_notifications()
            text, seen = await _looked_at(driver)
            assert "\n".join(text) == kept(name=name)
            found = {number for line in seen for number in _numbers(line)}
            assert found <= numbers, name
            assert found or name in ("board", "settings", "help")
            await driver.press(*["escape"] * escapes)
            assert driver.app.screen is driver.screen, name
    session.close()


def _stored(session: Session) -> Iterable[str]:
    """The digits of all numbers, as they are rung at home or from abroad."""
    formatter = Formatter(session)
    for lead_id in LeadList(session).order(View()):
        for number in open_lead(session, lead_id).lead.numbers:
            yield from (number.e164, "".join(_numbers(formatter.phone(number.e164))))


def _numbers(line: str) -> Iterable[str]:
    return (re.sub("[^0-9+]", "", found) for found in NUMBER.findall(line))


async def _looked_at(driver: Driver) -> tuple[list[str], list[str]]:
    """The screen as text, with what other terminals are sent in the lines where it differs; and its lines as each shows them."""
    app = driver.app
    text = ["as it is read"]
    plain: list[list[Sign]] = []
    seen: list[str] = []
    for profile in (TerminalProfile.OFF, TerminalProfile.PLAIN):
        draw_for(app, profile)
        await stilled(driver.pilot)
        plain = received(app)
        seen = shown(plain, profile)
        text += [line.rstrip() for line in seen]
        text += ["", "as it is seen, and sent where nothing turns lines"] * (profile is TerminalProfile.OFF)
    sent_plain = sent(app)
    for profile in STOPS_TURNING:
        app.drawing.profile = profile
        assert sent(app) == sent_plain
    for profile in (TerminalProfile.MARKS, TerminalProfile.KITTY):
        app.drawing.profile = profile
        rows = received(app)
        assert shown(rows, profile) == seen, profile
        text += ["", f"sent otherwise as for {profile}"]
        text += [f"{y:2} {_as_sent(row)}" for y, row in enumerate(rows) if row != plain[y]]
    return text, seen


def _as_sent(row: Iterable[Sign]) -> str:
    """With signs for marks, and for where it begins and ends to lean."""
    line = "".join(f"⟨{text}⟩" if leans else text for text, leans in row)
    return line.replace("⟩⟨", "").replace(MARK, "¦").rstrip()
