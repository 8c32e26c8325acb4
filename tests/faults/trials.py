"""Tries a fault with a command in a folder of its own, and keeps count."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from faults.child import Ended
from faults.commands import COMMANDS, Command, Found, check_again, check_end


@dataclass(slots=True)
class Tally:
    """How many faults of a kind were tried with each command, and what was found."""

    kind: str
    tried: Counter[str] = field(default_factory=Counter[str])
    found: list[str] = field(default_factory=list[str])

    @contextmanager
    def trial(self, name: str, what: str) -> Generator[None]:
        """One fault: what is Found is kept with what was done, and the next one is tried."""
        self.tried[name] += 1
        try:
            yield
        except Found as found:
            self.found.append(f"{name}: {what}: {found}")
        except Exception:  # noqa: BLE001  # the other faults are tried all the same
            self.found.append(f"{name}: {what}: {traceback.format_exc()}")


@dataclass(frozen=True, slots=True)
class Choice:
    """What is tried: which commands or cases by name, all of them without a name, and at how many places of each."""

    places: int
    names: tuple[str, ...] = ()

    def wants(self, name: str) -> bool:
        """Whether this one is tried."""
        return not self.names or name in self.names

    def spread(self, count: int) -> list[int]:
        """The chosen ones of so many places: evenly over all of them, the first and the last among them."""
        if count <= self.places:
            return list(range(count))
        return sorted({round(each * (count - 1) / max(self.places - 1, 1)) for each in range(self.places)})


def commands(choice: Choice) -> list[Command]:
    """The commands that are wanted."""
    return [each for each in COMMANDS if choice.wants(each.name)]


def judge(command: Command, ended: Ended, folder: Path) -> None:
    """See that the end is as it says, and that another run brings what is missing. Raises Found."""
    check_end(command, ended, folder)
    check_again(command, ended, folder)
