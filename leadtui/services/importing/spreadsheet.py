"""The rows of a workbook, read by a child process into a file that is gone with them."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import IO, cast

from leadtui.errors import Invalid, Unreadable
from leadtui.language.text import safe
from leadtui.language.translate import _, format_list, quoted
from leadtui.services.importing.rows import Row, fitted, is_blank
from leadtui.services.importing.spreadsheet_child import NO_ROOM, seconds_for


@dataclass(frozen=True, slots=True)
class SpreadsheetRows:
    """The rows of one sheet, kept on disk as the child process wrote them; `skip` rows at the top are not data."""

    spool: IO[bytes]
    count: int
    """How many rows there are that are not blank, the skipped ones among them."""
    skip: int = 0
    width: int = 0

    def __iter__(self) -> Iterator[Row]:
        rows = islice(self._written(), self.skip, None)
        for position, (line, cells) in enumerate(rows, start=self.skip + 1):
            yield Row(line, fitted(cells, self.width), position)

    def below(self, skip: int, width: int) -> SpreadsheetRows:
        """The same rows without the first `skip` ones, each `width` cells wide."""
        return replace(self, skip=skip, width=width)

    def _written(self) -> Iterator[tuple[int, list[str]]]:
        """Read what the child wrote; the place is kept here, so that two iterations do not disturb each other."""
        place = 0
        left = self.count
        while left > 0:
            self.spool.seek(place)
            batch = cast("list[tuple[int, list[str]]]", json.loads(self.spool.readline()))
            place = self.spool.tell()
            left -= len(batch)
            for number, cells in batch:
                if not all(map(is_blank, cells)):
                    yield number, cells


@dataclass(frozen=True, slots=True)
class Workbook:
    """What was read of a workbook."""

    rows: SpreadsheetRows
    sheet_name: str
    other_sheets: tuple[str, ...]
    merged: int
    """How many cells have the value of the cell above, with which they are merged."""
    formulas: int
    """How many cells hold a formula whose result the file does not have."""
    formula: str
    """The first of them, "B7"."""


def read_workbook(path: Path, sheet: str = "") -> Workbook:
    """Read a sheet of `path`, else the first that holds anything.

    Raises Invalid where there is no sheet of that name, Unreadable for a damaged, locked or enormous workbook.

    The whole sheet is read before this returns, by a process whose memory and time are bounded: a small workbook can
    be made that would take hundreds of gigabytes to hold.
    """
    try:
        spool = tempfile.TemporaryFile(prefix="leadtui-")  # noqa: SIM115 -- lives as long as the rows do
    except OSError:
        raise _no_room(path) from None
    command = [sys.executable, "-P", "-m", _CHILD, str(path.absolute()), sheet]
    try:
        returncode = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=spool,
            stderr=subprocess.DEVNULL,  # what a crash prints would land on the screen
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            check=False,
            timeout=_SLOWEST * seconds_for(path.stat().st_size),
        ).returncode
    except subprocess.TimeoutExpired:
        spool.close()
        raise _reason(path, "large", "") from None
    summary = _summary(spool)
    if returncode == NO_ROOM:
        spool.close()
        raise _no_room(path)
    if summary is None:
        spool.close()
        # killed by a limit or by running out of memory; or Python itself could not start it
        raise _reason(path, "large" if returncode < 0 else "damaged", "")
    if "error" in summary:
        spool.close()
        if summary["error"] == "sheet":
            raise _no_such_sheet(path, sheet, str(summary["cell"]).split("\n"))
        raise _reason(path, str(summary["error"]), str(summary.get("cell", "")))
    return Workbook(
        rows=SpreadsheetRows(spool, cast("int", summary["rows"])),
        sheet_name=str(summary["sheet"]),
        other_sheets=tuple(map(str, cast("list[object]", summary["others"]))),
        merged=cast("int", summary["merged"]),
        formulas=cast("int", summary["formulas"]),
        formula=str(summary["formula"]),
    )


_CHILD = "leadtui.services.importing.spreadsheet_child"

_SLOWEST = 3
"""How much longer than its processor time the reading may take beside other programs."""

_LAST_LINE = 64 * 1024


def _summary(spool: IO[bytes]) -> dict[str, object] | None:
    """Return the object that ends what the child wrote, None where it did not come to its end."""
    end = spool.seek(0, 2)
    spool.seek(max(0, end - _LAST_LINE))
    lines = spool.read().splitlines()
    if not lines or not lines[-1].startswith(b"{") or not lines[-1].endswith(b"}"):
        return None
    return cast("dict[str, object]", json.loads(lines[-1]))


def _no_such_sheet(path: Path, sheet: str, names: Sequence[str]) -> Invalid:
    return Invalid(
        _("{file} has no sheet “{name}”; it has {sheets}.").format(
            file=safe(str(path)), name=safe(sheet), sheets=format_list(quoted(safe(name)) for name in names)
        ),
        "sheet",
    )


def _no_room(path: Path) -> Unreadable:
    return Unreadable(
        _("There is no room on the disk to unpack {file} in {folder}. Make room, or save it as .csv.").format(
            file=safe(str(path)), folder=safe(tempfile.gettempdir())
        )
    )


def _reason(path: Path, code: str, cell: str) -> Unreadable:
    sentences = {
        "password": _(
            "{file} is protected by a password. Open it in a spreadsheet program and save it without one."
        ),
        "area": _(
            "{file} reaches as far as cell {cell}, far beyond a table of customers. Delete the empty rows and columns "
            "after the table, and save it again."
        ),
        "cell": _(
            "{file} holds a cell in row {cell} that is far too large for a customer. Delete that row, or check that this "
            "is the right file."
        ),
        "large": _(
            "{file} needs more memory or time than a table of customers does. Copy the rows that matter into a new "
            "workbook, or save it as .csv."
        ),
    }
    damaged = _("{file} is cut short or damaged. Copy or download it again, or save it again as .xlsx.")
    return Unreadable(sentences.get(code, damaged).format(file=safe(str(path)), cell=safe(cell)))
