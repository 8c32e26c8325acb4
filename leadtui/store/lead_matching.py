"""Finding many customers at once by what tells who they are: for imports, inside their write transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Row, Select, bindparam, func, or_, select

from leadtui.domain.lead import ActivityKind, Lead, LeadNumber
from leadtui.store import lead_rows, tables
from leadtui.store.connection import WorkspaceConnection

UNDATED = "~"
"""Begins the `source_key` of an entry whose row told no date, so that its `at` is only when it was read."""

_AT_ONCE = 500
"""Values named in one statement: always so many, so that the driver prepares each statement once."""


def owners_of_numbers(tx: WorkspaceConnection, numbers: Collection[str]) -> dict[str, int]:
    """The id of the lead that has each of these E.164 numbers; numbers that nobody has are left out."""
    number = tables.lead_number.c
    owners = select(number.e164, number.lead_id).where(number.workspace_id == tx.workspace_id)
    return {row.e164: row.lead_id for row in _rows(tx, owners, number.e164, numbers)}


def forbidden_numbers(tx: WorkspaceConnection, numbers: Collection[str]) -> set[str]:
    """Those of these E.164 numbers that must not be rung, whoever has them."""
    listed = tables.do_not_call.c
    some = select(listed.e164).where(listed.workspace_id == tx.workspace_id)
    return {row.e164 for row in _rows(tx, some, listed.e164, numbers)}


def leads_by_email(tx: WorkspaceConnection, emails: Collection[str]) -> dict[str, list[int]]:
    """The ids of the leads that have each of these addresses (lower case), oldest first."""
    lead = tables.lead.c
    leads = select(lead.email, lead.id).where(lead.workspace_id == tx.workspace_id).order_by(lead.id)
    found: dict[str, list[int]] = {}
    for row in _rows(tx, leads, lead.email, emails):
        found.setdefault(row.email, []).append(row.id)
    return found


def whole_leads(tx: WorkspaceConnection, ids: Collection[int]) -> dict[int, Lead]:
    """The leads of these ids with all their numbers."""
    number = tables.lead_number.c
    listed = (
        select(number.lead_id, number.e164, number.written, number.extension)
        .where(number.workspace_id == tx.workspace_id)
        .order_by(number.lead_id, number.position, number.id)
    )
    numbers: dict[int, list[LeadNumber]] = {}
    for lead_id, *rest in _rows(tx, listed, number.lead_id, ids):
        numbers.setdefault(lead_id, []).append(LeadNumber(*rest))
    leads = lead_rows.rows(tx, ids)
    return {each: replace(lead, numbers=tuple(numbers.get(each, ()))) for each, lead in leads.items()}


def told_sources(tx: WorkspaceConnection, source_keys: Collection[str]) -> dict[str, int]:
    """The lead whose timeline holds each of `source_keys`; those that none holds are left out."""
    entry = tables.activity.c
    told = select(entry.source_key, entry.lead_id).where(entry.workspace_id == tx.workspace_id)
    return {row.source_key: row.lead_id for row in _rows(tx, told, entry.source_key, source_keys)}


def latest_arrivals(tx: WorkspaceConnection, ids: Collection[int]) -> dict[int, datetime]:
    """When each lead last came in through an entry channel, aware UTC, as far as somebody knows the moment."""
    entry = tables.activity.c
    dated = or_(entry.source_key.is_(None), entry.source_key.not_like(f"{UNDATED}%"))
    arrivals = (
        select(entry.lead_id, func.max(entry.at).label("latest"))
        .where(entry.workspace_id == tx.workspace_id, entry.kind.in_(_ARRIVALS), dated)
        .group_by(entry.lead_id)
    )
    return {row.lead_id: row.latest for row in _rows(tx, arrivals, entry.lead_id, ids)}


_ARRIVALS = tuple(kind.value for kind in (ActivityKind.CREATED, ActivityKind.TOUCHED, ActivityKind.CALL_IN))


def _rows(
    tx: WorkspaceConnection, statement: Select[*tuple[Any, ...]], column: Column[Any], values: Collection[Any]
) -> Iterator[Row[*tuple[Any, ...]]]:
    """What `statement` gives for these values of a column, a part of them at a time."""
    named = statement.where(column.in_(bindparam("values", expanding=True)))
    wanted = sorted(set(values))  # in the order of the index
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        some += [some[-1]] * (_AT_ONCE - len(some))
        yield from tx.connection.execute(named, {"values": some})
