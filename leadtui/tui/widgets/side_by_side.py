"""What two sides say differently, beside each other: one field under the other, and which side's value stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from leadtui.domain.difference import Difference, Side
from leadtui.language.text import cell_width, ellipsize, safe
from leadtui.language.translate import apart, pgettext
from leadtui.tui.mirroring import spot_in_line
from leadtui.tui.widgets.marked_lists import OTHER, THE_ONE

TITLE_WIDTH = 16

LINES_EACH = 3
"""Lines of a field whose title stands above: the title, the two values, a blank."""


class SideBySide(Widget, can_focus=True):
    """The arrows go to a field and to a side of it.

    With `titles_above` each field has its title over its two values, with what stood there before, and each value
    says whose it is; else a field takes one line, under a line with the two names.
    """

    DEFAULT_CSS = "SideBySide { height: auto; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,shift+tab", "go(-1)", show=False),
        Binding("down,tab", "go(1)", show=False),
        Binding("left", "take('kept')", show=False),
        Binding("right", "take('lost')", show=False),
        Binding("space,enter", "turn", show=False),
    ]

    at: reactive[int] = reactive(0)
    """The place of the field under the cursor."""

    @dataclass
    class Chosen(Message):
        """A value was chosen."""

    def __init__(
        self,
        differences: Sequence[Difference],
        names: tuple[str, str],
        chosen: Mapping[str, Side] | None = None,
        *,
        titles_above: bool = False,
    ) -> None:
        """`names` are those of the two sides; `chosen` what was chosen before, by key."""
        super().__init__()
        self._differences = tuple(differences)
        self._names = names
        self._titles_above = titles_above
        self.chosen = {each.key: (chosen or {}).get(each.key, each.usual) for each in differences}
        """Whose value stays, by key."""

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """As many lines as are drawn."""
        del container, viewport, width
        count = len(self._differences)
        return count * LINES_EACH - 1 if self._titles_above else count + 1

    def render(self) -> Content:
        """The fields, the one under the cursor with a bar."""
        if self._titles_above:
            half = max((self.size.width - 8) // 2, 8)
            blocks = [self._block(place, each, half) for place, each in enumerate(self._differences)]
            return Content("\n\n").join(blocks)
        half = max((self.size.width - TITLE_WIDTH - 4) // 2, 10)
        names = Content.assemble(
            " " * (TITLE_WIDTH + 2), *((_padded(f"  {safe(each)}", half), "bold") for each in self._names)
        )
        return Content("\n").join(
            [names, *(self._line(place, each, half) for place, each in enumerate(self._differences))]
        )

    def _block(self, place: int, each: Difference, half: int) -> Content:
        here = place == self.at and self.has_focus
        was = pgettext("field", "was {value}").format(value=safe(each.was) or "–")
        return Content.assemble(
            ("▌ " if here else "  ", "$key"),
            (safe(each.title), "bold" if here else ""),
            "  ",
            (ellipsize(was, half), "$faint"),
            "\n    ",
            self._named_value(each, Side.KEPT, half),
            " ",
            self._named_value(each, Side.LOST, half),
        )

    def _line(self, place: int, each: Difference, half: int) -> Content:
        here = place == self.at
        line = Content.assemble(
            ("▌ " if here else "  ", "$key"),
            (_padded(safe(each.title), TITLE_WIDTH), "bold" if here else "$dim"),
            self._value(each, Side.KEPT, half),
            self._value(each, Side.LOST, half),
        )
        return line.stylize("on $cursor") if here and self.has_focus else line

    def _named_value(self, each: Difference, side: Side, width: int) -> tuple[str, str]:
        name, value = apart(safe(self._names[side is Side.LOST])), apart(safe(each.text(side)))
        words = f"{self._mark(each, side)} {name}: {value or '–'}"
        return _padded(words, width), self._ink(each, side)

    def _value(self, each: Difference, side: Side, width: int) -> tuple[str, str]:
        return _padded(f"{self._mark(each, side)} {safe(each.text(side))}", width), self._ink(each, side)

    def _mark(self, each: Difference, side: Side) -> str:
        return THE_ONE if self.chosen[each.key] is side else OTHER

    def _ink(self, each: Difference, side: Side) -> str:
        return "bold $key" if self.chosen[each.key] is side else "$dim"

    def on_click(self, event: events.Click) -> None:
        """Take the value that was clicked."""
        if self._titles_above:
            place, line = divmod(event.y, LINES_EACH)
            on_value, middle = line == 1, self.size.width // 2
        else:
            place, on_value = event.y - 1, True
            middle = TITLE_WIDTH + 2 + (self.size.width - TITLE_WIDTH - 4) // 2
        if 0 <= place < len(self._differences):
            self.at = place
            if on_value:
                spot = spot_in_line(event, self)
                self.action_take(Side.LOST if spot is not None and spot.x >= middle else Side.KEPT)

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def action_go(self, by: int) -> None:
        """To the field above or below."""
        if self._differences:
            self.at = (self.at + by) % len(self._differences)

    def action_take(self, side: str) -> None:
        """Let the value of that side stay."""
        if self._differences:
            self.chosen[self._differences[self.at].key] = Side(side)
            self.refresh()
            self.post_message(self.Chosen())

    def action_turn(self) -> None:
        """Let the other of the two stay."""
        if self._differences:
            self.action_take(self.chosen[self._differences[self.at].key].other)


def _padded(words: str, width: int) -> str:
    # Two spaces part the values, so that each is turned for itself.
    shown = ellipsize(words, max(width - 2, 1))
    return shown + " " * (width - cell_width(shown))
