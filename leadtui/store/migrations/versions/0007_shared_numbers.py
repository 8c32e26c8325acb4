"""Several leads may hold a number that is marked as shared. (What they are found by, 0008 writes.)"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go forward; there is no way back but a backup. Every number is its lead's own so far."""
    op.create_table(
        "new_lead_number",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("lead_id", _ID, nullable=False),
        sa.Column("e164", sa.Text(), nullable=False),
        sa.Column("written", sa.Text(), nullable=False, server_default=""),
        sa.Column("extension", sa.Text(), nullable=False, server_default=""),
        sa.Column("position", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("sharing", _ID, nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_number")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_lead_number_workspace_id_workspace")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "lead_id"],
            ["lead.workspace_id", "lead.id"],
            name=op.f("fk_lead_number_workspace_id_lead"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint(
            "workspace_id", "e164", "sharing", name=op.f("uq_lead_number_workspace_id_e164_sharing")
        ),
        sa.CheckConstraint("sharing IN (0, lead_id)", name=op.f("ck_lead_number_own_or_shared")),
    )
    columns = "id, workspace_id, lead_id, e164, written, extension, position"
    op.execute(f"INSERT INTO new_lead_number ({columns}) SELECT {columns} FROM lead_number ORDER BY id")
    op.drop_table("lead_number")
    op.rename_table("new_lead_number", "lead_number")
    op.create_index(
        op.f("ix_lead_number_workspace_id_lead_id_position"),
        "lead_number",
        ["workspace_id", "lead_id", "position"],
    )
