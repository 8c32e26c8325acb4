"""The one place where lines in the order in which they are read become lines in the order in which they are seen.

Tables turn each cell as they draw it, editors their own line, and what all other widgets draw passes `DirectionFilter`. A
widget whose lines are turned already is a `TurnedAlready`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, cast

from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import TRANSPARENT, Color
from textual.filter import LineFilter
from textual.strip import Strip
from textual.widget import Widget

from leadtui.language.bidi import needs_order
from leadtui.language.translate import interface_direction
from leadtui.presentation.drawn_text import AS_READ, Drawing

FIELDS = re.compile("[\u2500-\u259f]+| {2,}")
"""What parts the fields of a line: box characters and blocks, and more than one space."""


class DirectionFilter(LineFilter):
    """Turns each field of a line for itself, so that no field leaves its place."""

    def __init__(self, drawing: Drawing) -> None:
        super().__init__()
        self.drawing = drawing

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - Textual's
        """The line as it is drawn; one in which nothing runs from right to left is left alone."""
        for text, _style, _control in segments:
            if not text.isascii() and needs_order(text):
                return self._turned(segments)
        return segments

    def _turned(self, segments: Iterable[Segment]) -> list[Segment]:
        line = ""
        styles: list[Style | None] = []
        for text, style, control in segments:
            if not control:
                line += text
                styles += [style] * len(text)
        base = interface_direction()
        drawn: list[tuple[str, Style | None]] = []
        for start, end in _fields(line):
            field = line[start:end]
            if needs_order(field):
                glyphs = self.drawing.glyphs(field, base)
                drawn += [(glyph.text, styles[start + glyph.place]) for glyph in glyphs]
            else:
                drawn += zip(field, styles[start:end], strict=True)
        return [
            Segment("".join(text for text, _style in run), style)
            for style, run in groupby(drawn, key=lambda each: each[1])
        ]


def turned_line(line: Strip, drawing: Drawing) -> Strip:
    """Return a line that passes no filter, each field of it turned."""
    return Strip(DirectionFilter(drawing).apply([*line], TRANSPARENT), line.cell_length)


def drawing_of(widget: Widget) -> Drawing:
    """How the program that `widget` is in draws text."""
    filters = cast("App[Any]", cast("Any", widget).app).get_line_filters()
    return next((each.drawing for each in filters if isinstance(each, DirectionFilter)), AS_READ)


def _fields(line: str) -> Iterable[tuple[int, int]]:
    """Where each field and what parts it from the next begin and end; single spaces around a field belong to neither."""
    at = 0
    for parting in FIELDS.finditer(line):
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
