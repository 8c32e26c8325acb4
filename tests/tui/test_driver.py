"""Whatever is written to the terminal goes through what keeps columns in their places."""

from __future__ import annotations

import pytest
from textual.drivers.headless_driver import HeadlessDriver

from leadtui.presentation.drawn_text import Drawing
from leadtui.presentation.terminal_columns import with_columns, with_marks
from leadtui.settings import Profile
from leadtui.tui.terminal_driver import terminal_driver


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (Profile.PLAIN, with_columns("राम ﺎﻤﻫ ")),
        (Profile.MARKS, with_columns(with_marks("राम ﺎﻤﻫ "))),
    ],
)
def test_a_driver_writes_so(profile: Profile, expected: str) -> None:
    written: list[str] = []

    class Written(HeadlessDriver):
        def write(self, data: str) -> None:
            written.append(data)

    driver = terminal_driver(Written, Drawing(profile), asks=True)
    driver.write(object.__new__(driver), "राम ﺎﻤﻫ ")
    assert written == [expected]
    assert issubclass(driver, Written)
