"""A choice among few: all of them in sight, `○ a  ● b`; or several of them, `□ a  ■ b`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from leadtui.language.text import cell_width, ellipsize, safe
from leadtui.tui.input_queue import FindsByLetters
from leadtui.tui.mirroring import spot_in_line
from leadtui.tui.widgets.choice import Choice, TypeAhead, place_of
from leadtui.tui.widgets.form_field import Edited, Way, go, passes_on, take

GAP = 2


@dataclass(frozen=True, slots=True)
class _Placed:
    """An option and where it is drawn."""

    index: int
    x: int
    y: int
    label: str

    @property
    def width(self) -> int:
        return cell_width(self.label) + 2


class OptionRow(FindsByLetters, Widget, can_focus=True):
    """Left and right choose, or a beginning typed; where `several` may be chosen they move and Space chooses.

    Its text is the chosen one, or the chosen ones with a line end between them.
    """

    GLYPHS: ClassVar[dict[bool, tuple[str, str]]] = {False: ("○", "●"), True: ("□", "■")}

    DEFAULT_CSS = """
    OptionRow {
        height: auto;
        padding: 0 1;
        background: $field;
        color: $foreground;
        &:focus { background: $field-focus; }
        &:disabled { opacity: 100% !important; color: $faint; }
    }
    """

    chosen: reactive[frozenset[int]] = reactive(frozenset[int]())
    at: reactive[int] = reactive(0)
    """Where the cursor stands among several."""

    def __init__(self, choices: Sequence[Choice], text: str = "", *, several: bool = False) -> None:
        """Nothing is chosen but what `text` says."""
        super().__init__()
        self.choices = tuple(choices)
        self.several = several
        self._type_ahead = TypeAhead(self.choices)
        self.set_reactive(OptionRow.chosen, self._places(text))
        self.set_reactive(OptionRow.at, min(self.chosen, default=0))

    @property
    def text(self) -> str:
        """What is chosen."""
        return "\n".join(self.choices[place].text for place in sorted(self.chosen))

    @text.setter
    def text(self, value: str) -> None:
        self.chosen = self._places(value)
        self.at = min(self.chosen, default=0)

    def offer_choices(self, choices: Sequence[Choice]) -> None:
        """Offer others from now on; what is chosen stays where it is among them."""
        chosen = self.text
        self.choices = tuple(choices)
        self._type_ahead = TypeAhead(self.choices)
        self.set_reactive(OptionRow.chosen, self._places(chosen))
        self.refresh(layout=True)

    def begin_with(self, choices: Sequence[Choice], text: str) -> None:
        """Offer others for something else: what `text` says is chosen, or nothing, whatever was chosen before."""
        self.choices = tuple(choices)
        self._type_ahead = TypeAhead(self.choices)
        self.set_reactive(OptionRow.chosen, self._places(text))
        self.set_reactive(OptionRow.at, min(self.chosen, default=0))
        self.refresh(layout=True)

    def colour_of(self, _place: int) -> str:
        """The theme colour of the option at that place; empty where it is plain, as here."""
        return ""

    def watch_chosen(self) -> None:
        """Tell the field."""
        self.post_message(Edited())

    def render(self) -> Content:
        """The options, on as many lines as they need."""
        lines: dict[int, list[Content]] = {}
        for each in self._placed(self.content_size.width):
            lines.setdefault(each.y, []).append(self.draw_option(each.index, each.label))
        return Content("\n").join(Content(" " * GAP).join(line) for line in lines.values())

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the options need."""
        del container, viewport
        return max((each.y + 1 for each in self._placed(width)), default=1)

    def on_key(self, event: events.Key) -> None:
        """Choose, or lead out of the field."""
        if passes_on(self, event):
            return
        match event.key:
            case "enter":
                go(self, Way.ON)
            case "up":
                self._climb(-1, Way.UP)
            case "down":
                self._climb(1, Way.DOWN)
            case "left":
                self._step(-1)
            case "right":
                self._step(1)
            case "tab":
                self.screen.focus_next()
            case "shift+tab":
                self.screen.focus_previous()
            case "space":
                self._toggle(self.at)
            case "backspace" | "delete":
                self._type_ahead.clear()
                self.chosen = frozenset()
            case _ if event.is_printable and event.character is not None:
                self._find(event.character, event.key)
            case _:
                return
        take(event)

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        spot = spot_in_line(event, self)
        if spot is None or self.disabled:
            return
        for each in self._placed(self.content_size.width):
            if each.y == spot.y and each.x <= spot.x < each.x + each.width:
                self._toggle(each.index)

    def _toggle(self, place: int) -> None:
        self._type_ahead.clear()
        self.at = place
        self.chosen = self.chosen ^ {place} if self.several else frozenset({place}) - self.chosen

    def _step(self, by: int) -> None:
        self._type_ahead.clear()
        if not self.several and not self.chosen:
            self._move_to(0 if by > 0 else len(self.choices) - 1)
        else:
            self._move_to(max(0, min(self.at + by, len(self.choices) - 1)))

    def _climb(self, by: int, way: Way) -> None:
        """To the option above or below, where the options take several lines; else out of the field."""
        placed = self._placed(self.content_size.width)
        here = next((each for each in placed if each.index == self.at), None)
        beyond = [each for each in placed if here is not None and each.y == here.y + by]
        if here is None or not beyond or (not self.several and not self.chosen):
            go(self, way)
        else:
            self._move_to(min(beyond, key=lambda each: abs(each.x - here.x)).index)

    def _find(self, letter: str, key: str) -> None:
        place = self._type_ahead.add(letter, key)
        if place is not None:
            self._move_to(place)

    def _move_to(self, place: int) -> None:
        self.at = place
        if not self.several and self.choices:
            self.chosen = frozenset({place})

    def draw_option(self, place: int, label: str) -> Content:
        """An option: two cells for its mark, then its label."""
        chosen = place in self.chosen
        glyph = self.GLYPHS[self.several][chosen]
        here = self.has_focus and place == self.at
        style = f"{'bold' if chosen else ''} {'underline' if here else ''}".strip()
        colour = "" if self.disabled else self.colour_of(place)
        marked = colour or ("$primary" if chosen and not self.disabled else "")
        return Content.assemble((glyph, marked), " ", (label, f"{style} {colour}".strip()))

    def label_of(self, place: int, width: int) -> str:
        """The words of an option in so many cells at the most."""
        return ellipsize(safe(self.choices[place].label), width)

    def _placed(self, width: int) -> list[_Placed]:
        """Where each option is drawn in `width` cells."""
        placed: list[_Placed] = []
        x = y = 0
        for index in range(len(self.choices)):
            label = self.label_of(index, max(width - 2, 1))
            needed = cell_width(label) + 2
            if x and x + needed > width:
                x, y = 0, y + 1
            placed.append(_Placed(index, x, y, label))
            x += needed + GAP
        return placed

    def _places(self, text: str) -> frozenset[int]:
        texts = text.split("\n") if self.several else [text]
        places = (place_of(each, self.choices) for each in texts if each)
        return frozenset(place for place in places if place is not None)


class OneOf(OptionRow):
    """Another one can be chosen, but not none."""

    def validate_chosen(self, chosen: frozenset[int]) -> frozenset[int]:
        """What was chosen stays where nothing would be."""
        return chosen or self.chosen

    def _climb(self, by: int, way: Way) -> None:
        """Always out of the field: whoever goes down a form changes nothing on the way."""
        del by
        go(self, way)
