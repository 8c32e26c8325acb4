"""People are invited, active, suspended or gone, since when and by whom, and are called by a name of each workspace's own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go forward; there is no way back but a backup."""
    op.add_column("membership", sa.Column("name", sa.Text(), nullable=False, server_default=""))
    op.add_column("membership", sa.Column("state", sa.Text(), nullable=False, server_default="active"))
    op.add_column("membership", sa.Column("since", sa.BigInteger()))
    op.add_column("membership", sa.Column("state_by", _ID))
    member = sa.table(
        "membership",
        sa.column("user_id", sa.BigInteger),
        sa.column("name", sa.Text),
        sa.column("state", sa.Text),
        sa.column("active", sa.Boolean),
    )
    person = sa.table("user", sa.column("id", sa.BigInteger), sa.column("name", sa.Text))
    called = sa.select(person.c.name).where(person.c.id == member.c.user_id).scalar_subquery()
    op.execute(
        member.update().values(
            name=sa.func.coalesce(called, ""), state=sa.case((member.c.active, "active"), else_="gone")
        )
    )
    op.drop_column("membership", "active")
