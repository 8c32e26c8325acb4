"""The versions of a playbook, the newest first: who wrote each and when, and what it changed; back to any of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from leadtui.domain.playbook import NO_PLAYBOOK, Playbook
from leadtui.domain.workspace import Definitions
from leadtui.language.text import brief, ellipsize, safe
from leadtui.language.translate import _, pgettext, show_number
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.playbook_difference import playbook_difference
from leadtui.services.playbooks import PlaybookVersion
from leadtui.tui.dialogs.dialog import Dialog

MOST_IN_SIGHT = 6
"""Versions in sight at once."""


class PlaybookVersionsDialog(Dialog[int]):
    """Closes with the number of the version that is to be the newest one again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "go(1)", show=False),
        Binding("up", "go(-1)", show=False),
        Binding("pagedown", "scroll_by(8)", show=False),
        Binding("pageup", "scroll_by(-8)", show=False),
        Binding("enter", "restore", show=False),
    ]
    DEFAULT_CSS = """
    PlaybookVersionsDialog {
        #dialog { width: 96; }
        .versions { height: auto; text-wrap: nowrap; }
        .changed { height: auto; max-height: 14; margin: 1 0 0 0; scrollbar-size-vertical: 1; }
        .changed Static { height: auto; }
    }
    """

    at: reactive[int] = reactive(0)
    """The place of the version under the cursor."""

    def __init__(
        self,
        title: str,
        versions: Sequence[PlaybookVersion],
        definitions: Definitions,
        formatter: Formatter,
    ) -> None:
        """`title` is the need's; there is one version at least, the newest first."""
        keys = [
            ("↑↓", pgettext("key", "version")),
            ("PgDn", pgettext("key", "scroll")),
            ("Enter", pgettext("key", "back to this one")),
            ("Esc", pgettext("key", "back")),
        ]
        super().__init__(
            pgettext("title", "{title} · versions of the playbook").format(title=brief(title, 40)), keys
        )
        self._versions = tuple(versions)
        self._definitions = definitions
        self._formatter = formatter

    def compose_body(self) -> Iterable[Widget]:
        """The versions, and what the one under the cursor changed."""
        return Static(classes="versions"), VerticalScroll(Static(), classes="changed", can_focus=False)

    def on_mount(self) -> None:
        """Begin with the newest."""
        super().on_mount()
        self.watch_at()

    def on_resize(self) -> None:
        """Lines are as long as the dialog is wide."""
        self.watch_at()

    def watch_at(self) -> None:
        """Show the versions around the cursor, and the difference."""
        if not self.is_mounted:
            return
        first = max(0, min(self.at - MOST_IN_SIGHT // 2, len(self._versions) - MOST_IN_SIGHT))
        shown = list(enumerate(self._versions))[first : first + MOST_IN_SIGHT]
        lines = self.query_one(".versions", Static)
        lines.update(Content("\n").join(self._line(place, each) for place, each in shown))
        scroll = self.query_one(".changed", VerticalScroll)
        scroll.query_one(Static).update(self._difference())
        scroll.scroll_home(animate=False)

    def action_go(self, by: int) -> None:
        """To a newer or an older version."""
        self.at = max(0, min(self.at + by, len(self._versions) - 1))

    def action_scroll_by(self, lines: int) -> None:
        """Scroll what was changed."""
        self.query_one(".changed", VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_restore(self) -> None:
        """Close with the version under the cursor; the newest one is in force already."""
        if self.at == 0:
            self.tell(_("This version is in force; go to an older one to come back to it."))
        else:
            self.dismiss(self._versions[self.at].playbook.version)

    def _line(self, place: int, version: PlaybookVersion) -> Content:
        number = show_number(version.playbook.version, self._formatter.session.language).rjust(4)
        who = (
            pgettext("person", "the template")
            if version.actor_id is None
            else self._formatter.person(version.actor_id)
        )
        changed = playbook_difference(self._before(place), version.playbook, self._definitions)
        added = sum(1 for each in changed if each.added)
        language = self._formatter.session.language
        count = f"+{show_number(added, language)} −{show_number(len(changed) - added, language)}"
        words = f"{number}  {self._formatter.moment(version.at)}  {ellipsize(safe(who), 30)}  "
        line = Content.assemble(words, (count, "$dim"))
        here = place == self.at
        width = max(self.query_one(".versions").size.width, 20)
        filled = Content.assemble("▌" if here else " ", line)
        return (
            Content.assemble(filled, " " * max(width - filled.cell_length, 0)).stylize("on $cursor")
            if here
            else filled
        )

    def _before(self, place: int) -> Playbook:
        return self._versions[place + 1].playbook if place + 1 < len(self._versions) else NO_PLAYBOOK

    def _difference(self) -> Content:
        changed = playbook_difference(
            self._before(self.at), self._versions[self.at].playbook, self._definitions
        )
        if not changed:
            return Content.styled(_("Nothing reads otherwise than before."), "$dim")
        return Content("\n").join(
            Content.assemble((f"{each.sign} ", "$gained" if each.added else "$late"), safe(each.words))
            for each in changed
        )
