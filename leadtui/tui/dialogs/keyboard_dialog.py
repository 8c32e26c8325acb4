"""Which keyboard the person has: asked when a key means one thing on one keyboard and another on the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from leadtui.language.bidi import isolated
from leadtui.language.keyboard_layouts import (
    ARABIC_WINDOWS,
    ARABIC_X11,
    ISIRI_9147,
    LAYOUTS,
    PERSIAN_WINDOWS,
    KeyboardLayout,
)
from leadtui.language.translate import P_, _, base_language, language, pgettext
from leadtui.settings import AUTO
from leadtui.tui.dialogs.dialog import Dialog
from leadtui.tui.widgets.narrowed_list import ListEntry, NarrowedList

KEYBOARD_TITLES = {
    ISIRI_9147.name: P_("keyboard", "Persian, standard (ISIRI 9147)"),
    PERSIAN_WINDOWS.name: P_("keyboard", "Persian, of older Windows"),
    ARABIC_WINDOWS.name: P_("keyboard", "Arabic, of Windows (101)"),
    ARABIC_X11.name: P_("keyboard", "Arabic, of Linux"),
}
"""What the keyboards are called, by the names that the settings have for them."""

ARABIC = "arabic"
"""How the names of the Arabic ones begin."""

TELLING = "m"
"""The place whose letter tells most of them from each other."""


def keyboard_title(name: str) -> str:
    """What the keyboard of the settings is called."""
    return pgettext("keyboard", KEYBOARD_TITLES[name]) if name != AUTO else pgettext("choice", "automatic")


def keyboard_hint(name: str) -> str:
    """What a person tells it by."""
    for each in LAYOUTS:
        if each.name == name:
            return _("{letter} on the key M").format(letter=isolated(each.texts[TELLING]))
    return _("leadtui learns it from the letters that you type.")


class KeyboardDialog(Dialog[str]):
    """Closes with the name of a layout; with nothing where the key was not meant."""

    DEFAULT_CSS: ClassVar[str] = "KeyboardDialog .sentence { height: auto; margin: 0 0 1 0; }"

    def __init__(self, written: str, layouts: Sequence[KeyboardLayout]) -> None:
        """`written` is what the key wrote, `layouts` those that the keyboard can be."""
        keys = [("Enter", pgettext("key", "this one")), ("Esc", pgettext("key", "back"))]
        super().__init__(pgettext("title", "Which keyboard is it?"), keys)
        self._written = written
        self._layouts = tuple(layouts)

    def compose_body(self) -> Iterable[Widget]:
        """Why it is asked, and the keyboards."""
        sentence = _(
            "The key {letter} stands elsewhere on other keyboards and would do something else there. Say once which yours is."
        )
        yield Static(sentence.format(letter=isolated(self._written)), classes="sentence", markup=False)
        entries = [_entry(str(place), each) for place, each in enumerate(self._layouts, 1)]
        usual = ARABIC if base_language(language()) == "ar" else ""
        first = next((each.name for each in self._layouts if each.name.startswith(usual)), "")
        yield NarrowedList(
            entries,
            pgettext("hint", "find a keyboard"),
            _("No keyboard is called that."),
            at=first,
        )

    @on(NarrowedList.Picked)
    def _picked(self, event: NarrowedList.Picked) -> None:
        self.dismiss(event.name)


def _entry(key: str, layout: KeyboardLayout) -> ListEntry:
    title = keyboard_title(layout.name)
    return ListEntry(
        layout.name,
        Content.assemble((key, "bold $key"), "  ", title, "  ", (keyboard_hint(layout.name), "$dim")),
        f"{title} {layout.name}",
        key,
    )
