"""Leads that were contacted have an index by when, so that a million are sorted by it at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; there is no way back but a backup."""
    contacted = sa.text("contacted_at IS NOT NULL")
    op.create_index(
        "ix_lead_contacted",
        "lead",
        ["workspace_id", "contacted_at", "id"],
        sqlite_where=contacted,
        postgresql_where=contacted,
    )
