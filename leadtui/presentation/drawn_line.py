"""A whole line in the order in which it is seen: each field of it turned for itself, so that none leaves its place."""

from __future__ import annotations

import re
from collections.abc import Iterable

from leadtui.language.bidi import Direction, first_strong, needs_order
from leadtui.language.text import cell_width
from leadtui.presentation.drawn_text import Drawing
from leadtui.presentation.terminal_columns import for_terminal

FIELDS = re.compile("[\u2500-\u259f]+| {2,}")
"""What parts the fields of a line: box characters and blocks, and more than one space."""

_FIELDS_FROM_THE_RIGHT = re.compile(f"{FIELDS.pattern}|\u2190\u2192|\u2190")
"""There also the arrow that points on, whatever stands on its sides; the two that name a pair of keys stand as they are."""

_LEADING_SIGNS = re.compile(
    "(?:[\u203a\u2192-\u23ff\u25a0-\u27bf\u2900-\u2bff\U0001f000-\U0001faff]\ufe0f? )+"
)
"""Signs before the words that they mark, in whatever script these are: arrows, signs of mathematics and of technology, shapes, pictures."""

OTHER_SIDE = str.maketrans("┌┐└┘├┤╭╮╰╯▌▐▏▕▖▗▘▝▙▟▛▜╴╶╸╺›‹→➜", "┐┌┘└┤├╮╭╯╰▐▌▕▏▗▖▝▘▟▙▜▛╶╴╺╸‹›←←")
"""The signs of borders, bars and corners as they stand on the other side of a line, and arrows as they point on there."""


def line_glyphs(line: str, drawing: Drawing, base: Direction) -> Iterable[tuple[int, str]]:
    """What is drawn from left to right, each letter with its place in the line; from right to left its first field stands at the right.

    In a line from left to right a field of another script runs as that does: it is data, or a row of it, such as a note that is
    wrapped. What a sentence of the program says of data stands apart in it.
    """
    from_the_right = base is Direction.RIGHT_TO_LEFT
    fields = _fields(line, _FIELDS_FROM_THE_RIGHT if from_the_right else FIELDS)
    for start, end in reversed([*fields]) if from_the_right else fields:
        if from_the_right and FIELDS.fullmatch(line, start, end):
            yield from _on_the_other_side(line, start, end)
            continue
        signs = _LEADING_SIGNS.match(line, start, end)
        words = signs.end() if signs else start
        if from_the_right:
            yield from _field(line, words, end, drawing, base)
            yield from _on_the_other_side(line, start, words)
        else:
            yield from enumerate(line[start:words], start)
            yield from _field(line, words, end, drawing, first_strong(line[words:end]) or base)


def printed(text: str, drawing: Drawing, base: Direction, width: int) -> str:
    """Lines of text as they are printed in a terminal of `width` columns; from right to left they begin at its right."""
    lines: list[str] = []
    for line in text.split("\n"):
        if not line or (base is Direction.LEFT_TO_RIGHT and not needs_order(line)):
            lines.append(line)
            continue
        for row in _rows(line, width):
            blanks = " " * (width - cell_width(row)) if base is Direction.RIGHT_TO_LEFT else ""
            drawn = "".join(text for _place, text in line_glyphs(row + blanks, drawing, base))
            lines.append(for_terminal(drawn, drawing.profile).rstrip())
    return "\n".join(lines)


def _rows(line: str, width: int) -> Iterable[str]:
    """The line in rows of at most `width` cells, parted at blanks, and within a word that is longer."""
    row = ""
    for piece in re.findall("[^ ]+ *| +", line):
        if cell_width((row + piece).rstrip()) > width and row.strip():
            yield row.rstrip()
            row = ""
        for letter in piece:
            if cell_width((row + letter).rstrip()) > width:
                yield row
                row = ""
            row += letter
    yield row.rstrip()


def _field(line: str, start: int, end: int, drawing: Drawing, base: Direction) -> Iterable[tuple[int, str]]:
    field = line[start:end]
    if not needs_order(field):
        return enumerate(field, start)
    return [(start + place, text) for place, text in drawing.glyphs(field, base)]


def _on_the_other_side(line: str, start: int, end: int) -> Iterable[tuple[int, str]]:
    return zip(reversed(range(start, end)), line[start:end][::-1].translate(OTHER_SIDE), strict=True)


def _fields(line: str, partings: re.Pattern[str]) -> Iterable[tuple[int, int]]:
    """Where each field and what parts it from the next begin and end; single spaces around a field belong to neither."""
    at = 0
    for parting in partings.finditer(line):
        yield from _without_outer_spaces(line, at, parting.start())
        yield parting.span()
        at = parting.end()
    yield from _without_outer_spaces(line, at, len(line))


def _without_outer_spaces(line: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    words_start = start + line.startswith(" ", start, end)
    words_end = max(end - line.endswith(" ", start, end), words_start)
    return (start, words_start), (words_start, words_end), (words_end, end)
