"""Every command of the screens as one record: it feeds key bindings, the key bar, the palette and help."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from textual.binding import Binding

from leadtui.domain.permission import Permission
from leadtui.language.translate import N_, _


class Scope(StrEnum):
    """Where a command applies."""

    EVERYWHERE = "everywhere"
    DESK = "desk"
    LEAD = "lead"
    STATUS = "status"
    REMINDERS = "reminders"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class Command:
    """`keys` are Textual's, the first one is shown; `title` and `help` are marked for translation.

    `important` orders the key bar: when there is no room, the largest go first; 0 never shows there.
    `needs` is the permission without which the command is not shown; the services decide by themselves.
    """

    name: str
    title: str
    keys: tuple[str, ...]
    help: str
    scope: Scope
    important: int = 0
    needs: Permission | None = None

    @property
    def action(self) -> str:
        """The Textual action that runs it."""
        return self.name.replace("-", "_")

    def shown_key(self) -> str:
        """The first key as a person reads it."""
        return _shown(self.keys[0])

    def shown_keys(self) -> tuple[str, ...]:
        """All keys as a person reads them."""
        return tuple(_shown(key) for key in self.keys)


COMMANDS: tuple[Command, ...] = (
    Command(
        "set-status",
        N_("Status"),
        ("s", "enter", "f4"),
        N_("Set the status of the open customer"),
        Scope.LEAD,
        1,
    ),
    Command("next-lead", N_("Next"), ("n", "f5"), N_("Open the next customer of my cartable"), Scope.LEAD, 2),
    Command("call", N_("Call"), ("c", "f8"), N_("Ring the open customer and time the call"), Scope.LEAD, 3),
    Command("remind", N_("Remind"), ("r", "f6"), N_("Set a reminder on the open customer"), Scope.LEAD, 5),
    Command("note", N_("Note"), ("m", "f7"), N_("Write a note about the open customer"), Scope.LEAD, 4),
    Command(
        "find", N_("Find"), ("/", "f3"), N_("Find a customer by name, phone, e-mail or city"), Scope.DESK, 6
    ),
    Command("other-side", N_("Switch"), ("tab",), N_("Go to the other table"), Scope.DESK, 8),
    Command("filter", N_("Filter"), ("f", "f9"), N_("Show only some customers"), Scope.DESK, 9),
    Command("reminders", N_("Reminders"), ("b", "f10"), N_("List my reminders"), Scope.DESK, 10),
    Command(
        "settings",
        N_("Settings"),
        ("f2",),
        N_("Define statuses, fields, channels, needs and colleagues"),
        Scope.DESK,
        12,
        Permission.DEFINE,
    ),
    Command("help", N_("Help"), ("?", "f1"), N_("Show every key"), Scope.EVERYWHERE, 7),
    Command(
        "quit", N_("Quit"), ("q", "ctrl+q"), N_("Close leadtui; everything is saved"), Scope.EVERYWHERE, 11
    ),
    Command(
        "previous-lead", N_("Back"), ("N", "shift+f5"), N_("Open the customer before this one"), Scope.LEAD
    ),
    Command(
        "sort-before",
        N_("Sort left"),
        ("<",),
        N_("Sort by the column before"),
        Scope.DESK,
    ),
    Command("sort-after", N_("Sort right"), (">",), N_("Sort by the column after"), Scope.DESK),
    Command("reverse", N_("Reverse"), ("v",), N_("Turn the order round"), Scope.DESK),
    Command("part-today", N_("Today"), ("1",), N_("Only what is for today"), Scope.DESK),
    Command("part-overdue", N_("Overdue"), ("2",), N_("Only what is overdue"), Scope.DESK),
    Command("part-upcoming", N_("Upcoming"), ("3",), N_("Only what comes later"), Scope.DESK),
    Command("part-all", N_("All"), ("0",), N_("The whole cartable"), Scope.DESK),
    Command(
        "zoom", N_("Wide"), ("z",), N_("Give one table the whole width, or both their halves"), Scope.DESK
    ),
    Command("columns-after", N_("Columns"), ("right",), N_("Bring hidden columns into view"), Scope.DESK),
    Command(
        "columns-before", N_("Columns back"), ("left",), N_("Bring the columns before into view"), Scope.DESK
    ),
    Command(
        "timeline", N_("Timeline"), ("l",), N_("Scroll the open customer's timeline; Esc returns"), Scope.DESK
    ),
    Command(
        "answer-reminder",
        N_("Answer reminder"),
        ("ctrl+r",),
        N_("Take the keyboard to the reminder, and back"),
        Scope.EVERYWHERE,
    ),
    Command("save-status", N_("Save"), ("ctrl+s", "f12"), N_("Save the status"), Scope.STATUS, 1),
    Command(
        "leave-status",
        N_("Back"),
        ("escape",),
        N_("Back to the desk; what is typed is kept as a draft"),
        Scope.STATUS,
        2,
    ),
    Command(
        "start-afresh",
        N_("Start afresh"),
        ("f9",),
        N_("Throw the draft away and begin anew"),
        Scope.STATUS,
        3,
    ),
    Command("open-reminded", N_("Open"), ("enter",), N_("Open the customer"), Scope.REMINDERS, 1),
    Command(
        "reminder-done", N_("Done"), ("d", "space"), N_("The reminder is dealt with"), Scope.REMINDERS, 2
    ),
    Command("move-reminder", N_("Move"), ("g",), N_("Choose another time"), Scope.REMINDERS, 3),
    Command(
        "cancel-reminder",
        N_("Cancel it"),
        ("x", "delete"),
        N_("It is not wanted any more"),
        Scope.REMINDERS,
        4,
    ),
    Command("leave", N_("Back"), ("escape",), N_("Back to the desk"), Scope.REMINDERS, 5),
    Command("save-definition", N_("Save"), ("ctrl+s", "f12"), N_("Save what is changed"), Scope.SETTINGS, 1),
    Command("add-definition", N_("Add"), ("a",), N_("Add one to the list"), Scope.SETTINGS, 2),
    Command(
        "move-definition-up", N_("Move up"), ("shift+up",), N_("Move it up in the list"), Scope.SETTINGS, 6
    ),
    Command(
        "move-definition-down",
        N_("Move down"),
        ("shift+down",),
        N_("Move it down in the list"),
        Scope.SETTINGS,
        8,
    ),
    Command(
        "retire-definition",
        N_("Retire"),
        ("x", "delete"),
        N_("Take it out of use, or back into it"),
        Scope.SETTINGS,
        3,
    ),
    Command(
        "next-part",
        N_("Next part"),
        ("tab",),
        N_("Go into the form, and to its next field"),
        Scope.SETTINGS,
        5,
    ),
    Command(
        "leave-settings",
        N_("Back"),
        ("escape",),
        N_("Back to the desk; what is not saved is told first"),
        Scope.SETTINGS,
        4,
    ),
    Command("next-tab", N_("Next tab"), ("right",), N_("Go to the tab at the right"), Scope.SETTINGS),
    Command("previous-tab", N_("Tab before"), ("left",), N_("Go to the tab at the left"), Scope.SETTINGS),
    Command("statuses-tab", N_("Statuses"), ("1",), N_("Define statuses"), Scope.SETTINGS),
    Command("fields-tab", N_("Fields"), ("2",), N_("Define the fields of customers"), Scope.SETTINGS),
    Command("channels-tab", N_("Channels"), ("3",), N_("Define entry channels"), Scope.SETTINGS),
    Command("needs-tab", N_("Needs"), ("4",), N_("Define what customers need"), Scope.SETTINGS),
    Command(
        "colleagues-tab",
        N_("Colleagues"),
        ("5",),
        N_("Say who works here"),
        Scope.SETTINGS,
        needs=Permission.MANAGE_COLLEAGUES,
    ),
    Command("theme", N_("Theme"), ("t",), N_("Choose how leadtui looks"), Scope.EVERYWHERE),
    Command(
        "command-palette",
        N_("Palette"),
        ("ctrl+p",),
        N_("Find a command or a customer by what is typed"),
        Scope.EVERYWHERE,
    ),
)
"""In the order in which help lists them."""

WORK_WHILE_TYPING = frozenset({"ctrl+r", "ctrl+q"})
"""Keys that reach their command also while a field has the keyboard."""

_ARROWS = {"left": "←", "right": "→", "up": "↑", "down": "↓"}

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


def allowed(commands: Iterable[Command], may: Callable[[Permission], bool]) -> tuple[Command, ...]:
    """Those of the commands that are shown to a person who may do what `may` says."""
    return tuple(command for command in commands if command.needs is None or may(command.needs))


def bindings_of(*scopes: Scope) -> list[Binding]:
    """Textual's bindings for the scopes; each has the command's name as id, so that a keymap can change it."""
    return [
        Binding(
            ",".join(_key_name(each) for key in command.keys for each in same_place(key)),
            command.action,
            _(command.title),
            tooltip=_(command.help),
            id=command.name,
            priority=command.keys[0] in WORK_WHILE_TYPING,
        )
        for command in commands_of(scopes)
    ]


def _shown(key: str) -> str:
    words = {
        "ctrl": "Ctrl",
        "shift": "Shift",
        "tab": "Tab",
        "enter": "Enter",
        "escape": "Esc",
        "space": "Space",
        "delete": "Del",
        **_ARROWS,
    }
    if len(key) == 1:
        return key
    return "+".join(words.get(part, part.upper()) for part in key.split("+"))


def _key_name(key: str) -> str:
    # A comma separates keys in a binding, so the key itself goes by its name.
    return "comma" if key == "," else key
