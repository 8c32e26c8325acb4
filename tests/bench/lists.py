"""Measures all customers at several sizes: `python -m tests.bench.lists [--sizes 10000,100000,1000000]`.

Prints a table in milliseconds: the median and the 95th percentile of each step. Stores are made
where they are missing and kept for the next run.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from random import Random

from leadtui.domain.lead_fields import SORT_KEYS
from leadtui.domain.view import LeadFilter, View, custom_sort
from leadtui.services.lead_list import LeadList
from leadtui.services.session import Session
from tests.bench.make_store import NOW, make_store

WINDOW = 60
TYPED = ("محمدی", "زهرا احم", "reza", "09121234", "۰۹۱۲", "4567", "تهران", "zoe.12", "m")
"""What is typed into the find line, one key after the other."""

FILTERS = {
    "one status": LeadFilter(status_ids=frozenset({1})),
    "new": LeadFilter(without_status=True),
    "one owner": LeadFilter(owner_ids=frozenset({7})),
    "one city": LeadFilter(cities=frozenset({"تهران"})),
    "one month": LeadFilter(entered_from=NOW.replace(month=1), entered_before=NOW.replace(month=2)),
    "channel, status and city": LeadFilter(
        channel_ids=frozenset({1, 2}), status_ids=frozenset({1, 2}), cities=frozenset({"تهران"})
    ),
}

Step = Callable[[], object]


@dataclass(frozen=True)
class Figure:
    """How long one step took, in milliseconds."""

    median: float
    high: float


def measure(steps: Iterable[Step]) -> Figure:
    """Run each step once; what the iterable does between them is not counted."""
    times: list[float] = []
    for step in steps:
        began = time.perf_counter()
        step()
        times.append((time.perf_counter() - began) * 1000)
    high = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    return Figure(statistics.median(times), high)


def figures(session: Session, times: int) -> Iterator[tuple[str, Figure]]:
    """Each step's name and figure."""
    kept = LeadList(session)
    ids = kept.order(View())
    chance = Random(1)
    windows = [ids[at : at + WINDOW] for at in chance.sample(range(len(ids) - WINDOW), 200)]
    yield f"{WINDOW} rows anywhere", measure([lambda some=some: kept.rows(some) for some in windows])
    yield "count", measure([lambda: LeadList(session).count()] * times)
    yield "turned round", measure([lambda: kept.order(View(descending=True))] * times)
    for sort in (*SORT_KEYS, custom_sort("budget")):
        yield f"first window by {sort}", measure(_first_windows(session, View(sort), times))
        yield f"order by {sort}", measure([lambda sort=sort: LeadList(session).order(View(sort))] * times)
    for name, chosen in FILTERS.items():
        view = View(filter=chosen)
        yield f"first window of {name}", measure(_first_windows(session, view, times))
        yield f"order of {name}, sort kept", measure(_narrowings(session, view, times))
    typed = [text[:length] for text in TYPED for length in range(1, len(text) + 1)]
    for name, chosen in {"find": LeadFilter(), "find among new": FILTERS["new"]}.items():
        views = [View(find=text, filter=chosen) for text in typed]
        first = chain.from_iterable(_first_windows(session, view, 1) for view in views)
        yield f"{name}: first window a key", measure(first)
        yield (
            f"{name}: order a key, sort kept",
            measure([lambda view=view: kept.order(view) for view in views]),
        )


def _first_windows(session: Session, view: View, times: int) -> list[Step]:
    """The first paint of a view of which nothing is kept yet."""
    return [lambda: LeadList(session).first_window(view, WINDOW)] * times


def _narrowings(session: Session, view: View, times: int) -> Iterator[Step]:
    """The order of a view whose sort was built before, its filter not."""
    for _ in range(times):
        customers = LeadList(session)
        customers.order(View(view.sort, view.descending))
        yield lambda customers=customers: customers.order(view)


def main() -> None:
    """Read the command line, make the stores and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "leadtui-bench")
    parser.add_argument("--times", type=int, default=7)
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    table: dict[str, list[Figure]] = {}
    sizes = [int(size) for size in chosen.sizes.split(",")]
    for size in sizes:
        path = chosen.folder / f"{size}.db"
        if not path.exists():
            make_store(path, size)
        session = Session.open(path, "1@desk.test")
        for name, figure in figures(session, chosen.times):
            table.setdefault(name, []).append(figure)
        session.close()
    _print(sizes, table)


def _print(sizes: list[int], table: dict[str, list[Figure]]) -> None:
    lines = [f"{'median / 95th percentile, ms':42}" + "".join(f"{size:>20,}" for size in sizes)]
    for name, measured in table.items():
        cells = (f"{figure.median:.1f} / {figure.high:.1f}" for figure in measured)
        lines.append(f"{name:42}" + "".join(f"{cell:>20}" for cell in cells))
    print("\n".join(lines))


if __name__ == "__main__":
    main()
