"""Open a file that somebody exported, CSV, TSV or XLSX: recognise how it is written, find its titles, read its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TypeVar

from leadtui.errors import Unreadable
from leadtui.language.text import clean, safe
from leadtui.language.translate import _, format_list, ngettext, pgettext
from leadtui.services.importing.contents import (
    Content,
    column_content,
    content_of,
    digit_count,
)
from leadtui.services.importing.delimited import (
    DelimitedRows,
    announced_delimiter,
    named_delimiter,
    recognise_delimiter,
)
from leadtui.services.importing.doubt import Doubt
from leadtui.services.importing.encoding import (
    SAMPLE_BYTES,
    RecognisedEncoding,
    fits,
    is_text,
    named_encoding,
    no_table,
    recognise_encoding,
    shown_encoding,
    undecodable,
    with_byte_order,
)
from leadtui.services.importing.rows import Row, filled_width, fitted, is_blank
from leadtui.services.importing.signature import Container, recognise_container
from leadtui.services.importing.spreadsheet import SpreadsheetRows, read_workbook
from leadtui.services.importing.titles import meaning_of

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
    doubts: tuple[Doubt, ...] = ()
    """What the file leaves open about how it is written."""

    def check(self) -> int:
        """Read the whole file once and return how many data rows it has, so that a damaged one changes nothing.

        Raises Unreadable. Costs little more than splitting the text does; a workbook was checked when it was opened.
        """
        return sum(1 for _row in self.rows)

    def recognised(self) -> Recognised:
        """Say how the file is written."""
        return Recognised(
            kind=self.kind,
            encoding=shown_encoding(self.encoding),
            delimiter=self.delimiter,
            sheet_name=self.sheet_name,
            has_header=self.has_header,
        )


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


def made_up_title(number: int) -> str:
    """What a column without a title is called, from 1. Never translated: people write it in mappings that are kept."""
    return f"Column {number}"


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
        sample=_sample(rows),
        size=book.rows.count,
        notes=tuple(notes),
    )


def _open_text(path: Path, encoding: str | None, delimiter: str | None, header: bool | None) -> Sheet:
    recognised = _named(encoding, path) if encoding else recognise_encoding(path)
    codec = recognised.codec
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
        sample=_sample(rows),
        size=path.stat().st_size,
        notes=tuple(notes),
        doubts=() if recognised.doubt is None else (recognised.doubt,),
    )


def _named(encoding: str, path: Path) -> RecognisedEncoding:
    """The encoding that a person names. Raises Unreadable where most of the file is not written in it."""
    codec = with_byte_order(named_encoding(encoding), path)
    if not fits(path, codec):
        raise undecodable(path, codec)
    return RecognisedEncoding(codec)


def _sample(rows: DelimitedRows | SpreadsheetRows) -> tuple[Row, ...]:
    """The first rows that are whole."""
    return tuple(islice((row for row in rows if not row.damage), SAMPLE_ROWS))


_TEXT_SUFFIXES = frozenset({".csv", ".tsv", ".txt"})
_WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls"})

_Rows = TypeVar("_Rows", DelimitedRows, SpreadsheetRows)


def _top_and_rows(path: Path, rows: _Rows, header: bool | None) -> tuple[_Top, _Rows]:
    """Tell titles and data apart."""
    first = list(islice(rows, SAMPLE_ROWS))
    if not first:
        raise Unreadable(
            _("{file} has no row that is not blank. Export it again.").format(file=safe(str(path)))
        )
    top = _recognise_top(
        [row.cells for number, row in enumerate(first) if number <= _LINES_ABOVE or not row.damage],
        header,
        shifting=isinstance(rows, DelimitedRows),
    )
    return top, rows.below(top.skip, len(top.titles))


def _refuse_binary(path: Path) -> None:
    """Raise Unreadable where the beginning of the file cannot be text of one byte a letter."""
    with path.open("rb") as file:
        head = file.read(SAMPLE_BYTES)
    if not is_text(head.replace(b"\0", b"")) or head.count(0) > max(1, len(head) // 20):
        raise no_table(path)


def _notes_on_top(top: _Top) -> tuple[str, ...]:
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


_LINES_ABOVE = 5
"""How many rows above the titles are looked past: the name of the list, when it was made, Excel's `sep=;`."""

_LONG_NUMBER = 5


@dataclass(frozen=True, slots=True)
class _Top:
    """How a table begins."""

    skip: int
    """How many rows stand above the first row of data."""
    titles: tuple[str, ...]
    has_header: bool

    @property
    def lines_above(self) -> int:
        """How many rows stand above the titles."""
        return self.skip - self.has_header


def _recognise_top(rows: Sequence[Sequence[str]], header: bool | None, *, shifting: bool) -> _Top:
    """Return where the data of a table begins, from its first rows; `header` overrules what would be recognised.

    `shifting` says that a sign too many in a row shifts its cells: then one long row alone makes no further column.
    """
    above = _lines_above(rows)
    if header is None:
        header = _has_header(rows[above:])
    titles = rows[above] if header else ()
    width = filled_width(rows[above:])
    if shifting and header and width > len(titles):
        wider = sum(len(fitted(cells, len(titles))) > len(titles) for cells in rows[above + 1 :])
        if wider * 2 <= len(rows) - above - 1:
            width = len(titles)
    return _Top(above + header, _distinct_titles(titles, width), header)


def _has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first of `rows` names the columns of the others.

    Titles are neither phones, addresses, dates nor long numbers. They are known words, or they are words above a column
    of something else.
    """
    first = rows[0]
    if any(_is_data(cell) for cell in first):
        return False
    if any(meaning_of(cell) is not None for cell in first):
        return True
    below = rows[1:]
    columns = [
        column_content(cells[index] for cells in below if index < len(cells)) for index in range(len(first))
    ]
    return any(
        content not in (Content.WORDS, Content.BLANK) and content_of(title) is Content.WORDS
        for title, content in zip(first, columns, strict=True)
    )


def _distinct_titles(titles: Sequence[str], width: int) -> tuple[str, ...]:
    """Return `width` titles of one line each, all different: a repeated one is numbered, a missing one made up."""
    distinct: list[str] = []
    taken: set[str] = set()
    for number in range(1, width + 1):
        title = clean(titles[number - 1]) if number <= len(titles) else ""
        title = title or made_up_title(number)
        copy = 2
        chosen = title
        while chosen.casefold() in taken:
            chosen = f"{title} ({copy})"
            copy += 1
        taken.add(chosen.casefold())
        distinct.append(chosen)
    return tuple(distinct)


def _lines_above(rows: Sequence[Sequence[str]]) -> int:
    """Count the rows of a single cell above titles that are known."""
    if announced_delimiter(rows[0][0]) or (
        len(rows[0]) == 2 and rows[0][0].lower().strip("\ufeff") == "sep="
    ):
        return 1
    for number, cells in enumerate(rows[: _LINES_ABOVE + 1]):
        if sum(not is_blank(cell) for cell in cells) > 1:
            known = sum(meaning_of(cell) is not None for cell in cells)
            return number if known > 1 and _has_header(rows[number:]) else 0
    return 0


def _is_data(cell: str) -> bool:
    content = content_of(cell)
    if content in (Content.PHONE, Content.EMAIL, Content.DATE, Content.TIME):
        return True
    return content is Content.NUMBER and digit_count(cell) >= _LONG_NUMBER
