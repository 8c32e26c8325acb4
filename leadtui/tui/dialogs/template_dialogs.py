"""Bringing the workspace into line with a template: which one, and what it changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from leadtui.domain.workspace import Template
from leadtui.language.text import safe
from leadtui.language.translate import _, pgettext
from leadtui.presentation.template_words import template_words
from leadtui.tui.dialogs.dialog import SAVE, SAVE_KEYS, Dialog
from leadtui.tui.widgets.narrowed_list import ListEntry, NarrowedList

_OF_A_FILE = "a file"


class TemplateDialog(Dialog[str]):
    """Closes with the key of a template that comes with leadtui, or with nothing where a file is wanted."""

    def __init__(self, templates: Sequence[Template], reason: str = "") -> None:
        """`templates` come with leadtui; `reason` is why another one was refused."""
        keys = [
            ("↑↓", pgettext("key", "choose")),
            ("Enter", pgettext("key", "look at it")),
            ("Esc", pgettext("key", "back")),
        ]
        super().__init__(pgettext("title", "Which definitions?"), keys, reason)
        self._templates = tuple(templates)

    def compose_body(self) -> Iterable[Widget]:
        """A file, and the templates."""
        of_a_file = pgettext("choice", "of a file in TOML, such as another desk wrote")
        entries = [ListEntry(_OF_A_FILE, Content(of_a_file), of_a_file)]
        for each in self._templates:
            words = template_words(each)
            shown = Content.assemble((safe(words[0]), "bold"), "  ", (safe(words[1]), "$dim"))
            entries.append(ListEntry(each.key, shown, " ".join((each.key, *words))))
        yield NarrowedList(entries, pgettext("hint", "find"), _("Nothing is called so."))

    @on(NarrowedList.Picked)
    def _picked(self, event: NarrowedList.Picked) -> None:
        self.dismiss("" if event.name == _OF_A_FILE else event.name)


class Apply(Enum):
    """What is wanted of the differences."""

    THESE = "these"
    RETIRE_TOO = "retire-too"
    """To see them with what the template lacks retired, or without that again."""


class DifferencesDialog(Dialog[Apply]):
    """What would change; nothing has yet."""

    BINDINGS: ClassVar[list[BindingType]] = [
        SAVE,
        Binding("f8", "retire_too", show=False, priority=True),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
        Binding("pagedown", "scroll(10)", show=False),
    ]
    DEFAULT_CSS = """
    DifferencesDialog {
        #dialog { width: 96%; max-width: 100; }
        #lines { height: auto; max-height: 30; scrollbar-size-vertical: 1; }
        #lines Static { height: auto; }
        &.-low #lines { max-height: 15; }
    }
    """

    def __init__(self, title: str, lines: Sequence[str], *, retires: bool, sorts_anew: bool) -> None:
        """`lines` are the differences, with `retires` those of what the template lacks, too."""
        keys = [
            *([(SAVE_KEYS, pgettext("key", "apply"))] if lines else []),
            ("F8", pgettext("key", "keep the others") if retires else pgettext("key", "retire the others")),
            ("Esc", pgettext("key", "back, nothing changes")),
        ]
        super().__init__(title, keys)
        self._lines = tuple(lines)
        self._sorts_anew = sorts_anew

    def compose_body(self) -> Iterable[Widget]:
        """The differences."""
        lines = list(self._lines) or [_("No difference.")]
        if self._sorts_anew:
            lines.append(
                _("Customers are sorted anew in the other language; a million take a minute or two.")
            )
        yield VerticalScroll(Static(Content("\n".join(map(safe, lines)))), id="lines", can_focus=False)

    def action_scroll(self, lines: int) -> None:
        """Go through what has no room."""
        self.query_one("#lines").scroll_relative(y=lines, animate=False)

    def action_retire_too(self) -> None:
        """See the differences with what the template lacks retired, or without that."""
        self.dismiss(Apply.RETIRE_TOO)

    def action_save(self) -> None:
        """Apply them."""
        if self._lines:
            self.dismiss(Apply.THESE)
