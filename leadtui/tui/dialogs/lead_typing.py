"""What has been typed into the form of a customer, against what stood there when the person began."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

CARTABLE = "cartable"
"""The form key of whose cartable a new customer comes into."""

MINE = "mine"
NOBODY = "nobody"

_TYPED = "typed."
_WAS = "was."
_KEPT_AT = "kept_at"


@dataclass(frozen=True, slots=True)
class LeadTyping:
    """`typed` are the fields that say something else than before, by form key; `was` is what they said before."""

    typed: Mapping[str, str] = field(default_factory=dict[str, str])
    was: Mapping[str, str] = field(default_factory=dict[str, str])
    kept_at: datetime | None = None

    def clashes(self, now: Mapping[str, str]) -> frozenset[str]:
        """The form keys under which somebody else has meanwhile written something else: `now` is what stands there."""
        return frozenset(
            key
            for key, text in self.typed.items()
            if now.get(key, "") != self.was.get(key, "") and now.get(key, "") != text
        )

    def to_draft(self, now: datetime) -> dict[str, str]:
        """The typing as a draft of `now`, an aware moment; empty where nothing would be missed."""
        if not self.typed:
            return {}
        typed = {_TYPED + key: text for key, text in self.typed.items()}
        was = {_WAS + key: text for key, text in self.was.items()}
        return {**typed, **was, _KEPT_AT: now.astimezone(UTC).isoformat()}


def typing_of(draft: Mapping[str, str]) -> LeadTyping:
    """The typing that a draft holds."""
    try:
        at = datetime.fromisoformat(draft.get(_KEPT_AT, ""))
    except ValueError:
        at = None
    return LeadTyping(
        {key.removeprefix(_TYPED): text for key, text in draft.items() if key.startswith(_TYPED)},
        {key.removeprefix(_WAS): text for key, text in draft.items() if key.startswith(_WAS)},
        at.astimezone(UTC) if at is not None and at.tzinfo else None,
    )
