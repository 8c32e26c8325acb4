"""A follow-up says which attempt it was, and why somebody is left without a next step."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; there is no way back but a backup. Earlier follow-ups say neither."""
    op.add_column("follow_up", sa.Column("attempt", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("follow_up", sa.Column("no_next_step", sa.Text(), nullable=False, server_default=""))
    op.create_index(
        "ix_follow_up_no_next_step",
        "follow_up",
        ["workspace_id", "at"],
        sqlite_where=sa.text("no_next_step <> ''"),
        postgresql_where=sa.text("no_next_step <> ''"),
    )
