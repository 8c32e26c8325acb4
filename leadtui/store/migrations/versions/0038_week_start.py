"""Workspaces say on which weekday their weeks begin; -1 is as usual where they are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; there is no way back but a backup."""
    op.add_column("workspace", sa.Column("week_start", sa.Integer(), nullable=False, server_default="-1"))
