"""What must hold in every store at any time, read from the raw tables, apart from the program that wrote them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from leadtui.domain.do_not_call import IMPORTED_FROM
from leadtui.store.sqlite.driver import sqlite_driver

PENDING, ENDED = "pending", {"acknowledged", "cancelled", "rescheduled"}

IMPORTED = {"created", "touched", "call-in", "call-out"}
"""What an import tells, beside what it edited; it raises the version of each customer that it changes once,

however much it tells. What it edited names the file as its source."""

FORBIDDING = {"calls-forbidden", "calls-allowed"}
"""Their source is the number that they are about; their text tells whether an import brought them."""


def broken_invariants(path: Path) -> list[str]:
    """A sentence for each thing in the store that may not be; empty where all is well."""
    # One file must never be opened with two builds of SQLite, so it is the program's own.
    with closing(sqlite_driver().connect(str(path), isolation_level=None)) as connection:
        connection.row_factory = sqlite_driver().Row
        connection.execute("BEGIN")
        found = [
            *_file(connection),
            *_reminders(connection),
            *_leads(connection),
            *_stories(connection),
            *_steps(connection),
        ]
        connection.execute("ROLLBACK")
        return [*found, *_search(connection)]


def _rows(connection: Any, statement: str) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(statement)]


def _file(connection: Any) -> Iterator[str]:
    for row in connection.execute("PRAGMA integrity_check"):
        if row[0] != "ok":
            yield f"the file: {row[0]}"
    for row in connection.execute("PRAGMA foreign_key_check"):
        yield f"a row of {row[0]} points to a {row[2]} that is gone"


def _reminders(connection: Any) -> Iterator[str]:
    replaced = {row["replaces_id"] for row in _rows(connection, "SELECT replaces_id FROM reminder")}
    for row in _rows(connection, "SELECT * FROM reminder"):
        ended = row["ended_at"] is not None and row["ended_by"] is not None
        if row["state"] == PENDING:
            if row["ended_at"] is not None or row["ended_by"] is not None:
                yield f"reminder {row['id']} is pending and has ended"
            if row["id"] in replaced and not _put_back(connection, row["id"]):
                yield f"reminder {row['id']} is pending and another stands in its place"
        elif row["state"] not in ENDED:
            yield f"reminder {row['id']} is {row['state']}"
        elif not ended:
            yield f"nobody knows who ended reminder {row['id']}, or when"
        elif row["state"] == "rescheduled" and row["id"] not in replaced:
            yield f"reminder {row['id']} was moved to nowhere"


def _put_back(connection: Any, reminder_id: int) -> bool:
    """Whether what stood in the reminder's place was taken back."""
    states = _rows(connection, f"SELECT state FROM reminder WHERE replaces_id = {reminder_id}")
    return all(row["state"] != PENDING for row in states)


def _leads(connection: Any) -> Iterator[str]:
    earliest: dict[int, int] = {}
    for row in _rows(connection, "SELECT lead_id, due FROM reminder WHERE state = 'pending'"):
        earliest[row["lead_id"]] = min(row["due"], earliest.get(row["lead_id"], row["due"]))
    numbers: dict[int, list[str]] = defaultdict(list)
    owners: Counter[str] = Counter()
    for row in _rows(connection, "SELECT * FROM lead_number ORDER BY lead_id, position, id"):
        if row["e164"] in numbers[row["lead_id"]]:
            yield f"customer {row['lead_id']} has {row['e164']} twice"
        if row["sharing"] not in (0, row["lead_id"]):
            yield f"customer {row['lead_id']} shares {row['e164']} as customer {row['sharing']}"
        numbers[row["lead_id"]].append(row["e164"])
        owners[row["e164"]] += row["sharing"] == 0
    yield from (f"{number} belongs to {count} customers" for number, count in owners.items() if count > 1)
    people = {
        (row["workspace_id"], row["user_id"])
        for row in _rows(connection, "SELECT workspace_id, user_id FROM membership")
    }
    for row in _rows(connection, "SELECT * FROM lead"):
        who = f"customer {row['id']}"
        if row["next_at"] != earliest.get(row["id"]):
            yield f"{who} is next at {row['next_at']}, the reminders say {earliest.get(row['id'])}"
        if row["owner_id"] is not None and (row["workspace_id"], row["owner_id"]) not in people:
            yield f"{who} is in the cartable of somebody who is not here"
        if row["phone"] != next(iter(numbers[row["id"]]), ""):
            yield f"{who} is rung at {row['phone']}, which is not the first number"
        if not all(number.removeprefix("+") in row["search_key"] for number in numbers[row["id"]]):
            yield f"{who} is not found by every number"


def _stories(connection: Any) -> Iterator[str]:
    """The timeline, read from its beginning, ends at what the customer is: owner, status and version."""
    timelines: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in _rows(connection, "SELECT * FROM activity ORDER BY id"):
        timelines[row["lead_id"]].append(row | {"detail": json.loads(row["detail"])})
    imported = _versions_of_imports(connection)
    moved = {
        row["row_id"] for row in _rows(connection, "SELECT row_id FROM change WHERE table_name = 'lead'")
    }
    for lead in _rows(connection, "SELECT * FROM lead"):
        timeline = timelines[lead["id"]]
        who = f"customer {lead['id']}"
        if not timeline:
            yield f"{who} has no timeline"
        if not moved & {0, lead["id"]}:
            yield f"{who} came without anybody being told"
        if any("merged" in (each["kind"], each["detail"].get("undoes_kind")) for each in timeline):
            continue  # two timelines are one now
        steps = imported[lead["id"]] + sum(map(_is_step, timeline))
        if lead["version"] != 1 + steps:
            yield f"{who} is of version {lead['version']} after {steps} changes"
        yield from (f"{who} {told}" for told in _owners(lead, timeline))
        status = _status(timeline)
        if lead["status_id"] != status:
            yield f"{who} has status {lead['status_id']}, the timeline says {status}"


def _versions_of_imports(connection: Any) -> Counter[int]:
    """How often imports, and taking them back, changed each customer: the version before each change is kept with a row."""
    changed = _rows(
        connection, "SELECT lead_id FROM import_row WHERE json_extract(before, '$.version') IS NOT NULL"
    )
    undone = _rows(
        connection,
        "SELECT DISTINCT batch_id, lead_id FROM import_row "
        "WHERE outcome = 'updated' AND json_extract(before, '$.undone')",
    )
    return Counter(row["lead_id"] for row in (*changed, *undone, *undone))


def _is_step(entry: dict[str, Any]) -> bool:
    """Whether an entry tells of a change that no import made."""
    if entry["kind"] in FORBIDDING:
        return not entry["detail"].get("text", "").startswith(IMPORTED_FROM)
    return entry["kind"] not in IMPORTED and not entry["detail"].get("source")


def _owners(lead: dict[str, Any], timeline: list[dict[str, Any]]) -> Iterator[str]:
    """Each hand that gave the customer on had it from the one before: nobody's transfer was lost."""
    owner = None
    for entry in timeline:
        detail = entry["detail"]
        if "owner_from_id" not in detail and "owner_to_id" not in detail:
            continue
        if detail.get("owner_from_id") != owner:
            yield f"was given on by {detail.get('owner_from_id')}, but {owner} had it"
        owner = detail.get("owner_to_id")
    if lead["owner_id"] != owner:
        yield f"is in the cartable of {lead['owner_id']}, the timeline says {owner}"


def _status(timeline: list[dict[str, Any]]) -> int | None:
    status = None
    for entry in timeline:
        detail = entry["detail"]
        undone = entry["kind"] == "undone" and detail.get("undoes_kind") == "status-set"
        if entry["kind"] == "status-set" or (undone and ("status_from" in detail or "status_to" in detail)):
            status = detail.get("status_to_id")
    return status


def _steps(connection: Any) -> Iterator[str]:
    steps = _rows(
        connection,
        "SELECT step.*, activity.lead_id AS told_of, activity.actor_id AS told_by FROM step "
        "JOIN activity ON activity.id = step.activity_id",
    )
    for row in steps:
        if (row["lead_id"], row["actor_id"]) != (row["told_of"], row["told_by"]):
            yield f"step {row['id']} is told of somebody else"
        # The versions of somebody who went into another customer are kept below zero.
        if abs(row["version_after"]) <= abs(row["version_before"]):
            yield f"step {row['id']} raised no version"
        if (row["undone_at"] is None) != (row["undone_by"] is None):
            yield f"nobody knows who took step {row['id']} back"
    follow_ups = _rows(
        connection,
        "SELECT id FROM follow_up WHERE id NOT IN "
        "(SELECT follow_up_id FROM activity WHERE follow_up_id IS NOT NULL)",
    )
    yield from (f"follow-up {row['id']} is in no timeline" for row in follow_ups)


def _search(connection: Any) -> Iterator[str]:
    """https://www.sqlite.org/fts5.html#the_integrity_check_command: rank 1 compares with the content."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("INSERT INTO lead_search(lead_search, rank) VALUES ('integrity-check', 1)")
    except sqlite_driver().DatabaseError as error:
        yield f"the search index: {error}"
    finally:
        connection.execute("ROLLBACK")
