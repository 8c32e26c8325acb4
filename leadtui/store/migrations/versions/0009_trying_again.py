"""A status may plan the next attempt for whoever was not reached; a lead counts its attempts. Old statuses plan none."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; there is no way back but a backup."""
    op.add_column("status", sa.Column("retry", sa.JSON(), server_default="{}", nullable=False))
    op.add_column("lead", sa.Column("attempts", sa.Integer(), server_default="0", nullable=False))
