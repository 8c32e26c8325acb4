"""An application with nothing but a record table, on a source of rows in memory."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import Any

from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot
from textual.strip import Strip
from textual.worker import WorkerCancelled

from leadtui.errors import LeadtuiError
from leadtui.tui.theme_colours import variables_for
from leadtui.tui.theming import load_themes
from leadtui.tui.widgets.record_table import Cell, Column, RecordTable

THEMES = Path(__file__).parents[3] / "themes"

COLUMNS = (
    Column("name", "Name", 16, 8, 0),
    Column("phone", "Phone", 12, 12, 1, align="end"),
    Column("status", "Status", 14, 6, 2, sortable=False),
)


def cells_of(row_id: int) -> tuple[Cell, ...]:
    return (Cell(f"Lead {row_id}"), Cell(f"0912{row_id:07d}"), Cell("Follow-up", "status-amber", "◐"))


class Source:
    """Rows in memory: `gone` are not there any more, `failing` refuses, `open` lets a reading through."""

    def __init__(self, make: Callable[[int], Sequence[Cell]] = cells_of) -> None:
        self.make = make
        self.gone: set[int] = set()
        self.failing = False
        self.open = Event()
        self.open.set()
        self.readings: list[list[int]] = []

    def __call__(self, ids: Sequence[int]) -> Mapping[int, Sequence[Cell]]:
        self.readings.append(list(ids))
        rows = {row_id: self.make(row_id) for row_id in ids if row_id not in self.gone}
        failing = self.failing
        self.open.wait()
        if failing:
            raise LeadtuiError("The store is away. Try again.")
        return rows


class WatchedTable(RecordTable):
    """Notes which lines are drawn."""

    def __init__(self, columns: Sequence[Column], fetch: Source, *, flash_seconds: float) -> None:
        super().__init__(columns, fetch, flash_seconds=flash_seconds, empty_message="Nobody here.")
        self.drawn: list[int] = []

    def render_line(self, y: int) -> Strip:
        self.drawn.append(y)
        return super().render_line(y)


class TableApp(App[None]):
    """The table fills the screen and has the focus."""

    def __init__(
        self,
        source: Source,
        *,
        ids: Sequence[int] | None = None,
        columns: Sequence[Column] = COLUMNS,
        flash_seconds: float = 0,
    ) -> None:
        super().__init__()
        self.said: list[Message] = []
        self.table = WatchedTable(columns, source, flash_seconds=flash_seconds)
        self._first_ids = ids
        for theme in load_themes([THEMES])[0]:
            self.register_theme(theme)
        self.theme = "leadtui-night"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variables_for(self.current_theme)

    def compose(self) -> ComposeResult:
        yield self.table

    def on_mount(self) -> None:
        self.table.focus()
        if self._first_ids is not None:
            self.table.set_order(self._first_ids)

    def on_record_table_row_highlighted(self, message: RecordTable.RowHighlighted) -> None:
        self.said.append(message)

    def on_record_table_row_activated(self, message: RecordTable.RowActivated) -> None:
        self.said.append(message)

    def on_record_table_header_clicked(self, message: RecordTable.HeaderClicked) -> None:
        self.said.append(message)

    def on_record_table_fetch_failed(self, message: RecordTable.FetchFailed) -> None:
        self.said.append(message)

    def lines(self) -> list[str]:
        """What stands on the lines of the table as the screen has them, without the blanks at the end."""
        return [strip.text.rstrip() for strip in self.strips()]

    def strips(self) -> list[Strip]:
        """The lines of the table, through the cache that the screen draws from."""
        return self.table.render_lines(self.table.size.region)

    def highlighted(self) -> list[int]:
        """The rows that were said to be under the cursor."""
        return [message.row_id for message in self.said if isinstance(message, RecordTable.RowHighlighted)]


def numbers(count: int) -> array[int]:
    """An order of the ids from 0 on."""
    return array("q", range(count))


async def settled(pilot: Pilot[None]) -> None:
    """Until nothing is being read and everything read is on the screen."""
    workers: Any = pilot.app.workers
    await pilot.pause()
    while workers:
        with suppress(WorkerCancelled):
            await workers.wait_for_complete()
        await pilot.pause()
    await pilot.pause()
