"""Writes the page of the figures as last measured, with plots of how they grow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from .bars import NOT_MEASURED, ROWS, Row
from .figures import Quantity, shown
from .judging import Judged, Verdict, judge
from .plot import drawn
from .record import Run

INTRODUCTION = """\
# How quick it is

Written by `uv run python -m tests.bench --json docs/performance.json --write docs/performance.md`, from what it measured last;
nobody edits it. Each thing is measured beside its reference in the same run, several times in turn, and the medians are compared:
times on the wall say what a person waits on that machine, processor time (of all threads and children) and bytes repeat better where others
work on it. Where the load that stands beside a part is above the number of processors, others did, and its times on the wall say little.
A bar says how many times the reference, or how much at all, it may be; below the size that a bar is for, nothing is held to it.
"""

PARTS = {
    "start": "Starting",
    "table": "The table",
    "search": "Finding",
    "import": "Importing",
    "live": "Working in a full store",
}

GROWTH = {
    "start": (
        Quantity.WALL,
        ("hello-world", "desk, head, small", "desk, first rows", "leads list", "--help"),
    ),
    "table": (
        Quantity.PROCESSOR,
        (
            "desk, Down",
            "desk, PageDown",
            "desk, End",
            "order by name",
            "order by need",
            "order by contacted_at",
            "SELECT … ORDER BY name",
            "filter status",
            "filter own field",
        ),
    ),
    "search": (
        Quantity.PROCESSOR,
        ("find Persian", "find Latin", "find digits", "find Persian, among new", "count(*) … LIKE Persian"),
    ),
    "import": (
        Quantity.PROCESSOR,
        (
            "sqlite3 .import",
            "import",
            "import into others",
            "import again",
            "imports undo",
            "import of a workbook",
        ),
    ),
    "live": (
        Quantity.PROCESSOR,
        ("step saved", "erase one", "export", "backup", "doctor", "day", "PRAGMA integrity_check"),
    ),
}
"""What is plotted of each part: one quantity of some acts."""


def write(page: Path, runs: Sequence[Run]) -> None:
    """Write the page, and its plots into a folder of its name beside it."""
    plots = page.with_suffix("")
    plots.mkdir(parents=True, exist_ok=True)
    parts = [INTRODUCTION]
    for part, title in PARTS.items():
        of_part = sorted((run for run in runs if run.part == part), key=lambda run: run.customers)
        if not of_part:
            continue
        parts.append("\n".join(_part(title, of_part[-1])))
        if len(of_part) > 1:
            (plots / f"{part}.svg").write_text(_plot(title, of_part), encoding="utf-8")
            parts.append(f"![{title}: growth with the number of customers]({plots.name}/{part}.svg)\n")
    parts.append("\n".join(_not_measured()))
    page.write_text("\n".join(parts), encoding="utf-8")


def _part(title: str, run: Run) -> Iterator[str]:
    judged = list(judge(run.part, run.figures, run.customers))
    yield f"## {title}\n"
    yield f"{run.customers:,} customers, on {run.at}: {run.machine}; load {run.load} after it.\n"
    yield "| what | of what | figure | bar | | reference |"
    yield "|---|---|---:|---:|---|---|"
    for each in judged:
        cells = (each.row.title, each.kind_said(), each.said(), each.bar_said(), each.verdict_said())
        yield f"| {' | '.join(cells)} | {_safe(each.reference_said())} |"
    for row in ROWS:
        if row.part == run.part and not row.bars and row.act in run.figures:
            yield _without_bar(row, run)
    yield ""
    yield from _limits(judged)


def _without_bar(row: Row, run: Run) -> str:
    took = run.figures[row.act][Quantity.PROCESSOR].median
    reference = run.figures.get(row.reference, {}).get(Quantity.PROCESSOR)
    beside = f"{row.reference} ({shown(Quantity.PROCESSOR, reference.median)})" if reference else ""
    return f"| {row.title} | processor | {shown(Quantity.PROCESSOR, took)} | | | {_safe(beside)} |"


def _limits(judged: Iterable[Judged]) -> Iterator[str]:
    """What limits the rows of which a bar is not met."""
    rows = {each.row.title: each.row.limit for each in judged if each.verdict is Verdict.MISSED}
    if rows:
        yield "What limits those whose bar is not met, from reading and profiling the program, not from this run:\n"
        yield from (f"- {title}: {limit or 'nobody has looked yet.'}" for title, limit in rows.items())
        yield ""


def _plot(title: str, runs: Sequence[Run]) -> str:
    quantity, acts = GROWTH[runs[0].part]
    lines = {
        act: [
            (run.customers, run.figures[act][quantity].median)
            for run in runs
            if quantity in run.figures.get(act, {}) and run.figures[act][quantity].median > 0
        ]
        for act in acts
    }
    return drawn(
        f"{title}: {quantity} time", {name: line for name, line in lines.items() if line}, _with_unit
    )


def _with_unit(seconds: float) -> str:
    return f"{seconds * 1e6:.3g} µs" if seconds < 1e-3 else shown(Quantity.WALL, seconds)


def _not_measured() -> Iterator[str]:
    yield "## Not measured\n"
    yield from (f"- {what}: {why}." for what, why in NOT_MEASURED.items())
    yield ""


def _safe(words: str) -> str:
    """Words in a cell of a table."""
    return words.replace("*", "\\*").replace("|", "\\|")
