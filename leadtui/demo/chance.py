"""Chance for the demonstration: seeded, and quick enough for a million customers."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Mix(Generic[Thing]):
    """Things, each with how often it is taken; `sums` adds these up from the first on."""

    things: tuple[Thing, ...]
    sums: tuple[int, ...]


class Chance:
    """The same seed gives the same course, on every version of Python: only `Random.random` promises that.

    It is also several times quicker than `Random.choice` and its kin, which guard against biases of 2**-53.
    """

    def __init__(self, seed: int) -> None:
        """Begin the course of `seed`."""
        self.part = Random(seed).random
        """A number from 0 up to 1."""

    def likely(self, share: float) -> bool:
        """Whether something happens that happens in `share` of all cases."""
        return self.part() < share

    def below(self, end: int) -> int:
        """A whole number from 0 up to `end`."""
        return int(self.part() * end)

    def between(self, low: float, high: float) -> float:
        """A number from `low` up to `high`."""
        return low + (high - low) * self.part()

    def one(self, things: Sequence[Thing]) -> Thing:
        """One of the things, each as often as the others."""
        return things[int(self.part() * len(things))]

    def of(self, mix: Mix[Thing]) -> Thing:
        """One of the things, by how often each is taken."""
        return mix.things[bisect(mix.sums, self.part() * mix.sums[-1])]
