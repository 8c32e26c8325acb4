"""A table for any number of rows: the owner gives their order as an array of ids, the table keeps a cursor by id."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, cast

from textual import events, getters, on, work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from leadtui.errors import LeadtuiError
from leadtui.language.translate import pgettext
from leadtui.tui.direction import TurnedAlready
from leadtui.tui.widgets.record_table_columns import Column
from leadtui.tui.widgets.record_table_drawing import Look, TableLines
from leadtui.tui.widgets.record_table_model import (
    Cell,
    Fetch,
    IdSet,
    RowCache,
    RowSelection,
    follow,
    made_safe,
)

__all__ = ["Cell", "Column", "Fetch", "RecordTable"]

HEADER_HEIGHT = 1
FLASH_SECONDS = 0.6
ROWS_KEPT = 1_000
LEAST_MARGIN = 20
"""Rows that are read above and below those in view, at the least; otherwise as many as are in view."""


@dataclass
class _OfTable(Message):
    """What a table says."""

    table: RecordTable

    @property
    def control(self) -> RecordTable:
        """The table, for handlers that choose by it."""
        return self.table


class RecordTable(TurnedAlready, ScrollView, can_focus=True, inherit_bindings=False):
    """A table of one line per row, with a cursor row, a head, and no knowledge of what the rows are.

    The owner says which rows there are and in which order (`set_first_window`, `set_order`) and hands over `fetch`,
    which reads the cells of some of them. While a row is being read, dots stand in its place; nothing here waits for
    a reading. Rows can be chosen, several at once: with Shift the cursor chooses what it passes, and the owner may
    bind keys to `toggle_chosen` and `choose_all`.
    """

    app = getters.app(cast("type[App[Any]]", App))

    ALLOW_SELECT = (
        False  # a click and a drag belong to the rows; selecting would also mark every line with offsets
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "turn_page(-1)", show=False),
        Binding("pagedown", "turn_page(1)", show=False),
        Binding("home,ctrl+home", "first", show=False),
        Binding("end,ctrl+end", "last", show=False),
        Binding("enter", "activate", show=False),
        Binding("shift+up", "choose_to('move(-1)')", show=False),
        Binding("shift+down", "choose_to('move(1)')", show=False),
        Binding("shift+pageup", "choose_to('turn_page(-1)')", show=False),
        Binding("shift+pagedown", "choose_to('turn_page(1)')", show=False),
        Binding("shift+home", "choose_to('first')", show=False),
        Binding("shift+end", "choose_to('last')", show=False),
    ]

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"record-table--{look}" for look in Look}

    DEFAULT_CSS = """
    RecordTable {
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
    class RowHighlighted(_OfTable):
        """The cursor came to another row, or a row was clicked."""

        row_id: int
        index: int

    @dataclass
    class RowActivated(_OfTable):
        """Enter, or a double click, on a row."""

        row_id: int
        index: int

    @dataclass
    class HeaderClicked(_OfTable):
        """A click on the head of a column that can be sorted by."""

        column: str

    @dataclass
    class ChoiceChanged(_OfTable):
        """Other rows are chosen than before."""

    @dataclass
    class FetchFailed(_OfTable):
        """Rows could not be read; they are asked for again when the table moves, or on `refetch`."""

        error: LeadtuiError

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
        self.set_reactive(RecordTable.empty_message, empty_message)
        self._lines = TableLines(self, columns, ROWS_KEPT)
        self._fetch = fetch
        self._flash_seconds = flash_seconds
        self._ids: Sequence[int] = ()
        self._row_count: int | None = None
        self._generation: int | None = None
        self._cursor: int | None = None
        self._highlighted: int | None = None
        """The id that was said to be under the cursor."""
        self._selection = RowSelection()
        self._cache = RowCache(ROWS_KEPT)
        self._asked: tuple[frozenset[int], int] = (frozenset(), 0)
        self._to_flash: set[int] = set()
        self._flashing: set[int] = set()
        self._body_height = 0
        """Lines for rows; a table that is hidden keeps what it had, so that its place is kept too."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, in order. Setting them forgets the rows that were read, since their cells go by column."""
        return self._lines.columns

    @columns.setter
    def columns(self, columns: Sequence[Column]) -> None:
        self._lines.columns = tuple(columns)
        self._cache.clear()
        self._lines.lay_out_anew()
        self._request_rows(again=True)

    @property
    def shown_columns(self) -> tuple[Column, ...]:
        """The columns that there is room for, in order."""
        return tuple(place.column for place in sorted(self._lines.places, key=lambda place: place.cell))

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

    # The order of the rows

    def set_first_window(self, ids: Sequence[int], total_estimate: int, generation: int = 0) -> bool:
        """Show the first rows of an order whose whole array is not built yet; the cursor goes to the first row.

        Returns False, and does nothing, where this generation or a later one is shown already.
        """
        if self._generation is not None and generation <= self._generation:
            return False
        self._generation = generation
        self._arrange(ids, max(len(ids), total_estimate), cursor=0, top=0)
        return True

    def set_order(self, ids: Sequence[int], generation: int = 0, *, keep_cursor: bool = True) -> bool:
        """Show these rows in this order. `ids` is kept, not copied: it must not change afterwards.

        The row under the cursor stays there, on the same line of the screen as far as possible; if it has gone, the
        row that took its place. Without `keep_cursor` the cursor goes to the first row. Returns False, and does
        nothing, for an order of an older generation than what is shown.
        """
        if self._generation is not None and generation < self._generation:
            return False
        self._generation = generation
        self._cache.forget_removed()
        self._selection.end_range()
        cursor = top = 0
        if keep_cursor and ids and self._cursor is not None:
            cursor, top = self._kept_place(ids, self._cursor)
        self._arrange(ids, len(ids), cursor=cursor, top=top)
        if self._selection.all_wanted:
            self.choose_all()
        return True

    def _kept_place(self, ids: Sequence[int], old_cursor: int) -> tuple[int, int]:
        """Where the cursor and the top of the view go; a cursor out of view stays so, and the view keeps its top row."""
        old_top = self.scroll_offset.y
        cursor = follow(self._ids, ids, old_cursor)
        if self._is_in_view(old_cursor):
            return cursor, cursor - (old_cursor - old_top)
        return cursor, follow(self._ids, ids, old_top)

    def _arrange(self, ids: Sequence[int], row_count: int, *, cursor: int, top: int) -> None:
        arranged = (self._row_count, self._cursor, self.scroll_offset.y)
        if row_count and arranged == (row_count, cursor, top) and ids == self._ids:
            self._request_rows()
            return
        self._ids, self._row_count = ids, row_count
        self._cursor = cursor if row_count else None
        self._lines.forget_message()
        self.virtual_size = Size(0, row_count + HEADER_HEIGHT)
        self._scroll_to_row(top)
        self._say_highlighted()
        self.refresh()
        self._request_rows()

    # The cursor

    @property
    def cursor_index(self) -> int | None:
        """The place of the cursor, from 0; None where there are no rows."""
        return self._cursor

    @property
    def cursor_id(self) -> int | None:
        """The id of the row under the cursor; None where there is none, or its id has not come yet."""
        return None if self._cursor is None else self._id_at(self._cursor)

    def ids_from(self, index: int, *, round_again: bool = True) -> array[int]:
        """The ids from a row on, as far as they have come; after the last one those before it, unless told otherwise."""
        ids = array("q", self._ids[index:])
        if round_again:
            ids.extend(array("q", self._ids[:index]))
        return ids

    @property
    def highlighted(self) -> int | None:
        """The id of the newest `RowHighlighted`, which may be under way still."""
        return self._highlighted

    def move_cursor(self, *, id: int | None = None, index: int | None = None) -> bool:  # noqa: A002 - as above
        """Put the cursor on a row and bring it into view; returns False where there is no such row."""
        if id is not None:
            try:
                index = self._ids.index(id)
            except ValueError:
                return False
        if index is None or not 0 <= index < self.row_count:
            return False
        self._move_to(index)
        return True

    def action_move(self, rows: int) -> None:
        """Move the cursor by some rows."""
        if self._cursor is not None:
            self._move_to(self._cursor + rows)

    def action_turn_page(self, pages: int) -> None:
        """Move the cursor and the view by what fits on the screen, less one row; the cursor keeps its line."""
        if self._cursor is not None:
            rows = pages * max(1, self._body_height - 1)
            if self._is_in_view(self._cursor):
                self._scroll_to_row(self.scroll_offset.y + rows)
            self._move_to(self._cursor + rows)

    def action_first(self) -> None:
        """Move the cursor to the first row."""
        self._move_to(0)

    def action_last(self) -> None:
        """Move the cursor to the last row."""
        self._move_to(self.row_count - 1)

    def action_activate(self) -> None:
        """Say that the row under the cursor is wanted."""
        if self._cursor is not None and (row_id := self.cursor_id) is not None:
            self.post_message(self.RowActivated(self, row_id, self._cursor))

    def _move_to(self, index: int) -> None:
        if self._cursor is None:
            return
        before, self._cursor = self._cursor, min(max(index, 0), self.row_count - 1)
        if before != self._cursor:
            self._redraw_row(before)
            self._redraw_row(self._cursor)
        self._bring_cursor_into_view()
        self._say_highlighted()

    def _bring_cursor_into_view(self) -> None:
        if self._cursor is not None and self._body_height:
            least_top = self._cursor - self._body_height + 1
            self._scroll_to_row(min(max(self.scroll_offset.y, least_top), self._cursor))

    def _scroll_to_row(self, top: int) -> None:
        if self.is_attached:  # before, there is nothing to scroll; the first size brings the cursor into view
            self.scroll_to(y=top, animate=False, force=True)

    def _is_in_view(self, index: int) -> bool:
        return index in self._rows_in_view()

    def _say_highlighted(self) -> None:
        row_id = self.cursor_id
        if row_id is not None and self._cursor is not None and row_id != self._highlighted:
            # It is the table's own word, also where its parent's handler moved the cursor: a message that
            # comes from a parent would end there.
            message = self.RowHighlighted(self, row_id, self._cursor)
            self.post_message(message.set_sender(self))
        self._highlighted = row_id

    # What is chosen

    @property
    def chosen(self) -> IdSet:
        """The ids of the rows that are chosen, whatever the order becomes."""
        return self._selection.ids

    def toggle_chosen(self) -> None:
        """Choose the row under the cursor, or leave it out, and go on to the next."""
        row_id = self.cursor_id
        if row_id is None or self._cursor is None:
            return
        self._selection.toggle(row_id)
        self._redraw_row(self._cursor)
        self.action_move(1)
        self._tell_choice()

    def choose_all(self) -> None:
        """Choose every row; where their order is still being read, as soon as it is there."""
        if self._selection.choose_all(self._ids, self.row_count):
            self.refresh()
            self._tell_choice()

    def choose_none(self) -> None:
        """Leave out all."""
        self._selection.clear()
        self.refresh()
        self._tell_choice()

    async def action_choose_to(self, move: str) -> None:
        """Move the cursor, and choose the rows from where the first such move began to where it is now."""
        if (before := self._cursor) is None:
            return
        await self.run_action(move)
        self._selection.extend(self._ids, before, self._cursor)
        self.refresh()
        self._tell_choice()

    def _tell_choice(self) -> None:
        self.post_message(self.ChoiceChanged(self).set_sender(self))

    # The mouse

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on the row, a second one activates it; on a head it asks for that order."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        if offset.y < HEADER_HEIGHT:
            column = self._lines.column_at(offset.x)
            if column is not None and column.sortable:
                self.post_message(self.HeaderClicked(self, column.key))
            return
        index = offset.y - HEADER_HEIGHT + self.scroll_offset.y
        if index >= self.row_count:
            return
        if event.chain == 2:
            self.action_activate()
        elif event.chain == 1:
            self._highlighted = None  # say it also of the row that the cursor is on already
            self._move_to(index)

    # Reading

    def on_resize(self) -> None:
        """Draw and read for another size."""
        lines_before, self._body_height = self._body_height, max(0, self.size.height - HEADER_HEIGHT)
        self._lines.lay_out_anew()
        self._keep_place(lines_before)
        self._request_rows()

    def on_show(self) -> None:
        """Read what a table that was hidden did not need."""
        self._request_rows()

    def _keep_place(self, lines_before: int) -> None:
        """Keep the cursor in view where it was in view."""
        line = 0 if self._cursor is None else self._cursor - self.scroll_offset.y
        if 0 <= line < lines_before or not lines_before:
            self._bring_cursor_into_view()

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
        seen = {each: self._cache.get(each) for each in self.visible_ids()}
        arrived = set(self._cache.store(message.row_ids, message.rows, message.ticket))
        flashing = self._to_flash & arrived
        if flashing:
            self._to_flash -= flashing
            self._flashing |= flashing
            self.set_timer(self._flash_seconds, partial(self._end_flash, flashing))
        # What is looked at by the clock mostly reads as before.
        self._redraw_rows(flashing | {each for each in arrived if self._cache.get(each) != seen.get(each)})

    def _end_flash(self, row_ids: set[int]) -> None:
        self._flashing -= row_ids
        self._redraw_rows(row_ids)

    # Drawing

    def render_line(self, y: int) -> Strip:
        if y < HEADER_HEIGHT:
            return self._lines.header(self.sort)
        if not self._row_count:
            words = pgettext("progress", "Loading…") if self._row_count is None else self.empty_message
            return self._lines.message(words, y - HEADER_HEIGHT, self._body_height)
        index = y - HEADER_HEIGHT + self.scroll_offset.y
        if index >= self._row_count:
            return self._lines.blank()
        row_id = self._id_at(index)
        row = None if row_id is None else self._cache.get(row_id)
        return self._lines.row(
            row_id, row, self._look(index, row_id), chosen=row_id is not None and row_id in self.chosen
        )

    def _look(self, index: int, row_id: int | None) -> Look:
        if row_id in self._flashing:
            return Look.FLASH
        if index != self._cursor:
            return Look.CHOSEN if row_id is not None and row_id in self.chosen else Look.ROW
        return Look.CURSOR if self.has_focus else Look.CURSOR_BLURRED

    def watch_sort(self) -> None:
        self.refresh(Region(0, 0, self.size.width, HEADER_HEIGHT))

    def watch_empty_message(self) -> None:
        self._lines.forget_message()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._lines.style_anew()

    def _redraw_row(self, index: int) -> None:
        self.refresh(Region(0, index - self.scroll_offset.y + HEADER_HEIGHT, self.size.width, 1))

    def _redraw_rows(self, row_ids: set[int]) -> None:
        for line, row_id in enumerate(self.visible_ids()):
            if row_id in row_ids:
                self._redraw_row(self.scroll_offset.y + line)

    def _rows_in_view(self) -> range:
        top = self.scroll_offset.y
        return range(top, min(top + self._body_height, self.row_count))

    def _ids_in(self, view: range, margin: int = 0) -> list[int]:
        return list(self._ids[max(0, view.start - margin) : view.stop + margin])

    def _id_at(self, index: int) -> int | None:
        return self._ids[index] if index < len(self._ids) else None
