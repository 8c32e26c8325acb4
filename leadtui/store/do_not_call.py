"""The numbers that must not be rung."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, and_, bindparam, delete, exists, insert, or_, select

from leadtui.domain.do_not_call import Ban, ListedNumber
from leadtui.domain.status import StatusKind
from leadtui.domain.visibility import Visibility
from leadtui.store import changes, tables
from leadtui.store.column_types import microseconds, moment
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.expressions import in_cartables_of

_columns = tables.do_not_call.c

AT_ONCE = 10_000
"""The most numbers that one statement names."""


def forbidden() -> ColumnElement[bool]:
    """Whether the lead of a row must not be rung: by its status, or by any number of its own that is on the list.

    While the list is empty no number is looked at.
    """
    number, status = tables.lead_number.c, tables.status.c
    by_status = exists().where(
        status.id == tables.lead.c.status_id, status.kind == StatusKind.DO_NOT_CALL.value
    )
    some = exists(select(_columns.id).correlate(None))
    by_number = exists().where(
        number.workspace_id == tables.lead.c.workspace_id,
        number.lead_id == tables.lead.c.id,
        _columns.workspace_id == number.workspace_id,
        _columns.e164 == number.e164,
    )
    return or_(by_status.correlate(tables.lead), and_(some, by_number.correlate(tables.lead)))


def of_numbers(tx: WorkspaceConnection, e164s: Collection[str]) -> tuple[Ban, ...]:
    """Those of the numbers that are on the list, the oldest entry first."""
    found: list[Ban] = []
    wanted = list(e164s)
    for start in range(0, len(wanted), AT_ONCE):
        rows = tx.connection.execute(
            select(_columns.added_at, _columns.added_by, _columns.reason, _columns.e164)
            .where(_columns.workspace_id == tx.workspace_id, _named(wanted[start : start + AT_ONCE]))
            .order_by(_columns.id)
        )
        found += [Ban(*row) for row in rows]
    return tuple(found)


def listed(tx: WorkspaceConnection, visibility: Visibility) -> tuple[ListedNumber, ...]:
    """The whole list, the newest entry first; of customers whom a person with that visibility does not see the number alone."""
    number, lead = tables.lead_number.c, tables.lead.c
    seen = in_cartables_of(lead.owner_id, visibility.customers)
    rows = tx.connection.execute(
        select(_columns.added_at, _columns.added_by, _columns.reason, _columns.e164, lead.id, lead.name)
        .outerjoin(
            tables.lead_number,
            and_(number.workspace_id == _columns.workspace_id, number.e164 == _columns.e164),
        )
        .outerjoin(
            tables.lead, and_(lead.workspace_id == number.workspace_id, lead.id == number.lead_id, seen)
        )
        .where(_columns.workspace_id == tx.workspace_id)
        .order_by(_columns.added_at.desc(), _columns.id.desc(), number.sharing)
    )
    found: dict[Ban, list[tuple[int, str]]] = {}
    for *ban, lead_id, name in rows:
        found.setdefault(Ban(*ban), []).extend([] if lead_id is None else [(lead_id, name)])
    return tuple(ListedNumber(ban, tuple(holders)) for ban, holders in found.items())


def add(tx: WorkspaceConnection, bans: Iterable[Ban]) -> None:
    """Put numbers on the list that are not on it yet."""
    rows = [
        {
            "workspace_id": tx.workspace_id,
            "e164": each.e164,
            "reason": each.reason,
            "added_at": each.at,
            "added_by": each.by,
        }
        for each in bans
    ]
    if rows:
        tx.connection.execute(insert(tables.do_not_call), rows)
        _record(tx)


def remove(tx: WorkspaceConnection, e164s: Collection[str]) -> tuple[Ban, ...]:
    """Take numbers off the list, and return their entries."""
    gone = of_numbers(tx, e164s)
    if gone:
        tx.connection.execute(
            delete(tables.do_not_call).where(
                _columns.workspace_id == tx.workspace_id, _named([each.e164 for each in gone])
            )
        )
        _record(tx)
    return gone


def kept(bans: Iterable[Ban]) -> list[list[object]]:
    """Entries of the list as a step keeps them: (e164, reason, microseconds since 1970, by whom)."""
    return [
        [each.e164, each.reason, None if each.at is None else microseconds(each.at), each.by] for each in bans
    ]


def from_kept(rows: Iterable[tuple[str, str, int, int | None]]) -> tuple[Ban, ...]:
    """The reverse of `kept`."""
    return tuple(Ban(moment(at), by, reason, e164) for e164, reason, at, by in rows)


def _named(e164s: list[str]) -> ColumnElement[bool]:
    return _columns.e164.in_(bindparam("e164s", e164s, expanding=True))


def _record(tx: WorkspaceConnection) -> None:
    changes.record(tx, "do_not_call", [changes.WHOLE_TABLE])
