"""The menu of a person's workspaces: each with what is due there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from leadtui.language.text import safe
from leadtui.language.translate import apart, pgettext
from leadtui.presentation.workspace_words import due_words
from leadtui.services.workspaces import ListedWorkspace
from leadtui.tui.dialogs.dialog import Dialog
from leadtui.tui.widgets.marked_lists import RadioList

MOST_IN_SIGHT = 12


class WorkspacesDialog(Dialog[int]):
    """Closes with the id of the workspace that the person goes to; with nothing where they stay."""

    DEFAULT_CSS: ClassVar[str] = f"WorkspacesDialog RadioList {{ max-height: {MOST_IN_SIGHT}; }}"

    def __init__(self, listed: Sequence[ListedWorkspace]) -> None:
        """`listed` are those that are open, the present one among them."""
        keys = [
            ("Enter", pgettext("key", "go there, what is typed stays kept")),
            ("Esc", pgettext("key", "stay")),
        ]
        super().__init__(pgettext("title", "Workspaces"), keys)
        self._listed = tuple(listed)
        self.list = RadioList(*(Option(_line(each)) for each in self._listed), markup=False)

    def compose_body(self) -> Iterable[Widget]:
        """The list."""
        yield self.list

    def on_mount(self) -> None:
        """Begin at the present one."""
        super().on_mount()
        self.list.highlighted = next((at for at, each in enumerate(self._listed) if each.here), 0)
        self.list.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go there."""
        chosen = self._listed[event.option_index]
        self.dismiss(None if chosen.here else chosen.workspace.id)


def _line(listed: ListedWorkspace) -> Content:
    own = listed.workspace
    parts: list[Content | tuple[str, str] | str] = [
        (apart(safe(own.title)), "bold"),
        ("  " + apart(safe(own.profile)), "$dim"),
    ]
    if listed.here:
        parts.append(("  " + pgettext("workspace", "you are here"), "$faint"))
    if due := due_words(listed):
        parts.append(("  ◷ " + due, "bold $late" if listed.missed else "$soon"))
    return Content.assemble(*parts)
