"""A profile says how far its people reach each field of a customer; those that there are say nothing, and edit all."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; there is no way back but a backup."""
    op.add_column("profile", sa.Column("fields", sa.JSON(), nullable=False, server_default="{}"))
