"""Holds figures against the bars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from .bars import ROWS, Bar, Row
from .figures import Figures, Level, Quantity, shown
from .record import Run


class Verdict(StrEnum):
    """What came of a bar."""

    MET = "pass"
    MISSED = "FAIL"
    OTHER_SIZE = "not held to it"
    """The store has fewer customers than the bar is for."""

    WITHOUT = "no reference here"


@dataclass(frozen=True, slots=True)
class Judged:
    """A bar, the figure that is held against it, and the reference's."""

    row: Row
    bar: Bar
    value: float
    reference: float | None
    customers: int

    @property
    def ratio(self) -> float | None:
        """How many times the reference it is; the figure itself where the bar is one."""
        if self.bar.absolute:
            return self.value
        return self.value / self.reference if self.reference else None

    @property
    def verdict(self) -> Verdict:
        """Whether the bar is met."""
        if self.ratio is None:
            return Verdict.WITHOUT
        if self.customers < self.bar.at:
            return Verdict.OTHER_SIZE
        return Verdict.MET if self.ratio <= self.bar.most else Verdict.MISSED

    def said(self) -> str:
        """The figure as it is compared."""
        if self.ratio is None or self.bar.absolute:
            return shown(self.bar.quantity, self.value)
        return f"{self.ratio:.2f}" if self.ratio < 10 else f"{self.ratio:.1f}"

    def bar_said(self) -> str:
        """The most that it may be."""
        most = shown(self.bar.quantity, self.bar.most) if self.bar.absolute else f"{self.bar.most:g}"
        return f"≤ {most}"

    def verdict_said(self) -> str:
        """What came of it; or for how many customers the bar is."""
        other = self.verdict is Verdict.OTHER_SIZE
        return f"bar for {self.bar.at:,}" if other else str(self.verdict)

    def kind_said(self) -> str:
        """Of which quantity it is, and at which level."""
        level = "" if self.bar.level is Level.MEDIAN else f", {self.bar.level}"
        return f"{self.bar.quantity}{level}"

    def reference_said(self) -> str:
        """What it is held against, with its figure; nothing where the bar is a figure itself."""
        if self.bar.absolute:
            return ""
        figure = (
            "" if self.reference is None else f" ({shown(self.bar.per or self.bar.quantity, self.reference)})"
        )
        per = f", {self.bar.per}" if self.bar.per else ""
        return f"{self.bar.of or self.row.reference}{per}{figure}"


def judge(part: str, figures: Figures, customers: int) -> Iterator[Judged]:
    """Every bar of that part, of which there are figures."""
    for row in ROWS:
        if row.part == part and row.act in figures:
            for bar in row.bars:
                value = _figure(figures, row.act, bar.quantity, bar.level)
                reference = _figure(figures, bar.of or row.reference, bar.per or bar.quantity, bar.level)
                if value is not None:
                    yield Judged(row, bar, value, reference, customers)


def some_missed(runs: Iterable[Run]) -> bool:
    """Whether a bar is missed, of those that hold at the size of their run."""
    return any(
        each.verdict is Verdict.MISSED for run in runs for each in judge(run.part, run.figures, run.customers)
    )


def _figure(figures: Figures, act: str, quantity: Quantity, level: Level) -> float | None:
    spread = figures.get(act, {}).get(quantity)
    return None if spread is None else spread.at(level)
