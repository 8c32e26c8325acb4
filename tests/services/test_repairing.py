"""Each damage is planted, named, and healed from the rest of the store; what cannot be proven is only named."""

from __future__ import annotations

from collections.abc import Generator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from session_making import MovingClock, add_lead, hire, make_session, status_of

from leadtui.domain.lead import ActivityKind
from leadtui.errors import Refused
from leadtui.presentation.doctor import fault_sentence, repaired_sentence
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.timeline import Timeline
from leadtui.services import follow_up, reminders
from leadtui.services.erasing import erase
from leadtui.services.importing.running import import_files
from leadtui.services.lead_merge import merge
from leadtui.services.leads import open_lead
from leadtui.services.repairing import PRESENT_FOR, repair
from leadtui.services.session import Session
from leadtui.services.undo import undo_part
from leadtui.store import consistency
from leadtui.store.consistency import REPAIRABLE, Fault
from leadtui.store.sqlite.driver import sqlite_driver


@pytest.fixture
def session(tmp_path: Path) -> Generator[Session]:
    """A desk with customers that were imported, followed up and are waited for, in which everything agrees."""
    session = make_session(tmp_path)
    add_lead(session, "Mina Sadeghi", "+1 212 555 0101", "+1 212 555 0102", mine=True, city="Rome")
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("Name,Phone\nAnna,+1 212 555 0103\nNobody,12\n")
    import_files(session, [sheet])
    status = status_of(session, "call_back")
    follow_up.set_status(
        session, follow_up.SetStatus(1, 1, status.id, remind_at=session.now() + timedelta(days=1))
    )
    reminders.set_reminder(session, 2, session.now() + timedelta(days=2))
    gone = add_lead(session, "Zoe Quix", "+1 212 555 0104")
    erase(session, gone.id, "asked for it", "Zoe Quix")
    assert list(consistency.look(session.store, session.now())) == []
    yield session
    session.close()


def spoil(session: Session, *statements: str) -> None:
    """Change the file past everything that keeps it in order."""
    raw = sqlite_driver().connect(str(session.store.path), isolation_level=None)
    raw.execute("PRAGMA foreign_keys = OFF")
    for statement in statements:
        raw.execute(statement)
    raw.close()


def contents(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    raw = sqlite_driver().connect(str(path))
    names = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    kept = {
        name: raw.execute(f'SELECT * FROM "{name}"').fetchall()
        for name in names
        if not name.startswith(("lead_search", "change", "sqlite"))
    }
    kept["lead"] = raw.execute(
        "SELECT id, name, name_sort, city_sort, phone, next_at, search_key, status_id, owner_id FROM lead"
    ).fetchall()
    # What tells of the repair itself is not what was repaired.
    kept["audit"] = raw.execute("SELECT * FROM audit WHERE kind <> 'repair'").fetchall()
    kept["activity"] = raw.execute("SELECT * FROM activity WHERE kind <> 'repaired'").fetchall()
    raw.close()
    return kept


DAMAGE: dict[Fault, tuple[str, ...]] = {
    Fault.SCHEMA: (
        "CREATE TRIGGER gone AFTER INSERT ON follow_up BEGIN DELETE FROM lead WHERE id > 1; END",
        "CREATE VIEW numbers AS SELECT phone FROM lead",
        "CREATE INDEX by_name ON lead (name)",
        "DROP INDEX ix_lead_workspace_id_id",
        "DROP TRIGGER lead_search_insert",
    ),
    Fault.REFERENCES: (
        "INSERT INTO activity (workspace_id, lead_id, kind, at, detail) VALUES (1, 99, 'note', 1, '{}')",
    ),
    Fault.WITHIN_LEADS: (
        "UPDATE activity SET follow_up_id = 99 WHERE kind = 'imported'",
        "UPDATE reminder SET follow_up_id = 99, replaces_id = 99 WHERE lead_id = 2",
        "UPDATE follow_up SET undoes_id = 99",
        "INSERT INTO step (workspace_id, lead_id, actor_id, activity_id, at, version_before, version_after, was) "
        "VALUES (1, 1, 1, 99, 1, 1, 1, '{}')",
    ),
    # As if the zone had other rules when they were set: an hour more from UTC.
    Fault.ZONES: (
        "UPDATE reminder SET due = due + 3600000000 WHERE state = 'pending'",
        "UPDATE lead SET next_at = next_at + 3600000000 WHERE next_at IS NOT NULL",
    ),
    Fault.NEXT_AT: (
        "UPDATE lead SET next_at = NULL WHERE id = 1",
        "UPDATE lead SET next_at = 5 WHERE id = 2",
    ),
    Fault.PHONE: ("UPDATE lead SET phone = '+12125550102' WHERE id = 1",),
    Fault.SEARCH_KEY: (
        "UPDATE lead SET search_key = 'x' WHERE id = 1",
        "UPDATE lead SET city_sort = 'x' WHERE id = 2",
    ),
    Fault.SEARCH_INDEX: (
        "INSERT INTO lead_search(lead_search, rowid, search_key) SELECT 'delete', id, search_key FROM lead WHERE id = 1",
    ),
    Fault.SEARCH_TRACES: ("INSERT INTO lead_search(lead_search, rank) VALUES ('secure-delete', 0)",),
    Fault.VERSION: ("UPDATE lead SET version = 1 WHERE id = 1",),
    Fault.IMPORT_COUNTS: ("UPDATE import_batch SET new_count = 7, read_count = 9",),
    Fault.ERASURES: ("UPDATE erasure SET wiped_at = NULL",),
    Fault.PRESENCE: (
        "INSERT INTO presence (workspace_id, user_id, terminal, seen_at) VALUES (1, 1, 'gone', 1)",
    ),
}


def test_every_fault_that_can_be_proven_is_planted() -> None:
    assert set(DAMAGE) == set(REPAIRABLE)


@pytest.mark.parametrize("fault", DAMAGE)
def test_it_is_named_and_healed(session: Session, fault: Fault) -> None:
    whole = contents(session.store.path)
    spoil(session, *DAMAGE[fault])
    found = [each.fault for each in consistency.look(session.store, session.now() - PRESENT_FOR)]
    assert found == [fault]
    told: list[Fault] = []
    report = repair(session, lambda each: told.append(each.fault))
    assert told == [fault]
    assert [each.fault for each in report.repaired] == [fault]
    assert report.left == ()
    assert contents(session.store.path) == whole
    assert report.backup is not None
    assert report.backup.name.startswith("desk.before-repair-")
    assert "--repair" in fault_sentence(report.repaired[0]) or fault is Fault.PRESENCE
    assert repaired_sentence(report.repaired[0]).startswith("Put right: ")
    again = repair(session)
    assert (again.repaired, again.backup) == ((), None)


def test_all_at_once(session: Session) -> None:
    whole = contents(session.store.path)
    spoil(session, *(each for damage in DAMAGE.values() for each in damage))
    report = repair(session)
    assert {each.fault for each in report.repaired} == set(DAMAGE)
    assert report.left == ()
    assert contents(session.store.path) == whole


UNPROVEN: dict[Fault, tuple[str, ...]] = {
    Fault.VALUES: (
        "UPDATE reminder SET created_at = 'yesterday'",
        "UPDATE activity SET detail = '{' WHERE id = 1",
        "UPDATE activity SET at = 9000000000000000000 WHERE id = 2",
        "UPDATE status SET kind = 'unheard of' WHERE id = 1",
    ),
    Fault.PHONE_ALONE: ("DELETE FROM lead_number WHERE lead_id = 2",),
    Fault.OWNER: (
        "UPDATE membership SET state = 'gone' WHERE user_id = 2",
        "UPDATE lead SET owner_id = 2 WHERE id = 2",
    ),
    Fault.FINAL_REMINDERS: (
        "UPDATE lead SET status_id = (SELECT id FROM status WHERE kind <> 'open' AND cartable = 'none' LIMIT 1) "
        "WHERE id = 2",
    ),
}


@pytest.mark.parametrize("fault", UNPROVEN)
def test_what_cannot_be_proven_is_only_named(session: Session, fault: Fault) -> None:
    hire(session, "Sara", "sara@example.com", MovingClock()).close()
    spoil(session, *UNPROVEN[fault])
    damaged = contents(session.store.path)
    found = {each.fault for each in consistency.look(session.store, session.now() - PRESENT_FOR)}
    assert fault in found
    assert found <= {fault, Fault.SEARCH_KEY}  # without the number, its search key goes, too
    report = repair(session)
    assert fault in {each.fault for each in report.left}
    if found == {fault}:
        assert report.backup is None
        assert contents(session.store.path) == damaged


def test_who_may_not_is_refused(session: Session) -> None:
    agent = hire(session, "Sara", "sara@example.com", MovingClock())
    with pytest.raises(Refused, match="settings:back-up"):
        repair(agent)
    agent.close()


def test_who_was_merged_parted_and_erased_leaves_nothing_that_points_to_them(session: Session) -> None:
    mina, other = open_lead(session, 1).lead, add_lead(session, "Mina S.", "+1 212 555 0105", mine=True)
    status = status_of(session, "call_back")

    def call_back(lead_id: int, days: int) -> None:
        version = open_lead(session, lead_id).lead.version
        at = session.now() + timedelta(days=days)
        follow_up.set_status(session, follow_up.SetStatus(lead_id, version, status.id, remind_at=at))

    call_back(other.id, 1)
    merge(session, mina.id, other.id, (mina.version, open_lead(session, other.id).lead.version))
    call_back(mina.id, 2)
    undo_part(session)
    undo_part(session)
    erase(session, other.id, "asked for it", "Mina S.")
    assert list(consistency.look(session.store, session.now())) == []


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (Fault.PHONE, "leadtui  put right what did not agree  Phone: +12125550102 → +12125550101"),
        (Fault.NEXT_AT, "leadtui  put right what did not agree  next reminder"),
        (Fault.ZONES, "leadtui  put right what did not agree  next reminder"),
        (Fault.WITHIN_LEADS, "leadtui  put right what did not agree"),
    ],
)
def test_what_is_put_right_in_a_customer_its_timeline_tells(
    session: Session, fault: Fault, told: str
) -> None:
    before = open_lead(session, 1)
    spoil(session, *DAMAGE[fault])
    repair(session)
    after = open_lead(session, 1)
    assert [each.kind for each in after.timeline[: -len(before.timeline)]] == [ActivityKind.REPAIRED]
    assert after.lead.version == before.lead.version + 1
    line = Timeline(Formatter(session)).line(after.timeline[0])
    assert told in line
