"""A workspace may ask before a number is rung again too soon; whom a terminal has open is leased to it for a while."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; there is no way back but a backup."""
    op.add_column("workspace", sa.Column("call_gap", sa.Integer(), server_default="0", nullable=False))
    op.add_column("presence", sa.Column("leased_until", sa.BigInteger(), nullable=True))
