"""Textual's own table with so many rows of ten columns: `python -m tests.bench.programs.stock_table ROWS`."""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.widgets import DataTable

COLUMNS = ("Number", "Name", "City", "Phone", "Entry", "Status", "Owner", "Next", "Grade", "Major")


class StockTable(App[None]):
    """A table in which one chooses rows."""

    def compose(self) -> ComposeResult:
        yield DataTable[str](cursor_type="row")

    def on_mount(self) -> None:
        table = self.query_one(DataTable[str])
        table.add_columns(*COLUMNS)
        for row in range(int(sys.argv[1])):
            table.add_row(
                f"#{row:07}",
                "زهرا احمدی" if row % 2 else "Omid Rezaei",
                "Tehran",
                f"0912{row:07}",
                "2024-09-29",
                "Follow-up",
                "Neda",
                "10:30",
                "bachelor",
                "accounting",
            )


if __name__ == "__main__":
    StockTable().run()
