"""A workspace keeps rules by which leads are shared out; leads may be found by fields of its own. Old fields find nobody."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go forward; there is no way back but a backup."""
    op.add_column("field", sa.Column("found_by", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "distribution_rule",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("retired", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_distribution_rule")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_distribution_rule_workspace_id_workspace")
        ),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_distribution_rule_workspace_id_key")),
    )
