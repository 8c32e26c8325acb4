"""The one place where lines in the order in which they are read become lines in the order in which they are seen.

Tables turn each cell as they draw it, editors their own line, and what all other widgets draw passes `DirectionFilter`. A
widget whose lines are turned already is a `TurnedAlready`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import Any, cast

from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import TRANSPARENT, Color
from textual.filter import LineFilter
from textual.strip import Strip
from textual.widget import Widget

from leadtui.language.bidi import Direction, first_strong, needs_order
from leadtui.language.text import cell_width
from leadtui.language.translate import interface_direction
from leadtui.presentation.drawn_text import AS_READ, Drawing, Glyph

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


@dataclass(frozen=True, slots=True)
class EditedLine:
    """A line that is being edited, as it is seen in `width` cells or more: what stands in which column."""

    glyphs: tuple[Glyph, ...]
    """From left to right; the cell for the cursor behind the last letter is one of them, with a place of its own."""
    columns: tuple[int, ...]
    """The column in which each glyph begins."""
    width: int

    @classmethod
    def of(cls, text: str, drawing: Drawing, width: int, base: Direction | None = None) -> EditedLine:
        """Without `base` it runs as its first strong letter does: what begins in Persian begins at the right."""
        if base is None and (base := first_strong(text)) is None:
            base = interface_direction()
        end = Glyph(len(text), " ", bool(base))
        drawn = drawing.glyphs(text, base)
        glyphs = (end, *drawn) if base else (*drawn, end)
        taken = [cell_width(glyph.text) for glyph in glyphs]
        width = max(width, sum(taken))
        first = width - sum(taken) if base else 0
        columns = accumulate(taken[:-1], initial=first)
        return cls(glyphs, tuple(columns), width)

    def column_of(self, place: int) -> int:
        """Where what is at `place` of the text is seen; a mark on its letter, what is not drawn before what follows it."""
        seen = {glyph.place: column for glyph, column in zip(self.glyphs, self.columns, strict=True)}
        return (
            seen[place]
            if place in seen
            else seen[max((each for each in seen if each < place), default=min(seen))]
        )

    def place_at(self, column: int) -> int:
        """The place in the text of what is seen in `column`; what is nearest where nothing stands."""
        at = max(bisect_right(self.columns, column) - 1, 0)
        return self.glyphs[at].place

    def strip(self, style_of: Callable[[int], Style]) -> Strip:
        """The line, with the style of each place of the text."""
        blank = style_of(-1)
        segments = [Segment(" " * self.columns[0], blank)] if self.columns[0] else []
        for style, run in groupby(self.glyphs, key=lambda glyph: style_of(glyph.place)):
            segments.append(Segment("".join(glyph.text for glyph in run), style))
        return Strip(segments).adjust_cell_length(self.width, blank)


class TurnedAlready:
    """What stands before `Widget` where a widget's lines are in the order in which they are seen: another turn would undo it.

    Tables and editors, and every screen: a modal one draws the lines of those below it.
    """

    def get_line_filters(self) -> Sequence[LineFilter]:
        """All filters but the one that turns."""
        filters = cast("Widget", super()).get_line_filters()
        return [each for each in filters if not isinstance(each, DirectionFilter)]
