"""A workspace says up to which customer search texts follow the fields by which its customers are found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; there is no way back but a backup. No field is marked yet, so that all of them do."""
    op.add_column(
        "workspace",
        sa.Column("find_anew_after", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    )
