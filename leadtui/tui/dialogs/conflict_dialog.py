"""Somebody else changed the same customer: both values of each field side by side, and which of them is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from leadtui.domain.difference import Difference, Side
from leadtui.language.text import ellipsize, safe
from leadtui.language.translate import _
from leadtui.tui.dialogs.dialog import Dialog
from leadtui.tui.widgets.marked_lists import OTHER, THE_ONE

LINES_EACH = 3
"""Lines of one field: its title, its two values, a blank."""


class DifferenceList(Widget, can_focus=True):
    """One field after the other; the arrows go to a field and to a side of it."""

    DEFAULT_CSS = "DifferenceList { height: auto; } "
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,shift+tab", "go(-1)", show=False),
        Binding("down,tab", "go(1)", show=False),
        Binding("left", "take(0)", show=False),
        Binding("right", "take(1)", show=False),
        Binding("space", "turn", show=False),
    ]

    at: reactive[int] = reactive(0)
    """The place of the field under the cursor."""

    def __init__(self, differences: Sequence[Difference], theirs: str) -> None:
        """`theirs` is the name of who made the other change."""
        super().__init__()
        self._differences = tuple(differences)
        self._theirs = theirs
        self.chosen = {each.key: Side.MINE for each in differences}
        """Whose value is kept, by key; mine to begin with, since it was about to be saved."""

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """Three lines a field, without the last blank."""
        del container, viewport, width
        return len(self._differences) * LINES_EACH - 1

    def render(self) -> Content:
        """The fields, the one under the cursor with a bar."""
        half = max((self.size.width - 8) // 2, 8)
        lines = [
            line for place, each in enumerate(self._differences) for line in self._lines(place, each, half)
        ]
        return Content("\n").join(lines[:-1])

    def _lines(self, place: int, each: Difference, half: int) -> list[Content]:
        here = place == self.at and self.has_focus
        title = Content.assemble(
            ("▌ " if here else "  ", "$key"),
            (safe(each.title), "bold" if here else ""),
            "  ",
            (ellipsize(_("was {value}").format(value=safe(each.was) or "–"), half), "$faint"),
        )
        values = Content.assemble(
            "    ",
            self._value(each, Side.MINE, _("mine"), each.mine, half),
            " ",
            self._value(each, Side.THEIRS, self._theirs, each.theirs, half),
        )
        return [title, values, Content("")]

    def _value(self, each: Difference, side: Side, whose: str, value: str, width: int) -> Content:
        taken = self.chosen[each.key] is side
        words = f"{THE_ONE if taken else OTHER} {safe(whose)}: {safe(value) or '–'}"
        return Content.styled(ellipsize(words, width).ljust(width), "bold $key" if taken else "$dim")

    def on_click(self, event: events.Click) -> None:
        """Take the value that was clicked."""
        place, line = divmod(event.y, LINES_EACH)
        if place < len(self._differences):
            self.at = place
            if line == 1:
                self.action_take(int(event.x >= self.size.width // 2))

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def action_go(self, by: int) -> None:
        """To the field above or below."""
        self.at = (self.at + by) % len(self._differences)

    def action_take(self, side: int) -> None:
        """Keep mine (at the left) or theirs."""
        self.chosen[self._differences[self.at].key] = Side.THEIRS if side else Side.MINE
        self.refresh()

    def action_turn(self) -> None:
        """Keep the other of the two."""
        self.action_take(int(self.chosen[self._differences[self.at].key] is Side.MINE))


class ConflictDialog(Dialog[Mapping[str, Side]]):
    """Closes with whose value is kept, by key; with nothing where the person goes back to what they typed.

    `differences` must not be empty; `domain.difference.merged` makes of the answer what is saved.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+s,f12", "save", show=False, priority=True),
        Binding("escape", "cancel", show=False),
    ]
    DEFAULT_CSS = """
    ConflictDialog {
        #dialog { width: 84; }
        .sentence { height: auto; margin: 0 0 1 0; }
    }
    """

    def __init__(self, name: str, sentence: str, differences: Sequence[Difference], theirs: str) -> None:
        """`name` is the customer's, `sentence` says who changed them and when, `theirs` is who did."""
        super().__init__()
        self._name = name
        self._sentence = sentence
        self.differences = DifferenceList(differences, theirs)

    def compose_body(self) -> Iterable[Widget]:
        """Who and when, then the fields."""
        yield Static(Content.styled(safe(self._sentence), "$soon"), classes="sentence")
        yield self.differences

    def title_words(self) -> str:
        """Whom it is about."""
        return _("{name} · changed meanwhile").format(name=self._name)

    def key_words(self) -> list[tuple[str, str]]:
        """Choose, save or go back."""
        return [
            ("↑↓", _("field")),
            ("←→", _("choose")),
            ("Enter", _("save")),
            ("Esc", _("back to what I typed")),
        ]

    def action_save(self) -> None:
        """Close with the choice."""
        self.dismiss(dict(self.differences.chosen))
