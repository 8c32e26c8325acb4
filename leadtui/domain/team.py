"""Teams: named groups of colleagues with a lead, whose customers each of them reaches as far as a profile says *team*."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Team:
    """A group of colleagues; `lead_id` and `members` are ids of people. `key` is stable, `title` is what people read."""

    id: int
    key: str
    title: str
    lead_id: int | None = None
    members: tuple[int, ...] = ()

    @property
    def people(self) -> frozenset[int]:
        """All who are in it, the lead among them."""
        return frozenset(self.members) if self.lead_id is None else frozenset((*self.members, self.lead_id))


def team_mates(person_id: int, teams: Iterable[Team]) -> frozenset[int]:
    """Everybody of the teams that a person leads or is in, themselves included."""
    return frozenset({person_id}).union(*(each.people for each in teams if person_id in each.people))
