"""Customers as CSV (RFC 4180) and as a workbook (ECMA-376)."""

from __future__ import annotations

import csv
import io
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import IO, TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from leadtui.language.bidi import without_isolates
from leadtui.language.translate import is_right_to_left
from leadtui.passing_folder import no_room, passing_folder
from leadtui.services.export_columns import Cell, Customer, ExportColumn, ExportOptions, Wording
from leadtui.services.formula_guard import guarded, kept_exact

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_LONGEST_CELL = 32_767
"""Letters that a cell of a sheet holds."""

_MOST_DIGITS = 15
"""Digits that a number of a sheet keeps."""

_FIRST_DAY = date(1900, 3, 1)
"""Before it programs count the days of a sheet in two ways."""


def write_csv(
    stream: IO[bytes],
    columns: Sequence[ExportColumn],
    customers: Iterable[Customer],
    wording: Wording,
    options: ExportOptions,
) -> None:
    """A table in UTF-8 whose cells no spreadsheet program runs as a formula; an exact one is as it is."""
    text = io.TextIOWrapper(
        stream, encoding="utf-8-sig" if options.byte_order_mark else "utf-8", newline="", write_through=True
    )
    writer = csv.writer(text)
    guard = kept_exact if options.exact else guarded
    writer.writerow(guard(column.title) for column in columns)
    for customer in customers:
        cells = (column.cell(customer, wording) for column in columns)
        writer.writerow(
            guard(without_isolates(cell)) if isinstance(cell, str) else _plain(cell) for cell in cells
        )
    text.flush()
    text.detach()  # the stream is its owner's to close


def _plain(cell: Decimal | date) -> str:
    """A number with a point before its decimals and nothing else, a day or a moment in ISO 8601."""
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return f"{cell:%Y-%m-%d %H:%M}" if isinstance(cell, datetime) else cell.isoformat()


def write_workbook(
    stream: IO[bytes],
    columns: Sequence[ExportColumn],
    customers: Iterable[Customer],
    wording: Wording,
    options: ExportOptions,
    language: str,
) -> None:
    """A workbook of one sheet: numbers and dates are what they are, all else is text, so that nothing is a formula."""
    # Half a second to import, and only a workbook needs it.
    from openpyxl import Workbook
    from openpyxl.cell import Cell as SheetCell
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.writer.excel import ExcelWriter

    book = Workbook(write_only=True)
    sheet = book.create_sheet("leadtui")
    sheet.sheet_view.rightToLeft = is_right_to_left(language)
    sheet.freeze_panes = "A2"

    def text_cell(text: str) -> SheetCell:
        if options.exact:
            text = kept_exact(text)
        made = WriteOnlyCell(sheet, _fitted(ILLEGAL_CHARACTERS_RE.sub("", without_isolates(text))))
        made.data_type = "s"  # also what begins with “=”
        return made

    def cell(column: ExportColumn, value: Cell) -> SheetCell:
        if isinstance(value, str) or not _holds(value, exact=options.exact):
            made = text_cell(value if isinstance(value, str) else _plain(value))
            if column.is_telephone:
                made.number_format = "@"  # stays text also where somebody edits it
            return made
        made = WriteOnlyCell(sheet, _as_kept(value))
        made.number_format = _format_of(value, column.currency)
        return made

    with passing_folder() as folder, _rows_kept_in(folder, sheet):
        sheet.append([text_cell(column.title) for column in columns])
        for customer in customers:
            sheet.append([cell(column, column.cell(customer, wording)) for column in columns])
        archive = ZipFile(stream, "w", ZIP_DEFLATED)
        try:
            ExcelWriter(book, archive).save()
        except BaseException:
            archive.fp = None  # else it would be written to its end as it is forgotten, where nobody can be told of what fails
            raise


@contextmanager
def _rows_kept_in(folder: Path, sheet: WriteOnlyWorksheet) -> Generator[None]:
    """Let openpyxl keep the rows until it packs them in a file of this folder: of its own it leaves some behind."""
    from openpyxl.worksheet._writer import ALL_TEMP_FILES, WorksheetWriter

    path = str(folder / "rows.xml")
    ALL_TEMP_FILES.append(path)  # which it is taken from as the writer deletes it
    try:
        writer = WorksheetWriter(sheet, path)
        sheet._writer = writer  # pyright: ignore[reportPrivateUsage, reportAttributeAccessIssue]  # there is no other way to say where
        writer.write_top()
        try:
            yield
        except BaseException:
            # What is not written yet would fail as the writer is forgotten, where nobody can be told.
            with suppress(OSError):
                writer.close()
            raise
    except OSError as error:
        raise no_room(error) from error


def _fitted(text: str) -> str:
    """A text as far as a cell holds it."""
    return text if len(text) <= _LONGEST_CELL else f"{text[: _LONGEST_CELL - 1]}…"


def _holds(value: Decimal | date, *, exact: bool) -> bool:
    """Whether a cell of a sheet can have that value, and every figure of it where that matters."""
    if isinstance(value, Decimal):
        trimmed = value.normalize()
        is_kept = not exact or format(trimmed, "f") == format(value, "f")
        return is_kept and len(trimmed.as_tuple().digits) <= _MOST_DIGITS and abs(trimmed.adjusted()) < 100
    return (value.date() if isinstance(value, datetime) else value) >= _FIRST_DAY


def _as_kept(value: Decimal | date) -> float | datetime:
    """The value as a sheet keeps it: a double, or a moment."""
    if isinstance(value, Decimal):
        return float(value)
    return value if isinstance(value, datetime) else datetime.combine(value, time())


def _format_of(value: Decimal | date, currency: str) -> str:
    """How a sheet shows a value."""
    if isinstance(value, Decimal):
        return _format_of_numbers(len(format(value, "f").partition(".")[2]), currency)
    return "yyyy-mm-dd hh:mm" if isinstance(value, datetime) else "yyyy-mm-dd"


@lru_cache(maxsize=64)
def _format_of_numbers(decimals: int, currency: str) -> str:
    digits = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
    unit = currency.replace('"', "")
    return f'{digits} "{unit}"' if unit else digits.removeprefix("#,##")
