"""What running a command in a test gives, and the store that it is run on."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leadtui.domain.lead import Lead


@dataclass(frozen=True, slots=True)
class Said:
    """What a command answered: data on `out`, words on `err`."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The JSON on standard output."""
        return json.loads(self.out)


Run = Callable[..., Said]


@dataclass(frozen=True, slots=True)
class StoreOfTest:
    """A closed store with two people and one customer, and where it is."""

    path: Path
    lead: Lead

    def __str__(self) -> str:
        return str(self.path)
