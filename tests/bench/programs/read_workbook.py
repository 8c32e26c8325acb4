"""Reads a workbook and does nothing with it: `python -m tests.bench.programs.read_workbook FILE`."""

from __future__ import annotations

import sys
from pathlib import Path

from python_calamine import CalamineWorkbook

if __name__ == "__main__":
    with Path(sys.argv[1]).open("rb") as file:
        CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
