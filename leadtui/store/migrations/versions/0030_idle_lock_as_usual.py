"""Workspaces that have chosen nothing lock desks as usual: not those of one person alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_FIRST, _AS_USUAL = 15, -1
"""What every workspace was given, and what stands for no choice."""


def upgrade() -> None:
    """Go forward; there is no way back but a backup."""
    workspace = sa.table("workspace", sa.column("idle_lock", sa.Integer))
    op.execute(workspace.update().where(workspace.c.idle_lock == _FIRST).values(idle_lock=_AS_USUAL))
