"""Steps as they were taken: what each one replaced, so that it can be taken back whole."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ColumnElement,
    Table,
    Text,
    cast,
    delete,
    insert,
    or_,
    select,
    type_coerce,
    update,
)

from leadtui.domain.reminder import ReminderState
from leadtui.store import changes, tables
from leadtui.store.column_types import Moment, moment, read_json
from leadtui.store.connection import WorkspaceConnection, insert_row
from leadtui.store.expressions import scanned

_step = tables.step.c

# The version grows with every change, and `next_at` follows from the reminders: neither is ever put back.
_LEAD_KEPT = tuple(
    column
    for column in tables.lead.columns
    if column.name not in {"id", "workspace_id", "version", "next_at", "created_at"}
)
_NUMBER_KEPT = tuple(
    tables.lead_number.c[name] for name in ("e164", "written", "extension", "position", "sharing")
)
_REMINDER_KEPT = tuple(
    tables.reminder.c[name]
    for name in (
        "lead_id",
        "owner_id",
        "due",
        "wall",
        "zone",
        "kind",
        "state",
        "note",
        "repeats",
        "ended_at",
        "ended_by",
    )
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a person on one lead. `was` is what it replaced; times are aware UTC.

    Steps with the same `group_id` were taken at once, by one command on several leads. A step on a customer
    who was merged into another has its versions below nought, and cannot be taken back before the merge is.
    """

    id: int
    lead_id: int
    actor_id: int
    activity_id: int
    group_id: int | None
    at: datetime
    version_before: int
    version_after: int
    was: Mapping[str, Any]
    undone_at: datetime | None = None


@dataclass(slots=True)
class Recording:
    """A step while it is being taken; whoever takes it names the activity that tells it.

    `more` is kept with what the step replaced, for steps that replace more than a lead's own rows.
    """

    activity_id: int | None = None
    more: dict[str, Any] = field(default_factory=dict[str, Any])
    step_id: int | None = None


@contextmanager
def record(
    tx: WorkspaceConnection,
    lead_id: int,
    actor_id: int,
    at: datetime,
    *,
    group_id: int | None = None,
) -> Generator[Recording]:
    """Keep what the block changes of one lead, its numbers and its reminders. `at` is aware UTC."""
    recording = Recording()
    with _compared(tx, lambda column: column == lead_id) as changed:
        yield recording
        if recording.activity_id is None:
            raise RuntimeError("a step needs the activity that tells it")
    row = changed[lead_id]
    row |= {"actor_id": actor_id, "activity_id": recording.activity_id, "group_id": group_id, "at": at}
    recording.step_id = insert_row(tx.connection, tables.step, **row | {"was": row["was"] | recording.more})


@contextmanager
def record_each(
    tx: WorkspaceConnection,
    lead_ids: Collection[int],
    actor_id: int,
    at: datetime,
    *,
    group_id: int,
    more: Mapping[str, Any] = MappingProxyType({}),
) -> Generator[dict[int, int]]:
    """As `record`, of several leads (some thousands at most), a step of the group for each.

    The block names, by lead, the activity that tells its step; `more` is kept with each.
    """
    activities: dict[int, int] = {}
    with _compared(tx, lambda column: column.in_(lead_ids)) as changed:
        yield activities
    step = {"actor_id": actor_id, "group_id": group_id, "at": at}
    rows = [
        changed[each] | step | {"activity_id": activities[each], "was": {**changed[each]["was"], **more}}
        for each in lead_ids
    ]
    tx.connection.execute(insert(tables.step), rows)


@contextmanager
def _compared(
    tx: WorkspaceConnection, chosen: Callable[[Column[int]], ColumnElement[bool]]
) -> Generator[dict[int, dict[str, Any]]]:
    """By lead, once the block is done, what the row of a step tells of the lead: its versions, and what was replaced."""
    changed: dict[int, dict[str, Any]] = {}
    before = _snapshots(tx, chosen)
    yield changed
    for lead_id, after in _snapshots(tx, chosen).items():
        changed[lead_id] = {
            "workspace_id": tx.workspace_id,
            "lead_id": lead_id,
            "version_before": before[lead_id].version,
            "version_after": after.version,
            "was": before[lead_id].unlike(after),
        }


BY_THE_PROGRAM = 0
"""The group of steps that the program took, of which no person's undoing is the newest."""


def next_group(tx: WorkspaceConnection) -> int:
    """A number for steps that are taken at once, to be asked for in the transaction that takes the first of them."""
    return tx.backend.reserve_ids(tx.connection, tx.workspace_id, tables.step, 1)[0]


def get(tx: WorkspaceConnection, step_id: int) -> Step | None:
    """The step of that id."""
    row = tx.connection.execute(
        select(*_STEP_COLUMNS).where(_step.workspace_id == tx.workspace_id, _step.id == step_id)
    ).one_or_none()
    return None if row is None else _step_from(row)


def latest_of(tx: WorkspaceConnection, actor_id: int, passing: Collection[int] = ()) -> Step | None:
    """The newest step of a person that was not taken back and whose id is not in `passing`."""
    row = tx.connection.execute(
        select(*_STEP_COLUMNS)
        .where(
            _step.workspace_id == tx.workspace_id,
            _step.actor_id == actor_id,
            _step.undone_at.is_(None),
            _step.version_after > 0,
            or_(_step.group_id.is_(None), _step.group_id != BY_THE_PROGRAM),
            _step.id.not_in(passing),
        )
        .order_by(_step.id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else _step_from(row)


def latest_by_the_program(tx: WorkspaceConnection, lead_id: int) -> Step | None:
    """The newest step that the program took on a lead and that was not taken back."""
    row = tx.connection.execute(
        select(*_STEP_COLUMNS)
        .where(
            _step.workspace_id == tx.workspace_id,
            _step.lead_id == lead_id,
            _step.group_id == BY_THE_PROGRAM,
            _step.undone_at.is_(None),
            _step.version_after > 0,
        )
        .order_by(_step.id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else _step_from(row)


def ids_of_group(tx: WorkspaceConnection, actor_id: int, group_id: int) -> tuple[int, ...]:
    """The ids of the steps that a person took at once and that were not taken back, oldest first."""
    rows = tx.connection.execute(
        select(_step.id)
        .where(
            _step.workspace_id == tx.workspace_id,
            _step.actor_id == actor_id,
            _step.group_id == group_id,
            _step.undone_at.is_(None),
            _step.version_after > 0,
        )
        .order_by(_step.id)
    )
    return tuple(rows.scalars())


def of_activities(tx: WorkspaceConnection, lead_id: int, after_activity_id: int) -> dict[int, Step]:
    """The steps on a lead that were told after that activity, by the id of their own activity."""
    rows = tx.connection.execute(
        select(*_STEP_COLUMNS).where(
            _step.workspace_id == tx.workspace_id,
            _step.lead_id == lead_id,
            _step.activity_id > after_activity_id,
        )
    )
    return {each.activity_id: each for each in map(_step_from, rows)}


def undone_activities(tx: WorkspaceConnection, lead_id: int) -> frozenset[int]:
    """The ids of the activities of a lead whose steps were taken back."""
    rows = tx.connection.execute(
        select(_step.activity_id).where(
            _step.workspace_id == tx.workspace_id, _step.lead_id == lead_id, _step.undone_at.is_not(None)
        )
    )
    return frozenset(rows.scalars())


def lead_values(step: Step) -> dict[str, Any]:
    """The lead's columns as they were before the step, to be written by `leads.change`."""
    return _from_json(tables.lead, step.was.get("lead", {}))


def put_back(
    tx: WorkspaceConnection,
    step: Step,
    at: datetime,
    by: int,
    *,
    leaving: frozenset[int] = frozenset(),
) -> None:
    """Give the lead its numbers and reminders of before the step. Reminders that it set are cancelled.

    Reminders whose ids are in `leaving` stay as they are. The caller then writes `lead_values` with
    `leads.change` and calls `mark_undone`. `at` is aware UTC.
    """
    if "numbers" in step.was:
        replace_numbers(tx, step.lead_id, step.was["numbers"])
    moved: list[int] = []
    for reminder_id, was in step.was.get("reminders", {}).items():
        if int(reminder_id) in leaving:
            continue
        values = (
            {"state": ReminderState.CANCELLED.value, "ended_at": at, "ended_by": by}
            if was is None
            else _from_json(tables.reminder, was)
        )
        # What was pending again rings again.
        tx.connection.execute(
            update(tables.reminder)
            .where(
                tables.reminder.c.workspace_id == tx.workspace_id, tables.reminder.c.id == int(reminder_id)
            )
            .values(rung_at=None, **values)
        )
        moved.append(int(reminder_id))
    changes.record(tx, "reminder", moved)


def mark_undone(tx: WorkspaceConnection, step: Step, version: int, at: datetime, by: int) -> None:
    """Note that the step was taken back, which left the lead at `version`. `at` is aware UTC.

    The step before it now has the lead as it had left it, so that it can be taken back in its turn.
    """
    tx.connection.execute(
        update(tables.step)
        .where(_step.workspace_id == tx.workspace_id, _step.id == step.id)
        .values(undone_at=at, undone_by=by)
    )
    entry, follow_up = tables.activity.c, tables.follow_up.c
    follow_up_id = select(entry.follow_up_id).where(
        entry.workspace_id == tx.workspace_id, entry.id == step.activity_id
    )
    tx.connection.execute(
        update(tables.follow_up)
        .where(follow_up.workspace_id == tx.workspace_id, follow_up.id == follow_up_id.scalar_subquery())
        .values(undone_at=at)
    )
    tx.connection.execute(
        update(tables.step)
        .where(
            _step.workspace_id == tx.workspace_id,
            _step.lead_id == step.lead_id,
            _step.undone_at.is_(None),
            _step.version_after == step.version_before,
        )
        .values(version_after=version)
    )


def replace_numbers(tx: WorkspaceConnection, lead_id: int, numbers: Sequence[Sequence[Any]]) -> None:
    """Give the lead exactly these numbers: (e164, as written, extension, position, the lead's id where it shares it).

    Steps of earlier versions kept no more than the first four.
    """
    number = tables.lead_number.c
    tx.connection.execute(
        delete(tables.lead_number).where(number.workspace_id == tx.workspace_id, number.lead_id == lead_id)
    )
    names = [column.name for column in _NUMBER_KEPT]
    rows = [dict(zip(names, (*each, 0)[: len(names)], strict=True)) for each in numbers]
    if rows:
        tx.connection.execute(
            insert(tables.lead_number),
            [{"workspace_id": tx.workspace_id, "lead_id": lead_id, **row} for row in rows],
        )


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """What a lead's rows hold, as the store keeps it: most of it is the same afterwards, and is never read further."""

    version: int
    lead: Sequence[Any]
    numbers: list[list[Any]]
    reminders: dict[str, Sequence[Any]]

    def unlike(self, after: _Snapshot) -> dict[str, Any]:
        """The values here that are others in `after`, as JSON keeps them; None for a reminder that was not here."""
        was: dict[str, Any] = {}
        lead = _unlike(_LEAD_KEPT, self.lead, after.lead)
        if lead:
            was["lead"] = lead
        if self.numbers != after.numbers:
            was["numbers"] = self.numbers
        reminders = {
            key: _unlike(_REMINDER_KEPT, self.reminders[key], now) if key in self.reminders else None
            for key, now in after.reminders.items()
            if self.reminders.get(key) != now
        }
        if reminders:
            was["reminders"] = reminders
        return was


def _snapshots(
    tx: WorkspaceConnection, chosen: Callable[[Column[int]], ColumnElement[bool]]
) -> dict[int, _Snapshot]:
    lead, number, reminder = tables.lead.c, tables.lead_number.c, tables.reminder.c
    rows = tx.connection.execute(
        select(lead.id, lead.version, *map(_as_stored, _LEAD_KEPT)).where(
            scanned(lead.workspace_id) == tx.workspace_id, chosen(lead.id)
        )
    )
    snapshots = {row.id: _Snapshot(row.version, tuple(row)[2:], [], {}) for row in rows}
    numbers = tx.connection.execute(
        select(number.lead_id, *_NUMBER_KEPT)
        .where(number.workspace_id == tx.workspace_id, chosen(number.lead_id))
        .order_by(number.lead_id, number.position, number.id)
    )
    for lead_id, *values in numbers:
        snapshots[lead_id].numbers.append(values)
    reminders = tx.connection.execute(
        select(reminder.id, *map(_as_stored, _REMINDER_KEPT))
        .where(reminder.workspace_id == tx.workspace_id, chosen(reminder.lead_id))
        .order_by(reminder.lead_id, reminder.id)
    )
    for row in reminders:
        snapshots[row.lead_id].reminders[str(row.id)] = tuple(row)[1:]
    return snapshots


def _as_stored(column: Column[Any]) -> ColumnElement[Any]:
    if isinstance(column.type, Moment):
        return type_coerce(column, BigInteger)
    return cast(column, Text).label(column.name) if isinstance(column.type, JSON) else column


def _unlike(columns: Sequence[Column[Any]], before: Sequence[Any], after: Sequence[Any]) -> dict[str, Any]:
    was: dict[str, Any] = {}
    for column, value, now in zip(columns, before, after, strict=True):
        if value == now:
            continue
        if not isinstance(column.type, JSON):
            was[column.name] = value
        elif (read := read_json(value)) != read_json(now):
            was[column.name] = read
    return was


def _from_json(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: moment(value) if value is not None and isinstance(table.c[name].type, Moment) else value
        for name, value in values.items()
    }


_STEP_COLUMNS = (
    _step.id,
    _step.lead_id,
    _step.actor_id,
    _step.activity_id,
    _step.group_id,
    _step.at,
    _step.version_before,
    _step.version_after,
    _step.was,
    _step.undone_at,
)


def _step_from(row: Sequence[Any]) -> Step:
    return Step(*row)
