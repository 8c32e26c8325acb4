"""The figures of acts: for each quantity the median and the high ones, as they are kept and compared."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from .acts import Costs
from .costs import Cost


class Quantity(StrEnum):
    """What is measured: seconds for the first two, a number for the last, else bytes."""

    WALL = "wall"
    PROCESSOR = "processor"
    WRITTEN = "written"
    PEAK = "peak"
    DRAWN = "drawn"
    SIZE = "size"
    COUNT = "count"


class Level(StrEnum):
    """The median, or what so many of a hundred are not above."""

    MEDIAN = "median"
    P95 = "p95"
    P99 = "p99"


@dataclass(frozen=True, slots=True)
class Spread:
    """How one quantity of an act spread over several times."""

    median: float
    p95: float
    p99: float
    times: int

    def at(self, level: Level) -> float:
        """The figure of that level."""
        return {Level.MEDIAN: self.median, Level.P95: self.p95, Level.P99: self.p99}[level]


Figures = Mapping[str, Mapping[Quantity, Spread]]
"""By the names of acts."""


def figures_of(costs: Costs) -> Figures:
    """The figures of what acts took."""
    return {name: _of_act(taken) for name, taken in costs.items()}


def _of_act(taken: Iterable[Cost]) -> dict[Quantity, Spread]:
    spreads: dict[Quantity, Spread] = {}
    for quantity in Quantity:
        values = [getattr(cost, quantity) for cost in taken]
        counted = [value for value in values if value is not None]
        if counted:
            spreads[quantity] = _spread(counted)
    return spreads


def _spread(values: list[float]) -> Spread:
    if len(values) == 1:
        return Spread(values[0], values[0], values[0], 1)
    parts = statistics.quantiles(values, n=100, method="inclusive")
    return Spread(statistics.median(values), parts[94], parts[98], len(values))


def shown(quantity: Quantity, value: float) -> str:
    """A figure with its unit."""
    if quantity is Quantity.COUNT:
        return f"{value:,.0f}"
    if quantity in (Quantity.WALL, Quantity.PROCESSOR):
        if value >= 10:
            return f"{value:,.0f} s"
        return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.3g} ms"
    for unit, least in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if value >= least:
            return f"{value / least:.3g} {unit}"
    return f"{value:.0f} B"
