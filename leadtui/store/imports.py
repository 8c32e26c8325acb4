"""Bulk imports as they are kept: one batch for each file, what became of each of its rows, and layouts of columns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Row, insert, select, update

from leadtui.domain.importing import Counts, ImportBatch, Outcome
from leadtui.errors import Conflict, NotFound
from leadtui.language.translate import _
from leadtui.store import changes, tables
from leadtui.store.column_types import json_text
from leadtui.store.connection import WorkspaceConnection

VERSION = "version"
ADDED_NUMBERS = "added_numbers"
ACTIVITIES = "activities"
MADE_CHANNELS = "made_channels"
BANS = "bans"
REMINDERS = "reminders"
FATES = "fates"
"""What `ImportRow.before` holds besides former values: the lead's version before the change, the numbers and the
entries of the timeline that it added, by E.164 and by id; with any row, entry channels that were made: (id, title),
the numbers that it put on the do-not-call list, the reminders that it set, by id, why its cells were not plainly taken as
far as only the writing told (column, reason), and by the names of `RowCount` how many such rows the chunk has that it ends: with
these an import that was stopped tells of its first part."""


class RowCount(StrEnum):
    """What a report counts of rows, as only their writing knows it."""

    RETURNED = "returned"
    """New customers with a number of somebody who was erased."""
    SHARING = "sharing"
    """New customers who share a number or an address with another person."""
    OF_SEVERAL = "of_several"
    """Calls of numbers that several customers share."""


OF_A_VALUE = "="
"""Before what a cell says, among the columns of a layout: the value stands for one of the workspace's. No title begins so."""


class ImportRow(NamedTuple):
    """What became of one row. A named tuple, not a dataclass: a million are made, and it costs a third of one."""

    line: int
    outcome: Outcome
    lead_id: int | None
    before: Mapping[str, Any] | None = None
    """The values that the import replaced, times in microseconds since 1970."""
    reason: str = ""


def start(
    tx: WorkspaceConnection,
    actor_id: int,
    file_name: str,
    file_digest: str,
    options: Mapping[str, Any],
    at: datetime,
) -> int:
    """Note that the import of a file begins and return the batch's id. `at` is aware UTC."""
    batch_id = tx.connection.execute(
        insert(tables.import_batch)
        .values(
            workspace_id=tx.workspace_id,
            actor_id=actor_id,
            file_name=file_name,
            file_digest=file_digest,
            options=dict(options),
            started_at=at,
        )
        .returning(tables.import_batch.c.id)
    ).scalar_one()
    changes.record(tx, "import_batch", [batch_id])
    changes.prune(tx)
    return batch_id


def add_rows(tx: WorkspaceConnection, batch_id: int, rows: Iterable[ImportRow]) -> None:
    """Note what became of some rows of a batch."""
    columns = ("workspace_id", "batch_id", "line", "outcome", "lead_id", "before", "reason")
    tx.backend.insert_rows(
        tx.connection,
        tables.import_row,
        columns,
        [
            (
                tx.workspace_id,
                batch_id,
                row.line,
                row.outcome.value,
                row.lead_id,
                None if row.before is None else json_text(row.before),
                row.reason,
            )
            for row in rows
        ],
    )


def find_stopped(
    tx: WorkspaceConnection,
    actor_id: int,
    file_digest: str,
    options: Mapping[str, Any],
    without: Collection[int],
) -> ImportBatch | None:
    """The first import of the file by this person and these options that has not ended, but for some batches."""
    batch = tables.import_batch.c
    rows = tx.connection.execute(
        select(tables.import_batch)
        .where(
            batch.workspace_id == tx.workspace_id,
            batch.actor_id == actor_id,
            batch.file_digest == file_digest,
            batch.ended_at.is_(None),
        )
        .order_by(batch.id)
    ).all()
    return next((_batch(row) for row in rows if row.options == options and row.id not in without), None)


def advance(tx: WorkspaceConnection, batch_id: int, read_before: int, counts: Counts) -> None:
    """Note how far a batch has come, which had read `read_before` rows.

    Raises Conflict where it is not there any more: the same import goes on in another program, or has ended.
    """
    batch = tables.import_batch
    counted = tx.connection.execute(
        update(batch)
        .where(
            batch.c.workspace_id == tx.workspace_id,
            batch.c.id == batch_id,
            batch.c.read_count == read_before,
            batch.c.ended_at.is_(None),
        )
        .values(
            read_count=counts.read,
            new_count=counts.new,
            updated_count=counts.updated,
            unchanged_count=counts.unchanged,
            rejected_count=counts.rejected,
            skipped_count=counts.skipped,
        )
    )
    if counted.rowcount != 1:
        raise Conflict(
            _(
                "Import {id} is being run by another program, or was taken back meanwhile; this one stopped. "
                "`leadtui imports list` shows how it stands."
            ).format(id=batch_id)
        )
    changes.record(tx, "import_batch", [batch_id])


def rows_between(tx: WorkspaceConnection, batch_id: int, first: int, last: int) -> dict[int, ImportRow]:
    """What became of the rows of a batch from one line to another, by line."""
    row = tables.import_row.c
    found = tx.connection.execute(
        select(row.line, row.outcome, row.lead_id, row.before, row.reason).where(
            row.workspace_id == tx.workspace_id, row.batch_id == batch_id, row.line.between(first, last)
        )
    )
    return {
        each.line: ImportRow(each.line, Outcome(each.outcome), each.lead_id, each.before, each.reason)
        for each in found
    }


_AT_ONCE = 10_000
"""The most leads that one statement names."""


def brought_by(tx: WorkspaceConnection, batch_id: int, lead_ids: Collection[int]) -> set[int]:
    """Those of these leads that the import itself made."""
    row, wanted = tables.import_row.c, list(lead_ids)
    made = select(row.lead_id).where(
        row.workspace_id == tx.workspace_id, row.batch_id == batch_id, row.outcome == Outcome.NEW.value
    )
    found: set[int] = set()
    for start in range(0, len(wanted), _AT_ONCE):
        some = made.where(row.lead_id.in_(wanted[start : start + _AT_ONCE]))
        found.update(tx.connection.execute(some).scalars())
    return found


def end(tx: WorkspaceConnection, batch_ids: Collection[int], at: datetime) -> None:
    """Note that batches have read every row. `at` is aware UTC."""
    batch = tables.import_batch
    tx.connection.execute(
        update(batch)
        .where(batch.c.workspace_id == tx.workspace_id, batch.c.id.in_(batch_ids))
        .values(ended_at=at)
    )
    changes.record(tx, "import_batch", batch_ids)


def batches(tx: WorkspaceConnection, limit: int) -> tuple[ImportBatch, ...]:
    """The latest imports, newest first, at most `limit`."""
    batch = tables.import_batch.c
    rows = tx.connection.execute(
        select(tables.import_batch)
        .where(batch.workspace_id == tx.workspace_id)
        .order_by(batch.started_at.desc(), batch.id.desc())
        .limit(limit)
    )
    return tuple(_batch(row) for row in rows)


def _batch(row: Row[Any]) -> ImportBatch:
    return ImportBatch(
        id=row.id,
        actor_id=row.actor_id,
        file_name=row.file_name,
        file_digest=row.file_digest,
        options=row.options,
        started_at=row.started_at,
        ended_at=row.ended_at,
        counts=Counts(
            row.new_count, row.updated_count, row.unchanged_count, row.rejected_count, row.skipped_count
        ),
        undone_at=row.undone_at,
    )


def get(tx: WorkspaceConnection, batch_id: int) -> ImportBatch:
    """The import of that id. Raises NotFound."""
    batch = tables.import_batch.c
    row = tx.connection.execute(
        select(tables.import_batch).where(batch.workspace_id == tx.workspace_id, batch.id == batch_id)
    ).one_or_none()
    if row is None:
        raise NotFound(
            _("There is no import {id}; `leadtui imports list` shows those there are.").format(id=batch_id)
        )
    return _batch(row)


def find_layout(tx: WorkspaceConnection, layout_key: str) -> dict[str, str]:
    """The fields that columns of this layout were last mapped to by hand, by column; empty where none were."""
    layout = tables.import_layout.c
    columns = tx.connection.execute(
        select(layout.columns).where(layout.workspace_id == tx.workspace_id, layout.layout_key == layout_key)
    ).scalar()
    return dict(columns or {})


def keep_layout(tx: WorkspaceConnection, layout_key: str, columns: Mapping[str, str], at: datetime) -> None:
    """Remember the mapping of a layout in place of an earlier one. `at` is aware UTC."""
    layout = tables.import_layout
    same = (layout.c.workspace_id == tx.workspace_id, layout.c.layout_key == layout_key)
    kept = tx.connection.execute(update(layout).where(*same).values(columns=dict(columns), saved_at=at))
    if kept.rowcount == 0:
        tx.connection.execute(
            insert(layout).values(
                workspace_id=tx.workspace_id, layout_key=layout_key, columns=dict(columns), saved_at=at
            )
        )
