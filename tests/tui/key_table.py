"""Writes what every command is pressed with on each keyboard into docs/keys.md: `uv run python tests/tui/key_table.py`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from leadtui.language.keyboard_layouts import (
    ARABIC_WINDOWS,
    ARABIC_X11,
    ISIRI_9147,
    PERSIAN_WINDOWS,
    KeyboardLayout,
    without_ligature,
)
from leadtui.settings import AUTO
from leadtui.tui.actions.commands import COMMANDS
from leadtui.tui.commands.command import Command, Scope, shown_key
from leadtui.tui.dialogs.help import TITLES
from leadtui.tui.keyboard import Keyboard

FILE = Path(__file__).parents[2] / "docs" / "keys.md"

COLUMNS = {
    "Latin": (),
    "Persian, standard": (ISIRI_9147,),
    "Persian, of older Windows": (PERSIAN_WINDOWS,),
    "Arabic": (ARABIC_WINDOWS, ARABIC_X11),
}

INTRODUCTION = """# Keys

What every command is pressed with, as leadtui comes. A key is in the same place on every keyboard, whatever stands on it; which keyboard
is yours, and keys of your own, are in [settings.md](settings.md#your-keyboard). The last column is the same on all of them.
`tests/tui/key_table.py` writes this page.
"""


def key_table() -> str:
    """The page."""
    return "\n".join((INTRODUCTION, *(line for scope in TITLES for line in _section(scope))))


def _section(scope: Scope) -> Iterator[str]:
    yield f"## {TITLES[scope]}"
    yield ""
    yield f"| what it does | {' | '.join(COLUMNS)} | everywhere |"
    yield "|---|" + "---|" * (len(COLUMNS) + 1)
    for command in COMMANDS:
        if command.scope is scope:
            yield f"| {' | '.join((command.help, *_keys(command)))} |"
    yield ""


def _keys(command: Command) -> Iterator[str]:
    letters = [key for key in command.keys if len(key) == 1 and not key.isdecimal()]
    for layouts in COLUMNS.values():
        ways = {" ".join(_written(letter, layout) for letter in letters) for layout in layouts or (None,)}
        yield " or ".join(sorted(ways))
    others = [key for key in command.keys if key not in letters]
    yield " ".join(shown_key(key, Keyboard(AUTO)) for key in others)


def _written(place: str, layout: KeyboardLayout | None) -> str:
    shift = "Shift+" if place.isupper() else ""
    key = place.lower()
    return shift + (key if layout is None else without_ligature(layout.texts[key]))


if __name__ == "__main__":
    FILE.write_text(key_table(), encoding="utf-8")
