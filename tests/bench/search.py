"""Measures finding while one types."""

from __future__ import annotations

from pathlib import Path

from .acts import Costs
from .costs import apart
from .ground import Ground


def costs(ground: Ground) -> Costs:
    """What each key takes."""
    return apart(_finding, ground.store(ground.rows), ground.fewer_times)


def _finding(store: Path, times: int) -> Costs:
    from . import finding

    return finding.costs(store, times)
