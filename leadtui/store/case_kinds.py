"""Kinds of cases as they are kept: one row each, what is in it as a table of texts."""

from __future__ import annotations

from sqlalchemy import select, update

from leadtui.domain.case_kind import CaseKind
from leadtui.domain.case_kind_table import kind_of, kind_table
from leadtui.store import changes, tables
from leadtui.store.connection import WorkspaceConnection, insert_row

_kind = tables.case_kind.c


def all_kinds(tx: WorkspaceConnection) -> tuple[CaseKind, ...]:
    """Every kind, retired or not, in order of position."""
    rows = tx.connection.execute(
        select(tables.case_kind)
        .where(_kind.workspace_id == tx.workspace_id)
        .order_by(_kind.position, _kind.id)
    )
    return tuple(
        kind_of(
            {**row.content, "key": row.key, "title": row.title},
            row.id,
            row.position,
            row.version,
            retired=row.retired,
        )
        for row in rows
    )


def save(tx: WorkspaceConnection, kind: CaseKind) -> int:
    """Write a new kind (id 0) or a changed one, at its position; return its id."""
    content = {name: value for name, value in kind_table(kind).items() if name not in ("key", "title")}
    kind_id = kind.id
    if kind_id:
        tx.connection.execute(
            update(tables.case_kind)
            .where(_kind.workspace_id == tx.workspace_id, _kind.id == kind_id)
            .values(title=kind.title, position=kind.position, version=_kind.version + 1, content=content)
        )
    else:
        kind_id = insert_row(
            tx.connection,
            tables.case_kind,
            workspace_id=tx.workspace_id,
            key=kind.key,
            title=kind.title,
            position=kind.position,
            content=content,
        )
    changes.record(tx, "case_kind", [kind_id])
    return kind_id
