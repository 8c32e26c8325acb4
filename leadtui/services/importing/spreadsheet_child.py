"""The process that opens a workbook on behalf of the program, so that a hostile one can only take this process down.

`python -m leadtui.services.importing.spreadsheet_child FILE [SHEET]` writes JSON lines to standard output: lists of rows, each
`[row number, [cells]]`, and last an object that says what was read, or `{"error": code}`.
"""

from __future__ import annotations

import errno
import html
import json
import os
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

Value: TypeAlias = int | float | str | bool | time | date | datetime | timedelta

LEAST_MEMORY = 512 * 1024**2
MOST_MEMORY = 4 * 1024**3
MEMORY_A_BYTE = 100
"""Bytes of address space for each byte of the file: a full sheet of a million rows takes a quarter of that."""

LEAST_SECONDS = 20
MOST_SECONDS = 600
BYTES_A_SECOND = 200_000
"""Of the file: ten times as long as a full sheet takes."""

MAXIMUM_ROWS = 1_048_576
"""Rows of a sheet, by ECMA-376's limit as spreadsheet programs keep it."""

MAXIMUM_AREA = 50_000_000
"""Cells from the first to the last one, empty ones too: the reader holds them all."""

SMALL_AREA = 2_000_000
MOST_EMPTY = 40
"""A larger area has at least one cell in so many that is there."""

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


def run(path: str, sheet: str = "") -> None:
    """Write a sheet of the workbook to standard output: the one named, else the first that holds anything."""
    limit_resources(os.path.getsize(path))  # noqa: PTH202 -- pathlib is not loaded here
    from python_calamine import CalamineError, PasswordError  # only this process ever loads it

    try:
        formulas = look_through(path) if zipfile.is_zipfile(path) else {}
        summary: object = write_sheet(path, sheet, formulas)
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


def limit_resources(size: int) -> None:
    """Bound what this process may take for a file of so many bytes, where the system can."""
    if sys.platform == "win32":  # where there are no such limits
        return
    import resource

    for kind, limit in (
        (resource.RLIMIT_AS, min(LEAST_MEMORY + MEMORY_A_BYTE * size, MOST_MEMORY)),
        (resource.RLIMIT_CPU, seconds_for(size)),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(kind)
        lowered = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        try:
            resource.setrlimit(kind, (lowered, hard))
        except (ValueError, OSError):  # macOS knows the limit of address space but does not set it
            continue


def seconds_for(size: int) -> int:
    """How long a workbook of so many bytes may take."""
    return min(LEAST_SECONDS + size // BYTES_A_SECOND, MOST_SECONDS)


def look_through(path: str) -> dict[str, Formulas]:
    """Look at the sheets of an XLSX workbook before it is read, and return by sheet the formulas without a result.

    Raises Unacceptable where one reaches so far that the reader would have to hold too many cells. The declared
    dimension may lie, so the references of the cells are read. Only columns of two letters and more are looked for:
    with one letter a sheet cannot be too large, unless its row number is beyond what a sheet has.
    """
    found: dict[str, Formulas] = {}
    with zipfile.ZipFile(path) as archive:
        names = sheets_by_part(archive)
        for part in archive.infolist():
            if "sheet" in part.filename.lower() and part.filename.endswith(".xml"):
                with archive.open(part) as xml:
                    formulas = _look_at(iter(lambda xml=xml: xml.read(1 << 20), b""))
                if formulas.cells:
                    found[names.get(part.filename, "")] = formulas
    return found


def sheets_by_part(archive: zipfile.ZipFile) -> dict[str, str]:
    """The names of the sheets by where they are in the archive."""
    try:
        book = archive.open("xl/workbook.xml").read(_LONGEST_LIST)
        relations = archive.open("xl/_rels/workbook.xml.rels").read(_LONGEST_LIST)
    except KeyError:
        return {}
    targets = dict[bytes, bytes]()
    for tag in re.findall(rb"<(?:\w+:)?Relationship\s[^<>]*>", relations):
        attributes = dict(_ATTRIBUTE.findall(tag))
        targets[attributes.get(b"Id", b"")] = attributes.get(b"Target", b"")
    names: dict[str, str] = {}
    for tag in re.findall(rb"<(?:\w+:)?sheet\s[^<>]*>", book):
        attributes = dict(_ATTRIBUTE.findall(tag))
        target = targets.get(attributes.get(b"id", b""), b"").decode(errors="replace")
        part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        names[part] = html.unescape(attributes.get(b"name", b"").decode(errors="replace"))
    return names


class Formulas(NamedTuple):
    """The formulas of a sheet whose results the file does not have."""

    cells: int
    first: str
    """The first one's cell."""


def _look_at(chunks: Iterable[bytes]) -> Formulas:
    widest, widest_name, lowest, tail, cells = 26, b"", 1, b"", 0
    empty: dict[bytes, None] = {}
    for chunk in chunks:
        text = tail + chunk
        for name, row in _FAR_REFERENCE.findall(text):
            lowest = max(lowest, int(row))
            if column_number(name) > widest:
                widest, widest_name = column_number(name), name
        rows = _ROW_NUMBER.findall(text)
        lowest = max(lowest, max(map(int, rows), default=1))
        cells += len(_CELL.findall(chunk))
        if lowest > MAXIMUM_ROWS or widest * lowest > MAXIMUM_AREA:
            raise Unacceptable("area", f"{(widest_name or b'A').decode()}{lowest}")
        if b"</f" in text or b"<f" in text:
            empty |= dict.fromkeys(_WITHOUT_RESULT.findall(text))
        tail = text[-_LONGEST_TAG:]
    if widest_name and widest * lowest > max(SMALL_AREA, MOST_EMPTY * cells):
        raise Unacceptable("area", f"{widest_name.decode()}{lowest}")
    return Formulas(len(empty), next(iter(empty), b"").decode())


_LONGEST_LIST = 4 * 1024**2
_ATTRIBUTE = re.compile(rb"""(?:\w+:)?(\w+)\s*=\s*["']([^"']*)["']""")
_CELL = re.compile(rb"<(?:\w+:)?c[\s>]")
_WITHOUT_RESULT = re.compile(
    rb"""<(?:\w+:)?c\s[^<>]*?\br=["']([A-Z]{1,3}\d{1,7})["'][^<>]*>\s*<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)"""
    rb"""\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"""
)
_LONGEST_TAG = 300
_FAR_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Z]{2,3}|[A-Z](?=\d{8}))(\d{1,12})""")
_ROW_NUMBER = re.compile(rb"""<(?:\w+:)?row\s[^<>]{0,200}?\br\s*=\s*["'](\d{1,12})""")


def column_number(name: bytes) -> int:
    """A is 1, Z 26, AA 27."""
    number = 0
    for letter in name:
        number = number * 26 + letter - 64
    return number


def write_sheet(path: str, wanted: str, formulas: dict[str, Formulas]) -> dict[str, object]:
    """Write the rows of the sheet `wanted`, else of the first that holds any, visible ones first; return what was read.

    Raises Unacceptable where there is no such sheet.
    """
    from python_calamine import load_workbook  # pyright: ignore[reportUnknownVariableType] : a bare PathLike in its stub

    workbook = load_workbook(path)
    names = sheet_names(workbook)
    chosen = (
        [name for name in names if name.strip().casefold() == wanted.strip().casefold()] if wanted else names
    )
    if wanted and not chosen:
        raise Unacceptable("sheet", "\n".join(names[:_MOST_NAMES]))
    for name in chosen:
        sheet = workbook.get_sheet_by_name(name)
        merged = MergedCells(sheet)
        rows = 0
        for batch in batches(filled_rows(sheet, merged)):
            rows += len(batch)
            print_line(batch)
        if rows or wanted:
            others = [other for other in names if other != name]
            without_result = formulas.get(name, Formulas(0, ""))
            return {
                "sheet": name,
                "rows": rows,
                "others": others[:_MOST_NAMES],
                "merged": merged.filled,
                "formulas": without_result.cells,
                "formula": without_result.first,
            }
    return {"sheet": "", "rows": 0, "others": [], "merged": 0, "formulas": 0, "formula": ""}


_MOST_NAMES = 50


class MergedCells:
    """The cells of a sheet that are merged downwards: what stands in the uppermost counts for each row."""

    def __init__(self, sheet: CalamineSheet) -> None:
        left = (sheet.start or (0, 0))[1]
        self.filled = 0
        """How many cells got the value of the one above."""
        self._ends: dict[tuple[int, int], int] = {
            (top, column - left): bottom
            for (top, column), (bottom, _right) in (sheet.merged_cell_ranges or ())
            if bottom > top and column >= left
        }
        self._open: dict[int, tuple[int, str]] = {}

    def fill(self, row: int, cells: list[str]) -> None:
        """Fill the cells of a row, counted from 0, unless it has nothing of its own."""
        if not self._ends:
            return
        has_own = any(cells)
        for column, (bottom, text) in list(self._open.items()):
            if row > bottom:
                del self._open[column]
            elif has_own and column < len(cells) and not cells[column]:
                cells[column] = text
                self.filled += 1
        for column, cell in enumerate(cells):
            bottom = self._ends.get((row, column))
            if cell and bottom is not None:
                self._open[column] = (bottom, cell)


def sheet_names(workbook: CalamineWorkbook) -> list[str]:
    """The sheets that hold cells, not charts; hidden ones last."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    return [
        sheet.name for sheet in sorted(sheets, key=lambda sheet: sheet.visible != SheetVisibleEnum.Visible)
    ]


def filled_rows(
    sheet: CalamineSheet, merged: MergedCells, most: int = MAXIMUM_CHARACTERS
) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of each row that is not blank, and its cells as text without blank ones at its end.

    Raises Unacceptable for a cell that is too long, and where all cells have more than `most` characters.
    """
    characters = 0
    for number, values in enumerate(sheet.iter_rows(), start=1):
        cells = [written(value) for value in values]
        merged.fill(number - 1, cells)
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
    run(*sys.argv[1:])
