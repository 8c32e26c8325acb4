"""For whose customers something is granted: every permission that has a scope is tried at each scope on everybody's customers."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import pytest
from session_making import MovingClock, add_lead, hire, make_session

from leadtui.domain.importing import ImportOptions
from leadtui.domain.lead import Lead
from leadtui.domain.permission import (
    SCOPED,
    Permission,
    Profile,
    Scope,
    common_grants,
    grant_names,
    granted_profile,
    scopes_of,
)
from leadtui.domain.team import Team
from leadtui.errors import Invalid, LeadtuiError, NotFound, Refused
from leadtui.services import bulk, do_not_call, editing, erasing, leads
from leadtui.services.colleagues import change_colleague
from leadtui.services.editing import EditLead
from leadtui.services.exporting import ExportFormat, export
from leadtui.services.importing.cell_fates import Why
from leadtui.services.importing.running import import_files
from leadtui.services.inviting import invite
from leadtui.services.lead_list import LeadList
from leadtui.services.profiles import save_profile
from leadtui.services.session import Session
from leadtui.services.teams import remove_team, save_team
from leadtui.services.template_exchange import import_template, template_text
from leadtui.services.templates import load_template
from leadtui.store import definitions

WITHIN: Mapping[Scope, frozenset[str]] = {
    Scope.NONE: frozenset(),
    Scope.OWN: frozenset({"own"}),
    Scope.TEAM: frozenset({"own", "mate's"}),
    Scope.ALL: frozenset({"own", "mate's", "stranger's", "nobody's"}),
}
"""Whose customers each scope reaches."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Sara's desk, who is in a team with Reza and in none with Omid, and her supervisor's."""

    sara: Session
    boss: Session
    folder: Path
    owners: Mapping[str, int | None]
    clock: MovingClock

    def grant(self, scopes: Mapping[Permission, Scope]) -> None:
        """Let Sara do everything, and this for customers of these scopes."""
        with self.boss.write() as tx:
            own = tx.definitions.profile("own")
            assert own is not None
            whole = own.granting(dict.fromkeys(set(Permission) - {Permission.TAKE_OVER}, Scope.ALL))
            definitions.save_profile(tx, whole.granting(scopes))
        self.sara.reload_definitions()

    def customer(self, whose: str) -> Lead:
        """A new customer in that cartable, with a number."""
        with self.boss.read() as tx:
            number = f"+1 212 555 {tx.now.microsecond:04}"
        known = LeadList(self.boss).count()
        lead = add_lead(self.boss, f"Mina {known}", number.replace("0000", f"{1000 + known}"), city="Rome")
        bulk.assign(self.boss, [lead.id], self.owners[whose])
        return leads.open_lead(self.boss, lead.id).lead


@pytest.fixture
def desk(tmp_path: Path) -> Generator[Desk]:
    clock = MovingClock()
    boss = make_session(tmp_path, clock=clock)
    save_profile(boss, Profile(0, "", "Own"))
    ids: dict[str, int | None] = {"nobody's": None}
    for whose, name in (("own", "Sara"), ("mate's", "Reza"), ("stranger's", "Omid")):
        with closing(hire(boss, name, f"{name.lower()}@example.com", clock)) as hired:
            ids[whose] = hired.actor_id
    boss.reload_definitions()
    sara_id, reza_id = ids["own"], ids["mate's"]
    assert sara_id is not None
    assert reza_id is not None
    change_colleague(boss, sara_id, "Sara", "own", active=True)
    save_team(boss, Team(0, "", "Evenings", reza_id, (sara_id,)))
    sara = Session.open(tmp_path / "desk.db", "sara@example.com", clock)
    yield Desk(sara, boss, tmp_path, ids, clock)
    sara.close()
    boss.close()


def edits(desk: Desk, lead: Lead) -> bool:
    return editing.edit_lead(desk.sara, EditLead(lead.id, lead.version, {"city": "Oslo"})).city == "Oslo"


def exports(desk: Desk, lead: Lead) -> bool:
    out = BytesIO()
    export(desk.sara, [lead.id], ExportFormat.CSV, out)
    return lead.name in out.getvalue().decode()


def erases(desk: Desk, lead: Lead) -> bool:
    return erasing.erase(desk.sara, lead.id, "asked for it", lead.name).count == 1


def imports_over(desk: Desk, lead: Lead) -> bool:
    path = desk.folder / "table.csv"
    path.write_text(f"name,phone,grade\n{lead.name},{lead.phone},Master\n")
    (report,) = import_files(desk.sara, [path], ImportOptions())
    after = leads.open_lead(desk.boss, lead.id).lead
    assert (after.version > lead.version) == (after.grade == "Master")
    (grade,) = (each for each in report.columns if each.column == "grade")
    assert grade.whys == ({} if after.grade == "Master" else {Why.LEFT_ALONE: 1})
    return after.grade == "Master"


def sees(desk: Desk, lead: Lead) -> bool:
    listed = LeadList(desk.sara).rows([lead.id])
    try:
        return leads.open_lead(desk.sara, lead.id).lead.id in listed
    except NotFound:
        assert not listed
        return False


ACTS: Mapping[Permission, Callable[[Desk, Lead], bool]] = {
    Permission.SEE_CUSTOMERS: sees,
    Permission.SEE_NUMBERS: lambda desk, lead: not leads.open_lead(desk.sara, lead.id).lead.numbers_hidden,
    Permission.EDIT_CUSTOMERS: edits,
    Permission.EXPORT: exports,
    Permission.ERASE_CUSTOMERS: erases,
    Permission.IMPORT_OVER: imports_over,
}
"""What each is about, and whether it was done to the customer."""


def outcome(desk: Desk, permission: Permission, lead: Lead) -> bool:
    """Whether it was done; a refusal names the permission, and changes nothing."""
    before = leads.open_lead(desk.boss, lead.id)
    try:
        return ACTS[permission](desk, lead)
    except Refused as refused:
        told = str(refused)
    assert permission.value in told
    assert leads.open_lead(desk.boss, lead.id) == before
    return False


@pytest.mark.parametrize("permission", ACTS)
def test_each_permission_reaches_the_customers_of_its_scope(desk: Desk, permission: Permission) -> None:
    for scope, reached in WITHIN.items():
        desk.grant({permission: scope})
        # Whoever is in the own cartable is seen there in any case.
        also = {"own"} if permission is Permission.SEE_CUSTOMERS else set[str]()
        done = {whose for whose in desk.owners if outcome(desk, permission, desk.customer(whose))}
        assert done == reached | also, scope


def test_customers_are_given_to_whom_the_scope_reaches(desk: Desk) -> None:
    for scope, reached in WITHIN.items():
        desk.grant({Permission.TRANSFER: scope})
        done: set[str] = set()
        for whose, owner_id in desk.owners.items():
            lead = desk.customer("stranger's" if whose == "nobody's" else "nobody's")
            with suppress(Refused):
                done |= {whose} if bulk.assign(desk.sara, [lead.id], owner_id).done else set()
        assert done == reached, scope


def test_what_has_everybodys_numbers_needs_them_all(desk: Desk) -> None:
    for permission in (Permission.SEE_NUMBERS, Permission.SEE_CUSTOMERS, Permission.EXPORT):
        desk.grant({permission: Scope.TEAM})
        with pytest.raises(Refused, match=f"{permission.value}=team"):
            do_not_call.export_forbidden(desk.sara)
        if permission is not Permission.EXPORT:
            with pytest.raises(Refused, match=f"{permission.value}=team"):
                do_not_call.list_forbidden(desk.sara)


def test_a_team_that_changes_is_felt_at_once(desk: Desk) -> None:
    desk.grant({Permission.SEE_CUSTOMERS: Scope.TEAM})
    lead = desk.customer("mate's")
    assert sees(desk, lead)
    team = desk.boss.definitions.teams[0]
    save_team(desk.boss, replace(team, members=()), team)
    assert not sees(desk, lead)


def test_looking_around_as_somebody_is_the_narrower_of_both(desk: Desk) -> None:
    desk.grant({Permission.SEE_CUSTOMERS: Scope.TEAM, Permission.SEE_NUMBERS: Scope.OWN})
    mates, strangers = desk.customer("mate's"), desk.customer("stranger's")
    profile = save_profile(
        desk.boss, Profile(0, "", "Numbers").granting(dict.fromkeys(Permission, Scope.ALL))
    )
    desk.sara.reload_definitions()
    around = desk.sara.seeing_as(profile)
    assert set(LeadList(around).rows([mates.id, strangers.id])) == {mates.id}
    assert leads.open_lead(around, mates.id).lead.numbers_hidden
    as_profile = LeadList(around).rows([mates.id, strangers.id])
    with around.read() as tx:
        assert tx.reach(Permission.SEE_CUSTOMERS) == {each.owner_id for each in as_profile.values()} | {
            desk.owners["own"]
        }
    none = save_profile(desk.boss, profile.granting({Permission.SEE_CUSTOMERS: Scope.NONE}))
    desk.sara.reload_definitions()
    assert not LeadList(desk.sara.seeing_as(none)).rows([mates.id, strangers.id])


def test_looking_around_as_a_colleague_reaches_what_both_reach(desk: Desk) -> None:
    """Sara's team is Reza and she, Omid's is Omid and Reza: together they reach Reza alone."""
    owners, everybody = desk.owners, {}
    reza_id, omid_id, sara_id = owners["mate's"], owners["stranger's"], owners["own"]
    assert reza_id is not None
    assert omid_id is not None
    assert sara_id is not None
    save_team(desk.boss, Team(0, "", "Mornings", omid_id, (reza_id,)))
    everybody = {whose: desk.customer(whose) for whose in owners}
    reached: Mapping[Scope, Mapping[int, frozenset[int | None]]] = {
        Scope.NONE: {sara_id: frozenset(), omid_id: frozenset()},
        Scope.OWN: {sara_id: frozenset({sara_id}), omid_id: frozenset({omid_id})},
        Scope.TEAM: {sara_id: frozenset({sara_id, reza_id}), omid_id: frozenset({omid_id, reza_id})},
        Scope.ALL: dict.fromkeys((sara_id, omid_id), frozenset(owners.values())),
    }
    his = save_profile(desk.boss, Profile(0, "", "His"))
    change_colleague(desk.boss, omid_id, "Omid", his.key, active=True)
    for mine in Scope:
        for theirs in Scope:
            desk.grant({Permission.EXPORT: mine})
            granted = dict.fromkeys(Permission, Scope.ALL) | {Permission.EXPORT: theirs}
            with desk.boss.write() as tx:
                definitions.save_profile(tx, his.granting(granted))
            omid = desk.sara.reload_definitions().colleague(omid_id)
            assert omid is not None
            around, both = desk.sara.seeing_as(omid), reached[mine][sara_id] & reached[theirs][omid_id]
            with around.read() as tx:
                done = {each for each in owners.values() if tx.reaches(Permission.EXPORT, each)}
            assert done == both, (mine, theirs)
            if Scope.NONE in (mine, theirs):
                continue
            with desk.sara.read() as tx:
                assert {each for each in owners.values() if tx.reaches(Permission.EXPORT, each)} >= both
            listed = LeadList(around).rows([each.id for each in everybody.values()])
            assert {each.owner_id for each in listed.values()} == set(owners.values())


# Grants


def every_profile() -> list[Profile]:
    profiles = [Profile(0, "", "")]
    for permission in Permission:
        profiles = [
            *profiles,
            *(profiles[-1].granting({permission: scope}) for scope in scopes_of(permission)),
        ]
    return profiles


def test_what_is_granted_is_read_as_it_was_written() -> None:
    for profile in every_profile():
        assert granted_profile(Profile(0, "", ""), grant_names(profile)) == profile


def test_what_two_grant_both_is_the_narrower_of_each() -> None:
    profiles = every_profile()
    for one in profiles[::3]:
        for other in profiles[::2]:
            permissions, narrowed = common_grants(one.grants, other.grants)
            both = Profile(0, "", "", permissions, narrowed=narrowed)
            for each in Permission:
                narrower = min(one.scope(each), other.scope(each), key=list(Scope).index)
                assert both.scope(each) is narrower
            assert both.grants == one.grants & other.grants


@pytest.mark.parametrize(
    ("kept", "permission", "scope"),
    [
        (["exports:run"], Permission.EXPORT, Scope.ALL),
        (["exports:run=team"], Permission.EXPORT, Scope.TEAM),
        (["exports:run=later"], Permission.EXPORT, Scope.NONE),
        (["settings:fields=team"], Permission.DEFINE_FIELDS, Scope.NONE),
        ([], Permission.SEE_NUMBERS, Scope.OWN),
        (["customers:see-numbers=none"], Permission.SEE_NUMBERS, Scope.NONE),
        (["imports:run"], Permission.IMPORT_OVER, Scope.ALL),
        (["imports:run", "imports:over=none"], Permission.IMPORT_OVER, Scope.NONE),
        ([], Permission.IMPORT_OVER, Scope.NONE),
    ],
)
def test_what_older_stores_keep_means_what_it_meant(
    kept: list[str], permission: Permission, scope: Scope
) -> None:
    assert granted_profile(Profile(0, "", ""), kept).scope(permission) is scope


def test_a_template_carries_scopes_and_no_teams(desk: Desk) -> None:
    narrow = {Permission.EDIT_CUSTOMERS: Scope.TEAM, Permission.SEE_NUMBERS: Scope.NONE}
    desk.grant(narrow)
    desk.boss.reload_definitions()
    text = template_text(desk.boss)
    assert b'"customers:edit=team"' in text
    assert b"Evenings" not in text
    path = desk.folder / "exported.toml"
    path.write_bytes(text)
    described = next(each for each in load_template(str(path)).profiles if each.key == "own")
    kept = desk.boss.definitions.profile("own")
    assert kept is not None
    assert described.grants == kept.grants


# Nobody grants beyond their own

NARROWER = [
    (held, granted)
    for held in (Scope.NONE, Scope.OWN, Scope.TEAM)
    for granted in (Scope.OWN, Scope.TEAM, Scope.ALL)
    if list(Scope).index(granted) > list(Scope).index(held)
]


@pytest.mark.parametrize("permission", SCOPED)
def test_nobody_grants_or_takes_a_wider_scope_than_their_own(desk: Desk, permission: Permission) -> None:
    doors: Mapping[str, Callable[[Profile, Profile], object]] = {
        "own profile": lambda own, wider: save_profile(
            desk.sara, own.granting({permission: wider.scope(permission)})
        ),
        "a copy": lambda _own, wider: save_profile(desk.sara, replace(wider, id=0, key="", title="Copy")),
        "taking it": lambda _own, wider: save_profile(desk.sara, wider.granting({permission: Scope.NONE})),
        "a colleague": lambda _own, wider: change_colleague(
            desk.sara, desk.owners["stranger's"] or 0, "Omid", wider.key, active=True
        ),
        "a template": lambda _own, wider: import_template(
            desk.sara,
            replace(load_template("sales"), profiles=(replace(wider, id=0, key="new", title="New"),)),
        ),
        "an invitation": lambda _own, wider: invite(desk.sara, "lea@example.com", wider.key),
    }
    blank = save_profile(desk.boss, Profile(0, "", "Wider"))
    harmless = save_profile(desk.boss, Profile(0, "", "Harmless").granting({permission: Scope.NONE}))
    change_colleague(desk.boss, desk.owners["stranger's"] or 0, "Omid", harmless.key, active=True)
    for held, granted in NARROWER:
        desk.grant({permission: held})
        with desk.boss.write() as tx:
            wider = blank.granting({permission: granted})
            definitions.save_profile(tx, wider)
        before = desk.sara.reload_definitions()
        own = before.profile("own")
        assert own is not None
        for door, go in doors.items():
            with pytest.raises(LeadtuiError) as refused:
                go(own, wider)
            told = isinstance(refused.value, Invalid) and permission.value in str(refused.value)
            assert told or door == "an invitation", (door, str(refused.value))
            assert desk.sara.reload_definitions() == before


def test_nobody_widens_a_team_beyond_their_own(desk: Desk) -> None:
    desk.grant({Permission.SEE_CUSTOMERS: Scope.TEAM, Permission.EXPORT: Scope.OWN})
    omid, sara_id = desk.owners["stranger's"] or 0, desk.owners["own"] or 0
    evenings = desk.sara.definitions.teams[0]
    others = save_team(desk.boss, Team(0, "", "Others", omid))
    desk.sara.reload_definitions()
    for change in (
        lambda: save_team(desk.sara, replace(evenings, members=(*evenings.members, omid))),
        lambda: save_team(desk.sara, replace(evenings, lead_id=omid)),
        lambda: save_team(desk.sara, replace(others, members=(sara_id,))),
        lambda: save_team(desk.sara, Team(0, "", "New", sara_id, (omid,))),
    ):
        with pytest.raises(Invalid, match="customers:see") as refused:
            change()
        assert refused.value.field == "members"
    # Among those whom she reaches she may, and where nobody is reached as a team.
    small = save_team(desk.sara, Team(0, "", "Both", sara_id, evenings.members))
    remove_team(desk.sara, small.id)
    save_team(desk.sara, replace(others, members=(desk.owners["mate's"] or 0,)))
