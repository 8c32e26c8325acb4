"""Erasures say until when the store's files may still hold copies of what was deleted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; there is no way back but a backup. What earlier versions erased they wiped, or said that they had not."""
    op.add_column("erasure", sa.Column("wiped_at", sa.BigInteger()))
    op.execute("UPDATE erasure SET wiped_at = at")
