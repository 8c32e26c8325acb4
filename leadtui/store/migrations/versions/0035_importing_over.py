"""Changing by an import who is there is a permission of its own: whoever could import has it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

_IMPORT, _OVER = "imports:run", "imports:over"


def upgrade() -> None:
    """Go forward; there is no way back but a backup."""
    profile = sa.table("profile", sa.column("id", sa.BigInteger), sa.column("permissions", sa.JSON))
    connection = op.get_bind()
    for row in connection.execute(sa.select(profile.c.id, profile.c.permissions)).all():
        if _IMPORT in row.permissions:
            granted = sorted({*row.permissions, _OVER})
            connection.execute(profile.update().where(profile.c.id == row.id).values(permissions=granted))
