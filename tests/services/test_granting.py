"""Nobody grants what they do not have, nor takes it from others, by any door: each is tried with each permission."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from session_making import MovingClock, make_session

from leadtui.domain.permission import OWNER_PROFILE, Permission, Profile
from leadtui.domain.workspace import MemberState
from leadtui.errors import Invalid, Refused
from leadtui.services.colleagues import add_colleague, change_colleague
from leadtui.services.handing_over import hand_over
from leadtui.services.profiles import save_profile
from leadtui.services.session import Session
from leadtui.services.template_exchange import compare, import_template
from leadtui.services.templates import load_template
from leadtui.store import definitions
from leadtui.store.connection import WorkspaceConnection


@dataclass(frozen=True, slots=True)
class Team:
    """A manager who lacks one permission, and who has a profile with it or a profile without."""

    manager: Session
    own: Profile
    granting: Profile
    harmless: Profile

    def person(self, name: str) -> int:
        """The id of somebody who works here, or did."""
        return next(each.id for each in self.manager.definitions.colleagues if each.name == name)

    def change(self, name: str, profile: Profile, *, active: bool = True) -> None:
        """Change somebody as the manager."""
        change_colleague(self.manager, self.person(name), name, profile.key, active=active)

    def without(self, profile: Profile) -> Profile:
        """The profile as it would be without what it grants."""
        return replace(profile, permissions=frozenset())


DOORS: Mapping[str, Callable[[Team], object]] = {
    "own profile": lambda at: save_profile(
        at.manager, replace(at.own, permissions=at.own.permissions | at.granting.permissions)
    ),
    "another profile": lambda at: save_profile(
        at.manager, replace(at.harmless, permissions=at.granting.permissions)
    ),
    "taking it from a profile": lambda at: save_profile(at.manager, at.without(at.granting)),
    "new profile": lambda at: save_profile(at.manager, Profile(0, "", "New", at.granting.permissions)),
    "owner's profile": lambda at: save_profile(
        at.manager,
        at.without(next(each for each in at.manager.definitions.profiles if each.key == OWNER_PROFILE)),
    ),
    "template": lambda at: import_template(
        at.manager,
        replace(
            load_template("sales"), profiles=(replace(at.harmless, permissions=at.granting.permissions),)
        ),
    ),
    "what a template would do": lambda at: compare(
        at.manager, replace(load_template("sales"), profiles=(at.without(at.granting),))
    ),
    "new profile of a template": lambda at: import_template(
        at.manager,
        replace(load_template("sales"), profiles=(replace(at.granting, id=0, key="new", title="New"),)),
    ),
    "new colleague": lambda at: add_colleague(at.manager, "Lea", "lea@example.com", at.granting.key),
    "new owner": lambda at: add_colleague(at.manager, "Lea", "lea@example.com", OWNER_PROFILE),
    "oneself": lambda at: at.change("Manager", at.granting),
    "a colleague": lambda at: at.change("Harmless", at.granting),
    "taking it from a colleague": lambda at: at.change("Granted", at.harmless),
    "letting a colleague go": lambda at: at.change("Granted", at.granting, active=False),
    "handing over what a colleague has": lambda at: hand_over(at.manager, at.person("Granted"), []),
    "bringing a colleague back": lambda at: at.change("Gone", at.granting),
    "letting the owner go": lambda at: at.change("Neda Karimi", at.harmless, active=False),
}


OWNERS = ("colleagues:owners", "may do everything", "is the only owner")
"""What is told where owners are meant, whatever else is lacking."""


@pytest.fixture
def teams(tmp_path: Path) -> Generator[Callable[[Permission], Team]]:
    """Makes the team of a permission, all of them at one store; the manager is the same person."""
    clock = MovingClock()
    session = make_session(tmp_path, clock=clock)
    people = {"Manager": "own", "Granted": "granting", "Gone": "granting", "Harmless": "harmless"}
    with session.store.write() as connection:
        tx = WorkspaceConnection(connection, session.workspace.id)
        for title in ("own", "granting", "harmless"):
            definitions.save_profile(tx, Profile(0, title, title))
        for name, profile in people.items():
            definitions.add_colleague(tx, name, f"{name.lower()}@example.com", profile, clock.now)
        gone = next(each for each in definitions.load(tx).colleagues if each.name == "Gone")
        definitions.set_state(tx, gone.id, MemberState.GONE, clock.now, None)
    assert session.store.path is not None
    manager = Session.open(session.store.path, "manager@example.com", clock)

    def team(permission: Permission) -> Team:
        granted = {
            "own": frozenset(Permission) - {permission},
            "granting": frozenset({permission}),
            "harmless": frozenset[Permission](),
        }
        with session.write() as tx:
            made = {
                key: replace(profile, permissions=permissions)
                for key, permissions in granted.items()
                if (profile := tx.definitions.profile(key)) is not None
            }
            for each in made.values():
                definitions.save_profile(tx, each)
        manager.reload_definitions()
        return Team(manager, made["own"], made["granting"], made["harmless"])

    yield team
    manager.close()
    session.close()


@pytest.mark.parametrize("door", DOORS)
def test_no_door_grants_or_takes_what_one_does_not_have(
    teams: Callable[[Permission], Team], door: str
) -> None:
    for permission in Permission:
        team = teams(permission)
        before = team.manager.definitions
        with pytest.raises((Invalid, Refused)) as refused:
            DOORS[door](team)
        told = str(refused.value)
        assert any(words in told for words in (permission.value, *OWNERS)), told
        assert team.manager.reload_definitions() == before


@pytest.mark.parametrize(
    "door", sorted(DOORS.keys() - {"owner's profile", "new owner", "letting the owner go"})
)
def test_whoever_has_it_may(teams: Callable[[Permission], Team], door: str) -> None:
    team = teams(Permission.EXPORT)
    with team.manager.store.write() as connection:
        tx = WorkspaceConnection(connection, team.manager.workspace.id)
        definitions.save_profile(tx, replace(team.own, permissions=frozenset(Permission)))
    team.manager.reload_definitions()
    own = replace(team.own, permissions=frozenset(Permission))
    DOORS[door](replace(team, own=own))
