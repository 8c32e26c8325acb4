"""Open a file that somebody exported, CSV, TSV or XLSX: recognise how it is written, find its titles, read its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TypeVar

from leadtui.domain.importing import ImportOptions
from leadtui.errors import Invalid, Unreadable
from leadtui.language.text import clean, safe
from leadtui.language.translate import _, format_list, language, ngettext, pgettext, quoted, show_number
from leadtui.services.importing.contents import (
    Content,
    column_content,
    content_of,
    digit_count,
)
from leadtui.services.importing.delimited import (
    DelimitedRows,
    RecognisedDelimiter,
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
from leadtui.services.importing.json_records import JsonRows
from leadtui.services.importing.rows import Row, filled_width, fitted, is_blank
from leadtui.services.importing.signature import Container, recognise_container
from leadtui.services.importing.spreadsheet import SpreadsheetRows, Workbook, read_workbook
from leadtui.services.importing.titles import meaning_of
from leadtui.services.importing.visiting_cards import CardRows

SAMPLE_ROWS = 200
"""How many rows are looked at to recognise what the columns hold."""


class FileKind(StrEnum):
    """How a file holds its table, whatever its name says."""

    CSV = "csv"
    TSV = "tsv"
    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    VCF = "vcf"
    JSON = "json"

    @property
    def is_workbook(self) -> bool:
        """Whether a spreadsheet program wrote it, as a file of its own."""
        return self in (FileKind.XLSX, FileKind.XLSB, FileKind.XLS, FileKind.ODS)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a person says that a file is to be read; what is left out is recognised."""

    encoding: str = ""
    delimiter: str = ""
    """One sign, or "tab"."""
    header: bool | None = None
    header_line: int = 0
    """The line of the titles, from 1; 0 where none is named."""
    sheet: str = ""
    """The name of a sheet of a workbook, or `ALL_SHEETS`."""

    @classmethod
    def of(cls, options: ImportOptions) -> Reading:
        """As the options of an import say it."""
        return cls(options.encoding, options.delimiter, options.header, options.header_line, options.sheet)


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
        if self.kind.is_workbook:
            said.append(pgettext("recognised", "sheet “{name}”").format(name=safe(self.sheet_name)))
        elif self.kind in (FileKind.VCF, FileKind.JSON):
            said.append(self.encoding)
            return tuple(said)
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
    rows: DelimitedRows | SpreadsheetRows | CardRows | JsonRows
    """The data rows that are not blank. Reading them raises Unreadable where the text is damaged further down."""
    sample: tuple[Row, ...]
    """The first data rows."""
    size: int
    """What `Row.position` counts up to: the bytes of a text, the rows of a spreadsheet."""
    notes: tuple[str, ...]
    """Sentences on what a person may not expect: a name that lies, other sheets that are not read."""
    other_sheets: tuple[str, ...] = ()
    """The names of a workbook's sheets besides this one."""
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


ALL_SHEETS = "all"
"""What a person names who wants every sheet of a workbook."""


def open_sheets(path: Path, reading: Reading) -> list[Sheet]:
    """Open the tables in `path` that are wanted: one, or every sheet of a workbook that holds anything.

    Raises what `open_sheet` raises.
    """
    if reading.sheet != ALL_SHEETS:
        return [open_sheet(path, reading)]
    container = recognise_container(path)
    if container in _ONE_TABLE:
        return [open_sheet(path, replace(reading, sheet=""))]
    first = read_workbook(path)
    books = [first, *(read_workbook(path, name) for name in first.other_sheets)]
    filled = [book for book in books if book.rows.count] or [first]
    return [_sheet_of(path, FileKind(container.value), book, reading) for book in filled]


def open_sheet(path: Path, reading: Reading | None = None) -> Sheet:
    """Open the table in `path` by what it holds, not by its name.

    Raises Invalid for an encoding, a delimiter or a sheet that cannot be, and Unreadable, with one sentence that says
    what to do, for a file that does not exist, is empty, locked, damaged, enormous, or no table.
    """
    reading = reading or Reading()
    container = recognise_container(path)
    if container in _ONE_TABLE:
        if reading.sheet:
            raise Invalid(
                _("{file} is no workbook, so it has no sheets; leave --sheet out.").format(
                    file=safe(str(path))
                ),
                "sheet",
            )
        return (
            _open_text(path, reading)
            if container is Container.TEXT
            else _open_records(path, container, reading)
        )
    return _sheet_of(path, FileKind(container.value), read_workbook(path, reading.sheet), reading)


def made_up_title(number: int) -> str:
    """What a column without a title is called, from 1. Never translated: people write it in mappings that are kept."""
    return f"Column {number}"


def _sheet_of(path: Path, kind: FileKind, book: Workbook, reading: Reading) -> Sheet:
    top, rows = _top_and_rows(path, book.rows, reading)
    notes = list(_notes_on_top(top))
    if path.suffix.lower() in _TEXT_SUFFIXES:
        notes.append(_("{file} is a workbook in spite of its name.").format(file=safe(path.name)))
    notes += _notes_on_sheet(book, reading)
    return Sheet(
        path=path,
        kind=kind,
        encoding="",
        delimiter="",
        sheet_name=clean(book.sheet_name),
        titles=top.titles,
        has_header=top.has_header,
        rows=rows,
        sample=_sample(rows),
        size=book.rows.count,
        notes=tuple(notes),
        other_sheets=tuple(book.other_sheets),
    )


def _notes_on_sheet(book: Workbook, reading: Reading) -> list[str]:
    """What a person may not expect of a workbook."""
    notes: list[str] = []
    name = safe(book.sheet_name)
    if book.other_sheets and not reading.sheet:
        notes.append(
            _(
                "Only the sheet “{name}” is read, not {others}; name another with --sheet, or all with --sheet all."
            ).format(name=name, others=format_list(quoted(safe(other)) for other in book.other_sheets))
        )
    if book.merged:
        words = ngettext(
            "{count} cell is merged with the one above and has its value.",
            "{count} cells are merged with the one above and have its value.",
            book.merged,
        )
        notes.append(words.format(count=show_number(book.merged, language())))
    if book.formulas:
        words = ngettext(
            "{count} cell on the sheet “{name}”, {cell}, is a formula without its result, and blank here; "
            "save the file in a spreadsheet program.",
            "{count} cells on the sheet “{name}”, {cell} first, are formulas without their results, and blank here; "
            "save the file in a spreadsheet program.",
            book.formulas,
        )
        notes.append(words.format(count=show_number(book.formulas, language()), name=name, cell=book.formula))
    return notes


def _open_text(path: Path, reading: Reading) -> Sheet:
    recognised = _named(reading.encoding, path) if reading.encoding else recognise_encoding(path)
    codec = recognised.codec
    if not codec.startswith(("utf-16", "utf-32")):
        _refuse_binary(path)
    delimiter = (
        RecognisedDelimiter(named_delimiter(reading.delimiter))
        if reading.delimiter
        else recognise_delimiter(path, codec)
    )
    sign = delimiter.sign
    top, rows = _top_and_rows(path, DelimitedRows(path, codec, sign), reading)
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
        doubts=tuple(doubt for doubt in (recognised.doubt, delimiter.doubt) if doubt is not None),
    )


_ONE_TABLE = frozenset({Container.TEXT, Container.VCF, Container.JSON})


def _open_records(path: Path, container: Container, reading: Reading) -> Sheet:
    """Open a file whose records name what they say."""
    recognised = _named(reading.encoding, path) if reading.encoding else recognise_encoding(path)
    kind = CardRows if container is Container.VCF else JsonRows
    rows = kind(path, recognised.codec).with_titles()
    if not rows.titles:
        raise Unreadable(
            _("{file} has no card that says anything. Export it again.").format(file=safe(str(path)))
        )
    return Sheet(
        path=path,
        kind=FileKind(container.value),
        encoding=recognised.codec,
        delimiter="",
        sheet_name="",
        titles=_distinct_titles(rows.titles, len(rows.titles)),
        has_header=True,
        rows=rows,
        sample=_sample(rows),
        size=sum(1 for _row in rows),
        notes=(),
        doubts=() if recognised.doubt is None else (recognised.doubt,),
    )


def _named(encoding: str, path: Path) -> RecognisedEncoding:
    """The encoding that a person names. Raises Unreadable where most of the file is not written in it."""
    codec = with_byte_order(named_encoding(encoding), path)
    if not fits(path, codec):
        raise undecodable(path, codec)
    return RecognisedEncoding(codec)


def _sample(rows: DelimitedRows | SpreadsheetRows | CardRows | JsonRows) -> tuple[Row, ...]:
    """The first rows that are whole."""
    return tuple(islice((row for row in rows if not row.damage), SAMPLE_ROWS))


_TEXT_SUFFIXES = frozenset({".csv", ".tsv", ".txt"})
_WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})

_Rows = TypeVar("_Rows", DelimitedRows, SpreadsheetRows)


def _top_and_rows(path: Path, rows: _Rows, reading: Reading) -> tuple[_Top, _Rows]:
    """Tell titles and data apart."""
    first = list(islice(rows, SAMPLE_ROWS))
    if not first:
        raise Unreadable(
            _("{file} has no row that is not blank. Export it again.").format(file=safe(str(path)))
        )
    above = _line_of_titles(path, first, reading)
    cells = [
        row.cells for number, row in enumerate(first) if number <= (above or _LINES_ABOVE) or not row.damage
    ]
    shifting = isinstance(rows, DelimitedRows)
    top = _recognise_top(cells, reading.header, above, shifting=shifting)
    return top, rows.below(top.skip, len(top.titles))


def _line_of_titles(path: Path, rows: Sequence[Row], reading: Reading) -> int | None:
    """How many rows stand above the line that a person says has the titles; None where they say nothing."""
    if not reading.header_line:
        return None
    if reading.header is False:
        raise Invalid(
            _("A file without titles has no line of titles; leave --header-line out."), "header_line"
        )
    for number, row in enumerate(rows):
        if row.line == reading.header_line:
            return number
    raise Invalid(
        _("Line {line} of {file} is blank, or is not among its first lines.").format(
            line=reading.header_line, file=safe(str(path))
        ),
        "header_line",
    )


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

_LABEL_AND_VALUE = 2

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


def _recognise_top(
    rows: Sequence[Sequence[str]], header: bool | None, above: int | None, *, shifting: bool
) -> _Top:
    """Return where the data of a table begins, from its first rows; `header` and `above` overrule what would be recognised.

    `shifting` says that a sign too many in a row shifts its cells: then one long row alone makes no further column.
    """
    if above is None:
        above = _lines_above(rows)
    else:
        header = True
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
    """Count the rows above titles that are known: names of the list, whose it is, when it was made, titles of groups of columns.

    A date or a number up there stands alone or beside its own word, and in fewer cells than the titles below.
    """
    if announced_delimiter(rows[0][0]) or (
        len(rows[0]) == 2 and rows[0][0].lower().strip("\ufeff") == "sep="
    ):
        return 1
    best, most, above = 0, 1, 0
    for number, cells in enumerate(rows[: _LINES_ABOVE + 1]):
        filled = _filled_count(cells)
        if any(map(_is_data, cells)):
            if filled > _LABEL_AND_VALUE:
                break
            above = max(above, filled)
            continue
        known = sum(meaning_of(cell) is not None for cell in cells)
        if known > most and filled > above and filled >= _filled_count(rows[best]):
            best, most = number, known
    if best and _has_header(rows[best:]):
        return best
    alone = next((number for number, cells in enumerate(rows) if _filled_count(cells) > 1), 0)
    below = rows[alone:]
    if 0 < alone <= _LINES_ABOVE and _filled_count(below[0]) > 2 and _has_header(below):
        return alone if not any(_is_data(cell) for cells in rows[:alone] for cell in cells) else 0
    return 0


def _filled_count(cells: Sequence[str]) -> int:
    return sum(not is_blank(cell) for cell in cells)


def _is_data(cell: str) -> bool:
    content = content_of(cell)
    if content in (Content.PHONE, Content.EMAIL, Content.DATE, Content.TIME):
        return True
    return content is Content.NUMBER and digit_count(cell) >= _LONG_NUMBER
