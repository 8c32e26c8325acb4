"""The audit as it is kept: entries are put at the end of a workspace's chain and stay; an erasing takes texts out of them."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, cast

from sqlalchemy import BigInteger, Connection, Select, func, insert, select, type_coerce, update

from leadtui.domain.audit import (
    ERASED,
    AuditAct,
    AuditEntry,
    AuditEvent,
    AuditFilter,
    AuditKind,
    Part,
    Value,
)
from leadtui.domain.audit_chain import (
    FIRST,
    ChainFinding,
    Head,
    Link,
    canonical,
    digest_of,
    findings,
    hash_of,
)
from leadtui.store import changes, tables
from leadtui.store.column_types import forms_in_json, microseconds
from leadtui.store.connection import WorkspaceConnection

_audit = tables.audit.c

_SALT_BYTES = 16


def append(
    tx: WorkspaceConnection,
    at: datetime,
    actor_id: int,
    actor_name: str,
    events: Iterable[AuditEvent],
    sign_in_id: int | None = None,
) -> None:
    """Put entries at the end of the workspace's chain, in a write transaction. `at` is aware UTC.

    `sign_in_id` is that of the sign-in by which it is done, where it is by one.
    """
    present = head(tx)
    number, previous = (0, FIRST) if present is None else (present.number, present.hash)
    rows: list[dict[str, Any]] = []
    for event in events:
        number += 1
        detail, texts = _written(event, actor_name)
        if sign_in_id is not None:
            detail["sign_in"] = sign_in_id
        link = Link(
            number,
            microseconds(at),
            actor_id,
            event.kind.value,
            event.act.value,
            event.subject_id,
            canonical(detail),
            canonical(texts),
            previous,
            "",
        )
        previous = hash_of(link, tx.workspace_id)
        row = {name: getattr(link, name) for name in Link.__slots__}
        rows.append(row | {"workspace_id": tx.workspace_id, "at": at, "hash": previous})
    if rows:
        tx.connection.execute(insert(tables.audit), rows)
        changes.record(tx, "audit", [row["number"] for row in rows])


def head(tx: WorkspaceConnection) -> Head | None:
    """The newest entry; None where there is none yet."""
    newest = (
        select(_audit.number, _audit.hash)
        .where(_audit.workspace_id == tx.workspace_id)
        .order_by(_audit.number.desc())
        .limit(1)
    )
    row = tx.connection.execute(newest).first()
    return None if row is None else Head(row.number, row.hash)


def count(tx: WorkspaceConnection) -> int:
    """How many entries there are."""
    here = select(func.count()).where(_audit.workspace_id == tx.workspace_id)
    return tx.connection.execute(here).scalar_one()


def entries(
    tx: WorkspaceConnection, wanted: AuditFilter, below: int | None, limit: int
) -> tuple[AuditEntry, ...]:
    """The entries that are wanted, the newest first, of those with a number under `below`."""
    narrowed = [
        _audit.number < below if below is not None else None,
        _audit.actor_id == wanted.actor_id if wanted.actor_id is not None else None,
        _audit.kind.in_([each.value for each in wanted.kinds]) if wanted.kinds else None,
        _audit.at >= wanted.since if wanted.since is not None else None,
        _audit.at < wanted.before if wanted.before is not None else None,
    ]
    rows = tx.connection.execute(
        select(tables.audit)
        .where(_audit.workspace_id == tx.workspace_id, *(each for each in narrowed if each is not None))
        .order_by(_audit.number.desc())
        .limit(limit)
    )
    try:
        return tuple(_entry(row) for row in rows)
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        # A word that is none of the kinds, JSON that is none.
        raise tx.backend.damaged() from error


def forget(tx: WorkspaceConnection, named: Collection[str]) -> tuple[str, ...]:
    """Take away every text in which one of these stands; returns the digests that stay of them."""
    if not named:
        return ()
    forms = {form for each in named for form in forms_in_json(each)}
    rows = tx.connection.execute(
        select(_audit.number, _audit.texts).where(
            _audit.workspace_id == tx.workspace_id,
            tx.backend.mentions(tx.connection, _audit.texts, forms),
        )
    ).all()
    gone: list[str] = []
    for row in rows:
        kept = _read(row.texts)
        doomed = [digest for digest, (_salt, text) in kept.items() if any(each in text for each in named)]
        gone += doomed
        texts = canonical({digest: each for digest, each in kept.items() if digest not in doomed})
        tx.connection.execute(
            update(tables.audit)
            .where(_audit.workspace_id == tx.workspace_id, _audit.number == row.number)
            .values(texts=texts)
        )
    return tuple(gone)


def check(connection: Connection, workspace_id: int, heads: Sequence[Head] = ()) -> Iterator[ChainFinding]:
    """What is wrong with the chain of a workspace; `heads` are those that were kept elsewhere."""
    erasures = connection.execute(
        select(_audit.detail).where(
            _audit.workspace_id == workspace_id, _audit.kind == AuditKind.ERASURE.value
        )
    ).scalars()
    wiped = {digest for detail in erasures for digest in _wiped(detail)}
    return findings(_links(connection, workspace_id), workspace_id, wiped, heads)


def _links(connection: Connection, workspace_id: int) -> Iterator[Link]:
    # Unread: a value that its column cannot have is a fault of the entry, and no reason to stop.
    columns = [
        type_coerce(_audit[name], BigInteger).label(name) if name == "at" else _audit[name]
        for name in Link.__slots__
    ]
    rows: Select[Any] = select(*columns).where(_audit.workspace_id == workspace_id).order_by(_audit.number)
    for row in connection.execute(rows):
        yield Link(*row)


def _wiped(detail: Any) -> Iterator[str]:
    try:
        yield from (str(each) for each in json.loads(detail)["wiped"])
    except (ValueError, TypeError, KeyError):
        return


class _Detail(NamedTuple):
    """What an entry says, with digests in place of texts, and the texts by their digests, each behind its salt."""

    said: dict[str, Any]
    texts: dict[str, tuple[str, str]]


def _written(event: AuditEvent, actor_name: str) -> _Detail:
    texts: dict[str, tuple[str, str]] = {}

    def put(value: Value) -> Any:
        if isinstance(value, tuple):
            return [put(each) for each in value]
        if not isinstance(value, str) or isinstance(value, StrEnum) or not value:
            return value
        salt = secrets.token_hex(_SALT_BYTES)
        digest = digest_of(value, salt)
        texts[digest] = (salt, value)
        return {"text": digest}

    said: dict[str, Any] = {"actor": put(actor_name)}
    if event.title:
        said["title"] = put(event.title)
    if event.within:
        said["within"] = put(event.within)
    if event.parts:
        said["parts"] = [[each.name, put(each.before), put(each.after)] for each in event.parts]
    if event.wiped:
        said["wiped"] = list(event.wiped)
    return _Detail(said, texts)


def _entry(row: Any) -> AuditEntry:
    said, texts = json.loads(row.detail), _read(row.texts)

    def read(value: Any) -> Any:
        if isinstance(value, list):
            return tuple(read(each) for each in cast("list[Any]", value))
        if isinstance(value, Mapping):
            found = texts.get(cast("Mapping[str, str]", value)["text"])
            return ERASED if found is None else found[1]
        return value

    event = AuditEvent(
        AuditKind(row.kind),
        AuditAct(row.act),
        row.subject_id,
        read(said.get("title", "")),
        tuple(Part(name, read(before), read(after)) for name, before, after in said.get("parts", ())),
        read(said.get("within", "")),
        tuple(said.get("wiped", ())),
    )
    by = said.get("sign_in")
    return AuditEntry(row.number, row.at, row.actor_id, read(said["actor"]), event, row.hash, by)


def _read(texts: str) -> dict[str, tuple[str, str]]:
    return {digest: (salt, text) for digest, (salt, text) in json.loads(texts).items()}
