"""Writing customers in bulk: new ones, changed ones and what happened to them, in few statements."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Text, bindparam, delete, select, update
from sqlalchemy.types import TypeEngine

from leadtui.domain.follow_up import FollowUp
from leadtui.domain.lead import ActivityDetail, ActivityKind, LeadNumber
from leadtui.domain.reminder import ReminderKind, ReminderState, wall_clock
from leadtui.store import activities, changes, leads, tables
from leadtui.store.activities import answers_to_json, detail_to_json
from leadtui.store.column_types import Moment, json_text, microseconds
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.search import answers_found_by, search_text
from leadtui.store.search_keys import word_keys

_lead = tables.lead.c

MOST_SINGLE_CHANGES = 1_000
"""Above so many customers in one transaction other terminals are told that the whole table moved, and read all rows in
view again. A part of those that are given to a colleague is no more; one of an import is."""


# Named tuples, not dataclasses: a bulk import makes a million of each, and they cost a quarter.
class NewLead(NamedTuple):
    """A lead to be written: values by column, cleaned and times aware UTC, and numbers in E.164, the rung one first.

    A name and `entered_at` are always there; who came in by one channel only, and since when somebody is the owner,
    need not be. `note` is the first note of the timeline, `source` names where the lead
    was read from.
    """

    values: Mapping[str, Any]
    numbers: tuple[LeadNumber, ...] = ()
    note: str = ""
    source: str = ""
    import_notes: tuple[str, ...] = ()
    """What an import notes besides, newest first, where the caller adds the entries of the timeline by itself."""


class FoundBy(NamedTuple):
    """What a lead is found by: its name, city, e-mail address, every number, what imports noted, newest first, and answers."""

    name: str
    city: str
    email: str
    numbers: tuple[str, ...]
    import_notes: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()


class NewActivity(NamedTuple):
    """One entry of a timeline to be written; `at` is aware UTC."""

    lead_id: int
    kind: ActivityKind
    at: datetime
    actor_id: int | None
    detail: ActivityDetail
    source_key: str | None = None


@dataclass(frozen=True, slots=True)
class LeadChange:
    """New values for columns of one lead (times aware UTC), and numbers to stand after its present ones.

    Sort and search columns follow by themselves from `after`, which is what the lead is then found by. It is needed
    only where that changes.
    """

    lead_id: int
    values: Mapping[str, Any]
    numbers: tuple[tuple[int, LeadNumber], ...] = ()
    """Each with its position among the lead's numbers."""
    after: FoundBy | None = None


def insert_leads(
    tx: WorkspaceConnection, rows: Sequence[NewLead], at: datetime, actor_id: int | None
) -> list[int]:
    """Write customers with their numbers and a *created* entry each; return their ids in the order of `rows`.

    `at` (aware UTC) is when they are written; the entry stands at the time they came in. A number that is
    another customer's and is not marked as shared is an IntegrityError: the caller has looked for it in the same
    transaction.
    """
    ids = insert_records(tx, rows, at)
    _insert_beginnings(tx, list(zip(ids, rows, strict=True)), actor_id)
    return ids


def insert_records(tx: WorkspaceConnection, rows: Sequence[NewLead], at: datetime) -> list[int]:
    """As `insert_leads`, for a caller that adds the entries of the timeline by itself."""
    ids = list(tx.backend.reserve_ids(tx.connection, tx.workspace_id, tables.lead, len(rows)))
    tx.backend.insert_rows(
        tx.connection,
        tables.lead,
        _LEAD_COLUMNS,
        [_lead_row(tx, each, row, at) for each, row in zip(ids, rows, strict=True)],
    )
    _insert_numbers(
        tx,
        (
            (each, position, number)
            for each, row in zip(ids, rows, strict=True)
            for position, number in enumerate(row.numbers)
        ),
    )
    _record(tx, ids)
    return ids


def change_leads(tx: WorkspaceConnection, updates: Sequence[LeadChange]) -> None:
    """Write changed values over leads that were read in the same transaction; each version counts one on."""
    by_columns: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for each in updates:
        values = {f"new_{name}": _stored(value) for name, value in each.values.items()} | _derived(
            each, tx.language
        )
        by_columns.setdefault(tuple(values), []).append(values | {"lead_id": each.lead_id})
    for parameters, rows in by_columns.items():
        new = {name.removeprefix("new_"): bindparam(name, type_=_stored_type(name)) for name in parameters}
        tx.connection.execute(
            update(tables.lead)
            .where(_lead.workspace_id == tx.workspace_id, _lead.id == bindparam("lead_id"))
            .values(version=_lead.version + 1, **new),
            rows,
        )
    _insert_numbers(
        tx,
        ((each.lead_id, position, number) for each in updates for position, number in each.numbers),
    )
    _record(tx, [each.lead_id for each in updates])


def delete_leads(tx: WorkspaceConnection, ids: Collection[int]) -> None:
    """Delete customers with everything that hangs on them. Their ids are never given to anybody else."""
    wanted = sorted(ids)
    for start in range(0, len(wanted), leads.AT_ONCE):
        some = wanted[start : start + leads.AT_ONCE]
        named = bindparam("ids", some, tables.Id, expanding=True, literal_execute=True)
        for table in (tables.import_row, tables.presence):  # what stays, and then is about nobody
            theirs = (table.c.workspace_id == tx.workspace_id, table.c.lead_id.in_(named))
            tx.connection.execute(update(table).where(*theirs).values(lead_id=None))
        tx.connection.execute(
            delete(tables.lead).where(_lead.workspace_id == tx.workspace_id, _lead.id.in_(named))
        )
    _record(tx, wanted)


def add_activities(tx: WorkspaceConnection, entries: Iterable[NewActivity]) -> range:
    """Write entries of timelines, in this order; return their ids."""
    kept = list(entries)
    ids = tx.backend.reserve_ids(tx.connection, tx.workspace_id, tables.activity, len(kept))
    details = {id(entry.detail): entry.detail for entry in kept}  # in bulk many entries share one
    texts = {each: json_text(activities.detail_to_json(detail)) for each, detail in details.items()}
    tx.backend.insert_rows(
        tx.connection,
        tables.activity,
        _ACTIVITY_COLUMNS,
        [
            (
                activity_id,
                tx.workspace_id,
                entry.lead_id,
                entry.kind.value,
                entry.actor_id,
                microseconds(entry.at),
                texts[id(entry.detail)],
                entry.source_key,
            )
            for activity_id, entry in zip(ids, kept, strict=True)
        ],
    )
    return ids


_WORDS = tuple(each.name for each in tables.lead.columns if isinstance(each.type, Text))
_MOMENTS = tuple(each.name for each in tables.lead.columns if isinstance(each.type, Moment))
_NOTHING: Mapping[str, Any] = {
    **dict.fromkeys(_WORDS, ""),
    **dict.fromkeys((each.name for each in tables.lead.columns if each.nullable), None),
    "custom": {},
}
"""What stands in the columns of a lead of which nothing is known."""

_LEAD_COLUMNS = (*_NOTHING, *("id", "workspace_id", "entered_at", "created_at"))
_in_order = itemgetter(*_LEAD_COLUMNS)
_NUMBER_COLUMNS = ("workspace_id", "lead_id", "e164", "written", "extension", "position", "sharing")
_ACTIVITY_COLUMNS = ("id", "workspace_id", "lead_id", "kind", "actor_id", "at", "detail", "source_key")


def _lead_row(tx: WorkspaceConnection, lead_id: int, new: NewLead, at: datetime) -> tuple[Any, ...]:
    values: dict[str, Any] = {
        **_NOTHING,
        **new.values,
        "id": lead_id,
        "workspace_id": tx.workspace_id,
        "created_at": at,
    }
    numbers = [number.e164 for number in new.numbers]
    if values["channel_latest_id"] is None:
        values["channel_latest_id"] = values["channel_first_id"]
    if values["owner_id"] is not None and values["owner_at"] is None:
        values["owner_at"] = at
    values |= word_keys(values, tx.language)
    for name in _MOMENTS:
        if values[name] is not None:
            values[name] = microseconds(values[name])
    values["phone"] = numbers[0] if numbers else ""
    answers = answers_found_by(values["custom"], tx.found_by)
    values["custom"] = json_text(values["custom"])
    noted = (new.note,) if new.note and new.source else new.import_notes
    values["search_key"] = search_text(
        values["name"], values["city"], values["email"], numbers, noted, answers
    )
    return _in_order(values)


def _insert_numbers(tx: WorkspaceConnection, numbers: Iterable[tuple[int, int, LeadNumber]]) -> None:
    rows = [
        (
            tx.workspace_id,
            lead_id,
            number.e164,
            number.written,
            number.extension,
            position,
            lead_id if number.shared else 0,
        )
        for lead_id, position, number in numbers
    ]
    # In the order of the unique index its pages are written once each.
    rows.sort(key=lambda row: row[2])
    tx.backend.insert_rows(tx.connection, tables.lead_number, _NUMBER_COLUMNS, rows)


def _insert_beginnings(
    tx: WorkspaceConnection, new: Sequence[tuple[int, NewLead]], actor_id: int | None
) -> None:
    """A *created* entry for each new lead, and its first note."""
    channel = tables.channel.c
    titles = {
        row.id: row.title
        for row in tx.connection.execute(
            select(channel.id, channel.title).where(channel.workspace_id == tx.workspace_id)
        )
    }
    entries: list[NewActivity] = []
    for lead_id, row in new:
        entered_at: datetime = row.values["entered_at"]
        title = titles.get(row.values.get("channel_first_id"), "")
        detail = _beginning(title, row.source, row.values.get("owner_id"))
        entries.append(NewActivity(lead_id, ActivityKind.CREATED, entered_at, actor_id, detail))
        if row.note:
            note = ActivityDetail(text=row.note, source=row.source)
            entries.append(NewActivity(lead_id, ActivityKind.NOTE, entered_at, actor_id, note))
    add_activities(tx, entries)


@lru_cache(maxsize=1024)
def _beginning(channel: str, source: str, owner_id: int | None) -> ActivityDetail:
    return ActivityDetail(channel=channel, source=source, owner_to_id=owner_id)


def _stored(value: Any) -> Any:
    return microseconds(value) if isinstance(value, datetime) else value


def _stored_type(parameter: str) -> TypeEngine[Any]:
    """Moments are given as they are kept: an import that is taken back has them so."""
    kind = _lead[parameter.removeprefix("new_")].type
    return BigInteger() if isinstance(kind, Moment) else kind


def _derived(change: LeadChange, language: str) -> dict[str, Any]:
    """The columns that follow from a name, a city, an e-mail address and numbers."""
    derived: dict[str, Any] = {}
    for name, key in word_keys(change.values, language).items():
        derived[f"new_{name}"] = key
    if change.after is not None:
        derived["new_search_key"] = search_text(*change.after)
    return derived


def _record(tx: WorkspaceConnection, lead_ids: Sequence[int]) -> None:
    if not lead_ids:
        return
    moved = lead_ids if len(lead_ids) <= MOST_SINGLE_CHANGES else [changes.WHOLE_TABLE]
    changes.record(tx, "lead", moved)


@dataclass(frozen=True, slots=True)
class PastStep:
    """One step to be written: what it changed, what the timeline says of it, and whether its time was promised."""

    step: FollowUp
    detail: ActivityDetail
    promised: bool = False


History = Sequence[PastStep]
"""All steps of one lead, which has had none yet; earliest first."""


def insert_histories(tx: WorkspaceConnection, zone: str, histories: Sequence[History]) -> None:
    """Write histories of leads that stand in this transaction.

    A step's reminder ends at the step after it: done where it had come due.
    """
    count = sum(map(len, histories))
    ids = iter(tx.backend.reserve_ids(tx.connection, tx.workspace_id, tables.follow_up, count))
    steps: list[tuple[Any, ...]] = []
    entries: list[tuple[Any, ...]] = []
    reminders: list[tuple[Any, ...]] = []
    for history in histories:
        for place, past in enumerate(history):
            follow_up_id = next(ids)
            ended_at = history[place + 1].step.at if place + 1 < len(history) else None
            steps.append(_step_row(tx.workspace_id, follow_up_id, past.step))
            entries.append(_entry_row(tx.workspace_id, follow_up_id, past))
            if past.step.remind_at is not None:
                reminders.append(_reminder_row(tx.workspace_id, follow_up_id, zone, past, ended_at))
    tx.backend.insert_rows(tx.connection, tables.follow_up, _STEP_COLUMNS, steps)
    tx.backend.insert_rows(tx.connection, tables.activity, _ENTRY_COLUMNS, entries)
    tx.backend.insert_rows(tx.connection, tables.reminder, _REMINDER_COLUMNS, reminders)
    change_leads(tx, [_lead_after(history) for history in histories if history])
    if reminders:
        changes.record(tx, "reminder", [changes.WHOLE_TABLE])


_STEP_COLUMNS = (
    *("workspace_id", "id", "lead_id", "actor_id", "at", "status_from_id", "status_to_id", "answers", "note"),
    *("owner_from_id", "owner_to_id", "remind_at", "attempt", "no_next_step"),
)
_ENTRY_COLUMNS = ("workspace_id", "lead_id", "kind", "actor_id", "at", "detail", "follow_up_id")
_REMINDER_COLUMNS = (
    *("workspace_id", "lead_id", "owner_id", "due", "wall", "zone", "kind", "state", "note", "created_at"),
    *("created_by", "rung_at", "ended_at", "ended_by", "follow_up_id"),
)


def _step_row(workspace_id: int, follow_up_id: int, step: FollowUp) -> tuple[Any, ...]:
    return (
        workspace_id,
        follow_up_id,
        step.lead_id,
        step.actor_id,
        microseconds(step.at),
        step.status_from_id,
        step.status_to.id,
        json_text(answers_to_json(step.answers)),
        step.note,
        step.owner_from_id,
        step.owner_to_id,
        None if step.remind_at is None else microseconds(step.remind_at),
        step.attempts,
        step.no_next_step,
    )


def _entry_row(workspace_id: int, follow_up_id: int, past: PastStep) -> tuple[Any, ...]:
    step = past.step
    detail = json_text(detail_to_json(past.detail))
    kind = ActivityKind.STATUS_SET.value
    return (workspace_id, step.lead_id, kind, step.actor_id, microseconds(step.at), detail, follow_up_id)


def _reminder_row(
    workspace_id: int, follow_up_id: int, zone: str, past: PastStep, ended_at: datetime | None
) -> tuple[Any, ...]:
    step = past.step
    due = step.remind_at or step.at
    kind = ReminderKind.CALLBACK if past.promised else ReminderKind.REMINDER
    if step.planned:
        kind = ReminderKind.ATTEMPT
    state = ReminderState.PENDING
    if ended_at is not None:
        state = ReminderState.ACKNOWLEDGED if due <= ended_at else ReminderState.CANCELLED
    rung = state is ReminderState.ACKNOWLEDGED and not step.planned
    owner_id = step.reminder_owner_id
    return (
        workspace_id,
        step.lead_id,
        owner_id,
        microseconds(due),
        wall_clock(due, zone).isoformat(),
        zone,
        kind.value,
        state.value,
        step.status_to.title,
        microseconds(step.at),
        step.actor_id,
        microseconds(due) if rung else None,
        None if ended_at is None else microseconds(ended_at),
        None if ended_at is None else owner_id,
        follow_up_id,
    )


def _lead_after(history: History) -> LeadChange:
    last = history[-1].step
    taken = [past.step for past in history if past.step.transferred]
    values = {
        "status_id": last.status_to.id,
        "status_at": last.at,
        "owner_id": last.owner_to_id,
        "owner_at": taken[-1].at if taken and last.owner_to_id is not None else None,
        "next_at": last.remind_at,
        "contacted_at": last.at,
        "attempts": last.attempts,
    }
    return LeadChange(last.lead_id, values)
