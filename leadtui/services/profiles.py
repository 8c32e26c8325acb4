"""Profiles: what the people who have one may do. Supervisors change what each grants and add their own."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from leadtui.domain.defining import OtherDefinition, clean_title, new_key
from leadtui.domain.field_rights import ALL_EDITED, FieldRights, beyond, widest
from leadtui.domain.lead_fields import ruled_fields
from leadtui.domain.permission import OWNER_ONLY, OWNER_PROFILE, Permission, Profile
from leadtui.domain.workspace import Definitions
from leadtui.errors import Conflict, Invalid, NotFound, Refused
from leadtui.language.translate import _, format_list
from leadtui.services.session import Session, Transaction
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
        require_held(tx, cleaned.permissions ^ (stored.permissions if stored else frozenset[Permission]()))
        require_fields_held(tx, stored.fields if stored else None, cleaned.fields)
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
    missing = [each.area.value for each in Permission if each not in profile.permissions]
    if profile.fields != ALL_EDITED:
        missing.append(FIELDS)
    if profile.key == OWNER_PROFILE and missing:
        raise Invalid(
            _("“{title}” may do everything, always; change another profile.").format(title=profile.title),
            missing[0],
        )


def require_held(tx: Transaction, moved: Collection[Permission], field: str = "") -> None:
    """Nobody grants what they do not have, nor takes it from others. Raises Invalid beside `field`, else beside the area.

    What nobody has who works here, whoever manages colleagues may grant, else it would be lost for good; but for what is the
    owner's own, which is named at the machine.
    """
    held = OWNER_ONLY.union(*(each.permissions for each in tx.definitions.active_colleagues))
    missing = [each for each in Permission if each in moved and each in held - tx.actor.permissions]
    if missing:
        raise Invalid(
            _(
                "You can neither grant nor take away what your own profile does not allow: {permissions}."
            ).format(permissions=format_list(each.value for each in missing)),
            field or missing[0].area.value,
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
