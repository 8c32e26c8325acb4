"""Invitations: who may invite whom, what a code is good for and how long, and what accepting changes."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from session_making import (
    MovingClock,
    Office,
    business,
    claimed,
    hash_quickly,
    make_session,
    secured,
    without_password,
)

from leadtui.domain.audit import AuditAct, AuditFilter
from leadtui.domain.invitation import WrongCode
from leadtui.domain.permission import AGENT_PROFILE, OWNER_PROFILE, SUPERVISOR_PROFILE, Permission, Profile
from leadtui.domain.signing_in import Password, TooManyTries, WrongPassword
from leadtui.domain.workspace import MemberState, WorkspaceKind
from leadtui.errors import Invalid, NotFound, Refused
from leadtui.services.accepting import accept, read_invitation
from leadtui.services.audit import list_entries
from leadtui.services.colleagues import add_colleague, change_colleague
from leadtui.services.inviting import invite, invite_again, withdraw_invitation
from leadtui.services.profiles import save_profile
from leadtui.services.session import Session
from leadtui.services.signing_in import change_password
from leadtui.services.workspace import change_workspace
from leadtui.services.workspaces import add_workspace
from leadtui.store import sign_ins

MITRA, HERS = "mitra@example.com", "nine calm lanterns"


@pytest.fixture
def neda(session: Session) -> Session:
    """The owner, who has a password."""
    secured(session)
    return session


def state_of(session: Session, email: str) -> MemberState:
    return next(each.state for each in session.reload_definitions().colleagues if each.email == email)


def test_who_accepts_says_their_name_and_works_from_then_on(neda: Session, clock: MovingClock) -> None:
    made = invite(neda, " Mitra@Example.com ", SUPERVISOR_PROFILE)
    path = neda.store.path
    assert state_of(neda, MITRA) is MemberState.INVITED
    assert MITRA not in {each.email for each in neda.definitions.active_colleagues}
    told = read_invitation(path, MITRA, made.code.lower().replace("-", " "), clock)
    assert (told.workspace, told.profile, told.by) == (neda.workspace.title, "Supervisor", "Neda Karimi")
    assert (told.name, told.knows_password) == ("", False)
    with pytest.raises(Invalid, match="too short"):
        accept(path, MITRA, made.code, "Mitra", "short", clock)
    clock.move(minutes=5)
    proven = accept(path, MITRA, made.code, "Mitra Omidi", HERS, clock)
    with closing(Session.open(path, MITRA, clock, proof=Password(HERS))) as hers:
        assert hers.actor.id == proven.user_id
        assert (hers.actor.name, hers.actor.since, hers.actor.by) == ("Mitra Omidi", clock.now, hers.actor.id)
        assert hers.actor.may(Permission.MANAGE_COLLEAGUES)
    with pytest.raises(WrongCode):  # it was good once
        accept(path, MITRA, made.code, "Mitra", HERS, clock)
    acts = [(each.event.act, each.actor_name) for each in list_entries(neda, AuditFilter())[:2]]
    assert acts == [(AuditAct.ACCEPTED, "Mitra Omidi"), (AuditAct.INVITED, "Neda Karimi")]


def test_a_code_is_dead_once_it_is_old_withdrawn_or_sent_again(neda: Session, clock: MovingClock) -> None:
    path, first = neda.store.path, invite(neda, MITRA)
    clock.move(days=6, hours=23)
    assert read_invitation(path, MITRA, first.code, clock).email == MITRA
    second = invite_again(neda, first.user_id)
    assert second.expires_at == clock.now + timedelta(days=7)
    with pytest.raises(WrongCode):
        read_invitation(path, MITRA, first.code, clock)
    clock.move(days=7)
    with pytest.raises(WrongCode):
        accept(path, MITRA, second.code, "Mitra", HERS, clock)
    third = invite_again(neda, first.user_id)
    withdraw_invitation(neda, first.user_id)
    assert state_of(neda, MITRA) is MemberState.GONE
    with pytest.raises(WrongCode):
        accept(path, MITRA, third.code, "Mitra", HERS, clock)
    with pytest.raises(Refused, match="not invited"):
        invite_again(neda, first.user_id)
    again = invite(neda, MITRA)
    assert again.user_id == first.user_id
    accept(path, MITRA, again.code, "Mitra", HERS, clock)
    with pytest.raises(Invalid, match="works here already"):
        invite(neda, MITRA)


def test_wrong_codes_wait_as_wrong_passwords_do_and_tell_nothing(neda: Session, clock: MovingClock) -> None:
    path = neda.store.path
    made = invite(neda, MITRA)
    said = set[str]()
    for address in (MITRA, "nobody@example.com"):
        for _try in range(5):
            with pytest.raises(WrongCode) as refused:
                read_invitation(path, address, "00000-00000-00000-00000", clock)
            said.add(str(refused.value))
        with pytest.raises(TooManyTries):
            accept(path, address, made.code, "Mitra", HERS, clock)
    assert len(said) == 1
    clock.move(minutes=1)
    accept(path, MITRA, made.code, "Mitra", HERS, clock)


def test_a_known_address_proves_itself_and_nothing_of_the_person_changes(
    neda: Session, clock: MovingClock
) -> None:
    path = neda.store.path
    accept(path, MITRA, invite(neda, MITRA).code, "Mitra Omidi", HERS, clock)
    elsewhere = neda.entered(add_workspace(neda, business("blank")).id)
    made = invite(elsewhere, MITRA)
    assert read_invitation(path, MITRA, made.code, clock).knows_password
    assert (
        read_invitation(path, MITRA, made.code, clock).name == ""
    )  # it tells nothing of the other workspace
    with neda.store.read() as connection:
        before = sign_ins.find_person(connection, MITRA)
    with pytest.raises(WrongPassword):
        accept(path, MITRA, made.code, "Mimi", "another good password", clock)
    accept(path, MITRA, made.code, "Mimi", HERS, clock)
    with neda.store.read() as connection:
        assert sign_ins.find_person(connection, MITRA) == before
    names = [
        next(each.name for each in there.reload_definitions().colleagues if each.email == MITRA)
        for there in (neda, elsewhere)
    ]
    assert names == ["Mitra Omidi", "Mimi"]


def test_nobody_gives_a_first_password_to_somebody_who_works_elsewhere(
    neda: Session, clock: MovingClock
) -> None:
    elsewhere = neda.entered(add_workspace(neda, business("blank")).id)
    with pytest.raises(Refused, match="invite them"):
        add_colleague(elsewhere, "Mitra", MITRA, SUPERVISOR_PROFILE)
    without_password(elsewhere, "Mitra", MITRA, SUPERVISOR_PROFILE)
    made = invite(neda, MITRA)
    with pytest.raises(Refused, match="another workspace"):
        accept(neda.store.path, MITRA, made.code, "Mitra", HERS, clock)
    assert state_of(neda, MITRA) is MemberState.INVITED


def test_only_a_business_with_its_number_invites_and_whoever_does_has_a_password(tmp_path: Path) -> None:
    clock = MovingClock()
    with closing(make_session(tmp_path, clock=clock)) as session:
        with pytest.raises(Refused, match="Set a password before you invite"):
            invite(session, MITRA)
        hash_quickly(session)
        change_password(session, HERS)
        session.keep_sign_in()
        invite(session, MITRA)
        private = replace(session.workspace, kind=WorkspaceKind.PRIVATE)
        change_workspace(session, private)
        with pytest.raises(Refused, match="is private, and only a business has colleagues"):
            invite(session, "other@example.com")


def test_nobody_invites_beyond_their_own_rights(office: Office) -> None:
    neda, sara = office.neda, office.sara
    manager = save_profile(neda, Profile(0, "", "Manager", frozenset({Permission.MANAGE_COLLEAGUES})))
    change_colleague(neda, sara.actor.id, "Sara Amini", manager.key, active=True)
    claimed(sara, neda.actor.email)
    for wider in (AGENT_PROFILE, SUPERVISOR_PROFILE):
        with pytest.raises(Invalid, match="neither grant"):
            invite(sara, MITRA, wider)
    with pytest.raises(Refused, match="colleagues:owners"):
        invite(sara, MITRA, OWNER_PROFILE)
    made = invite(sara, MITRA, manager.key)
    # Nor does changing the profile of whoever is invited go round it.
    for wider in (AGENT_PROFILE, OWNER_PROFILE):
        with pytest.raises((Invalid, Refused)):
            change_colleague(sara, made.user_id, "Mitra", wider, active=False)
    with pytest.raises(NotFound):
        withdraw_invitation(sara, 999)
    with pytest.raises(Invalid, match="once they accept"):
        change_colleague(sara, made.user_id, "Mitra", manager.key, active=True)
