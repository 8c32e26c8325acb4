"""The one place where lines in the order in which they are read become lines in the order in which they are seen.

Tables turn each cell as they draw it, editors their own line, and what all other widgets draw passes `DirectionFilter`. A
widget whose lines are turned already is a `TurnedAlready`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, TypeAlias, cast

from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import TRANSPARENT, Color
from textual.content import Content
from textual.filter import LineFilter
from textual.strip import Strip
from textual.widget import Widget

from leadtui.language.bidi import Direction, first_strong, needs_order, without_isolates
from leadtui.language.translate import interface_direction
from leadtui.presentation.drawn_line import line_glyphs
from leadtui.presentation.drawn_text import AS_READ, Drawing


class DirectionFilter(LineFilter):
    """Turns each field of a line for itself, so that no field leaves its place.

    Where the interface runs from right to left, the line does as a whole: its first field stands at the right.
    """

    def __init__(self, drawing: Drawing) -> None:
        super().__init__()
        self.drawing = drawing

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - Textual's
        """The line as it is drawn; one in which nothing runs from right to left is left alone."""
        base = interface_direction()
        if base is Direction.LEFT_TO_RIGHT:
            if all(text.isascii() or not needs_order(text) for text, _style, _control in segments):
                return segments
        elif all(text.isspace() for text, _style, _control in segments):
            return segments[::-1]
        line, styles = _letters(segments)
        return _joined((text, styles[place]) for place, text in line_glyphs(line, self.drawing, base))


def turned_line(line: Strip, drawing: Drawing) -> Strip:
    """Return a line that passes no filter, each field of it turned."""
    return Strip(DirectionFilter(drawing).apply([*line], TRANSPARENT), line.cell_length)


def wrapped(line: Content, room: int, last: Content) -> list[Content]:
    """A line in rows of `room` cells; those after the first run as the paragraph does that the `last` of it is (UAX #9, 3.4).

    A row that begins with a letter of the other direction gets a mark before it, which takes no cell and is not drawn.
    """
    base = first_strong(without_isolates(last.plain))
    first, *rows = line.wrap(room)
    if base is None:
        return [first, *rows]
    mark = "\u200f" if base is Direction.RIGHT_TO_LEFT else "\u200e"
    return [first, *(row if first_strong(row.plain) is base else Content.assemble(mark, row) for row in rows)]


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


class TurnedAlready:
    """What stands before `Widget` where a widget's lines are in the order in which they are seen: another turn would undo it.

    Tables and editors, and every screen: a modal one draws the lines of those below it.
    """

    def get_line_filters(self) -> Sequence[LineFilter]:
        """All filters but the one that turns."""
        filters = cast("Widget", super()).get_line_filters()
        return [each for each in filters if not isinstance(each, DirectionFilter)]
