"""Delimited text (CSV and its relatives): tell the delimiter, and read the records one by one in constant memory."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TextIO, cast

from leadtui.errors import Invalid, Unreadable
from leadtui.language.text import ellipsize, safe
from leadtui.language.translate import _, format_list, language, pgettext, show_number
from leadtui.services.importing.contents import Content, content_of
from leadtui.services.importing.doubt import Doubt, DoubtAbout, DoubtChoice
from leadtui.services.importing.encoding import SAMPLE_BYTES, shown_encoding
from leadtui.services.importing.rows import MAXIMUM_CELL, MAXIMUM_COLUMNS, UNSEEN, Row, fitted, is_blank
from leadtui.services.importing.titles import exact_meaning

DELIMITERS = (",", ";", "\t", "|", "؛")

MAXIMUM_LINE = 4 * MAXIMUM_CELL
"""Characters in one physical line."""

_KEPT = 1_000
"""Characters of a row that is far too large, to be known again by among those that are rejected."""

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
        """Yield the rows that are not blank; one that is damaged says so. Raises Unreadable where the rest makes no sense."""
        with _Lines(self.path, self.encoding) as lines:
            yield from islice(self._records(lines), self.skip, None)

    def below(self, skip: int, width: int) -> DelimitedRows:
        """The same rows without the first `skip` ones, each `width` cells wide."""
        return replace(self, skip=skip, width=width)

    def _records(self, lines: _Lines) -> Iterator[Row]:
        """Yield each record that is not blank. A million come through here, so the usual one takes the short way."""
        csv.field_size_limit(MAXIMUM_CELL)
        width, record = self.width, lines.record
        start = 1
        source = iter(lines)
        while True:
            # strict, because the lenient reader lets a stray quote swallow all rows up to the next one without a word
            reader = csv.reader(source, delimiter=self.delimiter, strict=True)
            rest: list[str] = []
            try:
                for cells in reader:
                    if (
                        len(record) == 1
                        and not lines.damage
                        and len(cells) == width > 0
                        and cells[0].strip(UNSEEN)
                    ):
                        yield Row(start, tuple(cells), lines.position)
                    elif lines.damage or not all(map(is_blank, cells)):
                        if self._has_swallowed_rows(cells, record):
                            rest = record[1:]
                            break
                        yield self._row(start, cells, lines)
                    start += len(record)
                    lines.take()
                else:
                    return
            except csv.Error as error:
                if len(record) == 1 and "end of data" not in str(error):
                    yield self._mended(start, lines)
                    start += 1
                    lines.take()
                    continue
                if self._is_one_large_row(error, record):
                    yield self._row(start, [record[0][:_KEPT].rstrip("\r\n")], lines, _far_too_large(start))
                    source = iter(lines) if isinstance(error, _TooLargeError) else source
                    start += _pass_over(source, record)
                    lines.take()
                    continue
                rest = record[1:]
            # an open quotation mark costs the line that it stands in; the lines behind it are read again
            yield self._damaged(start, lines)
            source = lines.again(rest, start)
            start += 1

    def _row(self, line: int, cells: Sequence[str], lines: _Lines, damage: str = "") -> Row:
        damage = lines.damage or damage
        if len(cells) > MAXIMUM_COLUMNS:
            cells, damage = cells[: self.width or 1], _far_too_large(line)
        whole = fitted(cells, self.width) or ("",)
        if len(whole) > self.width > 0 and not damage:
            damage = pgettext("reason", "it has {cells} cells under {titles} titles").format(
                cells=len(whole), titles=self.width
            )
        if lines.damage:
            whole = tuple(cell.replace(_DAMAGE, "\ufffd").replace("\0", "\ufffd") for cell in whole)
        return Row(line, whole, lines.position, damage)

    def _mended(self, line: int, lines: _Lines) -> Row:
        """Read a record of one line again that has a quotation mark in the wrong place."""
        cells = self._split(lines.record[0])
        if not cells:
            return self._row(line, [lines.record[0][:_KEPT]], lines, _far_too_large(line))
        as_wide = self.width in (0, len(fitted(cells, self.width)))
        return self._row(line, cells, lines, "" if as_wide and len(cells) > 1 else _misplaced_quote(line))

    def _damaged(self, line: int, lines: _Lines) -> Row:
        """The row whose quotation mark stays open."""
        first = lines.record[0]
        cells = [cell.rstrip("\r\n") for cell in self._split(first) or [first[:_KEPT]]]
        return self._row(line, cells, lines, _misplaced_quote(line))

    def _split(self, text: str) -> list[str]:
        """The cells of a text; none where one is too large."""
        try:
            return next(csv.reader([text], delimiter=self.delimiter))
        except csv.Error:
            return []

    def _is_one_large_row(self, error: csv.Error, record: Sequence[str]) -> bool:
        """Whether a row that is far too large is one, and no open quotation mark with many rows behind it."""
        is_large = isinstance(error, _TooLargeError) or "limit" in str(error)
        between = self.width - 1
        return is_large and between > 0 and all(line.count(self.delimiter) < between for line in record[1:])

    def _has_swallowed_rows(self, cells: Sequence[str], record: Sequence[str]) -> bool:
        """Whether a cell of several lines rather is a row with an open quotation mark, and the rows behind it.

        Where the record is as wide as the others, its first line has to be a row by itself too.
        """
        if len(record) == 1 or self.width < 2:
            return False
        as_wide = len(cells) >= self.width == len(fitted(cells, self.width))
        if as_wide and len(self._split(record[0].replace('"', ""))) < self.width:
            return False
        for text in record[1:]:
            if text.count(self.delimiter) >= self.width - 1:
                inner = self._split(text)
                if len(inner) == self.width and (not as_wide or any(map(_is_contact, inner))):
                    return True
        return False


class _TooLargeError(csv.Error):
    """A row has more than `MAXIMUM_RECORD`: to whoever reads it the same as a cell that is too large."""


def _pass_over(lines: Iterator[str], record: list[str]) -> int:
    """Read on to the end of a row with open quotation marks, of which nothing is kept, and return how many lines it has."""
    count, marks = len(record), sum(line.count('"') for line in record)
    while marks % 2:
        record.clear()
        line = next(lines, None)
        if line is None:
            break
        count, marks = count + 1, marks + line.count('"')
    return count


@dataclass(frozen=True, slots=True)
class RecognisedDelimiter:
    """What separates the cells of a text file, and what else might do so."""

    sign: str
    doubt: Doubt | None = None


def recognise_delimiter(path: Path, encoding: str) -> RecognisedDelimiter:
    """Return what separates the cells of `path`: the delimiter that gives the same number of columns most evenly.

    Quoted cells are respected, titles that are known count for the delimiter that sets them apart, and a first line
    `sep=;`, as Excel understands it, settles it. A table of one column counts as comma-separated.
    """
    text = _head(path, encoding)
    announced = announced_delimiter(text.lstrip("\ufeff").partition("\n")[0])
    if announced:
        return RecognisedDelimiter(announced)
    evenness = {sign: _evenness(text, sign) for sign in DELIMITERS}
    likelier, other = sorted(DELIMITERS, key=evenness.__getitem__, reverse=True)[:2]
    if not evenness[other] or evenness[likelier] - evenness[other] >= _DOUBTFUL:
        return RecognisedDelimiter(likelier)
    lines = [line for line in text.splitlines() if likelier in line and other in line] or text.splitlines()
    choices = tuple(_choice(sign, lines[0]) for sign in (likelier, other))
    return RecognisedDelimiter(
        likelier, Doubt(DoubtAbout.DELIMITER, choices=choices, examples=tuple(lines[:2]))
    )


_DOUBTFUL = 1.25
"""Two delimiters that set the rows apart almost as evenly, into a column more or less, may both be meant."""


def _choice(sign: str, line: str) -> DoubtChoice:
    """A delimiter, and the first cells that it makes of a line."""
    cells = next(csv.reader([line], delimiter=sign))[:3]
    return DoubtChoice(
        "tab" if sign == "\t" else sign, format_list(f"“{safe(ellipsize(cell, 20))}”" for cell in cells)
    )


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


_DAMAGE = "\udcff"
"""Stands in a line where a byte is that its encoding does not have: no text holds it."""

codecs.register_error("leadtui-damage", lambda error: (_DAMAGE, cast("UnicodeDecodeError", error).end))

_WRONG_ENDS = frozenset("\u0a00\u0d00\ufffe")
"""What the ends of lines and the byte order mark become where a byte of UTF-16 is missing; none is a letter."""

_MOST_READ_AGAIN = 256 * 1024**2
"""Characters behind open quotation marks, all together: a file can be made that has one in every line."""


class _Lines:
    """The physical lines of a text file, none of them endless; remembers those of the present record, and how far it has come."""

    def __init__(self, path: Path, encoding: str) -> None:
        self.path = path
        self.encoding = encoding
        self.record: list[str] = []
        """The lines of the present record; whoever takes the record clears them."""
        self.damage = ""
        """What is wrong with the letters of the present record, a sentence; "" mostly."""
        self.position = 0
        self.begun = 0
        """Where, about, the present record begins."""
        self._number = 0
        self._read_again = 0

    def __enter__(self) -> _Lines:
        try:
            # newline="" leaves the ends of lines inside quoted cells as they are
            self._file = io.TextIOWrapper(
                self.path.open("rb"), encoding=self.encoding, newline="", errors="leadtui-damage"
            )
        except OSError as error:
            raise not_readable(self.path, error) from error
        return self

    def __exit__(self, *_exception: object) -> None:
        self._file.close()

    def take(self) -> None:
        """The present record has been read."""
        self.record.clear()
        self.damage = ""
        self.begun = self.position

    def again(self, lines: Sequence[str], line: int) -> Iterator[str]:
        """Read the lines behind the line of an open quotation mark once more, and then on."""
        self.take()
        self._read_again += sum(map(len, lines))
        if self._read_again > _MOST_READ_AGAIN:
            raise Unreadable(
                _(
                    "{file}: the quotation mark that opens a cell on line {line} is not closed where the cell ends, and "
                    "many others are not either. Export the file again."
                ).format(file=safe(str(self.path)), line=line)
            )
        return chain(self._checked(lines, line + 1), self)

    def _checked(self, lines: Iterable[str], first: int) -> Iterator[str]:
        for number, line in enumerate(lines, start=first):
            self._look_at(line, number)
            self.record.append(line)
            yield line

    def __iter__(self) -> Iterator[str]:
        pieces = iter(partial(self._file.readline, MAXIMUM_LINE + 1), "")
        tell = self._file.buffer.tell
        record = self.record
        wide = self.encoding.startswith(("utf-16", "utf-32"))
        try:
            for line in pieces:
                self._number = number = self._number + 1
                if len(line) > MAXIMUM_LINE:
                    line = self._beginning_of(line, pieces)
                    self.damage = _far_too_large(number)
                elif "\0" in line or (not line.isascii() and _DAMAGE in line):
                    self._look_at(line, number)
                if wide and not _WRONG_ENDS.isdisjoint(line):
                    raise _bytes_missing(self.path, number)
                if number & 0xF == 1:
                    self.position = tell()
                    if number == 1:
                        line = line.removeprefix("\ufeff")
                    if self.position - self.begun > MAXIMUM_RECORD and self._is_too_large():
                        record.append(line)
                        raise _TooLargeError
                record.append(line)
                yield line
        except OSError as error:
            raise not_readable(self.path, error) from error

    def _beginning_of(self, line: str, pieces: Iterator[str]) -> str:
        """What is kept of an endless line, whose rest is passed over."""
        begins = line[:_KEPT].replace('"', "").rstrip("\r\n")
        while not line.endswith(("\n", "\r")) and (line := next(pieces, "")):
            pass
        return begins + "\n"

    def _is_too_large(self) -> bool:
        """Whether the present record is; the positions tell only about where it begins."""
        self.begun = self.position
        return len(self.record) > 1 and sum(map(len, self.record)) > MAXIMUM_RECORD // 4

    def _look_at(self, line: str, number: int) -> None:
        if "\0" in line:
            self.damage = pgettext("reason", "line {line} holds a NUL byte, which no text has").format(
                line=number
            )
        elif _DAMAGE in line:
            self.damage = pgettext("reason", "line {line} holds a byte that {encoding} does not have").format(
                line=number, encoding=shown_encoding(self.encoding)
            )


def _bytes_missing(path: Path, line: int) -> Unreadable:
    return Unreadable(
        _(
            "{file}: from line {line} on bytes are missing, so no letter after them is what it was. Export it again."
        ).format(file=safe(str(path)), line=line)
    )


def _misplaced_quote(line: int) -> str:
    return pgettext(
        "reason", "the quotation mark that opens a cell on line {line} is not closed where the cell ends"
    ).format(line=line)


def _is_contact(cell: str) -> bool:
    return content_of(cell) in (Content.PHONE, Content.EMAIL)


def not_readable(path: Path, error: OSError) -> Unreadable:
    """Return the error for a file that the system does not let us read."""
    return Unreadable(
        _("{file} cannot be read: {reason}.").format(
            file=safe(str(path)), reason=error.strerror or str(error)
        )
    )


def _far_too_large(line: int) -> str:
    return pgettext(
        "reason",
        "line {line} is far too large for a customer (a cell may have {cell} characters, a row {columns} columns)",
    ).format(
        line=show_number(line, language()),
        cell=show_number(MAXIMUM_CELL, language()),
        columns=show_number(MAXIMUM_COLUMNS, language()),
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
