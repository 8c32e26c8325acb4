"""What has to be in the audit is in it, whichever service does it, and reads in every language.

The services are those of test_every_change.py, which finds them. What has to be told is found in the store itself: a change of
its definitions, people, profiles and lists, and whatever is taken out of it.
"""

from __future__ import annotations

import stat
from collections.abc import Mapping
from contextlib import closing
from dataclasses import fields, is_dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, cast, get_type_hints

import pytest
import test_every_change
from service_needs import NEEDS
from session_making import (
    IN_THE_FIRST,
    IN_THE_SECOND,
    MovingClock,
    add_lead,
    hire,
    make_two_workspaces,
    status_of,
)

from leadtui.domain.audit import AuditAct, AuditEntry, AuditFilter, AuditKind
from leadtui.domain.distribution import DistributionRule
from leadtui.domain.field import Field
from leadtui.domain.permission import AGENT_PROFILE, SUPERVISOR_PROFILE, Permission, Profile
from leadtui.domain.playbook import Playbook
from leadtui.domain.status import Status, StatusKind
from leadtui.domain.team import Team
from leadtui.domain.view import Arrangement, View
from leadtui.domain.workspace import Channel, Colleague, Need, Workspace
from leadtui.errors import Refused
from leadtui.language import translate
from leadtui.language.translate import LANGUAGES
from leadtui.presentation.audit import KIND_WORDS, PART_WORDS, AuditWords, find_entries
from leadtui.services import audit, colleagues, defining, do_not_call, exporting, profiles, views
from leadtui.services.audit import check, keep_head, list_entries, read_heads
from leadtui.services.backing_up import back_up, restore
from leadtui.services.importing.running import import_files
from leadtui.services.session import Interrupted, Interruption, Session
from leadtui.store import audit as store_audit

place = test_every_change.place

CALLS: Mapping[str, test_every_change.Call] = {
    **test_every_change.CHANGING,
    **test_every_change.ADDING,
    **test_every_change.IMPORTING,
    **test_every_change.DEFINING,
    **test_every_change.LEAVING_NO_TRACE,
    **test_every_change.TAKING_OUT,
    **test_every_change.READING,
    **test_every_change.ERASING,
}

TOLD_TABLES: Mapping[str, tuple[str, ...]] = {
    "workspace": (
        "title",
        "language",
        "region",
        "zone",
        "currency",
        "calendar",
        "hours",
        "windows",
        "holidays",
    ),
    "status": ("title", "retired", "position", "kind"),
    "field": ("title", "retired", "position", "kind"),
    "channel": ("title", "retired", "position"),
    "need": ("title", "retired", "position"),
    "profile": ("title", "permissions"),
    "membership": ("user_id", "profile_id", "name", "state"),
    "user": ("email", "password"),
    "one_time_code": ("user_id", "purpose"),
    "team": ("title", "lead_id", "members"),
    "distribution_rule": ("title", "words", "retired", "position"),
    "erasure": ("reason",),
    "import_batch": ("file_name", "undone_at"),
}
"""The tables, and columns, of which no change is without an entry. What is done to customers their timelines tell."""

TAKES_OUT = frozenset({Permission.EXPORT, Permission.BACK_UP})
"""Whoever does what needs one of these takes something out of the store."""


def told_state(session: Session) -> dict[str, Any]:
    """What stands in the tables of which every change is told; of views those of the team."""
    with session.store.read() as connection:
        state: dict[str, Any] = {
            table: [
                tuple(row)
                for row in connection.exec_driver_sql(f"SELECT id, {', '.join(columns)} FROM {table}")
            ]
            for table, columns in TOLD_TABLES.items()
        }
        shared = connection.exec_driver_sql("SELECT id, title, content FROM saved_view WHERE shared = 1")
        state["saved_view"] = [tuple(row) for row in shared]
    return state


def entries(session: Session) -> tuple[AuditEntry, ...]:
    return list_entries(session, AuditFilter())


def unaudited(place: test_every_change.Place, service: str) -> str:
    """What the service did that no entry tells; "" where all is told."""
    session = place.session
    before, known = told_state(session), len(entries(session))
    CALLS[service](place)
    after, told = told_state(session), len(entries(session)) - known
    moved = [table for table in after if after[table] != before[table]]
    if moved and not told:
        return f"changed {moved}"
    if any(TAKES_OUT & each for each in NEEDS[service]) and not told:
        return "took something out"
    return ""


@pytest.mark.parametrize("service", sorted(CALLS))
def test_whatever_has_to_be_told_is_told(place: test_every_change.Place, service: str) -> None:
    if service == "importing.undoing.undo_import":
        CALLS["importing.running.import_files"](place)
    assert unaudited(place, service) == ""


@pytest.mark.parametrize(
    "service",
    [
        *("defining.save_status", "colleagues.change_colleague", "profiles.save_profile", "erasing.erase"),
        *("exporting.export", "exporting.export_file", "backing_up.back_up", "workspace.change_workspace"),
    ],
)
def test_a_service_that_says_nothing_is_found(
    place: test_every_change.Place, service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_audit, "append", _nothing)
    assert unaudited(place, service)


def _nothing(*_told: object) -> None:
    """In place of what writes an entry."""


def wordless(entry: AuditEntry) -> set[str]:
    """The names in an entry for which there are no words."""
    names = {each.name for each in entry.event.parts} - set(PART_WORDS)
    return names if entry.event.kind in KIND_WORDS else {*names, entry.event.kind}


@pytest.mark.parametrize("service", sorted(CALLS))
def test_whatever_is_told_has_words(place: test_every_change.Place, service: str) -> None:
    if service == "importing.undoing.undo_import":
        CALLS["importing.running.import_files"](place)
    CALLS[service](place)
    for language in LANGUAGES:
        translate.use(language)
        words = AuditWords(place.session)
        for entry in entries(place.session):
            assert wordless(entry) == set()
            named = entry.event.kind not in {AuditKind.SECURITY, AuditKind.PASSWORD, AuditKind.CODE}
            assert not named or entry.actor_name == "Neda Karimi" or service == "own_preferences.change_own"
            assert words.subject(entry.event) in words.text(entry)


@pytest.mark.parametrize(
    "kind", [Workspace, Status, Field, Channel, Need, DistributionRule, Profile, Colleague, Team]
)
def test_every_part_of_a_definition_has_words(kind: type) -> None:
    """One that is added later too: it would be told by its name in the code."""
    assert parts_of(kind) - UNTOLD - set(PART_WORDS) == set()


UNTOLD = {
    *("id", "key", "position", "status_id", "fields", "retired", "state", "since", "by"),
    "narrowed",  # which is told with the permissions
    *(f"playbook.{each.name}" for each in fields(Playbook)),  # of which the version is told
}


def parts_of(kind: type, before: str = "") -> set[str]:
    hints = get_type_hints(kind)
    found: set[str] = set()
    for each in fields(kind):
        inner = hints[each.name]
        found |= (
            parts_of(cast("type", inner), f"{each.name}.") if is_dataclass(inner) else {before + each.name}
        )
    return found


def test_what_was_before_and_is_after(session: Session) -> None:
    before = status_of(session, "interested")
    changed = replace(before, title="Rang twice", kind=StatusKind.LOST)
    defining.save_status(session, changed, before)
    (entry,) = entries(session)[:1]
    event = entry.event
    assert (event.kind, event.act, event.title) == (AuditKind.STATUS, AuditAct.CHANGED, "Rang twice")
    assert [(each.name, each.before, each.after) for each in event.parts] == [
        ("title", before.title, "Rang twice"),
        ("kind", "open", "lost"),
    ]
    assert (
        AuditWords(session).brief(event) == f"Title: {before.title} → Rang twice; Kind: work goes on → lost"
    )
    assert (entry.actor_id, entry.actor_name, entry.at) == (session.actor.id, "Neda Karimi", session.now())


def test_one_call_is_as_many_entries_as_it_changes_definitions(session: Session) -> None:
    known = len(entries(session))
    defining.reorder(session, defining.STATUS, [each.id for each in reversed(session.definitions.statuses)])
    profile = session.definitions.profile(AGENT_PROFILE)
    assert profile is not None
    fewer = replace(profile, permissions=profile.permissions - {Permission.REMIND})
    profiles.save_profile(session, fewer, profile)
    profiles.save_profile(session, fewer)  # nothing differs
    told = entries(session)[: len(entries(session)) - known]
    assert [(each.event.kind, each.event.act) for each in told] == [
        (AuditKind.PROFILE, AuditAct.CHANGED),
        (AuditKind.STATUS, AuditAct.MOVED),
    ]
    (part,) = told[0].event.parts
    assert (part.name, part.before, part.after) == ("permissions", ("follow-ups:remind",), ())


def test_who_leaves_and_comes_back(session: Session) -> None:
    reza = colleagues.add_colleague(session, "Reza Amini", "reza@example.com")
    colleagues.change_colleague(session, reza, "Reza Amini", AGENT_PROFILE, active=False)
    colleagues.change_colleague(session, reza, "Reza A.", SUPERVISOR_PROFILE, active=True)
    told = [each for each in entries(session) if each.event.kind is AuditKind.COLLEAGUE]
    assert [each.event.act for each in told] == [AuditAct.BROUGHT_BACK, AuditAct.RETIRED, AuditAct.ADDED]
    assert [(each.name, each.before, each.after) for each in told[0].event.parts] == [
        ("name", "Reza Amini", "Reza A."),
        ("profile", "Agent", "Supervisor"),
    ]
    translate.use("fa")
    assert [each.after for each in AuditWords(session).lines(told[2].event)][-1] == "شخص"


def test_only_the_team_s_views_are_told(session: Session) -> None:
    known = len(entries(session))
    own = views.save_view(session, "Mine", Arrangement(View(find="rome")))
    views.change_view(session, own.id, title="Still mine")
    assert len(entries(session)) == known
    views.change_view(session, own.id, shared=True)
    views.delete_view(session, own.id)
    acts = [each.event.act for each in entries(session)[:2]]
    assert acts == [AuditAct.REMOVED, AuditAct.ADDED]


def test_an_export_says_what_and_a_stopped_one_left_nothing(session: Session, tmp_path: Path) -> None:
    add_lead(session, "Mina Sadeghi", "+1 212 555 0101", mine=True)
    view = View(find="mina")
    exporting.export_file(session, view, tmp_path / "out.csv")
    (entry,) = entries(session)[:1]
    told = {each.name: each.after for each in entry.event.parts}
    assert told == {
        "file": str(tmp_path / "out.csv"),
        "customers": 1,
        "format": "csv",
        "find": "mina",
        "numbers": "all",
    }
    stopping = Interruption()
    stopping.asked = True
    with pytest.raises(Interrupted):
        exporting.export_file(session, view, tmp_path / "other.csv", interruption=stopping)
    assert entries(session)[0] == entry
    assert not (tmp_path / "other.csv").exists()


def test_a_backup_tells_of_itself_and_its_chain_goes_on(session: Session, tmp_path: Path) -> None:
    path, backup = session.store.path, tmp_path / "backup.db"
    assert back_up(session, backup).audited
    with pytest.raises(Refused):
        back_up(session, backup)
    assert [each.event.kind for each in entries(session)[:2]] == [AuditKind.BACKUP, AuditKind.WORKSPACE]
    defining.add_titled(session, defining.NEED, "Lost by the restoring")
    lost = entries(session)[0]
    session.close()
    restore(str(path), backup, lambda where: Session.open(where, "neda@example.com"), MovingClock())
    with closing(Session.open(path, "neda@example.com")) as again:
        told = entries(again)
        parts = {each.name: each.after for each in told[0].event.parts}
        assert [each.event.kind for each in told[:2]] == [AuditKind.RESTORE, AuditKind.BACKUP]
        # Which entry was the last of the store that was there is told, so that what was lost can be looked up in it.
        assert (parts["replaced"], parts["replaced_hash"]) == (lost.number, lost.hash)
        with again.store.read() as connection:
            assert [each.findings for each in check(connection)] == [()]


def test_who_may_not_see_numbers_sees_none_in_it(session: Session, clock: MovingClock) -> None:
    do_not_call.forbid_number(session, "+1 212 555 0101", "rang 212-555-0101")
    seeing = Profile(0, "", "Auditor", frozenset({Permission.SEE_AUDIT, Permission.SEE_CUSTOMERS}))
    key = profiles.save_profile(session, seeing).key
    with closing(hire(session, "Ana Audit", "ana@example.com", clock, key)) as auditor:
        entry = next(each for each in entries(auditor) if each.event.kind is AuditKind.DO_NOT_CALL)
    told = (entry.event.title, *(each.after for each in entry.event.parts))
    assert told == ("hidden", "rang hidden")
    with closing(hire(session, "Rob", "rob@example.com", clock)) as agent, pytest.raises(Refused):
        entries(agent)


def test_it_is_narrowed_and_searched_a_part_at_a_time(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "AT_ONCE", 2)
    for title in ("Fair", "Radio", "Fair of old", "Paper"):
        defining.add_titled(session, defining.CHANNEL, title)
    wanted = AuditFilter(kinds=frozenset({AuditKind.CHANNEL}))

    def found(find: str, narrowed: AuditFilter = wanted) -> list[str]:
        read = partial(list_entries, session, narrowed)
        return [each.event.title for each in find_entries(session, read, find)]

    assert found("") == ["Paper", "Fair of old", "Radio", "Fair"]
    assert found("fair") == ["Fair of old", "Fair"]
    assert found("entry old added") == ["Fair of old"]
    assert found("", AuditFilter(actor_id=99)) == []
    assert found("", replace(wanted, since=session.now())) == found("")
    assert found("", replace(wanted, before=session.now())) == []


def test_heads_are_kept_one_below_the_other(session: Session, tmp_path: Path) -> None:
    file = tmp_path / "heads"
    keep_head(session, file)
    defining.add_titled(session, defining.NEED, "One more")
    kept = keep_head(session, file)
    assert [each.head.number for each in read_heads(file)] == [kept.head.number - 1, kept.head.number]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with session.store.read() as connection:
        (checked,) = check(connection, read_heads(file))
    assert (checked.heads, checked.findings) == (2, ())
    other = tmp_path / "letter.txt"
    other.write_text("Dear Zoe\n")
    with pytest.raises(Refused, match="no file of heads"):
        keep_head(session, other)
    assert other.read_text() == "Dear Zoe\n"


def test_two_workspaces_have_a_chain_each(tmp_path: Path) -> None:
    path = make_two_workspaces(tmp_path)
    with (
        closing(Session.open(path, IN_THE_FIRST)) as first,
        closing(Session.open(path, IN_THE_SECOND)) as second,
    ):
        known = entries(first)
        defining.add_titled(second, defining.NEED, "Elsewhere")
        assert entries(first) == known
        assert entries(second)[0].event.title == "Elsewhere"
        with first.store.read() as connection:
            assert [each.findings for each in check(connection)] == [(), ()]


def test_an_import_is_one_entry(session: Session, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(
        "Name,Phone\n" + "".join(f"P {n},+1 212 {555 + n // 9999} {n % 9999:04}\n" for n in range(3_000))
    )
    known = len(entries(session))
    import_files(session, [sheet])
    told = entries(session)
    assert len(told) == known + 1
    assert {each.name: each.after for each in told[0].event.parts} == {"rows": 3_000}
