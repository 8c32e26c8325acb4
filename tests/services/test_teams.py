"""Teams are made by whoever manages colleagues, and hold only people who are there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from session_making import MovingClock, hire

from leadtui.domain.team import Team, team_mates
from leadtui.domain.workspace import MemberState
from leadtui.errors import Conflict, Invalid, NotFound
from leadtui.services.membership import remove_colleague, suspend_colleague
from leadtui.services.session import Session
from leadtui.services.teams import remove_team, save_team
from leadtui.store import definitions


def test_a_team_from_its_first_to_its_last_day(session: Session, clock: MovingClock) -> None:
    sara, reza, lea = (
        hire(session, name, f"{name.lower()}@example.com", clock).actor.id for name in ("Sara", "Reza", "Lea")
    )
    evenings = save_team(session, Team(0, "", " Evenings ", sara, (reza, lea, reza)))
    assert (evenings.title, evenings.key, evenings.members) == ("Evenings", "evenings", (lea, reza))
    mornings = save_team(session, Team(0, "", "Mornings", None, (lea,)))
    teams = session.definitions.teams
    assert team_mates(sara, teams) == team_mates(reza, teams) == {sara, reza, lea}
    assert team_mates(session.actor.id, teams) == {session.actor.id}
    with pytest.raises(Invalid, match="There is “Evenings” already"):
        save_team(session, Team(0, "", "EVENINGS"))
    for wrong, field in ((Team(0, "", "New", 99), "lead"), (Team(0, "", "New", sara, (99,)), "members")):
        with pytest.raises(Invalid, match="work here or are invited") as refused:
            save_team(session, wrong)
        assert refused.value.field == field
    later = save_team(session, replace(mornings, title="Early"), mornings)
    with pytest.raises(Conflict, match="Early"):
        save_team(session, mornings, mornings)
    remove_team(session, later.id)
    with pytest.raises(NotFound):
        remove_team(session, later.id)
    assert session.definitions.teams == (evenings,)


def test_who_is_suspended_stays_and_who_leaves_is_in_no_team(session: Session, clock: MovingClock) -> None:
    sara, reza = (
        hire(session, name, f"{name.lower()}@example.com", clock).actor.id for name in ("Sara", "Reza")
    )
    save_team(session, Team(0, "", "Evenings", sara, (sara, reza)))
    suspend_colleague(session, sara)
    assert session.definitions.teams[0].people == {sara, reza}
    for person in (sara, reza):
        remove_colleague(session, person)
    assert session.definitions.teams[0].people == frozenset()
    # Who comes back stands outside of all teams until somebody takes them in.
    with session.write() as tx:
        definitions.set_state(tx, sara, MemberState.ACTIVE, tx.now, None)
    assert session.reload_definitions().teams[0].people == frozenset()
