"""Tell whether a table has titles, where they stand, and what its columns are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leadtui.language.text import clean
from leadtui.services.importing.contents import Content, column_content, content_of, digit_count
from leadtui.services.importing.delimited import announced_delimiter
from leadtui.services.importing.rows import filled_width, is_blank
from leadtui.services.importing.titles import meaning_of

_LINES_ABOVE = 5
"""How many rows above the titles are looked past: the name of the list, when it was made, Excel's `sep=;`."""

_LONG_NUMBER = 5


@dataclass(frozen=True, slots=True)
class Top:
    """How a table begins."""

    skip: int
    """How many rows stand above the first row of data."""
    titles: tuple[str, ...]
    has_header: bool

    @property
    def lines_above(self) -> int:
        """How many rows stand above the titles."""
        return self.skip - self.has_header


def recognise_top(rows: Sequence[Sequence[str]], header: bool | None) -> Top:
    """Return where the data of a table begins, from its first rows; `header` overrules what would be recognised."""
    above = _lines_above(rows)
    if header is None:
        header = has_header(rows[above:])
    titles = rows[above] if header else ()
    width = filled_width(rows[above:])
    return Top(above + header, distinct_titles(titles, width), header)


def has_header(rows: Sequence[Sequence[str]]) -> bool:
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


def distinct_titles(titles: Sequence[str], width: int) -> tuple[str, ...]:
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


def made_up_title(number: int) -> str:
    """What a column without a title is called, from 1. Never translated: people write it in mappings that are kept."""
    return f"Column {number}"


def _lines_above(rows: Sequence[Sequence[str]]) -> int:
    """Count the rows of a single cell above titles that are known."""
    if announced_delimiter(rows[0][0]) or (
        len(rows[0]) == 2 and rows[0][0].lower().strip("\ufeff") == "sep="
    ):
        return 1
    for number, cells in enumerate(rows[: _LINES_ABOVE + 1]):
        if sum(not is_blank(cell) for cell in cells) > 1:
            known = sum(meaning_of(cell) is not None for cell in cells)
            return number if known > 1 and has_header(rows[number:]) else 0
    return 0


def _is_data(cell: str) -> bool:
    content = content_of(cell)
    if content in (Content.PHONE, Content.EMAIL, Content.DATE, Content.TIME):
        return True
    return content is Content.NUMBER and digit_count(cell) >= _LONG_NUMBER
