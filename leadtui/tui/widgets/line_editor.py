"""Editing one line as it is seen: it begins at the side of its script, and the cursor passes whole letters."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import groupby

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widgets import Input
from textual.widgets.input import Selection

from leadtui.language.bidi import Direction
from leadtui.presentation.drawn_text import AS_READ
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

NO_STYLE = Style.null()


class LineEditor(TurnedAlready, Input):
    """Left and Right go by what is seen; all that deletes goes by what is read."""

    _scrolled = 0
    """How many cells are out of sight on the side at which the line begins."""

    @property
    def content_width(self) -> int:
        """No more than there is room for: the widget scrolls its line itself, from the side at which it begins."""
        return self.scrollable_content_region.width

    def leads_out(self, key: str) -> bool:
        """Whether nothing of the line is seen where that arrow points."""
        return self._line.beside(self.cursor_position, -1 if key == "left" else 1) is None

    def validate_selection(self, selection: Selection) -> Selection:
        """No end of a selection is within a letter."""
        start, end = super().validate_selection(selection)
        return Selection(whole_letters(self.value, start), whole_letters(self.value, end))

    def render_line(self, y: int) -> Strip:
        """Draw the part of the line that is in sight."""
        room = self.content_width
        if y != 0:
            return Strip.blank(room, self.rich_style)
        if self.value:
            line, start, style_of = self._line, self._start, self._style_of
        else:
            # The cursor waits at the side at which the hint begins.
            side, drawing = self._side, drawing_of(self)
            hint = lay_out(drawing.turned(self.placeholder, side), Direction.LEFT_TO_RIGHT, AS_READ)[0]
            line = SeenLine(hint.slots[:-1] or hint.slots)
            start = room - line.width if side else 0
            style_of = partial(self._style_of_hint, line.slots[-1 if side else 0].place)
        return drawn_row(line, start, room, style_of).apply_style(self.rich_style)

    @property
    def _side(self) -> Direction:
        """The side at which the line begins."""
        return side_of(self.value, drawing_of(self))

    @property
    def _line(self) -> SeenLine:
        return lay_out(self.value, self._side, drawing_of(self))[0]

    @property
    def _start(self) -> int:
        """The column in which the left end of the line stands, once it is scrolled to where the cursor is in sight."""
        line, side, room = self._line, self._side, self.content_width
        slot = line.slot_of(self.cursor_position)
        before = line.width - slot.column - slot.width if side else slot.column
        self._scrolled = min(
            max(self._scrolled, before + slot.width - room), before, max(line.width - room, 0)
        )
        return room + self._scrolled - line.width if side else -self._scrolled

    def _style_of(self, place: int) -> Style:
        style = NO_STYLE
        if self.has_focus:
            start, end = sorted(self.selection)
            if start <= place < end:
                style += self.get_component_rich_style("input--selection")
            if place == self.cursor_position:
                style += self._cursor_style
        return style

    def _style_of_hint(self, first: int, place: int) -> Style:
        style = self.get_component_rich_style("input--placeholder") if self.placeholder else NO_STYLE
        return style + self._cursor_style if self.has_focus and place == first else style

    @property
    def _cursor_style(self) -> Style:
        return self.get_component_rich_style("input--cursor") if self._cursor_visible else NO_STYLE

    @property
    def _cursor_offset(self) -> int:
        return self._start + self._line.slot_of(self.cursor_position).column

    def _cell_offset_to_index(self, offset: int) -> int:
        return self._line.place_at(offset - self._start)

    def action_cursor_left(self, select: bool = False) -> None:
        """Move the cursor one letter to the left, or to the left end of what is selected."""
        self._step(-1, select)

    def action_cursor_right(self, select: bool = False) -> None:
        """Move the cursor one letter to the right, or to the right end of what is selected."""
        self._step(1, select)

    def action_cursor_left_word(self, select: bool = False) -> None:
        """Move the cursor over a word, to where the line goes on at its left."""
        self._move((word_behind if self._side else word_before)(self.value, self.cursor_position), select)

    def action_cursor_right_word(self, select: bool = False) -> None:
        """Move the cursor over a word, to where the line goes on at its right."""
        self._move((word_before if self._side else word_behind)(self.value, self.cursor_position), select)

    def action_home(self, select: bool = False) -> None:
        """Move the cursor to where the line begins."""
        self._move(0, select)

    def action_end(self, select: bool = False) -> None:
        """Move the cursor behind the last letter."""
        self._move(len(self.value), select)

    def action_delete_left(self) -> None:
        """Delete the letter before the cursor with all that belongs to it."""
        self._delete_to(letter_before(self.value, self.cursor_position))

    def action_delete_right(self) -> None:
        """Delete the letter behind the cursor with all that belongs to it."""
        self._delete_to(letter_behind(self.value, self.cursor_position))

    def action_delete_left_word(self) -> None:
        """Delete what stands before the cursor up to the beginning of a word."""
        self._delete_to(word_before(self.value, self.cursor_position))

    def action_delete_right_word(self) -> None:
        """Delete what stands behind the cursor up to the end of a word."""
        self._delete_to(word_behind(self.value, self.cursor_position))

    def _step(self, step: int, select: bool) -> None:
        anchor, place = self.selection
        if select or anchor == place:
            beside = self._line.beside(place, step)
            self._move(place if beside is None else beside, select)
        else:
            left, right = sorted(map(self._line.slot_of, (anchor, place)), key=lambda slot: slot.column)
            self._move((left if step < 0 else right).place, select)

    def _move(self, place: int, select: bool) -> None:
        self.selection = Selection(self.selection.start if select else place, place)

    def _delete_to(self, place: int) -> None:
        """Delete what is selected, or else what stands between `place` and the cursor."""
        anchor, end = self.selection
        self.delete(place if anchor == end else anchor, end)


def drawn_row(
    line: SeenLine, start: int, room: int, style_of: Callable[[int], Style], blank: Style = NO_STYLE
) -> Strip:
    """Return `room` cells with what of the line is in sight when its left end is in column `start`; `blank` is around it."""
    drawn = [(" " * min(max(start, 0), room), blank)]
    for place, text, column, width in line.slots:
        left, right = start + column, start + column + width
        if left >= 0 and right <= room:
            drawn.append((text, style_of(place)))
        else:  # At an edge half of a wide letter can be in sight.
            drawn.append((" " * (min(right, room) - max(left, 0)), blank))
    strip = Strip(
        Segment("".join(text for text, _style in run), style)
        for style, run in groupby((each for each in drawn if each[0]), key=lambda each: each[1])
    )
    return strip.extend_cell_length(room, blank)
