"""Draws the lines of a record table: rows, heads, and what stands where there is no row to draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.color import Color, ColorParseError
from textual.content import Content
from textual.strip import Strip

from leadtui.language.text import ellipsize, safe
from leadtui.language.translate import interface_direction
from leadtui.presentation.drawn_text import AS_READ, Drawing
from leadtui.tui.widgets.record_table_columns import Placed
from leadtui.tui.widgets.record_table_model import Cell

ASCENDING, DESCENDING = "▲", "▼"
PLACEHOLDER = "·"
ODD_GLYPH = "•"
"""Stands for a glyph that is not one cell wide."""

MARK, MARK_AT_RIGHT = "▌", "▐"
"""Stands in the blank cell at the head of a chosen row."""

SIDE = 1
"""Blank cells at both ends of a line, inside the cursor's tint."""

NOTHING = Cell("")

BETWEEN = ""
"""The column that the meta of a segment names where the segment stands between two columns."""


class Look(StrEnum):
    """How a whole line looks; each is the name of a component class of the table, after `record-table--`."""

    ROW = "row"
    CHOSEN = "chosen"
    CURSOR = "cursor"
    CURSOR_BLURRED = "cursor-blurred"
    FLASH = "flash"
    WAITING = "waiting"
    REMOVED = "removed"
    HEADER = "header"
    HEADER_SORTED = "header-sorted"
    MESSAGE = "message"


@dataclass(slots=True)
class Palette:
    """The styles that lines are drawn with: of each look, and of each cell style on each look."""

    looks: Mapping[Look, Style]
    variables: Mapping[str, str]
    """Theme variables, by name."""
    drawing: Drawing = AS_READ
    _inks: dict[tuple[Look, str], Style] = field(default_factory=dict[tuple[Look, str], Style])

    def same_as(self, other: Palette) -> bool:
        """Whether lines drawn with the one look as if drawn with the other."""
        return self.looks == other.looks and self.variables == other.variables

    def ink(self, look: Look, cell_style: str) -> Style:
        """The style of a cell's text; a name that the theme does not have is plain."""
        key = (look, cell_style)
        if (style := self._inks.get(key)) is None:
            style = self._inks[key] = self._mixed(self.looks[look], cell_style)
        return style

    def _mixed(self, base: Style, cell_style: str) -> Style:
        style = base
        for word in cell_style.split():
            if word == "bold":
                style += Style(bold=True)
            elif word == "strike":
                style += Style(strike=True)
            elif not base.reverse:  # reversed, the colour of the words would be patches of background
                style += self._colour(word.removeprefix("$"), base)
        return style

    def _colour(self, name: str, base: Style) -> Style:
        try:
            colour = Color.parse(self.variables.get(name, ""))
        except ColorParseError:
            return Style.null()
        if 0 < colour.a < 1 and base.bgcolor is not None:
            colour = Color.from_rich_color(base.bgcolor) + colour
        return Style(color=colour.rich_color)


def draw_row(
    row_id: int, cells: Sequence[Cell], placed: Sequence[Placed], width: int, look: Look, palette: Palette
) -> Strip:
    """One row. Every segment's meta names its row and its column, so that a line can be split into its cells.

    The words of a cell run as their first strong letter does, whatever stands in the cells beside it.
    """
    pieces: list[tuple[Placed, str, Style]] = []
    for place in placed:
        cell = cells[place.cell] if place.cell < len(cells) else NOTHING
        pieces.append(
            (
                place,
                _aligned(_cell_words(cell, place, palette.drawing), place),
                palette.ink(look, cell.style),
            )
        )
    return _line(row_id, pieces, width, palette.looks[look])


def draw_placeholder(
    row_id: int | None, placed: Sequence[Placed], width: int, look: Look, palette: Palette
) -> Strip:
    """A row that is still being read: a faint dot at the head of each column."""
    base = palette.looks[look]
    style = base if base.reverse else base + _foreground(palette.looks[Look.WAITING])
    return _line(row_id, [(place, _aligned(PLACEHOLDER, place), style) for place in placed], width, base)


def draw_removed(
    row_id: int, words: str, placed: Sequence[Placed], width: int, look: Look, palette: Palette
) -> Strip:
    """A row that is not there any more: only these words, over all columns."""
    base = palette.looks[look]
    style = base if base.reverse else base + _foreground(palette.looks[Look.REMOVED])
    if not placed:
        return _line(row_id, [], width, base)
    first, last = placed[0], placed[-1]
    whole = replace(first, width=last.left + last.width - first.left)
    shown = palette.drawing.turned(ellipsize(words, whole.width), interface_direction())
    return _line(
        row_id, [(whole, _padded(shown, whole.width, at_end=whole.from_the_right), style)], width, base
    )


def marked(line: Strip, placed: Sequence[Placed], look: Look, palette: Palette) -> Strip:
    """The line of a row that is chosen: with the mark before its first column."""
    ink = (next(iter(line)).style or Style.null()) + palette.ink(look, "primary bold")
    if not placed or not placed[-1].from_the_right:
        return Strip([Segment(MARK.ljust(SIDE), ink), *line.crop(SIDE)], line.cell_length)
    at = placed[-1].left + placed[-1].width
    mark = Segment(MARK_AT_RIGHT.rjust(SIDE), ink)
    return Strip([*line.crop(0, at), mark, *line.crop(at + SIDE)], line.cell_length)


def draw_header(
    placed: Sequence[Placed], sorted_by: tuple[str, bool] | None, width: int, palette: Palette
) -> Strip:
    """The heads of the columns, with an arrow beside the one that the rows are sorted by."""
    heads: list[tuple[Placed, str, Style]] = []
    for place in placed:
        if sorted_by is not None and sorted_by[0] == place.column.key:
            words = _with_arrow(place, DESCENDING if sorted_by[1] else ASCENDING, palette.drawing)
            heads.append((place, _aligned(words, place), palette.looks[Look.HEADER_SORTED]))
        else:
            words = palette.drawing.turned(ellipsize(safe(place.column.title), place.width))
            heads.append((place, _aligned(words, place), palette.looks[Look.HEADER]))
    return _line(None, heads, width, palette.looks[Look.HEADER])


def safe_lines(message: Content | str) -> Content:
    """The message with its ends of lines, and nothing else that a terminal would act on; such a line loses its style."""
    content = message if isinstance(message, Content) else Content(message)
    lines = content.split("\n", allow_blank=True)
    return Content("\n").join(
        line if safe(line.plain) == line.plain else Content(safe(line.plain)) for line in lines
    )


def _with_arrow(place: Placed, arrow: str, drawing: Drawing) -> str:
    title = drawing.turned(ellipsize(safe(place.column.title), place.width - 2))
    return _beside(title, arrow, place) if title else arrow


def _cell_words(cell: Cell, place: Placed, drawing: Drawing) -> str:
    if not cell.glyph:
        return drawing.turned(ellipsize(cell.text, place.width))
    glyph = cell.glyph if cell_len(cell.glyph) == 1 else ODD_GLYPH
    words = drawing.turned(ellipsize(cell.text, place.width - 2))
    return _beside(glyph, words, place) if words else glyph


def _beside(first: str, second: str, place: Placed) -> str:
    """The two in the order in which the column is read."""
    return f"{second} {first}" if place.from_the_right else f"{first} {second}"


def _aligned(words: str, place: Placed) -> str:
    return _padded(words, place.width, at_end=(place.column.align == "end") is not place.from_the_right)


def _padded(words: str, width: int, *, at_end: bool = False) -> str:
    spare = width - cell_len(words)
    if spare < 0:
        # Letters measured one by one may be narrower than together, as in a flag of two halves; the screen counts
        # them together, and a line that is too long would push the rest aside.
        return set_cell_size(words, width)
    return " " * spare + words if at_end else words + " " * spare


def _foreground(style: Style) -> Style:
    return Style(color=style.color, bold=style.bold, italic=style.italic, dim=style.dim)


def _line(
    row_id: int | None, pieces: Sequence[tuple[Placed, str, Style]], width: int, between: Style
) -> Strip:
    gap = between + Style(meta={"column": BETWEEN, "row": row_id})
    segments: list[Segment] = []
    at = 0
    for place, words, style in pieces:
        if place.left > at:
            segments.append(Segment(" " * (place.left - at), gap))
        segments.append(Segment(words, style + Style(meta={"column": place.column.key, "row": row_id})))
        at = place.left + place.width
    if width > at:
        segments.append(Segment(" " * (width - at), gap))
    return Strip(segments, width)
