"""Accepting an invitation, by whoever has its code and is in no workspace yet: no session, no profile.

Tries count as those with passwords do, and a code that is wrong is answered as an address that nobody has.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from leadtui.domain.audit import redefinitions
from leadtui.domain.invitation import Invitation, wrong_code
from leadtui.domain.signing_in import SignInKind, Terminal, check_password
from leadtui.domain.workspace import MemberState
from leadtui.errors import Invalid, Refused
from leadtui.language.text import clean
from leadtui.language.translate import _
from leadtui.services import proving
from leadtui.services.entering import closed_workspace, kept_address
from leadtui.services.password_hashing import digest, hashed
from leadtui.services.proving import Proven, add_sign_in, this_terminal
from leadtui.services.session import Clock, system_clock
from leadtui.services.signing_in import read_code
from leadtui.store import audit, definitions, invitations, sign_ins
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.engine import Store, open_store
from leadtui.store.invitations import KeptInvitation
from leadtui.store.sign_ins import Person


def read_invitation(
    where: str | Path, email: str, code: str, clock: Clock = system_clock, terminal: Terminal | None = None
) -> Invitation:
    """What an invitation says. Raises WrongCode, TooManyTries, StoreError."""
    with _opened(where) as store:
        person, kept = _proved_code(store, kept_address(email), code, clock, terminal)
        with store.read() as connection:
            defined = definitions.load(WorkspaceConnection(connection, kept.workspace_id))
    there, by = defined.colleague(person.id), defined.colleague(kept.made_by)
    profile = None if there is None else defined.profile(there.profile)
    return Invitation(
        workspace=defined.workspace.title,
        profile="" if profile is None else profile.title,
        by="" if by is None else by.name,
        email=person.email,
        name="" if there is None or there.name == person.email else there.name,
        knows_password=bool(person.password),
    )


def accept(
    where: str | Path,
    email: str,
    code: str,
    name: str,
    password: str,
    clock: Clock = system_clock,
    terminal: Terminal | None = None,
) -> Proven:
    """Work in the workspace from now on, called `name` there, and be signed in.

    An address that has a password proves itself by it, and nothing of the person changes; else it is the first one. Raises as
    `read_invitation`, Invalid beside "name" and "password", WrongPassword, and Refused where somebody else has to let the person in first.
    """
    at = terminal or this_terminal()
    address = kept_address(email)
    called = clean(name)
    if not called:
        raise Invalid(_("A name is needed: colleagues see who did what."), "name")
    with _opened(where) as store:
        person, _kept = _proved_code(store, address, code, clock, at)
        new = ""
        if person.password:
            person = proving.require_password(store, address, password, clock, at)
        else:
            with store.read() as connection:
                hashing = sign_ins.store_info(connection).hashing
            new = hashed(check_password(password, address), hashing)
        with store.write() as connection:
            now = clock()
            kept = invitations.find(connection, person.id, digest(read_code(code)), now)
            stored = sign_ins.person_of(connection, person.id)
            if kept is None or stored is None or stored.password != person.password:
                raise wrong_code()  # it was withdrawn meanwhile, or used
            if new:
                _require_nowhere_else(connection, kept)
                sign_ins.set_password(connection, person.id, new, now)
            _join(WorkspaceConnection(connection, kept.workspace_id), kept, called, clock)
            return add_sign_in(connection, person.id, SignInKind.PASSWORD, now, at)


def _join(tx: WorkspaceConnection, kept: KeptInvitation, name: str, clock: Clock) -> None:
    before = definitions.load(tx)
    invited = before.colleague(kept.user_id)
    if invited is None or invited.state is not MemberState.INVITED:
        raise wrong_code()
    if before.workspace.closed:
        raise closed_workspace(before.workspace.title)
    now = clock()
    invitations.use(tx.connection, kept.id, now)
    definitions.set_membership(tx, invited.id, name, invited.profile)
    definitions.set_state(tx, invited.id, MemberState.ACTIVE, now, invited.id)
    audit.append(tx, now, invited.id, name, redefinitions(before, definitions.load(tx)))


def _require_nowhere_else(connection: Connection, kept: KeptInvitation) -> None:
    """Nobody gives a first password to somebody who works elsewhere in the store: that is the administrator's to do."""
    elsewhere = sign_ins.rights_of(connection, kept.user_id, also_suspended=True).keys() - {kept.workspace_id}
    if elsewhere:
        raise Refused(
            _(
                "This address works in another workspace of the store already, without a password; ask the store's administrator for "
                "a one-time code, set a password by it, then accept."
            )
        )


def _proved_code(
    store: Store, address: str, code: str, clock: Clock, terminal: Terminal | None
) -> tuple[Person, KeptInvitation]:
    """Whose code it is, and of which invitation. Raises WrongCode and TooManyTries."""
    account = (terminal or this_terminal()).account
    with store.write() as connection:
        info = sign_ins.store_info(connection)
        proving.count_try(connection, info, address, account, clock())
    with store.write() as connection:
        person = sign_ins.find_person(connection, address)
        kept = (
            None
            if person is None
            else invitations.find(connection, person.id, digest(read_code(code)), clock())
        )
        if person is None or kept is None:
            raise wrong_code()
        sign_ins.forget_tries(connection, proving.address_digest(info, address), account)
    return person, kept


@contextmanager
def _opened(where: str | Path) -> Generator[Store]:
    store = open_store(where)
    try:
        yield store
    finally:
        store.close()
