"""Keys of a person's own: the keymap of the settings, checked, with a sentence for each part that cannot be."""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping

from textual.keys import Keys

from leadtui.language.translate import _, format_list
from leadtui.tui.actions.commands import COMMANDS
from leadtui.tui.commands.command import Command, Keymap, Scope, textual_keys, with_keys
from leadtui.tui.keyboard import Keyboard, key_name

TOGETHER = (
    frozenset({Scope.LEAD, Scope.DESK, Scope.EVERYWHERE}),
    frozenset({Scope.REMINDERS, Scope.EVERYWHERE}),
    frozenset({Scope.SETTINGS, Scope.EVERYWHERE}),
    frozenset({Scope.DAY, Scope.EVERYWHERE}),
    frozenset({Scope.IMPORTS, Scope.EVERYWHERE}),
    frozenset({Scope.FORBIDDEN, Scope.EVERYWHERE}),
    frozenset({Scope.ERASURES, Scope.EVERYWHERE}),
    frozenset({Scope.PROPOSALS, Scope.EVERYWHERE}),
    frozenset({Scope.BOARD, Scope.EVERYWHERE}),
    frozenset({Scope.DOCTOR, Scope.EVERYWHERE}),
    frozenset({Scope.LEAD_FORM, Scope.EVERYWHERE}),
    frozenset({Scope.PLAYBOOK, Scope.EVERYWHERE}),
    frozenset({Scope.STATUS, Scope.EVERYWHERE}),
)
"""Scopes whose commands apply at the same time, so that a key can mean only one of them."""

NEEDED = frozenset(
    {
        "up",
        "down",
        "left",
        "right",
        "pageup",
        "pagedown",
        "home",
        "end",
        "enter",
        "escape",
        "tab",
        "ctrl+q",
        "ctrl+c",
    }
)
"""Keys by which one moves, answers and leaves: another command on one of them would shut a person in."""

MOVED = {"undo": frozenset({"ctrl+z"})}
"""Keys that a command had in a released version and another one has now, by the command's name.

A keymap that gives it such a key was written after that version's list of keys: it loses the key without a word.
"""

IN_EVERY_TABLE = {"next-row": ("down",), "previous-row": ("up",)}
"""Keys of tables that do the same as a command, and that no keymap takes away, by the command's name."""

_MODIFIERS = frozenset({"ctrl", "shift", "alt", "super", "hyper", "meta"})


def checked_keymap(given: Mapping[str, str], keyboard: Keyboard) -> tuple[Keymap, list[str]]:
    """The part of a keymap that can be used, and a sentence for each that cannot.

    A letter that is no Latin one stands for its place on the person's keyboard.
    """
    known = {command.name: command for command in COMMANDS}
    problems: list[str] = []
    wanted: dict[str, tuple[str, ...]] = {}
    for name, keys in given.items():
        if name not in known:
            problems.append(_("The keymap names “{name}”, which is no command.").format(name=name))
            continue
        usable = tuple(_usable(known[name], _split(keys, keyboard), problems))
        if usable:
            wanted[name] = usable
    return _without_clashes(known, wanted, problems), problems


def for_textual(keymap: Keymap) -> dict[str, str]:
    """The keymap as Textual takes it: the keys by the ids of bindings."""
    changed = with_keys([each for each in COMMANDS if each.name in keymap], keymap)
    return {name: keys for command in changed for name, keys in textual_keys(command).items()}


def _split(keys: str, keyboard: Keyboard) -> list[str]:
    # Nothing between two commas is the comma itself.
    given = [key.strip() or "," for key in keys.split(",")] if keys.strip() else []
    return list(dict.fromkeys(key if key.isascii() else keyboard.readings(key)[0] for key in given))


def _usable(command: Command, keys: Iterable[str], problems: list[str]) -> Iterable[str]:
    for key in keys:
        if not _is_key(key):
            sentence = _(
                "The keymap gives “{command}” the key “{key}”, which no keyboard sends; it is left out."
            )
            problems.append(sentence.format(command=command.name, key=key))
        elif key in NEEDED and key not in command.keys:
            sentence = _(
                "The keymap gives “{command}” the key “{key}”, which is needed to move and to leave; it is left out."
            )
            problems.append(sentence.format(command=command.name, key=key))
        else:
            yield key


def _without_clashes(
    known: Mapping[str, Command], wanted: Mapping[str, tuple[str, ...]], problems: list[str]
) -> dict[str, tuple[str, ...]]:
    """What the person wants goes before how the commands come, whichever version brought those keys."""
    kept = {name: command.keys for name, command in known.items() if name not in wanted}
    usable: dict[str, tuple[str, ...]] = {}
    for name, keys in wanted.items():
        free: list[str] = []
        for key in keys:
            other = _holder(known, kept, known[name], key)
            if other is None:
                free.append(key)
            elif key in MOVED.get(name, ()) and key in known[other].keys:
                continue
            elif other in wanted:
                sentence = _(
                    "The keymap gives “{command}” the key “{key}”, which “{other}” has; give that one another key."
                )
                problems.append(sentence.format(command=name, key=key, other=other))
            else:
                free.append(key)
                usable[other] = kept[other] = tuple(each for each in kept[other] if each != key)
                left = (*kept[other], *IN_EVERY_TABLE.get(other, ()))
                problems.append(_displaced(name, key, other, left))
        if free:
            usable[name] = kept[name] = tuple(free)
        else:
            kept[name] = known[name].keys
    return usable


def _displaced(name: str, key: str, other: str, left: tuple[str, ...]) -> str:
    if left:
        sentence = _(
            "The keymap gives “{command}” the key “{key}”, which “{other}” had; it still has {keys}."
        )
    else:
        sentence = _(
            "The keymap gives “{command}” the key “{key}”, which “{other}” had; find that one in the palette."
        )
    return sentence.format(command=name, key=key, other=other, keys=format_list(left))


def _holder(
    known: Mapping[str, Command], kept: Mapping[str, tuple[str, ...]], command: Command, key: str
) -> str | None:
    """The command that has the key already where this one applies."""
    around = frozenset[Scope]().union(*(scopes for scopes in TOGETHER if command.scope in scopes))
    if command.scope is not Scope.EVERYWHERE:
        around = next((scopes for scopes in TOGETHER if command.scope in scopes), frozenset({command.scope}))
    for name, keys in kept.items():
        if name != command.name and known[name].scope in around and key in keys:
            return name
    return None


def _is_key(key: str) -> bool:
    *modifiers, name = key.split("+") if len(key) > 1 else [key]
    if not _MODIFIERS.issuperset(modifiers):
        return False
    return (len(name) == 1 and name.isprintable()) or name in _NAMES


_NAMES = frozenset(
    {key.value for key in Keys if "+" not in key.value}
    | {key_name(character) for character in string.punctuation}
    | {"space"}
)
