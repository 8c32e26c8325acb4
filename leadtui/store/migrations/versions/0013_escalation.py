"""Overdue reminders may go to a supervisor, and their customers to nobody. Old statuses send none anywhere."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; there is no way back but a backup."""
    op.add_column("status", sa.Column("escalation", sa.JSON(), server_default="{}", nullable=False))
    op.add_column("reminder", sa.Column("escalated", sa.Integer(), server_default="0", nullable=False))
