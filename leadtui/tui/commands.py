"""Every command of the screens as one record: it feeds key bindings, the key bar, the palette and help."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from textual.binding import Binding

from leadtui.language.translate import N_, _


class Scope(StrEnum):
    """Where a command applies."""

    EVERYWHERE = "everywhere"
    DESK = "desk"
    LEAD = "lead"
    STATUS = "status"
    REMINDERS = "reminders"


@dataclass(frozen=True, slots=True)
class Command:
    """`keys` are Textual's, the first one is shown; `title` and `help` are marked for translation.

    `important` orders the key bar: when there is no room, the largest go first; 0 never shows there.
    """

    name: str
    title: str
    keys: tuple[str, ...]
    help: str
    scope: Scope
    important: int = 0

    @property
    def action(self) -> str:
        """The Textual action that runs it."""
        return self.name.replace("-", "_")

    def shown_key(self) -> str:
        """The key as a person reads it."""
        return _SHOWN.get(self.keys[0], self.keys[0] if len(self.keys[0]) == 1 else self.keys[0].capitalize())


COMMANDS: tuple[Command, ...] = (
    Command("set-status", N_("Status"), ("s", "f4"), N_("Set the status of the open customer"), Scope.LEAD, 1),
    Command("next-lead", N_("Next"), ("n", "f5"), N_("Open the next customer of my cartable"), Scope.LEAD, 2),
    Command("call", N_("Call"), ("c", "f8"), N_("Ring the open customer and time the call"), Scope.LEAD, 3),
    Command("remind", N_("Remind"), ("r", "f6"), N_("Set a reminder on the open customer"), Scope.LEAD, 5),
    Command("note", N_("Note"), ("m", "f7"), N_("Write a note about the open customer"), Scope.LEAD, 4),
    Command("find", N_("Find"), ("/", "f3"), N_("Find a customer by name, phone, e-mail or city"), Scope.DESK, 6),
    Command("other-side", N_("Other side"), ("tab",), N_("Go to the other table"), Scope.DESK, 7),
    Command("filter", N_("Filter"), ("f", "f9"), N_("Show only some customers"), Scope.DESK, 9),
    Command("reminders", N_("Reminders"), ("b", "f10"), N_("List my reminders"), Scope.DESK, 8),
    Command("help", N_("Help"), ("?", "f1"), N_("Show every key"), Scope.EVERYWHERE, 10),
    Command("quit", N_("Quit"), ("q", "ctrl+q"), N_("Close leadtui; everything is saved"), Scope.EVERYWHERE, 11),
    Command("previous-lead", N_("Back"), ("N", "shift+f5"), N_("Open the customer before this one"), Scope.LEAD),
    Command("open-lead", N_("Open"), ("enter",), N_("Open the customer under the cursor"), Scope.DESK),
    Command("sort-before", N_("Sort left"), ("<",), N_("Sort by the column before; again turns it round"), Scope.DESK),
    Command("sort-after", N_("Sort right"), (">",), N_("Sort by the column after"), Scope.DESK),
    Command("reverse", N_("Reverse"), ("v",), N_("Turn the order round"), Scope.DESK),
    Command("part-today", N_("Today"), ("1",), N_("Only what is for today"), Scope.DESK),
    Command("part-overdue", N_("Overdue"), ("2",), N_("Only what is overdue"), Scope.DESK),
    Command("part-upcoming", N_("Upcoming"), ("3",), N_("Only what comes later"), Scope.DESK),
    Command("part-all", N_("All"), ("0",), N_("The whole cartable"), Scope.DESK),
    Command("theme", N_("Theme"), ("t",), N_("Choose how leadtui looks"), Scope.EVERYWHERE),
)
"""In the order in which help lists them."""

_SHOWN = {"tab": "Tab", "enter": "Enter", "escape": "Esc", "ctrl+s": "Ctrl+S", "ctrl+q": "Ctrl+Q"}

# The characters that the key of a Latin letter gives on a Persian keyboard (ISIRI 9147 and the older
# Windows layout) and on an Arabic one (101).
_SAME_PLACE: dict[str, str] = {
    "q": "ض", "w": "ص", "e": "ث", "r": "ق", "t": "ف", "y": "غ", "u": "ع", "i": "ه", "o": "خ", "p": "ح",
    "a": "ش", "s": "س", "d": "یي", "f": "ب", "g": "ل", "h": "ا", "j": "ت", "k": "ن", "l": "م",
    "z": "ظ", "x": "طء", "c": "زؤ", "v": "ر", "b": "ذ", "n": "دى", "m": "پئة", "N": "آأ", "?": "؟",
    "0": "۰٠", "1": "۱١", "2": "۲٢", "3": "۳٣", "4": "۴٤", "5": "۵٥", "6": "۶٦", "7": "۷٧", "8": "۸٨", "9": "۹٩",
}  # fmt: skip


def same_place(key: str) -> tuple[str, ...]:
    """`key` and what the key in its place gives on a Persian and an Arabic keyboard."""
    return (key, *_SAME_PLACE.get(key, ""))


def commands_of(scopes: Iterable[Scope]) -> tuple[Command, ...]:
    """The commands that apply in any of the scopes, in their order."""
    wanted = frozenset(scopes)
    return tuple(command for command in COMMANDS if command.scope in wanted)


def bindings_of(*scopes: Scope) -> list[Binding]:
    """Textual's bindings for the scopes; each has the command's name as id, so that a keymap can change it."""
    return [
        Binding(
            ",".join(_key_name(each) for key in command.keys for each in same_place(key)),
            command.action,
            _(command.title),
            tooltip=_(command.help),
            id=command.name,
        )
        for command in commands_of(scopes)
    ]


def _key_name(key: str) -> str:
    # A comma separates keys in a binding, so the key itself goes by its name.
    return "comma" if key == "," else key
