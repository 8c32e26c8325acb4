"""Supervisors say what each profile allows; somebody always stays who can give permissions back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from session_making import MovingClock, hire, make_session, without_owner

from leadtui.domain.permission import (
    AGENT_PROFILE,
    AREA_GRANTS,
    OWNER_ONLY,
    OWNER_PROFILE,
    READY_PROFILES,
    SUPERVISOR_PROFILE,
    Permission,
    Profile,
)
from leadtui.errors import Conflict, Invalid, Refused
from leadtui.services.colleagues import add_colleague, change_colleague
from leadtui.services.confirming import confirming
from leadtui.services.profiles import remove_profile, save_profile
from leadtui.services.session import Session
from leadtui.services.template_exchange import compare, import_template
from leadtui.services.templates import load_template

TRAINEE = Profile(0, "", "Trainee", frozenset({Permission.SEE_CARTABLE, Permission.FOLLOW_UP}))


def of_key(session: Session, key: str) -> Profile:
    found = session.definitions.profile(key)
    assert found is not None
    return found


def test_a_profile_of_ones_own_from_its_first_to_its_last_day(session: Session, clock: MovingClock) -> None:
    assert [(each.key, each.ready) for each in session.definitions.profiles] == [
        (key, True) for key in READY_PROFILES
    ]
    trainee = save_profile(session, TRAINEE)
    assert (trainee.key, trainee.ready, trainee.permissions) == ("trainee", False, TRAINEE.permissions)
    with pytest.raises(Invalid, match="There is “Trainee” already") as twice:
        save_profile(session, replace(TRAINEE, title=" TRAINEE "))
    assert twice.value.field == "title"
    sara = hire(session, "Sara Ahmadi", "sara@example.com", clock, profile="trainee")
    assert sara.actor.permissions == TRAINEE.permissions
    with pytest.raises(Refused, match="Sara Ahmadi has “Trainee”"):
        remove_profile(session, trainee.id)
    more = save_profile(
        session, replace(trainee, permissions=trainee.permissions | {Permission.REMIND}), trainee
    )
    sara.reload_definitions()
    assert sara.actor.may(Permission.REMIND)
    with pytest.raises(Conflict, match="Trainee"):
        save_profile(session, replace(trainee, title="Beginner"), trainee)
    change_colleague(session, sara.actor.id, "Sara Ahmadi", AGENT_PROFILE, active=False)
    remove_profile(session, more.id)
    assert session.definitions.profile("trainee") is None
    with pytest.raises(Invalid, match="trainee"):
        add_colleague(session, "Lea", "lea@example.com", "trainee")
    sara.close()


def test_the_ready_ones_change_and_stay(session: Session) -> None:
    agent = of_key(session, AGENT_PROFILE)
    save_profile(session, replace(agent, permissions=agent.permissions - {Permission.SEE_NUMBERS}), agent)
    assert Permission.SEE_NUMBERS not in of_key(session, AGENT_PROFILE).permissions
    for each in session.definitions.profiles:
        with pytest.raises(Refused, match="stays"):
            remove_profile(session, each.id)


def test_somebody_can_always_manage_colleagues(tmp_path: Path, clock: MovingClock) -> None:
    session = make_session(tmp_path, clock=clock)
    without_owner(session)
    supervisor = of_key(session, SUPERVISOR_PROFILE)
    without = replace(supervisor, permissions=supervisor.permissions - {Permission.MANAGE_COLLEAGUES})
    with pytest.raises(Invalid, match="colleagues:manage") as refused:
        save_profile(session, without, supervisor)
    assert refused.value.field == "colleagues"
    # Another who may is enough; one who works here no more is not.
    keeper = save_profile(session, Profile(0, "", "Keeper", frozenset({Permission.MANAGE_COLLEAGUES})))
    reza = hire(session, "Reza Amini", "reza@example.com", clock, profile=keeper.key)
    change_colleague(session, reza.actor.id, "Reza Amini", keeper.key, active=False)
    with pytest.raises(Invalid, match="colleagues:manage"):
        save_profile(session, without, supervisor)
    change_colleague(session, reza.actor.id, "Reza Amini", keeper.key, active=True)
    save_profile(session, without, supervisor)
    reza.reload_definitions()
    with pytest.raises(Invalid, match="colleagues:manage") as refused:
        save_profile(reza, replace(keeper, permissions=frozenset()), keeper)
    for profile, active, field in ((AGENT_PROFILE, True, "profile"), (keeper.key, False, "active")):
        with pytest.raises(Invalid, match="colleagues:manage") as refused:
            change_colleague(reza, reza.actor.id, "Reza Amini", profile, active=active)
        assert refused.value.field == field
    reza.close()
    session.close()


def test_two_supervisors_at_one_colleague(tmp_path: Path, clock: MovingClock) -> None:
    session = make_session(tmp_path, clock=clock)
    hire(session, "Sara Ahmadi", "sara@example.com", clock).close()
    session.reload_definitions()
    sara = next(each for each in session.definitions.colleagues if each.email == "sara@example.com")
    change_colleague(session, sara.id, "Sara A.", AGENT_PROFILE, active=True, before=sara)
    with pytest.raises(Conflict, match=r"Sara A\."):
        change_colleague(session, sara.id, "Sara", AGENT_PROFILE, active=True, before=sara)
    session.close()


def test_nobody_grants_or_takes_what_they_do_not_have(session: Session, clock: MovingClock) -> None:
    own = frozenset({Permission.MANAGE_COLLEAGUES, Permission.SEE_CUSTOMERS, Permission.DEFINE_NEEDS})
    lead = save_profile(session, Profile(0, "", "Team lead", own))
    small = save_profile(session, Profile(0, "", "Small", frozenset({Permission.SEE_CUSTOMERS})))
    reza = hire(session, "Reza Amini", "reza@example.com", clock, profile=lead.key)
    hire(session, "Sara Ahmadi", "sara@example.com", clock).close()
    reza.reload_definitions()
    sara = next(each for each in reza.definitions.colleagues if each.email == "sara@example.com")
    for permission in Permission:
        more = replace(lead, permissions=own | {permission})
        if permission in own:
            save_profile(reza, replace(small, permissions=small.permissions ^ {permission}))
            save_profile(reza, small)
            continue
        for changed in (
            more,
            replace(small, permissions=frozenset({permission})),
            replace(more, id=0, title="New"),
        ):
            with pytest.raises(Invalid, match=permission.value) as refused:
                save_profile(reza, changed)
            assert refused.value.field == permission.area.value
        supervisor = of_key(reza, SUPERVISOR_PROFILE)
        with pytest.raises(Invalid, match=permission.value):
            save_profile(reza, replace(supervisor, permissions=supervisor.permissions ^ {permission}))
    for profile in (AGENT_PROFILE, SUPERVISOR_PROFILE):
        with pytest.raises(Invalid, match="neither grant nor take away") as refused:
            add_colleague(reza, "Lea", "lea@example.com", profile)
        assert refused.value.field == "profile"
    for person, profile, active in (
        (reza.actor, SUPERVISOR_PROFILE, True),
        (sara, small.key, True),
        (sara, SUPERVISOR_PROFILE, True),
        (sara, AGENT_PROFILE, False),
    ):
        with pytest.raises(Invalid, match="neither grant nor take away"):
            change_colleague(reza, person.id, person.name, profile, active=active)
    add_colleague(reza, "Lea", "lea@example.com", small.key)
    change_colleague(reza, sara.id, "Sara A.", AGENT_PROFILE, active=True)
    template = load_template("sales")
    wanted = replace(
        template, profiles=(Profile(0, small.key, "Small", frozenset({Permission.SEE_NUMBERS})),)
    )
    for call in (compare, import_template):
        with pytest.raises(Invalid, match="customers:see-numbers"):
            call(reza, wanted)
    reza.close()


def test_what_nobody_has_any_more_can_be_granted_again(tmp_path: Path, clock: MovingClock) -> None:
    session = make_session(tmp_path, clock=clock)
    without_owner(session)
    supervisor = of_key(session, SUPERVISOR_PROFILE)
    assert Permission.ERASE_CUSTOMERS in supervisor.permissions
    without = save_profile(
        session, replace(supervisor, permissions=supervisor.permissions - {Permission.EXPORT})
    )
    assert not session.actor.may(Permission.EXPORT)
    without = save_profile(session, replace(without, permissions=supervisor.permissions))
    assert session.actor.may(Permission.EXPORT)
    # What is the owner's own comes back from the owner alone.
    none = save_profile(
        session, replace(without, permissions=supervisor.permissions - {Permission.ERASE_CUSTOMERS})
    )
    for permission in OWNER_ONLY:
        with pytest.raises(Invalid, match=permission.value):
            save_profile(session, replace(none, permissions=none.permissions | {permission}))
    with pytest.raises(Refused, match="colleagues:owners"):
        change_colleague(session, session.actor.id, "Neda", OWNER_PROFILE, active=True)
    session.close()


def test_who_makes_a_workspace_owns_it_and_supervisors_lack_what_is_the_owners(
    session: Session, clock: MovingClock
) -> None:
    assert session.actor.profile == OWNER_PROFILE
    assert session.actor.permissions == frozenset(Permission)
    boss = hire(session, "Reza Amini", "reza@example.com", clock, SUPERVISOR_PROFILE)
    sara = hire(session, "Sara Ahmadi", "sara@example.com", clock)
    boss.reload_definitions()
    assert frozenset(Permission) - boss.actor.permissions == OWNER_ONLY
    with pytest.raises(Refused, match="colleagues:owners"):
        add_colleague(boss, "Lea", "lea@example.com", OWNER_PROFILE)
    for person, profile, active in (
        (boss.actor, OWNER_PROFILE, True),
        (sara.actor, OWNER_PROFILE, True),
        (session.actor, AGENT_PROFILE, True),
        (session.actor, OWNER_PROFILE, False),
    ):
        with pytest.raises(Refused, match="colleagues:owners"):
            change_colleague(boss, person.id, person.name, profile, active=active)
    owner = of_key(session, OWNER_PROFILE)
    for permission in Permission:
        with pytest.raises(Invalid, match="may do everything") as refused:
            save_profile(session, replace(owner, permissions=owner.permissions - {permission}))
        assert refused.value.field == permission.area.value
    assert save_profile(session, replace(owner, title="Boss"), owner).title == "Boss"


def test_the_last_owner_stays(session: Session, clock: MovingClock) -> None:
    me = session.actor
    boss = hire(session, "Reza Amini", "reza@example.com", clock, SUPERVISOR_PROFILE)
    for profile, active in ((SUPERVISOR_PROFILE, True), (OWNER_PROFILE, False)):
        with pytest.raises(Invalid, match="is the only owner") as refused:
            change_colleague(session, me.id, me.name, profile, active=active)
        assert refused.value.field == ("profile" if active else "active")
    # One who works here no more is none.
    with confirming(session.workspace.title):
        change_colleague(session, boss.actor.id, "Reza Amini", OWNER_PROFILE, active=True)
        change_colleague(session, boss.actor.id, "Reza Amini", OWNER_PROFILE, active=False)
    with pytest.raises(Invalid, match="is the only owner"):
        change_colleague(session, me.id, me.name, AGENT_PROFILE, active=True)
    with confirming(session.workspace.title):
        change_colleague(session, boss.actor.id, "Reza Amini", OWNER_PROFILE, active=True)
        change_colleague(session, me.id, me.name, AGENT_PROFILE, active=True)
    assert session.actor.profile == AGENT_PROFILE
    boss.close()


def test_profiles_of_one_area_are_given_what_there_is_of_it(session: Session) -> None:
    known = {each.value for each in Permission}
    for key, names in AREA_GRANTS.items():
        assert len(names) == len(set(names))
        assert {each.value for each in of_key(session, key).permissions} == known & set(names)
    granted = [len([each for each in names if each.startswith("reports:")]) for names in AREA_GRANTS.values()]
    assert granted == [1, 2, 8, 3]
