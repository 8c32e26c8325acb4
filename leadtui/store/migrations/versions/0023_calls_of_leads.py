"""The calls of each lead have an index of their own, so that leads are listed by when they were rung first and last."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; there is no way back but a backup."""
    made = sa.text("kind IN ('call', 'call-out')")
    op.create_index(
        "ix_activity_calls_of_lead",
        "activity",
        ["workspace_id", "lead_id", "at"],
        sqlite_where=made,
        postgresql_where=made,
    )
