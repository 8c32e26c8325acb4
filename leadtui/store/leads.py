"""Leads as they are kept: reading one whole, and changing it under a version check."""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_, select, update

from leadtui.domain.cartable import CartableEntry
from leadtui.domain.lead import Lead, LeadNumber
from leadtui.errors import Conflict, NotFound
from leadtui.language.translate import _
from leadtui.store import changes, reminders, tables
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.lead_rows import LEAD_COLUMNS, lead_from

_columns = tables.lead.c


def get(tx: WorkspaceConnection, lead_id: int) -> Lead:
    """The lead with all its numbers. Raises NotFound."""
    row = tx.connection.execute(
        select(*LEAD_COLUMNS).where(_columns.workspace_id == tx.workspace_id, _columns.id == lead_id)
    ).one_or_none()
    if row is None:
        raise no_such_lead(lead_id)
    return lead_from(row, numbers=numbers_of(tx, lead_id))


def no_such_lead(lead_id: int) -> NotFound:
    """The sentence for a lead that is not there, or not for the person to see."""
    words = _("Customer {id} is not here: erased, merged into another, or not yours to see.")
    return NotFound(words.format(id=lead_id))


def numbers_of(tx: WorkspaceConnection, lead_id: int) -> tuple[LeadNumber, ...]:
    """The lead's numbers, the rung one first."""
    number = tables.lead_number.c
    rows = tx.connection.execute(
        select(number.e164, number.written, number.extension)
        .where(number.workspace_id == tx.workspace_id, number.lead_id == lead_id)
        .order_by(number.position, number.id)
    )
    return tuple(LeadNumber(*row) for row in rows)


def change(tx: WorkspaceConnection, lead: Lead, **values: Any) -> int:
    """Write `values` over the lead, as `lead` was read, and return its new version.

    Its `next_at` is brought up to date with its pending reminders in the same step.
    Raises Conflict where somebody else has changed it since.
    """
    result = tx.connection.execute(
        update(tables.lead)
        .where(
            _columns.workspace_id == tx.workspace_id, _columns.id == lead.id, _columns.version == lead.version
        )
        .values(version=lead.version + 1, next_at=reminders.next_due(tx, lead.id), **values)
    )
    if result.rowcount != 1:
        raise changed_meanwhile(lead)
    changes.record(tx, "lead", [lead.id])
    return lead.version + 1


def changed_meanwhile(lead: Lead) -> Conflict:
    """The sentence for a lead that somebody else has changed."""
    if not lead.name:
        return Conflict(
            _("This customer was changed by somebody else in the meantime; look at it again, then save.")
        )
    words = _("{name} was changed by somebody else in the meantime; look at it again, then save.")
    return Conflict(words.format(name=lead.name))


def find_by_number(tx: WorkspaceConnection, e164: str) -> int | None:
    """The id of the lead that has this number, as its first or as another."""
    number = tables.lead_number.c
    return tx.connection.execute(
        select(number.lead_id).where(number.workspace_id == tx.workspace_id, number.e164 == e164)
    ).scalar()


def find_by_national_number(tx: WorkspaceConnection, digits: str) -> list[int]:
    """The ids of the leads with a number that is a country code and these digits, oldest first. Reads all numbers."""
    number = tables.lead_number.c
    countries = ("_", "__", "___")
    rows = tx.connection.execute(
        select(number.lead_id)
        .where(
            number.workspace_id == tx.workspace_id,
            or_(*(number.e164.like(f"+{country}{digits}") for country in countries)),
        )
        .distinct()
        .order_by(number.lead_id)
    )
    return list(rows.scalars())


def find_by_email(tx: WorkspaceConnection, email: str) -> list[int]:
    """The ids of the leads with this e-mail address (lower case), oldest first."""
    rows = tx.connection.execute(
        select(_columns.id)
        .where(_columns.workspace_id == tx.workspace_id, _columns.email == email)
        .order_by(_columns.id)
    )
    return list(rows.scalars())


def find_by_name(tx: WorkspaceConnection, name_sort: str, limit: int) -> list[int]:
    """The ids of the leads whose name sorts as `name_sort`, oldest first, at most `limit`."""
    rows = tx.connection.execute(
        select(_columns.id)
        .where(_columns.workspace_id == tx.workspace_id, _columns.name_sort == name_sort)
        .order_by(_columns.id)
        .limit(limit)
    )
    return list(rows.scalars())


def cartable(tx: WorkspaceConnection, owner_id: int) -> list[CartableEntry]:
    """What the order of a person's cartable depends on, for each of their leads."""
    rows = tx.connection.execute(
        select(_columns.id, _columns.next_at, _columns.contacted_at, _columns.owner_at)
        .where(_columns.workspace_id == tx.workspace_id, _columns.owner_id == owner_id)
        .order_by(_columns.id)
    ).all()
    promised = reminders.promised_leads(tx, owner_id)
    return [
        CartableEntry(
            lead_id=row.id,
            next_at=row.next_at,
            promised=row.id in promised,
            contacted=row.contacted_at is not None,
            owner_at=row.owner_at,
        )
        for row in rows
    ]
