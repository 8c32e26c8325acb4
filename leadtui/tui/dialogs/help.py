"""Every key, by where it applies, beginning with those that work now: narrowed by what one types, and run by Enter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from leadtui.domain.permission import DEFINING, Permission
from leadtui.language.translate import N_, P_, _, pgettext
from leadtui.tui.commands.command import Command, Scope, allowed, arrow_onward, with_keys
from leadtui.tui.dialogs.dialog import Dialog
from leadtui.tui.program import program_of
from leadtui.tui.widgets.narrowed_list import ListEntry, NarrowedList
from leadtui.tui.widgets.options import beside

SETTING = DEFINING | {Permission.MANAGE_COLLEAGUES, Permission.WRITE_TEXTS}
"""Whoever may one of them has settings."""

TITLES = {
    Scope.LEAD: P_("heading", "The open customer"),
    Scope.DESK: P_("heading", "The tables"),
    Scope.EVERYWHERE: P_("heading", "Everywhere"),
    Scope.REMINDERS: P_("heading", "The list of reminders"),
    Scope.DAY: P_("heading", "My day"),
    Scope.IMPORTS: P_("heading", "Imports"),
    Scope.FORBIDDEN: P_("heading", "The do-not-call list"),
    Scope.OUTBOX: P_("heading", "Messages"),
    Scope.CASES: P_("heading", "Cases"),
    Scope.ERASURES: P_("heading", "Erasures"),
    Scope.PROPOSALS: P_("heading", "Proposals"),
    Scope.DOCTOR: P_("heading", "The state of the store"),
    Scope.AUDIT: P_("heading", "Audit"),
    Scope.BOARD: P_("heading", "The board"),
    Scope.STATUS: P_("heading", "The status dialog"),
    Scope.LEAD_FORM: P_("heading", "The customer's form"),
    Scope.PLAYBOOK: P_("heading", "A talk by the playbook"),
    Scope.SETTINGS: P_("heading", "The settings"),
}

OPENED_BY = {
    Scope.IMPORTS: "imports",
    Scope.FORBIDDEN: "forbidden-numbers",
    Scope.OUTBOX: "outbox",
    Scope.CASES: "all-cases",
    Scope.ERASURES: "erasures",
    Scope.PROPOSALS: "proposals",
    Scope.DOCTOR: "doctor",
    Scope.AUDIT: "audit",
}
"""The commands that open the screens which not everybody may see."""

IN_TABLES = (
    ("↑ ↓ PgUp PgDn", N_("Go to another customer, who is opened")),
    ("Shift+↑ ↓", N_("Choose several customers; also with PgUp, PgDn, Home and End")),
    ("Esc", N_("Choose nobody; end the finding")),
)
"""What works in a table besides its commands."""

IN_STATUS = (
    ("1–9 a–z", N_("Choose a status; one that asks nothing is saved at once")),
    ("/", N_("Find a status by its title")),
    ("Enter", N_("The next field; after the last one, save")),
    ("→", N_("Take what an empty field proposes; saving takes a proposed reminder")),
    ("Del", N_("Leave out what an empty field proposes")),
    ("Ctrl+J", N_("A new line in a note")),
)
"""What works in the status dialog besides its commands."""

ANSWERS = (
    ("o", N_("Open the customer")),
    ("c", N_("Open the customer and ring")),
    ("d", N_("The reminder is dealt with")),
    ("1 2 3 4", N_("Tell me again in 5 min, in 15 min, in 1 h, tomorrow")),
    ("5", N_("Tell me again at any moment, which is typed")),
    ("Esc", N_("Back to where the keyboard was; the reminder stays")),
)
"""What works once its key has taken the keyboard to a due reminder."""

KEYS_WIDTH = 18
WIDTH, MOST_WIDTH, SIDES = 0.96, 118, 11
"""How much of the screen the dialog takes, at most so many cells, and how many of those stand beside its words."""

ONLY_SAID = "-"
"""The name of a line that says something and runs nothing."""


class HelpScreen(Dialog[Command]):
    """Closes with the command to run, or with nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1", "cancel", show=False),
        Binding("question_mark", "cancel", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    HelpScreen {
        #dialog { width: 96%; max-width: 118; }
        NarrowedList OptionList, NarrowedList OptionList:focus { max-height: 24; }
        &.-low NarrowedList OptionList, &.-low NarrowedList OptionList:focus { max-height: 16; }
    }
    """

    def __init__(self, commands: Sequence[Command], scopes: Sequence[Scope]) -> None:
        """Of `commands`, those of `scopes` apply to the screen beneath."""
        keys = [
            ("↑↓", pgettext("key", "choose")),
            ("Enter", pgettext("key", "do it")),
            ("Esc", pgettext("key", "close")),
        ]
        super().__init__(pgettext("title", "Keys"), keys)
        self._commands = tuple(commands)
        self._scopes = frozenset(scopes) | {Scope.EVERYWHERE}

    def compose_body(self) -> Iterable[Widget]:
        """A line to type into, and a block for each place."""
        yield NarrowedList(
            self._entries(), pgettext("hint", "find a key by what it does"), _("No key does that.")
        )

    @on(NarrowedList.Picked)
    def _picked(self, event: NarrowedList.Picked) -> None:
        command = next((each for each in self._commands if each.name == event.name), None)
        if command is None:
            return
        if command.scope in self._scopes:
            self.dismiss(command)
        else:
            self.tell(
                _("That works there: {place}.").format(place=pgettext("heading", TITLES[command.scope]))
            )

    def on_resize(self) -> None:
        """What is long goes on in as many lines as it needs."""
        self.query_one(NarrowedList).show(self._entries())

    def _line(self, name: str, keys: str, words: str, title: str = "") -> ListEntry:
        """The keys, and beside them what they do."""
        keys = keys.replace("→", arrow_onward())
        room = min(int(self.app.size.width * WIDTH), MOST_WIDTH) - SIDES - KEYS_WIDTH
        shown = beside(
            Content.styled(keys, "bold $key"), KEYS_WIDTH, Content.styled(words, "$foreground"), room
        )
        return ListEntry(
            name,
            Content("\n").join(Content.assemble("  ", line) for line in shown),
            f"{title} {words} {keys}",
        )

    def _entries(self) -> list[ListEntry]:
        program = program_of(self)
        actor = program.session.actor
        entries: list[ListEntry] = []
        for scope in sorted(TITLES, key=lambda each: each not in self._scopes):
            defines = scope in self._scopes or any(map(actor.may, SETTING))
            if scope is Scope.SETTINGS and not defines:
                continue
            if scope in OPENED_BY and not allowed(_named(self._commands, OPENED_BY[scope]), actor):
                continue
            entries.append(_heading(pgettext("heading", TITLES[scope])))
            for each in with_keys(allowed(self._commands, actor), program.keymap):
                if each.scope is scope:
                    entries.append(
                        self._line(
                            each.name,
                            " ".join(each.shown_keys(program.keyboard)),
                            _(each.help),
                            pgettext("key", each.title),
                        )
                    )
            if scope is Scope.DESK:
                entries += [self._line(ONLY_SAID, keys, _(words)) for keys, words in IN_TABLES]
            if scope is Scope.STATUS:
                entries += [self._line(ONLY_SAID, keys, _(words)) for keys, words in IN_STATUS]
        due = pgettext("heading", "A due reminder, after {key}")
        entries.append(_heading(due.format(key=program.key_of("answer-reminder"))))
        return [*entries, *(self._line(ONLY_SAID, keys, _(words)) for keys, words in ANSWERS)]


def _named(commands: Iterable[Command], name: str) -> Iterable[Command]:
    return (each for each in commands if each.name == name)


def _heading(title: str) -> ListEntry:
    return ListEntry("", Content.styled(title, "bold $dim"))
