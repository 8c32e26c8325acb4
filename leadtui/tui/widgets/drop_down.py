"""A choice among many on one line: typed by its beginning, stepped through, or picked from a list that drops down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from leadtui.language.text import cell_width, ellipsize, safe
from leadtui.tui.input_queue import FindsByLetters
from leadtui.tui.widgets.choice import Choice, TypeAhead, place_of
from leadtui.tui.widgets.form_field import Edited, Way, go, passes_on, take

LONGEST_LIST = 8


class DropDownLine(Widget):
    """The line with what is chosen."""

    DEFAULT_CSS = "DropDownLine { height: 1; padding: 0 1; }"

    def render(self) -> Content:
        """What is chosen, and the sign that there is a list."""
        down = self.parent
        assert isinstance(down, DropDown)
        width = self.content_size.width
        label = ellipsize(safe(down.label), max(width - 2, 1))
        return Content.assemble(
            label, " " * max(width - cell_width(label) - 1, 1), ("▾", "reverse" if down.has_focus else "$dim")
        )


class DropDownList(Widget):
    """The choices around the one that the cursor stands on."""

    DEFAULT_CSS = """
    DropDownList {
        display: none;
        overlay: screen;
        constrain: none inside;
        height: auto;
        padding: 0 1;
        background: $pane-alt;
        color: $foreground;
    }
    """

    @dataclass
    class Picked(Message):
        """A choice was clicked."""

        place: int

    def render(self) -> Content:
        """A line for each choice in sight; the marks at the ends say that there are more."""
        down = self.parent
        assert isinstance(down, DropDown)
        width = max(self.content_size.width, 1)
        first = self.first(down)
        lines: list[Content] = []
        for place, choice in list(enumerate(down.choices))[first : first + LONGEST_LIST]:
            label = ellipsize(safe(choice.label), max(width - 2, 1))
            here = place == down.at
            line = f"{'›' if here else ' '} {label}"
            line += " " * (width - cell_width(line))
            lines.append(Content.styled(line, "bold on $cursor" if here else ""))
        return Content("\n").join(lines)

    def first(self, down: DropDown) -> int:
        """The first choice in sight."""
        return max(0, min((down.at or 0) - LONGEST_LIST // 2, len(down.choices) - LONGEST_LIST))

    def on_click(self, event: events.Click) -> None:
        """Pick the choice under the pointer."""
        event.stop()
        down, spot = self.parent, event.get_content_offset(self)
        if isinstance(down, DropDown) and spot is not None:
            self.post_message(self.Picked(self.first(down) + spot.y))


class DropDown(FindsByLetters, Widget, can_focus=True):
    """Its text is the chosen one. Left and right step, Space opens the list, letters find a beginning."""

    DEFAULT_CSS = """
    DropDown {
        height: 1;
        layout: vertical;
        background: $field;
        color: $foreground;
        &:focus { background: $field-focus; }
        &.-open DropDownList { display: block; }
    }
    """

    at: reactive[int | None] = reactive(None)
    """The chosen one."""

    def __init__(self, choices: Sequence[Choice], text: str = "") -> None:
        """Nothing is chosen but what `text` says."""
        super().__init__()
        self.choices = tuple(choices)
        self._type_ahead = TypeAhead(self.choices)
        self.set_reactive(DropDown.at, place_of(text, self.choices))

    def compose(self) -> ComposeResult:
        """The line and the list."""
        yield DropDownLine()
        yield DropDownList()

    @property
    def text(self) -> str:
        """What is chosen."""
        return "" if self.at is None else self.choices[self.at].text

    @text.setter
    def text(self, value: str) -> None:
        self.at = place_of(value, self.choices)

    def begin_with(self, choices: Sequence[Choice], text: str) -> None:
        """Offer others for something else: what `text` says is chosen, or nothing, whatever was chosen before."""
        self.choices = tuple(choices)
        self._type_ahead = TypeAhead(self.choices)
        self.set_reactive(DropDown.at, place_of(text, self.choices))
        self._refresh_parts()

    @property
    def label(self) -> str:
        """What is chosen, as it is shown."""
        return "" if self.at is None else self.choices[self.at].label

    @property
    def open(self) -> bool:
        """Whether the list is down."""
        return self.has_class("-open")

    def watch_has_focus(self, has_focus: bool) -> None:
        """The sign of the list stands out while the keyboard is here, also where there are no colours."""
        super().watch_has_focus(has_focus)
        self._refresh_parts()

    def watch_at(self) -> None:
        """Show it, and tell the field."""
        self._refresh_parts()
        self.post_message(Edited())

    def on_blur(self) -> None:
        """The list goes when the field is left."""
        self._show_list(False)

    def on_key(self, event: events.Key) -> None:
        """Choose, or lead out of the field."""
        if passes_on(self, event):
            return
        match event.key:
            case "enter":
                self._show_list(False)
                go(self, Way.ON)
            case "up":
                self._step(-1) if self.open else go(self, Way.UP)
            case "down":
                self._step(1) if self.open else go(self, Way.DOWN)
            case "left":
                self._step(-1)
            case "right":
                self._step(1)
            case "tab":
                self.screen.focus_next()
            case "shift+tab":
                self.screen.focus_previous()
            case "space":
                self._show_list(not self.open)
            case "escape" if self.open:
                self._show_list(False)
            case "backspace" | "delete":
                self._type_ahead.clear()
                self.at = None
            case _ if event.is_printable and event.character is not None:
                place = self._type_ahead.add(event.character, event.key)
                self.at = self.at if place is None else place
            case _:
                return
        take(event)

    def on_click(self) -> None:
        """Let the list down, or take it up."""
        self._show_list(not self.open)

    def on_drop_down_list_picked(self, event: DropDownList.Picked) -> None:
        """Take what was clicked."""
        event.stop()
        self.at = min(event.place, len(self.choices) - 1)
        self._show_list(False)

    def _refresh_parts(self) -> None:
        for child in self.children:
            child.refresh()

    def _step(self, by: int) -> None:
        self._type_ahead.clear()
        if self.at is None:
            self.at = 0 if by > 0 else len(self.choices) - 1
        else:
            self.at = max(0, min(self.at + by, len(self.choices) - 1))

    def _show_list(self, shown: bool) -> None:
        self._type_ahead.clear()
        self.set_class(shown and bool(self.choices), "-open")
