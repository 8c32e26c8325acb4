"""Editing a text of several lines as it is seen: each begins at the side of its script, also where it is wrapped."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from rich.style import Style
from textual.document._document import DocumentBase, Location, Selection
from textual.document._document_navigator import DocumentNavigator
from textual.document._wrapped_document import WrappedDocument
from textual.geometry import Offset
from textual.strip import Strip
from textual.widgets import TextArea

from leadtui.language.bidi import Direction, first_strong
from leadtui.presentation.drawn_text import Drawing
from leadtui.presentation.edited_line import (
    SeenLine,
    lay_out,
    letter_before,
    letter_behind,
    side_of,
    whole_letters,
    word_before,
    word_behind,
)
from leadtui.tui.direction import TurnedAlready, drawing_of
from leadtui.tui.widgets.line_editor import drawn_row


class SeenDocument(WrappedDocument):
    """Where each letter of the wrapped text is seen."""

    def __init__(self, document: DocumentBase, drawing: Callable[[], Drawing]) -> None:
        super().__init__(document)
        self._drawing = drawing

    def side(self, line: int) -> Direction:
        """The side at which a line begins; without letters of its own, that of the line above."""
        above = (first_strong(self.document[each]) for each in range(line - 1, -1, -1))
        return side_of(
            self.document[line], self._drawing(), next((side for side in above if side is not None), None)
        )

    def rows(self, line: int) -> tuple[SeenLine, ...]:
        """The rows of a line."""
        return lay_out(self.document[line], self.side(line), self._drawing(), self.get_offsets(line))

    def line_and_row(self, y: int) -> tuple[int, int]:
        """Which line the row `y` of the text belongs to, and which of its rows it is."""
        return self._offset_to_line_info[y]

    def row_at(self, location: Location) -> int:
        """Which row of its line `location` is in."""
        line, column = location
        return bisect_right(self.get_offsets(line), column)

    def start_of(self, line: int, row: SeenLine) -> int:
        """The column in which the left end of a row stands."""
        # The cursor has a cell behind the text.
        return max(self._width + 1 - row.width, 0) if self.side(line) else 0

    def location_to_offset(self, location: Location) -> Offset:
        """Return where the cursor is seen."""
        line, column = location
        at = self.row_at(location)
        row = self.rows(line)[at]
        return Offset(
            self.start_of(line, row) + row.slot_of(column).column, self._line_index_to_offsets[line][at]
        )

    def get_target_document_column(self, line_index: int, x_offset: int, y_offset: int) -> int:
        """Return the place in the line that is nearest to `x_offset` in its row `y_offset`."""
        row = self.rows(line_index)[y_offset]
        return row.place_at(x_offset - self.start_of(line_index, row))


class SeenNavigator(DocumentNavigator):
    """The way of the cursor: up and down by what is seen, back and on by what is read."""

    _wrapped_document: SeenDocument

    def get_location_left(self, location: Location) -> Location:
        """Return where the letter before begins, or the end of the line before."""
        line, column = location
        if column:
            return line, letter_before(self._document[line], column)
        return super().get_location_left(location)

    def get_location_right(self, location: Location) -> Location:
        """Return where the letter behind ends, or the beginning of the next line."""
        line, column = location
        text = self._document[line]
        if column < len(text):
            return line, letter_behind(text, column)
        return super().get_location_right(location)

    def get_location_beside(self, location: Location, step: int) -> Location:
        """Return the place seen left (-1) or right (1); behind the end of a row, in the row to which the line goes on."""
        line, column = location
        rows = self._wrapped_document.rows(line)
        at = self._wrapped_document.row_at(location)
        beside = rows[at].beside(column, step)
        if beside is not None:
            return line, beside
        at += 1 if self.goes_on(step, line) else -1
        return (line, _edge(rows[at], step)) if 0 <= at < len(rows) else self.get_line_beside(location, step)

    def get_line_beside(self, location: Location, step: int) -> Location:
        """Return where the cursor comes, behind the end of a line, into the one that follows to the left or right.

        The first line says which does, for all: if each did, between lines of both directions there would be no way out.
        """
        line = location[0] + (1 if self.goes_on(step, 0) else -1)
        if not 0 <= line < self._document.line_count:
            return location
        rows = self._wrapped_document.rows(line)
        return line, _edge(rows[0 if self.goes_on(step, line) else -1], step)

    def get_location_most(self, step: int, one: Location, other: Location) -> Location:
        """Return which of two places is seen further left (-1) or right (1)."""
        x, y = self._wrapped_document.location_to_offset(one)
        other_x, other_y = self._wrapped_document.location_to_offset(other)
        if y != other_y:
            return max(one, other) if self.goes_on(step, other[0]) else min(one, other)
        return one if (x < other_x) is (step < 0) else other

    def goes_on(self, step: int, line: int) -> bool:
        """Whether a line runs to the left (-1) or right (1)."""
        return (step > 0) is not bool(self._wrapped_document.side(line))

    def get_location_above(self, location: Location) -> Location:
        """Return the place in the row above that is nearest to where the cursor was put last."""
        y = self._wrapped_document.location_to_offset(location).y
        if y == 0:
            return 0, 0
        return self._wrapped_document.offset_to_location(Offset(self.last_x_offset, y - 1))

    def get_location_below(self, location: Location) -> Location:
        """Return the place in the row below that is nearest to where the cursor was put last."""
        y = self._wrapped_document.location_to_offset(location).y
        if y == self._wrapped_document.height - 1:
            return self._document.end
        return self._wrapped_document.offset_to_location(Offset(self.last_x_offset, y + 1))

    def get_location_home(self, location: Location, smart_home: bool = False) -> Location:  # noqa: ARG002 - Textual's
        """Return the beginning of the row, also where blanks stand there."""
        return super().get_location_home(location)

    def get_location_end(self, location: Location) -> Location:
        """Return the end of the row: behind the last letter of the line, or on the last one before it is wrapped."""
        line, _column = location
        ends = [*self._wrapped_document.get_offsets(line)]
        at = self._wrapped_document.row_at(location)
        text = self._document[line]
        return line, letter_before(text, ends[at]) if at < len(ends) else len(text)


def _edge(row: SeenLine, step: int) -> int:
    """The first place of a row on the way to the left (-1) or right (1)."""
    return row.slots[-1 if step < 0 else 0].place


class TextEditor(TurnedAlready, TextArea):
    """Left and Right go by what is seen; all that deletes goes by what is read."""

    def _set_document(self, text: str, language: str | None) -> None:
        super()._set_document(text, language)
        self.wrapped_document = self._seen = SeenDocument(self.document, lambda: drawing_of(self))
        self.navigator = self._way = SeenNavigator(self._seen)
        self._rewrap_and_refresh_virtual_size()

    def _rewrap_and_refresh_virtual_size(self) -> None:
        super()._rewrap_and_refresh_virtual_size()
        if self.is_mounted:  # What begins at the right stands elsewhere now.
            self._recompute_cursor_offset()
            self.record_cursor_width()

    def validate_selection(self, selection: Selection) -> Selection:
        """No end of a selection is within a letter."""
        return Selection(*((line, whole_letters(self.document[line], column)) for line, column in selection))

    def _render_line(self, y: int) -> Strip:
        strip = super()._render_line(y)
        at = y + self.scroll_offset.y
        if at >= self._seen.height:
            return strip
        line, row = self._seen.line_and_row(at)
        text = self.document[line]
        if not text:
            return Strip(reversed([*strip])) if self._seen.side(line) else strip
        # Textual has drawn the letters as they are read, with a cell for the cursor behind them: each keeps its colours.
        first = [0, *self._seen.get_offsets(line)][row]
        styles = [segment.style or Style.null() for segment in strip for _letter in segment.text]
        seen = self._seen.rows(line)[row]
        start = self._seen.start_of(line, seen)
        return drawn_row(seen, start, strip.cell_length, lambda place: styles[place - first], styles[-1])

    def action_cursor_left(self, select: bool = False) -> None:
        """Move the cursor one letter to the left, or to the left end of what is selected."""
        self._step(-1, select)

    def action_cursor_right(self, select: bool = False) -> None:
        """Move the cursor one letter to the right, or to the right end of what is selected."""
        self._step(1, select)

    def action_cursor_word_left(self, select: bool = False) -> None:
        """Move the cursor over a word, to where the line goes on at its left."""
        self._step_over_word(-1, select)

    def action_cursor_word_right(self, select: bool = False) -> None:
        """Move the cursor over a word, to where the line goes on at its right."""
        self._step_over_word(1, select)

    def get_cursor_word_left_location(self) -> Location:
        """Return where the word before the cursor begins, or the end of the line before."""
        line, column = self.cursor_location
        if column:
            return line, word_before(self.document[line], column)
        return super().get_cursor_word_left_location()

    def get_cursor_word_right_location(self) -> Location:
        """Return where the word behind the cursor ends, or the beginning of the next line."""
        line, column = self.cursor_location
        text = self.document[line]
        if column < len(text):
            return line, word_behind(text, column)
        return super().get_cursor_word_right_location()

    def action_delete_word_left(self) -> None:
        """Delete what is selected, or else what stands before the cursor up to the beginning of a word."""
        start, end = self.selection
        self._delete_via_keyboard(self.get_cursor_word_left_location() if start == end else start, end)

    def action_delete_word_right(self) -> None:
        """Delete what is selected, or else what stands behind the cursor up to the end of a word."""
        start, end = self.selection
        self._delete_via_keyboard(start, self.get_cursor_word_right_location() if start == end else end)

    def _step(self, step: int, select: bool) -> None:
        anchor, location = self.selection
        if select or anchor == location:
            target = self._way.get_location_beside(location, step)
        else:
            target = self._way.get_location_most(step, anchor, location)
        self.move_cursor(target, select=select)

    def _step_over_word(self, step: int, select: bool) -> None:
        line, column = self.cursor_location
        onward = self._way.goes_on(step, line)
        if column == (len(self.document[line]) if onward else 0):
            target = self._way.get_line_beside(self.cursor_location, step)
        elif onward:
            target = self.get_cursor_word_right_location()
        else:
            target = self.get_cursor_word_left_location()
        self.move_cursor(target, select=select)
