"""A table for any number of rows: the owner gives their order as an array of ids, the table keeps a cursor by id."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message

from leadtui.tui.widgets.record_table_columns import Column
from leadtui.tui.widgets.record_table_rows import Cell, Fetch, follow
from leadtui.tui.widgets.record_table_view import HEADER_HEIGHT, RecordView

__all__ = ["Cell", "Column", "Fetch", "RecordTable"]


class RecordTable(RecordView, can_focus=True, inherit_bindings=False):
    """A table of one line per row, with a cursor row, a head, and no knowledge of what the rows are.

    The owner says which rows there are and in which order (`set_first_window`, `set_order`) and hands over `fetch`,
    which reads the cells of some of them.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "turn_page(-1)", show=False),
        Binding("pagedown", "turn_page(1)", show=False),
        Binding("home,ctrl+home", "first", show=False),
        Binding("end,ctrl+end", "last", show=False),
        Binding("enter", "activate", show=False),
    ]

    @dataclass
    class RowHighlighted(Message):
        """The cursor came to another row, or a row was clicked."""

        table: RecordTable
        row_id: int
        index: int

        @property
        def control(self) -> RecordTable:
            return self.table

    @dataclass
    class RowActivated(Message):
        """Enter, or a double click, on a row."""

        table: RecordTable
        row_id: int
        index: int

        @property
        def control(self) -> RecordTable:
            return self.table

    @dataclass
    class HeaderClicked(Message):
        """A click on the head of a column that can be sorted by."""

        table: RecordTable
        column: str

        @property
        def control(self) -> RecordTable:
            return self.table

    _generation: int | None = None
    _highlighted: int | None = None
    """The id that was said to be under the cursor."""

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
        cursor = top = 0
        if keep_cursor and ids and self._cursor is not None:
            cursor, top = self._kept_place(ids, self._cursor)
        self._arrange(ids, len(ids), cursor=cursor, top=top)
        return True

    def _kept_place(self, ids: Sequence[int], old_cursor: int) -> tuple[int, int]:
        """Where the cursor and the top of the view go; a cursor out of view stays so, and the view keeps its top row."""
        old_top = self.scroll_offset.y
        cursor = follow(self._ids, ids, old_cursor)
        if self._is_in_view(old_cursor):
            return cursor, cursor - (old_cursor - old_top)
        return cursor, follow(self._ids, ids, old_top)

    def _arrange(self, ids: Sequence[int], row_count: int, *, cursor: int, top: int) -> None:
        self._ids, self._row_count = ids, row_count
        self._cursor = cursor if row_count else None
        self._message = None
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

    def move_cursor(self, *, id: int | None = None, index: int | None = None) -> bool:  # noqa: A002
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

    # The mouse, and the size of the screen

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on the row, a second one activates it; on a head it asks for that order."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        if offset.y < HEADER_HEIGHT:
            column = self._column_at(offset.x)
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

    def _keep_place(self, lines_before: int) -> None:
        line = 0 if self._cursor is None else self._cursor - self.scroll_offset.y
        if 0 <= line < lines_before or not lines_before:
            self._bring_cursor_into_view()

    def _column_at(self, x: int) -> Column | None:
        """The column whose head is at this cell; the gap after a column belongs to it."""
        begun = [place.column for place in self._places() if place.left <= x]
        return begun[-1] if begun else None
