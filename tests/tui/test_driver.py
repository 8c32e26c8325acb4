"""Whatever is written to the terminal goes through what keeps columns in their places."""

from __future__ import annotations

from textual.drivers.headless_driver import HeadlessDriver

from leadtui.presentation.terminal_columns import with_columns
from leadtui.tui.app import keeping_columns


def test_a_driver_writes_so() -> None:
    written: list[str] = []

    class Written(HeadlessDriver):
        def write(self, data: str) -> None:
            written.append(data)

    driver = keeping_columns(Written)
    driver.write(object.__new__(driver), "राम ")
    assert written == [with_columns("राम ")]
    assert issubclass(driver, Written)
