"""Whatever is written to the terminal goes through what keeps columns in their places."""

from __future__ import annotations

import pytest
from textual.drivers.headless_driver import HeadlessDriver

from leadtui.presentation.drawn_text import Drawing
from leadtui.presentation.terminal_columns import with_columns, with_marks
from leadtui.presentation.terminal_kind import STOPS_TURNING, TURNS_AGAIN
from leadtui.settings import TerminalProfile
from leadtui.tui.terminal_driver import TerminalDriver, terminal_driver


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (TerminalProfile.PLAIN, with_columns("राम ﺎﻤﻫ ")),
        (TerminalProfile.MARKS, with_columns(with_marks("राम ﺎﻤﻫ "))),
    ],
)
def test_a_driver_writes_so(profile: TerminalProfile, expected: str) -> None:
    written: list[str] = []

    class Written(HeadlessDriver):
        def write(self, data: str) -> None:
            written.append(data)

    driver = terminal_driver(Written, Drawing(profile), asks=True)
    driver.write(object.__new__(driver), "राम ﺎﻤﻫ ")
    assert written == [expected]
    assert issubclass(driver, Written)


@pytest.mark.parametrize("profile", STOPS_TURNING)
def test_a_terminal_that_is_told_turns_lines_again_whenever_it_is_given_back(
    profile: TerminalProfile,
) -> None:
    """At the end, after a fault, and while the program is suspended."""
    written: list[str] = []

    class Written(HeadlessDriver):
        def write(self, data: str) -> None:
            written.append(data)

    kind = terminal_driver(Written, Drawing(profile), asks=False)
    driver = object.__new__(kind)
    assert isinstance(driver, TerminalDriver)
    for _time in range(2):
        driver.set_up()
        driver.stop_application_mode()
    assert written == [STOPS_TURNING[profile], TURNS_AGAIN[profile]] * 2


@pytest.mark.parametrize("profile", [each for each in TerminalProfile if each not in STOPS_TURNING])
def test_no_other_terminal_is_told(profile: TerminalProfile) -> None:
    written: list[str] = []

    class Written(HeadlessDriver):
        def write(self, data: str) -> None:
            written.append(data)

    driver = object.__new__(terminal_driver(Written, Drawing(profile), asks=False))
    assert isinstance(driver, TerminalDriver)
    driver.set_up()
    driver.stop_application_mode()
    assert written == []
