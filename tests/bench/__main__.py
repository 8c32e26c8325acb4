"""Measures the program beside what it is held against, and says which bars are met.

    uv run python -m tests.bench [table|search|import|start|live|all] [--rows N ...] [--json FILE] [--write PAGE]

Makes its data anew each time. Ends with 1 where a bar is missed, of those that hold at that size. With --write, the page is
made from all that --json has kept; without a part nothing is measured for it.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from . import importing, live, page, record, search, start, table
from .acts import Costs
from .figures import Quantity, figures_of, shown
from .ground import Ground
from .judging import judge, some_missed
from .record import Run, run_now

PARTS: Mapping[str, Callable[[Ground], Costs]] = {
    "start": start.costs,
    "table": table.costs,
    "search": search.costs,
    "import": importing.costs,
    "live": live.costs,
}


def main() -> int:
    """Read the command line, measure, print, keep; 1 where a bar is missed."""
    chosen = _arguments()
    # Without compiled files every start compiles all of the program anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    parts = list(PARTS) if "all" in chosen.parts else chosen.parts
    runs: list[Run] = []
    for rows in chosen.rows:
        with tempfile.TemporaryDirectory(prefix="leadtui-bench-") as folder:
            ground = Ground(Path(folder), rows, once=chosen.once)
            for part in parts:
                run = run_now(part, rows, figures_of(PARTS[part](ground)))
                _print(run)
                runs.append(run)
                if chosen.json:
                    record.write(chosen.json, [run])
    if chosen.write:
        page.write(chosen.write, record.read(chosen.json) if chosen.json else runs)
    return int(some_missed(runs))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; or all")
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000], help="customers of the store")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the figures there, with those it has")
    parser.add_argument(
        "--write", type=Path, metavar="PAGE", help="write the page of the table and its plots"
    )
    parser.add_argument("--once", action="store_true", help="do each thing once, only to see that it runs")
    chosen = parser.parse_args()
    unknown: Sequence[str] = sorted(set(chosen.parts) - {*PARTS, "all"})
    if unknown:
        parser.error(f"there is no part {', '.join(unknown)}; there are {', '.join(PARTS)} and all")
    if not chosen.parts and not chosen.write:
        chosen.parts = ["all"]
    return chosen


def _print(run: Run) -> None:
    print(f"\n{run.part}, {run.customers:,} customers; {run.machine}, load {run.load}")
    for act, spreads in run.figures.items():
        cells = {each: shown(each, spreads[each].median) if each in spreads else "" for each in Quantity}
        times = max(spread.times for spread in spreads.values())
        print(
            f"  {act:44} wall {cells[Quantity.WALL]:>9}  processor {cells[Quantity.PROCESSOR]:>9}  "
            f"written {cells[Quantity.WRITTEN]:>8}  peak {cells[Quantity.PEAK]:>7}  "
            f"{' '.join(f'{each} {cells[each]}' for each in (Quantity.DRAWN, Quantity.SIZE) if cells[each])} × {times}"
        )
    for each in judge(run.part, run.figures, run.customers):
        print(
            f"  {each.row.title:44} {each.said():>9} {each.kind_said():14} {each.bar_said():9} "
            f"{each.verdict_said():18} {each.reference_said()}",
            flush=True,
        )


if __name__ == "__main__":
    sys.exit(main())
