"""Every key, by where it applies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from leadtui.domain.permission import Permission
from leadtui.language.text import cell_width
from leadtui.language.translate import N_, _
from leadtui.tui.commands import COMMANDS, Scope, allowed
from leadtui.tui.program import program_of
from leadtui.tui.screens.dialog import Dialog

TITLES = {
    Scope.LEAD: N_("The open customer"),
    Scope.DESK: N_("The tables"),
    Scope.EVERYWHERE: N_("Everywhere"),
    Scope.REMINDERS: N_("The list of reminders"),
    Scope.DAY: N_("My day"),
    Scope.STATUS: N_("The status dialog"),
    Scope.SETTINGS: N_("The settings"),
}

IN_STATUS = (
    ("1–9 a–z", N_("Choose a status; one that asks nothing is saved at once")),
    ("/", N_("Find a status by its title")),
    ("Enter", N_("The next field; after the last one, save")),
    ("→", N_("Take what an empty field proposes")),
    ("Ctrl+J", N_("A new line in a note")),
)
"""What works in the status dialog besides its commands."""

ANSWERS = (
    ("o", N_("Open the customer")),
    ("d", N_("The reminder is dealt with")),
    ("1 2 3 4", N_("Tell me again in 5 min, in 15 min, in 1 h, tomorrow")),
    ("5", N_("Tell me again at any moment, which is typed")),
    ("Esc", N_("Back to where the keyboard was; the reminder stays")),
)
"""What works once Ctrl+R has taken the keyboard to a due reminder."""


class HelpScreen(Dialog[None]):
    """A list of the commands; any of the leaving keys closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1,enter", "cancel", show=False),
        Binding("down,space,pagedown", "scroll(1)", show=False),
        Binding("up,pageup", "scroll(-1)", show=False),
    ]
    DEFAULT_CSS = "HelpScreen #dialog { width: 78; }"

    def compose_body(self) -> Iterable[Widget]:
        """A block for each place."""
        actor = program_of(self).desk.actor
        shown = [each for each in TITLES if each is not Scope.SETTINGS or actor.may(Permission.DEFINE)]
        for scope in shown:
            commands = [each for each in allowed(COMMANDS, actor.may) if each.scope is scope]
            title = TITLES[scope]
            yield _block(_(title), [(" ".join(each.shown_keys()), _(each.help)) for each in commands])
        yield _block(_("In the form of a status"), [(keys, _(words)) for keys, words in IN_STATUS])
        yield _block(_("A due reminder, after Ctrl+R"), [(keys, _(words)) for keys, words in ANSWERS])

    def title_words(self) -> str:
        """What this is."""
        return _("Keys")

    def key_words(self) -> list[tuple[str, str]]:
        """How to leave."""
        return [("↑↓", _("scroll")), ("Esc", _("close"))]

    def action_scroll(self, step: int) -> None:
        """Move by half a screen."""
        self.query_one("#dialog").scroll_relative(y=step * self.size.height // 2, animate=False)


def _block(title: str, lines: list[tuple[str, str]]) -> Static:
    return Static(Content.assemble((title, "bold"), "\n", Content("\n").join(map(_line, lines)), "\n"))


def _line(line: tuple[str, str]) -> Content:
    keys, words = line
    return Content.assemble(
        "  ", (keys + " " * max(1, 14 - cell_width(keys)), "bold $key"), (words, "$foreground")
    )
