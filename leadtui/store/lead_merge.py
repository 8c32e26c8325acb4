"""Two leads as one in the tables: everything that hangs on one of them moves to the other, and back again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, delete, insert, null, select, update

from leadtui.store import changes, tables
from leadtui.store.column_types import Moment, microseconds, moment
from leadtui.store.connection import WorkspaceConnection, with_ids
from leadtui.store.import_undo import LEFT_AT
from leadtui.store.lead_writing import delete_leads

_SEPARATE = frozenset({"lead_number", "draft", "presence"})
"""Numbers have an order, drafts are one of a kind, and who has a lead open finds out by itself."""

_AT_ONCE = 10_000

_NO_VERSION = 2**31
"""No lead is ever changed so often."""


def take_over(tx: WorkspaceConnection, kept_id: int, lost_id: int) -> dict[str, Any]:
    """Move everything of one lead to another and delete the row of the first.

    Returns what `give_back` needs, as JSON keeps it. The numbers go with the row: the caller writes those of both.
    """
    row = tx.connection.execute(
        select(tables.lead).where(tables.lead.c.workspace_id == tx.workspace_id, tables.lead.c.id == lost_id)
    ).mappings()
    taken: dict[str, Any] = {
        "lost": _to_json(row.one()),
        "numbers": _numbers(tx, lost_id),
        "kept_numbers": _numbers(tx, kept_id),
        "drafts": _take_drafts(tx, kept_id, lost_id),
        "moved": {table.name: _move(tx, table, column, lost_id, kept_id) for table, column in _hanging()},
    }
    taken["turned"] = _steps_of_their_own(tx, taken["moved"]["step"])
    _turn_steps(tx, taken["turned"])
    taken["imported"] = _mark_imported(tx, taken["moved"]["import_row"])
    delete_leads(tx, [lost_id])
    changes.record(tx, "reminder", taken["moved"]["reminder"])
    return taken


def give_back(tx: WorkspaceConnection, kept_id: int, taken: Mapping[str, Any]) -> int:
    """Undo `take_over`, the numbers of both included; returns the id of the lead that is there again, the same as before."""
    row = _from_json(tables.lead, taken["lost"])
    lost_id = int(row["id"])  # nobody else was given it: see `delete_leads`
    tx.connection.execute(insert(tables.lead).values(**row))
    _write_numbers(tx, {kept_id: taken["kept_numbers"], lost_id: taken["numbers"]})
    for table, column in _hanging():
        _move_back(tx, table, column, taken["moved"].get(table.name, []), kept_id, lost_id)
    # Merges of earlier versions turned every step that moved.
    _turn_steps(tx, taken.get("turned", taken["moved"]["step"]))
    for row_id, before in taken["imported"].items():
        row = update(tables.import_row).where(
            tables.import_row.c.workspace_id == tx.workspace_id, tables.import_row.c.id == int(row_id)
        )
        tx.connection.execute(row.values(before=null() if before is None else before))
    _give_drafts_back(tx, taken["drafts"], kept_id, lost_id)
    changes.record(tx, "lead", [lost_id])
    changes.record(tx, "reminder", taken["moved"]["reminder"])
    return lost_id


def _hanging() -> list[tuple[Table, Column[Any]]]:
    """The tables whose rows hang on a lead, each with the column that says on which."""
    found: list[tuple[Table, Column[Any]]] = []
    for table in tables.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column is tables.lead.c.id and table.name not in _SEPARATE:
                found.append((table, table.c[key.parent.name]))
    return found


def _move(
    tx: WorkspaceConnection, table: Table, column: Column[Any], lost_id: int, kept_id: int
) -> list[int]:
    theirs = (table.c.workspace_id == tx.workspace_id, column == lost_id)
    ids = list(tx.connection.execute(select(table.c.id).where(*theirs).order_by(table.c.id)).scalars())
    tx.connection.execute(update(table).where(*theirs).values({column: kept_id}))
    return ids


def _move_back(
    tx: WorkspaceConnection, table: Table, column: Column[Any], ids: Sequence[int], kept_id: int, lost_id: int
) -> None:
    for some in _in_parts(ids):
        tx.connection.execute(
            update(table).where(with_ids(tx, table, some), column == kept_id).values({column: lost_id})
        )


def _steps_of_their_own(tx: WorkspaceConnection, ids: Sequence[int]) -> list[int]:
    """Those of the steps that no earlier merge brought: the others' versions are below nought already, and stay there."""
    step = tables.step
    own = (
        select(step.c.id).where(with_ids(tx, step, some), step.c.version_after > 0).order_by(step.c.id)
        for some in _in_parts(ids)
    )
    return [each for query in own for each in tx.connection.execute(query).scalars()]


def _turn_steps(tx: WorkspaceConnection, ids: Sequence[int]) -> None:
    """Turn versions below nought, where nobody takes a step back, or up again: see store/journal.py."""
    step = tables.step
    for some in _in_parts(ids):
        tx.connection.execute(
            update(step)
            .where(with_ids(tx, step, some))
            .values(version_before=-step.c.version_before, version_after=-step.c.version_after)
        )


def _mark_imported(tx: WorkspaceConnection, ids: Sequence[int]) -> dict[str, Any]:
    """Let no import be taken back off a merged customer as though nobody had touched them since.

    An import knows by the version how it left a lead; that of the one who went says nothing of the one who stays.
    """
    row = tables.import_row
    befores: dict[str, Any] = {}
    for some in _in_parts(ids):
        found = tx.connection.execute(select(row.c.id, row.c.before).where(with_ids(tx, row, some))).all()
        befores |= {str(each.id): each.before for each in found}
    for row_id, before in befores.items():
        marked: dict[str, Any] = {**(before or {}), LEFT_AT: _NO_VERSION}
        tx.connection.execute(
            update(row)
            .where(row.c.workspace_id == tx.workspace_id, row.c.id == int(row_id))
            .values(before=marked)
        )
    return befores


def _take_drafts(tx: WorkspaceConnection, kept_id: int, lost_id: int) -> dict[str, Any]:
    """Of two drafts of one person in the same dialog the newer one stays; the other is kept with the step."""
    draft = tables.draft
    here = draft.c.workspace_id == tx.workspace_id
    kept = {
        (row["user_id"], row["kind"]): row
        for row in tx.connection.execute(select(draft).where(here, draft.c.lead_id == kept_id))
        .mappings()
        .all()
    }
    moved: list[int] = []
    gone: list[dict[str, Any]] = []
    for row in tx.connection.execute(select(draft).where(here, draft.c.lead_id == lost_id)).mappings().all():
        twin = kept.get((row["user_id"], row["kind"]))
        older = twin if twin is not None and twin["saved_at"] < row["saved_at"] else row
        if twin is not None:
            gone.append(_to_json(older))
            tx.connection.execute(delete(draft).where(here, draft.c.id == older["id"]))
        if older is not row or twin is None:
            tx.connection.execute(update(draft).where(here, draft.c.id == row["id"]).values(lead_id=kept_id))
            moved.append(row["id"])
    return {"moved": moved, "gone": gone, "kept": kept_id}


def _give_drafts_back(tx: WorkspaceConnection, taken: Mapping[str, Any], kept_id: int, lost_id: int) -> None:
    draft = tables.draft
    _move_back(tx, draft, draft.c.lead_id, taken["moved"], kept_id, lost_id)
    for row in taken["gone"]:
        values = _from_json(draft, row)
        values["lead_id"] = kept_id if values["lead_id"] == taken["kept"] else lost_id
        same = select(draft.c.id).where(
            *(draft.c[name] == values[name] for name in ("workspace_id", "user_id", "kind", "lead_id"))
        )
        if tx.connection.execute(same).scalar() is None:
            del values["id"]
            tx.connection.execute(insert(draft).values(**values))


def _numbers(tx: WorkspaceConnection, lead_id: int) -> list[dict[str, Any]]:
    number = tables.lead_number
    rows = tx.connection.execute(
        select(number)
        .where(number.c.workspace_id == tx.workspace_id, number.c.lead_id == lead_id)
        .order_by(number.c.id)
    )
    return [_to_json(row) for row in rows.mappings()]


def _write_numbers(tx: WorkspaceConnection, numbers: Mapping[int, Sequence[Mapping[str, Any]]]) -> None:
    """Give each lead exactly its numbers; none may still be another's when it is written."""
    number = tables.lead_number
    tx.connection.execute(
        delete(number).where(number.c.workspace_id == tx.workspace_id, number.c.lead_id.in_(list(numbers)))
    )
    for lead_id, rows in numbers.items():
        for row in rows:
            values = {name: value for name, value in row.items() if name != "id"} | {"lead_id": lead_id}
            tx.connection.execute(insert(number).values(**values))


def _in_parts(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))


def _to_json(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {
        str(name): microseconds(value) if isinstance(value, datetime) else value
        for name, value in row.items()
    }


def _from_json(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: moment(value) if value is not None and isinstance(table.c[name].type, Moment) else value
        for name, value in values.items()
        if name in table.c
    }
