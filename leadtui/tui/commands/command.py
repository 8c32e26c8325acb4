"""A command as one record: it feeds key bindings, the key bar, the palette and help, and says what is run."""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from textual.binding import Binding
from textual.keys import Keys

from leadtui.domain.permission import Permission
from leadtui.domain.permission import Scope as Granted
from leadtui.domain.workspace import Colleague
from leadtui.language.bidi import left_to_right
from leadtui.tui.keyboard import Keyboard
from leadtui.tui.mirroring import from_the_right, key_onward, other_side


class Scope(StrEnum):
    """Where a command applies."""

    EVERYWHERE = "everywhere"
    DESK = "desk"
    LEAD = "lead"
    STATUS = "status"
    LEAD_FORM = "customer"
    REMINDERS = "reminders"
    SETTINGS = "settings"
    DAY = "day"
    IMPORTS = "imports"
    FORBIDDEN = "do-not-call"
    ERASURES = "erasures"
    OUTBOX = "outbox"
    CASES = "cases"
    AUDIT = "audit"
    BOARD = "board"
    PROPOSALS = "proposals"
    DOCTOR = "doctor"
    PLAYBOOK = "playbook"


@dataclass(frozen=True, slots=True)
class Command:
    """`keys` are Textual's, the first one is shown; without any it is run from the palette. `title` and `help` are marked for translation.

    `important` orders the key bar: when there is no room, the largest go first; 0 never shows there.
    `needs` are the permissions of which one is enough for the command to be shown; none where it is everybody's. The
    services decide by themselves.
    `anywhere` is set for what also has to be at hand over a dialog and while one types: those of its keys that write
    nothing, Ctrl combinations and F-keys, come before whatever has the keyboard.
    `on_line` is set for what is done to the line under the cursor of a list, so that it is offered only where there is one.
    `on_lead` is set for what is done to the open customer, so that it is offered only where one of its `needs` is granted for
    that one; `for_all` for what is done to whoever it may be, so that it is offered only to whom one is granted for everybody.
    `runs` is an action, which is given the desk. Without one the screen where the command applies has a method for it,
    which Textual finds by `method`.
    """

    name: str
    title: str
    keys: tuple[str, ...]
    help: str
    scope: Scope
    important: int = 0
    needs: tuple[Permission, ...] = ()
    anywhere: bool = False
    on_line: bool = False
    on_lead: bool = False
    for_all: bool = False
    runs: Callable[[Any], Coroutine[Any, Any, None] | None] | None = None

    @property
    def method(self) -> str:
        """What a screen calls it, after `action_`."""
        return self.name.replace("-", "_")

    @property
    def binding(self) -> str:
        """What its keys run, in Textual's words: through the program where that has to look at it first."""
        return f"app.run_named({self.name!r})" if self.runs or self.needs else self.method

    @property
    def keys_anywhere(self) -> tuple[str, ...]:
        """Those of its keys that work over a dialog and while one types."""
        return tuple(each for each in self.keys if self.anywhere and _WRITES_NOTHING.fullmatch(each))

    def shown_key(self, keyboard: Keyboard) -> str:
        """The first key as a person reads it that comes from their keyboard in every terminal."""
        return shown_key(keyboard.certain(self.keys), keyboard)

    def key_beside_letters(self, keyboard: Keyboard) -> str:
        """As `shown_key`, of the keys that work where letters are written down; the first one where none does."""
        silent = [each for each in self.keys if _WRITES_NOTHING.fullmatch(each)]
        return shown_key(keyboard.certain(silent), keyboard) if silent else self.shown_key(keyboard)

    def shown_keys(self, keyboard: Keyboard) -> tuple[str, ...]:
        """All keys as a person reads them."""
        return tuple(shown_key(key, keyboard) for key in self.keys)


_ARROWS = {"left": "←", "right": "→", "up": "↑", "down": "↓"}


def shown_key(key: str, keyboard: Keyboard) -> str:
    """A key of Textual's as a person presses it: `Ctrl+S`, or the letter that their own keyboard has in its place.

    Where lines run from right to left, Left goes on.
    """
    words = {
        "ctrl": "Ctrl",
        "shift": "Shift",
        "tab": "Tab",
        "enter": "Enter",
        "escape": "Esc",
        "space": "Space",
        "delete": "Del",
        "home": "Home",
        **_ARROWS,
    }
    if from_the_right():
        key = other_side(key)
    if len(key) == 1:
        return keyboard.shown(key)
    shown = "+".join(words.get(part, part.upper()) for part in key.split("+"))
    if shown == _ARROWS["right"] and from_the_right():
        return left_to_right(
            shown
        )  # By itself it would be taken for a sign before words, and point on as these do.
    return left_to_right(shown) if "+" in shown and not shown.isascii() else shown


def arrow_onward() -> str:
    """The arrow that goes on in a line."""
    return _ARROWS[key_onward()]


_WRITES_NOTHING = re.compile(r"ctrl\+.+|(shift\+)?f\d+")


def small_letter(key: str) -> str:
    """What a capital that means nothing of its own stands for: Shift may be held, and Caps Lock on; else `key`."""
    return key.lower() if len(key) == 1 else key


def allowed(commands: Iterable[Command], actor: Colleague) -> tuple[Command, ...]:
    """Those of the commands that are shown to a person, whichever customer is open."""
    return tuple(command for command in commands if not command.needs or _is_allowed(command, actor))


def _is_allowed(command: Command, actor: Colleague) -> bool:
    held = map(actor.scope, command.needs)
    return any(each is Granted.ALL if command.for_all else each is not Granted.NONE for each in held)


def offered(commands: Iterable[Command], actor: Colleague, *, on_line: bool) -> tuple[Command, ...]:
    """The commands of a list that are shown; `on_line` says whether a line is under the cursor."""
    return tuple(command for command in allowed(commands, actor) if on_line or not command.on_line)


def reaching(commands: Iterable[Command], reaches: Callable[[Permission], bool]) -> tuple[Command, ...]:
    """The commands that are shown where the open customer is one to whom the person may do what `reaches` says."""
    return tuple(each for each in commands if not each.on_lead or any(map(reaches, each.needs)))


Keymap = Mapping[str, tuple[str, ...]]
"""The keys of some commands, by their names."""

KeyOf = Callable[[str], str]
"""Gives the key of a command as the person reads and presses it, by the command's name."""


def with_keys(commands: Iterable[Command], keymap: Keymap) -> tuple[Command, ...]:
    """The commands with the keys that they have by the keymap."""
    return tuple(replace(each, keys=keymap.get(each.name, each.keys)) for each in commands)


def bindings_of(commands: Iterable[Command]) -> list[Binding]:
    """Textual's bindings for the commands, with the ids by which `textual_keys` changes them."""
    return [
        Binding(keys, command.binding, id=name, priority=name.endswith(_ANYWHERE))
        for command in commands
        for name, keys in textual_keys(command).items()
    ]


def textual_keys(command: Command) -> dict[str, str]:
    """The keys of a command as Textual takes them, by the ids of its bindings: its name, and another for those anywhere."""
    if not command.anywhere:
        return {command.name: _joined(command.keys)}
    here = [each for each in command.keys if each not in command.keys_anywhere]
    return {command.name: _joined(here), command.name + _ANYWHERE: _joined(command.keys_anywhere)}


_ANYWHERE = "-anywhere"


def _joined(keys: Iterable[str]) -> str:
    # A comma separates keys in a binding, so the key itself goes by its name. A binding without a key would keep its old
    # ones: it gets the one that no keyboard sends.
    return ",".join("comma" if key == "," else key for key in keys) or Keys.Ignore.value
