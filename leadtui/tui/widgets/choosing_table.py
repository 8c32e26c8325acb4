"""A record table whose rows can be chosen, several at once; what is chosen is kept by id, whatever the order becomes."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from leadtui.language.translate import ngettext, show_number
from leadtui.tui.widgets.chosen_ids import IdSet
from leadtui.tui.widgets.record_table import Column, Fetch, RecordTable
from leadtui.tui.widgets.record_table_drawing import Look
from leadtui.tui.widgets.record_table_view import HEADER_HEIGHT, SIDE

MARK = "▌"
"""Stands in the blank cell at the head of a chosen row."""


class ChoosingTable(RecordTable, can_focus=True):
    """The owner binds `toggle_chosen` and `choose_all`; with Shift the cursor chooses what it passes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("shift+up", "choose_to('move(-1)')", show=False),
        Binding("shift+down", "choose_to('move(1)')", show=False),
        Binding("shift+pageup", "choose_to('turn_page(-1)')", show=False),
        Binding("shift+pagedown", "choose_to('turn_page(1)')", show=False),
        Binding("shift+home", "choose_to('first')", show=False),
        Binding("shift+end", "choose_to('last')", show=False),
    ]

    @dataclass
    class ChoiceChanged(Message):
        """Other rows are chosen than before."""

        table: ChoosingTable

        @property
        def control(self) -> ChoosingTable:
            return self.table

    def __init__(self, columns: Sequence[Column], fetch: Fetch, *, id: str | None = None) -> None:  # noqa: A002
        """Nothing is chosen."""
        super().__init__(columns, fetch, id=id)
        self.chosen = IdSet()

    _anchor: tuple[int, int] | None = None
    """Where a range began, and how far it reached; gone once the cursor went elsewhere."""

    _all_wanted = False

    def toggle_chosen(self) -> None:
        """Choose the row under the cursor, or leave it out, and go on to the next."""
        row_id = self.cursor_id
        if row_id is None or self.cursor_index is None:
            return
        if row_id in self.chosen:
            self.chosen.leave_out((row_id,))
        else:
            self.chosen.choose((row_id,))
        self._anchor = None
        self._redraw_row(self.cursor_index)
        self.action_move(1)
        self._tell_choice()

    def choose_all(self) -> None:
        """Choose every row; where their order is still being read, as soon as it is there."""
        self._anchor = None
        self._all_wanted = len(self._ids) < self.row_count
        if not self._all_wanted:
            self.chosen.choose(self._ids)
            self.refresh()
            self._tell_choice()

    def choose_none(self) -> None:
        """Leave out all."""
        self.chosen.clear()
        self._anchor, self._all_wanted = None, False
        self.refresh()
        self._tell_choice()

    def set_order(self, ids: Sequence[int], generation: int = 0, *, keep_cursor: bool = True) -> bool:
        """Show these rows; see RecordTable."""
        taken = super().set_order(ids, generation, keep_cursor=keep_cursor)
        if taken:
            self._anchor = None
            if self._all_wanted:
                self.choose_all()
        return taken

    async def action_choose_to(self, move: str) -> None:
        """Move the cursor, and choose the rows from where the first such move began to where it is now."""
        if self.cursor_index is None:
            return
        before = self.cursor_index
        if self._anchor is None or self._anchor[1] != before:
            self._anchor = (before, before)
        begin = self._anchor[0]
        await self.run_action(move)
        now = self.cursor_index
        # What was in the range and is no more is left out again.
        left = range(now + 1, before + 1) if now < before else range(before, now)
        self.chosen.leave_out(self._ids_of(left))
        low, high = min(begin, now), max(begin, now)
        if now >= begin and now >= before:
            low = max(begin, before)
        elif now <= begin and now <= before:
            high = min(begin, before)
        self.chosen.choose(self._ids_of(range(low, high + 1)))
        self._anchor = (begin, now)
        self.refresh()
        self._tell_choice()

    def render_line(self, y: int) -> Strip:
        """The line, with the mark where its row is chosen."""
        strip = super().render_line(y)
        index = y - HEADER_HEIGHT + self.scroll_offset.y
        row_id = self._id_at(index) if y >= HEADER_HEIGHT and index < self.row_count else None
        if row_id is None or row_id not in self.chosen:
            return strip
        first = next(iter(strip)).style or Style.null()
        ink = self._current_palette().ink(self._look(index, row_id), "primary bold")
        mark = Segment(MARK + " " * (SIDE - 1), first + ink)
        return Strip([mark, *strip.crop(SIDE)], strip.cell_length)

    def _look(self, index: int, row_id: int | None) -> Look:
        look = super()._look(index, row_id)
        return Look.CHOSEN if look is Look.ROW and row_id is not None and row_id in self.chosen else look

    def _ids_of(self, rows: range) -> array[int]:
        return array("q", self._ids[rows.start : rows.stop])

    def _tell_choice(self) -> None:
        self.post_message(self.ChoiceChanged(self).set_sender(self))


def chosen_words(count: int, language: str) -> str:
    """How many are chosen, for a title; empty for none."""
    if not count:
        return ""
    return ngettext("{count} chosen", "{count} chosen", count).format(count=show_number(count, language))
