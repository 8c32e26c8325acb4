"""Who somebody is: passwords and tokens held against the store, whoever the person says they are.

A try counts as wrong before it is looked at and is forgiven when it was right, so that many at once are no more tries than
one after the other. Passwords take some hundredths of a second; no transaction waits for that.
"""

from __future__ import annotations

import hmac
import os
import platform
import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from getpass import getuser

from sqlalchemy import Connection

from leadtui.domain.signing_in import (
    FORGIVEN_AFTER,
    KEPT_AFTER_END,
    Password,
    Proof,
    ProofNeeded,
    SignIn,
    SignInKind,
    Terminal,
    Token,
    TooManyTries,
    days_of_sign_in,
    password_text,
    signed_out,
    wait_after,
    wrong_password,
)
from leadtui.errors import Refused
from leadtui.language.translate import _
from leadtui.services.password_hashing import decoy, digest, hashed, is_outdated, matches
from leadtui.store import sign_ins
from leadtui.store.engine import Store
from leadtui.store.sign_ins import Person, StoreInfo

Clock = Callable[[], datetime]

SEEN_EVERY = timedelta(minutes=5)
"""So exactly is it kept when a sign-in was last used."""


@dataclass(frozen=True, slots=True)
class Proven:
    """Who proved to be there, by which sign-in, which lasts until `expires_at` (aware UTC).

    `token` is that of one that was just made, else empty.
    """

    user_id: int
    sign_in_id: int
    expires_at: datetime
    token: str = field(default="", repr=False)


def prove(
    store: Store, email: str, proof: Proof | None, clock: Clock, terminal: Terminal | None = None
) -> Proven | None:
    """Who is there, by the address as it is kept; None where the store asks nobody.

    A password makes a sign-in. Raises NotSignedIn as ProofNeeded, SignedOut, Locked, WrongPassword or TooManyTries.
    """
    with store.read() as connection:
        info = sign_ins.store_info(connection)
    if isinstance(proof, Token):
        return _by_token(store, email, proof, clock())
    if info.secured_at is None:
        return None
    if proof is None or not email:
        raise ProofNeeded(info.key, email)
    return sign_in(store, email, proof, clock, terminal)


def sign_in(
    store: Store,
    email: str,
    password: Password,
    clock: Clock,
    terminal: Terminal | None = None,
    *,
    again: str = "",
) -> Proven:
    """Sign in by a password. The sign-in of the token `again`, where it is live and theirs, is opened instead of a new one.

    Raises WrongPassword and TooManyTries.
    """
    at = terminal or this_terminal()
    person = require_password(store, email, password.text, clock, at)
    with store.write() as connection:
        now = clock()
        before = sign_ins.find(connection, digest(again)) if again else None
        if before is not None and before.user_id == person.id and before.is_live(now):
            sign_ins.set_locked(connection, before.id, None)
            sign_ins.note_seen(connection, before.id, now)
            return Proven(person.id, before.id, before.expires_at, again)
        return add_sign_in(connection, person.id, SignInKind.PASSWORD, now, at)


def require_password(
    store: Store, email: str, password: str, clock: Clock, terminal: Terminal | None = None
) -> Person:
    """The person whose address and password these are, with the hash as it is kept now.

    The same work is done for an address that nobody has. Raises WrongPassword and TooManyTries.
    """
    account = (terminal or this_terminal()).account
    with store.write() as connection:
        info = sign_ins.store_info(connection)
        count_try(connection, info, email, account, clock())
        person = sign_ins.find_person(connection, email)
    kept = "" if person is None else person.password
    text = password_text(password)
    right = matches(kept or decoy(info.hashing), text)
    if person is None or not kept or not right:
        raise wrong_password()
    renewed = hashed(text, info.hashing) if is_outdated(kept, info.hashing) else ""
    with store.write() as connection:
        stored = sign_ins.person_of(connection, person.id)
        if stored is None or stored.password != kept:
            raise wrong_password()  # it was changed meanwhile
        sign_ins.forget_tries(connection, address_digest(info, email), account)
        if renewed:
            sign_ins.set_password(connection, person.id, renewed, clock())
    return replace(person, password=renewed or kept)


def count_try(connection: Connection, info: StoreInfo, email: str, account: str, now: datetime) -> None:
    """Count a try for an address from an account as wrong. Raises TooManyTries where it comes too early."""
    address = address_digest(info, email)
    sign_ins.forget_tries_before(connection, now - FORGIVEN_AFTER)
    tries, until = sign_ins.failures(connection, address, account)
    if until is not None and now < until:
        raise TooManyTries(until, now)
    sign_ins.note_try(connection, address, account, tries + 1, now + wait_after(tries + 1))


def add_sign_in(
    connection: Connection,
    user_id: int,
    kind: SignInKind,
    now: datetime,
    terminal: Terminal,
    *,
    name: str = "",
    days: int | None = None,
) -> Proven:
    """Write a sign-in with a new token. It lasts for `days`, else as the person's workspaces say."""
    token = secrets.token_urlsafe(32)
    lasts = days_of_sign_in(sign_ins.sign_in_days(connection, user_id)) if days is None else days
    new = SignIn(
        id=0,
        user_id=user_id,
        kind=kind,
        name=name,
        terminal=terminal.name,
        host=terminal.account,
        created_at=now,
        seen_at=now,
        expires_at=now + timedelta(days=lasts),
    )
    sign_in_id = sign_ins.add(connection, new, digest(token))
    sign_ins.forget_ended(connection, now - KEPT_AFTER_END)
    return Proven(user_id, sign_in_id, new.expires_at, token)


def address_digest(info: StoreInfo, email: str) -> str:
    """What is kept of an address that somebody tried: it may be a password that was typed into the wrong line."""
    return hmac.new(info.key.encode(), email.encode(), "sha256").hexdigest()


def this_terminal() -> Terminal:
    """The line at which the program runs, and whose account of the machine that is."""
    account = f"{_account()}@{platform.node()}"
    if sys.platform != "win32":
        for stream in (sys.stdin, sys.stderr, sys.stdout):
            try:
                return Terminal(os.ttyname(stream.fileno()), account)
            except (OSError, ValueError, AttributeError):
                continue
    return replace(Terminal(), account=account)


def _account() -> str:
    """Of the system's own list: what the environment says, anybody can write."""
    if sys.platform == "win32":
        return getuser()
    import pwd

    user_id = os.getuid()
    try:
        return pwd.getpwuid(user_id).pw_name
    except KeyError:
        return str(user_id)


def _by_token(store: Store, email: str, token: Token, now: datetime) -> Proven:
    with store.read() as connection:
        found = sign_ins.find(connection, digest(token.text))
        person = None if found is None else sign_ins.person_of(connection, found.user_id)
    if found is None or person is None:
        raise signed_out()
    if email and email != person.email:
        raise Refused(
            _("That sign-in is not of {email}; leave out --as, or sign in as them.").format(email=email)
        )
    found.require_open(now)
    if now - found.seen_at >= SEEN_EVERY:
        with store.write() as connection:
            sign_ins.note_seen(connection, found.id, now)
    return Proven(person.id, found.id, found.expires_at)
