"""Inviting people by their e-mail address: a code that is good once, for a week, sent again or withdrawn."""

from __future__ import annotations

from leadtui.domain.audit import AuditAct, AuditKind, done
from leadtui.domain.invitation import INVITATION_LASTS, MadeInvitation
from leadtui.domain.permission import AGENT_PROFILE, OWNER_PROFILE, Permission
from leadtui.domain.workspace import Colleague, MemberState
from leadtui.errors import Invalid, Refused
from leadtui.language.text import clean
from leadtui.language.translate import _
from leadtui.services.colleagues import read_address, require_owner_confirmed, require_profile
from leadtui.services.membership import require_person
from leadtui.services.password_hashing import digest
from leadtui.services.profiles import require_fields_held, require_held
from leadtui.services.session import Session
from leadtui.services.signing_in import made_code, read_code
from leadtui.services.transaction import Transaction
from leadtui.services.workspace import require_business
from leadtui.store import definitions, invitations, sign_ins


def invite(session: Session, email: str, profile: str = AGENT_PROFILE, name: str = "") -> MadeInvitation:
    """Invite whoever has an address, to work as that profile; `name` is what they are called until they say it.

    Raises Invalid beside the wrong field, Refused where the workspace is no business, or where whoever invites has no
    password yet.
    """
    address = read_address(email)
    with session.write(Permission.MANAGE_COLLEAGUES) as tx:
        require_business(tx)
        _require_password(tx)
        _require_granting(tx, profile, address)
        known = next((each for each in tx.definitions.colleagues if each.email == address), None)
        if known is None:
            user_id = definitions.add_colleague(
                tx,
                clean(name) or address,
                address,
                profile,
                tx.now,
                state=MemberState.INVITED,
                by=tx.actor.id,
            )
        elif known.state is MemberState.GONE:
            user_id = known.id
            definitions.set_membership(tx, user_id, clean(name) or known.name, profile)
            definitions.set_state(tx, user_id, MemberState.INVITED, tx.now, tx.actor.id)
        elif known.state is MemberState.INVITED:
            raise Invalid(
                _("{email} is invited already; send the invitation again.").format(email=address), "email"
            )
        else:
            raise Invalid(_("{email} works here already.").format(email=address), "email")
        made = _make(tx, user_id, address)
    session.reload_definitions()
    return made


def invite_again(session: Session, user_id: int) -> MadeInvitation:
    """Make another code for somebody who is invited; the one from before is good no more. Raises NotFound, Refused, Invalid."""
    with session.write(Permission.MANAGE_COLLEAGUES) as tx:
        require_business(tx)
        person = _require_invited(tx, user_id)
        _require_granting(tx, person.profile, person.email)
        definitions.set_state(tx, person.id, MemberState.INVITED, tx.now, tx.actor.id)
        made = _make(tx, person.id, person.email)
        tx.audit(done(AuditKind.COLLEAGUE, AuditAct.INVITED, subject_id=person.id, title=person.name))
    session.reload_definitions()
    return made


def withdraw_invitation(session: Session, user_id: int) -> None:
    """Let the invitation of somebody be good no more. Raises NotFound, Refused."""
    with session.write(Permission.MANAGE_COLLEAGUES) as tx:
        person = _require_invited(tx, user_id)
        invitations.end(tx, person.id, tx.now)
        definitions.set_state(tx, person.id, MemberState.GONE, tx.now, tx.actor.id)
    session.reload_definitions()


def _make(tx: Transaction, user_id: int, address: str) -> MadeInvitation:
    code, expires_at = made_code(), tx.now + INVITATION_LASTS
    invitations.add(tx, user_id, digest(read_code(code)), tx.actor.id, tx.now, expires_at)
    return MadeInvitation(code, user_id, address, tx.workspace.title, tx.actor.name, expires_at)


def _require_password(tx: Transaction) -> None:
    """Whoever invites proves who they are; with the second person in it a store asks everybody."""
    person = sign_ins.person_of(tx.connection, tx.actor.id)
    if person is not None and (person.password or tx.actor.is_service):
        return
    if sign_ins.working_people(tx.connection) > 1:
        raise Refused(
            _(
                "Several people work in this store, and nobody has proved who they are yet: whoever can write its file names the "
                "administrator first, with `leadtui secure EMAIL`."
            )
        )
    raise Refused(
        _(
            "Set a password before you invite anybody, in the settings under Me or by `leadtui password`: with a second "
            "person the desk has to know who is there."
        )
    )


def _require_granting(tx: Transaction, profile: str, address: str) -> None:
    given = require_profile(tx.definitions, profile)
    if given.key == OWNER_PROFILE:
        tx.require(Permission.NAME_OWNERS)
    require_held(tx, given.grants, "profile")
    require_fields_held(tx, None, given.fields, "profile")
    if given.key == OWNER_PROFILE:
        require_owner_confirmed(tx, address)


def _require_invited(tx: Transaction, user_id: int) -> Colleague:
    person = require_person(tx, user_id)
    if person.state is not MemberState.INVITED:
        raise Refused(_("{name} is not invited at the moment.").format(name=person.name))
    return person
