"""Taking a lead over whose numbers are hidden is a permission of its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TAKE_OVER = "follow-ups:take-over"
_ENOUGH = (frozenset({"colleagues:manage"}), frozenset({"follow-ups:transfer", "customers:see-numbers"}))


def upgrade() -> None:
    """Go forward; there is no way back but a backup. Whoever gives permissions, or had it in effect, has it."""
    profile = sa.table("profile", sa.column("id", sa.BigInteger), sa.column("permissions", sa.JSON))
    connection = op.get_bind()
    for row_id, granted in connection.execute(sa.select(profile.c.id, profile.c.permissions)).all():
        if any(each <= set(granted) for each in _ENOUGH):
            changed = profile.update().where(profile.c.id == row_id)
            connection.execute(changed.values(permissions=sorted({*granted, _TAKE_OVER})))
