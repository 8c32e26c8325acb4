"""Keeps the figures of runs as JSON: of each size and part the newest."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .figures import Figures, Quantity, Spread


@dataclass(frozen=True, slots=True)
class Run:
    """What one part measured on one store: how many customers it had, when, and on which machine."""

    part: str
    customers: int
    at: str
    machine: str
    load: float
    figures: Figures


def run_now(part: str, customers: int, figures: Figures) -> Run:
    """Figures that were just measured."""
    load, _, _ = os.getloadavg()
    at = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return Run(part, customers, at, _machine(), round(load, 1), figures)


def read(path: Path) -> list[Run]:
    """The runs of a file; none where it is not there."""
    if not path.exists():
        return []
    return [_run(each) for each in json.loads(path.read_text(encoding="utf-8"))["runs"]]


def write(path: Path, runs: Iterable[Run]) -> None:
    """Write runs in the place of those of the same part and size."""
    newest = {(run.part, run.customers): run for run in (*read(path), *runs)}
    kept = [asdict(newest[key]) for key in sorted(newest)]
    path.write_text(json.dumps({"runs": kept}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _run(kept: dict[str, Any]) -> Run:
    figures = {
        act: {Quantity(quantity): Spread(**spread) for quantity, spread in spreads.items()}
        for act, spreads in kept.pop("figures").items()
    }
    return Run(**kept, figures=figures)


def _machine() -> str:
    assert sys.platform == "linux"
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    processors = len(os.sched_getaffinity(0))
    python = platform.python_version()
    return (
        f"{processors} processors, {memory:.0f} GB, {platform.system()} {platform.machine()}, Python {python}"
    )
