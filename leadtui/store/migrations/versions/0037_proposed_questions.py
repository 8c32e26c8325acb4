"""A question of a playbook can be proposed: of which one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; there is no way back but a backup."""
    op.add_column("proposal", sa.Column("need", sa.Text(), nullable=False, server_default=""))
