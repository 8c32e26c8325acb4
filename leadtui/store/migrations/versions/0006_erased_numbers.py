"""Erased numbers are known when they come in again, by a digest under a key of the workspace's own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go forward; there is no way back but a backup. Of what was erased before nothing is known."""
    op.add_column("workspace", sa.Column("erased_key", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "erased_number",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("forbidden", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erased_number")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_erased_number_workspace_id_workspace")
        ),
        sa.UniqueConstraint("workspace_id", "digest", name=op.f("uq_erased_number_workspace_id_digest")),
    )
