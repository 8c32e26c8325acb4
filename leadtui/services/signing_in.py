"""What a person does with their own way in: sign-ins listed and ended, locking, the password, one-time codes; and services.

`proving` says who somebody is when a session is opened; here somebody is in already.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from leadtui.domain.audit import AuditAct, AuditEvent, AuditKind, done
from leadtui.domain.permission import OWNER_PROFILE, Permission
from leadtui.domain.signing_in import (
    CODE_LASTS,
    CODES_TOLD_FOR,
    MOST_SERVICE_DAYS,
    CodeNotice,
    CodePurpose,
    Password,
    SignIn,
    SignInKind,
    Terminal,
    check_password,
    may_help,
    signed_out,
    wrong_password,
)
from leadtui.domain.workspace import Colleague, MemberState
from leadtui.errors import Invalid, NotFound, Refused
from leadtui.language.text import clean, search_key
from leadtui.language.translate import _, counted
from leadtui.services import proving
from leadtui.services.audit import tell_everywhere, tell_of_person
from leadtui.services.colleagues import require_profile
from leadtui.services.entering import kept_address
from leadtui.services.password_hashing import digest, hashed
from leadtui.services.profiles import require_fields_held, require_held
from leadtui.services.proving import Proven, add_sign_in, this_terminal
from leadtui.services.session import Clock, Session, system_clock
from leadtui.services.transaction import Transaction
from leadtui.store import definitions, sign_ins
from leadtui.store.engine import open_store

_SERVICE_ADDRESS = "@service"
"""Ends what stands in the place of a service's address: no mail is sent there, and nobody has it."""

_CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: none is taken for another, read aloud or copied by hand."""


@dataclass(frozen=True, slots=True)
class OneTimeCode:
    """A code that was just made: it is shown once, and kept nowhere."""

    text: str = field(repr=False)
    person: str
    email: str
    hours: int


@dataclass(frozen=True, slots=True)
class ServiceSignIn:
    """The sign-in of a service that was just made: its token is shown once, and kept nowhere."""

    token: str = field(repr=False)
    sign_in: SignIn


# One's own sign-ins


def list_sign_ins(session: Session) -> list[SignIn]:
    """The person's own sign-ins, the newest first, with those that ended within three months."""
    with session.read() as tx:
        return sign_ins.of_person(tx.connection, tx.actor.id)


def list_services(session: Session) -> list[SignIn]:
    """The sign-ins of the workspace's services, the newest first."""
    with session.read(Permission.MANAGE_COLLEAGUES) as tx:
        return sign_ins.of_services(tx.connection, tx.workspace_id)


def end_sign_in(session: Session, sign_in_id: int) -> None:
    """End one of one's own sign-ins, or that of a service by who manages colleagues. Raises NotFound, Refused."""
    with session.write() as tx:
        found = sign_ins.get(tx.connection, sign_in_id)
        owner = None if found is None else tx.definitions.colleague(found.user_id)
        if found is None or owner is None or not (owner == tx.actor or owner.is_service):
            raise NotFound(_("There is no sign-in {id} of yours.").format(id=sign_in_id))
        if owner.is_service:
            tx.require(Permission.MANAGE_COLLEAGUES)
        sign_ins.end(tx.connection, found.id, tx.now)
        _tell(tx, owner, done(AuditKind.SIGN_IN, AuditAct.REMOVED, sign_in=found.id))


def end_other_sign_ins(session: Session) -> int:
    """End all sign-ins of the person but that of this session; return how many those were."""
    with session.write() as tx:
        ended = sign_ins.end_of_person(tx.connection, tx.actor.id, tx.now, but=session.sign_in_id)
        if ended:
            _tell(tx, tx.actor, done(AuditKind.SIGN_IN, AuditAct.REMOVED, ended=ended))
        return ended


def _tell(tx: Transaction, person: Colleague, event: AuditEvent) -> None:
    """Let the audit tell in every workspace of a person what the actor did about how they come in."""
    tell_of_person(
        *(tx.connection, person.id, tx.now, event),
        actor_id=tx.actor.id,
        actor_name=tx.actor.name,
        sign_in_id=tx.session.sign_in_id,
    )


def sign_out(session: Session) -> None:
    """End the sign-in of this session, also where it is locked: nothing is done by it from now on."""
    if session.sign_in_id is not None:
        with session.store.write() as connection:
            sign_ins.end(connection, session.sign_in_id, session.now())


def sign_out_of(where: str | Path, token: str, clock: Clock = system_clock) -> None:
    """End the sign-in of a token, whatever state it is in. Raises StoreError."""
    store = open_store(where)
    try:
        with store.write() as connection:
            found = sign_ins.find(connection, digest(token))
            if found is not None:
                sign_ins.end(connection, found.id, clock())
    finally:
        store.close()


def code_notices(session: Session) -> list[CodeNotice]:
    """The one-time codes that somebody made for the person within a week, which each sign-in tells."""
    with session.read() as tx:
        return sign_ins.codes_since(tx.connection, tx.actor.id, tx.now - CODES_TOLD_FOR)


# Locking


def require_lockable(session: Session) -> None:
    """Raises Refused where no password would open the sign-in of this session again."""
    with session.read() as tx:
        _own_sign_in(tx, session)


def lock(session: Session) -> None:
    """Lock the sign-in of this session, wherever it is used, until `unlock`. Raises as `require_lockable`."""
    with session.write() as tx:
        sign_ins.set_locked(tx.connection, _own_sign_in(tx, session).id, tx.now)


def _own_sign_in(tx: Transaction, session: Session) -> SignIn:
    sign_in = None if session.sign_in_id is None else sign_ins.get(tx.connection, session.sign_in_id)
    if sign_in is None or sign_in.kind is SignInKind.SERVICE:
        raise Refused(
            _("Nothing is locked: you have no password to open it with. Set one with `leadtui password`.")
        )
    return sign_in


def unlock(session: Session, password: str) -> None:
    """Open the locked sign-in of this session again by the person's password, in some hundredths of a second.

    Raises WrongPassword and TooManyTries; SignedOut where it has ended meanwhile.
    """
    proving.require_password(session.store, session.actor.email, password, session.now)
    with session.store.write() as connection:
        sign_in = None if session.sign_in_id is None else sign_ins.get(connection, session.sign_in_id)
        if sign_in is None or sign_in.user_id != session.actor_id or not sign_in.is_live(session.now()):
            raise signed_out()
        sign_ins.set_locked(connection, sign_in.id, None)


# Passwords


def has_password(session: Session) -> bool:
    """Whether the person has one."""
    with session.read() as tx:
        person = sign_ins.person_of(tx.connection, tx.actor.id)
    return person is not None and bool(person.password)


def change_password(session: Session, password: str, before: str = "") -> int:
    """Give oneself a password, in some hundredths of a second; return how many other sign-ins it ended.

    `before` is the one from before. The first one in a store in which nobody else works makes the person its
    administrator, and the session signed in. Raises Invalid beside "password", WrongPassword and TooManyTries for `before`, and
    Refused where the others have to be thought of first.
    """
    with session.read() as tx:
        person = sign_ins.person_of(tx.connection, tx.actor.id)
        hashing = sign_ins.store_info(tx.connection).hashing
        _require_first_or_known(tx)
    text = check_password(password, session.actor.email)
    if person is not None and person.password:
        person = proving.require_password(session.store, session.actor.email, before, session.now)
    new = hashed(text, hashing)
    with session.write() as tx:
        stored = sign_ins.person_of(tx.connection, tx.actor.id)
        if stored is None or person is None or stored.password != person.password:
            raise wrong_password()  # it was changed meanwhile
        _require_first_or_known(tx)
        sign_ins.set_password(tx.connection, stored.id, new, tx.now)
        ended = sign_ins.end_of_person(tx.connection, stored.id, tx.now, but=session.sign_in_id)
        act = AuditAct.CHANGED if person.password else AuditAct.ADDED
        _tell(tx, tx.actor, done(AuditKind.PASSWORD, act, ended=ended))
        signed_in = None
        if sign_ins.store_info(tx.connection).secured_at is None:
            sign_ins.secure(tx.connection, stored.id, tx.now)
            event = done(AuditKind.SECURITY, subject_id=stored.id, title=tx.actor.name)
            tell_everywhere(tx, lambda _workspace_id: event)
            signed_in = add_sign_in(tx.connection, stored.id, SignInKind.PASSWORD, tx.now, this_terminal())
    if signed_in is not None:
        session.take_sign_in(signed_in)
    return ended


def _require_first_or_known(tx: Transaction) -> None:
    if tx.actor.is_service:
        raise Refused(_("A service has no password; it signs in by its token alone."))
    if sign_ins.store_info(tx.connection).secured_at is None and sign_ins.working_people(tx.connection) > 1:
        raise Refused(
            _(
                "Several people work in this store, and nobody has proved who they are yet: whoever can write its file names the "
                "administrator first, with `leadtui secure EMAIL`."
            )
        )


# One-time codes


def make_code(session: Session, person_id: int) -> OneTimeCode:
    """Make a code with which a colleague sets a password: their first, or another one. It is good once, for a day.

    For whoever manages colleagues and holds all that the person may do in every workspace of theirs, else for the
    store's administrator. Raises Refused and NotFound.
    """
    with session.write() as tx:
        info = sign_ins.store_info(tx.connection)
        person = tx.definitions.colleague(person_id)
        is_administrator = info.administrator_id == tx.actor.id
        if not is_administrator:
            tx.require(Permission.MANAGE_COLLEAGUES)
        if person is None or not person.active or person.is_service:
            raise NotFound(_("That person does not work here."))
        if info.secured_at is None:
            raise Refused(
                _(
                    "Nobody has to prove who they are in this store yet; name its administrator with `leadtui secure EMAIL`."
                )
            )
        if person.id == info.administrator_id:
            raise Refused(
                _(
                    "The administrator's code is made at the store's file alone: `leadtui secure EMAIL --code` by whose file it is."
                )
            )
        _require_helping(tx, person, is_administrator=is_administrator)
        known = sign_ins.person_of(tx.connection, person.id)
        purpose = CodePurpose.RESET if known is not None and known.password else CodePurpose.CLAIM
        return new_code(tx, person, purpose)


def _require_helping(tx: Transaction, person: Colleague, *, is_administrator: bool) -> None:
    if person == tx.actor:
        raise Refused(_("A code is for somebody else; change your own password with `leadtui password`."))
    rights = (
        sign_ins.rights_of(tx.connection, tx.actor.id),
        sign_ins.rights_of(tx.connection, person.id, also_suspended=True),
    )
    if not is_administrator and not may_help(*rights):
        raise Refused(
            _(
                "{name} may do more than you, here or in another workspace; the store's administrator makes the code for them."
            ).format(name=person.name)
        )


def new_code(tx: Transaction, person: Colleague, purpose: CodePurpose) -> OneTimeCode:
    """Write a new code for somebody, in the transaction of whoever may."""
    text = made_code()
    sign_ins.add_code(
        tx.connection, person.id, digest(read_code(text)), purpose, tx.actor.id, tx.now, tx.now + CODE_LASTS
    )
    _tell(tx, person, done(AuditKind.CODE, AuditAct.ADDED, purpose=purpose))
    return one_time_code(text, person.name, person.email)


def one_time_code(text: str, name: str, email: str) -> OneTimeCode:
    """A code that was just made, as it is shown."""
    return OneTimeCode(text, name, email, round(CODE_LASTS.total_seconds() / 3600))


def made_code() -> str:
    """A new code, of a hundred random bits, as it is shown: groups of five letters and figures."""
    signs = "".join(secrets.choice(_CODE_LETTERS) for _sign in range(20))
    return "-".join(signs[at : at + 5] for at in range(0, 20, 5))


def read_code(typed: str) -> str:
    """A code as its digest is made, however it was typed."""
    plain = re.sub(r"[\W_]+", "", typed).upper()
    return plain.translate(str.maketrans("OIL", "011"))


def set_password_by_code(
    where: str | Path,
    email: str,
    code: str,
    password: str,
    clock: Clock = system_clock,
    terminal: Terminal | None = None,
) -> None:
    """Set a password by a one-time code, without having one; whoever is signed in as the person is no longer.

    Tries count as those with passwords do, and a wrong code is answered as an unknown address is. Raises Invalid beside
    "password", WrongPassword and TooManyTries, StoreError.
    """
    address = kept_address(email)
    account = (terminal or this_terminal()).account
    text = check_password(password, address)
    store = open_store(where)
    try:
        with store.write() as connection:
            info = sign_ins.store_info(connection)
            proving.count_try(connection, info, address, account, clock())
        new = hashed(text, info.hashing)
        with store.write() as connection:
            now = clock()
            person = sign_ins.find_person(connection, address)
            if person is None or not sign_ins.use_code(connection, person.id, digest(read_code(code)), now):
                raise wrong_password()
            sign_ins.set_password(connection, person.id, new, now)
            ended = sign_ins.end_of_person(connection, person.id, now)
            sign_ins.forget_tries(connection, proving.address_digest(info, address), account)
            act = AuditAct.CHANGED if person.password else AuditAct.ADDED
            by_code = done(AuditKind.PASSWORD, act, by_code=True, ended=ended)
            tell_of_person(*(connection, person.id, now, by_code), actor_id=person.id, actor_name=person.name)
    finally:
        store.close()


def sign_in_again(
    where: str | Path, email: str, password: str, kept: str = "", clock: Clock = system_clock
) -> Proven:
    """Sign in for longer than one command; a `kept` token whose sign-in is live is good again, also where it was locked.

    Raises WrongPassword, TooManyTries, StoreError, and Refused where the store asks nobody.
    """
    store = open_store(where)
    try:
        with store.read() as connection:
            secured = sign_ins.store_info(connection).secured_at is not None
        if not secured:
            raise Refused(_("Nobody has to sign in to this store: nobody in it has a password yet."))
        return proving.sign_in(store, kept_address(email), Password(password), clock, again=kept)
    finally:
        store.close()


# Services


def add_service(session: Session, name: str, profile: str, days: int) -> ServiceSignIn:
    """Let a command that runs where nobody sits sign in by a token, as `profile`, for so many days.

    A service of that name that is there already gets another token; the ones from before end. Raises Invalid beside the
    wrong field.
    """
    with session.write(Permission.MANAGE_COLLEAGUES) as tx:
        title = clean(name)
        address = "-".join(search_key(title).split()) + _SERVICE_ADDRESS
        if not title or address == _SERVICE_ADDRESS:
            raise Invalid(_("A name is needed."), "name")
        if profile == OWNER_PROFILE:
            raise Invalid(_("Whoever owns a workspace is a person; choose another profile."), "profile")
        if not 1 <= days <= MOST_SERVICE_DAYS:
            raise Invalid(
                _("A service signs in for 1 to {most} days.").format(most=counted(MOST_SERVICE_DAYS)), "days"
            )
        given = require_profile(tx.definitions, profile)
        require_held(tx, given.grants, "profile")
        require_fields_held(tx, None, given.fields, "profile")
        user_id = _service(tx, title, address, profile)
        sign_ins.end_of_person(tx.connection, user_id, tx.now)
        proven = add_sign_in(
            tx.connection, user_id, SignInKind.SERVICE, tx.now, Terminal(), name=title, days=days
        )
        event = done(AuditKind.SIGN_IN, AuditAct.ADDED, subject_id=user_id, title=title, days=days)
        tx.audit(event)
        made = sign_ins.get(tx.connection, proven.sign_in_id)
        assert made is not None  # it was written a line ago
    session.reload_definitions()
    return ServiceSignIn(proven.token, made)


def _service(tx: Transaction, title: str, address: str, profile: str) -> int:
    """The id of the service of that name, which has the profile from now on."""
    known = sign_ins.find_person(tx.connection, address)
    if known is None:
        sign_ins.add_service(tx.connection, title, address, tx.now)
        return definitions.add_colleague(tx, title, address, profile, tx.now)
    here = tx.definitions.colleague(known.id)
    if here is None:
        raise Invalid(_("Another workspace has a service of that name; choose another."), "name")
    held = tx.definitions.profile(here.profile)
    require_held(tx, held.grants if held else (), "profile", [known.id])
    require_fields_held(tx, held.fields if held else None, None, "profile")
    definitions.set_membership(tx, known.id, title, profile)
    if not here.active:
        definitions.set_state(tx, known.id, MemberState.ACTIVE, tx.now, tx.actor.id)
    return known.id
