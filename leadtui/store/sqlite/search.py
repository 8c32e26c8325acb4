"""The trigram index over `lead.search_key`, which triggers keep true (https://www.sqlite.org/fts5.html)."""

from __future__ import annotations

from array import array
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, column, func, select, table, text
from sqlalchemy.exc import DatabaseError

from leadtui.store import tables
from leadtui.store.id_arrays import ids_from
from leadtui.store.search import Find
from leadtui.store.sqlite import failures
from leadtui.store.sqlite.driver import sqlite_driver

_index = table("lead_search", column("rowid"))
_lead = tables.lead.c


def search_ids(
    connection: Connection, workspace_id: int, find: Find, limit: int | None, also: ColumnElement[bool] | None
) -> array[int]:
    """The ids of the leads that the index finds and for which `also` holds, in no order; `limit` of them at most."""
    found = select(_index.c.rowid).where(text("lead_search MATCH :match").bindparams(match=_match(find)))
    # The index spans all workspaces; going to each row costs ten times as much as finding it.
    if also is not None or not _alone(connection, workspace_id):
        found = found.join(tables.lead, _lead.id == _index.c.rowid).where(
            _lead.workspace_id + 0 == workspace_id
        )
    if also is not None:
        found = found.where(also)
    ids = found.limit(limit).subquery().c.rowid
    return ids_from(connection.execute(select(func.group_concat(ids))).scalar())


def agrees(connection: Connection) -> bool:
    """Whether the index holds what the leads say. It is only read, but SQLite asks for a write transaction."""
    try:
        # https://www.sqlite.org/fts5.html#the_integrity_check_command: rank 1 compares with the content.
        connection.exec_driver_sql("INSERT INTO lead_search(lead_search, rank) VALUES ('integrity-check', 1)")
    except DatabaseError as error:
        if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF != _CORRUPT:
            raise
        return False
    return True


def only_mark(connection: Connection) -> None:
    """Overwrite nothing from now on, until `clean`: overwriting cuts each word of each row out of its page."""
    if not _only_marks(connection):
        connection.exec_driver_sql("INSERT INTO lead_search(lead_search, rank) VALUES ('secure-delete', 0)")


def merge(connection: Connection, *, begin: bool) -> bool:
    """Write a part of the index anew without what is marked; whether there is more. The first part is to `begin`."""
    if not _only_marks(connection):
        return False
    before = connection.exec_driver_sql("SELECT total_changes()").scalar_one()
    # https://www.sqlite.org/fts5.html#the_merge_command: a negative number begins anew with all of the index.
    pages = -_PAGES_AT_ONCE if begin else _PAGES_AT_ONCE
    connection.exec_driver_sql(f"INSERT INTO lead_search(lead_search, rank) VALUES ('merge', {pages})")
    return connection.exec_driver_sql("SELECT total_changes()").scalar_one() - before >= _OF_A_MERGE


def keeps_what_is_deleted(connection: Connection) -> bool:
    """Whether what is deleted is only marked, by an SQLite that could overwrite it."""
    return _only_marks(connection) and sqlite_driver().sqlite_version_info >= OVERWRITING


def clean(connection: Connection) -> None:
    """Leave nothing in the index that was only marked, and overwrite from now on."""
    if not keeps_what_is_deleted(connection):
        return
    # What was merged already is not written again.
    connection.exec_driver_sql("INSERT INTO lead_search(lead_search) VALUES ('optimize')")
    connection.exec_driver_sql("INSERT INTO lead_search(lead_search, rank) VALUES ('secure-delete', 1)")


def check_format(connection: Connection, path: Path) -> None:
    """Raises StoreError where the index was written in a form that this SQLite cannot read.

    From 3.42 on what is deleted is overwritten in it, which is another form of the file
    (https://www.sqlite.org/fts5.html#the_secure_delete_configuration_option).
    """
    if sqlite_driver().sqlite_version_info >= OVERWRITING:
        return
    form = connection.exec_driver_sql("SELECT v FROM lead_search_config WHERE k = 'version'").scalar()
    if form != _PLAIN_FORM:
        raise failures.too_old(path)


def rebuild(connection: Connection) -> None:
    """Make the index anew."""
    connection.exec_driver_sql("INSERT INTO lead_search(lead_search) VALUES ('rebuild')")


OVERWRITING = (3, 42, 0)
"""The first SQLite that overwrites what is deleted from the index."""

_PAGES_AT_ONCE = 500
"""Of the index, in one transaction: a twentieth of a second."""

_OF_A_MERGE = 2
"""Changes by which the documentation tells a merge that has done something from one that has not."""

_CORRUPT = 11
_PLAIN_FORM = 4


def _match(find: Find) -> str:
    """The find as an FTS5 query: only quoted strings, so that nothing typed is taken for syntax."""
    return " AND ".join(
        "(" + " OR ".join('"' + phrase.replace('"', '""') + '"' for phrase in phrases) + ")"
        for phrases in find.words
    )


def _only_marks(connection: Connection) -> bool:
    """Whether what is deleted from the index is not overwritten."""
    chosen = connection.exec_driver_sql("SELECT v FROM lead_search_config WHERE k = 'secure-delete'").scalar()
    return not chosen


def _alone(connection: Connection, workspace_id: int) -> bool:
    others = "SELECT EXISTS (SELECT 1 FROM workspace WHERE id <> ?)"
    return not connection.exec_driver_sql(others, (workspace_id,)).scalar()
