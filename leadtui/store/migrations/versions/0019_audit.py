"""Changes of how a desk works are kept in an audit, which whoever gives permissions may see."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_SEE_AUDIT = "reports:audit"
_GIVES_PERMISSIONS = "colleagues:manage"


def upgrade() -> None:
    """Go forward; there is no way back but a backup."""
    op.create_table(
        "audit",
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("number", _ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", _ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("subject_id", _ID),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("texts", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "number", name=op.f("pk_audit")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_audit_workspace_id_workspace")
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["user.id"], name=op.f("fk_audit_actor_id_user")),
    )
    profile = sa.table("profile", sa.column("id", sa.BigInteger), sa.column("permissions", sa.JSON))
    connection = op.get_bind()
    for row_id, granted in connection.execute(sa.select(profile.c.id, profile.c.permissions)).all():
        if _GIVES_PERMISSIONS in granted:
            changed = profile.update().where(profile.c.id == row_id)
            connection.execute(changed.values(permissions=sorted({*granted, _SEE_AUDIT})))
