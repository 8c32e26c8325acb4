"""What a store says twice, and whether both agree; and putting right what can be proven from the other rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    ScalarSelect,
    Table,
    Update,
    and_,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)

from leadtui.domain.case import CaseAct
from leadtui.domain.field import FieldKind
from leadtui.domain.importing import Outcome
from leadtui.domain.lead import ActivityDetail, ActivityKind
from leadtui.domain.lead_fields import PHONE
from leadtui.domain.reminder import ReminderKind, ReminderState
from leadtui.domain.status import CartableRule, ReminderRule, StatusKind
from leadtui.domain.workspace import WITH_CARTABLE
from leadtui.errors import StoreError
from leadtui.store import activities, changes, erasing, reminders, tables
from leadtui.store.backend import backend_of
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.engine import Store
from leadtui.store.schema import HEAD
from leadtui.store.search_keys import DERIVED, keys


class Fault(StrEnum):
    """What does not agree."""

    SCHEMA = "schema"
    """Tables, indexes, triggers and views are those that leadtui makes."""
    VALUES = "values"
    """Every column holds values of its kind: moments, JSON, one of the words that it can be."""
    REFERENCES = "references"
    """Rows that point to a row that is gone."""
    WITHIN_LEADS = "within-leads"
    """What the rows of a lead say of one another, which no foreign key keeps: the step that set a reminder, and so on."""
    ZONES = "zones"
    """A reminder is due when the wall clock shows what the person meant, by the rules that zones have now."""
    NEXT_AT = "next-at"
    """`lead.next_at` is when the earliest pending reminder is due."""
    PHONE = "phone"
    """`lead.phone` is the first of the lead's numbers."""
    PHONE_ALONE = "phone-alone"
    """A number that is rung is among the lead's numbers."""
    SEARCH_KEY = "search-key"
    """What customers are found and sorted by follows from their names, cities, addresses and numbers."""
    SEARCH_INDEX = "search-index"
    SEARCH_TRACES = "search-traces"
    """Who is gone is gone from the search index, too: an import is not taken back by half."""
    VERSION = "version"
    """No step left a lead at a later version than it has."""
    IMPORT_COUNTS = "import-counts"
    """The counts of an import are those of its rows."""
    OWNER = "owner"
    """Customers are in the cartables of people who work here."""
    FINAL_REMINDERS = "final-reminders"
    """Nobody is reminded of a customer whose status ends the work."""
    ERASURES = "erasures"
    """What was erased is gone from the store's files, too."""
    PRESENCE = "presence"
    """Terminals that ended without saying so."""


REPAIRABLE = (
    Fault.SCHEMA,  # before anything else: a trigger that somebody added would be at work in what follows
    *(
        Fault.REFERENCES,
        Fault.WITHIN_LEADS,
        Fault.PHONE,
        Fault.ZONES,
        Fault.NEXT_AT,
        Fault.SEARCH_KEY,
        Fault.SEARCH_INDEX,
        Fault.SEARCH_TRACES,
    ),
    *(Fault.VERSION, Fault.IMPORT_COUNTS, Fault.PRESENCE, Fault.ERASURES),
)
"""What can be proven from other rows, in the order in which it is put right: the later follows from the earlier."""


@dataclass(frozen=True, slots=True)
class Found:
    """How many rows have a fault, or which parts of the tables."""

    fault: Fault
    rows: int
    names: tuple[str, ...] = ()


def look(store: Store, seen_before: datetime) -> Iterator[Found]:
    """Every fault that the store has; where its tables are not what they should be, as far as it can be told.

    Terminals that were not seen after `seen_before` (aware UTC) are gone.
    """
    strange = False
    for fault in Fault:
        try:
            found = _look_for(store, fault, seen_before)
        except StoreError:
            if strange:
                return
            raise
        if found.rows:
            yield found
            strange = strange or fault is Fault.SCHEMA


def _look_for(store: Store, fault: Fault, seen_before: datetime) -> Found:
    if fault is Fault.SEARCH_INDEX:
        with store.write() as connection:
            return Found(fault, 0 if store.backend.search_agrees(connection) else 1)
    with store.read() as connection:
        if fault in _NAMED:
            names = tuple(_NAMED[fault](connection))
            return Found(fault, len(names), names)
        return Found(fault, _count(connection, fault, seen_before))


def repair(store: Store, fault: Fault, seen_before: datetime, now: datetime) -> None:
    """Put right every row that has the fault, which is one of REPAIRABLE, as far as nothing stands in the way."""
    if fault is Fault.ERASURES and not store.erase_all_traces():
        return
    with store.write() as connection:
        if fault is Fault.ERASURES:
            erasing.mark_wiped(connection, now)
        else:
            _repair(connection, fault, seen_before, now)


def _repair(connection: Connection, fault: Fault, seen_before: datetime, now: datetime) -> None:
    if fault is Fault.SCHEMA:
        backend_of(connection).mend_schema(connection, HEAD)
    elif fault is Fault.REFERENCES:
        backend_of(connection).mend_references(
            connection
        )  # of leads that are gone, in whose timelines nothing can stand
    elif fault is Fault.WITHIN_LEADS:
        _mend_within_leads(connection, now)
    elif fault is Fault.ZONES:
        _mend_zones(connection, now)
    elif fault is Fault.SEARCH_KEY:
        _mend_search_keys(connection)
    elif fault is Fault.SEARCH_INDEX:
        backend_of(connection).rebuild_search(connection)
    elif fault is Fault.SEARCH_TRACES:
        backend_of(connection).clean_search(connection)
    elif fault is Fault.PRESENCE:
        connection.execute(delete(tables.presence).where(tables.presence.c.seen_at < seen_before))
    elif fault in (Fault.NEXT_AT, Fault.PHONE):
        _mend_leads(connection, fault, now)
    else:
        connection.execute(_REPAIRS[fault])
    for workspace_id in _workspaces(connection):
        changes.record(WorkspaceConnection(connection, workspace_id), "lead", [changes.WHOLE_TABLE])


def _mend_leads(connection: Connection, fault: Fault, now: datetime) -> None:
    """Put right what leads say of their own rows."""
    rows = connection.execute(
        select(_lead.workspace_id, _lead.id, _lead.phone, _first_number, _lead.next_at, _due).where(
            _FAULTY[fault][1]
        )
    ).all()
    connection.execute(_REPAIRS[fault])
    details = {
        (workspace_id, lead_id): ActivityDetail(changes=((PHONE, phone_was, phone),))
        if fault is Fault.PHONE
        else ActivityDetail(reminder_was=due_was, reminder_at=due)
        for workspace_id, lead_id, phone_was, phone, due_was, due in rows
    }
    _tell(connection, details, now)


def _mend_zones(connection: Connection, now: datetime) -> None:
    details: dict[tuple[int, int], ActivityDetail] = {}
    for workspace_id in _workspaces(connection):
        tx = WorkspaceConnection(connection, workspace_id)
        moved = {lead_id for _reminder_id, lead_id, _due in reminders.moved_by_zones(tx)}
        due_was = {lead_id: reminders.next_due(tx, lead_id) for lead_id in moved}
        reminders.follow_zones(tx)
        for lead_id, was in due_was.items():
            due = ActivityDetail(reminder_was=was, reminder_at=reminders.next_due(tx, lead_id))
            details[workspace_id, lead_id] = due
    _tell(connection, details, now)


def _tell(connection: Connection, details: Mapping[tuple[int, int], ActivityDetail], now: datetime) -> None:
    """What was put right of leads, by their workspaces and ids, is a change as any other, and stands in their timelines."""
    for (workspace_id, lead_id), detail in details.items():
        this = (_lead.workspace_id == workspace_id, _lead.id == lead_id)
        connection.execute(update(tables.lead).where(*this).values(version=_lead.version + 1))
        tx = WorkspaceConnection(connection, workspace_id)
        activities.add(tx, lead_id, ActivityKind.REPAIRED, now, None, detail)


_lead, _number, _reminder = tables.lead.c, tables.lead_number.c, tables.reminder.c
_step, _batch, _row = tables.step.c, tables.import_batch.c, tables.import_row.c
_status, _member = tables.status.c, tables.membership.c

_OWNING = sorted(each.value for each in WITH_CARTABLE)

_due = (
    select(func.min(_reminder.due))
    .where(
        _reminder.workspace_id == _lead.workspace_id,
        _reminder.lead_id == _lead.id,
        _reminder.state == ReminderState.PENDING.value,
    )
    .correlate(tables.lead)
    .scalar_subquery()
)
_first_number = (
    select(_number.e164)
    .where(_number.workspace_id == _lead.workspace_id, _number.lead_id == _lead.id)
    .order_by(_number.position, _number.id)
    .limit(1)
    .correlate(tables.lead)
    .scalar_subquery()
)
_latest_version = (
    select(func.max(_step.version_after))
    .where(_step.workspace_id == _lead.workspace_id, _step.lead_id == _lead.id)
    .correlate(tables.lead)
    .scalar_subquery()
)


def _rows_of_import(*outcome: ColumnElement[bool]) -> ScalarSelect[int]:
    theirs = (_row.workspace_id == _batch.workspace_id, _row.batch_id == _batch.id, *outcome)
    counted = select(func.count()).select_from(tables.import_row).where(*theirs)
    return counted.correlate(tables.import_batch).scalar_subquery()


_counts = {
    "read_count": _rows_of_import(),
    **{f"{each.value}_count": _rows_of_import(_row.outcome == each.value) for each in Outcome},
}

_FAULTY: dict[Fault, tuple[Table, ColumnElement[bool]]] = {
    Fault.NEXT_AT: (tables.lead, _lead.next_at.is_distinct_from(_due)),
    Fault.PHONE: (tables.lead, and_(_first_number.is_not(None), _lead.phone != _first_number)),
    Fault.PHONE_ALONE: (tables.lead, and_(_lead.phone != "", _first_number.is_(None))),
    Fault.VERSION: (tables.lead, _lead.version < _latest_version),
    Fault.IMPORT_COUNTS: (
        tables.import_batch,
        or_(*(_batch[name] != rows for name, rows in _counts.items())),
    ),
    Fault.OWNER: (
        tables.lead,
        and_(
            _lead.owner_id.is_not(None),
            ~exists().where(
                _member.workspace_id == _lead.workspace_id,
                _member.user_id == _lead.owner_id,
                _member.state.in_(_OWNING),
            ),
        ),
    ),
    Fault.FINAL_REMINDERS: (
        tables.reminder,
        and_(
            _reminder.state == ReminderState.PENDING.value,
            exists().where(
                _lead.workspace_id == _reminder.workspace_id,
                _lead.id == _reminder.lead_id,
                _status.id == _lead.status_id,
                _status.kind != StatusKind.OPEN.value,
                _status.cartable == CartableRule.NONE.value,
            ),
        ),
    ),
    Fault.ERASURES: (tables.erasure, tables.erasure.c.wiped_at.is_(None)),
}
"""In which table, and in which of its rows, a fault shows."""

_REPAIRS: dict[Fault, Update] = {
    fault: update(_FAULTY[fault][0]).where(_FAULTY[fault][1]).values(values)
    for fault, values in {
        Fault.NEXT_AT: {"next_at": _due},
        Fault.PHONE: {"phone": _first_number},
        Fault.VERSION: {"version": _latest_version},
        Fault.IMPORT_COUNTS: _counts,
    }.items()
}

_WITHIN_LEADS: dict[Column[Any], Table] = {
    tables.follow_up.c.undoes_id: tables.follow_up,
    tables.activity.c.follow_up_id: tables.follow_up,
    tables.reminder.c.follow_up_id: tables.follow_up,
    tables.reminder.c.replaces_id: tables.reminder,
    tables.step.c.activity_id: tables.activity,
}
"""The columns by which rows of a lead point to one another, without a foreign key: docs/decisions/ids.md."""

_WORDS: dict[Column[str], type[StrEnum]] = {
    tables.field.c.kind: FieldKind,
    tables.status.c.kind: StatusKind,
    tables.status.c.cartable: CartableRule,
    tables.status.c.reminder: ReminderRule,
    tables.reminder.c.kind: ReminderKind,
    tables.reminder.c.state: ReminderState,
    tables.activity.c.kind: ActivityKind,
    tables.case_entry.c.act: CaseAct,
    tables.import_row.c.outcome: Outcome,
}
"""The columns that hold one of some words."""


def _schema_differences(connection: Connection) -> list[str]:
    return backend_of(connection).schema_differences(connection, HEAD)


def _misfits(connection: Connection) -> list[str]:
    other_words = (
        str(column)
        for column, words in _WORDS.items()
        if connection.execute(
            select(column).where(column.not_in([each.value for each in words])).limit(1)
        ).first()
    )
    return sorted({*backend_of(connection).misfits(connection), *other_words})


_NAMED = {Fault.SCHEMA: _schema_differences, Fault.VALUES: _misfits}
"""The faults of which the parts of the tables are named that have them."""

_LEADS_AT_ONCE = 10_000


def _count(connection: Connection, fault: Fault, seen_before: datetime) -> int:
    if fault is Fault.REFERENCES:
        return backend_of(connection).broken_references(connection)
    if fault is Fault.SEARCH_TRACES:
        return 1 if backend_of(connection).search_keeps_deleted(connection) else 0
    if fault is Fault.WITHIN_LEADS:
        return sum(_count_rows(connection, column.table, _points_nowhere(column)) for column in _WITHIN_LEADS)
    if fault is Fault.ZONES:
        return sum(
            1
            for workspace_id in _workspaces(connection)
            for _moved in reminders.moved_by_zones(WorkspaceConnection(connection, workspace_id))
        )
    if fault is Fault.SEARCH_KEY:
        return sum(1 for _wrong in _wrong_keys(connection))
    if fault is Fault.PRESENCE:
        table, faulty = tables.presence, tables.presence.c.seen_at < seen_before
    else:
        table, faulty = _FAULTY[fault]
    return _count_rows(connection, table, faulty)


def _count_rows(connection: Connection, table: Table, faulty: ColumnElement[bool]) -> int:
    return connection.execute(select(func.count()).select_from(table).where(faulty)).scalar_one()


def _points_nowhere(column: Column[Any]) -> ColumnElement[bool]:
    there = _WITHIN_LEADS[column].alias("there")
    found = exists().where(there.c.workspace_id == column.table.c.workspace_id, there.c.id == column)
    return and_(column.is_not(None), ~found)


def _mend_within_leads(connection: Connection, now: datetime) -> None:
    """What points nowhere says nothing any more; a step that no activity tells can be taken back by nobody."""
    about: set[tuple[int, int]] = set()
    for column in _WITHIN_LEADS:
        lost, of = _points_nowhere(column), column.table.c
        found = connection.execute(select(of.workspace_id, of.lead_id).where(lost).distinct())
        about |= {(workspace_id, lead_id) for workspace_id, lead_id in found}
        connection.execute(
            update(column.table).where(lost).values({column: None})
            if column.nullable
            else delete(column.table).where(lost)
        )
    _tell(connection, dict.fromkeys(about, ActivityDetail()), now)


def _workspaces(connection: Connection) -> Sequence[int]:
    return connection.execute(select(tables.workspace.c.id).order_by(tables.workspace.c.id)).scalars().all()


def _wrong_keys(connection: Connection) -> Iterator[tuple[int, dict[str, str]]]:
    """The leads that are sorted or found by something else than they say, and the keys that they should have."""
    for workspace_id in _workspaces(connection):
        leads = (
            select(_lead.id, *(_lead[column] for column in DERIVED))
            .where(_lead.workspace_id == workspace_id)
            .order_by(_lead.id)
            .limit(_LEADS_AT_ONCE)
        )
        last = 0
        while some := connection.execute(leads.where(_lead.id > last)).all():
            first, last = some[0].id, some[-1].id
            right = keys(
                WorkspaceConnection(connection, workspace_id),
                lambda column, first=first, last=last: column.between(first, last),
            )
            for lead_id, *present in some:
                if dict(zip(DERIVED, present, strict=True)) != right[lead_id]:
                    yield lead_id, right[lead_id]


def _mend_search_keys(connection: Connection) -> None:
    for lead_id, right in list(_wrong_keys(connection)):
        connection.execute(update(tables.lead).where(_lead.id == lead_id).values(right))


@dataclass(frozen=True, slots=True)
class StoreCounts:
    """What a store holds, over all of its workspaces."""

    customers: int
    pending_reminders: int
    activities: int


def count(connection: Connection) -> StoreCounts:
    """How much the store holds."""
    pending = tables.reminder.c.state == ReminderState.PENDING.value
    numbers = (
        connection.execute(statement).scalar_one()
        for statement in (
            select(func.count()).select_from(tables.lead),
            select(func.count()).select_from(tables.reminder).where(pending),
            select(func.count()).select_from(tables.activity),
        )
    )
    return StoreCounts(*numbers)
