"""Measures what short commands take of the processor, beside a Python that does nothing.

Run by `python -m tests.bench commands`.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from .desk_start import PERSON

TIMES = 9


def figures(store: Path) -> Iterator[tuple[str, str]]:
    """Each command and its figure; all run in turn, so that a busy machine is as busy for each."""
    commands = {
        "python -c pass": ("-c", "pass"),
        "leadtui --version": ("-m", "leadtui", "--version"),
        "leadtui --help": ("-m", "leadtui", "--help"),
        "leadtui leads list": (
            *("-m", "leadtui", "--store", str(store), "--as", PERSON),
            *("leads", "list", "--limit", "20"),
        ),
    }
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _time in range(TIMES + 1):
        for name, arguments in commands.items():
            taken[name].append(_processor(arguments))
    nothing, *_others = medians = [
        statistics.median(each[1:]) for each in taken.values()
    ]  # the first compiles
    for name, median in zip(commands, medians, strict=True):
        yield name, f"{median * 1000:7.0f} ms of the processor, × {median / nothing:.1f}"


def _processor(arguments: tuple[str, ...]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
