"""What leads are found by, as it follows from their rows: for whoever changed one of these without writing the search text."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from typing import Any, TypeAlias
from typing import cast as as_type

from sqlalchemy import Column, ColumnElement, Text, cast, select, update

from leadtui.domain.lead import ActivityKind
from leadtui.store import tables
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.search import search_text

_lead, _number, _entry = tables.lead.c, tables.lead_number.c, tables.activity.c

Those: TypeAlias = Callable[[Column[int]], ColumnElement[bool]]
"""Which leads: a condition for the column that holds their ids."""

_AT_ONCE = 500


def texts(tx: WorkspaceConnection, those: Those) -> dict[int, str]:
    """The search text that each of these leads should have."""
    notes = _notes(tx, those)
    numbers: dict[int, list[str]] = {}
    for lead_id, e164 in tx.connection.execute(
        select(_number.lead_id, _number.e164)
        .where(_number.workspace_id == tx.workspace_id, those(_number.lead_id))
        .order_by(_number.lead_id, _number.position, _number.id)
    ):
        numbers.setdefault(lead_id, []).append(e164)
    leads = tx.connection.execute(
        select(_lead.id, _lead.name, _lead.city, _lead.email).where(
            _lead.workspace_id == tx.workspace_id, those(_lead.id)
        )
    )
    return {
        lead_id: search_text(name, city, email, numbers.get(lead_id, ()), notes.get(lead_id, ()))
        for lead_id, name, city, email in leads
    }


def refresh(tx: WorkspaceConnection, lead_ids: Collection[int]) -> None:
    """Write the search text of these leads anew."""
    wanted = sorted(set(lead_ids))
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        for lead_id, text in texts(tx, lambda column, some=some: column.in_(some)).items():
            # The trigger of the index asks by itself whether anything is another.
            here = update(tables.lead).where(_lead.workspace_id == tx.workspace_id, _lead.id == lead_id)
            tx.connection.execute(here.values(search_key=text))


def import_notes(tx: WorkspaceConnection, lead_ids: Collection[int]) -> dict[int, list[str]]:
    """What imports noted about these leads, the newest first."""
    wanted = sorted(set(lead_ids))
    found: dict[int, list[str]] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        found |= _notes(tx, lambda column, some=some: column.in_(some))
    return found


def noted_by_imports(tx: WorkspaceConnection) -> set[int]:
    """The leads about which an import noted anything. Reads all notes."""
    return set(_notes(tx, lambda _column: _entry.lead_id.is_not(None)))


def _notes(tx: WorkspaceConnection, those: Those) -> dict[int, list[str]]:
    # Read as text: a detail that is damaged says nothing here, and is told as what it is by who looks for damage.
    detail = cast(_entry.detail, Text)
    rows = tx.connection.execute(
        select(_entry.lead_id, detail)
        .where(
            _entry.workspace_id == tx.workspace_id,
            those(_entry.lead_id),
            _entry.kind == ActivityKind.NOTE.value,
            detail.contains('"source"'),
        )
        .order_by(_entry.id.desc())
    )
    found: dict[int, list[str]] = {}
    for lead_id, kept in rows:
        said = _read(kept)
        if said.get("source") and said.get("text"):
            found.setdefault(lead_id, []).append(str(said["text"]))
    return found


def _read(kept: str) -> dict[str, Any]:
    try:
        said = json.loads(kept)
    except (ValueError, TypeError, RecursionError):
        return {}
    return as_type("dict[str, Any]", said) if isinstance(said, dict) else {}
