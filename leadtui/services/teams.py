"""Teams: who works together, led by whom. Whoever manages colleagues makes and changes them."""

from __future__ import annotations

from dataclasses import replace

from leadtui.domain.defining import OtherDefinition, clean_title, new_key
from leadtui.domain.permission import Permission
from leadtui.domain.team import Team
from leadtui.domain.workspace import Definitions, MemberState
from leadtui.errors import Conflict, Invalid, NotFound
from leadtui.language.translate import _
from leadtui.services.profiles import require_teams_held
from leadtui.services.session import Session
from leadtui.store import definitions

TEAM = "team"
"""The name under which changes of teams are told."""

LEAD_FIELD, MEMBERS_FIELD = "lead", "members"


def save_team(session: Session, team: Team, before: Team | None = None) -> Team:
    """Keep a new team (id 0) or a changed one, and return it as kept.

    Raises Invalid beside the title, the lead or the members, of whom each works here or is invited; Conflict where somebody
    changed the team since `before` was read. By a team too nobody grants, or takes, what they do not have.
    """
    with session.write(Permission.MANAGE_COLLEAGUES) as tx:
        known = tx.definitions
        stored = _stored(known, team.id) if team.id else None
        if stored is not None and before is not None and stored != before:
            raise Conflict(
                _("Somebody else changed “{title}” in the meantime; look at it again, then save.").format(
                    title=stored.title
                )
            )
        others = [OtherDefinition(each.id, each.key, each.title) for each in known.teams]
        title = clean_title(team.title, team.id, others)
        key = stored.key if stored else new_key(title, TEAM, (each.key for each in others))
        cleaned = _cleaned(known, replace(team, key=key, title=title))
        require_teams_held(tx, (*(each for each in known.teams if each != stored), cleaned), MEMBERS_FIELD)
        team_id = definitions.save_team(tx, cleaned)
    return _stored(session.reload_definitions(), team_id)


def remove_team(session: Session, team_id: int) -> None:
    """Remove a team; its people stay. Raises NotFound, and Invalid as `save_team`."""
    with session.write(Permission.MANAGE_COLLEAGUES) as tx:
        team = _stored(tx.definitions, team_id)
        require_teams_held(tx, [each for each in tx.definitions.teams if each != team], MEMBERS_FIELD)
        definitions.remove_team(tx, team.id)
    session.reload_definitions()


def _stored(known: Definitions, team_id: int) -> Team:
    stored = next((each for each in known.teams if each.id == team_id), None)
    if stored is None:
        raise NotFound(_("That team does not exist any more; look at the list again."))
    return stored


def _cleaned(known: Definitions, team: Team) -> Team:
    """The team with its members in the order of their names, each once. Raises Invalid."""
    here = {each.id: each for each in known.people if each.state is not MemberState.GONE}
    for field, people in ((LEAD_FIELD, team.people - set(team.members)), (MEMBERS_FIELD, team.members)):
        if not here.keys() >= set(people):
            raise Invalid(_("Only people who work here or are invited are in a team; choose others."), field)
    return replace(team, members=tuple(each for each in here if each in team.members))
