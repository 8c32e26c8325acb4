"""Measures the program in one run, part by part, on a store that it makes:

uv run python -m tests.bench [commands|lists|bulk|desk ...] [--customers 100000] [--rows 20000]
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from leadtui.services.session import Session

from . import bulk, commands, desk_work, lists
from .desk_start import PERSON
from .make_store import make_store


def _of_lists(store: Path) -> Iterable[tuple[str, str]]:
    """Windows, orders, filters, and the keys of a find."""
    session = Session.open(store, PERSON)
    try:
        for name, figure in lists.figures(session, times=3):
            yield name, f"{figure.median:7.1f} ms, {figure.high:7.1f} of twenty the slowest"
    finally:
        session.close()


def main() -> None:
    """Read the command line, make the store, measure and print."""
    # Without compiled files every start compiles all of the program anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", metavar="PART")
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--rows", type=int, default=20_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = folder / "store.db"
        parts: Mapping[str, Callable[[], Iterable[tuple[str, str]]]] = {
            "commands": lambda: commands.figures(store),
            "lists": lambda: _of_lists(store),
            "bulk": lambda: bulk.figures(store, chosen.rows, folder),
            "desk": lambda: desk_work.figures(store, folder),
        }
        if unknown := set(chosen.parts) - set(parts):
            parser.error(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(parts)}")
        make_store(store, chosen.customers)
        for part in chosen.parts or parts:
            for what, figure in parts[part]():
                print(f"{part:9} {what:38} {figure}", flush=True)


if __name__ == "__main__":
    main()
