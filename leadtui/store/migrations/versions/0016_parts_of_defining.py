"""Statuses, fields, channels, needs, rules and the workspace are permissions of their own, and so is the board."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_PARTS = {
    "settings:define": (
        *("settings:statuses", "settings:fields", "settings:channels"),
        *("settings:needs", "settings:distribution", "settings:workspace"),
    ),
    "reports:all-days": ("reports:all-days", "reports:board"),
}


def upgrade() -> None:
    """Go forward; there is no way back but a backup. Whoever had the whole has every part of it."""
    profile = sa.table("profile", sa.column("id", sa.BigInteger), sa.column("permissions", sa.JSON))
    connection = op.get_bind()
    for row_id, granted in connection.execute(sa.select(profile.c.id, profile.c.permissions)).all():
        parts = {part for each in granted for part in _PARTS.get(each, (each,))}
        if parts != set(granted):
            changed = profile.update().where(profile.c.id == row_id)
            connection.execute(changed.values(permissions=sorted(parts)))
