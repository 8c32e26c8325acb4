"""Measures work on many customers at once: an import, taking it back, giving customers to a colleague, sharing them out.

Run by `python -m tests.bench bulk`.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from leadtui.domain.distribution import RuleWords
from leadtui.domain.view import View
from leadtui.services import bulk
from leadtui.services.distributing import distribute, plan
from leadtui.services.importing.running import import_files
from leadtui.services.importing.undoing import undo_import
from leadtui.services.lead_list import LeadList
from leadtui.services.session import Session

from .desk_start import PERSON
from .importing import write_file

COLLEAGUE = 7


def figures(store: Path, rows: int, folder: Path) -> Iterator[tuple[str, str]]:
    """Each work's name and figure; `rows` of a file, and so many of the store's customers, are worked on."""
    own = folder / "bulk.db"
    shutil.copyfile(store, own)
    file = folder / "rows.csv"
    write_file(file, rows, seed=7)
    session = Session.open(own, PERSON)
    try:
        chosen = bulk.select(session, LeadList(session).order(View())[:rows])
        batch: list[int] = []

        def take() -> None:
            batch.extend(each.batch_id or 0 for each in import_files(session, [file]))

        yield f"import of {rows:,} rows", _measured(take)
        yield "taking it back", _measured(lambda: undo_import(session, batch[0]))
        yield f"giving {len(chosen.ids):,} customers", _measured(lambda: _give(session, chosen))
        yield f"sharing {len(chosen.ids):,} out", _measured(lambda: _share_out(session, chosen))
    finally:
        session.close()


def _give(session: Session, chosen: bulk.Selection) -> None:
    result = bulk.Result()
    for part in chosen.parts(bulk.GIVEN_AT_ONCE):
        result += bulk.assign(session, part, COLLEAGUE, group_id=result.group_id)


def _share_out(session: Session, chosen: bulk.Selection) -> None:
    among = tuple(each.email for each in session.definitions.active_colleagues[:6])
    result = bulk.Result()
    for part in plan(session, RuleWords("evenly", among), chosen.ids).parts():
        result += distribute(session, part, result.group_id)


def _measured(work: Callable[[], object]) -> str:
    wall, processor, written = time.perf_counter(), time.process_time(), _written()
    work()
    return (
        f"{time.process_time() - processor:7.2f} s of the processor, {time.perf_counter() - wall:6.1f} s, "
        f"{_written() - written:,} MB written"
    )


def _written() -> int:
    """Megabytes that this process has had written to disks; Linux counts them."""
    lines = Path("/proc/self/io").read_text().splitlines()
    return int(dict(line.split(": ") for line in lines)["write_bytes"]) // 1024**2
