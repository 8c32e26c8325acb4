"""Whether somebody has access: suspended, let in again, removed; and what they are called in each workspace."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from session_making import (
    IN_BOTH,
    IN_THE_FIRST,
    MovingClock,
    Office,
    add_lead,
    hire,
    make_two_workspaces,
    secured,
)

from leadtui.domain.audit import AuditAct, AuditFilter, AuditKind
from leadtui.domain.permission import AGENT_PROFILE, OWNER_PROFILE, SUPERVISOR_PROFILE
from leadtui.domain.signing_in import NotSignedIn, Password
from leadtui.domain.workspace import MemberState
from leadtui.errors import Invalid, NotFound, Refused
from leadtui.services.audit import list_entries
from leadtui.services.colleagues import add_colleague, change_colleague
from leadtui.services.confirming import confirming
from leadtui.services.handing_over import hand_over
from leadtui.services.leads import open_lead
from leadtui.services.membership import remove_colleague, resume_colleague, suspend_colleague
from leadtui.services.session import Session
from leadtui.services.signing_in import make_code, set_password_by_code
from leadtui.services.undo import undo
from leadtui.store import sign_ins


def test_who_is_suspended_does_nothing_until_they_are_let_in_again(office: Office) -> None:
    lead = add_lead(office.sara, "Mina", mine=True)
    suspend_colleague(office.neda, office.sara.actor.id)
    stored = office.neda.definitions.colleague(office.sara.actor.id)
    assert stored is not None
    assert (stored.state, stored.since, stored.by) == (
        MemberState.SUSPENDED,
        office.clock.now,
        office.neda.actor.id,
    )
    with pytest.raises(NotFound, match="is suspended"):
        open_lead(office.sara, lead.id)
    assert office.sara.actor.id not in {each.id for each in office.neda.definitions.active_colleagues}
    with pytest.raises(Refused, match="nothing is to be suspended"):
        suspend_colleague(office.neda, stored.id)
    assert open_lead(office.neda, lead.id).lead.owner_id == stored.id
    resume_colleague(office.neda, stored.id)
    assert open_lead(office.sara, lead.id).lead.owner_id == stored.id
    with pytest.raises(Refused, match="not suspended"):
        resume_colleague(office.neda, stored.id)


def test_who_is_suspended_counts_neither_as_owner_nor_as_who_manages(office: Office) -> None:
    neda, clock = office.neda, office.clock
    with closing(hire(neda, "Other Owner", "other@example.com", clock, OWNER_PROFILE)) as other:
        neda.reload_definitions()
        with confirming(neda.workspace.title):
            suspend_colleague(neda, other.actor.id)
        for end in (suspend_colleague, remove_colleague):
            with pytest.raises(Invalid, match="only owner"):
                end(neda, neda.actor.id)


def test_removing_ends_access_first_and_the_rest_follows_and_is_taken_back(office: Office) -> None:
    lead = add_lead(office.sara, "Mina", mine=True)
    secured(office.neda)
    code = make_code(office.neda, office.sara.actor.id)
    path = office.neda.store.path
    set_password_by_code(path, "sara@example.com", code.text, "seven quiet rivers", office.clock)
    sara = Session.open(path, "sara@example.com", office.clock, proof=Password("seven quiet rivers"))
    sara.keep_sign_in()
    done = hand_over(office.neda, sara.actor_id, [office.neda.actor.id])
    assert done.through
    with pytest.raises(NotSignedIn):
        open_lead(sara, lead.id)
    undo(office.neda)
    back = office.neda.reload_definitions().colleague(sara.actor_id)
    assert back is not None
    assert back.active
    assert open_lead(office.neda, lead.id).lead.owner_id == sara.actor_id
    with pytest.raises(NotSignedIn):  # they work here again, and sign in anew
        open_lead(sara, lead.id)
    with office.neda.store.read() as connection:
        assert all(each.ended_at is not None for each in sign_ins.of_person(connection, sara.actor_id))
    sara.close()
    told = [
        entry.event.act
        for entry in list_entries(office.neda, AuditFilter())
        if entry.event.kind is AuditKind.COLLEAGUE and entry.event.subject_id == back.id
    ]
    assert told[:2] == [AuditAct.BROUGHT_BACK, AuditAct.RETIRED]


def test_a_name_belongs_to_the_workspace(tmp_path: Path) -> None:
    path, clock = make_two_workspaces(tmp_path), MovingClock()
    with closing(Session.open(path, IN_THE_FIRST, clock)) as first:
        person = next(each for each in first.definitions.colleagues if each.email == IN_BOTH)
        change_colleague(first, person.id, "Mina of sales", AGENT_PROFILE, active=True)
        sara = add_colleague(first, "Sara who is new here", "sara@example.com")
        called = {each.id: each.name for each in first.definitions.colleagues}
        assert (called[person.id], called[sara]) == ("Mina of sales", "Sara who is new here")
    with closing(Session.open(path, "sara@example.com", clock, workspace="2")) as second:
        there = {each.id: (each.name, each.profile) for each in second.definitions.colleagues}
        assert there[person.id] == ("Mina", SUPERVISOR_PROFILE)
        assert there[sara] == ("Sara", SUPERVISOR_PROFILE)
