"""What commands write: data to standard output, as aligned text or as JSON, and everything said to standard error."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from typing import TextIO

from leadtui.language.text import cell_width, ellipsize, safe

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]

GAP = "  "
MEASURED_ROWS = 500
"""A table's columns are as wide as its first rows need: the others may be a million."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. Where the terminal is too narrow the one with the highest `yields` is cut first, down to
    `least` cells, and left out where even these do not fit; 0 always stays as it is."""

    title: str
    yields: int = 0
    least: int = 6
    right: bool = False


def tell(sentence: str) -> None:
    """Say something to the person, on standard error."""
    print(safe(sentence), file=sys.stderr, flush=True)  # noqa: T201  # it is how a command speaks


def on_a_terminal() -> bool:
    """Whether a person sees what is written and can answer."""
    return sys.stdout.isatty() and sys.stdin.isatty()


def write_line(line: str = "") -> None:
    """Write one line of data; what is in it came from anywhere."""
    _write(safe(line).rstrip() + "\n")


def write_json(value: Json) -> None:
    """Write one JSON document."""
    _write(_dumped(value, indent=2) + "\n")


def write_json_list(values: Iterable[Json]) -> None:
    """Write a JSON list, one element on each line, however many there are."""
    separator = "[\n"
    for value in values:
        _write(separator + _dumped(value))
        separator = ",\n"
    _write("[]\n" if separator == "[\n" else "\n]\n")


def write_table(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
    """Write rows under their titles. On a terminal a line fits its width; into a file nothing is cut."""
    remaining = iter(rows)
    measured = [[safe(cell) for cell in row] for row in islice(remaining, MEASURED_ROWS)]
    if not measured:
        return
    titles = [column.title for column in columns]
    widths = [max(map(cell_width, cells)) for cells in zip(titles, *measured, strict=True)]
    cut = sys.stdout.isatty()
    shown = fitted(columns, widths, shutil.get_terminal_size().columns) if cut else dict(enumerate(widths))
    others = ([safe(cell) for cell in row] for row in remaining)
    for row in chain([titles], measured, others):
        cells = [
            aligned(row[place], width, right=columns[place].right, cut=cut) for place, width in shown.items()
        ]
        _write(GAP.join(cells).rstrip() + "\n")


def write_fields(fields: Iterable[tuple[str, str]]) -> None:
    """Write titles with their values beside them."""
    kept = [(safe(title), safe(value)) for title, value in fields]
    width = max((cell_width(title) for title, _value in kept), default=0)
    for title, value in kept:
        _write(f"{aligned(title, width)}{GAP}{value}".rstrip() + "\n")


def fitted(columns: Sequence[Column], widths: Sequence[int], room: int) -> dict[int, int]:
    """The columns, by their place, that are shown in lines of at most `room` cells, each with its width."""
    shown = dict(enumerate(widths))
    least = {
        place: min(width, max(columns[place].least, cell_width(columns[place].title)))
        if columns[place].yields
        else width
        for place, width in shown.items()
    }
    yielding = sorted(
        (place for place in shown if columns[place].yields), key=lambda each: columns[each].yields
    )
    while yielding and _line_width(least[place] for place in shown) > room:
        del shown[yielding.pop()]
    for place in reversed(yielding):
        too_much = _line_width(shown.values()) - room
        shown[place] -= min(max(too_much, 0), shown[place] - least[place])
    return shown


def _line_width(widths: Iterable[int]) -> int:
    kept = list(widths)
    return sum(kept) + len(GAP) * (len(kept) - 1)


def aligned(cell: str, width: int, *, right: bool = False, cut: bool = False) -> str:
    """A cell in its width; one that is wider stays as it is, or is cut where that is asked for."""
    shown = ellipsize(cell, width) if cut else cell
    padding = " " * (width - cell_width(shown))
    return padding + shown if right else shown + padding


@contextmanager
def quiet_when_nobody_reads() -> Generator[None]:
    """Where standard output is closed early (`leadtui leads list | head`) the program ends without a word."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still in the buffer would be tried again as the interpreter ends.
        _forget(sys.stdout)
        raise SystemExit(_SIGPIPE) from None


_SIGPIPE = 141

# Fit for JSON, yet not for a terminal: C1 controls, directions, line ends of Unicode, lone surrogates.
_UNSAFE = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


def _dumped(value: Json, indent: int | None = None) -> str:
    unicode = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    text = json.dumps(value, ensure_ascii=not unicode, indent=indent)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _write(text: str) -> None:
    sys.stdout.write(text)


def _forget(stream: TextIO) -> None:
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
