"""Supervisors say what each profile allows; somebody always stays who can give permissions back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from desk_making import MovingClock, hire, make_desk

from leadtui.domain.permission import AGENT_PROFILE, SUPERVISOR_PROFILE, Permission, Profile
from leadtui.errors import Conflict, Invalid, Refused
from leadtui.services.colleagues import add_colleague, change_colleague
from leadtui.services.desk import Desk
from leadtui.services.profiles import remove_profile, save_profile

TRAINEE = Profile(0, "", "Trainee", frozenset({Permission.SEE_CARTABLE, Permission.FOLLOW_UP}))


def of_key(desk: Desk, key: str) -> Profile:
    found = desk.definitions.profile(key)
    assert found is not None
    return found


def test_a_profile_of_ones_own_from_its_first_to_its_last_day(desk: Desk, clock: MovingClock) -> None:
    assert [(each.key, each.ready) for each in desk.definitions.profiles] == [
        (AGENT_PROFILE, True),
        (SUPERVISOR_PROFILE, True),
    ]
    trainee = save_profile(desk, TRAINEE)
    assert (trainee.key, trainee.ready, trainee.permissions) == ("trainee", False, TRAINEE.permissions)
    with pytest.raises(Invalid, match="There is “Trainee” already") as twice:
        save_profile(desk, replace(TRAINEE, title=" TRAINEE "))
    assert twice.value.field == "title"
    sara = hire(desk, "Sara Ahmadi", "sara@example.com", clock, profile="trainee")
    assert sara.actor.permissions == TRAINEE.permissions
    with pytest.raises(Refused, match="Sara Ahmadi has “Trainee”"):
        remove_profile(desk, trainee.id)
    more = save_profile(
        desk, replace(trainee, permissions=trainee.permissions | {Permission.REMIND}), trainee
    )
    sara.reload_definitions()
    assert sara.actor.may(Permission.REMIND)
    with pytest.raises(Conflict, match="Trainee"):
        save_profile(desk, replace(trainee, title="Beginner"), trainee)
    change_colleague(desk, sara.actor.id, "Sara Ahmadi", AGENT_PROFILE, active=False)
    remove_profile(desk, more.id)
    assert desk.definitions.profile("trainee") is None
    with pytest.raises(Invalid, match="trainee"):
        add_colleague(desk, "Lea", "lea@example.com", "trainee")
    sara.close()


def test_the_ready_ones_change_and_stay(desk: Desk) -> None:
    agent = of_key(desk, AGENT_PROFILE)
    save_profile(desk, replace(agent, permissions=agent.permissions - {Permission.SEE_NUMBERS}), agent)
    assert Permission.SEE_NUMBERS not in of_key(desk, AGENT_PROFILE).permissions
    for each in desk.definitions.profiles:
        with pytest.raises(Refused, match="stays"):
            remove_profile(desk, each.id)


def test_somebody_can_always_manage_colleagues(desk: Desk, clock: MovingClock) -> None:
    supervisor = of_key(desk, SUPERVISOR_PROFILE)
    without = replace(supervisor, permissions=supervisor.permissions - {Permission.MANAGE_COLLEAGUES})
    with pytest.raises(Invalid, match="colleagues:manage") as refused:
        save_profile(desk, without, supervisor)
    assert refused.value.field == "colleagues"
    # Another who may is enough; one who works here no more is not.
    keeper = save_profile(desk, Profile(0, "", "Keeper", frozenset({Permission.MANAGE_COLLEAGUES})))
    reza = hire(desk, "Reza Amini", "reza@example.com", clock, profile=keeper.key)
    change_colleague(desk, reza.actor.id, "Reza Amini", keeper.key, active=False)
    with pytest.raises(Invalid, match="colleagues:manage"):
        save_profile(desk, without, supervisor)
    change_colleague(desk, reza.actor.id, "Reza Amini", keeper.key, active=True)
    save_profile(desk, without, supervisor)
    reza.reload_definitions()
    with pytest.raises(Invalid, match="colleagues:manage") as refused:
        save_profile(reza, replace(keeper, permissions=frozenset()), keeper)
    for profile, active, field in ((AGENT_PROFILE, True, "profile"), (keeper.key, False, "active")):
        with pytest.raises(Invalid, match="colleagues:manage") as refused:
            change_colleague(reza, reza.actor.id, "Reza Amini", profile, active=active)
        assert refused.value.field == field
    reza.close()


def test_two_supervisors_at_one_colleague(tmp_path: Path, clock: MovingClock) -> None:
    desk = make_desk(tmp_path, clock=clock)
    hire(desk, "Sara Ahmadi", "sara@example.com", clock).close()
    desk.reload_definitions()
    sara = next(each for each in desk.definitions.colleagues if each.email == "sara@example.com")
    change_colleague(desk, sara.id, "Sara A.", AGENT_PROFILE, active=True, before=sara)
    with pytest.raises(Conflict, match=r"Sara A\."):
        change_colleague(desk, sara.id, "Sara", AGENT_PROFILE, active=True, before=sara)
    desk.close()
