"""Profiles: what the people who have one may do. Supervisors change what each grants and add their own."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from leadtui.domain.defining import OtherDefinition, clean_title, new_key
from leadtui.domain.field_rights import ALL_EDITED, FieldRights, beyond, widest
from leadtui.domain.lead_fields import ruled_fields
from leadtui.domain.permission import OWNER_ONLY, OWNER_PROFILE, Grant, Permission, Profile, Scope, scopes_of
from leadtui.domain.team import Team, team_mates
from leadtui.domain.visibility import is_within
from leadtui.domain.workspace import Definitions
from leadtui.errors import Conflict, Invalid, NotFound, Refused
from leadtui.language.translate import _, format_list
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.store import definitions

PROFILE = "profile"
"""The name under which changes of profiles are told."""

FIELDS = "fields"
"""The name under which errors of the rights to fields are reported."""


def save_profile(session: Session, profile: Profile, before: Profile | None = None) -> Profile:
    """Keep a new profile (id 0) or a changed one, and return it as kept.

    Raises Invalid beside the title, or beside the area of the permission without which nobody could manage
    colleagues any more, or which the owner would lack; Conflict where somebody changed the profile since `before` was read.
    """
    with session.write(Permission.MANAGE_COLLEAGUES) as tx:
        known = tx.definitions
        stored = _stored(known, profile.id) if profile.id else None
        if stored is not None and before is not None and stored != before:
            raise Conflict(
                _("Somebody else changed “{title}” in the meantime; look at it again, then save.").format(
                    title=stored.title
                )
            )
        others = [OtherDefinition(each.id, each.key, each.title) for each in known.profiles]
        title = clean_title(profile.title, profile.id, others)
        key = stored.key if stored else new_key(title, PROFILE, (each.key for each in known.profiles))
        cleaned = replace(profile, key=key, title=title)
        _require_whole_owner(cleaned)
        unchanged = (each for each in known.profiles if each.key != key)
        require_manager(known, (*unchanged, cleaned))
        require_profile_held(tx, stored, cleaned)
        profile_id = definitions.save_profile(tx, cleaned)
    return _stored(session.reload_definitions(), profile_id)


def remove_profile(session: Session, profile_id: int) -> None:
    """Remove a profile for good. Raises Refused where it is a ready one or somebody has it."""
    with session.write(Permission.MANAGE_COLLEAGUES) as tx:
        known = tx.definitions
        stored = _stored(known, profile_id)
        if stored.ready:
            raise Refused(
                _("“{title}” came with the program and stays; change what it allows instead.").format(
                    title=stored.title
                )
            )
        people = [person for person in known.colleagues if person.profile == stored.key]
        if people:
            sentence = (
                _("{name} has “{title}”; give them another profile first.")
                if len(people) == 1
                else _("{name} and others ({count}) have “{title}”; give them another profile first.")
            )
            raise Refused(sentence.format(name=people[0].name, count=len(people), title=stored.title))
        definitions.remove_profile(tx, profile_id)
    session.reload_definitions()


def _stored(known: Definitions, profile_id: int) -> Profile:
    stored = next((each for each in known.profiles if each.id == profile_id), None)
    if stored is None:
        raise NotFound(_("That profile does not exist any more."))
    return stored


def require_manager(known: Definitions, profiles: Iterable[Profile]) -> None:
    """Somebody has to stay who can give permissions back, once the profiles are like `profiles`. Raises Invalid."""
    needed = Permission.MANAGE_COLLEAGUES
    granting = {each.key for each in profiles if needed in each.permissions}
    if not any(person.profile in granting for person in known.active_colleagues):
        raise Invalid(
            _("Nobody could manage colleagues any more ({permission}); allow it here.").format(
                permission=needed.value
            ),
            needed.area.value,
        )


def _require_whole_owner(profile: Profile) -> None:
    missing = [each.area.value for each in Permission if profile.scope(each) is not Scope.ALL]
    if profile.fields != ALL_EDITED:
        missing.append(FIELDS)
    if profile.key == OWNER_PROFILE and missing:
        raise Invalid(
            _("“{title}” may do everything, always; change another profile.").format(title=profile.title),
            missing[0],
        )


def require_profile_held(tx: Transaction, before: Profile | None, after: Profile) -> None:
    """Raises Invalid, as `require_held`, where a profile that is `after` what was `before` moves more than the person may."""
    moved = after.grants ^ (before.grants if before else frozenset[Grant]())
    key = before.key if before else after.key
    require_held(tx, moved, people=[each.id for each in tx.definitions.colleagues if each.profile == key])
    require_fields_held(tx, before.fields if before else None, after.fields)


def require_held(
    tx: Transaction, moved: Collection[Grant], field: str = "", people: Iterable[int] = ()
) -> None:
    """Nobody grants what they do not have, nor takes it from others. Raises Invalid beside `field`, else beside the area.

    What is granted for a team reaches, with each of the `people` who are given it or lose it, their teams. What nobody has
    who works here, whoever manages colleagues may grant, else it would be lost for good; but for what is the owner's own,
    which is named at the machine.
    """
    held = _held_by_anybody(tx)
    missing = [each for each in moved if each in held - tx.actor.grants]
    if missing:
        raise _beyond_own(missing, field)
    for person_id in people:
        mates = team_mates(person_id, tx.definitions.teams) - {person_id}
        for each in moved:
            if each.scope is Scope.TEAM:
                _require_reached(tx, each.permission, mates, field)


def require_teams_held(tx: Transaction, teams: Collection[Team], field: str) -> None:
    """Raises Invalid where teams that are to be `teams` let somebody reach others, or no more, whom the person does not."""
    known = tx.definitions
    for person in known.colleagues:
        moved = team_mates(person.id, known.teams) ^ team_mates(person.id, teams)
        for each in person.grants if moved else ():
            if each.scope is Scope.TEAM and Grant(each.permission, Scope.ALL) not in person.grants:
                _require_reached(tx, each.permission, moved, field)


def _require_reached(tx: Transaction, permission: Permission, people: frozenset[int], field: str) -> None:
    everybodys = Grant(permission, Scope.ALL)
    if everybodys in _held_by_anybody(tx) and not is_within(people, tx.reach(permission)):
        raise _beyond_own([everybodys], field)


def _held_by_anybody(tx: Transaction) -> frozenset[Grant]:
    owners = (Grant(each, scope) for each in OWNER_ONLY for scope in Scope)
    return frozenset(owners).union(*(each.grants for each in tx.definitions.active_colleagues))


def _beyond_own(missing: Collection[Grant], field: str) -> Invalid:
    widest = {
        each.permission: each
        for each in sorted(missing, key=lambda one: scopes_of(one.permission).index(one.scope))
    }
    return Invalid(
        _("You can neither grant nor take away what your own profile does not allow: {permissions}.").format(
            permissions=format_list(widest[each].name for each in Permission if each in widest)
        ),
        field or next(each for each in Permission if each in widest).area.value,
    )


def require_fields_held(
    tx: Transaction, before: FieldRights | None, after: FieldRights | None, field: str = FIELDS
) -> None:
    """Nobody lets others reach a field further than they do themselves, nor takes it from them; None is no access at all.

    Raises Invalid beside `field`. What nobody has who works here may be given, as in `require_held`.
    """
    every = ruled_fields(tx.definitions)
    none = FieldRights(hidden=frozenset(each.key for each in every))
    moved = dict(beyond(tx.actor.fields, before or none, after or none))
    missing = [
        each.title
        for each in every
        if each.key in moved
        and any(
            widest(moved[each.key], one.fields.of(each.key)) is one.fields.of(each.key)
            for one in tx.definitions.active_colleagues
        )
    ]
    if missing:
        raise Invalid(
            _(
                "You can neither grant nor take away fields that your own profile hides or only shows: {fields}."
            ).format(fields=format_list(missing)),
            field,
        )
