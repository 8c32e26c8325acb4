"""Draws the rows that are in view, one line each, and reads them in a thread; where the cursor goes is not its affair."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, cast

from textual import getters, on, work
from textual.app import App
from textual.cache import LRUCache
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from leadtui.errors import LeadtuiError
from leadtui.language.translate import _
from leadtui.tui.widgets.record_table_columns import Column, Placed, fit
from leadtui.tui.widgets.record_table_drawing import (
    Look,
    Palette,
    draw_header,
    draw_placeholder,
    draw_removed,
    draw_row,
    safe_lines,
)
from leadtui.tui.widgets.record_table_rows import Cell, Fetch, Removed, Row, RowCache, made_safe

HEADER_HEIGHT = 1
SIDE = 1
"""Blank cells at both ends of a line, inside the cursor's tint."""
FLASH_SECONDS = 0.6
ROWS_KEPT = 1_000
LEAST_MARGIN = 20
"""Rows that are read above and below those in view, at the least; otherwise as many as are in view."""


class RecordView(ScrollView):
    """The lines of a record table: a head, and the rows in view as far as they have been read.

    While a row is being read, dots stand in its place; nothing here waits for a reading.
    """

    app = getters.app(cast("type[App[Any]]", App))

    ALLOW_SELECT = (
        False  # a click and a drag belong to the rows; selecting would also mark every line with offsets
    )

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"record-table--{look}" for look in Look}

    DEFAULT_CSS = """
    RecordView {
        background: $pane;
        color: $foreground;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;

        & > .record-table--header { color: $faint; }
        & > .record-table--header-sorted { color: $dim; text-style: bold; }
        & > .record-table--cursor { background: $cursor; text-style: bold; }
        & > .record-table--cursor-blurred { background: $cursor-blurred; }
        & > .record-table--chosen { background: $field; }
        & > .record-table--flash { background: $flash; }
        & > .record-table--waiting { color: $faint; }
        & > .record-table--removed { color: $faint; text-style: italic; }
        & > .record-table--message { color: $dim; }

        /* Without colours to tell it by, the cursor is the line that is turned round. */
        &:nocolor, &:ansi {
            & > .record-table--cursor { text-style: bold reverse; }
            & > .record-table--cursor-blurred { text-style: underline; }
            & > .record-table--flash { text-style: bold; }
        }
        &:ansi > .record-table--cursor { color: $foreground; background: $pane; }
    }
    """

    sort: Reactive[tuple[str, bool] | None] = Reactive(None)
    """The key of the column that an arrow stands beside, and whether it points down; shown, nothing is sorted."""

    empty_message: Reactive[Content | str] = Reactive("")
    """What stands in the middle when there are no rows."""

    @dataclass
    class FetchFailed(Message, namespace="record_table"):
        """Rows could not be read; they are asked for again when the table moves, or on `refetch`."""

        table: RecordView
        error: LeadtuiError

        @property
        def control(self) -> RecordView:
            return self.table

    @dataclass
    class RowsFetched(Message, bubble=False):
        """From the thread: what a reading brought for the ids that it asked for."""

        row_ids: Sequence[int]
        rows: Mapping[int, tuple[Cell, ...]]
        ticket: int

    def __init__(
        self,
        columns: Sequence[Column],
        fetch: Fetch,
        *,
        empty_message: Content | str = "",
        flash_seconds: float = FLASH_SECONDS,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - the name that every widget has for it
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        """`flash_seconds` is how long a refreshed row stays tinted; 0 leaves the tint out."""
        super().__init__(name=name, id=id, classes=classes, disabled=disabled)
        self.set_reactive(RecordView.empty_message, empty_message)
        self._columns = tuple(columns)
        self._fetch = fetch
        self._flash_seconds = flash_seconds
        self._ids: Sequence[int] = ()
        self._row_count: int | None = None
        self._cursor: int | None = None
        self._cache = RowCache(ROWS_KEPT)
        self._asked: tuple[frozenset[int], int] = (frozenset(), 0)
        self._to_flash: set[int] = set()
        self._flashing: set[int] = set()
        self._placed: tuple[Placed, ...] | None = None
        self._palette: Palette | None = None
        self._palette_is_current = False
        self._strips: LRUCache[tuple[int, Look], tuple[Row | None, Strip]] = LRUCache(ROWS_KEPT)
        self._message: list[Strip] | None = None
        self._body_height = 0
        """Lines for rows; a table that is hidden keeps what it had, so that its place is kept too."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, in order. Setting them forgets the rows that were read, since their cells go by column."""
        return self._columns

    @columns.setter
    def columns(self, columns: Sequence[Column]) -> None:
        self._columns = tuple(columns)
        self._cache.clear()
        self._layout_changed()
        self._request_rows(again=True)

    @property
    def shown_columns(self) -> tuple[Column, ...]:
        """The columns that there is room for, in order."""
        return tuple(place.column for place in self._places())

    @property
    def row_count(self) -> int:
        """How many rows there are; an estimate until the whole order has come."""
        return self._row_count or 0

    def visible_ids(self) -> list[int]:
        """The ids of the rows in view, from the top."""
        return self._ids_in(self._rows_in_view())

    def refresh_rows(self, ids: Iterable[int], *, flash: bool | Collection[int] = True) -> None:
        """Read these rows again: those in view at once, others when needed.

        Those in view, or those of them that `flash` names, are tinted for a moment when they come.
        """
        in_view = set(self.visible_ids())
        ids = list(ids)
        self._cache.expire(ids, keep=in_view.__contains__)
        if flash and in_view and self._flash_seconds > 0 and self.app.animation_level != "none":
            self._to_flash.update(in_view.intersection(ids if flash is True else flash))
        self._request_rows(again=True)

    def refetch(self) -> None:
        """Read every row again, those in view at once; what is known is shown until the new is there."""
        self._cache.expire_all()
        self._request_rows(again=True)

    # Reading

    def on_resize(self) -> None:
        """Draw and read for another size."""
        lines_before, self._body_height = self._body_height, max(0, self.size.height - HEADER_HEIGHT)
        self._layout_changed()
        self._keep_place(lines_before)
        self._request_rows()

    def on_show(self) -> None:
        """Read what a table that was hidden did not need."""
        self._request_rows()

    def _keep_place(self, lines_before: int) -> None:
        """Scroll to what must stay in view when the lines for rows are more or fewer than before."""

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._request_rows()

    def _request_rows(self, *, again: bool = False) -> None:
        """Begin to read what is in view and not known yet, with a margin.

        What is on its way already is not asked for, unless it is to be read `again`.
        """
        if again:
            self._asked = (frozenset(), 0)
        view = self._rows_in_view()
        if not view or not self.is_attached:
            return
        margin = max(LEAST_MARGIN, len(view))
        needed = self._cache.missing(self._ids_in(view, margin // 2))
        if not needed or self._asked[0].issuperset(needed):
            return
        wanted = self._cache.missing(self._ids_in(view, margin))
        ticket = self._cache.new_ticket()
        self._asked = (frozenset(wanted), ticket)
        self._fetch_rows(wanted, ticket)

    @work(thread=True, exclusive=True, group="record-table-rows", description="read the rows in view")
    def _fetch_rows(self, row_ids: Sequence[int], ticket: int) -> None:
        # Rows of a reading that was overtaken by another are as good as any: the cache knows which of two is newer.
        try:
            rows = self._fetch(row_ids)
        except LeadtuiError as error:
            self.post_message(self.RowsFetched((), {}, ticket))
            self.post_message(self.FetchFailed(self, error))
            return
        safe_rows = {row_id: made_safe(cells) for row_id, cells in rows.items()}
        self.post_message(self.RowsFetched(row_ids, safe_rows, ticket))

    @on(RowsFetched)
    def _take_rows(self, message: RowsFetched) -> None:
        if self._asked[1] == message.ticket:
            self._asked = (frozenset(), 0)
        told = set(self._cache.store(message.row_ids, message.rows, message.ticket))
        flashing = self._to_flash & told
        if flashing:
            self._to_flash -= flashing
            self._flashing |= flashing
            self.set_timer(self._flash_seconds, partial(self._end_flash, flashing))
        self._redraw_rows(told)

    def _end_flash(self, row_ids: set[int]) -> None:
        self._flashing -= row_ids
        self._redraw_rows(row_ids)

    # Drawing

    def render_line(self, y: int) -> Strip:
        width, places, palette = self.size.width, self._places(), self._current_palette()
        if y < HEADER_HEIGHT:
            return draw_header(places, self.sort, width, palette)
        if not self._row_count:
            return self._message_line(y - HEADER_HEIGHT, width, palette)
        index = y - HEADER_HEIGHT + self.scroll_offset.y
        if index >= self._row_count:
            return Strip.blank(width, palette.looks[Look.ROW])
        row_id = self._id_at(index)
        look = self._look(index, row_id)
        if row_id is None:
            return draw_placeholder(None, places, width, look, palette)
        row = self._cache.get(row_id)
        drawn = self._strips.get((row_id, look))
        if drawn is None or drawn[0] is not row:
            drawn = (row, self._draw(row_id, row, width, look, palette))
            self._strips[(row_id, look)] = drawn
        return drawn[1]

    def _draw(self, row_id: int, row: Row | None, width: int, look: Look, palette: Palette) -> Strip:
        places = self._places()
        if row is None:
            return draw_placeholder(row_id, places, width, look, palette)
        if isinstance(row, Removed):
            return draw_removed(row_id, _("removed"), places, width, look, palette)
        return draw_row(row_id, row, places, width, look, palette)

    def _look(self, index: int, row_id: int | None) -> Look:
        if row_id in self._flashing:
            return Look.FLASH
        if index != self._cursor:
            return Look.ROW
        return Look.CURSOR if self.has_focus else Look.CURSOR_BLURRED

    def _message_line(self, y: int, width: int, palette: Palette) -> Strip:
        """One line of what stands in the middle where there are no rows: that they are coming, or that none are."""
        if self._message is None:
            message = _("Loading…") if self._row_count is None else self.empty_message
            style = self.get_visual_style(f"record-table--{Look.MESSAGE}")
            self._message = Visual.to_strips(self, safe_lines(message), max(1, width - 2 * SIDE), None, style)
        base = palette.looks[Look.MESSAGE]
        at = y - max(0, (self._body_height - len(self._message)) // 2)
        if not 0 <= at < len(self._message):
            return Strip.blank(width, base)
        (line,) = Strip.align([self._message[at]], base, width, 1, "center", "top")
        return line.adjust_cell_length(width, base)

    def watch_sort(self) -> None:
        self.refresh(Region(0, 0, self.size.width, HEADER_HEIGHT))

    def watch_empty_message(self) -> None:
        self._message = None

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._palette_is_current = False
        self._message = None

    def _current_palette(self) -> Palette:
        known = self._palette
        if known is not None and self._palette_is_current:
            return known
        looks = {look: self.get_component_rich_style(f"record-table--{look}") for look in Look}
        palette = Palette(looks, self.app.theme_variables)
        self._palette_is_current = True
        if known is not None and palette.same_as(known):
            return known
        self._palette = palette
        self._strips.clear()
        return palette

    def _layout_changed(self) -> None:
        self._placed = self._message = None
        self._strips.clear()
        self.refresh()

    def _redraw_row(self, index: int) -> None:
        self.refresh(Region(0, index - self.scroll_offset.y + HEADER_HEIGHT, self.size.width, 1))

    def _redraw_rows(self, row_ids: set[int]) -> None:
        for line, row_id in enumerate(self.visible_ids()):
            if row_id in row_ids:
                self._redraw_row(self.scroll_offset.y + line)

    # Measuring

    def _places(self) -> tuple[Placed, ...]:
        if self._placed is None:
            # Room for the scrollbar is always kept, so that no column moves when it comes and goes.
            room = self.size.width - 2 * SIDE - self.styles.scrollbar_size_vertical
            self._placed = fit(self._columns, SIDE, room)
        return self._placed

    def _rows_in_view(self) -> range:
        top = self.scroll_offset.y
        return range(top, min(top + self._body_height, self.row_count))

    def _ids_in(self, view: range, margin: int = 0) -> list[int]:
        return list(self._ids[max(0, view.start - margin) : view.stop + margin])

    def _id_at(self, index: int) -> int | None:
        return self._ids[index] if index < len(self._ids) else None
