"""A workspace has hours of work, windows in which customers are rung, and holidays; old ones have defined none."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; there is no way back but a backup."""
    op.add_column("workspace", sa.Column("hours", sa.Text(), server_default="", nullable=False))
    op.add_column("workspace", sa.Column("windows", sa.Text(), server_default="", nullable=False))
    op.add_column("workspace", sa.Column("holidays", sa.JSON(), server_default="[]", nullable=False))
