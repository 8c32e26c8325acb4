"""Whether somebody has access: suspended, let in again, removed. Each is a transaction of its own, and holds at once."""

from __future__ import annotations

from leadtui.domain.permission import Permission
from leadtui.domain.workspace import Colleague, MemberState
from leadtui.errors import NotFound, Refused
from leadtui.language.translate import _
from leadtui.services.colleagues import end_access, require_changeable, require_profile
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.store import definitions


def suspend_colleague(session: Session, user_id: int) -> None:
    """Let somebody do nothing here until `resume_colleague`; what they have stays theirs until it is handed over.

    Raises NotFound, Refused where they do not work here, and as `colleagues.require_changeable`.
    """
    with session.write(Permission.MANAGE_COLLEAGUES) as tx:
        person = require_person(tx, user_id)
        if not person.active:
            raise Refused(
                _("{name} does not work here at the moment, so nothing is to be suspended.").format(
                    name=person.name
                )
            )
        require_changeable(tx, person, require_profile(tx.definitions, person.profile), active=False)
        end_access(tx, person, MemberState.SUSPENDED)
    session.reload_definitions()


def resume_colleague(session: Session, user_id: int) -> None:
    """Let somebody who was suspended in again; they sign in anew. Raises as `suspend_colleague`."""
    with session.write(Permission.MANAGE_COLLEAGUES) as tx:
        person = require_person(tx, user_id)
        if person.state is not MemberState.SUSPENDED:
            raise Refused(_("{name} is not suspended.").format(name=person.name))
        require_changeable(tx, person, require_profile(tx.definitions, person.profile), active=True)
        definitions.set_state(tx, person.id, MemberState.ACTIVE, tx.now, tx.actor.id)
    session.reload_definitions()


def remove_colleague(session: Session, user_id: int) -> None:
    """End the access of somebody for good, whatever they still have: `handing_over.hand_over` gives it to others after it.

    Their name stays wherever they did something. Raises as `suspend_colleague`.
    """
    with session.write(Permission.MANAGE_COLLEAGUES) as tx:
        remove(tx, require_person(tx, user_id))
    session.reload_definitions()


def remove(tx: Transaction, person: Colleague) -> None:
    """End the access of somebody who works here or is suspended, in the transaction of whoever decides it."""
    if person.state not in (MemberState.ACTIVE, MemberState.SUSPENDED):
        raise Refused(_("{name} does not work here any more.").format(name=person.name))
    require_changeable(tx, person, require_profile(tx.definitions, person.profile), active=False)
    end_access(tx, person, MemberState.GONE)


def require_person(tx: Transaction, user_id: int) -> Colleague:
    """The colleague of that id who is no service. Raises NotFound."""
    person = tx.definitions.colleague(user_id)
    if person is None or person.is_service:
        raise NotFound(_("That person does not work here."))
    return person
