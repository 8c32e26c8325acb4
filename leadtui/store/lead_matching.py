"""Finding many customers at once by what tells who they are: for imports, inside their write transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from leadtui.domain.lead import ActivityKind, Lead, LeadNumber
from leadtui.store import lead_rows
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.tables import moment

UNDATED = "~"
"""Begins the `source_key` of an entry whose row told no date, so that its `at` is only when it was read."""

_AT_ONCE = 500
"""Values named in one statement: always so many, so that the driver prepares each statement once."""


def owners_of_numbers(tx: WorkspaceConnection, numbers: Collection[str]) -> dict[str, int]:
    """The id of the lead that has each of these E.164 numbers; numbers that nobody has are left out."""
    statement = "SELECT e164, lead_id FROM lead_number WHERE workspace_id = ? AND e164 IN ({values})"
    return dict(_rows(tx, statement, (tx.workspace_id,), numbers))


def forbidden_numbers(tx: WorkspaceConnection, numbers: Collection[str]) -> set[str]:
    """Those of these E.164 numbers that must not be rung, whoever has them."""
    statement = "SELECT e164, id FROM do_not_call WHERE workspace_id = ? AND e164 IN ({values})"
    return {e164 for e164, _id in _rows(tx, statement, (tx.workspace_id,), numbers)}


def leads_by_email(tx: WorkspaceConnection, emails: Collection[str]) -> dict[str, list[int]]:
    """The ids of the leads that have each of these addresses (lower case), oldest first."""
    statement = "SELECT email, id FROM lead WHERE workspace_id = ? AND email IN ({values}) ORDER BY id"
    found: dict[str, list[int]] = {}
    for email, lead_id in _rows(tx, statement, (tx.workspace_id,), emails):
        found.setdefault(email, []).append(lead_id)
    return found


def whole_leads(tx: WorkspaceConnection, ids: Collection[int]) -> dict[int, Lead]:
    """The leads of these ids with all their numbers."""
    statement = (
        "SELECT lead_id, e164, written, extension FROM lead_number WHERE lead_id IN ({values}) "
        "ORDER BY lead_id, position, id"
    )
    numbers: dict[int, list[LeadNumber]] = {}
    for lead_id, *number in _rows(tx, statement, (), ids):
        numbers.setdefault(lead_id, []).append(LeadNumber(*number))
    leads = lead_rows.rows(tx, ids)
    return {each: replace(lead, numbers=tuple(numbers.get(each, ()))) for each, lead in leads.items()}


def told_sources(tx: WorkspaceConnection, source_keys: Collection[str]) -> dict[str, int]:
    """The lead whose timeline holds each of `source_keys`; those that none holds are left out."""
    statement = "SELECT source_key, lead_id FROM activity WHERE workspace_id = ? AND source_key IN ({values})"
    return dict(_rows(tx, statement, (tx.workspace_id,), source_keys))


def latest_arrivals(tx: WorkspaceConnection, ids: Collection[int]) -> dict[int, datetime]:
    """When each lead last came in through an entry channel, aware UTC, as far as somebody knows the moment."""
    kinds = ", ".join(f"'{kind.value}'" for kind in _ARRIVALS)
    statement = (
        f"SELECT lead_id, max(at) FROM activity WHERE kind IN ({kinds}) "
        f"AND (source_key IS NULL OR source_key NOT LIKE '{UNDATED}%') "
        "AND lead_id IN ({values}) GROUP BY lead_id"
    )
    return {lead_id: moment(at) for lead_id, at in _rows(tx, statement, (), ids)}


_ARRIVALS = (ActivityKind.CREATED, ActivityKind.TOUCHED, ActivityKind.CALL_IN)


def _rows(
    tx: WorkspaceConnection, statement: str, first: tuple[Any, ...], values: Collection[Any]
) -> Iterator[tuple[Any, ...]]:
    """Run `statement` over `values`, a part of them at a time."""
    wanted = sorted(set(values))  # in the order of the index
    marks = ", ".join("?" * _AT_ONCE)
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        some += [some[-1]] * (_AT_ONCE - len(some))
        for row in tx.connection.exec_driver_sql(statement.format(values=marks), (*first, *some)):
            yield tuple(row)
