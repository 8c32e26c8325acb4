"""Several things in one field of a form, one under the other; one of them can be opened and is then edited in its place."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Static

from leadtui.language.text import cell_width, ellipsize, safe
from leadtui.language.translate import show_number
from leadtui.tui.commands.command import small_letter
from leadtui.tui.widgets.form import Form
from leadtui.tui.widgets.form_field import Edited, FieldMessage, FormField, Tone, Way, go, passes_on, take

Row = TypeVar("Row")

LEAST_WIDTH = 20
"""Cells that a line is taken to have before it is laid out."""


class RowLines(Static, can_focus=True):
    """The lines; the one that the cursor stands on is tinted."""

    DEFAULT_CSS = "RowLines { height: auto; color: $foreground; text-wrap: nowrap; }"

    def __init__(self, editor: RowsEditor[Row], *, can_focus: bool = True) -> None:
        """`editor` knows what the keys mean."""
        super().__init__()
        self._editor = editor
        self.can_focus = can_focus

    def on_key(self, event: events.Key) -> None:
        """Move, open, add, remove, or lead out."""
        if not passes_on(self, event) and self._editor.took_key(event):
            take(event)

    def on_focus(self) -> None:
        """Show the cursor."""
        self._editor.draw()
        self._editor.bring_into_sight()

    def on_blur(self) -> None:
        """Show that it is elsewhere."""
        self._editor.draw()

    def on_resize(self) -> None:
        """Titles are cut to the width."""
        self._editor.draw()

    def on_click(self, event: events.Click) -> None:
        """Open the line that was clicked."""
        spot = event.get_content_offset(self)
        if spot is not None:
            self._editor.click(self, spot.y)


class RowsEditor(Vertical, Generic[Row]):
    """Its text is the titles, one on each line. Where rows can be added the last line adds one.

    A subclass says what a row is: a new one (`new_row`), how it stands in a line, and which of its parts are edited by which field.
    What is wrong with a row is told by its place and the key of a part, such as "2.title".
    """

    DEFAULT_CSS = """
    RowsEditor {
        height: auto;
        .asked-part { height: auto; display: none; padding: 0 0 0 4; }
        &.-open .asked-part { display: block; }
        .asked-part .form-message { min-height: 0; }
    }
    """
    fixed: ClassVar[bool] = False
    """Whether the rows are given: none is added, removed or moved."""

    def __init__(self, language: str, parts: Sequence[FormField]) -> None:
        """`language` writes the numbers; `parts` are the fields in which a row is edited."""
        super().__init__()
        self.rows: list[Row] = []
        self._language = language
        self._at = 0
        self._opened: tuple[int, Row] | None = None
        """The open row's place, and how it was as it was opened."""
        self._problems: dict[str, str] = {}
        self._lines = RowLines(self)
        self._lines_below = RowLines(self, can_focus=False)
        self.parts = tuple(parts)
        for part in self.parts:
            part.steps = self._step

    # What a row is

    @abstractmethod
    def new_row(self) -> Row:
        """What is added."""

    @abstractmethod
    def add_words(self) -> str:
        """What the line says that adds one."""

    @abstractmethod
    def title_of(self, row: Row) -> str:
        """What it is called, of which a line shows as much as there is room for."""

    @abstractmethod
    def fill(self, row: Row) -> None:
        """Put a row into the parts."""

    @abstractmethod
    def gather(self, row: Row, opened: Row) -> Row:
        """The row with what stands in the parts; `opened` is how it was as it was opened."""

    def follow(self, row: Row) -> None:
        """Another row stands in the parts, or it was changed: show what belongs to it."""

    def before_title(self, row: Row) -> str:
        """What stands before the title, of one width in all lines."""
        del row
        return ""

    def aside(self, row: Row) -> str:
        """What stands at the end of the line."""
        del row
        return ""

    def aside_width(self) -> int:
        """The most cells that it takes."""
        return 0

    def is_required(self, row: Row) -> bool:
        """Whether a star stands behind the title."""
        del row
        return False

    # What stands there

    def compose(self) -> ComposeResult:
        """The lines up to the open one, its parts, the lines after it."""
        yield self._lines
        yield Vertical(*self.parts, classes="asked-part")
        yield self._lines_below

    def on_mount(self) -> None:
        """Draw what is known by now."""
        self.draw()

    @property
    def text(self) -> str:
        """The titles."""
        return "\n".join(map(self.title_of, self.rows))

    @text.setter
    def text(self, value: str) -> None:
        """What stands there is set by `show`."""

    @property
    def is_open(self) -> bool:
        """Whether a row is being edited."""
        return self.has_class("-open")

    @property
    def problems(self) -> Mapping[str, str]:
        """What is wrong, by place and part, such as "2.title"."""
        return self._problems

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows, all closed."""
        if list(rows) == self.rows:
            return
        self.rows = list(rows)
        self._at = 0
        self._fold()

    def tell(self, problems: Mapping[str, str]) -> None:
        """Show what is wrong, by place and part."""
        self._problems = dict(problems)
        self._say()
        self.draw()

    def open_first_wrong(self) -> bool:
        """Open the first row that something is wrong with; whether there is one."""
        wrong = sorted((int(key.partition(".")[0]), key.partition(".")[2]) for key in self._problems)
        if not wrong:
            return False
        place, _part = wrong[0]
        parts = {part for at, part in wrong if at == place}
        self._open(place)
        shown = [each for each in self.parts if not each.disabled]
        next((each for each in shown if each.key in parts), shown[0]).take_focus()
        return True

    # What the person does

    def took_key(self, event: events.Key) -> bool:
        """Whether the key means something at the lines; it is then done."""
        match small_letter(event.key):
            case "up" | "down":
                self._climb(1 if event.key == "down" else -1)
            case "shift+up" | "shift+down":
                self._move(1 if event.key == "shift+down" else -1)
            case "enter":
                self._enter()
            case "delete" | "backspace" | "x":
                self._remove()
            case "tab":
                self.screen.focus_next()
            case "shift+tab":
                self.screen.focus_previous()
            case "a":
                self._add()
            case _:
                return event.is_printable and event.key != "question_mark"
        return True

    def on_key(self, event: events.Key) -> None:
        """Escape closes the open row; what was typed into it stays."""
        if event.key == "escape" and self.is_open:
            self._lines_again()
            take(event)

    def click(self, lines: RowLines, y: int) -> None:
        """Open the row of that line, or add one."""
        place = y + (self._at + 1 if lines is self._lines_below else 0)
        if place < len(self.rows):
            self._open_at_its_first_part(place)
        elif place == len(self.rows):
            self._add()

    @on(FormField.Changed)
    def _change(self, event: FormField.Changed) -> None:
        event.stop()
        if self._opened is None:
            return
        place, opened = self._opened
        before = self.rows[place]
        after = self.gather(before, opened)
        if after != before:
            self.rows[place] = after
            self._problems.pop(f"{place}.{event.field.key}", None)
            self._changed()

    @on(FormField.Left)
    def _left(self, event: FormField.Left) -> None:
        event.stop()

    def _enter(self) -> None:
        if self._at == len(self.rows):
            self._add()
        else:
            self._open_at_its_first_part(self._at)

    def _open_at_its_first_part(self, place: int) -> None:
        self._open(place)
        next(each for each in self.parts if not each.disabled).take_focus()

    def _add(self) -> None:
        if self.fixed:
            return
        self.rows.append(self.new_row())
        self._open(len(self.rows) - 1)
        self._changed()
        next(each for each in self.parts if not each.disabled).take_focus()

    def _remove(self) -> None:
        if self._at < len(self.rows) and not self.fixed:
            del self.rows[self._at]
            self._problems.clear()
            self._fold()
            self._changed()

    def _move(self, by: int) -> None:
        other = self._at + by
        if self._at < len(self.rows) and 0 <= other < len(self.rows) and not self.fixed:
            self.rows[self._at], self.rows[other] = self.rows[other], self.rows[self._at]
            self._at = other
            self._problems.clear()
            self._fold()
            self._changed()
            self.bring_into_sight()

    @property
    def _last(self) -> int:
        """The place of the last line."""
        return len(self.rows) - 1 if self.fixed else len(self.rows)

    def _climb(self, by: int) -> None:
        self._fold()
        if 0 <= self._at + by <= self._last:
            self._at += by
            self.draw()
            self.bring_into_sight()
        else:
            go(self, Way.UP if by < 0 else Way.DOWN)

    def _step(self, part: FormField, way: Way) -> None:
        """From one part of the open row to another, and back to the lines at both ends."""
        shown = [each for each in self.parts if not each.disabled]
        place = shown.index(part) + (-1 if way is Way.UP else 1)
        if 0 <= place < len(shown):
            shown[place].take_focus()
        elif place < 0:
            self._lines_again()
        else:
            self._at = min(self._at + 1, self._last)
            self._lines_again()

    def _lines_again(self) -> None:
        self.screen.set_focus(self._lines, scroll_visible=False)
        self._fold()

    def _open(self, place: int) -> None:
        self._at = place
        row = self.rows[place]
        self._opened = None  # what the parts say meanwhile is nobody's change
        self.fill(row)
        self._opened = (place, row)
        self.add_class("-open")
        self._say()
        self.draw()

    def _fold(self) -> None:
        self._opened = None
        self.remove_class("-open")
        self.draw()

    def _changed(self) -> None:
        self._say()
        self.draw()
        self.post_message(Edited())

    def _say(self) -> None:
        if self._opened is None:
            return
        for part in self.parts:
            sentence = self._problems.get(f"{self._at}.{part.key}")
            part.show_message(FieldMessage(Tone.WRONG, sentence) if sentence else None)
        self.follow(self.rows[self._at])

    # What is shown

    def bring_into_sight(self) -> None:
        """Scroll the form to the line under the cursor, once it is laid out."""
        self.call_after_refresh(self._scroll_to_line)

    def _scroll_to_line(self) -> None:
        form = next((each for each in self.ancestors if isinstance(each, Form)), None)
        if form is not None and self._lines.has_focus:
            top = self._lines.region.y - form.region.y + form.scroll_offset.y
            form.scroll_to_region(Region(0, top + self._at, 1, 1), animate=False)

    def draw(self) -> None:
        """Write the lines anew."""
        if not self.is_mounted:
            return
        lines = [self._line(place, each) for place, each in enumerate(self.rows)]
        if not self.fixed:
            lines.append(self._line_to_add())
        split = self._at + 1 if self.is_open else len(lines)
        self._lines.update(Content("\n").join(lines[:split]))
        self._lines_below.update(Content("\n").join(lines[split:]))
        self._lines_below.display = split < len(lines)

    def _line(self, place: int, row: Row) -> Content:
        width = max(self._lines.size.width, LEAST_WIDTH)
        number = show_number(place + 1, self._language).rjust(3)
        wrong = any(key.startswith(f"{place}.") for key in self._problems)
        first = self.before_title(row)
        room = max(width - self.aside_width() - cell_width(first) - 10, 8)
        title = ellipsize(safe(self.title_of(row)), room - 2) or "…"
        star = " *" if self.is_required(row) else ""
        return self._tint(
            place,
            Content.assemble(
                ("✕" if wrong else " ", "$late"),
                (number, "$dim"),
                "  ",
                (first, "$dim"),
                title,
                (star, "$late"),
                " " * max(room - cell_width(title) - len(star), 1),
                (ellipsize(self.aside(row), max(width - room - cell_width(first) - 7, 4)), "$dim"),
            ),
            width,
        )

    def _line_to_add(self) -> Content:
        words = Content.assemble("      ", ("+", "bold $key"), " ", self.add_words())
        return self._tint(len(self.rows), words, max(self._lines.size.width, LEAST_WIDTH))

    def _tint(self, place: int, line: Content, width: int) -> Content:
        here = place == self._at and (self._lines.has_focus or self.is_open)
        filled = Content.assemble(line, " " * max(width - line.cell_length, 0))
        return (
            filled.stylize("on $cursor" if self._lines.has_focus else "on $cursor-blurred") if here else line
        )
