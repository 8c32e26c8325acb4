"""Securing a store at its file: who is its administrator, and codes for whom nobody else can help. No session, no profile.

Whoever can write a store's file can change all that is in it; here they do so through leadtui, which keeps what they did.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from leadtui.domain.audit import AuditAct, AuditKind, done, redefinitions
from leadtui.domain.permission import OWNER_PROFILE
from leadtui.domain.signing_in import CODE_LASTS, CodePurpose, PersonKind, check_password
from leadtui.errors import NotFound, Refused
from leadtui.language.text import safe
from leadtui.language.translate import _
from leadtui.services.audit import tell_of_person
from leadtui.services.entering import kept_address
from leadtui.services.password_hashing import digest, hashed
from leadtui.services.session import Clock, system_clock
from leadtui.services.signing_in import OneTimeCode, made_code, one_time_code, read_code
from leadtui.store import audit, definitions, sign_ins
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.engine import Store, open_store
from leadtui.store.sign_ins import Person


@dataclass(frozen=True, slots=True)
class Security:
    """How a store is secured: since when (aware UTC), and by whom it is administered."""

    key: str
    secured_at: datetime | None
    administrator: str
    """Their address; empty where there is none, or it is not told."""


def security_of(where: str | Path) -> Security:
    """Whether a store asks for passwords; who administers it, only whose file it is learns unproved. Raises StoreError."""
    store = open_store(where)
    try:
        told = _is_owner(store.path)
        with store.read() as connection:
            info = sign_ins.store_info(connection)
            administrator_id = info.administrator_id if told else None
            found = None if administrator_id is None else sign_ins.person_of(connection, administrator_id)
    finally:
        store.close()
    return Security(info.key, info.secured_at, "" if found is None else found.email)


def secure(where: str | Path, email: str, password: str, clock: Clock = system_clock) -> None:
    """Name the administrator of a store, once, and give them their password: from now on everybody proves who they are.

    They become the owner of those of their workspaces that have none. The others get their first passwords by one-time
    codes. Raises Refused where there is an administrator already, NotFound
    where the address is nobody's, Invalid beside "password".
    """
    address = kept_address(email)
    text = check_password(password, address)
    store = open_store(where)
    try:
        with store.read() as connection:
            hashing = sign_ins.store_info(connection).hashing
        new = hashed(text, hashing)
        with store.write() as connection:
            info = sign_ins.store_info(connection)
            if info.secured_at is not None:
                raise Refused(
                    _(
                        "This store has an administrator already; `leadtui secure EMAIL --code` makes a one-time code."
                    )
                )
            person = _worker(sign_ins.find_person(connection, address), email)
            if not sign_ins.rights_of(connection, person.id):
                raise _nobody(email)
            now = clock()
            sign_ins.set_password(connection, person.id, new, now)
            ended = sign_ins.end_of_person(connection, person.id, now)
            sign_ins.secure(connection, person.id, now)
            owns = set(sign_ins.ownerless(connection, person.id))
            for workspace_id in definitions.workspaces(connection):
                tx = WorkspaceConnection(connection, workspace_id)
                before = definitions.load(tx)
                called = before.colleague(person.id)
                name = called.name if called else person.name
                told = [
                    done(
                        AuditKind.SECURITY, subject_id=person.id, title=name, at_file=True, ended=ended or ""
                    )
                ]
                if workspace_id in owns:
                    definitions.set_membership(tx, person.id, name, OWNER_PROFILE)
                    told += redefinitions(before, definitions.load(tx))
                audit.append(tx, now, person.id, name, told)
    finally:
        store.close()


def code_at_file(where: str | Path, email: str, clock: Clock = system_clock) -> OneTimeCode:
    """Make a one-time code for anybody in the store, the administrator too, by whoever owns its file.

    Raises Refused for others, and in a store that asks nobody; NotFound.
    """
    store = open_store(where)
    try:
        _require_owner(store)
        with store.write() as connection:
            info = sign_ins.store_info(connection)
            if info.secured_at is None:
                raise Refused(_("Name the administrator of this store first: `leadtui secure EMAIL`."))
            person = _worker(sign_ins.find_person(connection, kept_address(email)), email)
            text, now = made_code(), clock()
            purpose = CodePurpose.RESET if person.password else CodePurpose.CLAIM
            sign_ins.add_code(
                connection, person.id, digest(read_code(text)), purpose, None, now, now + CODE_LASTS
            )
            # Whose file it is has no name in the store: it is told under the administrator's, and that it was at the file.
            by = sign_ins.person_of(connection, info.administrator_id or person.id) or person
            about = done(AuditKind.CODE, AuditAct.ADDED, purpose=purpose, at_file=True)
            tell_of_person(connection, person.id, now, about, actor_id=by.id, actor_name=by.name)
        return one_time_code(text, person.name, person.email)
    finally:
        store.close()


def _is_owner(path: Path) -> bool:
    """Whether the file is of the account that runs the program, or that account is root."""
    if sys.platform == "win32":  # where who may write may as well take the file over
        return os.access(path, os.W_OK)
    return os.geteuid() in (0, path.stat().st_uid)


def _require_owner(store: Store) -> None:
    if not _is_owner(store.path):
        raise Refused(
            _(
                "{file} is another account's; whose it is makes codes at it, and the administrator by `leadtui colleagues code`."
            ).format(file=safe(str(store.path)))
        )


def _worker(person: Person | None, email: str) -> Person:
    if person is None or person.kind is not PersonKind.PERSON:
        raise _nobody(email)
    return person


def _nobody(email: str) -> NotFound:
    return NotFound(_("Nobody with the e-mail {email} works in this store.").format(email=email))
