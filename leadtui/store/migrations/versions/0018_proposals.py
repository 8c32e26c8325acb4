"""Whoever works leads proposes what is missing at the desk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_PROPOSE = "settings:propose"
_PROPOSE_NOW = frozenset({"follow-ups:set", "settings:statuses", "settings:fields", "colleagues:manage"})


def upgrade() -> None:
    """Go forward; there is no way back but a backup. Whoever follows leads up or defines the desk may propose."""
    op.create_table(
        "proposal",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("sort", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False, server_default=""),
        sa.Column("example", sa.Text(), nullable=False, server_default=""),
        sa.Column("status_id", _ID),
        sa.Column("proposer_id", _ID, nullable=False),
        sa.Column("proposed_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decided_by", _ID),
        sa.Column("decided_at", sa.BigInteger()),
        sa.Column("reason", sa.Text(), nullable=False, server_default=""),
        sa.Column("definition_id", _ID),
        sa.Column("into_id", _ID),
        sa.Column("told", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_proposal_workspace_id_workspace")
        ),
        sa.ForeignKeyConstraint(["status_id"], ["status.id"], name=op.f("fk_proposal_status_id_status")),
        sa.ForeignKeyConstraint(["proposer_id"], ["user.id"], name=op.f("fk_proposal_proposer_id_user")),
        sa.ForeignKeyConstraint(["decided_by"], ["user.id"], name=op.f("fk_proposal_decided_by_user")),
    )
    op.create_index(op.f("ix_proposal_workspace_id_state_id"), "proposal", ["workspace_id", "state", "id"])
    op.create_index(op.f("ix_proposal_workspace_id_proposer_id"), "proposal", ["workspace_id", "proposer_id"])
    profile = sa.table("profile", sa.column("id", sa.BigInteger), sa.column("permissions", sa.JSON))
    connection = op.get_bind()
    for row_id, granted in connection.execute(sa.select(profile.c.id, profile.c.permissions)).all():
        if _PROPOSE_NOW & set(granted):
            changed = profile.update().where(profile.c.id == row_id)
            connection.execute(changed.values(permissions=sorted({*granted, _PROPOSE})))
