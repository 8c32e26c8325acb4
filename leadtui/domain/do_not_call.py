"""Do-not-call: why a customer or a number must not be rung."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

FORBIDDEN_BEFORE = "leadtui:forbidden-before"
IMPORTED_FROM = "leadtui:imported "
"""Reasons that nobody typed, as they are kept: whoever reads one is told it in their own language. The number's former
customer was erased; a file, which follows, says so."""


@dataclass(frozen=True, slots=True)
class Ban:
    """That calls are forbidden: since when (aware UTC), by whom and why.

    `e164` is the number on the do-not-call list; empty where the status `status_id` forbids them. `by` is None
    where nobody is known.
    """

    at: datetime | None
    by: int | None
    reason: str
    e164: str = ""
    status_id: int | None = None

    def held(self, at: datetime) -> bool:
        """Whether it was in force at that moment (aware UTC)."""
        return self.at is None or self.at <= at


@dataclass(frozen=True, slots=True)
class ListedNumber:
    """A number of the do-not-call list, with the customers who have it, id and name: whose it is, then who share it."""

    ban: Ban
    holders: tuple[tuple[int, str], ...] = ()
