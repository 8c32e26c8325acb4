"""A reminder may come again by a rule."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; there is no way back but a backup."""
    op.add_column("reminder", sa.Column("repeats", sa.Text(), server_default="", nullable=False))
