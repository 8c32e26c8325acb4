"""Tries what a hostile or broken machine does: `uv run python -m tests.faults [--large] [--only NAME] [KIND ...]`."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1])]

from hearing import hear_signals

from faults import full_disk, hostile_files, killed, lost_output, operations, stopped, torn_logs
from faults.trials import Choice, Tally

KINDS = {
    "full-disk": full_disk.run,
    "hostile-files": hostile_files.run,
    "kills": killed.run,
    "lost-output": lost_output.run,
    "operations": operations.run,
    "signals": stopped.run,
    "torn-logs": torn_logs.run,
}

SMALL, LARGE = 3, 100
"""At how many places of each command a fault of each kind strikes."""


def main() -> int:
    """Try the kinds, and print how often and what was found; 1 where it was anything."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"which of {', '.join(KINDS)}; else all")
    parser.add_argument(
        "--large", action="store_true", help=f"at {LARGE} places of each command, not {SMALL}"
    )
    parser.add_argument("--places", type=int, help="at so many places")
    parser.add_argument(
        "--only", action="append", default=[], metavar="NAME", help="only this command or case"
    )
    given = parser.parse_args()
    unknown = set(given.kinds) - KINDS.keys()
    if unknown:
        parser.error(f"there is no kind {', '.join(sorted(unknown))}")
    hear_signals()
    choice = Choice(given.places or (LARGE if given.large else SMALL), tuple(given.only))
    found = 0
    for kind in given.kinds or KINDS:
        began = time.monotonic()
        tally = KINDS[kind](choice)
        _write(tally, time.monotonic() - began)
        found += len(tally.found)
    return 1 if found else 0


def _write(tally: Tally, seconds: float) -> None:
    tried = sum(tally.tried.values())
    print(
        f"{tally.kind}: {tried} faults in {seconds:.0f} s, {len(tally.found)} of them found wanting",
        flush=True,
    )
    for name, count in tally.tried.items():
        wanting = [each for each in tally.found if each.startswith(f"{name}: ")]
        print(f"  {name:44} {count:5} {len(wanting) or '':>5}")
        for each in wanting:
            print(f"      {each.removeprefix(f'{name}: ')}")


if __name__ == "__main__":
    sys.exit(main())
