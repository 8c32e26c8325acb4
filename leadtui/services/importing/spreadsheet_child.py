"""The process that opens a workbook on behalf of the program, so that a hostile one can only take this process down.

`python -m leadtui.services.importing.spreadsheet_child FILE` writes JSON lines to standard output: lists of rows, each
`[row number, [cells]]`, and last an object that says what was read, or `{"error": code}`.
"""

from __future__ import annotations

import errno
import json
import os
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

Value: TypeAlias = int | float | str | bool | time | date | datetime | timedelta

MEMORY = 4 * 1024**3
"""Bytes of address space: four times what a full sheet of a million rows takes."""

SECONDS = 600
"""Of processor time: twenty times what a full sheet takes."""

MAXIMUM_ROWS = 1_048_576
"""Rows of a sheet, by ECMA-376's limit as spreadsheet programs keep it."""

MAXIMUM_AREA = 50_000_000
"""Cells from the first to the last one, empty ones too: the reader holds them all."""

MAXIMUM_CHARACTERS = 1024**3
"""Of all cells together: one long shared text may stand in a million of them."""

MAXIMUM_CELL = 1_000_000

ROWS_A_LINE = 200

NO_ROOM = 28
"""The exit code where the disk is full."""


class Unacceptable(Exception):
    """The workbook cannot be read; `code` tells the parent why, `cell` where."""

    def __init__(self, code: str, cell: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.cell = cell


def run(path: str) -> None:
    """Write the first sheet of the workbook that holds anything to standard output."""
    limit_resources()
    from python_calamine import CalamineError, PasswordError  # only this process ever loads it

    try:
        check_area(path)
        summary: object = write_sheet(path)
        sys.stdout.buffer.flush()
    except Unacceptable as reason:
        summary = {"error": reason.code, "cell": reason.cell}
    except PasswordError:
        summary = {"error": "password"}
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            os._exit(NO_ROOM)  # not sys.exit, which would try to write the rest
        summary = {"error": "damaged"}
    except (CalamineError, zipfile.BadZipFile, EOFError, ValueError, NotImplementedError):
        summary = {"error": "damaged"}
    except MemoryError:
        summary = {"error": "large"}
    print_line(summary)


def limit_resources() -> None:
    """Bound what this process may take, where the system can."""
    if sys.platform == "win32":  # where there are no such limits
        return
    import resource

    for kind, limit in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(kind)
        lowered = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        try:
            resource.setrlimit(kind, (lowered, hard))
        except (ValueError, OSError):  # macOS knows the limit of address space but does not set it
            continue


def check_area(path: str) -> None:
    """Raise Unacceptable where a sheet reaches so far that the reader would have to hold too many cells.

    The declared dimension may lie, so the references of the cells are read. Only columns of two letters and more are
    looked for: with one letter a sheet cannot be too large, unless its row number is beyond what a sheet has.
    """
    with zipfile.ZipFile(path) as archive:
        for part in archive.infolist():
            if "sheet" in part.filename.lower() and part.filename.endswith(".xml"):
                with archive.open(part) as xml:
                    _check_references(iter(lambda xml=xml: xml.read(1 << 20), b""))


def _check_references(chunks: Iterable[bytes]) -> None:
    widest, widest_name, lowest, tail = 26, b"", 1, b""
    for chunk in chunks:
        text = tail + chunk
        for name, row in _FAR_REFERENCE.findall(text):
            lowest = max(lowest, int(row))
            if column_number(name) > widest:
                widest, widest_name = column_number(name), name
        rows = _ROW_NUMBER.findall(text)
        lowest = max(lowest, max(map(int, rows), default=1))
        if lowest > MAXIMUM_ROWS or widest * lowest > MAXIMUM_AREA:
            raise Unacceptable("area", f"{(widest_name or b'A').decode()}{lowest}")
        tail = text[-_LONGEST_TAG:]


_LONGEST_TAG = 300
_FAR_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Z]{2,3}|[A-Z](?=\d{8}))(\d{1,12})""")
_ROW_NUMBER = re.compile(rb"""<(?:\w+:)?row\s[^<>]{0,200}?\br\s*=\s*["'](\d{1,12})""")


def column_number(name: bytes) -> int:
    """A is 1, Z 26, AA 27."""
    number = 0
    for letter in name:
        number = number * 26 + letter - 64
    return number


def write_sheet(path: str) -> dict[str, object]:
    """Write the rows of the first sheet that holds any, visible ones first, and return what was read."""
    from python_calamine import load_workbook  # pyright: ignore[reportUnknownVariableType] : a bare PathLike in its stub

    workbook = load_workbook(path)
    names = sheet_names(workbook)
    for name in names:
        sheet = workbook.get_sheet_by_name(name)
        rows = 0
        for batch in batches(filled_rows(sheet)):
            rows += len(batch)
            print_line(batch)
        if rows:
            others = [other for other in names if other != name]
            return {"sheet": name, "rows": rows, "others": others[:10]}
    return {"sheet": "", "rows": 0, "others": []}


def sheet_names(workbook: CalamineWorkbook) -> list[str]:
    """The sheets that hold cells, not charts; hidden ones last."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    return [
        sheet.name for sheet in sorted(sheets, key=lambda sheet: sheet.visible != SheetVisibleEnum.Visible)
    ]


def filled_rows(sheet: CalamineSheet, most: int = MAXIMUM_CHARACTERS) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of each row that is not blank, and its cells as text without blank ones at its end.

    Raises Unacceptable for a cell that is too long, and where all cells have more than `most` characters.
    """
    characters = 0
    for number, values in enumerate(sheet.iter_rows(), start=1):
        cells = [written(value) for value in values]
        while cells and (not cells[-1] or cells[-1].isspace()):
            cells.pop()
        if not cells:
            continue
        longest = max(map(len, cells))
        characters += sum(map(len, cells))
        if longest > MAXIMUM_CELL:
            raise Unacceptable("cell", str(number))
        if characters > most:
            raise Unacceptable("large")
        yield number, cells


def batches(rows: Iterable[tuple[int, list[str]]]) -> Iterator[list[tuple[int, list[str]]]]:
    """Group rows, since one JSON document a row would cost more than the reading."""
    batch: list[tuple[int, list[str]]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == ROWS_A_LINE:
            yield batch
            batch = []
    if batch:
        yield batch


def written(value: Value) -> str:
    """Return a cell as a person would have typed it: no `.0`, no exponent, dates in ISO 8601, errors blank."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return written_number(value)
    if isinstance(value, datetime):
        # a sheet counts days, so that a second is a rounded fraction
        return (value + timedelta(microseconds=500_000)).replace(microsecond=0).isoformat()
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    return value.isoformat()


def written_number(value: int | float) -> str:
    """Return a number with all its digits and no more: 9121423915.0 is 9121423915."""
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if value == int(value):
        return str(int(value))
    text = repr(value)
    return format(Decimal(text), "f") if "e" in text else text


def print_line(document: object) -> None:
    """Write one JSON document in one line."""
    line = json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"
    sys.stdout.buffer.write(line.encode())


if __name__ == "__main__":
    run(sys.argv[1])
