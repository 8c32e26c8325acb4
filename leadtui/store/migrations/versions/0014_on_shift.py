"""A terminal says since when it and its customer are open, and who is on a break; who was given back is found at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; there is no way back but a backup."""
    op.add_column("presence", sa.Column("arrived_at", sa.BigInteger()))
    op.add_column("presence", sa.Column("opened_at", sa.BigInteger()))
    op.add_column("presence", sa.Column("break_at", sa.BigInteger()))
    op.create_index(
        "ix_activity_returned",
        "activity",
        ["workspace_id", "at"],
        sqlite_where=sa.text("kind = 'returned'"),
        postgresql_where=sa.text("kind = 'returned'"),
    )
