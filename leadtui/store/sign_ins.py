"""Who proved to be whom: passwords, sign-ins, one-time codes and wrong tries. They belong to the store, not to a workspace."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, insert, or_, select, update

from leadtui.domain import field_rights
from leadtui.domain.permission import OWNER_PROFILE, grants_of, read_grants
from leadtui.domain.signing_in import (
    CodeNotice,
    CodePurpose,
    Held,
    PersonKind,
    Rights,
    SignIn,
    SignInKind,
)
from leadtui.domain.team import team_mates
from leadtui.domain.workspace import MemberState
from leadtui.store import definitions, tables
from leadtui.store.connection import insert_row

_info, _user, _sign_in = tables.store_info.c, tables.user.c, tables.sign_in.c
_failure, _code = tables.sign_in_failure.c, tables.one_time_code.c


@dataclass(frozen=True, slots=True)
class Hashing:
    """What a password is hashed by with Argon2id: `memory` in KiB, `time` in passes."""

    memory: int
    time: int
    parallelism: int


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """What a store says of itself. Nobody proves anything before `secured_at` (aware UTC)."""

    key: str
    hashing: Hashing
    administrator_id: int | None
    secured_at: datetime | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the store knows, with the hash of their password, which is empty where they have none."""

    id: int
    name: str
    email: str
    kind: PersonKind
    password: str = field(repr=False)


# The store itself


def store_info(connection: Connection) -> StoreInfo:
    """What the store says of itself."""
    row = connection.execute(select(tables.store_info)).one()
    return StoreInfo(row.key, Hashing(**row.hashing), row.administrator_id, row.secured_at)


def secure(connection: Connection, administrator_id: int, at: datetime) -> None:
    """From now on everybody proves who they are; the administrator is the one who helps whom nobody else may help."""
    connection.execute(update(tables.store_info).values(administrator_id=administrator_id, secured_at=at))


# People


def find_person(connection: Connection, email: str) -> Person | None:
    """The person with that address, as it is kept."""
    return _person(connection.execute(_people().where(_user.email == email)).first())


def person_of(connection: Connection, user_id: int) -> Person | None:
    """The person of that id."""
    return _person(connection.execute(_people().where(_user.id == user_id)).first())


def _people() -> Any:
    return select(_user.id, _user.name, _user.email, _user.kind, _user.password)


def _person(row: Row[Any] | None) -> Person | None:
    return None if row is None else Person(row.id, row.name, row.email, PersonKind(row.kind), row.password)


def working_people(connection: Connection) -> int:
    """How many people, services left out, work in any workspace of the store."""
    member = tables.membership.c
    working = (
        select(func.count(member.user_id.distinct()))
        .join(tables.user, _user.id == member.user_id)
        .where(member.state == MemberState.ACTIVE.value, _user.kind == PersonKind.PERSON.value)
    )
    return connection.execute(working).scalar_one()


def add_service(connection: Connection, name: str, address: str, at: datetime) -> int:
    """Write a user who is a service; return the id."""
    kind = PersonKind.SERVICE.value
    return insert_row(connection, tables.user, name=name, email=address, kind=kind, created_at=at)


def set_password(connection: Connection, user_id: int, hashed: str, at: datetime) -> None:
    """Keep the hash of a person's password, whose codes are of no use from now on."""
    connection.execute(update(tables.user).where(_user.id == user_id).values(password=hashed, password_at=at))


def rights_of(connection: Connection, user_id: int, *, also_suspended: bool = False) -> Rights:
    """What a person may do in each workspace in which they work, or may again once they are let in."""
    member, profile = tables.membership.c, tables.profile.c
    states = [MemberState.ACTIVE.value, *([MemberState.SUSPENDED.value] if also_suspended else [])]
    rows = connection.execute(
        select(member.workspace_id, profile.permissions, profile.fields)
        .join(tables.profile, profile.id == member.profile_id)
        .where(member.user_id == user_id, member.state.in_(states))
    )
    return {
        row.workspace_id: Held(
            grants_of(*read_grants(row.permissions)),
            team_mates(user_id, definitions.teams(connection, row.workspace_id)),
            field_rights.rights_of(row.fields),
        )
        for row in rows.all()
    }


def ownerless(connection: Connection, user_id: int) -> list[int]:
    """The workspaces in which a person works and that nobody owns, though they have the profile for it."""
    member, profile = tables.membership.c, tables.profile.c
    owned = (
        select(member.workspace_id)
        .join(tables.profile, profile.id == member.profile_id)
        .where(member.state == MemberState.ACTIVE.value, profile.key == OWNER_PROFILE)
    )
    own = select(member.workspace_id).where(
        member.user_id == user_id, member.state == MemberState.ACTIVE.value
    )
    could_be = select(profile.workspace_id).where(profile.key == OWNER_PROFILE)
    return list(
        connection.execute(
            select(tables.workspace.c.id)
            .where(
                tables.workspace.c.id.in_(own),
                tables.workspace.c.id.in_(could_be),
                tables.workspace.c.id.not_in(owned),
            )
            .order_by(tables.workspace.c.id)
        ).scalars()
    )


def sign_in_days(connection: Connection, user_id: int) -> list[int]:
    """What the workspaces in which a person works say of how many days a sign-in lasts."""
    member, workspace = tables.membership.c, tables.workspace.c
    return list(
        connection.execute(
            select(workspace.sign_in_days)
            .join(tables.membership, member.workspace_id == workspace.id)
            .where(member.user_id == user_id, member.state == MemberState.ACTIVE.value)
        ).scalars()
    )


# Sign-ins


def add(connection: Connection, sign_in: SignIn, token_hash: str) -> int:
    """Write a sign-in; return its id."""
    return insert_row(
        connection,
        tables.sign_in,
        user_id=sign_in.user_id,
        token_hash=token_hash,
        kind=sign_in.kind.value,
        name=sign_in.name,
        terminal=sign_in.terminal,
        host=sign_in.host,
        created_at=sign_in.created_at,
        seen_at=sign_in.seen_at,
        expires_at=sign_in.expires_at,
    )


def find(connection: Connection, token_hash: str) -> SignIn | None:
    """The sign-in of a token."""
    return _read(connection.execute(select(tables.sign_in).where(_sign_in.token_hash == token_hash)).first())


def get(connection: Connection, sign_in_id: int) -> SignIn | None:
    """The sign-in of that id."""
    return _read(connection.execute(select(tables.sign_in).where(_sign_in.id == sign_in_id)).first())


def standing(connection: Connection, sign_in_id: int | None) -> tuple[bool, SignIn | None]:
    """Whether the store asks for a proof, and the sign-in of that id: one look for what each transaction has to know."""
    looked_for = tables.store_info.outerjoin(tables.sign_in, _sign_in.id == (sign_in_id or 0))
    row = connection.execute(select(_info.secured_at, tables.sign_in).select_from(looked_for)).one()
    return row.secured_at is not None, None if row.id is None else _read(row)


def of_person(connection: Connection, user_id: int) -> list[SignIn]:
    """The sign-ins of a person, the newest first, with those that ended and are still kept."""
    rows = connection.execute(
        select(tables.sign_in).where(_sign_in.user_id == user_id).order_by(_sign_in.id.desc())
    )
    return [_known(row) for row in rows]


def of_services(connection: Connection, workspace_id: int) -> list[SignIn]:
    """The sign-ins of the services of a workspace, the newest first."""
    member = tables.membership.c
    rows = connection.execute(
        select(tables.sign_in)
        .join(tables.membership, member.user_id == _sign_in.user_id)
        .where(member.workspace_id == workspace_id, _sign_in.kind == SignInKind.SERVICE.value)
        .order_by(_sign_in.id.desc())
    )
    return [_known(row) for row in rows]


def note_seen(connection: Connection, sign_in_id: int, at: datetime) -> None:
    """The sign-in was used."""
    connection.execute(update(tables.sign_in).where(_sign_in.id == sign_in_id).values(seen_at=at))


def end(connection: Connection, sign_in_id: int, at: datetime) -> None:
    """The sign-in is good for nothing from now on."""
    connection.execute(
        update(tables.sign_in)
        .where(_sign_in.id == sign_in_id, _sign_in.ended_at.is_(None))
        .values(ended_at=at)
    )


def end_of_person(connection: Connection, user_id: int, at: datetime, but: int | None = None) -> int:
    """End all sign-ins of a person, `but` one; return how many those were that nobody had ended."""
    theirs = (_sign_in.user_id == user_id, _sign_in.ended_at.is_(None), _sign_in.id != (but or 0))
    return connection.execute(update(tables.sign_in).where(*theirs).values(ended_at=at)).rowcount


def set_locked(connection: Connection, sign_in_id: int, at: datetime | None) -> None:
    """Lock a sign-in, or with None open it again."""
    connection.execute(update(tables.sign_in).where(_sign_in.id == sign_in_id).values(locked_at=at))


def end_everybodys(connection: Connection, at: datetime) -> None:
    """For a store that was restored: nobody is signed in, no code is good, and no try counts."""
    connection.execute(update(tables.sign_in).where(_sign_in.ended_at.is_(None)).values(ended_at=at))
    connection.execute(update(tables.one_time_code).where(_code.expires_at > at).values(expires_at=at))
    connection.execute(delete(tables.sign_in_failure))


def forget_ended(connection: Connection, before: datetime) -> None:
    """Forget the sign-ins that ended before that; the newest stays, so that no id is ever given again."""
    newest = select(func.max(_sign_in.id)).scalar_subquery()
    ended = or_(_sign_in.ended_at < before, _sign_in.expires_at < before)
    connection.execute(delete(tables.sign_in).where(ended, _sign_in.id < newest))


def _read(row: Row[Any] | None) -> SignIn | None:
    return None if row is None else _known(row)


def _known(row: Row[Any]) -> SignIn:
    return SignIn(
        id=row.id,
        user_id=row.user_id,
        kind=SignInKind(row.kind),
        name=row.name,
        terminal=row.terminal,
        host=row.host,
        created_at=row.created_at,
        seen_at=row.seen_at,
        expires_at=row.expires_at,
        ended_at=row.ended_at,
        locked_at=row.locked_at,
    )


# Wrong tries


def failures(connection: Connection, address: str, terminal: str) -> tuple[int, datetime | None]:
    """How many tries in a row were wrong, and until when the next one waits (aware UTC)."""
    row = connection.execute(
        select(_failure.tries, _failure.until).where(
            _failure.address == address, _failure.terminal == terminal
        )
    ).first()
    return (0, None) if row is None else (row.tries, row.until)


def note_try(connection: Connection, address: str, terminal: str, tries: int, until: datetime) -> None:
    """Keep that so many tries in a row count as wrong, and until when the next one waits."""
    these = and_(_failure.address == address, _failure.terminal == terminal)
    counted = update(tables.sign_in_failure).where(these).values(tries=tries, until=until)
    if not connection.execute(counted).rowcount:
        connection.execute(
            insert(tables.sign_in_failure).values(
                address=address, terminal=terminal, tries=tries, until=until
            )
        )


def forget_tries(connection: Connection, address: str, terminal: str) -> None:
    """The right one came."""
    connection.execute(
        delete(tables.sign_in_failure).where(_failure.address == address, _failure.terminal == terminal)
    )


def forget_tries_before(connection: Connection, moment: datetime) -> None:
    """Forget those whose wait was over before that."""
    connection.execute(delete(tables.sign_in_failure).where(_failure.until < moment))


# One-time codes


def add_code(
    connection: Connection,
    user_id: int,
    code_hash: str,
    purpose: CodePurpose,
    made_by: int | None,
    at: datetime,
    expires_at: datetime,
) -> None:
    """Write a code, in the place of those of the same person that were not used."""
    connection.execute(
        update(tables.one_time_code)
        .where(_code.user_id == user_id, _code.used_at.is_(None), _code.expires_at > at)
        .values(expires_at=at)
    )
    connection.execute(
        insert(tables.one_time_code).values(
            user_id=user_id,
            code_hash=code_hash,
            purpose=purpose.value,
            made_by=made_by,
            made_at=at,
            expires_at=expires_at,
        )
    )


def use_code(connection: Connection, user_id: int, code_hash: str, at: datetime) -> bool:
    """Whether the code is the person's and good; it is used from now on."""
    good = (
        _code.user_id == user_id,
        _code.code_hash == code_hash,
        _code.used_at.is_(None),
        _code.expires_at > at,
    )
    return connection.execute(update(tables.one_time_code).where(*good).values(used_at=at)).rowcount == 1


def codes_since(connection: Connection, user_id: int, moment: datetime) -> list[CodeNotice]:
    """The codes that were made for a person since then, the oldest first."""
    rows = connection.execute(
        select(_code.made_at, _code.made_by, _code.used_at)
        .where(_code.user_id == user_id, _code.made_at >= moment)
        .order_by(_code.id)
    )
    return [CodeNotice(row.made_at, row.made_by, row.used_at) for row in rows]
