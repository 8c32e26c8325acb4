"""How far search texts follow the fields by which a workspace's customers are found, and making them follow part by part."""

from __future__ import annotations

from sqlalchemy import select, update

from leadtui.store import changes, search_keys, tables
from leadtui.store.connection import WorkspaceConnection

_here = tables.workspace.c

_FORGETTING = -1
"""Stands behind the last customer, while the search index forgets what they were found by."""


def ask_to_find_anew(tx: WorkspaceConnection) -> None:
    """Another field finds customers, or one no longer does: from now on `find_anew` has something to do, from the first one on."""
    _go_on_after(tx, 0)


def is_to_find_anew(tx: WorkspaceConnection) -> bool:
    """Whether search texts do not follow the fields yet."""
    return _after(tx) is not None


def find_anew(tx: WorkspaceConnection, limit: int) -> bool:
    """Let the next `limit` customers be found by what they are to be found by; whether there is more to do.

    Behind the last one the search index forgets, part by part too, what they were found by; then lists of what is found are
    read again.
    """
    after = _after(tx)
    if after is None:
        return False
    if after != _FORGETTING:
        last, count = search_keys.find_anew(tx, after, limit)
        _go_on_after(tx, last if count else _FORGETTING)
        if count:
            return True
    if tx.backend.merge_search(tx.connection, begin=after != _FORGETTING):
        return True
    tx.backend.clean_search(tx.connection)
    _go_on_after(tx, None)
    changes.record(tx, "lead", [changes.WHOLE_TABLE])
    return False


def _after(tx: WorkspaceConnection) -> int | None:
    return tx.connection.execute(
        select(_here.find_anew_after).where(_here.id == tx.workspace_id)
    ).scalar_one()


def _go_on_after(tx: WorkspaceConnection, lead_id: int | None) -> None:
    tx.connection.execute(
        update(tables.workspace).where(_here.id == tx.workspace_id).values(find_anew_after=lead_id)
    )
