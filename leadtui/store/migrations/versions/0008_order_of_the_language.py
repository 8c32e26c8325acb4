"""Leads are sorted as the workspace's language has it, grouped by city whichever way it is written, and found by more spellings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from leadtui.store import search_keys
from leadtui.store.connection import WorkspaceConnection

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_SPELLED_OTHERWISE = "\u0626\u0670\u0654"
"""Hamza on yeh, alef above the line, hamza above: the letters that a search key has otherwise than before."""


def upgrade() -> None:
    """Go forward; there is no way back but a backup."""
    op.add_column("lead", sa.Column("city_key", sa.Text(), server_default="", nullable=False))
    connection = op.get_bind()
    for workspace_id in connection.execute(sa.text("SELECT id FROM workspace")).scalars().all():
        tx = WorkspaceConnection(connection, workspace_id, found_by=())
        search_keys.sort_anew(tx)
        search_keys.refresh(tx, search_keys.noted_by_imports(tx) | _spelled_otherwise(tx))
    op.create_index(op.f("ix_lead_workspace_id_city_key_id"), "lead", ["workspace_id", "city_key", "id"])


def _spelled_otherwise(tx: WorkspaceConnection) -> set[int]:
    lead = sa.table("lead", *map(sa.column, ("id", "workspace_id", "name", "city", "email")))
    words = lead.c.name + lead.c.city + lead.c.email
    written = sa.or_(*(words.contains(letter) for letter in _SPELLED_OTHERWISE))
    return set(
        tx.connection.execute(
            sa.select(lead.c.id).where(lead.c.workspace_id == tx.workspace_id, written)
        ).scalars()
    )
