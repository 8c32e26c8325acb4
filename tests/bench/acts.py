"""What is measured, in turn with what it is held against."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from .costs import Cost, cost_of, cost_of_command

Costs = dict[str, list[Cost]]
"""What each act took, each time, by its name."""


@dataclass(frozen=True, slots=True)
class Act:
    """The program's own work, or a reference. `take` does it once, and says what it cost."""

    name: str
    take: Callable[[], Cost]


def command(name: str, *arguments: str, words: str = "") -> Act:
    """A command, run as a process of its own; `words` are its standard input."""
    return Act(name, lambda: cost_of_command(arguments, words))


def call(name: str, work: Callable[[], object]) -> Act:
    """A call of the program's own code, in this process."""
    return Act(name, lambda: cost_of(work))


def in_turn(acts: Sequence[Act], times: int) -> Costs:
    """Take each of the acts, then each again, so that a busy machine is as busy for all."""
    costs: Costs = {act.name: [] for act in acts}
    for _time in range(times):
        for act in acts:
            costs[act.name].append(act.take())
    return costs


def together(some: Iterable[Mapping[str, list[Cost]]]) -> Costs:
    """The costs of several, under each name those of all."""
    costs: Costs = {}
    for each in some:
        for name, taken in each.items():
            costs.setdefault(name, []).extend(taken)
    return costs
