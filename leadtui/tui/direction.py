"""The one place where lines in the order in which they are read become lines in the order in which they are seen.

Tables turn each cell as they draw it, editors their own line, and what all other widgets draw passes `DirectionFilter`. A
widget whose lines are turned already is a `TurnedAlready`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, TypeAlias, cast

from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import TRANSPARENT, Color
from textual.filter import LineFilter
from textual.strip import Strip
from textual.widget import Widget

from leadtui.language.bidi import Direction, needs_order
from leadtui.language.translate import interface_direction
from leadtui.presentation.drawn_text import AS_READ, Drawing

FIELDS = re.compile("[\u2500-\u259f]+| {2,}")
"""What parts the fields of a line: box characters and blocks, and more than one space."""

FIELDS_FROM_THE_RIGHT = re.compile(f"{FIELDS.pattern}|\u2190\u2192|\u2190")
"""There also the arrow that points on, whatever stands on its sides; the two that name a pair of keys stand as they are."""

_LEADING_SIGNS = re.compile("(?:[\u25a0-\u27bf\u203a] )+")
"""Signs before the words that they mark, in whatever script these are."""

_OTHER_SIDE = str.maketrans("┌┐└┘├┤╭╮╰╯▌▐▏▕▖▗▘▝▙▟▛▜╴╶╸╺›‹", "┐┌┘└┤├╮╭╯╰▐▌▕▏▗▖▝▘▟▙▜▛╶╴╺╸‹›")
"""The signs of borders, bars and corners as they stand on the other side of a line."""


class DirectionFilter(LineFilter):
    """Turns each field of a line for itself, so that no field leaves its place.

    Where the interface runs from right to left, the line does as a whole: its first field stands at the right.
    """

    def __init__(self, drawing: Drawing) -> None:
        super().__init__()
        self.drawing = drawing

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - Textual's
        """The line as it is drawn; one in which nothing runs from right to left is left alone."""
        if interface_direction() is Direction.RIGHT_TO_LEFT:
            return self._from_the_right(segments)
        for text, _style, _control in segments:
            if not text.isascii() and needs_order(text):
                return self._turned(segments)
        return segments

    def _turned(self, segments: Iterable[Segment]) -> list[Segment]:
        line, styles = _letters(segments)
        drawn: list[_Drawn] = []
        for start, end in _fields(line, FIELDS):
            drawn += self._field(line[start:end], styles[start:end])
        return _joined(drawn)

    def _from_the_right(self, segments: list[Segment]) -> list[Segment]:
        if all(text.isspace() for text, _style, _control in segments):
            return segments[::-1]
        line, styles = _letters(segments)
        drawn: list[_Drawn] = []
        for start, end in reversed([*_fields(line, FIELDS_FROM_THE_RIGHT)]):
            field, inks = line[start:end], styles[start:end]
            if FIELDS.fullmatch(field):
                drawn += zip(field[::-1].translate(_OTHER_SIDE), inks[::-1], strict=True)
                continue
            signs = _LEADING_SIGNS.match(field)
            words = signs.end() if signs else 0
            drawn += self._field(field[words:], inks[words:])
            drawn += zip(field[:words][::-1].translate(_OTHER_SIDE), inks[:words][::-1], strict=True)
        return _joined(drawn)

    def _field(self, field: str, styles: Sequence[Style | None]) -> Iterable[_Drawn]:
        if not needs_order(field):
            return zip(field, styles, strict=True)
        glyphs = self.drawing.glyphs(field, interface_direction())
        return [(glyph.text, styles[glyph.place]) for glyph in glyphs]


def turned_line(line: Strip, drawing: Drawing) -> Strip:
    """Return a line that passes no filter, each field of it turned."""
    return Strip(DirectionFilter(drawing).apply([*line], TRANSPARENT), line.cell_length)


def drawing_of(widget: Widget) -> Drawing:
    """How the program that `widget` is in draws text."""
    filters = cast("App[Any]", cast("Any", widget).app).get_line_filters()
    return next((each.drawing for each in filters if isinstance(each, DirectionFilter)), AS_READ)


_Drawn: TypeAlias = tuple[str, Style | None]
"""A letter with the marks on it, and how it looks."""


def _letters(segments: Iterable[Segment]) -> tuple[str, list[Style | None]]:
    line = ""
    styles: list[Style | None] = []
    for text, style, control in segments:
        if not control:
            line += text
            styles += [style] * len(text)
    return line, styles


def _joined(drawn: Iterable[_Drawn]) -> list[Segment]:
    return [
        Segment("".join(text for text, _style in run), style)
        for style, run in groupby(drawn, key=lambda each: each[1])
    ]


def _fields(line: str, partings: re.Pattern[str]) -> Iterable[tuple[int, int]]:
    """Where each field and what parts it from the next begin and end; single spaces around a field belong to neither."""
    at = 0
    for parting in partings.finditer(line):
        yield from _without_outer_spaces(line, at, parting.start())
        yield parting.span()
        at = parting.end()
    yield from _without_outer_spaces(line, at, len(line))


def _without_outer_spaces(line: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    words_start = start + (line[start:end].startswith(" "))
    words_end = max(end - (line[start:end].endswith(" ")), words_start)
    return (start, words_start), (words_start, words_end), (words_end, end)


class TurnedAlready:
    """What stands before `Widget` where a widget's lines are in the order in which they are seen: another turn would undo it.

    Tables and editors, and every screen: a modal one draws the lines of those below it.
    """

    def get_line_filters(self) -> Sequence[LineFilter]:
        """All filters but the one that turns."""
        filters = cast("Widget", super()).get_line_filters()
        return [each for each in filters if not isinstance(each, DirectionFilter)]
