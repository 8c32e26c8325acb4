"""One row of an imported table, whatever kind of file it came from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple, cast

MAXIMUM_CELL = 1_000_000
"""Characters in one cell; what is longer is damage or an attack, not a customer."""

MAXIMUM_COLUMNS = 16_384
"""Columns in one row: what a spreadsheet can hold."""

UNSEEN = "".join(
    [
        *filter(str.isspace, map(chr, range(0x3001))),
        "\x00\x1a\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff",
    ]
)
"""White space, joiners, marks of direction, a byte order mark, DOS's Ctrl-Z: a cell of these alone is blank."""


class Row(NamedTuple):
    """One record. A named tuple, not a dataclass: a million are made, and it costs a third of one."""

    line: int
    """Where it starts in the file, from 1: the physical line of a text, the row number of a spreadsheet."""

    cells: tuple[str, ...]
    """As many as the sheet has titles; more only where the record itself holds more that are not blank."""

    position: int
    """How far into `Sheet.size` the reading has come, for a progress bar."""

    damage: str = ""
    """What is wrong with the record itself, a sentence for the person who mends it; "" mostly. Such a row is rejected."""


def is_blank(text: str) -> bool:
    """Whether nothing of `text` would be seen."""
    return not text.strip(UNSEEN)


def plain(cell: str) -> str:
    """A cell as people read it: of the JSON that some forms write for answers of several parts, what it says."""
    if cell[:1] + cell[-1:] not in ("{}", "[]"):
        return cell
    try:
        return _said(json.loads(cell, parse_int=str, parse_float=str)) or cell
    except (ValueError, RecursionError):
        return cell


# Of names, numbers, addresses and appointments, as Jotform calls them; other parts need their names to be understood.
_PARTS_OF_ONE = frozenset(
    "prefix first middle last suffix full country area phone addr_line1 addr_line2 city state postal date time hour min"
    " minute second day month year ampm timezone name value".split()
)


def _said(value: object) -> str:
    """What a piece of JSON says in words; "" where that is nothing."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_said, cast("list[object]", value))))
    if not isinstance(value, dict):
        return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    said = {
        str(key): text for key, part in cast("dict[object, object]", value).items() if (text := _said(part))
    }
    if "full" in said:
        return said["full"]
    if said.keys() <= _PARTS_OF_ONE:
        return (", " if "addr_line1" in said else " ").join(said.values())
    return ", ".join(text if key.isdecimal() else f"{key}: {text}" for key, text in said.items())


def fitted(cells: Sequence[str], width: int) -> tuple[str, ...]:
    """`cells` filled up to `width` with blanks; blank cells beyond it are cut, others stay."""
    if len(cells) <= width:
        return (*cells, *[""] * (width - len(cells)))
    end = len(cells)
    while end > width and is_blank(cells[end - 1]):
        end -= 1
    return tuple(cells[:end])


def filled_width(rows: Iterable[Sequence[str]]) -> int:
    """How many columns remain when those at the end that are blank in every row are dropped."""
    width = 0
    for cells in rows:
        end = len(cells)
        while end > width and is_blank(cells[end - 1]):
            end -= 1
        width = max(width, end)
    return width
