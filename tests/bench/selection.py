"""Measures choosing customers: `python -m tests.bench.selection [--rows 1000000]`.

Prints in milliseconds what choosing all, counting, asking for one, and giving the ids back cost.
"""

from __future__ import annotations

import argparse
import time
from array import array
from collections.abc import Callable

from leadtui.tui.widgets.record_table_model import IdSet


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows: int = parser.parse_args().rows
    order = array("q", range(rows, 0, -1))
    chosen = IdSet()
    steps: dict[str, Callable[[], object]] = {
        "choose all": lambda: chosen.choose(order),
        "count": lambda: len(chosen),
        "ask for one": lambda: rows // 2 in chosen,
        "leave one out": lambda: chosen.leave_out((rows // 2,)),
        "give the ids": chosen.ids,
        "choose none": chosen.clear,
    }
    for name, step in steps.items():
        begun = time.perf_counter()
        step()
        print(f"{name:>16} {(time.perf_counter() - begun) * 1000:8.2f} ms")


if __name__ == "__main__":
    main()
