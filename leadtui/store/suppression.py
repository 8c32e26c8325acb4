"""What is kept of erased numbers: a keyed digest, by which one is known that comes in again, and that it was forbidden."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from leadtui.store import changes, tables
from leadtui.store.connection import WorkspaceConnection

_erased = tables.erased_number.c
_workspace = tables.workspace.c


def keep(tx: WorkspaceConnection, numbers: Mapping[str, bool], at: datetime) -> None:
    """Keep digests of E.164 numbers, each with whether it must not be rung. `at` is aware UTC."""
    if not numbers:
        return
    key = _key(tx) or _new_key(tx)
    rows = [
        {"workspace_id": tx.workspace_id, "digest": _digest(key, e164), "forbidden": forbidden, "at": at}
        for e164, forbidden in numbers.items()
    ]
    forget(tx, numbers)
    tx.connection.execute(insert(tables.erased_number), rows)
    _record(tx)


def forget(tx: WorkspaceConnection, numbers: Collection[str]) -> None:
    """Keep nothing of these numbers any more."""
    key = _key(tx)
    if key:
        digests = [_digest(key, each) for each in numbers]
        gone = delete(tables.erased_number).where(
            _erased.workspace_id == tx.workspace_id, _erased.digest.in_(digests)
        )
        tx.connection.execute(gone)
        _record(tx)


def known(tx: WorkspaceConnection, numbers: Collection[str]) -> dict[str, bool]:
    """Those of these E.164 numbers that were erased, each with whether it must not be rung."""
    if not numbers:
        return {}
    rows = tx.connection.execute(
        select(_erased.digest, _erased.forbidden).where(_erased.workspace_id == tx.workspace_id)
    )
    forbidden = {row.digest: row.forbidden for row in rows}
    if not forbidden:
        return {}
    key = _key(tx)
    digests = {each: _digest(key, each) for each in numbers}
    return {each: forbidden[digest] for each, digest in digests.items() if digest in forbidden}


def _key(tx: WorkspaceConnection) -> str:
    found = select(_workspace.erased_key).where(_workspace.id == tx.workspace_id)
    return str(tx.connection.execute(found).scalar_one())


def _new_key(tx: WorkspaceConnection) -> str:
    key = secrets.token_hex(32)
    here = update(tables.workspace).where(_workspace.id == tx.workspace_id)
    tx.connection.execute(here.values(erased_key=key))
    return key


def _digest(key: str, e164: str) -> str:
    return hmac.digest(bytes.fromhex(key), e164.encode(), "sha256").hex()


def _record(tx: WorkspaceConnection) -> None:
    changes.record(tx, "erased_number", [changes.WHOLE_TABLE])
