"""Delimited text (CSV and its relatives): tell the delimiter, and read the records one by one in constant memory."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TextIO

from leadtui.errors import Invalid, Unreadable
from leadtui.language.text import safe
from leadtui.language.translate import _, language, show_number
from leadtui.services.importing.encoding import SAMPLE_BYTES, holds_nul, undecodable
from leadtui.services.importing.rows import MAXIMUM_CELL, MAXIMUM_COLUMNS, UNSEEN, Row, fitted, is_blank
from leadtui.services.importing.titles import exact_meaning

DELIMITERS = (",", ";", "\t", "|", "؛")

MAXIMUM_LINE = 4 * MAXIMUM_CELL
"""Characters in one physical line."""

MAXIMUM_RECORD = 16 * MAXIMUM_CELL
"""Bytes, about, of one row with all its lines."""


@dataclass(frozen=True, slots=True)
class DelimitedRows:
    """The rows of a text file; each iteration opens it again. `skip` rows at its top are not data."""

    path: Path
    encoding: str
    delimiter: str
    skip: int = 0
    width: int = 0

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows that are not blank; raise Unreadable at the first place that cannot be read."""
        with _Lines(self.path, self.encoding) as lines:
            yield from islice(self._records(lines), self.skip, None)

    def below(self, skip: int, width: int) -> DelimitedRows:
        """The same rows without the first `skip` ones, each `width` cells wide."""
        return replace(self, skip=skip, width=width)

    def _records(self, lines: _Lines) -> Iterator[Row]:
        """Yield each record that is not blank. A million come through here, so the usual one takes the short way."""
        csv.field_size_limit(MAXIMUM_CELL)
        # strict, because the lenient reader lets a stray quote swallow all rows up to the next one without a word
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        width = self.width
        start = 1
        while True:
            try:
                for cells in reader:
                    line, start = start, reader.line_num + 1
                    lines.record_position = lines.position
                    if len(cells) == width > 0 and cells[0].strip(UNSEEN):
                        yield Row(line, tuple(cells), lines.position)
                    elif not all(map(is_blank, cells)):
                        yield self._fitted_row(line, cells, lines)
                return
            except csv.Error as error:
                line, start = start, reader.line_num + 1
                yield self._fitted_row(line, self._mended(error, lines, line, reader.line_num), lines)

    def _fitted_row(self, line: int, cells: list[str], lines: _Lines) -> Row:
        if len(cells) > MAXIMUM_COLUMNS:
            raise _too_large(self.path, line)
        return Row(line, fitted(cells, self.width), lines.position)

    def _mended(self, error: csv.Error, lines: _Lines, first: int, last: int) -> list[str]:
        """Read a record of one line again that has a quote in the wrong place; anything else raises Unreadable."""
        if "limit" in str(error) and first == last:
            raise _too_large(self.path, first) from None
        if first != last or "end of data" in str(error):
            raise Unreadable(
                _(
                    "{file}: the quotation mark that opens a cell on line {line} is not closed where the cell ends, so "
                    "the rows after it cannot be told apart. Close or delete it."
                ).format(file=safe(str(self.path)), line=first)
            ) from None
        try:
            return next(csv.reader([lines.last], delimiter=self.delimiter))
        except csv.Error:
            raise _too_large(self.path, first) from None


def recognise_delimiter(path: Path, encoding: str) -> str:
    """Return what separates the cells of `path`: the delimiter that gives the same number of columns most evenly.

    Quoted cells are respected, titles that are known count for the delimiter that sets them apart, and a first line
    `sep=;`, as Excel understands it, settles it. A table of one column counts as comma-separated.
    """
    text = _head(path, encoding)
    announced = announced_delimiter(text.lstrip("\ufeff").partition("\n")[0])
    if announced:
        return announced
    return max(DELIMITERS, key=partial(_evenness, text))


def named_delimiter(name: str) -> str:
    """Return the delimiter that a person names: one character, or "tab"; raise Invalid for anything else."""
    delimiter = {"tab": "\t", "\\t": "\t"}.get(name.lower(), name)
    if len(delimiter) != 1 or delimiter in '"\r\n\0 ' or delimiter.isalnum():
        raise Invalid(
            _("A delimiter is one sign such as , ; | or the word tab, not {name}.").format(name=safe(name)),
            "delimiter",
        )
    return delimiter


def announced_delimiter(first_line: str) -> str:
    """Return what a first line such as `sep=;` announces, "" for any other line."""
    line = first_line.strip('\r\n\ufeff"')
    return line[4:5] if len(line) == 5 and line[:4].lower() == "sep=" else ""


class _Lines:
    """The physical lines of a text file, none of them endless; remembers the last one and how far it has come."""

    def __init__(self, path: Path, encoding: str) -> None:
        self.path = path
        self.encoding = encoding
        self.last = ""
        self.position = 0
        self.record_position = 0

    def __enter__(self) -> _Lines:
        try:
            # newline="" leaves the ends of lines inside quoted cells as they are
            self._file = io.TextIOWrapper(self.path.open("rb"), encoding=self.encoding, newline="")
        except OSError as error:
            raise not_readable(self.path, error) from error
        return self

    def __exit__(self, *_exception: object) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[str]:
        pieces = iter(partial(self._file.readline, MAXIMUM_LINE + 1), "")
        tell = self._file.buffer.tell
        try:
            for number, line in enumerate(pieces, start=1):
                if "\0" in line:
                    raise holds_nul(self.path, number)
                if len(line) > MAXIMUM_LINE:
                    raise _too_large(self.path, number)
                if number & 0xF == 1:
                    self.position = tell()
                    if self.position - self.record_position > MAXIMUM_RECORD:
                        raise _too_large(self.path, number)
                    if number == 1:
                        line = line.removeprefix("\ufeff")
                self.last = line
                yield line
        except UnicodeDecodeError:
            raise undecodable(self.path, self.encoding) from None
        except OSError as error:
            raise not_readable(self.path, error) from error


def not_readable(path: Path, error: OSError) -> Unreadable:
    """Return the error for a file that the system does not let us read."""
    return Unreadable(
        _("{file} cannot be read: {reason}.").format(
            file=safe(str(path)), reason=error.strerror or str(error)
        )
    )


def _too_large(path: Path, line: int) -> Unreadable:
    return Unreadable(
        _(
            "{file} holds a row on line {line} that is far too large for a customer (a cell may have {cell} characters, "
            "a row {columns} columns). Delete that row, or check that this is the right file."
        ).format(
            file=safe(str(path)),
            line=show_number(line, language()),
            cell=show_number(MAXIMUM_CELL, language()),
            columns=show_number(MAXIMUM_COLUMNS, language()),
        )
    )


def _head(path: Path, encoding: str) -> str:
    """The first part of the file as text, without the line that the cut went through."""
    with path.open("rb") as file:
        text = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
        head = text.read(SAMPLE_BYTES)
        return head if _is_at_end(text) else head[: head.rfind("\n") + 1] or head


def _is_at_end(file: TextIO) -> bool:
    return not file.read(1)


def _evenness(text: str, delimiter: str) -> float:
    """How well `delimiter` makes a table of `text`: columns of most rows, weighed by how many rows agree."""
    csv.field_size_limit(MAXIMUM_CELL)
    try:
        records = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 200))
    except csv.Error:
        return 0.0
    records = [cells for cells in records if not all(map(is_blank, cells))]
    counts = Counter(len(cells) for cells in records)
    if not counts or set(counts) == {1}:
        return 0.0
    columns, agreeing = max(
        ((count, number) for count, number in counts.items() if count > 1), key=lambda pair: pair[1]
    )
    known = sum(exact_meaning(title) is not None for title in records[0]) if len(records[0]) > 1 else 0
    return (agreeing / counts.total()) ** 2 * min(columns, 6) + min(known, 3)
