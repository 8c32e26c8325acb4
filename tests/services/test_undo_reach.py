"""Taking back asks for the same customers as doing: steps of each kind, many at once, and imports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
import test_scopes
from session_making import status_of
from test_scopes import Desk

from leadtui.domain.field_rights import FieldRights
from leadtui.domain.importing import ImportOptions
from leadtui.domain.lead import Lead
from leadtui.domain.lead_fields import CITY
from leadtui.domain.permission import Permission, Scope
from leadtui.domain.status import EscalationRule
from leadtui.errors import Refused
from leadtui.services import bulk, defining, escalating, follow_up, lead_merge, leads, reminders, undo
from leadtui.services.follow_up import SetStatus, StatusOfSeveral
from leadtui.services.importing.running import import_files
from leadtui.services.importing.undoing import Because, undo_import
from leadtui.store import definitions

desk = test_scopes.desk


def give(desk: Desk, lead: Lead, to: str) -> None:
    """Sara gives a customer to somebody."""
    bulk.assign(desk.sara, [lead.id], desk.owners[to])


def owner(desk: Desk, lead: Lead) -> int | None:
    return leads.open_lead(desk.boss, lead.id).lead.owner_id


@pytest.mark.parametrize(
    ("came_from", "went_to", "scope", "is_back"),
    [
        ("own", "mate's", Scope.OWN, True),
        ("mate's", "stranger's", Scope.OWN, False),
        ("mate's", "stranger's", Scope.TEAM, True),
        ("stranger's", "mate's", Scope.TEAM, False),
        ("nobody's", "mate's", Scope.TEAM, False),
        ("nobody's", "mate's", Scope.ALL, True),
        # What one took for oneself goes back to whom one took it from, whoever that is.
        ("stranger's", "own", Scope.OWN, True),
        ("nobody's", "own", Scope.OWN, True),
    ],
)
def test_who_was_given_away_comes_back_to_whom_one_may_give(
    desk: Desk, came_from: str, went_to: str, scope: Scope, is_back: bool
) -> None:
    desk.grant({Permission.TAKE_OVER: Scope.ALL})
    lead = desk.customer(came_from)
    give(desk, lead, went_to)
    desk.grant({Permission.TRANSFER: scope})
    if is_back:
        undo.undo(desk.sara)
    else:
        with pytest.raises(undo.NotTakenBack, match="follow-ups:transfer"):
            undo.undo(desk.sara)
    assert owner(desk, lead) == desk.owners[came_from if is_back else went_to]


def test_of_many_who_were_given_away_those_come_back_whom_one_may_give(desk: Desk) -> None:
    desk.grant({})
    mates, strangers = desk.customer("mate's"), desk.customer("stranger's")
    bulk.assign(desk.sara, [mates.id, strangers.id], desk.owners["nobody's"])
    desk.grant({Permission.TRANSFER: Scope.TEAM})
    undone = undo.undo(desk.sara)
    assert [each.lead.id for each in undone.taken] == [mates.id]
    assert [each.lead.id for each in undone.refused] == [strangers.id]
    assert owner(desk, mates) == desk.owners["mate's"]


def test_a_status_that_moved_somebody_on_is_taken_back_by_who_had_them(desk: Desk) -> None:
    desk.grant({Permission.FOLLOW_UP: Scope.OWN, Permission.TRANSFER: Scope.ALL})
    lead = desk.customer("own")
    step = SetStatus(
        lead.id,
        lead.version,
        status_of(desk.sara, "demo_booked").id,
        answers={"date": "2024-10-01", "time": "16:00"},
        owner_id=desk.owners["stranger's"],
        remind_at=desk.sara.now() + timedelta(days=3),
    )
    follow_up.set_status(desk.sara, step)
    assert owner(desk, lead) == desk.owners["stranger's"]
    undo.undo(desk.sara)
    assert owner(desk, lead) == desk.owners["own"]


def test_several_get_a_status_but_for_those_whom_one_may_not_follow_up(desk: Desk) -> None:
    desk.grant({Permission.FOLLOW_UP: Scope.TEAM})
    mine, strangers = desk.customer("mate's"), desk.customer("stranger's")
    wanted = StatusOfSeveral(status_of(desk.sara, "voicemail").id)
    result = follow_up.set_status_of(desk.sara, [strangers.id, mine.id], wanted)
    assert (result.done, result.beyond, result.through) == (1, 1, 2)
    with pytest.raises(Refused, match="follow-ups:set=team"):
        follow_up.set_status_of(desk.sara, [strangers.id], wanted)


STEPS: Mapping[Permission, Callable[[Desk, Lead], object]] = {
    Permission.REMIND: lambda desk, lead: reminders.set_reminder(
        desk.sara, lead.id, desk.sara.now() + timedelta(days=1), asked=True
    ),
    Permission.FOLLOW_UP: lambda desk, lead: leads.add_note(desk.sara, lead.id, "Likes tea"),
    Permission.EDIT_CUSTOMERS: test_scopes.edits,
    Permission.MERGE_CUSTOMERS: lambda desk, lead: lead_merge.merge(
        desk.sara, (twin := desk.customer("own")).id, lead.id, (twin.version, lead.version)
    ),
}


@pytest.mark.parametrize("permission", STEPS)
def test_a_step_is_taken_back_on_whom_one_may_still_do_it_to(desk: Desk, permission: Permission) -> None:
    desk.grant({})
    STEPS[permission](desk, desk.customer("stranger's"))
    desk.grant({permission: Scope.TEAM})
    with pytest.raises(undo.NotTakenBack, match=f"{permission.value}=team"):
        undo.undo(desk.sara)
    desk.grant({})
    assert undo.undo(desk.sara).taken


def test_what_was_passed_on_comes_back_to_whom_one_may_give(desk: Desk) -> None:
    before = status_of(desk.boss, "call_back")
    defining.save_status(desk.boss, replace(before, escalation=EscalationRule(pool_after=60)), before)
    desk.sara.reload_definitions()
    desk.grant({})
    lead = desk.customer("stranger's")
    due = desk.sara.now() + timedelta(hours=1)
    follow_up.set_status(desk.sara, SetStatus(lead.id, None, before.id, remind_at=due, asked=True))
    desk.clock.move(days=3)
    assert escalating.escalate(desk.boss)
    assert owner(desk, lead) is None
    desk.grant({Permission.TRANSFER: Scope.TEAM})
    with pytest.raises(undo.NotTakenBack, match="follow-ups:transfer=team"):
        undo.undo_escalation(desk.sara, lead.id)
    desk.grant({})
    undo.undo_escalation(desk.sara, lead.id)
    assert owner(desk, lead) == desk.owners["stranger's"]


# Imports


def imported(desk: Desk, lead: Lead) -> int:
    """The batch by which the boss gives a customer a grade."""
    path = desk.folder / "grades.csv"
    path.write_text(f"name,phone,grade\n{lead.name},{lead.phone},Master\nNew {lead.id},,Bachelor\n")
    (report,) = import_files(desk.boss, [path], ImportOptions())
    assert leads.open_lead(desk.boss, lead.id).lead.grade == "Master"
    assert report.batch_id is not None
    return report.batch_id


GRADE = "grade"


@pytest.mark.parametrize("rights", [FieldRights(read=frozenset({GRADE})), FieldRights(frozenset({GRADE}))])
def test_an_import_is_not_taken_back_where_it_changed_what_one_may_not(
    desk: Desk, rights: FieldRights
) -> None:
    lead = desk.customer("own")
    batch_id = imported(desk, lead)
    for scopes, fields, stays in (
        ({}, rights, True),
        ({Permission.IMPORT_OVER: Scope.NONE}, FieldRights(), True),
        ({}, FieldRights(read=frozenset({CITY})), False),
    ):
        desk.grant(scopes)
        with desk.boss.write() as tx:
            own = tx.definitions.profile("own")
            assert own is not None
            definitions.save_profile(tx, replace(own, fields=fields))
        report = undo_import(desk.sara, batch_id)
        because = [each.because for each in report.stayed if each.lead_id == lead.id]
        assert because == ([Because.NOT_ALLOWED] if stays else [])
        assert leads.open_lead(desk.boss, lead.id).lead.grade == ("Master" if stays else "")
        assert (report.batch.undone_at is None) == stays


def test_an_import_sets_statuses_and_reminders_of_whom_one_may_follow_up(desk: Desk) -> None:
    desk.grant({Permission.FOLLOW_UP: Scope.TEAM, Permission.REMIND: Scope.TEAM})
    path = desk.folder / "standing.csv"
    for whose, given in (("mate's", True), ("stranger's", False)):
        lead = desk.customer(whose)
        path.write_text(f"name,phone,status,reminder\n{lead.name},{lead.phone},Voicemail,2030-01-02 10:00\n")
        import_files(desk.sara, [path], ImportOptions())
        after = leads.open_lead(desk.boss, lead.id).lead
        assert (after.status_id is not None, after.next_at is not None) == (given, given), whose
