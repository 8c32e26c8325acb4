"""What a desk asks all day is answered by an index that begins with the workspace."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from session_making import add_lead
from sqlalchemy import Connection, event

from leadtui.domain.reminder import ReminderState
from leadtui.domain.view import LeadFilter
from leadtui.domain.visibility import Visibility
from leadtui.services.session import Session
from leadtui.store import (
    activities,
    board,
    do_not_call,
    filters,
    follow_ups,
    given,
    import_undo,
    journal,
    leads,
    reminders,
    search_keys,
    tables,
)
from leadtui.store.connection import WorkspaceConnection

OWN = Visibility(1, customers=frozenset({1}))
SEVERAL = Visibility(1, customers=frozenset({1, 2, 3}))

ASKED: dict[str, tuple[Callable[[WorkspaceConnection, Session], object], set[str]]] = {
    "timeline": (
        lambda tx, _: activities.timeline(tx, 1),
        {"ix_activity_workspace_id_lead_id_at", "ix_step_workspace_id_lead_id_id"},
    ),
    "what happened since": (
        lambda tx, _: activities.since(tx, 1, 1),
        {"ix_activity_workspace_id_lead_id_at", "ix_step_workspace_id_lead_id_id"},
    ),
    "pending reminders of a customer": (
        lambda tx, _: reminders.pending_of_lead(tx, 1),
        {"ix_reminder_workspace_id_lead_id_state_due"},
    ),
    "the next reminder of a customer": (
        lambda tx, _: reminders.next_due(tx, 1),
        {"ix_reminder_workspace_id_lead_id_state_due"},
    ),
    "numbers of a customer": (
        lambda tx, _: leads.numbers_of(tx, 1),
        {"ix_lead_number_workspace_id_lead_id_position"},
    ),
    "steps on a customer": (
        lambda tx, _: journal.of_activities(tx, 1, 0),
        {"ix_step_workspace_id_lead_id_id"},
    ),
    "the latest step of a person": (
        lambda tx, _: journal.latest_of(tx, 1),
        {"ix_step_workspace_id_actor_id_id"},
    ),
    "who did the newest thing": (
        lambda tx, _: given.last_actors(tx, [1, 2]),
        {"ix_activity_workspace_id_lead_id_at", ""},
    ),
    "what was given to a person": (
        lambda tx, _: given.unseen(tx, 1),
        {
            "ix_lead_workspace_id_owner_id_id",
            "ix_activity_workspace_id_lead_id_at",
            "sqlite_autoindex_given_seen_1",
            "",
        },
    ),
    "ending reminders": (
        lambda tx, session: reminders.end(tx, [1, 2], ReminderState.ACKNOWLEDGED, session.now(), None),
        {""},
    ),
    "who has numbers": (
        lambda tx, _: leads.holders_of_numbers(tx, ["+12125550101", "+12125550102"]),
        {"sqlite_autoindex_lead_number_1"},
    ),
    "who has a number, of those in one's own cartable": (
        lambda tx, _: leads.find_by_number(tx, "+12125550101", OWN),
        {"sqlite_autoindex_lead_number_1", ""},
    ),
    "who has an address, of those in one's own cartable": (
        lambda tx, _: leads.find_by_email(tx, "mina@example.com", OWN),
        {"ix_lead_workspace_id_email_id", ""},
    ),
    "who is in the cartables of several people": (
        lambda tx, _: filters.fitting_ids(tx, LeadFilter(), SEVERAL),
        {"ix_lead_workspace_id_owner_id_id"},
    ),
    "how many are in the cartables of several people": (
        lambda tx, _: leads.count(tx, SEVERAL),
        {"ix_lead_workspace_id_owner_id_id"},
    ),
    "who has a number, of those in the cartables of several people": (
        lambda tx, _: leads.find_by_number(tx, "+12125550101", SEVERAL),
        {"sqlite_autoindex_lead_number_1", ""},
    ),
    "who has addresses": (
        lambda tx, _: leads.leads_by_email(tx, ["mina@example.com", "reza@example.com"]),
        {"ix_lead_workspace_id_email_id"},
    ),
    "what imports told": (
        lambda tx, _: leads.recorded_sources(tx, ["1", "2"]),
        {"uq_activity_source"},
    ),
    "who a customer was called": (
        lambda tx, _: leads.former_names(tx, {1, 2}),
        {"ix_activity_workspace_id_lead_id_at", "ix_step_workspace_id_lead_id_id"},
    ),
    "when somebody came in last": (
        lambda tx, _: leads.latest_arrivals(tx, [1, 2]),
        {"ix_activity_workspace_id_lead_id_at"},
    ),
    "what imports noted": (
        lambda tx, _: search_keys.import_notes(tx, [1, 2]),
        {"ix_activity_workspace_id_lead_id_at"},
    ),
    "who has a number of any country": (
        lambda tx, _: leads.find_by_national_number(tx, "2125550101"),
        {"sqlite_autoindex_lead_number_1"},
    ),
    "whose a number is": (
        lambda tx, _: leads.number_owner(tx, "+12125550101"),
        {"sqlite_autoindex_lead_number_1"},
    ),
    "which numbers are forbidden": (
        lambda tx, _: do_not_call.of_numbers(tx, ["+12125550101"]),
        {"sqlite_autoindex_do_not_call_1"},
    ),
    "calls of a day": (
        lambda tx, session: follow_ups.calls(tx, [1], session.now(), session.now()),
        {"ix_activity_call"},
    ),
    "who was given back": (
        lambda tx, session: board.returned(tx, [1], session.now()),
        {"ix_activity_returned", ""},
    ),
    "what an import did": (
        lambda tx, _: import_undo.next_effects(tx, 1, (0, 0), 10),
        {"ix_import_row_workspace_id_batch_id_line"},
    ),
    "what imports did to a customer": (
        lambda tx, _: import_undo.drafted(tx, [1]),
        {"ix_draft_workspace_id_lead_id"},
    ),
}


@pytest.mark.parametrize("asked", ASKED)
def test_an_index_answers(session: Session, asked: str) -> None:
    add_lead(session, "Mina Sadeghi", "+1 212 555 0101")
    ask, expected = ASKED[asked]
    with session.write() as tx:
        plans = _plans(tx.connection, lambda: ask(tx, session))
    assert {_index(line) for line in plans} == expected
    assert all("(workspace_id=? AND " in line or "INTEGER PRIMARY KEY" in line for line in plans)


HANGING = [
    (table.name, tuple(each.parent.name for each in key.elements))
    for table in tables.metadata.sorted_tables
    for key in table.foreign_key_constraints
    if len(key.elements) == 2
]
"""The references to rows that are deleted, by table and columns."""


@pytest.mark.parametrize(("table", "columns"), HANGING)
def test_what_hangs_on_a_row_that_goes_is_found_by_an_index(
    session: Session, table: str, columns: tuple[str, str]
) -> None:
    """SQLite looks for it with every row that is deleted, and says nothing of how."""
    first, second = columns
    with session.read() as tx:
        sought = f"SELECT 1 FROM {table} WHERE {first} = 1 AND {second} = 1"
        plan = tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sought}").all()
    assert [f"({first}=? AND {second}=?" in row[3] for row in plan] == [True]


def _plans(connection: Connection, ask: Callable[[], object]) -> list[str]:
    """How SQLite looks through its tables for what is asked."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_rest: object) -> None:
        asked.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", note)
    ask()
    event.remove(connection, "before_cursor_execute", note)
    rows = [
        row
        for statement, parameters in asked
        for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    ]
    return [
        row[3]
        for row in rows
        if row[3].startswith(("SEARCH", "SCAN")) and "(subquery" not in row[3] and "CONSTANT" not in row[3]
    ]


def _index(line: str) -> str:
    """The index of a line; nothing where rows are found by their ids."""
    return line.partition(" INDEX ")[2].partition(" ")[0]
