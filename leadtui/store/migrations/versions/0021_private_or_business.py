"""A workspace is private or a business, and may be closed; a membership says when its person last opened the desk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; there is no way back but a backup. Where several work it is a business, whose number is to be entered."""
    for name, start in (("kind", "private"), ("registered_name", ""), ("registered_number", "")):
        op.add_column("workspace", sa.Column(name, sa.Text(), server_default=start, nullable=False))
    op.add_column("workspace", sa.Column("closed_at", sa.BigInteger()))
    op.add_column("membership", sa.Column("entered_at", sa.BigInteger()))
    workspace = sa.table("workspace", sa.column("id", sa.BigInteger), sa.column("kind", sa.Text))
    membership = sa.table("membership", sa.column("workspace_id", sa.BigInteger))
    of_several = (
        sa.select(membership.c.workspace_id).group_by(membership.c.workspace_id).having(sa.func.count() > 1)
    )
    op.get_bind().execute(workspace.update().where(workspace.c.id.in_(of_several)).values(kind="business"))
