"""What a status asks for: its fields one under the other; one of them can be opened and is then edited in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from leadtui.domain.field import Field, FieldKind
from leadtui.language.text import cell_width, ellipsize, safe
from leadtui.language.translate import _, pgettext, show_number
from leadtui.presentation.definition_words import FIELD_KIND_WORDS
from leadtui.tui.commands.command import small_letter
from leadtui.tui.screens.settings.fields import (
    CHOOSING,
    FieldKindChoice,
    kept_options,
    options_text,
)
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.form_field import Edited, FieldMessage, FormField, Tone, Way, go, passes_on, take
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.option_row import OneOf

MUST, MAY = "must", "may"

TITLE, KIND, REQUIRED, OPTIONS = "title", "kind", "required", "options"


class StatusFieldLines(Static, can_focus=True):
    """The lines; the one that the cursor stands on is tinted."""

    DEFAULT_CSS = "StatusFieldLines { height: auto; color: $foreground; text-wrap: nowrap; }"

    def __init__(self, editor: StatusFieldsEditor, *, can_focus: bool = True) -> None:
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


class StatusFieldsEditor(Vertical):
    """Its text is the titles, one on each line. The last line adds a field."""

    DEFAULT_CSS = """
    StatusFieldsEditor {
        height: auto;
        .asked-part { height: auto; display: none; padding: 0 0 0 4; }
        &.-open .asked-part { display: block; }
        .asked-part .form-message { min-height: 0; }
    }
    """

    def __init__(self, language: str) -> None:
        """`language` writes the numbers."""
        super().__init__()
        self.fields: list[Field] = []
        self._language = language
        self._at = 0
        self._before: dict[int, Field] = {}
        self._problems: dict[str, str] = {}
        self._lines = StatusFieldLines(self)
        self._lines_below = StatusFieldLines(self, can_focus=False)
        required = [
            Choice(MAY, pgettext("choice", "may stay empty")),
            Choice(MUST, pgettext("choice", "must be answered")),
        ]
        self._parts = (
            FormField(TITLE, pgettext("field", "Title"), LineInput(), required=True),
            FormField(KIND, _("Kind of answer"), FieldKindChoice()),
            FormField(REQUIRED, _("The answer"), OneOf(required, MAY)),
            FormField(OPTIONS, _("Options, with commas between"), LineInput(), required=True),
        )
        for part in self._parts:
            part.steps = self._step

    def compose(self) -> ComposeResult:
        """The lines up to the open one, its parts, the lines after it."""
        yield self._lines
        yield Vertical(*self._parts, classes="asked-part")
        yield self._lines_below

    def on_mount(self) -> None:
        """Draw what is known by now."""
        self.draw()

    @property
    def text(self) -> str:
        """The titles."""
        return "\n".join(each.title for each in self.fields)

    @text.setter
    def text(self, value: str) -> None:
        self.show([Field(0, "", title) for title in value.splitlines()])

    @property
    def is_open(self) -> bool:
        """Whether a field is being edited."""
        return self.has_class("-open")

    @property
    def problems(self) -> Mapping[str, str]:
        """What is wrong, by place and part, such as "2.title"."""
        return self._problems

    def show(self, fields: Sequence[Field]) -> None:
        """Show these fields, all closed."""
        if list(fields) == self.fields:
            return
        self.fields = list(fields)
        self._at = 0
        self._fold()

    def tell(self, problems: Mapping[str, str]) -> None:
        """Show what is wrong, by place and part."""
        self._problems = dict(problems)
        self._say()
        self.draw()

    def open_first_wrong(self) -> bool:
        """Open the first field that something is wrong with; whether there is one."""
        wrong = sorted((int(key.partition(".")[0]), key.partition(".")[2]) for key in self._problems)
        if not wrong:
            return False
        place, _part = wrong[0]
        parts = {part for at, part in wrong if at == place}
        self._open(place)
        next(each for each in self._parts if each.key in parts).take_focus()
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
        """Escape closes the open field; what was typed into it stays."""
        if event.key == "escape" and self.is_open:
            self._lines_again()
            take(event)

    def click(self, lines: StatusFieldLines, y: int) -> None:
        """Open the field of that line, or add one."""
        place = y + (self._at + 1 if lines is self._lines_below else 0)
        if place < len(self.fields):
            self._open(place)
            self._parts[0].take_focus()
        elif place == len(self.fields):
            self._add()

    @on(FormField.Changed)
    def _change(self, event: FormField.Changed) -> None:
        event.stop()
        if not self.is_open:
            return
        title, kind, required, options = self._parts
        before = self.fields[self._at]
        known = self._before.get(self._at, before)
        after = replace(
            before,
            title=title.text,
            kind=FieldKind(kind.text),
            required=required.text == MUST,
            options=kept_options(known, options.text),
        )
        if after != before:
            self.fields[self._at] = after
            self._problems.pop(f"{self._at}.{event.field.key}", None)
            self._changed()

    @on(FormField.Left)
    def _left(self, event: FormField.Left) -> None:
        event.stop()

    def _enter(self) -> None:
        if self._at == len(self.fields):
            self._add()
        else:
            self._open(self._at)
            self._parts[0].take_focus()

    def _add(self) -> None:
        self.fields.append(Field(0, "", "", position=len(self.fields)))
        self._open(len(self.fields) - 1)
        self._changed()
        self._parts[0].take_focus()

    def _remove(self) -> None:
        if self._at < len(self.fields):
            del self.fields[self._at]
            self._problems.clear()
            self._fold()
            self._changed()

    def _move(self, by: int) -> None:
        other = self._at + by
        if self._at < len(self.fields) and 0 <= other < len(self.fields):
            self.fields[self._at], self.fields[other] = self.fields[other], self.fields[self._at]
            self._at = other
            self._problems.clear()
            self._fold()
            self._changed()

    def _climb(self, by: int) -> None:
        self._fold()
        if 0 <= self._at + by <= len(self.fields):
            self._at += by
            self.draw()
        else:
            go(self, Way.UP if by < 0 else Way.DOWN)

    def _step(self, part: FormField, way: Way) -> None:
        """From one part of the open field to another, and back to the lines at both ends."""
        shown = [each for each in self._parts if not each.disabled]
        place = shown.index(part) + (-1 if way is Way.UP else 1)
        if 0 <= place < len(shown):
            shown[place].take_focus()
        elif place < 0:
            self._lines_again()
        else:
            self._at += 1
            self._lines_again()

    def _lines_again(self) -> None:
        self.screen.set_focus(self._lines, scroll_visible=False)
        self._fold()

    def _open(self, place: int) -> None:
        self._at = place
        asked = self.fields[place]
        self._before = {place: asked}
        title, kind, required, options = self._parts
        title.text, kind.text, options.text = asked.title, asked.kind.value, options_text(asked.options)
        required.text = MUST if asked.required else MAY
        self.add_class("-open")
        self._say()
        self.draw()

    def _fold(self) -> None:
        self.remove_class("-open")
        self.draw()

    def _changed(self) -> None:
        self._say()
        self.draw()
        self.post_message(Edited())

    def _say(self) -> None:
        if not self.is_open:
            return
        for part in self._parts:
            sentence = self._problems.get(f"{self._at}.{part.key}")
            part.show_message(FieldMessage(Tone.WRONG, sentence) if sentence else None)
        chooses = self.fields[self._at].kind in CHOOSING
        self._parts[-1].display = chooses
        self._parts[-1].disabled = not chooses

    # What is shown

    def draw(self) -> None:
        """Write the lines anew."""
        if not self.is_mounted:
            return
        lines = [self._line(place, each) for place, each in enumerate(self.fields)]
        lines.append(self._line_to_add())
        split = self._at + 1 if self.is_open else len(lines)
        self._lines.update(Content("\n").join(lines[:split]))
        self._lines_below.update(Content("\n").join(lines[split:]))
        self._lines_below.display = split < len(lines)

    def _line(self, place: int, asked: Field) -> Content:
        width = max(self._lines.size.width, 20)
        number = show_number(place + 1, self._language).rjust(3)
        wrong = any(key.startswith(f"{place}.") for key in self._problems)
        kind = pgettext("kind", FIELD_KIND_WORDS[asked.kind])
        kind_width = max(cell_width(pgettext("kind", words)) for words in FIELD_KIND_WORDS.values())
        room = max(width - kind_width - 10, 8)
        title = ellipsize(safe(asked.title), room - 2) or "…"
        star = " *" if asked.required else ""
        return self._tint(
            place,
            Content.assemble(
                ("✕" if wrong else " ", "$late"),
                (number, "$dim"),
                "  ",
                title,
                (star, "$late"),
                " " * max(room - cell_width(title) - len(star), 1),
                (ellipsize(kind, max(width - room - 7, 4)), "$dim"),
            ),
            width,
        )

    def _line_to_add(self) -> Content:
        words = Content.assemble("      ", ("+", "bold $key"), " ", pgettext("key", "add a field"))
        return self._tint(len(self.fields), words, max(self._lines.size.width, 20))

    def _tint(self, place: int, line: Content, width: int) -> Content:
        here = place == self._at and (self._lines.has_focus or self.is_open)
        filled = Content.assemble(line, " " * max(width - line.cell_length, 0))
        return (
            filled.stylize("on $cursor" if self._lines.has_focus else "on $cursor-blurred") if here else line
        )
