"""The people of the workspace: adding one, and how much each has to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from leadtui.domain.case_kind import over_states
from leadtui.domain.field import read_email
from leadtui.domain.permission import AGENT_PROFILE, OWNER_PROFILE, Grant, Permission, Profile
from leadtui.domain.workspace import Colleague, Definitions, MemberState
from leadtui.errors import Conflict, Invalid, Refused, Unconfirmed
from leadtui.language.text import clean, search_key
from leadtui.language.translate import _, format_list
from leadtui.services.confirming import what_confirms
from leadtui.services.profiles import require_fields_held, require_held
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.services.workspace import require_business
from leadtui.store import cases, definitions, leads, reminders, sign_ins

COLLEAGUE = "colleague"
"""The name of this sort of definition, beside those of `defining` and `profiles`."""


def leads_per_colleague(session: Session) -> Mapping[int, int]:
    """How many leads each colleague owns, by user id; nobody's are left out."""
    # Whoever chooses a colleague, be it as the answer of a field, sees how much each has to do.
    with session.read(
        frozenset(
            {
                Permission.ADD_CUSTOMERS,
                Permission.EDIT_CUSTOMERS,
                Permission.FOLLOW_UP,
                Permission.TRANSFER,
                Permission.MANAGE_COLLEAGUES,
            }
        )
    ) as tx:
        counts = leads.counts_by_owner(tx)
    return {owner_id: count for owner_id, count in counts.items() if owner_id is not None}


def add_colleague(session: Session, name: str, email: str, profile: str = AGENT_PROFILE) -> int:
    """Add a person by their e-mail address and return the user id.

    Raises Invalid beside the wrong field, Refused where the workspace is no business, and in a store where people prove who they
    are: there somebody is invited, and works once they have accepted.
    """
    address = read_address(email)
    with session.write(Permission.MANAGE_COLLEAGUES) as tx:
        require_business(tx)
        if sign_ins.store_info(tx.connection).secured_at is not None:
            raise Refused(
                _(
                    "Here everybody proves who they are, so that nobody works without having accepted: invite them, by the key of the "
                    "list of colleagues or by `leadtui colleagues invite`."
                )
            )
        if not clean(name):
            raise Invalid(_("A name is needed."), "name")
        given = require_profile(tx.definitions, profile)
        if given.key == OWNER_PROFILE:
            tx.require(Permission.NAME_OWNERS)
        require_held(tx, given.grants, "profile")
        require_fields_held(tx, None, given.fields, "profile")
        if any(person.email == address for person in tx.definitions.colleagues):
            raise Invalid(_("{email} works here already.").format(email=address), "email")
        if given.key == OWNER_PROFILE:
            require_owner_confirmed(tx, clean(name))
        user_id = definitions.add_colleague(tx, clean(name), address, profile, tx.now, by=tx.actor.id)
    session.reload_definitions()
    return user_id


def read_address(email: str) -> str:
    """The e-mail address of a person as it is kept. Raises Invalid beside "email"."""
    typed = clean(clean(email).casefold())
    address = typed if typed.endswith("@localhost") else read_email(typed)
    if address is None:
        raise Invalid(_("That is no e-mail address; type one such as name@example.com."), "email")
    return address


def change_colleague(
    session: Session, user_id: int, name: str, profile: str, *, active: bool, before: Colleague | None = None
) -> None:
    """Change a colleague's name, profile, and whether they work here.

    Who has customers, reminders or open cases leaves by `handing_over.hand_over`, so that nothing of theirs is dropped.

    Raises Invalid beside the wrong field, also where nobody would be left who may manage colleagues, or where it
    would grant or take away what the person who acts does not have; Conflict where somebody changed the colleague since `before` was read.
    """
    with session.write(Permission.MANAGE_COLLEAGUES) as tx:
        if not clean(name):
            raise Invalid(_("A name is needed."), "name")
        known = tx.definitions
        stored = known.colleague(user_id)
        if stored is None:
            raise Invalid(_("That person does not work here."), "name")
        if before is not None and stored.active == active:
            before = replace(before, state=stored.state)  # both have decided the same
        if before is not None and _as_changed_here(stored) != _as_changed_here(before):
            raise Conflict(
                _("Somebody else changed {name} in the meantime; look again, then save.").format(
                    name=stored.name
                )
            )
        require_changeable(tx, stored, require_profile(known, profile), active=active)
        if stored.active and not active:
            _require_nothing_left(tx, stored)
        definitions.set_membership(tx, user_id, clean(name), profile)
        _set_active(tx, stored, active=active)
    session.reload_definitions()


def _set_active(tx: Transaction, stored: Colleague, *, active: bool) -> None:
    """Somebody leaves, or works here again. Whoever is invited accepts for themselves."""
    if stored.active == active:
        return
    if stored.state is MemberState.INVITED:
        raise Invalid(
            _("{name} is invited; they work here once they accept.").format(name=stored.name), "active"
        )
    if active:
        definitions.set_state(tx, stored.id, MemberState.ACTIVE, tx.now, tx.actor.id)
    else:
        end_access(tx, stored, MemberState.GONE)


def end_access(tx: Transaction, person: Colleague, state: MemberState) -> None:
    """Let a colleague stand so from now on; who works nowhere else in the store is signed out everywhere."""
    definitions.set_state(tx, person.id, state, tx.now, tx.actor.id)
    if not sign_ins.rights_of(tx.connection, person.id):
        sign_ins.end_of_person(tx.connection, person.id, tx.now)


def require_owner_confirmed(tx: Transaction, name: str) -> None:
    """Raises Unconfirmed where nobody has typed the name of the workspace, of which the named person becomes the owner, or is no more."""
    title = tx.workspace.title
    if search_key(what_confirms()) != search_key(title):
        about = _("This changes who owns “{title}”: {name}.").format(title=title, name=name)
        to_do = _("To confirm it, type the name of the workspace: {title}").format(title=title)
        raise Unconfirmed(f"{about} {to_do}", about, title)


def require_changeable(
    tx: Transaction, stored: Colleague, given: Profile, *, active: bool, again: bool = False
) -> None:
    """Raises Invalid where nobody would manage colleagues or be the owner any more, Invalid or Refused where the person who acts
    may not decide it, Unconfirmed where it changes who owns the workspace, unless it is so `again` as it was.
    """
    _require_owner(tx, stored, given, active=active)
    rule_over = [
        person.id
        for person in tx.definitions.active_colleagues
        if person.id != stored.id and person.may(Permission.MANAGE_COLLEAGUES)
    ]
    if not rule_over and not (active and Permission.MANAGE_COLLEAGUES in given.permissions):
        raise Invalid(
            _("Somebody has to manage colleagues ({permission}); give that to another first.").format(
                permission=Permission.MANAGE_COLLEAGUES.value
            ),
            "active" if not active else "profile",
        )
    invited = stored.state is MemberState.INVITED
    if invited and given.key == OWNER_PROFILE:
        tx.require(Permission.NAME_OWNERS)
    # Whoever is invited comes to have it by accepting, which asks nobody.
    before, after = (
        each.grants if works or invited else frozenset[Grant]()
        for each, works in ((stored, stored.active), (given, active))
    )
    beside = "profile" if stored.active == active else "active"
    require_held(tx, before ^ after, beside, [stored.id])
    had, has = (
        each.fields if works or invited else None
        for each, works in ((stored, stored.active), (given, active))
    )
    require_fields_held(tx, had, has, beside)
    was = stored.active and stored.profile == OWNER_PROFILE
    becomes = (active or invited) and given.key == OWNER_PROFILE
    if was != becomes and not again:
        require_owner_confirmed(tx, stored.name)


def _require_owner(tx: Transaction, stored: Colleague, given: Profile, *, active: bool) -> None:
    """The last owner stays, and owners alone say who is one."""
    was = stored.active and stored.profile == OWNER_PROFILE
    if was == (active and given.key == OWNER_PROFILE):
        return
    tx.require(Permission.NAME_OWNERS)
    others = [each for each in tx.definitions.active_colleagues if each.id != stored.id]
    if was and all(each.profile != OWNER_PROFILE for each in others):
        raise Invalid(
            _("{name} is the only owner; make somebody else one first.").format(name=stored.name),
            "active" if not active else "profile",
        )


def _require_nothing_left(tx: Transaction, leaving: Colleague) -> None:
    over = over_states(tx.definitions.case_kinds)
    if (
        leads.of_owner(tx, leaving.id, 1)
        or reminders.count_pending(tx, leaving.id)
        or cases.count_held(tx, leaving.id, over)
    ):
        raise Invalid(
            _("{name} has customers, reminders or cases; say first who gets them.").format(name=leaving.name),
            "active",
        )


def _as_changed_here(person: Colleague) -> tuple[str, str, MemberState]:
    """What changing a colleague can change: permissions are their profile's."""
    return person.name, person.profile, person.state


def require_profile(known: Definitions, key: str) -> Profile:
    """The profile of that key. Raises Invalid beside "profile"."""
    found = known.profile(key)
    if found is None:
        listed = format_list(each.key for each in known.profiles)
        raise Invalid(
            _("There is no profile “{profile}”; there are: {known}.").format(profile=key, known=listed),
            "profile",
        )
    return found
