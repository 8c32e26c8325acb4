"""What a store says twice, and whether both agree; and putting right what can be proven from the other rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from leadtui.language.text import sort_key
from leadtui.store import changes
from leadtui.store.backend import backend_of
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.engine import Store
from leadtui.store.search import search_text
from leadtui.store.tables import microseconds


class Fault(StrEnum):
    """What does not agree."""

    REFERENCES = "references"
    """Rows that point to a row that is gone."""
    NEXT_AT = "next-at"
    """`lead.next_at` is when the earliest pending reminder is due."""
    PHONE = "phone"
    """`lead.phone` is the first of the lead's numbers."""
    PHONE_ALONE = "phone-alone"
    """A number that is rung is among the lead's numbers."""
    SEARCH_KEY = "search-key"
    """What customers are found and sorted by follows from their names, cities, addresses and numbers."""
    SEARCH_INDEX = "search-index"
    VERSION = "version"
    """No step left a lead at a later version than it has."""
    IMPORT_COUNTS = "import-counts"
    """The counts of an import are those of its rows."""
    OWNER = "owner"
    """Customers are in the cartables of people who work here."""
    FINAL_REMINDERS = "final-reminders"
    """Nobody is reminded of a customer whose status ends the work."""
    PRESENCE = "presence"
    """Terminals that ended without saying so."""


REPAIRABLE = (
    *(Fault.REFERENCES, Fault.PHONE, Fault.NEXT_AT, Fault.SEARCH_KEY, Fault.SEARCH_INDEX),
    *(Fault.VERSION, Fault.IMPORT_COUNTS, Fault.PRESENCE),
)
"""What can be proven from other rows, in the order in which it is put right: the later follows from the earlier."""


@dataclass(frozen=True, slots=True)
class Found:
    """How many rows have a fault."""

    fault: Fault
    rows: int


def look(store: Store, seen_before: datetime) -> Iterator[Found]:
    """Every fault that the store has. Terminals that were not seen after `seen_before` (aware UTC) are gone."""
    for fault in Fault:
        if fault is Fault.SEARCH_INDEX:
            with store.write() as connection:
                rows = 0 if store.backend.search_agrees(connection) else 1
        else:
            with store.read() as connection:
                rows = _count(connection, fault, seen_before)
        if rows:
            yield Found(fault, rows)


def repair(connection: Connection, fault: Fault, seen_before: datetime) -> None:
    """Put right every row that has the fault, which is one of REPAIRABLE."""
    if fault is Fault.REFERENCES:
        backend_of(connection).mend_references(connection)
    elif fault is Fault.SEARCH_KEY:
        _mend_search_keys(connection)
    elif fault is Fault.SEARCH_INDEX:
        backend_of(connection).rebuild_search(connection)
    elif fault is Fault.PRESENCE:
        connection.exec_driver_sql("DELETE FROM presence WHERE seen_at < ?", (microseconds(seen_before),))
    else:
        connection.exec_driver_sql(_REPAIRS[fault])
    for workspace_id in connection.exec_driver_sql("SELECT id FROM workspace").scalars().all():
        changes.record(WorkspaceConnection(connection, workspace_id), "lead", [changes.WHOLE_TABLE])


_DUE = "(SELECT min(due) FROM reminder WHERE reminder.lead_id = lead.id AND reminder.state = 'pending')"
_FIRST = "(SELECT e164 FROM lead_number WHERE lead_number.lead_id = lead.id ORDER BY position, id LIMIT 1)"
_LATEST = "(SELECT max(version_after) FROM step WHERE step.lead_id = lead.id)"
_COUNTS = ", ".join(
    f"(SELECT count(*) FROM import_row WHERE batch_id = import_batch.id AND outcome = '{each}')"
    for each in ("new", "updated", "unchanged", "rejected", "skipped")
)
_ALL_ROWS = "(SELECT count(*) FROM import_row WHERE batch_id = import_batch.id)"

_COUNTED: dict[Fault, str] = {
    Fault.NEXT_AT: f"SELECT count(*) FROM lead WHERE next_at IS NOT {_DUE}",
    Fault.PHONE: f"SELECT count(*) FROM lead WHERE {_FIRST} IS NOT NULL AND phone <> {_FIRST}",
    Fault.PHONE_ALONE: f"SELECT count(*) FROM lead WHERE phone <> '' AND {_FIRST} IS NULL",
    Fault.VERSION: f"SELECT count(*) FROM lead WHERE version < {_LATEST}",
    Fault.IMPORT_COUNTS: (
        "SELECT count(*) FROM import_batch WHERE (new_count, updated_count, unchanged_count, rejected_count, "
        f"skipped_count) <> ({_COUNTS}) OR read_count <> {_ALL_ROWS}"
    ),
    Fault.OWNER: (
        "SELECT count(*) FROM lead WHERE owner_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM membership "
        "WHERE membership.workspace_id = lead.workspace_id AND user_id = owner_id AND active)"
    ),
    Fault.FINAL_REMINDERS: (
        "SELECT count(*) FROM reminder JOIN lead ON lead.id = reminder.lead_id JOIN status ON status.id = status_id "
        "WHERE reminder.state = 'pending' AND status.kind <> 'open' AND status.cartable = 'none'"
    ),
}

_REPAIRS: dict[Fault, str] = {
    Fault.NEXT_AT: f"UPDATE lead SET next_at = {_DUE}, version = version + 1 WHERE next_at IS NOT {_DUE}",
    Fault.PHONE: (
        f"UPDATE lead SET phone = {_FIRST}, version = version + 1 WHERE {_FIRST} IS NOT NULL AND phone <> {_FIRST}"
    ),
    Fault.VERSION: f"UPDATE lead SET version = {_LATEST} WHERE version < {_LATEST}",
    Fault.IMPORT_COUNTS: (
        "UPDATE import_batch SET (new_count, updated_count, unchanged_count, rejected_count, skipped_count, "
        f"read_count) = (SELECT {_COUNTS}, {_ALL_ROWS})"
    ),
}


def _count(connection: Connection, fault: Fault, seen_before: datetime) -> int:
    if fault is Fault.REFERENCES:
        return backend_of(connection).broken_references(connection)
    if fault is Fault.SEARCH_KEY:
        return sum(1 for _row in _wrong_keys(connection))
    if fault is Fault.PRESENCE:
        gone = connection.exec_driver_sql(
            "SELECT count(*) FROM presence WHERE seen_at < ?", (microseconds(seen_before),)
        )
        return int(gone.scalar_one())
    return int(connection.exec_driver_sql(_COUNTED[fault]).scalar_one())


def _wrong_keys(connection: Connection) -> Iterator[tuple[str, str, str, int]]:
    """The name's, the city's and the search key that leads should have and do not, with their ids."""
    rows = connection.exec_driver_sql(
        "SELECT id, name, city, email, name_sort, city_sort, search_key, (SELECT group_concat(e164, ' ') FROM "
        "(SELECT e164 FROM lead_number WHERE lead_id = lead.id ORDER BY position, id)) FROM lead"
    )
    for lead_id, name, city, email, *present, numbers in rows:
        keys = sort_key(name), sort_key(city), search_text(name, city, email, (numbers or "").split())
        if keys != tuple(present):
            yield (*keys, int(lead_id))


def _mend_search_keys(connection: Connection) -> None:
    wrong = list(_wrong_keys(connection))
    connection.exec_driver_sql(
        "UPDATE lead SET name_sort = ?, city_sort = ?, search_key = ? WHERE id = ?", wrong
    )
