"""Draws the lines of a record table: rows, heads, and what stands where there is no row to draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, cast

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.cache import LRUCache
from textual.color import Color, ColorParseError
from textual.content import Content
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from leadtui.language.bidi import Direction
from leadtui.language.text import ellipsize, safe
from leadtui.language.translate import interface_direction, pgettext
from leadtui.presentation.drawn_line import OTHER_SIDE
from leadtui.presentation.drawn_text import AS_READ, Drawing
from leadtui.settings import TerminalProfile
from leadtui.tui.direction import drawing_of, turned_line
from leadtui.tui.mirroring import from_the_right
from leadtui.tui.widgets.record_table_columns import Column, Placed, fit, mirrored
from leadtui.tui.widgets.record_table_model import Cell, Removed, Row

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
class LineStyles:
    """The styles that lines are drawn with: of each look, and of each cell style on each look."""

    looks: Mapping[Look, Style]
    variables: Mapping[str, str]
    """Theme variables, by name."""
    drawing: Drawing = AS_READ
    _inks: dict[tuple[Look, str], Style] = field(default_factory=dict[tuple[Look, str], Style])

    def same_as(self, other: LineStyles) -> bool:
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


class TableLines:
    """Draws the lines of one table, and keeps those of rows while the row, the columns, the colours and the terminal stay the same."""

    def __init__(self, table: Widget, columns: Sequence[Column], kept: int) -> None:
        self._table = table
        self.columns = tuple(columns)
        self._placed: tuple[Placed, ...] | None = None
        self._palette: LineStyles | None = None
        self._palette_is_current = False
        self._rows: LRUCache[tuple[int, Look], tuple[Row | None, Strip]] = LRUCache(kept)
        self._rows_drawn_for: tuple[TerminalProfile, Direction] | None = None
        self._message: list[Strip] | None = None

    @property
    def places(self) -> tuple[Placed, ...]:
        """Where the columns stand that there is room for, from the left."""
        if self._placed is None:
            # Room for the scrollbar is always kept, so that no column moves when it comes and goes.
            room = self._table.size.width - 2 * SIDE - self._table.styles.scrollbar_size_vertical
            self._placed = fit(self.columns, SIDE, room)
            if from_the_right():
                self._placed = mirrored(self._placed, SIDE, room)
        return self._placed

    def column_at(self, x: int) -> Column | None:
        """The column whose head is at this cell; the gap after a column belongs to it."""
        if from_the_right():
            return next((place.column for place in self.places if x < place.left + place.width), None)
        return next((place.column for place in reversed(self.places) if place.left <= x), None)

    def header(self, sorted_by: tuple[str, bool] | None) -> Strip:
        """The heads of the columns."""
        return draw_header(self.places, sorted_by, self._table.size.width, self._current_palette())

    def row(self, row_id: int | None, row: Row | None, look: Look, *, chosen: bool) -> Strip:
        """One row; a dot in each column where it, or even its id, has not come yet."""
        palette = self._current_palette()
        if row_id is None:
            return draw_placeholder(None, self.places, self._table.size.width, look, palette)
        if self._rows_drawn_for != (drawn_for := (palette.drawing.profile, interface_direction())):
            self._rows_drawn_for = drawn_for
            self.lay_out_anew()
        drawn = self._rows.get((row_id, look))
        if drawn is None or drawn[0] is not row:
            drawn = (row, self._draw(row_id, row, look, palette))
            self._rows[(row_id, look)] = drawn
        return marked(drawn[1], self.places, look, palette) if chosen else drawn[1]

    def message(self, words: Content | str, y: int, height: int) -> Strip:
        """One line of what stands in the middle where there are no rows."""
        width, palette = self._table.size.width, self._current_palette()
        if self._message is None:
            style = self._table.get_visual_style(f"record-table--{Look.MESSAGE}")
            self._message = Visual.to_strips(
                self._table, safe_lines(words), max(1, width - 2 * SIDE), None, style
            )
        base = palette.looks[Look.MESSAGE]
        at = y - max(0, (height - len(self._message)) // 2)
        if not 0 <= at < len(self._message):
            return Strip.blank(width, base)
        (line,) = Strip.align(
            [turned_line(self._message[at], palette.drawing)], base, width, 1, "center", "top"
        )
        return line.adjust_cell_length(width, base)

    def blank(self) -> Strip:
        """A line below the last row."""
        return Strip.blank(self._table.size.width, self._current_palette().looks[Look.ROW])

    def lay_out_anew(self) -> None:
        """Draw all of it for other columns, another size or another terminal."""
        self._placed = self._message = None
        self._rows.clear()
        self._table.refresh()

    def style_anew(self) -> None:
        """Look at the table's styles again before the next line."""
        self._palette_is_current = False
        self._message = None

    def forget_message(self) -> None:
        """Draw another message where there are no rows."""
        self._message = None

    def _draw(self, row_id: int, row: Row | None, look: Look, palette: LineStyles) -> Strip:
        places, width = self.places, self._table.size.width
        if row is None:
            return draw_placeholder(row_id, places, width, look, palette)
        if isinstance(row, Removed):
            return draw_removed(row_id, pgettext("notice", "removed"), places, width, look, palette)
        return draw_row(row_id, row, places, width, look, palette)

    def _current_palette(self) -> LineStyles:
        known = self._palette
        if known is not None and self._palette_is_current:
            return known
        looks = {look: self._table.get_component_rich_style(f"record-table--{look}") for look in Look}
        app: App[Any] = cast("Any", self._table).app
        palette = LineStyles(looks, app.theme_variables, drawing_of(self._table))
        self._palette_is_current = True
        if known is not None and palette.same_as(known):
            return known
        self._palette = palette
        self._rows.clear()
        return palette


def draw_row(
    row_id: int, cells: Sequence[Cell], placed: Sequence[Placed], width: int, look: Look, palette: LineStyles
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
    row_id: int | None, placed: Sequence[Placed], width: int, look: Look, palette: LineStyles
) -> Strip:
    """A row that is still being read: a faint dot at the head of each column."""
    base = palette.looks[look]
    style = base if base.reverse else base + _foreground(palette.looks[Look.WAITING])
    return _line(row_id, [(place, _aligned(PLACEHOLDER, place), style) for place in placed], width, base)


def draw_removed(
    row_id: int, words: str, placed: Sequence[Placed], width: int, look: Look, palette: LineStyles
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


def marked(line: Strip, placed: Sequence[Placed], look: Look, palette: LineStyles) -> Strip:
    """The line of a row that is chosen: with the mark before its first column."""
    ink = (next(iter(line)).style or Style.null()) + palette.ink(look, "primary bold")
    if not placed or not placed[-1].from_the_right:
        return Strip([Segment(MARK.ljust(SIDE), ink), *line.crop(SIDE)], line.cell_length)
    at = placed[-1].left + placed[-1].width
    mark = Segment(MARK_AT_RIGHT.rjust(SIDE), ink)
    return Strip([*line.crop(0, at), mark, *line.crop(at + SIDE)], line.cell_length)


def draw_header(
    placed: Sequence[Placed], sorted_by: tuple[str, bool] | None, width: int, palette: LineStyles
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
    if place.from_the_right:
        glyph = glyph.translate(OTHER_SIDE)
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
