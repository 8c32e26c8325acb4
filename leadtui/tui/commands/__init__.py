"""Every command of the screens as one record: it feeds key bindings, the key bar, the palette and help."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.binding import Binding

from leadtui.domain.permission import Permission
from leadtui.language.translate import _
from leadtui.tui.commands.command import Command, Scope
from leadtui.tui.commands.day import DAY_COMMANDS
from leadtui.tui.commands.desk import DESK_COMMANDS
from leadtui.tui.commands.everywhere import EVERYWHERE_COMMANDS
from leadtui.tui.commands.lead import LEAD_COMMANDS
from leadtui.tui.commands.lead_form import LEAD_FORM_COMMANDS
from leadtui.tui.commands.reminders import REMINDERS_COMMANDS
from leadtui.tui.commands.settings import SETTINGS_COMMANDS
from leadtui.tui.commands.status import STATUS_COMMANDS

__all__ = [
    "COMMANDS",
    "WORK_WHILE_TYPING",
    "Command",
    "Scope",
    "allowed",
    "bindings_of",
    "commands_of",
    "needed_by",
    "same_place",
]

COMMANDS: tuple[Command, ...] = (
    *LEAD_COMMANDS,
    *DESK_COMMANDS,
    *STATUS_COMMANDS,
    *LEAD_FORM_COMMANDS,
    *REMINDERS_COMMANDS,
    *SETTINGS_COMMANDS,
    *DAY_COMMANDS,
    *EVERYWHERE_COMMANDS,
)
"""In the order in which help lists them."""

_NEEDED_BY_ACTION = {each.action: each.needs for each in COMMANDS}

WORK_WHILE_TYPING = frozenset({"ctrl+r", "ctrl+q"})
"""Keys that reach their command also while a field has the keyboard."""

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
    return tuple(command for command in commands if not command.needs or any(map(may, command.needs)))


def needed_by(action: str) -> tuple[Permission, ...]:
    """What the command of that Textual action needs."""
    return _NEEDED_BY_ACTION.get(action, ())


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


def _key_name(key: str) -> str:
    # A comma separates keys in a binding, so the key itself goes by its name.
    return "comma" if key == "," else key
