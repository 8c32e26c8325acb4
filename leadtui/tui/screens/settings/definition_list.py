"""The list at the left of a settings pane: what is in use in its order, then what is retired."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from textual import events, getters
from textual.app import App
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets.option_list import Option

from leadtui.language.text import cell_width, ellipsize, safe
from leadtui.tui.commands.command import small_letter
from leadtui.tui.widgets.form_field import passes_on, take
from leadtui.tui.widgets.options import Options

UNSAVED = "•"
"""Stands after what has changes that are not saved."""


@dataclass(frozen=True, slots=True)
class ListedDefinition:
    """A line of the list: `title` comes from data, `style` is that of glyph and title, `aside` stands at the end."""

    id: int
    title: str
    glyph: str = ""
    style: str = ""
    aside: str = ""
    retired: bool = False
    unsaved: bool = False


class DefinitionList(Options):
    """Up and down open what the cursor stands on; Enter and Tab go into its form, `a` begins a new one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
    ]
    DEFAULT_CSS = """
    DefinitionList, DefinitionList:focus {
        border: none;
        height: 1fr;
        padding: 0;
        background: $pane;
        scrollbar-size-vertical: 1;
        text-wrap: nowrap;
    }
    DefinitionList > .option-list--option-highlighted { background: $cursor-blurred; text-style: none; }
    DefinitionList:focus > .option-list--option-highlighted { background: $cursor; text-style: none; }
    DefinitionList > .option-list--option-disabled { color: $dim; }
    """

    app = getters.app(cast("type[App[Any]]", App))

    def __init__(
        self,
        retired_words: str,
        empty_words: str,
        on_add: Callable[[], None],
        on_enter: Callable[[], None],
    ) -> None:
        """`retired_words` head what is retired, `empty_words` stand where there is nothing."""
        super().__init__(markup=False)
        self._retired_words = retired_words
        self._empty_words = empty_words
        self._begin_new = on_add
        self._enter_form = on_enter
        self._listed: tuple[ListedDefinition, ...] = ()
        self._note = ""
        self._drawn: tuple[tuple[ListedDefinition, ...], str, int] = ((), "", 0)

    @property
    def at_id(self) -> int | None:
        """The id of the line that the cursor stands on."""
        at = self.highlighted
        key = None if at is None else self.get_option_at_index(at).id
        return None if key is None else int(key)

    def show(self, listed: Sequence[ListedDefinition], at_id: int, note: str = "") -> None:
        """Show these lines, and a note beneath them; the cursor is put on `at_id`."""
        self._listed, self._note = tuple(listed), note
        self._draw(at_id)

    def on_resize(self) -> None:
        """The lines are as long as the list is wide."""
        if self._listed and self.at_id is not None:
            self._draw(self.at_id)

    def on_key(self, event: events.Key) -> None:
        """Lead into the form at once, so that what is typed in the same breath comes after."""
        if passes_on(self, event):
            return
        if event.key in ("enter", "tab"):
            self._enter_form()
        elif small_letter(event.key) == "a":
            self._begin_new()
        else:
            return
        take(event)

    def _draw(self, at_id: int) -> None:
        wanted = (self._listed, self._note, self.size.width)
        if wanted != self._drawn:
            self._drawn = wanted
            with self.app.batch_update():
                self.clear_options()
                self.add_options(
                    [Option(line, id=key, disabled=key is None) for key, line in self._drawn_lines()]
                )
        if at_id in {each.id for each in self._listed}:
            self.highlighted = self.get_option_index(str(at_id))

    def _drawn_lines(self) -> list[tuple[str | None, Content]]:
        in_use = [each for each in self._listed if not each.retired]
        retired = [each for each in self._listed if each.retired]
        lines: list[tuple[str | None, Content]] = [(str(each.id), self._line(each)) for each in in_use]
        if not in_use:
            lines.append((None, Content.styled(f" {self._empty_words}", "$dim")))
        if retired:
            lines.append((None, Content.styled(f"\n {self._retired_words}", "$faint")))
            lines += [(str(each.id), self._line(each)) for each in retired]
        if self._note:
            lines.append(
                (None, Content.styled(f"\n {ellipsize(self._note, max(self.size.width - 3, 4))}", "$faint"))
            )
        return lines

    def _line(self, listed: ListedDefinition) -> Content:
        glyph = f"{listed.glyph} " if listed.glyph else ""
        mark = f" {UNSAVED}" if listed.unsaved else ""
        room = self.size.width - 3 - cell_width(glyph) - cell_width(mark) - cell_width(listed.aside) - 1
        title = ellipsize(safe(listed.title), max(room, 4))
        style = "$faint" if listed.retired else listed.style
        return Content.assemble(
            " ",
            (glyph + title, style),
            (mark, "bold $soon"),
            " " * max(room - cell_width(title) + 1, 1),
            (listed.aside, "$dim"),
        )
