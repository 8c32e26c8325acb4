"""Open a file that somebody exported, CSV, TSV or XLSX, recognise how it is written, and read its rows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TypeVar

from leadtui.errors import Unreadable
from leadtui.language.text import clean, safe
from leadtui.language.translate import _, format_list, ngettext, pgettext
from leadtui.services.importing.contents import Content, column_content
from leadtui.services.importing.date_style import DateStyle, find_date_style
from leadtui.services.importing.delimited import DelimitedRows, named_delimiter, recognise_delimiter
from leadtui.services.importing.encoding import (
    SAMPLE_BYTES,
    is_text,
    named_encoding,
    no_table,
    recognise_encoding,
    shown_encoding,
    with_byte_order,
)
from leadtui.services.importing.header import Top, recognise_top
from leadtui.services.importing.rows import Row
from leadtui.services.importing.signature import Container, recognise_container
from leadtui.services.importing.spreadsheet import SpreadsheetRows, read_workbook

__all__ = ["FileKind", "Recognised", "Row", "Sheet", "open_sheet"]

SAMPLE_ROWS = 200
"""How many rows are looked at to recognise what the columns hold."""


class FileKind(StrEnum):
    """How a file holds its table, whatever its name says."""

    CSV = "csv"
    TSV = "tsv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Recognised:
    """How a file is written, for the report of an import."""

    kind: FileKind
    encoding: str
    """As people know it, "Windows-1256"; "" for a workbook."""
    delimiter: str
    sheet_name: str
    has_header: bool
    dates: DateStyle | None

    def words(self) -> tuple[str, ...]:
        """What was recognised, a few words each."""
        said: list[str] = [self.kind.value.upper()]
        if self.kind is FileKind.XLSX:
            said.append(pgettext("recognised", "sheet “{name}”").format(name=safe(self.sheet_name)))
        else:
            said.append(self.encoding)
            said.append(_shown_delimiter(self.delimiter))
        said.append(
            pgettext("recognised", "with titles")
            if self.has_header
            else pgettext("recognised", "without titles")
        )
        if self.dates is not None:
            said.extend(self.dates.words())
        return tuple(said)


@dataclass(frozen=True, slots=True)
class Sheet:
    """An opened table: its titles, a sample, and its rows, which can be read any number of times."""

    path: Path
    kind: FileKind
    encoding: str
    """The codec that reads the text; "" for a workbook."""
    delimiter: str
    sheet_name: str
    titles: tuple[str, ...]
    """All different; made up ("Column 1") where the file has none."""
    has_header: bool
    rows: DelimitedRows | SpreadsheetRows
    """The data rows that are not blank. Reading them raises Unreadable where the text is damaged further down."""
    sample: tuple[Row, ...]
    """The first data rows."""
    size: int
    """What `Row.position` counts up to: the bytes of a text, the rows of a spreadsheet."""
    notes: tuple[str, ...]
    """Sentences on what a person may not expect: a name that lies, other sheets that are not read."""

    def check(self) -> int:
        """Read the whole file once and return how many data rows it has, so that a damaged one changes nothing.

        Raises Unreadable. Costs little more than splitting the text does; a workbook was checked when it was opened.
        """
        return sum(1 for _row in self.rows)

    def recognised(self, dates: DateStyle | None = None) -> Recognised:
        """Say how the file is written; `dates` is the style of its dates, looked for in the sample where not given."""
        return Recognised(
            kind=self.kind,
            encoding=shown_encoding(self.encoding),
            delimiter=self.delimiter,
            sheet_name=self.sheet_name,
            has_header=self.has_header,
            dates=dates or self._sampled_dates(),
        )

    def _sampled_dates(self) -> DateStyle | None:
        for index in range(len(self.titles)):
            cells = [row.cells[index] for row in self.sample]
            if column_content(cells) is Content.DATE:
                return find_date_style(cells)
        return None


def open_sheet(
    path: Path, *, encoding: str | None = None, delimiter: str | None = None, header: bool | None = None
) -> Sheet:
    """Open the table in `path` by what it holds, not by its name.

    `encoding`, `delimiter` ("tab" for a tab) and `header` overrule what would be recognised. Raises Invalid for an
    encoding or a delimiter that cannot be, and Unreadable, with one sentence that says what to do, for a file that
    does not exist, is empty, locked, damaged, enormous, or no table.
    """
    if recognise_container(path) is Container.WORKBOOK:
        return _open_workbook(path, header)
    return _open_text(path, encoding, delimiter, header)


def _open_workbook(path: Path, header: bool | None) -> Sheet:
    book = read_workbook(path)
    top, rows = _top_and_rows(path, book.rows, header)
    notes = list(_notes_on_top(top))
    if path.suffix.lower() in _TEXT_SUFFIXES:
        notes.append(_("{file} is a workbook in spite of its name.").format(file=safe(path.name)))
    if book.other_sheets:
        notes.append(
            _("Only the sheet “{name}” is read, not {others}.").format(
                name=safe(book.sheet_name),
                others=format_list(f"“{safe(name)}”" for name in book.other_sheets),
            )
        )
    return Sheet(
        path=path,
        kind=FileKind.XLSX,
        encoding="",
        delimiter="",
        sheet_name=clean(book.sheet_name),
        titles=top.titles,
        has_header=top.has_header,
        rows=rows,
        sample=tuple(islice(rows, SAMPLE_ROWS)),
        size=book.rows.count,
        notes=tuple(notes),
    )


def _open_text(path: Path, encoding: str | None, delimiter: str | None, header: bool | None) -> Sheet:
    codec = with_byte_order(named_encoding(encoding), path) if encoding else recognise_encoding(path)
    if not codec.startswith(("utf-16", "utf-32")):
        _refuse_binary(path)
    sign = named_delimiter(delimiter) if delimiter else recognise_delimiter(path, codec)
    top, rows = _top_and_rows(path, DelimitedRows(path, codec, sign), header)
    notes = list(_notes_on_top(top))
    if path.suffix.lower() in _WORKBOOK_SUFFIXES:
        notes.append(_("{file} is text in spite of its name.").format(file=safe(path.name)))
    return Sheet(
        path=path,
        kind=FileKind.TSV if sign == "\t" else FileKind.CSV,
        encoding=codec,
        delimiter=sign,
        sheet_name="",
        titles=top.titles,
        has_header=top.has_header,
        rows=rows,
        sample=tuple(islice(rows, SAMPLE_ROWS)),
        size=path.stat().st_size,
        notes=tuple(notes),
    )


_TEXT_SUFFIXES = frozenset({".csv", ".tsv", ".txt"})
_WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls"})

_Rows = TypeVar("_Rows", DelimitedRows, SpreadsheetRows)


def _top_and_rows(path: Path, rows: _Rows, header: bool | None) -> tuple[Top, _Rows]:
    """Tell titles and data apart."""
    first = [row.cells for row in islice(rows, SAMPLE_ROWS)]
    if not first:
        raise Unreadable(
            _("{file} has no row that is not blank. Export it again.").format(file=safe(str(path)))
        )
    top = recognise_top(first, header)
    return top, rows.below(top.skip, len(top.titles))


def _refuse_binary(path: Path) -> None:
    """Raise Unreadable where the beginning of the file cannot be text of one byte a letter."""
    with path.open("rb") as file:
        head = file.read(SAMPLE_BYTES)
    if not is_text(head.replace(b"\0", b"")) or head.count(0) > max(1, len(head) // 20):
        raise no_table(path)


def _notes_on_top(top: Top) -> tuple[str, ...]:
    if not top.lines_above:
        return ()
    if top.lines_above == 1:
        return (_("The first line stands above the titles and is not read."),)
    words = ngettext(
        "The first {count} line stands above the titles and is not read.",
        "The first {count} lines stand above the titles and are not read.",
        top.lines_above,
    )
    return (words.format(count=top.lines_above),)


def _shown_delimiter(delimiter: str) -> str:
    if delimiter == "\t":
        return pgettext("recognised", "tabs between the cells")
    return pgettext("recognised", "“{sign}” between the cells").format(sign=delimiter)
