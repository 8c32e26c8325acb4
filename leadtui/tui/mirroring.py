"""An interface that runs from right to left: what stood at the left stands at the right, and so go keys and pointer.

Lines are mirrored by `DirectionFilter`, tables mirror where their columns stand, and here are places, keys and pointer. All
of it asks the language that is spoken at that moment; when that is another, `LeadtuiApp.draw_anew` draws it so.
"""

from __future__ import annotations

from typing import Any, cast

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.color import TRANSPARENT
from textual.errors import NoWidget
from textual.geometry import Offset, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.layouts import factory
from textual.layouts.horizontal import HorizontalLayout
from textual.layouts.vertical import VerticalLayout
from textual.message_pump import MessagePump
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, TextArea

from leadtui.language.bidi import Direction
from leadtui.language.translate import interface_direction
from leadtui.tui.direction import DirectionFilter, TurnedAlready
from leadtui.tui.least_size import cover

_PAIRS = {"left": "right", "less_than_sign": "greater_than_sign", "<": ">"}
_OTHER = _PAIRS | {there: here for here, there in _PAIRS.items()}


FROM_THE_RIGHT = "-from-the-right"
"""The class that the app has where the interface runs so: for what in a style sheet is not the same on both sides."""


def from_the_right() -> bool:
    """Whether the interface runs from right to left."""
    return interface_direction() is Direction.RIGHT_TO_LEFT


# Places


class _Mirroring(Layout):
    """Stands before a layout of Textual's: places the children of a container from its right where the interface does so."""

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        """As Textual places them, or the other way round; while only the width is asked for (not `greedy`) it is no matter."""
        placed = super().arrange(parent, children, size, greedy)
        if not greedy or not from_the_right():
            return placed
        needed = WidgetPlacement.get_bounds(placed).right
        at_left = parent.styles.align_horizontal == "left"
        room = max(size.width, needed) if at_left else needed
        return [_moved(each, room) for each in placed]


class MirroringHorizontal(_Mirroring, HorizontalLayout):
    """Side by side, in the order in which the interface is read."""


class MirroringVertical(_Mirroring, VerticalLayout):
    """Below each other, where a child that is narrower than its container stands where lines begin."""


# What style sheets mean by these names, Textual's own too: no container has to be told.
factory.LAYOUT_MAP.update(horizontal=MirroringHorizontal, vertical=MirroringVertical)


def _moved(placement: WidgetPlacement, room: int) -> WidgetPlacement:
    region = placement.region
    left = room - region.right
    return placement._replace(region=region.at_offset(Offset(left, region.y)))


def _place_in_focus_order(widget: Widget) -> tuple[int, int]:
    """As Textual sorts the children of a container for Tab, by rows, and in a row as the interface is read."""
    top, left = cast("tuple[int, int]", _places_from_the_left(widget))
    if not from_the_right():
        return top, left
    return top, -(widget.virtual_region.right + widget.styles.margin.right)


_places_from_the_left = cast("Any", Widget)._focus_sort_key.fget
cast("Any", Widget)._focus_sort_key = property(_place_in_focus_order)


def clear_of_scrollbar(line: Strip, widget: Widget) -> Strip:
    """Return `line`, which `widget` has drawn as wide as it is beside its scrollbar, with the room for that before its words.

    Textual adds the room at the end, and scrollbars stand at the right in either direction.
    """
    room = widget.scrollbar_size_vertical
    if not room or not from_the_right():
        return line
    return Strip([Segment(" " * room, widget.rich_style), *line])


# Keys and pointer


def key_as_meant(event: events.Key, focused: MessagePump) -> events.Key:
    """Return `event`; where it is Left or Right, or a sign that points there, the one that means in English what it means here.

    In a text the arrows go by what is seen, so there they stay what they are.
    """
    if isinstance(focused, Input | TextArea) or not from_the_right():
        return event
    key = other_side(event.key)
    return event if key == event.key else events.Key(key, other_side(event.character or "") or None)


def other_side(key: str) -> str:
    """Return a key with Left for Right and Right for Left."""
    *with_others, last = key.split("+")
    return "+".join([*with_others, _OTHER.get(last, last)])


def key_onward() -> str:
    """The arrow that goes on in a line of the interface, as a text gets it."""
    return "left" if from_the_right() else "right"


def spot_in_line(event: events.MouseEvent, widget: Widget) -> Offset | None:
    """Return which cell of its content, as `widget` rendered it, lies under the pointer; None where none does."""
    spot = event.get_content_offset(widget)
    if spot is None or not from_the_right():
        return spot
    # Lines are mirrored with their padding, up to the scrollbar, which stays at the right.
    whole = widget.outer_size.width - widget.scrollbar_size_vertical
    return Offset(whole - 1 - (spot.x + widget.gutter.left) - widget.gutter.left, spot.y)


class TurnedScreen(TurnedAlready):
    """What stands before `Screen`: what it draws is turned already, and what one marks with the mouse is what one sees there.

    In a window that is too small a sentence covers it.
    """

    def on_screen_resume(self) -> None:
        """It comes on top, perhaps in a window that was made smaller meanwhile."""
        cover(cast("Any", self))

    def on_resize(self) -> None:
        """The window is another size."""
        cover(cast("Any", self))

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """Return what lies there, and which letter of its text."""
        screen = cast("Any", super())
        try:
            widget, region = screen.get_widget_at(x, y)
        except NoWidget:
            return None, None
        column = _column_as_read(widget, x - region.x, y - region.y)
        return screen.get_widget_and_offset_at(region.x + column, y)


def _column_as_read(widget: Widget, column: int, row: int) -> int:
    """Return where in its line, as `widget` renders it, stands what is seen in a column of it."""
    turning = next((each for each in widget.get_line_filters() if isinstance(each, DirectionFilter)), None)
    row -= widget.gutter.top
    if turning is None or not 0 <= row < widget.content_size.height:
        return column
    gutter, line = widget.gutter, widget.render_line(row).adjust_cell_length(widget.content_size.width)
    letters: list[Segment] = []
    place = 0
    for letter in " " * gutter.left + line.text + " " * gutter.right:
        letters.append(Segment(letter, Style(meta={"place": place})))
        place += cell_len(letter)
    seen = 0
    for text, style, _control in turning.apply(letters, TRANSPARENT):
        seen += cell_len(text)
        if seen > column and style is not None:
            return style.meta["place"]
    return column
