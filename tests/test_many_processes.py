"""Twenty people and an import at one store, each in a process of their own: nothing is lost, doubled or half done."""

from __future__ import annotations

import json
import math
import multiprocessing
import os
import sys
from collections import Counter, defaultdict
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import soak_working
from amounts import EVERYTHING, small_and_large
from invariants import broken_invariants
from session_making import business, hire

from leadtui.domain.lead import LeadNumber
from leadtui.domain.permission import SUPERVISOR_PROFILE
from leadtui.language.phone import parse_phone
from leadtui.services.session import Session, system_clock
from leadtui.store.lead_writing import NewLead, insert_leads
from leadtui.store.sqlite.driver import sqlite_driver

PEOPLE = 20
CUSTOMERS = 400
ROWS_OF_A_FILE = 250

BORN = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
if sys.platform != "win32":
    BORN.set_forkserver_preload(["soak_working"])


def make_office(folder: Path, people: int) -> tuple[Path, list[str]]:
    """A store with customers and people; its file, and the addresses of the people."""
    template = business()
    session = Session.create(folder / "desk.db", template, "Neda Karimi", "neda@example.com")
    emails = [f"agent{number}@example.com" for number in range(people)]
    for number, email in enumerate(emails):
        hire(session, f"Agent {number}", email, system_clock, SUPERVISOR_PROFILE).close()
    with session.write() as tx:
        new = [new_lead(session, number) for number in range(CUSTOMERS)]
        insert_leads(tx, new, session.now(), session.actor.id)
    session.close()
    return folder / "desk.db", emails


def number_of(place: int) -> str:
    """A number of one's own."""
    return f"+1 212 {555 + place // 10_000:03} {place % 10_000:04}"


def new_lead(session: Session, place: int) -> NewLead:
    """The customer with that place in the list."""
    number = parse_phone(number_of(place), "US")
    assert number is not None
    numbers = (LeadNumber(number.e164, number.written),)
    return NewLead(
        {
            "name": f"Customer {place:04}",
            "entered_at": session.now(),
        },
        numbers=numbers,
    )


def make_files(folder: Path, count: int) -> list[Path]:
    """Files to import: half of their people are new, half are customers who come again."""
    files: list[Path] = []
    for number in range(count):
        new = [CUSTOMERS + number * ROWS_OF_A_FILE + row for row in range(ROWS_OF_A_FILE // 2)]
        known = [(number * 7 + row) % CUSTOMERS for row in range(ROWS_OF_A_FILE // 2)]
        lines = [f"Customer {each:04},{number_of(each)},City {number}" for each in (*new, *known)]
        files.append(folder / f"sheet-{number}.csv")
        files[-1].write_text("\n".join(["Name,Phone,City", *lines]) + "\n")
    return files


def lines_of(log: Path) -> list[Any]:
    """What a process wrote down."""
    return [json.loads(line) for line in log.read_text("utf-8").splitlines()]


def run_all(processes: list[Any], patience: float) -> None:
    """Start the processes, and wait until all have ended well."""
    for process in processes:
        process.start()
    for process in processes:
        process.join(patience)
    hung = [process for process in processes if process.is_alive()]
    for process in hung:
        process.kill()
    assert not hung
    assert [process.exitcode for process in processes] == [0] * len(processes)


@pytest.mark.proof
@pytest.mark.skipif(sys.platform == "win32", reason="twenty processes take a minute to begin there")
@pytest.mark.parametrize(
    "amount", [int(os.environ.get("LEADTUI_SOAK_SECONDS", "60" if EVERYTHING else "20"))]
)
def test_twenty_people_and_an_import_leave_everything_as_it_must_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], amount: int
) -> None:
    path, emails = make_office(tmp_path, PEOPLE)
    files = make_files(tmp_path, max(20, amount))
    begin = BORN.Barrier(PEOPLE + 1)
    logs = [tmp_path / f"{number}.log" for number in range(PEOPLE)]
    processes = [
        BORN.Process(target=soak_working.work_at, args=(path, email, log, number, begin, amount))
        for number, (email, log) in enumerate(zip(emails, logs, strict=True))
    ]
    imported = tmp_path / "import.log"
    processes.append(
        BORN.Process(
            target=soak_working.import_into,
            args=(path, "neda@example.com", files, imported, begin, amount),
        )
    )
    run_all(processes, amount * 3 + 120)
    told = [line for log in logs for line in lines_of(log)]
    with capsys.disabled():
        sys.stdout.write(f"\n{figures(told, lines_of(imported), amount)}\n")
    assert [line for line in told if "trouble" in line] == []
    assert broken_invariants(path) == []
    assert lost(path, told) == []
    assert sum(line["new"] for line in lines_of(imported)) > 0
    done = Counter(line["kind"] for line in told if "kind" in line)
    assert set(done) >= {"status-set", "note", "transferred", "edited", "undone", "reminder-set"}
    assert set(done) & {"reminder-done", "reminder-moved", "reminder-cancelled"}


def figures(told: list[dict[str, Any]], imports: list[Any], amount: int) -> str:
    """What was done, and how long one waited for it."""
    seconds = sorted(line["seconds"] for line in told if "kind" in line)
    refused = Counter(line["refused"] for line in told if "refused" in line)
    at = [seconds[min(len(seconds) - 1, math.ceil(len(seconds) * part) - 1)] for part in (0.5, 0.99, 1)]
    return (
        f"{len(seconds)} steps by {PEOPLE} processes in {amount} s beside {len(imports)} imports: "
        f"p50 {at[0] * 1000:.0f} ms, p99 {at[1] * 1000:.0f} ms, longest {at[2] * 1000:.0f} ms; "
        f"refused {dict(refused)}"
    )


def lost(path: Path, told: list[dict[str, Any]]) -> list[str]:
    """What was acknowledged and is not in the store as it was acknowledged."""
    with closing(sqlite_driver().connect(str(path))) as connection:
        entries = Counter(
            (lead_id, kind) for lead_id, kind in connection.execute("SELECT lead_id, kind FROM activity")
        )
        texts = Counter(
            (lead_id, kind, json.loads(detail).get("text"))
            for lead_id, kind, detail in connection.execute("SELECT lead_id, kind, detail FROM activity")
        )
        states = dict(connection.execute("SELECT id, state FROM reminder"))
        versions = dict(connection.execute("SELECT id, version FROM lead"))
    found: list[str] = []
    acknowledged = [line for line in told if "kind" in line]
    for line in acknowledged:
        if "text" in line and texts[line["lead"], line["kind"], line["text"]] != 1:
            found.append(f"not in the timeline once: {line}")
        if "set" in line and line["set"] not in states:
            found.append(f"no such reminder: {line}")
        if line.get("version", 0) > versions[line["lead"]]:
            found.append(f"of a version that never was: {line}")
    for (lead_id, kind), count in Counter((line["lead"], line["kind"]) for line in acknowledged).items():
        if entries[lead_id, kind] != count and kind != "edited":
            found.append(
                f"{entries[lead_id, kind]} entries of {count} that were acknowledged: {kind}, {lead_id}"
            )
    saved = Counter((line["lead"], line["version"]) for line in acknowledged if "version" in line)
    found += [f"two steps made the same version: {each}" for each, count in saved.items() if count > 1]
    return found


@pytest.mark.proof
@small_and_large("customers", 320, 2_000)
def test_no_two_processes_are_given_the_same_next_customer(tmp_path: Path, amount: int) -> None:
    path, emails = make_office(tmp_path, 8)
    begin = BORN.Barrier(8)
    logs = [tmp_path / f"{number}.log" for number in range(8)]
    run_all(
        [
            BORN.Process(
                target=soak_working.take_again_and_again,
                args=(path, email, f"terminal {email}", amount // 8, log, begin),
            )
            for email, log in zip(emails, logs, strict=True)
        ],
        120,
    )
    held: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for log in logs:
        lines = lines_of(log)
        assert len(lines) == amount // 8
        for lead_id, since, until in lines:
            held[lead_id].append((since, until))
    assert None not in held
    for lead_id, spans in held.items():
        spans.sort()
        for (_since, until), (next_since, _until) in pairwise(spans):
            assert until <= next_since, f"two had {lead_id} at once"
    # They did go for the same ones.
    assert any(len(spans) > 1 for spans in held.values())


def test_the_invariants_see_what_is_wrong(tmp_path: Path) -> None:
    path, _emails = make_office(tmp_path, 1)
    assert broken_invariants(path) == []
    wrongs = {
        "UPDATE lead SET version = 7 WHERE id = 1": "customer 1 is of version 7 after 0 changes",
        "UPDATE lead SET owner_id = 1 WHERE id = 1": "customer 1 is in the cartable of 1, the timeline says None",
        "UPDATE lead SET status_id = 1 WHERE id = 1": "customer 1 has status 1, the timeline says None",
        "UPDATE lead SET next_at = 5 WHERE id = 1": "customer 1 is next at 5, the reminders say None",
        "UPDATE lead SET phone = '' WHERE id = 1": "customer 1 is rung at , which is not the first number",
        "DELETE FROM activity WHERE lead_id = 1": "customer 1 has no timeline",
        "DELETE FROM change": "customer 1 came without anybody being told",
        "DELETE FROM user WHERE id = 1": "a row of workspace",
        "INSERT INTO lead_search(lead_search, rowid, search_key) VALUES ('delete', 1, 'x')": "the search index",
        "INSERT INTO reminder (workspace_id, lead_id, owner_id, due, wall, zone, kind, state, created_at) "
        "VALUES (1, 1, 1, 5, '', 'UTC', 'reminder', 'cancelled', 1)": "nobody knows who ended reminder 1",
    }
    for number, (wrong, words) in enumerate(wrongs.items()):
        copy = tmp_path / f"{number}.db"
        with closing(sqlite_driver().connect(str(path), isolation_level=None)) as connection:
            connection.execute(f"VACUUM INTO '{copy}'")
        with closing(sqlite_driver().connect(str(copy), isolation_level=None)) as connection:
            connection.execute(wrong)
        found = broken_invariants(copy)
        assert any(words.removesuffix("workspace") in each for each in found), (wrong, found)
