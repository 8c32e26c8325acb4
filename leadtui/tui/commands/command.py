"""The record of a command, and where commands apply."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from leadtui.domain.permission import Permission


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


@dataclass(frozen=True, slots=True)
class Command:
    """`keys` are Textual's, the first one is shown; `title` and `help` are marked for translation.

    `important` orders the key bar: when there is no room, the largest go first; 0 never shows there.
    `needs` are the permissions of which one is enough for the command to be shown; none where it is everybody's. The
    services decide by themselves.
    """

    name: str
    title: str
    keys: tuple[str, ...]
    help: str
    scope: Scope
    important: int = 0
    needs: tuple[Permission, ...] = ()

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


_ARROWS = {"left": "←", "right": "→", "up": "↑", "down": "↓"}


def _shown(key: str) -> str:
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
    if len(key) == 1:
        return key
    return "+".join(words.get(part, part.upper()) for part in key.split("+"))
