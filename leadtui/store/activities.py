"""What happened to leads: the timeline and the audit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from leadtui.domain.field import Answer, FieldKind
from leadtui.domain.lead import Activity, ActivityDetail, ActivityKind
from leadtui.store import tables
from leadtui.store.column_types import microseconds, moment
from leadtui.store.connection import WorkspaceConnection, insert_row
from leadtui.store.journal import undone_activities

_UNSET = ActivityDetail()
_MOMENTS = ("reminder_at", "reminder_was")


def add(
    tx: WorkspaceConnection,
    lead_id: int,
    kind: ActivityKind,
    at: datetime,
    actor_id: int | None,
    detail: ActivityDetail = _UNSET,
    *,
    follow_up_id: int | None = None,
    source_key: str | None = None,
) -> int:
    """Write one entry and return its id. `at` is aware UTC."""
    return insert_row(
        tx.connection,
        tables.activity,
        workspace_id=tx.workspace_id,
        lead_id=lead_id,
        kind=kind.value,
        actor_id=actor_id,
        at=at,
        detail=detail_to_json(detail),
        follow_up_id=follow_up_id,
        source_key=source_key,
    )


def timeline(tx: WorkspaceConnection, lead_id: int, limit: int = 500) -> tuple[Activity, ...]:
    """The lead's entries, newest first, at most `limit`."""
    entry = tables.activity.c
    undone = undone_activities(tx, lead_id)
    rows = tx.connection.execute(
        select(*_ENTRY_COLUMNS)
        .where(entry.workspace_id == tx.workspace_id, entry.lead_id == lead_id)
        .order_by(entry.at.desc(), entry.id.desc())
        .limit(limit)
    )
    return tuple(_activity_from(row, undone) for row in rows)


def since(tx: WorkspaceConnection, lead_id: int, activity_id: int) -> tuple[Activity, ...]:
    """The lead's entries that were written after that one, in the order in which they were."""
    entry = tables.activity.c
    undone = undone_activities(tx, lead_id)
    rows = tx.connection.execute(
        select(*_ENTRY_COLUMNS)
        .where(entry.workspace_id == tx.workspace_id, entry.lead_id == lead_id, entry.id > activity_id)
        .order_by(entry.id)
    )
    return tuple(_activity_from(row, undone) for row in rows)


def notes(tx: WorkspaceConnection, lead_ids: Sequence[int]) -> dict[int, list[Activity]]:
    """The entries by which leads were noted something that stands, oldest first, by lead; without words there is none."""
    entry, step = tables.activity.c, tables.step.c
    undone = select(step.activity_id).where(
        step.workspace_id == tx.workspace_id, step.lead_id == entry.lead_id, step.undone_at.is_not(None)
    )
    rows = tx.connection.execute(
        select(*_ENTRY_COLUMNS)
        .where(
            entry.workspace_id == tx.workspace_id,
            entry.lead_id.in_(lead_ids),
            entry.kind.in_(_NOTED),
            entry.id.not_in(undone),
        )
        .order_by(entry.lead_id, entry.at, entry.id)
    )
    found: dict[int, list[Activity]] = {}
    for activity in (_activity_from(row, frozenset()) for row in rows):
        if activity.detail.text:
            found.setdefault(activity.lead_id, []).append(activity)
    return found


_NOTED = tuple(
    each.value
    for each in (
        ActivityKind.NOTE,
        ActivityKind.STATUS_SET,
        ActivityKind.TRANSFERRED,
        ActivityKind.RETURNED,
        ActivityKind.CREATED,
        ActivityKind.TOUCHED,
    )
)
"""The kinds whose text is a note: by itself, with a step, or what came in with a customer."""


def get(tx: WorkspaceConnection, activity_id: int) -> Activity | None:
    """One entry."""
    entry = tables.activity.c
    row = tx.connection.execute(
        select(*_ENTRY_COLUMNS).where(entry.workspace_id == tx.workspace_id, entry.id == activity_id)
    ).one_or_none()
    return None if row is None else _activity_from(row, undone_activities(tx, row.lead_id))


def detail_to_json(detail: ActivityDetail) -> dict[str, Any]:
    """Only what is set, moments as microseconds since 1970."""
    kept: dict[str, Any] = {}
    for each in fields(ActivityDetail):
        value = getattr(detail, each.name)
        if value == getattr(_UNSET, each.name):
            continue
        if isinstance(value, datetime):
            value = microseconds(value)
        elif each.name == "answers":
            value = answers_to_json(value)
        kept[each.name] = value
    return kept


def detail_from_json(kept: dict[str, Any]) -> ActivityDetail:
    """The reverse of `detail_to_json`; names of a later version are left out."""
    known = {each.name for each in fields(ActivityDetail)}
    values = {name: value for name, value in kept.items() if name in known}
    for name in _MOMENTS:
        if values.get(name) is not None:
            values[name] = moment(values[name])
    values["answers"] = answers_from_json(values.get("answers", []))
    values["changes"] = tuple((str(key), str(was), str(now)) for key, was, now in values.get("changes", []))
    values["unsent"] = tuple((str(title), str(why)) for title, why in values.get("unsent", []))
    return ActivityDetail(**values)


def answers_to_json(answers: tuple[Answer, ...]) -> list[dict[str, Any]]:
    """Answers with the definitions they were given under."""
    return [
        {
            "field": each.field_id,
            "key": each.key,
            "title": each.title,
            "kind": each.kind.value,
            "value": each.value,
        }
        for each in answers
    ]


def answers_from_json(kept: list[dict[str, Any]]) -> tuple[Answer, ...]:
    """The reverse of `answers_to_json`."""
    return tuple(
        Answer(each["field"], each["key"], each["title"], FieldKind(each["kind"]), each["value"])
        for each in kept
    )


_ENTRY_COLUMNS = tuple(
    tables.activity.c[name] for name in ("id", "lead_id", "kind", "at", "actor_id", "detail", "follow_up_id")
)


def _activity_from(row: Row[Any], undone: frozenset[int]) -> Activity:
    return Activity(
        id=row.id,
        lead_id=row.lead_id,
        kind=ActivityKind(row.kind),
        at=row.at,
        actor_id=row.actor_id,
        detail=detail_from_json(row.detail),
        follow_up_id=row.follow_up_id,
        undone=row.id in undone,
    )
